//! Tests of the bytes that the HTTP front end sends. "Recorded" means that the real service sent them in September 2026.

use super::*;
use crate::operation::Settings;
use crate::policy::{Arena, Json};
use crate::testing::{NOW, Xray, caller};

const DOCUMENT: &str = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"xray:Put*","Resource":"*"}}"#;

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn put_body(name: &str, document: &str) -> String {
    format!(r#"{{"PolicyName":{},"PolicyDocument":{}}}"#, quoted(name), quoted(document))
}

fn header<'a>(response: &'a HttpResponse, name: &str) -> Option<&'a str> {
    response.headers.iter().find_map(|(own, value)| (*own == name).then_some(value.as_str()))
}

/// Recorded: the bodies.
#[test]
fn policy_responses_have_the_same_bytes_as_in_the_real_service() {
    let service = Xray::new();
    let put = service.post("/PutResourcePolicy", put_body("p", DOCUMENT));
    let policy = format!(
        r#"{{"LastUpdatedTime":1.790149691E9,"PolicyDocument":{},"PolicyName":"p","PolicyRevisionId":"1"}}"#,
        quoted(DOCUMENT)
    );
    assert_eq!((put.status, put.body), (200, format!(r#"{{"ResourcePolicy":{policy}}}"#)));
    let list = service.post("/ListResourcePolicies", "{}");
    assert_eq!(list.body, format!(r#"{{"NextToken":null,"ResourcePolicies":[{policy}]}}"#));
    let delete = service.post("/DeleteResourcePolicy", r#"{"PolicyName":"p","PolicyRevisionId":"1"}"#);
    assert_eq!((delete.status, delete.body.as_str()), (200, "{}"));
    let empty = service.post("/ListResourcePolicies", "");
    assert_eq!(empty.body, r#"{"NextToken":null,"ResourcePolicies":[]}"#);
    assert_eq!(header(&empty, "content-type"), Some("application/json"));
    assert_eq!(header(&empty, "x-amzn-requestid"), Some("00000000-0000-4000-8000-000000000004"));
    assert_eq!(header(&empty, "x-amzn-errortype"), None);
}

/// Recorded: the bodies, and the header with the error code.
#[test]
fn errors_have_the_same_bytes_as_in_the_real_service() {
    let service = Xray::new();
    let table = [
        (
            "/DeleteResourcePolicy",
            r#"{"PolicyName":"p"}"#,
            "InvalidRequestException",
            r#"{"Message":"The resource policy p does not exist."}"#,
        ),
        (
            "/PutResourcePolicy",
            r#"{"PolicyName":"p","PolicyDocument":"{"}"#,
            "MalformedPolicyDocumentException",
            r#"{"Message":null}"#,
        ),
        (
            "/DeleteResourcePolicy",
            r#"{"PolicyName":"a/b"}"#,
            "ValidationException",
            r#"{"message":"1 validation error detected: Value 'a/b' at 'policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+"}"#,
        ),
    ];
    for (path, body, code, expected) in table {
        let response = service.post(path, body);
        assert_eq!((response.status, header(&response, "x-amzn-errortype")), (400, Some(code)));
        assert_eq!(response.body, expected);
    }
}

/// Assumed.
#[test]
fn bodies_that_are_not_valid_for_the_operation_return_a_serialization_exception() {
    let service = Xray::new();
    let table: [(&[u8], &str); 11] = [
        (b"{", "EOF while parsing an object"),
        (b"null", "invalid type: null, expected an object"),
        (b"[]", "invalid type: sequence, expected an object"),
        (b"{} {}", "trailing characters"),
        (b"\xff", "not UTF-8"),
        (br#"{"PolicyName":"\ud800","PolicyDocument":"{}"}"#, "PolicyName: unexpected end of hex escape"),
        (br#"{"PolicyName":1,"PolicyDocument":"{}"}"#, "PolicyName: not a string"),
        (br#"{"PolicyName":"p","PolicyDocument":{}}"#, "PolicyDocument: invalid type: map, expected a string"),
        (
            br#"{"PolicyName":"p","PolicyDocument":"{}","PolicyRevisionId":[]}"#,
            "PolicyRevisionId: invalid type: sequence",
        ),
        (
            br#"{"PolicyName":"p","PolicyDocument":"{}","BypassPolicyLockoutCheck":"true"}"#,
            "BypassPolicyLockoutCheck: not a boolean",
        ),
        (br#"{"Unknown":[[[[]]]"#, "EOF"),
    ];
    for (body, reason) in table {
        let response = service.post("/PutResourcePolicy", body);
        assert_eq!((response.status, response.body.as_str()), (400, r#"{"message":null}"#));
        assert_eq!(header(&response, "x-amzn-errortype"), Some("SerializationException"));
        assert!(header(&response, "x-fake-xray-reason").unwrap().contains(reason), "{response:?}");
    }
}

/// Assumed.
#[test]
fn missing_and_null_required_members_return_a_validation_exception() {
    let service = Xray::new();
    let one = |member| format!("Value null at '{member}' failed to satisfy constraint: Member must not be null");
    let table = [
        (
            "/PutResourcePolicy",
            r#"{"PolicyName":"p"}"#,
            format!("1 validation error detected: {}", one("policyDocument")),
        ),
        (
            "/PutResourcePolicy",
            r#"{"PolicyName":null}"#,
            format!("2 validation errors detected: {}; {}", one("policyName"), one("policyDocument")),
        ),
        ("/DeleteResourcePolicy", "", format!("1 validation error detected: {}", one("policyName"))),
    ];
    for (path, body, message) in table {
        let response = service.post(path, body);
        assert_eq!(header(&response, "x-amzn-errortype"), Some("ValidationException"));
        assert_eq!(response.body, format!(r#"{{"message":{}}}"#, quoted(&message)));
    }
}

/// Assumed.
#[test]
fn unknown_members_are_ignored_and_the_last_value_of_a_repeated_member_is_used() {
    let service = Xray::new();
    let body = r#"{"PolicyName":"a","PolicyName":"b","Extra":[1],"PolicyRevisionId":null}"#;
    let response = service.post("/DeleteResourcePolicy", body);
    assert_eq!(response.body, r#"{"Message":"The resource policy b does not exist."}"#);
}

/// Recorded: the response to the path `/GetGroups`. Assumed: the response to other methods is the same.
#[test]
fn unknown_http_methods_and_paths_return_unknown_operation_exception_with_status_200() {
    let service = Service::new(Settings::default());
    for (method, path) in
        [("GET", "/ListResourcePolicies"), ("POST", "/"), ("POST", "/putresourcepolicy"), ("POST", "/GetGroups")]
    {
        let request = HttpRequest { method, path, body: b"{" };
        let exchange = handle(&service, &caller("123456789012", "us-east-1"), request, Moment::from_seconds(NOW));
        let response = exchange.response;
        assert_eq!(response.status, 200);
        assert_eq!(
            response.body,
            r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}"#
        );
        assert_eq!(header(&response, "x-amzn-errortype"), None);
        assert!(header(&response, "x-fake-xray-reason").unwrap().contains(path));
        assert_eq!((exchange.operation, exchange.error), (None, None));
    }
}

#[test]
fn reason_with_characters_that_a_header_cannot_contain_is_escaped() {
    let document = r#"{"Stätement\n":[]}"#;
    let response = Xray::new().post("/PutResourcePolicy", put_body("p", document));
    assert_eq!(
        header(&response, "x-fake-xray-reason"),
        Some(r"unknown element 'St\u{e4}tement\n'; did you mean 'Statement'?")
    );
}

/// Documented: the API model.
#[test]
fn error_codes_have_the_status_of_the_api_model() {
    let table = [
        (Code::AccessDeniedException, 403),
        (Code::InternalFailure, 500),
        (Code::InvalidRequestException, 400),
        (Code::ResourceNotFoundException, 404),
        (Code::ThrottledException, 429),
        (Code::ValidationException, 400),
    ];
    for (code, status) in table {
        assert_eq!(code.status(), status, "{code:?}");
    }
}

proptest::proptest! {
    #[test]
    fn arbitrary_bodies_never_panic_and_always_have_a_response(
        path in "/(PutResourcePolicy|ListResourcePolicies|DeleteResourcePolicy|.{0,5})",
        body in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
    ) {
        let response = Xray::new().post(&path, &body);
        proptest::prop_assert!([200, 400].contains(&response.status));
        proptest::prop_assert!(Json::parse(&response.body, &Arena::new()).is_ok());
    }

    #[test]
    fn arbitrary_policy_documents_never_panic_and_are_stored_only_if_accepted(name in ".{0,200}", document in ".{0,400}") {
        let service = Xray::new();
        let response = service.post("/PutResourcePolicy", put_body(&name, &document));
        proptest::prop_assert!([200, 400].contains(&response.status));
        proptest::prop_assert!(response.headers.iter().all(|(_, value)| value.bytes().all(|byte| (b' '..=b'~').contains(&byte))));
        let stored = service.post("/ListResourcePolicies", "");
        proptest::prop_assert_eq!(stored.body.contains("PolicyName"), response.status == 200);
    }
}
