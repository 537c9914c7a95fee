//! The rules of resource policies, tested with typed requests. "Recorded" means that the real service responded this way in
//! September 2026.

use serde_json::{Value, json};

use super::*;
use crate::operation::{Moment, Settings};
use crate::testing::{Xray, caller, rejection};
use crate::wire;

const DOCUMENT: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"xray:PutTraceSegments","Resource":"*"}]}"#;

fn put_request(name: &str, document: &str, revision: Option<&str>) -> Value {
    json!({"PolicyName": name, "PolicyDocument": document, "PolicyRevisionId": revision})
}

impl Xray {
    fn put(&self, name: &str, document: &str, revision: Option<&str>) -> Result<Arc<ResourcePolicy>, Fault> {
        self.call::<PutResourcePolicy>(&put_request(name, document, revision)).map(|result| result.resource_policy)
    }

    fn delete(&self, name: &str, revision: Option<&str>) -> Result<(), Fault> {
        self.call::<DeleteResourcePolicy>(&json!({"PolicyName": name, "PolicyRevisionId": revision})).map(drop)
    }

    fn list(&self) -> Vec<Arc<ResourcePolicy>> {
        self.call::<ListResourcePolicies>(&json!({})).unwrap().resource_policies
    }

    fn names(&self) -> Vec<String> {
        self.list().iter().map(|policy| policy.name.to_string()).collect()
    }
}

#[test]
fn a_created_policy_has_revision_1_and_each_put_adds_one() {
    let xray = Xray::new();
    assert_eq!(xray.put("p", DOCUMENT, None).unwrap().revision, Revision(1));
    assert_eq!(xray.put("p", DOCUMENT, None).unwrap().revision, Revision(2));
    assert_eq!(xray.put("p", DOCUMENT, Some("2")).unwrap().revision, Revision(3));
}

#[test]
fn a_put_with_revision_0_creates_a_policy_but_never_replaces_one() {
    let xray = Xray::new();
    assert_eq!(xray.put("p", DOCUMENT, Some("0")).unwrap().revision, Revision(1));
    assert_eq!(
        rejection(xray.put("p", DOCUMENT, Some("0"))),
        (
            Code::InvalidPolicyRevisionIdException,
            "Another concurrent request has modified the resource policy p".to_owned()
        )
    );
}

#[test]
fn a_put_with_a_wrong_revision_is_rejected_whether_or_not_the_policy_exists() {
    let xray = Xray::new();
    let wrong_revision = (
        Code::InvalidPolicyRevisionIdException,
        "Another concurrent request has modified the resource policy p".to_owned(),
    );
    assert_eq!(rejection(xray.put("p", DOCUMENT, Some("1"))), wrong_revision);
    xray.put("p", DOCUMENT, None).unwrap();
    for revision in ["2", "01", " 1", "", "x"] {
        assert_eq!(rejection(xray.put("p", DOCUMENT, Some(revision))), wrong_revision, "{revision:?}");
    }
    assert_eq!(xray.list()[0].revision, Revision(1));
}

#[test]
fn a_delete_with_a_wrong_revision_is_rejected_whether_or_not_the_policy_exists() {
    let xray = Xray::new();
    let wrong_revision = (
        Code::InvalidPolicyRevisionIdException,
        "Another concurrent request has modified or deleted the resource policy p".to_owned(),
    );
    assert_eq!(rejection(xray.delete("p", Some("1"))), wrong_revision);
    xray.put("p", DOCUMENT, None).unwrap();
    assert_eq!(rejection(xray.delete("p", Some("2"))), wrong_revision);
    assert_eq!(xray.names(), ["p"]);
    xray.delete("p", Some("1")).unwrap();
    assert!(xray.list().is_empty());
}

#[test]
fn deleting_a_missing_policy_without_a_revision_is_an_invalid_request() {
    assert_eq!(
        rejection(Xray::new().delete("missing", None)),
        (Code::InvalidRequestException, "The resource policy missing does not exist.".to_owned())
    );
}

#[test]
fn a_policy_created_again_after_its_deletion_starts_at_revision_1() {
    let xray = Xray::new();
    xray.put("p", DOCUMENT, None).unwrap();
    xray.put("p", DOCUMENT, None).unwrap();
    xray.delete("p", None).unwrap();
    assert_eq!(xray.put("p", DOCUMENT, Some("0")).unwrap().revision, Revision(1));
}

