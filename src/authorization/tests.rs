//! Tests of the lockout check and of the evaluation of stored policies.

use super::*;
use crate::operation::{Moment, Scope, Settings};
use crate::resource_policies::{ListResourcePolicies, PutResourcePolicy, ResourcePolicy};
use crate::service::Service;
use crate::testing::NOW;
use crate::wire;

const ANN: &str = "arn:aws:iam::123456789012:user/ann";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/deployer/session";

fn caller(arn: &str) -> Caller {
    let scope = Scope { account_id: "123456789012".into(), region_name: "us-east-1".into() };
    Caller { scope: scope.into(), arn: arn.to_owned() }
}

fn put_as(
    service: &Service,
    arn: &str,
    name: &str,
    document: &str,
    bypass: bool,
) -> Result<Arc<ResourcePolicy>, Fault> {
    let body = serde_json::json!({
        "PolicyName": name, "PolicyDocument": document, "BypassPolicyLockoutCheck": bypass,
    });
    let body = body.to_string();
    let request = wire::read::<PutResourcePolicy>(body.as_bytes())?;
    let reply = service.call::<PutResourcePolicy>(&caller(arn), request, Moment::from_seconds(NOW));
    reply.outcome.map(|result| result.resource_policy)
}

fn put(service: &Service, arn: &str, document: &str, bypass: bool) -> Result<Arc<ResourcePolicy>, Fault> {
    put_as(service, arn, "p", document, bypass)
}

