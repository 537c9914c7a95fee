//! The HTTP front end. It implements X-Ray's rest-json protocol and turns a request body into a response body.
//!
//! Recorded: the members of responses and errors, their order, the format of doubles (that of Java), and the response to a
//! path that does not exist. Assumed: the response to a body that is not JSON or that has wrong types.
//!
//! This module does not read the headers of requests. The code that calls [`handle`] passes the AWS caller with its
//! account and Region.

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
    /// The method, such as `POST`.
    pub method: &'a str,
    /// The path without a query, such as `/PutResourcePolicy`.
    pub path: &'a str,
    /// The body as JSON. It can be empty for an operation without required input.
    pub body: &'a [u8],
}

/// An HTTP response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The headers. Their names are in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body as JSON.
    pub body: String,
}

/// A handled request.
#[derive(Debug)]
pub struct Exchange {
    /// The operation with the request's method and path, if there is one.
    pub operation: Option<&'static str>,
    /// The error code, if the request was rejected.
    pub error: Option<&'static str>,
    /// The fake's reason for a rejection that AWS's message does not explain. The header with the reason is escaped.
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
            (request_number, outcome.and_then(|response| to_json(&response)))
        }
        Err(fault) => (service.next_request_number(), Err(fault)),
    };
    exchange(Some(O::NAME), request_number, outcome)
}

/// Reads and checks the request in a body. An empty body means a request without members.
///
/// # Errors
/// Returns a `SerializationException` if the body is not valid JSON for the operation's input, and a `ValidationException`
/// if it violates constraints.
pub(crate) fn read<O: Operation>(body: &[u8]) -> Result<O::Request<'_>, Fault> {
    // This check is separate because `serde_json` does not check the UTF-8 of members that it skips.
    std::str::from_utf8(body).map_err(|why| serialization_exception(format!("the body is not UTF-8: {why}")))?;
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let raw = parse(body).map_err(|why| {
        serialization_exception(format!("the body is not valid JSON for the operation's input: {why}"))
    })?;
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

/// Reads a request from its members and checks its constraints. Returns `None` if either fails, or if a member is missing
/// that the API model requires.
#[must_use]
pub fn read_members<'a, O: Operation, D: Deserializer<'a>>(members: D) -> Option<O::Request<'a>> {
    let raw = <O::Request<'a> as Input<'a>>::Raw::deserialize(members).ok()?;
    let (request, report) = checked::<O>(raw);
    request.filter(|_| report.satisfies_model())
}

/// Checks the constraints of a request that was read.
#[inline]
fn checked<'a, O: Operation>(raw: <O::Request<'a> as Input<'a>>::Raw) -> (Option<O::Request<'a>>, Report) {
    let mut report = Report::default();
    let request = <O::Request<'a> as Input<'a>>::check(raw, &At::Root, &[], &mut report);
    (request, report)
}

/// The exchange for the outcome of a request: the body of a successful response, or a fault.
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
    let body = to_json(&fault.body()).unwrap_or_default();
    let response = HttpResponse { status: fault.code.status(), headers, body };
    Exchange { operation, error: Some(fault.code.as_str()), reason: fault.reason, response }
}

/// AWS's response to a request that matches no operation (recorded for the path `/GetGroups`; assumed for other methods).
fn unknown_operation(request_number: u64, HttpRequest { method, path, .. }: HttpRequest<'_>) -> Exchange {
    const BODY: &str = r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}"#;
    let reason = format!("fake-xray supports no operation with the method {method} and the path {path}");
    let mut exchange = exchange(None, request_number, Ok(BODY.to_owned()));
    exchange.response.headers.push(("x-fake-xray-reason", crate::fault::escaped_for_header(&reason)));
    exchange.reason = Some(reason);
    exchange
}

/// The request id for a request number. AWS's ids are random UUIDs. These look like UUIDs but contain the request number, so
/// they are the same in every run.
#[must_use]
pub fn request_id(request_number: u64) -> String {
    // `format!` takes several times as long, and every response has a request id.
    let digit = |place: u32| char::from_digit((request_number >> (4 * place) & 0xf) as u32, 16).unwrap_or_default();
    let mut id = String::with_capacity(36);
    id.push_str("00000000-0000-4000-8000-");
    id.extend((0..12).rev().map(digit));
    id
}

fn serialization_exception(reason: String) -> Fault {
    Fault::without_message(Code::SerializationException, reason)
}

/// Writes a value as JSON in the service's format.
///
/// # Errors
/// Never, because JSON can represent every shape.
fn to_json(value: &impl Serialize) -> Result<String, Fault> {
    let mut bytes = Vec::with_capacity(256);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Java);
    let written = value.serialize(&mut serializer).map_err(|why| why.to_string());
    written
        .and_then(|()| String::from_utf8(bytes).map_err(|why| why.to_string()))
        .map_err(|why| Fault::without_message(Code::InternalFailure, format!("please report this as a bug: {why}")))
}

/// Compact JSON with doubles in Java's format.
struct Java;

impl serde_json::ser::Formatter for Java {
    fn write_f64<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, value: f64) -> std::io::Result<()> {
        writer.write_all(java::double(value).as_bytes())
    }
}
