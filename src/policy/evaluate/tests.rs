use super::{Decision, Evaluation, Request, StatementPosition, evaluate};
use crate::policy::tests::{context, decide, document};
use crate::policy::{Arena, Context, Json, Policy, Principal};

const CALLER: &str = "arn:aws:iam::123456789012:user/bob";

fn decide_action(document: &str, action: &str) -> Decision {
    decide(document, CALLER, action, "*", &Context::new())
}

fn decide_resource(document: &str, resource: &str) -> Decision {
    decide(document, CALLER, "xray:GetGroup", resource, &Context::new())
}

/// IAM User Guide, "Policy evaluation logic". Recorded from `CloudWatch` Logs, 2026-09: a deny in one policy overrides an allow
/// in another.
#[test]
fn an_explicit_deny_overrides_an_allow() {
    let allow = document(&[("Action", r#""xray:Put*""#)]);
    let deny = document(&[("Effect", r#""Deny""#), ("Action", r#""xray:PutResourcePolicy""#)]);
    let arena = Arena::new();
    let trees = [&allow, &deny].map(|text| Json::parse(text, &arena).unwrap());
    let policies: Vec<_> = trees.iter().map(|json| Policy::from_json(json).unwrap()).collect();
    let context = Context::new();
    let table = [
        ("xray:PutTraceSegments", Decision::Allowed, Some(StatementPosition { policy: 0, statement: 0 })),
        ("xray:PutResourcePolicy", Decision::ExplicitDeny, Some(StatementPosition { policy: 1, statement: 0 })),
        ("xray:GetGroup", Decision::ImplicitDeny, None),
    ];
    for (action, decision, matched) in table {
        let principal = Principal::parse(CALLER).unwrap();
        let evaluation = evaluate(&policies, &Request { action, resource: "*", principal, context: &context });
        assert_eq!(evaluation.decision, decision, "{action}");
        assert_eq!(evaluation.matched, matched.into_iter().collect::<Vec<_>>(), "{action}");
    }
}

#[test]
fn every_request_without_policies_is_denied_implicitly() {
    let context = Context::new();
    let principal = Principal::parse(CALLER).unwrap();
    let request = Request { action: "xray:GetGroup", resource: "*", principal, context: &context };
    assert_eq!(evaluate(&[], &request).decision, Decision::ImplicitDeny);
}

#[test]
fn all_deciding_statements_are_listed() {
    let statement = |effect: &str, action: &str| {
        format!(r#"{{"Effect":"{effect}","Principal":"*","Action":"{action}","Resource":"*"}}"#)
    };
    let statements = [
        statement("Allow", "xray:*"),
        statement("Deny", "xray:Put*"),
        statement("Allow", "*"),
        statement("Deny", "sns:*"),
        statement("Deny", "xray:PutGroup"),
    ];
    let text = format!(r#"{{"Statement":[{}]}}"#, statements.join(","));
    let arena = Arena::new();
    let json = Json::parse(&text, &arena).unwrap();
    let policies = [Policy::from_json(&json).unwrap()];
    let context = Context::new();
    let named = |action| {
        let principal = Principal::parse(CALLER).unwrap();
        let evaluation = evaluate(&policies, &Request { action, resource: "*", principal, context: &context });
        evaluation.matched.iter().map(|matched| matched.statement).collect::<Vec<_>>()
    };
    assert_eq!(named("xray:GetGroup"), [0, 2]);
    assert_eq!(named("xray:PutGroup"), [1, 4]);
    assert_eq!(named("sns:Publish"), [3]);
}

/// IAM User Guide, "IAM JSON policy elements: Action" and "`NotAction`": neither service nor name is case-sensitive. A name
/// that no action has is stored and matches nothing.
#[test]
fn an_action_matches_regardless_of_case() {
    let table = [
        (r#""xray:PutTraceSegments""#, "xray:PutTraceSegments", true),
        (r#""XRAY:puttracesegments""#, "xray:PutTraceSegments", true),
        (r#""xray:PutTraceSegments""#, "xray:PutTraceSegment", false),
        (r#""xray:Put*""#, "xray:PutTraceSegments", true),
        (r#""xray:PutTraceSegments ""#, "xray:PutTraceSegments", false),
        (r#""xray:PutTraceSegments,GetGroup""#, "xray:PutTraceSegments", false),
        (r#""xray:""#, "xray:PutTraceSegments", false),
        (r#""x.ray:PutTraceSegments""#, "xray:PutTraceSegments", false),
        (r#""xray:?utTraceSegments""#, "xray:PutTraceSegments", true),
        (r#""xray:*""#, "sns:Publish", false),
        (r#""*""#, "sns:Publish", true),
        (r#"["sns:Publish","xray:GetGroup"]"#, "xray:GetGroup", true),
    ];
    for (actions, action, matches) in table {
        let expected = |matches| if matches { Decision::Allowed } else { Decision::ImplicitDeny };
        assert_eq!(decide_action(&document(&[("Action", actions)]), action), expected(matches), "{actions}");
        assert_eq!(decide_action(&document(&[("NotAction", actions)]), action), expected(!matches), "{actions}");
    }
}

/// IAM User Guide, "IAM JSON policy elements: Resource" and "`NotResource`". Recorded from IAM's simulator, 2026-09: a wildcard
/// in the last segment matches colons and slashes.
#[test]
fn a_resource_matches_segment_by_segment() {
    let table = [
        (r#""*""#, "*", true),
        (r#""*""#, "arn:aws:xray:us-east-1:123456789012:group/a", true),
        (r#""arn:aws:xray:*:*:group/*""#, "arn:aws:xray:us-east-1:123456789012:group/a/b", true),
        (r#""arn:aws:xray:*:*:group/*""#, "arn:aws:xray:us-east-1:123456789012:sampling-rule/a", false),
        (r#""arn:aws:xray:*:*:Group/a""#, "arn:aws:xray:us-east-1:123456789012:group/a", false),
        (r#""arn:aws:xray:*:*:group/*""#, "*", false),
        (r#""arn:aws:s3:::bucket/folder/*/object""#, "arn:aws:s3:::bucket/folder/a:b/object", true),
        (r#""arn:aws:s3:::bucket/folder/*/object""#, "arn:aws:s3:::bucket/folder/a/object/child", false),
        (r#""arn:aws:s3:::bucket*""#, "arn:aws:s3:::bucket:suffix/object", true),
        (r#"["arn:aws:s3:::a","arn:aws:s3:::b"]"#, "arn:aws:s3:::b", true),
    ];
    // A `*` that ends a segment also matches the following segments (documented). A short ARN matches nothing (assumed;
    // recorded: IAM stores it).
    let beyond_segments = [
        (r#""arn:aws:xray:*""#, "arn:aws:xray:us-east-1:123456789012:group/a", true),
        (r#""arn:aws:xray:us-east-1:*""#, "arn:aws:xray:us-east-1:123456789012:group/a", true),
        (r#""arn:aws:xray:eu-west-1:*""#, "arn:aws:xray:us-east-1:123456789012:group/a", false),
        (r#""arn:aws:xray""#, "arn:aws:xray:us-east-1:123456789012:group/a", false),
        (r#""arn:aws:fdsasf""#, "arn:aws:xray:us-east-1:123456789012:group/a", false),
    ];
    for (resources, resource, matches) in table.into_iter().chain(beyond_segments) {
        let expected = |matches| if matches { Decision::Allowed } else { Decision::ImplicitDeny };
        assert_eq!(decide_resource(&document(&[("Resource", resources)]), resource), expected(matches), "{resources}");
        assert_eq!(
            decide_resource(&document(&[("NotResource", resources)]), resource),
            expected(!matches),
            "{resources}"
        );
    }
}

/// Recorded decisions of IAM's simulator, 2026-09.
#[test]
fn a_variable_in_a_resource_may_replace_whole_segments() {
    let key = "arn:aws:kms:us-east-1:123456789012:key/example";
    let table = [
        ("arn:aws:kms:us-east-1:${a:v}:key/*", "123456789012", true),
        ("arn:aws:kms:${a:v}:123456789012:key/*", "us-east-1", true),
        ("arn:${a:v}:kms:us-east-1:123456789012:key/*", "aws", true),
        ("arn:aws:${a:v}:us-east-1:123456789012:key/*", "kms", true),
        ("${a:v}", key, true),
        ("arn:aws:${a:v}", "kms", false),
        ("arn:aws:kms:us-east-1:123456789012:key/${a:none, 'example'}", "", true),
        ("arn:aws:kms:us-east-1:123456789012:key/${a:none, 'other'}", "", false),
        ("arn:aws:kms:us-east-1:123456789012:key/${a:none}", "", false),
    ];
    for (resource, value, matches) in table {
        let document = document(&[("Resource", &format!("{resource:?}"))]);
        let decision = decide(&document, CALLER, "kms:Decrypt", key, &context(&[("a:v", value)]));
        assert_eq!(decision == Decision::Allowed, matches, "{resource}");
    }
}

/// Recorded decisions of IAM and of its simulator, 2026-09: every condition of a block must hold.
#[test]
fn all_conditions_of_a_statement_must_hold() {
    let both = document(&[("Condition", r#"{"StringEquals":{"a:b":"1","a:c":"2"},"Null":{"a:d":"true"}}"#)]);
    let table = [
        (&[("a:b", "1"), ("a:c", "2")][..], true),
        (&[("a:b", "1"), ("a:c", "x")], false),
        (&[("a:b", "x"), ("a:c", "2")], false),
        (&[("a:b", "1"), ("a:c", "2"), ("a:d", "3")], false),
    ];
    for (entries, holds) in table {
        let decision = decide(&both, CALLER, "xray:GetGroup", "*", &context(entries));
        assert_eq!(decision == Decision::Allowed, holds, "{entries:?}");
    }
}

/// The reason why the statement of a document does not apply to a request for `xray:GetGroup` on a group.
fn mismatch(members: &[(&str, &str)], principal: &str, context: &Context) -> String {
    let text = document(members);
    let arena = Arena::new();
    let json = Json::parse(&text, &arena).unwrap();
    let policies = [Policy::from_json(&json).unwrap()];
    let resource = "arn:aws:xray:us-east-1:123456789012:group/g";
    let principal = Principal::parse(principal).unwrap();
    let request = Request { action: "xray:GetGroup", resource, principal, context };
    let Evaluation { decision, unmatched, .. } = evaluate(&policies, &request);
    assert_eq!(decision, Decision::ImplicitDeny, "{text}");
    let [(_, mismatch)] = &unmatched[..] else { panic!("{unmatched:?}") };
    mismatch.to_string()
}

#[test]
fn a_mismatch_shows_the_values_of_the_request_and_of_the_policy() {
    let table = [
        (
            "Principal",
            r#"{"Service":"sns.amazonaws.com"}"#,
            "the principal is '210987654321', but Principal requires 'sns.amazonaws.com'",
        ),
        (
            "Principal",
            r#"{"AWS":["123456789012"],"Service":["sns.amazonaws.com"]}"#,
            "the principal is '210987654321', but Principal requires one of '123456789012', 'sns.amazonaws.com'",
        ),
        ("NotPrincipal", r#""*""#, "the principal is '210987654321', but NotPrincipal excludes '*'"),
        ("Action", r#""xray:GetGroup ""#, "the action is 'xray:GetGroup', but Action requires 'xray:GetGroup '"),
        ("Action", r#"["a:B","c:D"]"#, "the action is 'xray:GetGroup', but Action requires one of 'a:B', 'c:D'"),
        ("NotAction", r#"["xray:*","c:D"]"#, "the action is 'xray:GetGroup', but NotAction excludes 'xray:*', 'c:D'"),
        (
            "Resource",
            r#""arn:aws:xray:eu-*""#,
            "the resource is 'arn:aws:xray:us-east-1:123456789012:group/g', but Resource requires 'arn:aws:xray:eu-*'",
        ),
        (
            "NotResource",
            r#""*""#,
            "the resource is 'arn:aws:xray:us-east-1:123456789012:group/g', but NotResource excludes '*'",
        ),
    ];
    for (name, value, expected) in table {
        assert_eq!(mismatch(&[(name, value)], "210987654321", &Context::new()), expected);
    }
}

#[test]
fn a_condition_mismatch_shows_the_operator_the_key_and_both_values() {
    let mut request = context(&[("aws:SourceAccount", "1"), ("a:n", "7")]);
    request.insert("a:list", vec!["x".to_owned(), "it's".to_owned()]);
    let table = [
        (r#"{"StringEquals":{"aws:SourceAccount":"2"}}"#, "aws:SourceAccount is '1', but StringEquals requires '2'"),
        (
            r#"{"stringequals":{"AWS:sourceaccount":["2",3]}}"#,
            "AWS:sourceaccount is '1', but StringEquals requires one of '2', '3'",
        ),
        (
            r#"{"StringNotEquals":{"aws:SourceAccount":["1","2"]}}"#,
            "aws:SourceAccount is '1', but StringNotEquals excludes '1', '2'",
        ),
        (r#"{"StringEquals":{"a:b":"2"}}"#, "the request has no a:b, but StringEquals requires '2'"),
        (r#"{"StringEquals":{"aws:SourceAccount":[]}}"#, "aws:SourceAccount is '1', but StringEquals lists no value"),
        (r#"{"NumericLessThanIfExists":{"a:n":5}}"#, "a:n is '7', but NumericLessThanIfExists requires '5'"),
        (r#"{"Null":{"a:b":"false"}}"#, "the request has no a:b, but Null requires it to be present"),
        (r#"{"Null":{"a:n":"true"}}"#, "a:n is '7', but Null requires it to be absent"),
        (
            r#"{"StringLike":{"a:list":"x"}}"#,
            "a:list is the list ['x', 'it\\'s'], but StringLike requires a single value; ForAllValues: and ForAnyValue: compare lists",
        ),
        (
            r#"{"ForAllValues:StringLike":{"a:list":"x"}}"#,
            "a:list is the list ['x', 'it\\'s'], but ForAllValues:StringLike requires 'x'",
        ),
        (
            r#"{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"a:n":"7"}}"#,
            "the request has no aws:SecureTransport, but Bool requires 'true'",
        ),
    ];
    for (condition, expected) in table {
        assert_eq!(mismatch(&[("Condition", condition)], "210987654321", &request), expected);
    }
}
