"""Sampling rules and targets through both kinds of clients. The Rust tests in src/sampling/tests/ cover each rule."""

import json
from datetime import datetime, timedelta, timezone

import boto3
import freezegun
import pytest
from botocore.exceptions import ClientError, ParamValidationError
from conftest import needs_current_model

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="time is frozen for the whole process")

# The service counts requests in windows of ten seconds. A window begins at this time.
START = datetime(2026, 9, 23, 7, 48, 10, tzinfo=timezone.utc)
RULE = {
    "RuleName": "checkout",
    "ResourceARN": "*",
    "Priority": 100,
    "FixedRate": 0.25,
    "ReservoirSize": 3,
    "ServiceName": "shop",
    "ServiceType": "*",
    "Host": "*",
    "HTTPMethod": "POST",
    "URLPath": "/checkout",
    "Version": 1,
}
REPORT = {
    "RuleName": "checkout",
    "ClientID": "0123456789abcdef01234567",
    "Timestamp": START,
    "RequestCount": 100,
    "SampledCount": 10,
    "BorrowCount": 1,
}
BOOST_REPORT = {
    "RuleName": "checkout",
    "ServiceName": "shop",
    "Timestamp": START,
    "AnomalyCount": 9,
    "TotalCount": 10,
    "SampledAnomalyCount": 0,
}


@pytest.fixture
def clock():
    with freezegun.freeze_time(START) as clock:
        yield clock


@pytest.fixture(params=["fake client", "real client"])
def client(request, monkeypatch):
    if request.param == "fake client":
        yield FakeXRay().client()
        return
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with mock_xray(real_clients=True):
        yield boto3.client("xray", region_name="us-east-1")


def targets(client, *reports, **kwargs):
    return client.get_sampling_targets(SamplingStatisticsDocuments=list(reports), **kwargs)


def members(response):
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def test_a_sampling_rule_can_be_created_listed_updated_and_deleted(clock, client):
    record = client.create_sampling_rule(SamplingRule=RULE, Tags=[{"Key": "team", "Value": "shop"}])[
        "SamplingRuleRecord"
    ]
    arn = "arn:aws:xray:us-east-1:123456789012:sampling-rule/checkout"
    assert record == {
        "SamplingRule": {**RULE, "RuleARN": arn, "Attributes": {}},
        "CreatedAt": START,
        "ModifiedAt": START,
    }
    clock.tick(1.9)
    update = {"RuleARN": arn, "FixedRate": 0.5, "Attributes": {"tier": "gold"}}
    updated = client.update_sampling_rule(SamplingRuleUpdate=update)["SamplingRuleRecord"]
    assert updated["ModifiedAt"] == START + timedelta(seconds=1)
    assert updated["SamplingRule"] == {**record["SamplingRule"], "FixedRate": 0.5, "Attributes": {"tier": "gold"}}
    rules = client.get_sampling_rules(NextToken="ignored")
    assert [listed["SamplingRule"]["RuleName"] for listed in rules["SamplingRuleRecords"]] == ["checkout", "Default"]
    assert rules["SamplingRuleRecords"][0] == updated
    assert "NextToken" not in rules
    assert members(client.delete_sampling_rule(RuleName="checkout")) == {"SamplingRuleRecord": updated}
    with pytest.raises(client.exceptions.InvalidRequestException, match="Sampling rule does not exist"):
        client.delete_sampling_rule(RuleName="checkout")


def test_the_default_sampling_rule_was_created_and_modified_at_the_unix_epoch(client):
    (record,) = client.get_sampling_rules()["SamplingRuleRecords"]
    assert record["SamplingRule"]["RuleName"] == "Default"
    assert record["CreatedAt"] == record["ModifiedAt"] == datetime(1970, 1, 1, tzinfo=timezone.utc)


def test_a_sampling_rule_value_out_of_range_raises_different_errors_in_create_and_update(client):
    with pytest.raises(ClientError, match=r"samplingRule\.priority") as caught:
        client.create_sampling_rule(SamplingRule={**RULE, "Priority": 10000})
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    client.create_sampling_rule(SamplingRule=RULE)
    with pytest.raises(client.exceptions.InvalidRequestException, match="Invalid update request for sampling rule"):
        client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "checkout", "Priority": 10000})


@needs_current_model
def test_a_boost_cooldown_of_zero_raises_an_internal_failure_with_a_null_message(client):
    client.create_sampling_rule(SamplingRule=RULE)
    boost = {"MaxRate": 0.5, "CooldownWindowMinutes": 0}
    with pytest.raises(ClientError) as caught:
        client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "checkout", "SamplingRateBoost": boost})
    assert caught.value.response["Error"] == {"Code": "InternalFailure", "Message": None}
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500


