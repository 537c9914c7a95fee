//! This target sends a sequence of HTTP requests. It checks that every response is well formed, and that the resource
//! policies change exactly as the responses say. The fake has one insight, because no request can create one.

#![no_main]

use std::sync::Arc;

use fake_xray::insights::{Impact, NewInsight};
use fake_xray::operation::{Moment, Settings};
use fake_xray::policy::{Arena, Json, Policy};
use fake_xray::resource_policies::ResourcePolicy;
use fake_xray::service::Service;
use fake_xray::shape::Timestamp;
use fake_xray::wire::{Exchange, HttpRequest, HttpResponse, handle};
use fake_xray_fuzz::mutate::{self, mutate};
use fake_xray_fuzz::{NOW, caller};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const POLICY_LIMIT: usize = 2;

/// The maximum number of requests in an input. More lines are ignored, because they take time and do not execute more
/// code.
const REQUEST_LIMIT: usize = 16;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(data, size, max_size, seed, mutate::body)
});

fuzz_target!(|data: &[u8]| {
    let (service, caller) = (Service::new(Settings { policy_limit: POLICY_LIMIT, ..Settings::default() }), caller());
    service.add_insight(&caller.scope, insight()).unwrap();
    let list = || service.resource_policies(&caller.scope);
    let mut before = list();
    for (line, now) in data.split(|byte| *byte == b'\n').take(REQUEST_LIMIT).zip(NOW..) {
        let exchange = handle(&service, &caller, read(line), Moment::from_seconds(now));
        check_response(&exchange);
        let after = list();
        check_state(&exchange, &before, &after, now);
        before = after;
    }
});

/// An insight of the group Default that has two events.
fn insight() -> NewInsight {
    NewInsight {
        group: "Default".to_owned(),
        id: Some("00000000-0000-4000-8000-000000000001".to_owned()),
        root_cause: "orders".to_owned(),
        callers: vec!["shop".to_owned()],
        service_type: "AWS::ECS::Container".to_owned(),
        start: Moment::from_seconds(NOW - 600),
        end: None,
        first: Impact { fault: Some(40), ok: Some(60), summary: None },
        events: vec![(Moment::from_seconds(NOW - 300), Impact::default())],
    }
}

/// Reads a request from a line such as `POST /PutResourcePolicy BODY`.
fn read(line: &[u8]) -> HttpRequest<'_> {
    let mut parts = line.splitn(3, |byte| *byte == b' ');
    let mut next = || parts.next().unwrap_or_default();
    let (method, path) = (std::str::from_utf8(next()), std::str::from_utf8(next()));
    HttpRequest { method: method.unwrap_or("POST"), path: path.unwrap_or("/"), body: next() }
}

fn check_response(exchange: &Exchange) {
    let HttpResponse { status, headers, body } = &exchange.response;
    assert!(matches!(Json::parse(body, &Arena::new()), Ok(Json::Object(_))), "{body}");
    let is_printable = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    assert!(headers.iter().all(|(name, value)| is_printable(name) && is_printable(value)), "{headers:?}");
    let code = headers.iter().find_map(|(name, value)| (*name == "x-amzn-errortype").then_some(value.as_str()));
    assert_eq!(code, exchange.error);
    let expected = match exchange.error {
        None => 200,
        Some("AccessDeniedException") => 403,
        Some("ResourceNotFoundException") => 404,
        Some("InternalFailure") => 500,
        Some(_) => 400,
    };
    assert_eq!(*status, expected);
    assert_eq!(exchange.operation.is_none(), body.contains("UnknownOperationException"));
}

fn check_state(exchange: &Exchange, before: &[Arc<ResourcePolicy>], after: &[Arc<ResourcePolicy>], now: i64) {
    assert!(after.len() <= POLICY_LIMIT);
    match (exchange.operation, exchange.error) {
        (Some("PutResourcePolicy"), None) => {
            let put = after.iter().find(|policy| !before.contains(policy)).unwrap();
            let replaced = before.iter().find(|policy| policy.name == put.name);
            assert_eq!(put.revision.0, replaced.map_or(0, |policy| policy.revision.0) + 1);
            assert_eq!(put.last_updated, Timestamp::from_seconds(now));
            assert_eq!(after.len(), before.len() + usize::from(replaced.is_none()));
            assert_eq!(after.iter().filter(|policy| !before.contains(policy)).count(), 1);
            let arena = Arena::new();
            Policy::from_json(&Json::parse(&put.document, &arena).unwrap()).unwrap();
        }
        (Some("DeleteResourcePolicy"), None) => {
            assert_eq!(after.len() + 1, before.len());
            assert!(after.iter().all(|policy| before.contains(policy)));
        }
        _ => assert_eq!(after, before),
    }
}
