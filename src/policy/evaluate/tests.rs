use super::{Decision, Place, Request, evaluate};
use crate::policy::tests::{context, decide, document};
use crate::policy::{Arena, Context, Json, Policy, Principal};

const CALLER: &str = "arn:aws:iam::123456789012:user/bob";

fn decide_action(document: &str, action: &str) -> Decision {
    decide(document, CALLER, action, "*", &Context::new())
}

fn decide_resource(document: &str, resource: &str) -> Decision {
    decide(document, CALLER, "xray:GetGroup", resource, &Context::new())
}

/// IAM User Guide, "Policy evaluation logic"; that it holds across several policies is recorded of `CloudWatch` Logs,
/// 2026-09.
#[test]
fn an_explicit_deny_beats_an_allow_and_an_allow_the_implicit_deny() {
    let allow = document(&[("Action", r#""xray:Put*""#)]);
    let deny = document(&[("Effect", r#""Deny""#), ("Action", r#""xray:PutResourcePolicy""#)]);
    let arena = Arena::new();
    let trees = [&allow, &deny].map(|text| Json::parse(text, &arena).unwrap());
    let policies: Vec<_> = trees.iter().map(|json| Policy::from_json(json).unwrap()).collect();
    let context = Context::new();
    let table = [
        ("xray:PutTraceSegments", Decision::Allowed, Some(Place { policy: 0, statement: 0 })),
        ("xray:PutResourcePolicy", Decision::ExplicitDeny, Some(Place { policy: 1, statement: 0 })),
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
fn without_policies_everything_is_denied_implicitly() {
    let context = Context::new();
    let principal = Principal::parse(CALLER).unwrap();
    let request = Request { action: "xray:GetGroup", resource: "*", principal, context: &context };
    assert_eq!(evaluate(&[], &request).decision, Decision::ImplicitDeny);
}

#[test]
fn all_statements_that_decide_are_named() {
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

/// IAM User Guide, "IAM JSON policy elements: Action" and "`NotAction`": neither vendor nor name is case-sensitive.
#[test]
fn an_action_matches_without_regard_to_case() {
    let table = [
        (r#""xray:PutTraceSegments""#, "xray:PutTraceSegments", true),
        (r#""XRAY:puttracesegments""#, "xray:PutTraceSegments", true),
        (r#""xray:PutTraceSegments""#, "xray:PutTraceSegment", false),
        (r#""xray:Put*""#, "xray:PutTraceSegments", true),
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

/// IAM User Guide, "IAM JSON policy elements: Resource" and "`NotResource`"; that a wildcard in the last segment crosses
/// colons and slashes is a recorded answer of IAM's simulator, 2026-09.
#[test]
fn a_resource_matches_by_the_segments_of_its_arn() {
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
    for (resources, resource, matches) in table {
        let expected = |matches| if matches { Decision::Allowed } else { Decision::ImplicitDeny };
        assert_eq!(decide_resource(&document(&[("Resource", resources)]), resource), expected(matches), "{resources}");
        assert_eq!(
            decide_resource(&document(&[("NotResource", resources)]), resource),
            expected(!matches),
            "{resources}"
        );
    }
}

/// Recorded answers of IAM's simulator, 2026-09.
#[test]
fn a_variable_in_a_resource_may_be_whole_segments_of_the_arn() {
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

/// Recorded answers of IAM, 2026-09, and of its simulator: every condition of a block must hold.
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
