"""The four operations of insights return the insights that a test adds."""

from datetime import datetime, timedelta, timezone

import boto3
import pytest
import time_machine
from botocore.exceptions import ClientError

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="its threads would share one fake")

NOW = datetime(2026, 9, 23, 7, 48, 11, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
UNKNOWN = "00000000-0000-4000-8000-000000000000"
RANGE = {"StartTime": NOW - 24 * HOUR, "EndTime": NOW}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def fake():
    return FakeXRay()


@pytest.fixture
def client(fake):
    return fake.client()


def summaries(client, **kwargs):
    return client.get_insight_summaries(**{"GroupName": "Default", **RANGE, **kwargs})["InsightSummaries"]


def test_all_four_insight_operations_return_an_added_insight(fake, client):
    insight_id = fake.add_insight(root_cause="orders", start=NOW - HOUR, end=NOW, fault=1, ok=3, callers=["shop"])
    insight = client.get_insight(InsightId=insight_id)["Insight"]
    service = {"Name": "orders", "Names": ["orders"], "AccountId": "123456789012", "Type": "AWS::ECS::Container"}
    statistics = {"FaultCount": 1, "OkCount": 3, "TotalCount": 4}
    assert insight == {
        "InsightId": insight_id,
        "GroupARN": "arn:aws:xray:us-east-1:123456789012:group/Default",
        "GroupName": "Default",
        "RootCauseServiceId": service,
        "Categories": ["FAULT"],
        "State": "CLOSED",
        "StartTime": NOW - HOUR,
        "EndTime": NOW,
        "Summary": "The overall fault rate of orders is 25%. orders is the likely root cause.",
        "ClientRequestImpactStatistics": statistics,
        "RootCauseServiceRequestImpactStatistics": statistics,
        "TopAnomalousServices": [{"ServiceId": service}],
    }
    assert summaries(client) == [{**insight, "LastUpdateTime": NOW}]
    events = client.get_insight_events(InsightId=insight_id)["InsightEvents"]
    assert [event["EventTime"] for event in events] == [NOW - HOUR, NOW]
    graph = client.get_insight_impact_graph(InsightId=insight_id, StartTime=NOW - HOUR, EndTime=NOW)
    shop = {**service, "Name": "shop", "Names": ["shop"], "ReferenceId": 1, "Edges": [{"ReferenceId": 0}]}
    assert graph["Services"] == [{**service, "ReferenceId": 0, "Edges": []}, shop]
    assert (graph["InsightId"], graph["StartTime"], graph["EndTime"]) == (insight_id, NOW - HOUR, NOW)


def test_a_real_client_returns_the_same_insight_as_a_fake_client(fake, client):
    insight_id = fake.add_insight(root_cause="orders", start=NOW - HOUR)
    with mock_xray(fake, real_clients=True):
        real = boto3.client("xray", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
        for each in (client, real):
            assert "EndTime" not in each.get_insight(InsightId=insight_id)["Insight"]
        assert summaries(real) == summaries(client)
        arguments = {"InsightId": insight_id, "StartTime": NOW - HOUR, "EndTime": NOW}
        graphs = [each.get_insight_impact_graph(**arguments)["Services"] for each in (client, real)]
        assert graphs[0] == graphs[1]
        events = [each.get_insight_events(InsightId=insight_id)["InsightEvents"] for each in (client, real)]
        assert events[0] == events[1]


def test_an_insight_starts_now_by_default_and_can_be_updated_and_closed(fake, client, clock):
    insight_id = fake.add_insight(root_cause="orders")
    assert client.get_insight(InsightId=insight_id)["Insight"]["StartTime"] == NOW
    clock.shift(60)
    fake.update_insight(insight_id, fault=90, ok=10)
    clock.shift(60)
    fake.close_insight(insight_id)
    insight = client.get_insight(InsightId=insight_id)["Insight"]
    assert (insight["State"], insight["EndTime"]) == ("CLOSED", NOW + timedelta(minutes=2))
    events = client.get_insight_events(InsightId=insight_id)["InsightEvents"]
    assert [event["ClientRequestImpactStatistics"]["FaultCount"] for event in events] == [40, 90, 90]


def test_an_added_insight_has_the_given_events_summary_and_id(fake, client):
    event = {"time": NOW - HOUR / 2, "fault": 80, "summary": "It gets worse."}
    fake.add_insight(
        root_cause="orders", start=int((NOW - HOUR).timestamp()), summary="It begins.", events=[event], id=UNKNOWN
    )
    events = client.get_insight_events(InsightId=UNKNOWN)["InsightEvents"]
    assert [event["Summary"] for event in events] == ["It begins.", "It gets worse."]
    assert client.get_insight(InsightId=UNKNOWN)["Insight"]["ClientRequestImpactStatistics"] == {
        "FaultCount": 80,
        "OkCount": 60,
        "TotalCount": 140,
    }


def test_an_insight_exists_only_in_its_account_and_region(fake, client):
    insight_id = fake.add_insight(root_cause="orders", account_id="111122223333", region_name="eu-west-1")
    assert summaries(client) == []
    place = {"account_id": "111122223333", "region_name": "eu-west-1"}
    other = fake.client(**place)
    (summary,) = summaries(other)
    assert summary["GroupARN"] == "arn:aws:xray:eu-west-1:111122223333:group/Default"
    fake.update_insight(insight_id, **place)
    fake.close_insight(insight_id, **place)
    assert summaries(other, States=["CLOSED"])[0]["InsightId"] == insight_id
    fake.reset()
    assert summaries(other) == []


def test_adding_an_insight_is_not_logged_as_a_call(fake):
    fake.add_insight(root_cause="orders")
    assert list(fake.calls) == []


def test_insight_summaries_can_be_filtered_and_paginated(fake, client):
    ids = [fake.add_insight(root_cause="orders", start=NOW - hours * HOUR) for hours in (3, 2, 1)]
    fake.close_insight(ids[0])
    assert [insight["InsightId"] for insight in summaries(client, States=["ACTIVE"])] == ids[1:]
    found, token = [], {}
    while True:
        page = client.get_insight_summaries(GroupName="Default", MaxResults=2, **RANGE, **token)
        found += [insight["InsightId"] for insight in page["InsightSummaries"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert found == ids


@pytest.mark.parametrize(
    ("method", "kwargs", "code"),
    [
        ("get_insight", {"InsightId": UNKNOWN}, "InvalidRequestException"),
        ("get_insight", {"InsightId": "x"}, "ValidationException"),
        ("get_insight_events", {"InsightId": UNKNOWN, "MaxResults": 51}, "ValidationException"),
        ("get_insight_impact_graph", {"InsightId": UNKNOWN, **RANGE}, "InvalidRequestException"),
        ("get_insight_summaries", RANGE, "InvalidRequestException"),
        ("get_insight_summaries", {"GroupName": "missing", **RANGE}, "InvalidRequestException"),
        ("get_insight_summaries", {"GroupName": "Default", **RANGE, "States": ["OPEN"]}, "ValidationException"),
        ("get_insight_summaries", {"GroupName": "Default", **RANGE, "NextToken": "x"}, "InvalidRequestException"),
        (
            "get_insight_summaries",
            {"GroupName": "Default", "StartTime": NOW - 31 * 24 * HOUR, "EndTime": NOW},
            "InvalidRequestException",
        ),
    ],
)
def test_an_invalid_insight_request_is_rejected(client, method, kwargs, code):
    with pytest.raises(ClientError) as caught:
        getattr(client, method)(**kwargs)
    assert caught.value.response["Error"]["Code"] == code


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"root_cause": 1}, TypeError, "root_cause must be a str, not 1"),
        (
            {"group": "missing"},
            ValueError,
            "group must be the name of an existing group, not 'missing'; create the group first",
        ),
        ({"id": "x"}, ValueError, "id must be a UUID of version 1 to 5, not 'x'"),
        ({"start": "soon"}, ValueError, "start must be a time, such as a datetime or seconds since 1970, not 'soon'"),
        ({"start": 1e15}, ValueError, "start must be a time"),
        ({"end": NOW - HOUR}, ValueError, r"end must not be before .* is at 1790149691 .* but is 1790146091"),
        ({"fault": -1}, ValueError, "fault must be an int of at least 0, not -1"),
        ({"ok": True}, ValueError, "ok must be an int of at least 0, not True"),
        ({"ok": 1.5}, ValueError, "ok must be an int of at least 0, not 1.5"),
        ({"summary": b""}, TypeError, "summary must be a str"),
        ({"callers": "shop"}, TypeError, "callers must be a list of names of services, not 'shop'"),
        ({"callers": [1]}, TypeError, "each item of callers must be a str, not 1"),
        ({"events": 1}, TypeError, "events must be a list of dicts, not 1"),
        ({"events": [1]}, ValueError, r"events\[0\] must be a dict with the key time"),
        ({"events": [{"fault": 1}]}, ValueError, r"events\[0\] must be a dict with the key time"),
        ({"events": [{"time": NOW, "faults": 1}]}, ValueError, r"events\[0\] must be a dict .* not \{'time'"),
        ({"events": [{"time": NOW, "fault": "1"}]}, ValueError, r"events\[0\]: fault must be an int"),
        ({"account_id": "1"}, ValueError, "account_id must be twelve digits"),
    ],
)
def test_the_error_for_an_invalid_insight_contains_the_argument_and_its_value(fake, client, arguments, error, message):
    with pytest.raises(error, match=message):
        fake.add_insight(**{"root_cause": "orders", **arguments})
    assert summaries(client) == []


def test_a_closed_or_unknown_insight_cannot_be_updated(fake):
    insight_id = fake.add_insight(root_cause="orders", end=NOW)
    with pytest.raises(ValueError, match="id must be the id of an active insight, but"):
        fake.close_insight(insight_id)
    with pytest.raises(ValueError, match=f"not '{UNKNOWN}'; use the id that add_insight returns"):
        fake.update_insight(UNKNOWN)
    with pytest.raises(ValueError, match="an insight with the id"):
        fake.add_insight(root_cause="orders", id=insight_id)
