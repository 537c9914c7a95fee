"""The X-Ray part of bedrock-agentcore-starter-toolkit enables Transaction Search, as it is, against the fake.

The program reads what is configured, then changes what is missing, and swallows the errors that mean "already done".
"""

import logging

import boto3
import pytest
from bedrock_agentcore_starter_toolkit.services.xray import enable_transaction_search_if_needed

REGION, ACCOUNT = "us-west-2", "123456789012"
UPDATE = "UpdateTraceSegmentDestination"


@pytest.fixture
def enable(caplog):
    """Run the program; return its result and what it logs."""

    def enable():
        caplog.clear()
        with caplog.at_level(logging.INFO):
            result = enable_transaction_search_if_needed(REGION, ACCOUNT)
        return result, caplog.text

    return enable


@pytest.fixture
def xray(fake_xray):
    return fake_xray.client(region_name=REGION, tracked=False)


def outcomes(fake_xray, operation):
    return [call.error_code for call in fake_xray.calls if call.operation == operation]


def logs_policies():
    return boto3.client("logs", region_name=REGION).describe_resource_policies()["resourcePolicies"]


def test_transaction_search_is_enabled_in_a_clean_account(fake_xray, xray, enable):
    assert enable()[0] is True
    response = xray.get_trace_segment_destination()
    assert (response["Destination"], response["Status"]) == ("CloudWatchLogs", "ACTIVE")
    assert [policy["policyName"] for policy in logs_policies()] == ["TransactionSearchXRayAccess"]
    assert outcomes(fake_xray, UPDATE) == [None]
    assert {call.region_name for call in fake_xray.calls} == {REGION}


def test_second_run_finds_everything_configured(fake_xray, enable):
    enable()
    result, text = enable()
    assert (result, outcomes(fake_xray, UPDATE)) == (True, [None])
    assert "Transaction Search already fully configured" in text


def test_destination_that_is_set_already_is_no_failure(fake_xray, enable):
    enable()
    # The program cannot read the destination, so it sets it.
    fake_xray.inject_error("GetTraceSegmentDestination", "AccessDeniedException")
    result, text = enable()
    assert (result, outcomes(fake_xray, UPDATE)) == (True, [None, "InvalidRequestException"])
    assert "X-Ray trace segment destination already configured" in text


@pytest.mark.fake_xray(activation_delay=600)
def test_pending_destination_is_reported_and_its_update_is_no_failure(fake_xray, xray, enable):
    for _ in range(2):
        result, text = enable()
        assert result is True
        assert "X-Ray trace segment destination is PENDING" in text
    fake_xray.inject_error("GetTraceSegmentDestination", "AccessDeniedException")
    assert enable()[0] is True
    assert outcomes(fake_xray, UPDATE) == [None, "InvalidRequestException"]
    with pytest.raises(xray.exceptions.InvalidRequestException, match="current status is PENDING"):
        xray.update_trace_segment_destination(Destination="XRay")


@pytest.mark.fake_xray(logs_policy=False)
def test_missing_logs_policy_fails_and_changes_nothing(fake_xray, xray, enable):
    result, text = enable()
    assert (result, outcomes(fake_xray, UPDATE)) == (False, ["AccessDeniedException"])
    assert "XRay does not have permission to call PutLogEvents on the aws/spans Log Group." in text
    assert xray.get_trace_segment_destination()["Destination"] == "XRay"


def test_indexing_rule_is_updated_where_it_cannot_be_read(fake_xray, xray, enable):
    # A clean account has the rule, so the program changes it only if it cannot know.
    enable()
    assert outcomes(fake_xray, "UpdateIndexingRule") == []
    fake_xray.inject_error("GetIndexingRules", "AccessDeniedException")
    result, text = enable()
    assert (result, outcomes(fake_xray, "UpdateIndexingRule")) == (True, [None])
    assert "Transaction Search configured: indexing_rule" in text
    (rule,) = xray.get_indexing_rules()["IndexingRules"]
    assert rule["Rule"] == {"Probabilistic": {"DesiredSamplingPercentage": 1.0}}