fn document(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

fn deny(principal: &str, members: &str) -> String {
    document(&format!(
        r#"{{"Sid":"No","Effect":"Deny","Principal":{principal},"Action":"xray:PutResourcePolicy","Resource":"*"{members}}}"#
    ))
}

/// Recorded: the first row. Assumed: the others.
#[test]
fn policies_that_deny_their_caller_put_resource_policy_are_rejected() {
    let table = [
        (ANN, deny(&format!(r#"{{"AWS":"{ANN}"}}"#), "")),
        (ANN, deny(r#""*""#, "")),
        (ANN, deny(r#"{"AWS":"123456789012"}"#, "")),
        (SESSION, deny(r#"{"AWS":"arn:aws:iam::123456789012:role/deployer"}"#, "")),
        (ANN, deny(r#""*""#, "").replace("xray:PutResourcePolicy", "XRAY:Put*")),
        (ANN, deny(r#""*""#, r#","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#)),
        (ANN, deny(r#""*""#, &format!(r#","Condition":{{"ArnEquals":{{"aws:PrincipalArn":"{ANN}"}}}}"#))),
        (ANN, deny(r#""*""#, r#","Condition":{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}"#)),
        (ANN, deny(r#""*""#, r#","Condition":{"DateEquals":{"aws:CurrentTime":"2026-09-23T07:48:11Z"}}"#)),
        (ANN, deny(r#""*""#, r#","Condition":{"NumericEquals":{"aws:EpochTime":"1790149691"}}"#)),
    ];
    for (arn, document) in table {
        let service = Service::new(Settings::default());
        let fault = put(&service, arn, &document, false).unwrap_err();
        assert_eq!(fault.code, Code::LockoutPreventionException, "{document}");
        assert_eq!(
            fault.message.as_deref(),
            Some(
                "The new resource policy will not allow the caller of this request to call PutResourcePolicy in the future."
            )
        );
        let reason = format!("statement 0 (No) denies xray:PutResourcePolicy to the caller, {arn}");
        assert_eq!(fault.reason, Some(reason));
        let list = wire::read::<ListResourcePolicies>(b"{}").unwrap();
        let listed = service.call::<ListResourcePolicies>(&caller(arn), list, Moment::from_seconds(NOW));
        assert_eq!(listed.outcome.unwrap().resource_policies, []);
        put(&service, arn, &document, true).unwrap();
    }
}

/// Recorded: a Deny for a service. From test suites that run against AWS: a policy that allows its caller nothing.
#[test]
fn policies_that_do_not_deny_their_caller_are_accepted() {
    let allow = r#"{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"xray:PutTraceSegments","Resource":"*"}"#;
    let table = [
        document(allow),
        deny(r#"{"Service":"sns.amazonaws.com"}"#, ""),
        deny(r#"{"AWS":"arn:aws:iam::123456789012:user/bob"}"#, ""),
        deny(r#"{"AWS":"111122223333"}"#, ""),
        deny(r#""*""#, "").replace("xray:PutResourcePolicy", "xray:DeleteResourcePolicy"),
        deny(r#""*""#, "").replace(r#""Resource":"*""#, r#""Resource":"arn:aws:xray:us-east-1:123456789012:group/g""#),
        deny(r#""*""#, r#","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#),
        deny(r#""*""#, r#","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}"#),
        deny(r#""*""#, &format!(r#","Condition":{{"ArnNotEquals":{{"aws:PrincipalArn":"{ANN}"}}}}"#)),
    ];
    for document in table {
        put(&Service::new(Settings::default()), ANN, &document, false).unwrap();
    }
}

#[test]
fn reason_for_a_lockout_names_all_statements_that_deny() {
    let statement = |sid: &str| {
        format!(r#"{{{sid}"Effect":"Deny","Principal":"*","Action":"xray:PutResourcePolicy","Resource":"*"}}"#)
    };
    let statements = [r#""Sid":"No","#, r#""Sid":"","#, ""].map(statement);
    let reason =
        |document: &str| put(&Service::new(Settings::default()), ANN, document, false).unwrap_err().reason.unwrap();
    assert!(reason(&document(&statements[2])).starts_with("statement 0 denies xray:PutResourcePolicy"));
    let all = reason(&document(&statements.join(",")));
    assert!(all.starts_with("statement 0 (No), statement 1, statement 2 deny xray:PutResourcePolicy"), "{all}");
}

#[test]
fn evaluation_uses_all_stored_policies() {
    let service = Service::new(Settings::default());
    let allow = document(
        r#"{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"xray:Put*","Resource":"*"}"#,
    );
    let put_as = |name: &str, text: &str| put_as(&service, ANN, name, text, false).unwrap();
    put_as("allow", &allow);
    let evaluate = |action| {
        let principal = Principal::parse("sns.amazonaws.com").unwrap();
        let context = default_context(principal, "us-east-1", NOW);
        service.evaluate(&caller(ANN).scope, &Request { action, resource: "*", principal, context: &context }).unwrap()
    };
    assert_eq!(evaluate("xray:PutTraceSegments").decision, Decision::Allowed);
    assert_eq!(evaluate("xray:PutTraceSegments").matched[0].to_string(), "statement 0 of policy 'allow'");
    put_as("deny", &deny(r#"{"Service":"sns.amazonaws.com"}"#, "").replace("PutResourcePolicy", "PutTrace*"));
    let denied = evaluate("xray:PutTraceSegments");
    assert_eq!(denied.decision, Decision::ExplicitDeny);
    assert_eq!(denied.matched[0].to_string(), "statement 0 (No) of policy 'deny'");
    assert_eq!(evaluate("xray:PutTelemetryRecords").decision, Decision::Allowed);
    let implicit = evaluate("xray:GetGroup");
    assert_eq!((implicit.decision, implicit.matched.len()), (Decision::ImplicitDeny, 0));
    assert_eq!(
        format!("{}: {}", implicit.unmatched[0].0, implicit.unmatched[0].1),
        "statement 0 of policy 'allow': the action is 'xray:GetGroup', but Action requires 'xray:Put*'"
    );
}

#[test]
fn default_context_has_keys_for_time_transport_region_and_principal() {
    let text = |arn: &str, key: &str| {
        let principal = Principal::parse(arn).unwrap();
        match default_context(principal, "us-east-1", NOW).get(key) {
            Some(policy::Value::One(value)) => Some(value.clone()),
            _ => None,
        }
    };
    let table = [
        ("aws:CurrentTime", SESSION, Some("2026-09-23T07:48:11.000Z")),
        ("aws:EpochTime", SESSION, Some("1790149691")),
        ("aws:SecureTransport", SESSION, Some("true")),
        ("aws:PrincipalArn", SESSION, Some("arn:aws:iam::123456789012:role/deployer")),
        ("aws:PrincipalAccount", SESSION, Some("123456789012")),
        ("aws:RequestedRegion", SESSION, Some("us-east-1")),
        ("aws:PrincipalIsAWSService", SESSION, Some("false")),
        ("aws:PrincipalIsAWSService", "sns.amazonaws.com", Some("true")),
        ("aws:PrincipalArn", "sns.amazonaws.com", None),
        ("aws:PrincipalAccount", "sns.amazonaws.com", None),
    ];
    for (key, arn, value) in table {
        assert_eq!(text(arn, key).as_deref(), value, "{key} of {arn}");
    }
}
