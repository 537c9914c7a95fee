//! Code that the fuzz targets share: it reads a document and a request from the bytes of an input, and defines the caller.

pub mod mutate;

use fake_xray::authorization::default_context;
use fake_xray::operation::{Caller, Scope};
use fake_xray::policy::{Context, Principal, Request, Value};

/// The time of the calls, in seconds since 1970: 2026-09-23. The targets do not depend on this value.
pub const NOW: i64 = 1_790_149_691;

/// The caller of every request.
pub fn caller() -> Caller {
    let scope = Scope { account_id: "123456789012".into(), region_name: "us-east-1".into() };
    Caller { scope: scope.into(), arn: "arn:aws:iam::123456789012:user/ann".to_owned() }
}

/// A policy document and a request to evaluate. An input is the document, an empty line, and the request.
pub struct Input<'a> {
    pub document: &'a str,
    request: InputRequest<'a>,
}

/// A request to evaluate. In an input, it has one line each for the action, the resource and the principal, followed by one
/// line `key=value` for each condition key. Missing lines have defaults.
struct InputRequest<'a> {
    action: &'a str,
    resource: &'a str,
    principal: Principal<'a>,
    context: Context,
}

impl<'a> Input<'a> {
    /// Reads an input. Returns `None` for bytes that are not UTF-8, because the fake rejects them before it reads a
    /// document.
    pub fn read(data: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(data).ok()?;
        let (document, request) = text.split_once("\n\n").unwrap_or((text, ""));
        Some(Self { document, request: InputRequest::read(request) })
    }

    /// The request of the input, and further requests that match many policies.
    pub fn requests(&self) -> Vec<Request<'_>> {
        let InputRequest { action, resource, principal, context } = &self.request;
        let request = Request { action, resource, principal: *principal, context };
        let mut requests = vec![request];
        for name in ["sns.amazonaws.com", "arn:aws:sts::123456789012:assumed-role/r/s"] {
            let principal = Principal::parse(name).unwrap();
            requests.push(Request { principal, ..request });
            requests.push(Request { action: "xray:PutTraceSegments", resource: "*", principal, context });
        }
        requests
    }
}

impl<'a> InputRequest<'a> {
    fn read(text: &'a str) -> Self {
        let mut lines = text.split('\n');
        let action = lines.next().unwrap_or_default();
        let resource = lines.next().unwrap_or("*");
        let principal = Principal::parse(lines.next().unwrap_or_default())
            .unwrap_or_else(|_| Principal::parse("arn:aws:iam::123456789012:user/ann").unwrap());
        let mut context = default_context(principal, "us-east-1", NOW);
        for (key, value) in lines.filter_map(|line| line.split_once('=')) {
            // A key that occurs on several lines is multivalued.
            let values = match context.insert(key, value) {
                None => continue,
                Some(Value::One(first)) => vec![first, value.to_owned()],
                Some(Value::Many(mut values)) => {
                    values.push(value.to_owned());
                    values
                }
            };
            context.insert(key, Value::Many(values));
        }
        Self { action, resource, principal, context }
    }
}
