"""LastUpdatedTime is the time that the test sees: whole seconds, aware, what botocore's parser would make of them."""

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
        answer = client.put_resource_policy(PolicyName="p", PolicyDocument=document)
        assert client.list_resource_policies()["ResourcePolicies"] == [answer["ResourcePolicy"]]
        return answer["ResourcePolicy"]["LastUpdatedTime"]

    return put


def freeze_with_freezegun():
    return freezegun.freeze_time(FROZEN)


def freeze_with_time_machine():
    return time_machine.travel(FROZEN, tick=False)


@pytest.mark.parametrize("first", ["frozen", "real"])
@pytest.mark.parametrize("freeze", [freeze_with_freezegun, freeze_with_time_machine])
def test_frozen_time_is_the_fakes_time(put, freeze, first):
    if first == "real":
        put()
    with freeze():
        updated = put()
        genuine = parse_timestamp(float(SECOND))
    assert updated == genuine == FROZEN.replace(microsecond=0)
    assert (type(updated), repr(updated)) == (type(genuine), repr(genuine))
    assert put() > updated
    assert type(put()) is datetime.datetime


def test_frozen_time_can_be_moved(put):
    with freezegun.freeze_time(FROZEN) as frozen:
        first = put()
        frozen.tick(60)
        assert put() - first == datetime.timedelta(minutes=1)


def test_time_that_is_not_frozen_is_now(put):
    before = int(time.time())
    updated = put()
    assert before <= updated.timestamp() <= time.time()
    assert updated.microsecond == 0


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
@pytest.mark.parametrize("second", [SECOND, 1_793_511_000, 1_793_514_600, 0])
def test_the_datetime_is_in_the_local_zone_as_botocore_has_it(put, monkeypatch, zone, second):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        monkeypatch.setattr(time, "time", lambda: float(second))
        ours, genuine = put(), parse_timestamp(float(second))
        assert (repr(ours), ours.isoformat()) == (repr(genuine), genuine.isoformat())
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("now", [float("nan"), float("inf"), 1e18, "noon"])
def test_a_time_that_is_none_is_an_error_and_stores_nothing(document, monkeypatch, now):
    client = FakeXRay().client()
    monkeypatch.setattr(time, "time", lambda: now)
    with pytest.raises((ValueError, OverflowError, OSError, TypeError)):
        client.put_resource_policy(PolicyName="p", PolicyDocument=document)
    monkeypatch.undo()
    assert client.list_resource_policies()["ResourcePolicies"] == []