#[test]
fn resource_policies_are_listed_in_order_of_creation() {
    let xray = Xray::new();
    for name in ["c", "a", "b"] {
        xray.put(name, DOCUMENT, None).unwrap();
    }
    xray.put("c", DOCUMENT, None).unwrap();
    assert_eq!(xray.names(), ["c", "a", "b"]);
    xray.delete("c", None).unwrap();
    xray.put("c", DOCUMENT, None).unwrap();
    assert_eq!(xray.names(), ["a", "b", "c"]);
}

#[test]
fn list_resource_policies_rejects_any_next_token() {
    let xray = Xray::new();
    assert_eq!(
        rejection(xray.call::<ListResourcePolicies>(&json!({"NextToken": "t"}))),
        (Code::InvalidRequestException, "NextToken is currently not supported".to_owned())
    );
    assert_eq!(
        rejection(xray.call::<ListResourcePolicies>(&json!({"NextToken": "t".repeat(101)}))).0,
        Code::ValidationException
    );
}

#[test]
fn a_sixth_policy_is_rejected_but_an_update_is_accepted() {
    let xray = Xray::new();
    for name in ["a", "b", "c", "d", "e"] {
        xray.put(name, DOCUMENT, None).unwrap();
    }
    let fault = xray.put("f", DOCUMENT, None).unwrap_err();
    assert_eq!(fault.code, Code::PolicyCountLimitExceededException);
    assert_eq!(
        fault.message.unwrap(),
        "The resource policy f would exceed the limit of 5 resource policies in this account and Region."
    );
    let reason = fault.reason.unwrap();
    assert!(reason.contains("FakeXRay(policy_limit=...)"), "{reason}");
    assert!(reason.contains("several public reports say that real accounts allow 10"), "{reason}");
    assert_eq!(xray.put("e", DOCUMENT, None).unwrap().revision, Revision(2));
    xray.delete("a", None).unwrap();
    xray.put("f", DOCUMENT, None).unwrap();
}

#[test]
fn a_wrong_revision_is_reported_before_a_full_account() {
    let xray = Xray::with(Settings { policy_limit: 0, ..Settings::default() });
    assert_eq!(rejection(xray.put("p", DOCUMENT, Some("7"))).0, Code::InvalidPolicyRevisionIdException);
    assert_eq!(rejection(xray.put("p", DOCUMENT, Some("0"))).0, Code::PolicyCountLimitExceededException);
}

#[test]
fn accounts_and_regions_have_their_own_resource_policies() {
    let mut xray = Xray::new();
    xray.put("p", DOCUMENT, None).unwrap();
    let here = xray.caller.clone();
    for there in [caller("123456789012", "eu-west-1"), caller("210987654321", "us-east-1")] {
        xray.caller = there;
        assert_eq!(xray.list(), []);
    }
    xray.caller = here;
    assert_eq!(xray.names(), ["p"]);
}

#[test]
fn a_policy_has_the_time_of_its_last_put() {
    let xray = Xray::new();
    let first = xray.put("p", DOCUMENT, None).unwrap().last_updated;
    assert_eq!(first, Timestamp::from_seconds(crate::testing::NOW));
    xray.advance(60_900);
    let last = xray.put("p", DOCUMENT, None).unwrap().last_updated;
    assert_eq!((last, xray.list()[0].last_updated), (Timestamp(first.0 + 60.0), last));
}

/// Recorded: the message for `/`. Documented: the lengths (API model). Assumed: the order of two errors, and that `\w` is
/// ASCII.
#[test]
fn a_policy_name_must_satisfy_the_constraints_of_the_api_model() {
    let pattern = r"Member must satisfy regular expression pattern: [\w+=,.@-]+";
    let one = |name: &str, constraint: &str| {
        format!(
            "1 validation error detected: Value '{name}' at 'policyName' failed to satisfy constraint: {constraint}"
        )
    };
    let long = "n".repeat(129);
    let long_and_wrong = "/".repeat(129);
    let table = [
        ("a/b", one("a/b", pattern)),
        ("ä", one("ä", pattern)),
        ("名前", one("名前", pattern)),
        ("a b", one("a b", pattern)),
        (&long, one(&long, "Member must have length less than or equal to 128")),
        (
            &long_and_wrong,
            format!(
                "2 validation errors detected: Value '{long_and_wrong}' at 'policyName' failed to satisfy constraint: \
                 Member must have length less than or equal to 128; Value '{long_and_wrong}' at 'policyName' failed to \
                 satisfy constraint: {pattern}"
            ),
        ),
        (
            "",
            format!(
                "2 validation errors detected: Value '' at 'policyName' failed to satisfy constraint: Member must have \
                 length greater than or equal to 1; Value '' at 'policyName' failed to satisfy constraint: {pattern}"
            ),
        ),
    ];
    let xray = Xray::new();
    for (name, message) in table {
        assert_eq!(rejection(xray.put(name, DOCUMENT, None)), (Code::ValidationException, message.clone()));
        assert_eq!(rejection(xray.delete(name, None)), (Code::ValidationException, message));
    }
    for name in ["n", "aZ_9+=,.@-", &"n".repeat(128)] {
        xray.put(name, DOCUMENT, None).unwrap();
    }
}

