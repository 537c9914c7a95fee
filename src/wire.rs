//! The HTTP front end: X-Ray's rest-json protocol, bytes in and bytes out.
//!
//! Recorded: the members of responses and errors and their order, doubles as Java writes them, the response to a path that
//! does not exist. Assumed: the response to a body that is not JSON or has other types.
//!
//! Headers are not read: who calls, and in which account and Region, is the caller's to know.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Deserializer, Serialize};

use crate::constraint::{At, Report};
use crate::fault::{Code, Fault};
use crate::java;
use crate::operation::{Caller, Moment, Operation};
use crate::operations::OPERATIONS;
use crate::service::{Reply, Service};
use crate::shape::Input;

/// An HTTP request.
#[derive(Debug, Clone, Copy)]
pub struct HttpRequest<'a> {
    /// Such as `POST`.
    pub method: &'a str,
    /// Such as `/PutResourcePolicy`, without a query.
    pub path: &'a str,
    /// JSON; empty where an operation needs no input.
    pub body: &'a [u8],
}

/// An HTTP response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// A request and what came of it.
#[derive(Debug)]
pub struct Exchange {
    /// The operation that the path names, if it names one.
    pub operation: Option<&'static str>,
    /// The error code, if the request was rejected.
    pub error: Option<&'static str>,
    /// Why the fake rejected it, where AWS's message does not say. In a header it is escaped.
    pub reason: Option<String>,
    /// The response.
    pub response: HttpResponse,
}

/// Handles one request.
#[must_use]
pub fn handle(service: &Service, caller: &Caller, request: HttpRequest<'_>, now: Moment) -> Exchange {
    match OPERATIONS.iter().find(|row| request.method == "POST" && request.path == row.path) {
        Some(row) => (row.serve)(service, caller, request.body, now),
        None => unknown_operation(service.next_request_number(), request),
    }
}

/// Handles a request for one operation.
pub(crate) fn serve<O: Operation>(service: &Service, caller: &Caller, body: &[u8], now: Moment) -> Exchange {
    let (request_number, outcome) = match read::<O>(body) {
        Ok(request) => {
            let Reply { request_number, outcome } = service.call::<O>(caller, request, now);
            (request_number, outcome.and_then(|response| written(&response)))
        }
        Err(fault) => (service.next_request_number(), Err(fault)),
    };
    exchange(Some(O::NAME), request_number, outcome)
}

/// Reads and checks the request in a body. An empty body is an empty request.
///
/// # Errors
/// `SerializationException` if it is not JSON of the request's types, `ValidationException` if it breaks constraints.
pub(crate) fn read<O: Operation>(body: &[u8]) -> Result<O::Request<'_>, Fault> {
    // Within members that are not read, `serde_json` would not look.
    std::str::from_utf8(body).map_err(|why| unreadable(format!("the body is not UTF-8: {why}")))?;
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let raw = parse(body).map_err(|why| unreadable(format!("the body is not JSON of the request's types: {why}")))?;
    match checked::<O>(raw) {
        (Some(request), report) if report.is_empty() => Ok(request),
        (_, report) => Err(report.into_fault()),
    }
}

fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let parsed = T::deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(parsed)
}

/// Reads a request from its members and checks its constraints, required members as the model has them. `None` if either
/// fails.
#[must_use]
pub fn read_members<'a, O: Operation, D: Deserializer<'a>>(members: D) -> Option<O::Request<'a>> {
    let raw = <O::Request<'a> as Input<'a>>::Raw::deserialize(members).ok()?;
    let (request, report) = checked::<O>(raw);
    request.filter(|_| report.suits_model())
}

/// Checks the constraints of a request that was read.
#[inline]
fn checked<'a, O: Operation>(raw: <O::Request<'a> as Input<'a>>::Raw) -> (Option<O::Request<'a>>, Report) {
    let mut report = Report::default();
    let request = <O::Request<'a> as Input<'a>>::check(raw, &At::Root, &[], &mut report);
    (request, report)
}

/// The exchange in which a request for an operation is rejected, whatever its body.
pub(crate) fn exchange(
    operation: Option<&'static str>,
    request_number: u64,
    outcome: Result<String, Fault>,
) -> Exchange {
    let mut headers =
        vec![("x-amzn-requestid", request_id(request_number)), ("content-type", "application/json".to_owned())];
    let fault = match outcome {
        Ok(body) => {
            return Exchange {
                operation,
                error: None,
                reason: None,
                response: HttpResponse { status: 200, headers, body },
            };
        }
        Err(fault) => fault,
    };
    headers.extend(fault.headers());
    let body = written(&fault.body()).unwrap_or_default();
    let response = HttpResponse { status: fault.code.status(), headers, body };
    Exchange { operation, error: Some(fault.code.as_str()), reason: fault.reason, response }
}

/// What AWS responds where it finds no operation (recorded, for the path `/GetGroups`; assumed for other methods).
fn unknown_operation(request_number: u64, HttpRequest { method, path, .. }: HttpRequest<'_>) -> Exchange {
    const BODY: &str = r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}"#;
    let reason = format!("fake-xray knows no operation with the method {method} and the path {path}");
    let mut exchange = exchange(None, request_number, Ok(BODY.to_owned()));
    exchange.response.headers.push(("x-fake-xray-reason", crate::fault::escaped_for_header(&reason)));
    exchange.reason = Some(reason);
    exchange
}

/// AWS's ids are random UUIDs; these look like them, and count.
#[must_use]
pub fn request_id(request_number: u64) -> String {
    // By hand, since each response has one and `format!` takes several times as long.
    let digit = |place: u32| char::from_digit((request_number >> (4 * place) & 0xf) as u32, 16).unwrap_or_default();
    let mut id = String::with_capacity(36);
    id.push_str("00000000-0000-4000-8000-");
    id.extend((0..12).rev().map(digit));
    id
}

fn unreadable(reason: String) -> Fault {
    Fault::without_message(Code::SerializationException, reason)
}

/// JSON as the service writes it.
///
/// # Errors
/// Never: the shapes have nothing that JSON lacks.
fn written(value: &impl Serialize) -> Result<String, Fault> {
    let mut bytes = Vec::with_capacity(256);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Java);
    let written = value.serialize(&mut serializer).map_err(|why| why.to_string());
    written
        .and_then(|()| String::from_utf8(bytes).map_err(|why| why.to_string()))
        .map_err(|why| Fault::without_message(Code::InternalFailure, format!("please report this as a bug: {why}")))
}

/// Compact JSON with doubles as Java writes them.
struct Java;

impl serde_json::ser::Formatter for Java {
    fn write_f64<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, value: f64) -> std::io::Result<()> {
        writer.write_all(java::double(value).as_bytes())
    }
}