@needs_current_model
def test_a_real_client_retries_the_internal_failure_of_a_boost_cooldown_of_zero_twice(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    boost = {"MaxRate": 0.5, "CooldownWindowMinutes": 0}
    with mock_xray(real_clients=True) as fake:
        client = boto3.client("xray", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
        with pytest.raises(ClientError, match="reached max retries: 2"):
            client.create_sampling_rule(SamplingRule={**RULE, "SamplingRateBoost": boost})
        assert len(fake.calls) == 3


@pytest.mark.parametrize("missing", ["RequestCount", "SampledCount", "ClientID", "Timestamp", "RuleName"])
def test_botocore_rejects_a_sampling_report_without_a_required_member(client, missing):
    # The service accepts a report without the counts. The API model requires them, so botocore rejects it.
    # The fake passes every call that contains a datetime to botocore's validation. With a number of seconds, the
    # fake has to detect the missing member itself.
    report = {name: value for name, value in {**REPORT, "Timestamp": 1}.items() if name != missing}
    with pytest.raises(ParamValidationError, match=f'Missing required parameter in .*: "{missing}"'):
        targets(client, report)


def test_a_sampling_target_has_a_quota_only_after_a_window_with_a_report_has_closed(clock, client):
    client.create_sampling_rule(SamplingRule=RULE)
    response = members(targets(client, REPORT))
    assert response == {
        "SamplingTargetDocuments": [{"RuleName": "checkout", "FixedRate": 0.25}],
        "LastRuleModification": START,
        "UnprocessedStatistics": [],
    }
    clock.move_to(START + timedelta(seconds=11))
    (target,) = targets(client, REPORT)["SamplingTargetDocuments"]
    assert target == {
        "RuleName": "checkout",
        "FixedRate": 0.25,
        "ReservoirQuota": 2,
        "ReservoirQuotaTTL": START + timedelta(seconds=311),
        "Interval": 10,
    }
    clock.tick(120)
    assert targets(client, REPORT)["SamplingTargetDocuments"] == [{"RuleName": "checkout", "FixedRate": 0.25}]


@needs_current_model
def test_a_sampling_report_for_an_unknown_rule_is_returned_as_unprocessed(client):
    response = targets(client, REPORT, SamplingBoostStatisticsDocuments=[BOOST_REPORT])
    unprocessed = [{"RuleName": "checkout", "ErrorCode": "400", "Message": "Unknown rule"}]
    assert response["UnprocessedStatistics"] == response["UnprocessedBoostStatistics"] == unprocessed
    assert response["SamplingTargetDocuments"] == []
    assert response["LastRuleModification"] == datetime(1970, 1, 1, tzinfo=timezone.utc)


@needs_current_model
def test_reported_anomalies_boost_the_sampling_rate(clock, client):
    boost = {"MaxRate": 0.4, "CooldownWindowMinutes": 5}
    client.create_sampling_rule(SamplingRule={**RULE, "SamplingRateBoost": boost})
    response = targets(client, REPORT, SamplingBoostStatisticsDocuments=[BOOST_REPORT])
    (target,) = response["SamplingTargetDocuments"]
    assert target["SamplingBoost"] == {"BoostRate": 0.4, "BoostRateTTL": START + timedelta(seconds=20)}
    assert response["UnprocessedBoostStatistics"] == []


def test_sampling_statistic_summaries_show_the_last_closed_window(clock, client):
    client.create_sampling_rule(SamplingRule=RULE)
    targets(client, REPORT)
    clock.tick(11)
    (summary,) = client.get_sampling_statistic_summaries(NextToken="ignored")["SamplingStatisticSummaries"]
    assert summary == {
        "RuleName": "checkout",
        "Timestamp": START,
        "RequestCount": 100,
        "BorrowCount": 1,
        "SampledCount": 10,
    }


@needs_current_model
def test_fake_and_real_clients_return_the_same_sampling_responses(clock):
    responses = []
    for real_clients in (False, True):
        with mock_xray(real_clients=real_clients):
            client = boto3.client("xray", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
            boost = {"MaxRate": 0.4, "CooldownWindowMinutes": 5}
            calls = [
                client.create_sampling_rule(SamplingRule={**RULE, "SamplingRateBoost": boost}),
                client.get_sampling_rules(),
                client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "checkout", "SamplingRateBoost": boost}),
                targets(client, REPORT, SamplingBoostStatisticsDocuments=[BOOST_REPORT]),
                client.get_sampling_statistic_summaries(),
                client.delete_sampling_rule(RuleName="checkout"),
            ]
            # JSON preserves the order of the members, so the comparison includes it.
            responses.append([json.dumps(members(response), default=str) for response in calls])
    assert responses[0] == responses[1]
