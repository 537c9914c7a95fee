"""The application's suite: its boto3 client is answered in process by the fixture `fake_xray`."""

import json

import boto3
import pytest
import tracing_policy
from tracing_policy import POLICY_NAME, PolicyContested, allow_sns_active_tracing

ACCOUNT = "123456789012"


def test_the_policy_is_created(fake_xray):
    policy = allow_sns_active_tracing(ACCOUNT)
    assert policy["PolicyRevisionId"] == "1"
    assert fake_xray.client().list_resource_policies()["ResourcePolicies"] == [policy]


def test_the_grant_lets_sns_write_traces_for_topics_of_this_account_only(fake_xray):
    allow_sns_active_tracing(ACCOUNT, topic="orders")

    def may_write(topic, account=ACCOUNT):
        context = {"aws:SourceAccount": account, "aws:SourceArn": f"arn:aws:sns:us-east-1:{account}:{topic}"}
        return fake_xray.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com", context=context)

    assert may_write("orders")
    assert not may_write("refunds")
    assert not may_write("orders", account="999999999999")


def test_a_policy_in_place_is_left_alone(fake_xray):
    created = allow_sns_active_tracing(ACCOUNT)
    assert allow_sns_active_tracing(ACCOUNT) == created


def test_another_document_updates_the_revision_that_was_read(fake_xray):
    allow_sns_active_tracing(ACCOUNT)
    policy = allow_sns_active_tracing(ACCOUNT, topic="orders")
    assert policy["PolicyRevisionId"] == "2"
    assert "sns:us-east-1:123456789012:orders" in policy["PolicyDocument"]


@pytest.mark.fake_xray(region_name="eu-west-1")
def test_the_topics_are_those_of_the_clients_region(fake_xray):
    assert "sns:eu-west-1:123456789012:*" in allow_sns_active_tracing(ACCOUNT)["PolicyDocument"]


@pytest.fixture
def somebody_else(monkeypatch):
    """Somebody who writes the policy just after the application has read it, as many times as a test says."""
    times = []
    read_policy = tracing_policy.read_policy

    def read_then_lose_the_race(xray):
        policy = read_policy(xray)
        if times:
            document = tracing_policy.sns_document(ACCOUNT, "us-east-1", times.pop())
            boto3.client("xray").put_resource_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(document))
        return policy

    monkeypatch.setattr(tracing_policy, "read_policy", read_then_lose_the_race)
    return times


def test_a_lost_race_is_run_again(fake_xray, somebody_else):
    somebody_else.extend(["one", "two"])
    policy = allow_sns_active_tracing(ACCOUNT, topic="ours")
    assert policy["PolicyRevisionId"] == "3"
    assert policy["PolicyDocument"].count("ours") == 1


def test_endless_races_are_given_up(fake_xray, somebody_else):
    somebody_else.extend("topic" * 100)
    with pytest.raises(PolicyContested):
        allow_sns_active_tracing(ACCOUNT)


def test_a_full_account_is_not_hidden_from_the_caller(fake_xray):
    xray = fake_xray.client()
    document = json.dumps(tracing_policy.sns_document(ACCOUNT, "us-east-1", "*"))
    for name in "abcde":
        xray.put_resource_policy(PolicyName=name, PolicyDocument=document)
    with pytest.raises(xray.exceptions.PolicyCountLimitExceededException):
        allow_sns_active_tracing(ACCOUNT)
