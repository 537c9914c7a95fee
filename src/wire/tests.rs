//! The HTTP front against bytes. "Recorded" means: sent so by the real service in September 2026.

use super::*;
use crate::operation::Scope;

const DOCUMENT: &str = r#"{"Statement":{"Effect":"Allow","Principal":"*","Action":"xray:Put*","Resource":"*"}}"#;
const NOW: i64 = 1_790_149_691;

fn caller() -> Caller {
    let scope = Scope { account_id: "123456789012".into(), region_name: "us-east-1".into() };
    Caller { scope, arn: "arn:aws:iam::123456789012:user/ann".to_owned() }
}

fn post(service: &Service, path: &str, body: impl AsRef<[u8]>) -> HttpAnswer {
    let request = HttpRequest { method: "POST", path, body: body.as_ref() };
    answer(service, &caller(), request, NOW).answer.unwrap()
}

fn put_body(name: &str, document: &str) -> String {
    format!(r#"{{"PolicyName":{},"PolicyDocument":{}}}"#, quoted(name), quoted(document))
}

fn header<'a>(answer: &'a HttpAnswer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find_map(|(own, value)| (*own == name).then_some(value.as_str()))
}

/// Recorded: the bodies.
#[test]
fn answers_have_the_bytes_of_the_real_service() {
    let service = Service::new(5);
    let put = post(&service, "/PutResourcePolicy", put_body("p", DOCUMENT));
    let policy = format!(
        r#"{{"LastUpdatedTime":1.790149691E9,"PolicyDocument":{},"PolicyName":"p","PolicyRevisionId":"1"}}"#,
        quoted(DOCUMENT)
    );
    assert_eq!((put.status, put.body), (200, format!(r#"{{"ResourcePolicy":{policy}}}"#)));
    let list = post(&service, "/ListResourcePolicies", "{}");
    assert_eq!(list.body, format!(r#"{{"NextToken":null,"ResourcePolicies":[{policy}]}}"#));
    let delete = post(&service, "/DeleteResourcePolicy", r#"{"PolicyName":"p","PolicyRevisionId":"1"}"#);
    assert_eq!((delete.status, delete.body.as_str()), (200, "{}"));
    let empty = post(&service, "/ListResourcePolicies", "");
    assert_eq!(empty.body, r#"{"NextToken":null,"ResourcePolicies":[]}"#);
    assert_eq!(header(&empty, "content-type"), Some("application/json"));
    assert_eq!(header(&empty, "x-amzn-requestid"), Some("00000000-0000-4000-8000-000000000004"));
    assert_eq!(header(&empty, "x-amzn-errortype"), None);
}

/// Recorded: the bodies and the header with the code.
#[test]
fn errors_have_the_bytes_of_the_real_service() {
    let service = Service::new(5);
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
    for (path, body, code, answered) in table {
        let answer = post(&service, path, body);
        assert_eq!((answer.status, header(&answer, "x-amzn-errortype")), (400, Some(code)));
        assert_eq!(answer.body, answered);
    }
}

/// Assumed.
#[test]
fn what_is_not_of_the_requests_types_is_a_serialization_exception() {
    let service = Service::new(5);
    let table: [(&[u8], &str); 11] = [
        (b"{", "not valid JSON"),
        (b"null", "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b"{} {}", "trailing characters"),
        (b"\xff", "not UTF-8"),
        (br#"{"PolicyName":"\ud800","PolicyDocument":"{}"}"#, "not valid JSON"),
        (br#"{"PolicyName":1,"PolicyDocument":"{}"}"#, "PolicyName is not a string"),
        (br#"{"PolicyName":"p","PolicyDocument":{}}"#, "PolicyDocument is not a string"),
        (br#"{"PolicyName":"p","PolicyDocument":"{}","PolicyRevisionId":[]}"#, "PolicyRevisionId is not a string"),
        (
            br#"{"PolicyName":"p","PolicyDocument":"{}","BypassPolicyLockoutCheck":"true"}"#,
            "BypassPolicyLockoutCheck is not a boolean",
        ),
        (&[b'['; 1_000], "recursion limit"),
    ];
    for (body, reason) in table {
        let answer = post(&service, "/PutResourcePolicy", body);
        assert_eq!((answer.status, answer.body.as_str()), (400, r#"{"message":null}"#));
        assert_eq!(header(&answer, "x-amzn-errortype"), Some("SerializationException"));
        assert!(header(&answer, "x-fake-xray-reason").unwrap().contains(reason), "{answer:?}");
    }
}

/// Assumed.
#[test]
fn a_missing_or_null_member_is_a_validation_exception() {
    let service = Service::new(5);
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
        let answer = post(&service, path, body);
        assert_eq!(header(&answer, "x-amzn-errortype"), Some("ValidationException"));
        assert_eq!(answer.body, format!(r#"{{"message":{}}}"#, quoted(&message)));
    }
}

/// Assumed.
#[test]
fn unknown_members_are_passed_over_and_of_a_repeated_one_the_last_counts() {
    let service = Service::new(5);
    let body = r#"{"PolicyName":"a","PolicyName":"b","Extra":[1],"PolicyRevisionId":null}"#;
    let answer = post(&service, "/DeleteResourcePolicy", body);
    assert_eq!(answer.body, r#"{"Message":"The resource policy b does not exist."}"#);
}

/// Assumed.
#[test]
fn another_method_or_path_is_an_unknown_operation() {
    let service = Service::new(5);
    for (method, path) in
        [("GET", "/ListResourcePolicies"), ("POST", "/"), ("POST", "/putresourcepolicy"), ("POST", "/GetGroups")]
    {
        let exchange = answer(&service, &caller(), HttpRequest { method, path, body: b"{" }, NOW);
        let answer = exchange.answer.unwrap();
        assert_eq!(answer.status, 404);
        assert_eq!(header(&answer, "x-amzn-errortype"), Some("UnknownOperationException"));
        assert_eq!((exchange.operation, exchange.error), (None, Some("UnknownOperationException")));
    }
}

#[test]
fn an_injected_failure_comes_before_the_state_and_as_often_as_was_said() {
    let service = Service::new(5);
    let throttled = Fault::new(Code::ThrottledException, "slow down");
    service.inject("ListResourcePolicies", throttled.into(), 2);
    service.inject("ListResourcePolicies", Failure::Connection(ConnectionFailure::ReadTimeout), 1);
    let list = || {
        let request = HttpRequest { method: "POST", path: "/ListResourcePolicies", body: b"" };
        answer(&service, &caller(), request, NOW)
    };
    for _ in 0..2 {
        let answer = list().answer.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (429, r#"{"Message":"slow down"}"#));
    }
    let failed = list();
    assert_eq!((failed.error, failed.answer), (Some("ReadTimeoutError"), Err(ConnectionFailure::ReadTimeout)));
    assert_eq!(list().answer.unwrap().status, 200);
    assert_eq!(post(&service, "/DeleteResourcePolicy", r#"{"PolicyName":"p"}"#).status, 400);
}

/// Recorded: the numbers of nine digits behind the point or fewer. Source of the others: Java's `Double.toString`.
#[test]
fn whole_seconds_are_written_as_java_writes_doubles() {
    let table = [
        (1_790_149_691, "1.790149691E9"),
        (1_790_149_670, "1.79014967E9"),
        (1_790_150_800, "1.7901508E9"),
        (2_000_000_000, "2.0E9"),
        (0, "0.0"),
        (9_999_999, "9999999.0"),
        (10_000_000, "1.0E7"),
        (-1, "-1.0"),
        (-86_400_000, "-8.64E7"),
    ];
    for (number, text) in table {
        assert_eq!(double(number), text);
    }
}

#[test]
fn a_reason_that_a_header_cannot_hold_is_escaped_there() {
    let document = r#"{"Stätement\n":[]}"#;
    let answer = post(&Service::new(5), "/PutResourcePolicy", put_body("p", document));
    assert_eq!(
        header(&answer, "x-fake-xray-reason"),
        Some(r"unknown element 'St\u{e4}tement\n'; did you mean 'Statement'?")
    );
}

#[test]
fn error_codes_have_the_status_of_the_api_model_or_of_the_common_errors() {
    for code in Code::INJECTABLE {
        let status = match code.as_str() {
            "AccessDeniedException" => 403,
            "ResourceNotFoundException" => 404,
            "ThrottledException" => 429,
            "InternalFailure" => 500,
            "ServiceUnavailable" => 503,
            _ => 400,
        };
        assert_eq!(code.status(), status, "{code:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic_and_each_request_has_an_answer(
        path in "/(PutResourcePolicy|ListResourcePolicies|DeleteResourcePolicy|.{0,5})",
        body in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
    ) {
        let answer = post(&Service::new(5), &path, &body);
        proptest::prop_assert!([200, 400, 404].contains(&answer.status));
        proptest::prop_assert!(Json::parse(&answer.body, &Arena::new()).is_ok());
    }

    #[test]
    fn no_policy_document_panics_whatever_it_is_put_in(name in ".{0,200}", document in ".{0,400}") {
        let service = Service::new(5);
        let answer = post(&service, "/PutResourcePolicy", put_body(&name, &document));
        proptest::prop_assert!([200, 400].contains(&answer.status));
        proptest::prop_assert!(answer.headers.iter().all(|(_, value)| value.bytes().all(|byte| (b' '..=b'~').contains(&byte))));
        let stored = post(&service, "/ListResourcePolicies", "");
        proptest::prop_assert_eq!(stored.body.contains("PolicyName"), answer.status == 200);
    }
}
