//! The HTTP front: X-Ray's rest-json protocol, bytes in and bytes out.
//!
//! Recorded: the shapes and the order of members of answers and errors, doubles in Java's spelling. Assumed: what is
//! answered to requests that no AWS SDK sends (other methods and paths, bodies that are no JSON or of other types).
//!
//! Headers are not looked at: who calls, and in which account and Region, is the caller's to know.

#[cfg(test)]
mod tests;

use crate::constraint;
use crate::fault::{Code, ConnectionFailure, Failure, Fault};
use crate::operation::{Caller, Operation};
use crate::policy::{Arena, Json};
use crate::resource_policies::{DeleteResourcePolicy, ListResourcePolicies, PutResourcePolicy, ResourcePolicy};
use crate::service::{Service, State};

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

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// What came of a request.
#[derive(Debug)]
pub struct Exchange {
    /// The operation that the path names, if it names one.
    pub operation: Option<&'static str>,
    /// What it was refused with, or failed by.
    pub error: Option<&'static str>,
    /// Why the fake refused it, where AWS's message does not tell. In a header it is escaped.
    pub reason: Option<String>,
    /// The answer, unless a connection failure was injected.
    pub answer: Result<HttpAnswer, ConnectionFailure>,
}

/// Answers one request, at `now` in whole seconds since 1970.
#[must_use]
pub fn answer(service: &Service, caller: &Caller, request: HttpRequest<'_>, now: i64) -> Exchange {
    let arena = Arena::new();
    let input = parse(request.body, &arena);
    let input = input.as_ref().map_err(Fault::clone);
    match (request.method, request.path) {
        ("POST", "/PutResourcePolicy") => {
            let request = input.and_then(read_put_resource_policy);
            serve(service, caller, request, now, |policy| format!(r#"{{"ResourcePolicy":{}}}"#, written(policy)))
        }
        ("POST", "/ListResourcePolicies") => {
            let request = input.and_then(read_list_resource_policies);
            serve(service, caller, request, now, |policies| {
                let policies: Vec<String> = policies.iter().map(|policy| written(policy)).collect();
                format!(r#"{{"NextToken":null,"ResourcePolicies":[{}]}}"#, policies.join(","))
            })
        }
        ("POST", "/DeleteResourcePolicy") => {
            let request = input.and_then(read_delete_resource_policy);
            serve(service, caller, request, now, |()| "{}".to_owned())
        }
        (method, path) => {
            let reason = format!("{method} {path} is no operation that fake-xray knows");
            let fault = Fault::without_message(Code::UnknownOperationException, reason);
            exchange(None, service.next_request_number(), Err(fault.into()))
        }
    }
}

fn serve<O: Operation>(
    service: &Service,
    caller: &Caller,
    request: Result<O, Fault>,
    now: i64,
    write: impl FnOnce(&O::Answer) -> String,
) -> Exchange
where
    State: AsMut<O::State>,
{
    match request {
        Ok(request) => {
            let reply = service.call(caller, request, now);
            exchange(Some(O::NAME), reply.request_number, reply.outcome.map(|result| write(&result)))
        }
        Err(fault) => {
            let (request_number, failure) = service.refuse(O::NAME, fault);
            exchange(Some(O::NAME), request_number, Err(failure))
        }
    }
}

fn exchange(operation: Option<&'static str>, request_number: u64, outcome: Result<String, Failure>) -> Exchange {
    let error = outcome.as_ref().err().map(Failure::as_str);
    let mut headers =
        vec![("x-amzn-requestid", request_id(request_number)), ("content-type", "application/json".to_owned())];
    let mut reason = None;
    let answer = match outcome {
        Ok(body) => Ok(HttpAnswer { status: 200, headers, body }),
        Err(Failure::Fault(fault)) => {
            headers.extend(fault.headers());
            let message = fault.message.as_deref().map_or_else(|| "null".to_owned(), quoted);
            let body = format!(r#"{{"{}":{message}}}"#, fault.code.message_member());
            reason = fault.reason;
            Ok(HttpAnswer { status: fault.code.status(), headers, body })
        }
        Err(Failure::Connection(failure)) => Err(failure),
    };
    Exchange { operation, error, reason, answer }
}

/// AWS's ids are random UUIDs; these look like them, and count.
#[must_use]
pub fn request_id(request_number: u64) -> String {
    // By hand, since each answer has one and `format!` takes several times as long.
    let digit = |place: u32| char::from_digit((request_number >> (4 * place) & 0xf) as u32, 16).unwrap_or_default();
    let mut id = String::with_capacity(36);
    id.push_str("00000000-0000-4000-8000-");
    id.extend((0..12).rev().map(digit));
    id
}

/// Why no operation could read a body; `None` if it is a JSON object.
#[must_use]
pub fn why_unreadable(body: &[u8]) -> Option<Fault> {
    parse(body, &Arena::new()).err()
}

fn parse<'a>(body: &'a [u8], arena: &'a Arena) -> Result<Json<'a>, Fault> {
    let text = std::str::from_utf8(body).map_err(|why| unreadable(format!("the body is not UTF-8: {why}")))?;
    if text.trim_ascii().is_empty() {
        return Ok(Json::Object(&[]));
    }
    match Json::parse(text, arena) {
        Ok(object @ Json::Object(_)) => Ok(object),
        Ok(_) => Err(unreadable("the body is not a JSON object".to_owned())),
        Err(why) => Err(unreadable(format!("the body is {} ({})", why.problem(), why.place()))),
    }
}

fn read_put_resource_policy<'a>(input: &'a Json<'a>) -> Result<PutResourcePolicy<'a>, Fault> {
    let [policy_name, policy_document] = constraint::present([
        ("policyName", text(input, "PolicyName")?),
        ("policyDocument", text(input, "PolicyDocument")?),
    ])?;
    Ok(PutResourcePolicy {
        policy_name,
        policy_document,
        policy_revision_id: text(input, "PolicyRevisionId")?,
        bypass_policy_lockout_check: flag(input, "BypassPolicyLockoutCheck")?,
    })
}

fn read_list_resource_policies<'a>(input: &'a Json<'a>) -> Result<ListResourcePolicies<'a>, Fault> {
    Ok(ListResourcePolicies { next_token: text(input, "NextToken")? })
}

fn read_delete_resource_policy<'a>(input: &'a Json<'a>) -> Result<DeleteResourcePolicy<'a>, Fault> {
    let [policy_name] = constraint::present([("policyName", text(input, "PolicyName")?)])?;
    Ok(DeleteResourcePolicy { policy_name, policy_revision_id: text(input, "PolicyRevisionId")? })
}

/// A member's value. Of a member named twice the last counts, and null is absence (assumed: Jackson's ways).
fn member<'a>(input: &'a Json<'a>, name: &str) -> Option<&'a Json<'a>> {
    let Json::Object(members) = input else { return None };
    let (_, value) = members.iter().rfind(|(key, _)| **key == *name)?;
    (*value != Json::Null).then_some(value)
}

fn text<'a>(input: &'a Json<'a>, name: &str) -> Result<Option<&'a str>, Fault> {
    let Some(value) = member(input, name) else { return Ok(None) };
    value.as_str().map(Some).ok_or_else(|| unreadable(format!("{name} is not a string")))
}

fn flag(input: &Json<'_>, name: &str) -> Result<bool, Fault> {
    match member(input, name) {
        None => Ok(false),
        Some(Json::Bool(value)) => Ok(*value),
        Some(_) => Err(unreadable(format!("{name} is not a boolean"))),
    }
}

fn unreadable(reason: String) -> Fault {
    Fault::without_message(Code::SerializationException, reason)
}

fn written(policy: &ResourcePolicy) -> String {
    format!(
        r#"{{"LastUpdatedTime":{},"PolicyDocument":{},"PolicyName":{},"PolicyRevisionId":"{}"}}"#,
        double(policy.last_updated),
        quoted(&policy.document),
        quoted(&policy.name),
        policy.revision,
    )
}

fn quoted(text: &str) -> String {
    Json::String(text.into()).to_string()
}

/// A whole number as Java's `Double.toString` writes it (recorded: `1.790149691E9`).
fn double(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let Some((first, rest)) = digits.split_at_checked(1).filter(|_| digits.len() > 7) else {
        return format!("{number}.0");
    };
    let sign = if number < 0 { "-" } else { "" };
    let fraction = match rest.trim_end_matches('0') {
        "" => "0",
        fraction => fraction,
    };
    format!("{sign}{first}.{fraction}E{}", rest.len())
}
