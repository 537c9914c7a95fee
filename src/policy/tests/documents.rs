//! Complete documents that are used in practice.

use crate::policy::tests::{context, decide, document, problem_in};
use crate::policy::{Context, Decision};

/// Documents that the real X-Ray accepted, that AWS creates or documents, or that infrastructure code puts. They are
/// based on public sources, 2026-09: acceptance tests of Terraform and `LocalStack`, the AWS guides of X-Ray,
/// `CloudWatch` Logs and `CloudFormation`, and the code of the CDK.
pub(super) const IN_PRACTICE: [&str; 7] = [
    SNS_ACTIVE_TRACING,
    LOG_DELIVERY,
    r#"{"Version":"2012-10-17","Statement":[{"Sid":"AllowXRayAccess","Effect":"Allow","Principal":{"AWS":"*"},"Action":["xray:*","xray:PutResourcePolicy"],"Resource":"*"}]}"#,
    r#"{"Statement":[{"Action":["xray:PutTraceSegments","xray:GetSamplingRules"],"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Resource":"*"}],"Version":"2012-10-17"}"#,
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"xray:GetTraceSummaries","Resource":"*","Principal":{"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:role/Reader"]}}]}"#,
    r#"{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Principal":"*","Action":["xray:IndexSpans"],"Resource":"*","Condition":{"StringEquals":{"xray:IndexingStrategy":"Probabilistic"},"NumericLessThanEquals":{"xray:ProbabilisticRate":0.01}}}]}"#,
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:user/Delegated"},"Action":"xray:PutResourcePolicy","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"xray:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}}]}"#,
];

/// X-Ray developer guide, "How X-Ray works with IAM", with the guide's white space and tabs.
const SNS_ACTIVE_TRACING: &str = r#"{ "Version": "2012-10-17",		 "Statement": [ { "Sid": "SNSAccess", "Effect": "Allow",
    "Principal": { "Service": "sns.amazonaws.com" }, "Action": [ "xray:PutTraceSegments", "xray:GetSamplingRules",
    "xray:GetSamplingTargets" ], "Resource": "*", "Condition": { "StringEquals": { "aws:SourceAccount": "123456789012" },
    "StringLike": { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:topic-name" } } } ] }"#;

/// `CloudWatch` Logs user guide: the policy that vended log delivery creates in X-Ray.
const LOG_DELIVERY: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"AWSLogDeliveryWrite","Effect":"Allow","Principal":{"Service":"delivery.logs.amazonaws.com"},"Action":"xray:PutTraceSegments","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"},"ForAllValues:ArnLike":{"logs:LogGeneratingResourceArns":"arn:aws:bedrock-agentcore:us-east-1:123456789012:memory/*"},"ArnLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:123456789012:delivery-source:*"}}}]}"#;

#[test]
fn documents_used_in_practice_are_accepted() {
    for document in IN_PRACTICE {
        assert_eq!(problem_in(document), None, "{document}");
    }
}

#[test]
fn the_documented_grant_lets_sns_write_the_traces_of_its_own_topic() {
    let decide_for =
        |source: &Context, service: &str| decide(SNS_ACTIVE_TRACING, service, "xray:PutTraceSegments", "*", source);
    let own = context(&[
        ("aws:SourceAccount", "123456789012"),
        ("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:topic-name"),
    ]);
    let other = context(&[
        ("aws:SourceAccount", "123456789012"),
        ("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:other"),
    ]);
    assert_eq!(decide_for(&own, "sns.amazonaws.com"), Decision::Allowed);
    assert_eq!(decide_for(&own, "sqs.amazonaws.com"), Decision::ImplicitDeny);
    assert_eq!(decide_for(&other, "sns.amazonaws.com"), Decision::ImplicitDeny);
    assert_eq!(decide_for(&Context::new(), "sns.amazonaws.com"), Decision::ImplicitDeny);
}

#[test]
fn the_documented_grant_lets_logs_deliver_traces_of_its_own_resources() {
    let mut source = context(&[
        ("aws:SourceAccount", "123456789012"),
        ("aws:SourceArn", "arn:aws:logs:us-east-1:123456789012:delivery-source:xray-test"),
    ]);
    let decide_for =
        |source: &Context| decide(LOG_DELIVERY, "delivery.logs.amazonaws.com", "xray:PutTraceSegments", "*", source);
    assert_eq!(decide_for(&source), Decision::Allowed);
    source.insert(
        "logs:LogGeneratingResourceArns",
        vec!["arn:aws:bedrock-agentcore:us-east-1:123456789012:memory/m".to_owned()],
    );
    assert_eq!(decide_for(&source), Decision::Allowed);
    source.insert(
        "logs:LogGeneratingResourceArns",
        vec!["arn:aws:bedrock-agentcore:us-east-1:999999999999:memory/m".to_owned()],
    );
    assert_eq!(decide_for(&source), Decision::ImplicitDeny);
}

/// Amazon S3 User Guide: the policy of a topic that receives the notifications of a bucket. The same pattern grants SNS
/// access to queues.
#[test]
fn a_grant_to_everyone_with_a_source_condition_applies_to_a_service() {
    for principal in [r#""*""#, r#"{"AWS":"*"}"#] {
        let grant = document(&[
            ("Principal", principal),
            ("Condition", r#"{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:*:*:bucket"}}"#),
        ]);
        let decide_for = |arn: &str| {
            decide(&grant, "s3.amazonaws.com", "xray:PutTraceSegments", "*", &context(&[("aws:SourceArn", arn)]))
        };
        assert_eq!(decide_for("arn:aws:s3:::bucket"), Decision::Allowed);
        assert_eq!(decide_for("arn:aws:s3:::other"), Decision::ImplicitDeny);
    }
}
