//! Properties that hold for every text, policy and request.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::documents::IN_PRACTICE;
use super::{context, document};
use crate::policy::{Arena, Decision, Json, Policy, Principal, Request, evaluate};

/// Pieces of policies. Mutations insert them, so that the result resembles a policy.
const PIECES: [&str; 36] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "*",
    "?",
    "${",
    "}",
    "'",
    "\\u0041",
    "null",
    "true",
    "-1.5e3",
    "[]",
    "{}",
    "é",
    "𐐀",
    "\"Sid\":\"a\",",
    "\"Version\":\"2008-10-17\",",
    "\"*\"",
    "arn:aws:",
    "Not",
    "IfExists",
    "ForAllValues:",
    "IpAddress",
    "DateEquals",
    "NumericLessThan",
    "BinaryEquals",
    "ArnLike",
    "Null",
    "::1/64",
    "2030-01-01T00:00:00Z",
    "123456789012",
];

/// A policy that is used in practice, changed in at most three places.
fn mutated_policy() -> impl Strategy<Value = String> {
    let edit = (any::<Index>(), 0_usize..12, select(&PIECES[..]));
    (select(&IN_PRACTICE[..]), prop::collection::vec(edit, 0..4)).prop_map(|(original, edits)| {
        let mut characters: Vec<char> = original.chars().collect();
        for (place, removed, piece) in edits {
            let start = place.index(characters.len() + 1);
            let end = characters.len().min(start + removed);
            characters.splice(start..end, piece.chars());
        }
        characters.into_iter().collect()
    })
}

/// A statement with values of every kind in the grammar.
fn statement() -> impl Strategy<Value = String> {
    let principal = select(vec![
        r#""Principal":"*""#,
        r#""Principal":{"AWS":["123456789012","arn:aws:iam::123456789012:role/r"],"Service":"sns.amazonaws.com"}"#,
        r#""NotPrincipal":{"AWS":"arn:aws:iam::123456789012:root","Federated":"f","CanonicalUser":["c"]}"#,
    ]);
    let action =
        select(vec![r#""Action":"xray:*""#, r#""NotAction":["xray:Put?race*","sns:Publish"]"#, r#""Action":"*""#]);
    let resource = select(vec![r#""Resource":"*""#, r#""NotResource":["arn:aws:xray:*:*:group/${a:b, 'c'}"]"#]);
    let condition = select(vec![
        "",
        r#","Condition":{}"#,
        r#","Condition":{"stringequalsifexists":{"a:b":["x",1,true,1.5e300,"${a:b}"]},"NULL":{"a:B":"true"}}"#,
        r#","Condition":{"ForAnyValue:ArnLike":{"a:b":"arn:*:*:*:*:*"},"ArnEquals":{"a:b":"arn:aws:a:b:c:d","a:c":[]}}"#,
    ]);
    (principal, action, resource, condition, select(vec!["Allow", "Deny"])).prop_map(
        |(principal, action, resource, condition, effect)| {
            format!(r#"{{"Effect":"{effect}",{principal},{action},{resource}{condition}}}"#)
        },
    )
}

fn policy_text() -> impl Strategy<Value = String> {
    let head = select(vec!["", r#""Version":"2012-10-17","#, r#""Version":"2008-10-17","Id":"i","#]);
    (head, prop::collection::vec(statement(), 1..4))
        .prop_map(|(head, statements)| format!(r#"{{{head}"Statement":[{}]}}"#, statements.join(",")))
}

fn principal() -> impl Strategy<Value = &'static str> {
    select(vec![
        "sns.amazonaws.com",
        "123456789012",
        "arn:aws:iam::123456789012:role/r",
        "arn:aws:sts::123456789012:assumed-role/r/s",
        "arn:aws:iam::210987654321:user/u",
    ])
}

/// Parses a text. If it is a policy, checks that its displayed text parses to an equal policy, and evaluates a request.
fn exercise(text: &str, value: &str) {
    let arena = Arena::new();
    let Ok(json) = Json::parse(text, &arena) else { return };
    let Ok(policy) = Policy::from_json(&json) else { return };
    let printed = policy.to_string();
    let read_back = Json::parse(&printed, &arena).unwrap();
    assert_eq!(Policy::from_json(&read_back).as_ref(), Ok(&policy), "{text} printed as {printed}");
    let principal = Principal::parse("arn:aws:sts::123456789012:assumed-role/r/s").unwrap();
    let context = context(&[("aws:SourceArn", value), ("aws:SourceAccount", value), ("a:b", value)]);
    let _ = evaluate(&[policy], &Request { action: value, resource: value, principal, context: &context });
}

proptest! {
    #[test]
    fn any_text_is_handled_without_a_panic(text in any::<String>(), value in any::<String>()) {
        let _ = Principal::parse(&text);
        exercise(&text, &value);
        exercise(&document(&[("Condition", &format!(r#"{{"IpAddress":{{"a:b":{}}}}}"#, Json::String(text.as_str().into())))]), &value);
    }

    #[test]
    fn a_mutated_policy_is_handled_without_a_panic(text in mutated_policy(), value in any::<String>()) {
        exercise(&text, &value);
    }

    #[test]
    fn a_policy_is_displayed_as_json_that_parses_to_an_equal_policy(text in policy_text()) {
        prop_assert_eq!(super::problem_in(&text), None);
        exercise(&text, "x");
    }

    #[test]
    fn an_unconditional_deny_overrides_all_other_statements(
        statements in prop::collection::vec(statement(), 0..4),
        place in any::<Index>(),
        principal in principal(),
        action in select(vec!["xray:PutTraceSegments", "xray:GetGroup", "sns:Publish"]),
    ) {
        let mut statements = statements;
        let denying = r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#.to_owned();
        statements.insert(place.index(statements.len() + 1), denying);
        let text = format!(r#"{{"Statement":[{}]}}"#, statements.join(","));
        prop_assert_eq!(super::decide(&text, principal, action, "*", &context(&[("a:b", "x")])), Decision::ExplicitDeny);
    }
}
