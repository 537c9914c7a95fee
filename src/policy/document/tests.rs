use crate::policy::tests::document;
use crate::policy::{Arena, Effect, Json, Policy, Version};

fn printed(text: &str) -> String {
    let arena = Arena::new();
    let json = Json::parse(text, &arena).unwrap();
    Policy::from_json(&json).unwrap().to_string()
}

#[test]
fn a_policy_is_displayed_in_the_order_of_the_reference() {
    let text = r#"{"Statement":{"Resource":"*","Condition":{"stringlike":{"a:b":["x",1,true]},"BOOL":{"a:c":false}},"Action":["a:b"],"Principal":{"Service":["s.amazonaws.com"],"AWS":"*"},"Effect":"Deny","Sid":"s"},"Id":"i"}"#;
    let expected = r#"{"Version":"2008-10-17","Id":"i","Statement":[{"Sid":"s","Effect":"Deny","Principal":{"AWS":"*","Service":"s.amazonaws.com"},"Action":"a:b","Resource":"*","Condition":{"StringLike":{"a:b":["x",1,true]},"Bool":{"a:c":false}}}]}"#;
    assert_eq!(printed(text), expected);
    assert_eq!(printed(expected), expected);
}

#[test]
fn negated_elements_are_displayed_under_their_own_name() {
    let text = document(&[
        ("NotPrincipal", r#"{"AWS":"123456789012"}"#),
        ("NotAction", r#"["xray:Get*","sns:Publish"]"#),
        ("NotResource", r#""arn:aws:xray:*:*:group/*""#),
    ]);
    let printed = printed(&text);
    for name in ["NotPrincipal", "NotAction", "NotResource"] {
        assert!(printed.contains(name), "{printed}");
    }
}

#[test]
fn a_policy_exposes_its_version_and_its_statements_ids_and_effects() {
    let text = document(&[("Sid", r#""one""#), ("Effect", r#""Deny""#)]);
    let arena = Arena::new();
    let json = Json::parse(&text, &arena).unwrap();
    let policy = Policy::from_json(&json).unwrap();
    assert_eq!(policy.version(), Version::V2012);
    let statements: Vec<_> = policy.statements().iter().map(|one| (one.sid(), one.effect())).collect();
    assert_eq!(statements, [(Some("one"), Effect::Deny)]);
}
