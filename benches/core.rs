//! The program whose instructions `make bench-check` counts. It runs one scenario a given number of times.
//!
//! Usage: `core SCENARIO COUNT`. It does not read a clock, so the same work always takes the same number of instructions.

#![allow(clippy::expect_used, clippy::panic)] // A panic ends the program, as it ends a test.

use std::env;
use std::hint::black_box;

use fake_xray::operation::{Caller, Moment, Operation, Scope, Settings};
use fake_xray::policy::{Arena, Json, Policy, Principal, Request};
use fake_xray::resource_policies::{
    DeleteResourcePolicy, DeleteResourcePolicyRequest, ListResourcePolicies, ListResourcePoliciesRequest,
    PutResourcePolicy, PutResourcePolicyRequest,
};
use fake_xray::service::Service;
use fake_xray::{authorization, wire};
use serde::de::value::{BorrowedStrDeserializer, Error, MapDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

const NOW: Moment = Moment::from_seconds(1_790_149_691);

fn document(account: usize, statements: usize) -> String {
    let statement = format!(
        r#"{{"Effect": "Allow", "Principal": {{"Service": "sns.amazonaws.com"}}, "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"], "Resource": "*", "Condition": {{"StringEquals": {{"aws:SourceAccount": "{account:012}"}}, "StringLike": {{"aws:SourceArn": "arn:aws:sns:us-east-1:{account:012}:*"}}}}}}"#
    );
    format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, vec![statement; statements].join(", "))
}

/// One caller in each of the given number of accounts.
fn callers(accounts: usize) -> Vec<Caller> {
    let caller = |account: usize| {
        let scope = Scope { account_id: format!("{account:012}").into(), region_name: "us-east-1".into() };
        Caller { arn: format!("arn:aws:iam::{account:012}:user/ann"), scope: scope.into() }
    };
    (0..accounts).map(caller).collect()
}

/// A keyword argument that is a string.
struct Argument<'a>(&'a str);

impl<'de> Deserializer<'de> for Argument<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        BorrowedStrDeserializer::new(self.0).deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de> for Argument<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads a request from its members and checks its constraints, as the Python front end does.
fn read_put(name: &str, document: &str) {
    let members = [("PolicyName", Argument(name)), ("PolicyDocument", Argument(document))];
    black_box(wire::read_members::<PutResourcePolicy, _>(MapDeserializer::new(members.into_iter())).is_some());
}

fn call<O: Operation>(service: &Service, caller: &Caller, request: O::Request<'_>) {
    black_box(service.call::<O>(caller, request, NOW).outcome.is_ok());
}

fn put(service: &Service, caller: &Caller, name: &str, document: &str) {
    let request = PutResourcePolicyRequest {
        policy_name: name.into(),
        policy_document: document.into(),
        policy_revision_id: None,
        bypass_policy_lockout_check: None,
    };
    call::<PutResourcePolicy>(service, caller, request);
}

fn filled(policies: usize, callers: &[Caller]) -> Service {
    let service = Service::new(Settings::default());
    for caller in callers {
        for number in 0..policies {
            put(&service, caller, &format!("policy{number}"), &document(0, 1));
        }
    }
    service
}

fn http(service: &Service, caller: &Caller, path: &str, body: &str) {
    let request = wire::HttpRequest { method: "POST", path, body: body.as_bytes() };
    black_box(wire::handle(service, caller, request, NOW));
}

fn parse(text: &str) {
    let arena = Arena::new();
    let json = Json::parse(text, &arena).expect("a document");
    black_box(Policy::from_json(&json).is_ok());
}

fn evaluate(service: &Service, caller: &Caller) {
    let principal = Principal::parse("sns.amazonaws.com").expect("a service");
    let context = authorization::default_context(principal, "us-east-1", NOW.seconds());
    let request = Request { action: "xray:PutTraceSegments", resource: "*", principal, context: &context };
    black_box(service.evaluate(&caller.scope, &request).is_ok());
}

fn main() {
    let mut arguments = env::args().skip(1);
    // `cargo bench` passes its own arguments. There is nothing to measure then.
    let (Some(scenario), Some(Ok(count))) = (arguments.next(), arguments.next().map(|count| count.parse::<usize>()))
    else {
        return;
    };
    let callers = callers(if scenario.ends_with("1000-accounts") { 1000 } else { 1 });
    let service = filled(if scenario == "list-of-five" { 5 } else { 1 }, &callers);
    let (small, large) = (document(0, 1), document(0, 15));
    let body = format!(r#"{{"PolicyName":"policy0","PolicyDocument":{}}}"#, Json::String(small.as_str().into()));
    for (number, caller) in callers.iter().cycle().take(count).enumerate() {
        match scenario.as_str() {
            "put-new" => put(&service, caller, "policy0", &document(number + 1, 1)),
            "make-document" => drop(black_box(document(number + 1, 1))),
            "put-again" | "put-again-in-1000-accounts" => put(&service, caller, "policy0", &small),
            "read-put" => read_put("policy0", &small),
            "put-again-large" => put(&service, caller, "policy0", &large),
            "parse-large" => parse(&large),
            "list-of-one" | "list-of-one-in-1000-accounts" | "list-of-five" => {
                call::<ListResourcePolicies>(&service, caller, ListResourcePoliciesRequest { next_token: None });
            }
            "delete-missing" => {
                let request = DeleteResourcePolicyRequest { policy_name: "missing".into(), policy_revision_id: None };
                call::<DeleteResourcePolicy>(&service, caller, request);
            }
            "http-put" => http(&service, caller, "/PutResourcePolicy", &body),
            "http-list" => http(&service, caller, "/ListResourcePolicies", ""),
            "evaluate" => evaluate(&service, caller),
            unknown => panic!("unknown scenario: {unknown}"),
        }
    }
}
