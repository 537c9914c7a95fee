"""bedrock-agentcore-starter-toolkit enables Transaction Search in the fake.

The tests run the toolkit's X-Ray code unchanged. It reads the configuration, sets what is missing, and ignores the
errors that AWS sends if the configuration is already set.
"""

import logging

import boto3
import pytest
from bedrock_agentcore_starter_toolkit.services.xray import enable_transaction_search_if_needed

REGION, ACCOUNT = "us-west-2", "123456789012"
UPDATE = "UpdateTraceSegmentDestination"


@pytest.fixture
def enable(caplog):
    """Return a function that runs the toolkit's code. It returns the result and the log."""

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


def test_the_toolkit_enables_transaction_search_in_a_new_account(fake_xray, xray, enable):
    assert enable()[0] is True
    response = xray.get_trace_segment_destination()
    assert (response["Destination"], response["Status"]) == ("CloudWatchLogs", "ACTIVE")
    assert [policy["policyName"] for policy in logs_policies()] == ["TransactionSearchXRayAccess"]
    assert outcomes(fake_xray, UPDATE) == [None]
    assert {call.region_name for call in fake_xray.calls} == {REGION}


def test_the_toolkit_finds_everything_configured_on_its_second_run(fake_xray, enable):
    enable()
    result, text = enable()
    assert (result, outcomes(fake_xray, UPDATE)) == (True, [None])
    assert "Transaction Search already fully configured" in text


def test_the_toolkit_succeeds_if_it_sets_the_destination_a_second_time(fake_xray, enable):
    enable()
    # The toolkit cannot read the destination, so it sets it a second time.
    fake_xray.inject_error("GetTraceSegmentDestination", "AccessDeniedException")
    result, text = enable()
    assert (result, outcomes(fake_xray, UPDATE)) == (True, [None, "InvalidRequestException"])
    assert "X-Ray trace segment destination already configured" in text


@pytest.mark.fake_xray(activation_delay=600)
def test_the_toolkit_reports_a_pending_destination_and_ignores_the_error_of_a_second_update(fake_xray, xray, enable):
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
def test_the_toolkit_fails_and_changes_nothing_without_a_logs_policy(fake_xray, xray, enable):
    result, text = enable()
    assert (result, outcomes(fake_xray, UPDATE)) == (False, ["AccessDeniedException"])
    assert "XRay does not have permission to call PutLogEvents on the aws/spans Log Group." in text
    assert xray.get_trace_segment_destination()["Destination"] == "XRay"


def test_the_toolkit_updates_the_indexing_rule_if_it_cannot_read_it(fake_xray, xray, enable):
    # Every account has the indexing rule, so the toolkit updates the rule only if it cannot read it.
    enable()
    assert outcomes(fake_xray, "UpdateIndexingRule") == []
    fake_xray.inject_error("GetIndexingRules", "AccessDeniedException")
    result, text = enable()
    assert (result, outcomes(fake_xray, "UpdateIndexingRule")) == (True, [None])
    assert "Transaction Search configured: indexing_rule" in text
    (rule,) = xray.get_indexing_rules()["IndexingRules"]
    assert rule["Rule"] == {"Probabilistic": {"DesiredSamplingPercentage": 1.0}}
