"""LastUpdatedTime is the current time, or the frozen time if the test freezes time.

It is an aware datetime in whole seconds, equal to what botocore's parser returns.
"""

import datetime
import time

import freezegun
import pytest
import time_machine
from botocore.utils import parse_timestamp

from fake_xray import FakeXRay

FROZEN = datetime.datetime(2026, 9, 23, 7, 48, 11, 987654, tzinfo=datetime.timezone.utc)
SECOND = int(FROZEN.timestamp())

pytestmark = pytest.mark.thread_unsafe(reason="time is frozen for the whole process")


@pytest.fixture
def put(document):
    client = FakeXRay().client()

    def put():
        response = client.put_resource_policy(PolicyName="p", PolicyDocument=document)
        assert client.list_resource_policies()["ResourcePolicies"] == [response["ResourcePolicy"]]
        return response["ResourcePolicy"]["LastUpdatedTime"]

    return put


def freeze_with_freezegun():
    return freezegun.freeze_time(FROZEN)


def freeze_with_time_machine():
    return time_machine.travel(FROZEN, tick=False)


# Whether the first put happens in frozen time or in real time.
@pytest.mark.parametrize("first", ["frozen", "real"])
@pytest.mark.parametrize("freeze", [freeze_with_freezegun, freeze_with_time_machine])
def test_the_fake_uses_frozen_time(put, freeze, first):
    if first == "real":
        put()
    with freeze():
        updated = put()
        expected = parse_timestamp(float(SECOND))
    assert updated == expected == FROZEN.replace(microsecond=0)
    assert (type(updated), repr(updated)) == (type(expected), repr(expected))
    assert put() > updated
    assert type(put()) is datetime.datetime


def test_the_fake_follows_frozen_time_that_moves(put):
    with freezegun.freeze_time(FROZEN) as frozen:
        first = put()
        frozen.tick(60)
        assert put() - first == datetime.timedelta(minutes=1)


def test_the_fake_uses_the_current_time_by_default(put):
    before = int(time.time())
    updated = put()
    assert before <= updated.timestamp() <= time.time()
    assert updated.microsecond == 0


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("second", [SECOND, 1_793_511_000, 1_793_514_600, 0])
def test_a_datetime_in_a_response_has_the_local_time_zone_as_in_botocore(put, monkeypatch, zone, second):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        monkeypatch.setattr(time, "time", lambda: float(second))
        updated, expected = put(), parse_timestamp(float(second))
        assert (repr(updated), updated.isoformat()) == (repr(expected), expected.isoformat())
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("now", [float("nan"), float("inf"), 1e18, "not a time"])
def test_a_put_at_an_invalid_time_raises_an_error_and_stores_nothing(document, monkeypatch, now):
    client = FakeXRay().client()
    monkeypatch.setattr(time, "time", lambda: now)
    with pytest.raises((ValueError, OverflowError, OSError, TypeError)):
        client.put_resource_policy(PolicyName="p", PolicyDocument=document)
    monkeypatch.undo()
    assert client.list_resource_policies()["ResourcePolicies"] == []
