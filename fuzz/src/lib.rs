//! What the fuzz targets share: how the bytes of an input tell a document and a request, and who calls the fake.

pub mod mutate;

use fake_xray::authorization::known_context;
use fake_xray::operation::{Caller, Scope};
use fake_xray::policy::{Context, Principal, Request, Value};

/// 2026-09-23, as good as any other moment.
pub const NOW: i64 = 1_790_149_691;

pub fn caller() -> Caller {
    let scope = Scope { account_id: "123456789012".into(), region_name: "us-east-1".into() };
    Caller { scope, arn: "arn:aws:iam::123456789012:user/ann".to_owned() }
}

/// A document and, behind an empty line, what is asked of it.
pub struct Input<'a> {
    pub document: &'a str,
    question: Question<'a>,
}

/// Lines: the action, the resource, the principal, then a `key=value` each. What is missing has a default.
struct Question<'a> {
    action: &'a str,
    resource: &'a str,
    principal: Principal<'a>,
    context: Context,
}

impl<'a> Input<'a> {
    /// `None` for bytes that are not UTF-8, which never come as far as a document.
    pub fn read(data: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(data).ok()?;
        let (document, question) = text.split_once("\n\n").unwrap_or((text, ""));
        Some(Self { document, question: Question::read(question) })
    }

    /// The question of the input, and others that many policies have an answer to.
    pub fn requests(&self) -> Vec<Request<'_>> {
        let Question { action, resource, principal, context } = &self.question;
        let asked = Request { action, resource, principal: *principal, context };
        let mut requests = vec![asked];
        for name in ["sns.amazonaws.com", "arn:aws:sts::123456789012:assumed-role/r/s"] {
            let principal = Principal::parse(name).unwrap();
            requests.push(Request { principal, ..asked });
            requests.push(Request { action: "xray:PutTraceSegments", resource: "*", principal, context });
        }
        requests
    }
}

impl<'a> Question<'a> {
    fn read(text: &'a str) -> Self {
        let mut lines = text.split('\n');
        let action = lines.next().unwrap_or_default();
        let resource = lines.next().unwrap_or("*");
        let principal = Principal::parse(lines.next().unwrap_or_default())
            .unwrap_or_else(|_| Principal::parse("arn:aws:iam::123456789012:user/ann").unwrap());
        let mut context = known_context(principal, "us-east-1", NOW);
        for (key, value) in lines.filter_map(|line| line.split_once('=')) {
            // A key that is given again is multivalued.
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
