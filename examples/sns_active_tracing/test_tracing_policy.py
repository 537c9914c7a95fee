"""The tests of the application. The `fake_xray` fixture handles the calls of its boto3 client."""

import json

import boto3
import pytest
import tracing_policy
from tracing_policy import POLICY_NAME, PolicyConflict, allow_sns_active_tracing

ACCOUNT = "123456789012"


def test_policy_is_created(fake_xray):
    policy = allow_sns_active_tracing(ACCOUNT)
    assert policy["PolicyRevisionId"] == "1"
    assert fake_xray.client().list_resource_policies()["ResourcePolicies"] == [policy]


def test_sns_can_write_traces_only_for_topics_of_the_account(fake_xray):
    allow_sns_active_tracing(ACCOUNT, topic="orders")

    def can_write(topic, account=ACCOUNT):
        context = {"aws:SourceAccount": account, "aws:SourceArn": f"arn:aws:sns:us-east-1:{account}:{topic}"}
        return fake_xray.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com", context=context)

    assert can_write("orders")
    assert not can_write("refunds")
    assert not can_write("orders", account="999999999999")


def test_existing_policy_with_the_same_document_is_not_updated(fake_xray):
    created = allow_sns_active_tracing(ACCOUNT)
    assert allow_sns_active_tracing(ACCOUNT) == created


def test_new_document_updates_the_revision_that_was_read(fake_xray):
    allow_sns_active_tracing(ACCOUNT)
    policy = allow_sns_active_tracing(ACCOUNT, topic="orders")
    assert policy["PolicyRevisionId"] == "2"
    assert "sns:us-east-1:123456789012:orders" in policy["PolicyDocument"]


@pytest.mark.fake_xray(region_name="eu-west-1")
def test_policy_contains_the_region_of_the_client(fake_xray):
    assert "sns:eu-west-1:123456789012:*" in allow_sns_active_tracing(ACCOUNT)["PolicyDocument"]


@pytest.fixture
def other_writer(monkeypatch):
    """Simulate another writer. Each time the application has read the policy, it stores a policy for the next topic.

    Return the list of these topics.
    """
    topics = []
    read_policy = tracing_policy.read_policy

    def read_then_put(xray):
        policy = read_policy(xray)
        if topics:
            document = tracing_policy.sns_document(ACCOUNT, "us-east-1", topics.pop())
            boto3.client("xray").put_resource_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(document))
        return policy

    monkeypatch.setattr(tracing_policy, "read_policy", read_then_put)
    return topics


def test_update_is_tried_again_after_a_conflict(fake_xray, other_writer):
    other_writer.extend(["one", "two"])
    policy = allow_sns_active_tracing(ACCOUNT, topic="ours")
    assert policy["PolicyRevisionId"] == "3"
    assert policy["PolicyDocument"].count("ours") == 1


def test_repeated_conflicts_raise_an_error(fake_xray, other_writer):
    other_writer.extend(["topic"] * 100)
    with pytest.raises(PolicyConflict):
        allow_sns_active_tracing(ACCOUNT)


def test_full_account_is_reported_to_the_caller(xray_client):
    document = json.dumps(tracing_policy.sns_document(ACCOUNT, "us-east-1", "*"))
    for name in "abcde":
        xray_client.put_resource_policy(PolicyName=name, PolicyDocument=document)
    with pytest.raises(xray_client.exceptions.PolicyCountLimitExceededException):
        allow_sns_active_tracing(ACCOUNT)