/// Recorded: the stored text is compact, an `Action` list of one action becomes that action, and longer lists and the
/// order of members are unchanged. Assumed: the rest.
#[test]
fn a_document_is_stored_in_the_normal_form_of_aws() {
    let with = |members: &str| format!(r#"{{"Statement":[{{"Effect":"Allow",{members}}}]}}"#);
    let rest = r#""Principal":{"AWS":["*"]},"Resource":["*"]"#;
    let table = [
        // White space between tokens is removed, but not white space in strings.
        (
            format!(
                "{{ \"Id\" :\t\" i d \",\n \"Statement\" : [ {{\"Effect\":\r\"Allow\",\"Action\":\"*\", {rest} }} ] }}"
            ),
            format!(r#"{{"Id":" i d ","Statement":[{{"Effect":"Allow","Action":"*",{rest}}}]}}"#),
        ),
        // A list of one action becomes the action, also in a single statement. Principals, resources and condition values
        // remain lists.
        (with(&format!(r#""Action":["xray:A"],{rest}"#)), with(&format!(r#""Action":"xray:A",{rest}"#))),
        (
            format!(r#"{{"Statement":{{"Effect":"Deny","Action":["sns:A"],{rest}}}}}"#),
            format!(r#"{{"Statement":{{"Effect":"Deny","Action":"sns:A",{rest}}}}}"#),
        ),
        (
            with(&format!(r#""Action":["sns:A"],{rest},"Condition":{{"StringEquals":{{"k":["v"]}}}}"#)),
            with(&format!(r#""Action":"sns:A",{rest},"Condition":{{"StringEquals":{{"k":["v"]}}}}"#)),
        ),
        // A single statement remains an object, and a missing version remains missing.
        (
            format!(r#"{{"Statement":{{"Effect":"Deny","Action":"sns:A",{rest}}}}}"#),
            format!(r#"{{"Statement":{{"Effect":"Deny","Action":"sns:A",{rest}}}}}"#),
        ),
        // Longer lists and `NotAction` are unchanged.
        (
            with(&format!(r#""Action":["sns:B","sns:A"],{rest}"#)),
            with(&format!(r#""Action":["sns:B","sns:A"],{rest}"#)),
        ),
        (with(&format!(r#"{rest},"NotAction":["sns:A"]"#)), with(&format!(r#"{rest},"NotAction":["sns:A"]"#))),
        // Escapes are resolved. Only characters that must be escaped are escaped.
        (
            with(&format!(r#""Sid":"\u0041\/\u00e9\n\"",{rest},"Action":"sns:A""#)),
            with(&format!(r#""Sid":"A/é\n\"",{rest},"Action":"sns:A""#)),
        ),
    ];
    let xray = Xray::new();
    for (sent, stored) in table {
        assert_eq!(*xray.put("p", &sent, None).unwrap().document, stored);
        assert_eq!(*xray.list()[0].document, stored);
    }
}

/// Assumed.
#[test]
fn numbers_are_stored_in_a_normal_form() {
    let with =
        |number: &str| DOCUMENT.replace("}]}", &format!(r#","Condition":{{"NumericEquals":{{"k":{number}}}}}}}]}}"#));
    let xray = Xray::new();
    let table = [
        ("7", "7"),
        ("1.50", "1.5"),
        ("1e2", "100.0"),
        ("-1", "-1"),
        ("18446744073709551615", "18446744073709551615"),
        // Python's 0.01 + 0.09, and a power of ten that a double cannot represent exactly.
        ("0.09999999999999999", "0.09999999999999999"),
        ("1e-23", "1e-23"),
    ];
    for (sent, stored) in table {
        assert_eq!(*xray.put("p", &with(sent), None).unwrap().document, with(stored));
    }
    assert_eq!(xray.put("p", &with("1e400"), None).unwrap_err().code, Code::MalformedPolicyDocumentException);
}

/// Recorded: the response to the document `{` has a null message. Assumed: every other malformed document gets the same
/// response.
#[test]
fn a_malformed_document_is_rejected_with_a_null_message_and_a_reason() {
    let deep_object = format!("{{\"Statement\":{}1{}}}", "[".repeat(2000), "]".repeat(2000));
    let table = [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("{}", "Statement is missing"),
        ("{\"Statement\":[]}", "Statement: the array is empty"),
        ("[]", "expected an object, found an array"),
        ("\"Statement\"", "expected an object, found the string 'Statement'"),
        ("{\"Statement\":[]} x", "trailing characters"),
        ("{\"Statement\":[]}{\"Statement\":[]}", "trailing characters"),
        ("{'Statement':[]}", "not valid JSON"),
        ("{\"Statement\":[],}", "not valid JSON"),
        ("{\"Statement\":[NaN]}", "not valid JSON"),
        ("{\"Statement\":\"\\ud800\"}", "not valid JSON"),
        ("\u{feff}{\"Statement\":[]}", "not valid JSON"),
        (&"[".repeat(100_000), "recursion limit"),
        (&"{\"a\":".repeat(100_000), "recursion limit"),
        (&deep_object, "recursion limit"),
    ];
    let xray = Xray::new();
    for (document, reason) in table {
        let fault = xray.put("p", document, None).unwrap_err();
        assert_eq!((fault.code, fault.message), (Code::MalformedPolicyDocumentException, None));
        assert!(fault.reason.as_ref().unwrap().contains(reason), "{:?} lacks {reason:?}", fault.reason);
        assert!(xray.list().is_empty());
    }
}

/// Documented: 5 KB. Assumed: 5120 bytes of UTF-8 of the text that the caller sends.
#[test]
fn a_document_of_more_than_5120_bytes_is_too_long() {
    let of_bytes = |bytes: usize, filler: &str| {
        let room = bytes - DOCUMENT.len() - r#""Id":"","#.len();
        let id = format!("{}{}", filler.repeat(room / filler.len()), "x".repeat(room % filler.len()));
        DOCUMENT.replacen('{', &format!(r#"{{"Id":"{id}","#), 1)
    };
    let xray = Xray::new();
    xray.put("p", &of_bytes(5120, "x"), None).unwrap();
    for document in
        [of_bytes(5121, "x"), of_bytes(5121, "é"), of_bytes(10_000_000, "x"), format!("{DOCUMENT}{}", " ".repeat(5120))]
    {
        let (code, message) = rejection(xray.put("p", &document, None));
        assert_eq!(code, Code::PolicySizeLimitExceededException);
        assert_eq!(message, format!("The policy document has {} bytes; the limit is 5120.", document.len()));
    }
    assert_eq!(xray.list()[0].revision, Revision(1));
}

#[test]
fn a_rejected_put_or_delete_changes_no_policy() {
    let xray = Xray::new();
    xray.put("p", DOCUMENT, None).unwrap();
    let before = xray.list();
    let long = "x".repeat(6000);
    for (name, document, revision) in [
        ("p/", DOCUMENT, None),
        ("p", "{", None),
        ("p", &*long, None),
        ("p", DOCUMENT, Some("9")),
        ("q", DOCUMENT, Some("1")),
    ] {
        xray.put(name, document, revision).unwrap_err();
    }
    xray.delete("p", Some("9")).unwrap_err();
    xray.delete("q", None).unwrap_err();
    assert_eq!(xray.list(), before);
}

#[test]
fn request_numbers_count_every_call_and_survive_a_reset() {
    let xray = Xray::new();
    let number = || {
        let request = wire::read::<ListResourcePolicies>(b"{}").unwrap();
        xray.service.call::<ListResourcePolicies>(&xray.caller, request, Moment::from_seconds(0)).request_number
    };
    assert_eq!((number(), number()), (1, 2));
    xray.put("p", DOCUMENT, None).unwrap();
    xray.service.reset();
    assert_eq!((number(), xray.names().len()), (4, 0));
}

#[test]
fn check_document_agrees_with_put_resource_policy() {
    let long = DOCUMENT.replacen('{', &format!(r#"{{"Id":"{}","#, "x".repeat(5120)), 1);
    let long_problem = format!("The policy document has {} bytes; the limit is 5120.", long.len());
    let lowercase = DOCUMENT.replace("Allow", "allow");
    let table = [
        (DOCUMENT, None),
        ("{}", Some(("", "Statement is missing"))),
        ("{\n", Some(("line 2 column 0", "not valid JSON: EOF while parsing an object"))),
        (&long, Some(("", &*long_problem))),
        (&lowercase, Some(("Statement[0].Effect", "'allow' is neither 'Allow' nor 'Deny'"))),
    ];
    for (text, expected) in table {
        let checked = check_document(text);
        let problem = checked.as_ref().err().map(|malformed| (malformed.place(), malformed.problem()));
        assert_eq!(problem, expected, "{text}");
        assert_eq!(Xray::new().put("p", text, None).is_err(), expected.is_some(), "{text}");
    }
}
