"""Fixtures of the tests that need the AWS X-Ray SDK and the AWS Distro for OpenTelemetry.

`make sdk-test` installs these packages and runs the tests.
"""

from datetime import datetime, timezone

import freezegun
import pytest
from aws_xray_sdk.core import xray_recorder

from fake_xray import FakeXRay

# The import opens a socket for the X-Ray daemon. Close it, because otherwise Python reports it as unclosed.
xray_recorder.emitter._socket.close()

# A 10-second window of X-Ray's statistics begins here.
START = datetime(2026, 9, 23, 7, 48, 10, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    """Hide the developer's own AWS configuration, so that no test depends on it."""
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def clock():
    with freezegun.freeze_time(START) as clock:
        yield clock


@pytest.fixture
def fake():
    return FakeXRay()


@pytest.fixture
def client(clock, fake):
    """Return a client of a fake whose only sampling rule, Default, samples no requests."""
    client = fake.client()
    client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 0, "ReservoirSize": 0})
    return client


def rule(name, **members):
    """Return a sampling rule. By default it matches every request and samples no request; `members` override that."""
    patterns = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod", "URLPath"), "*")
    return {"RuleName": name, "Priority": 100, "FixedRate": 0, "ReservoirSize": 0, "Version": 1, **patterns, **members}


@pytest.fixture
def create_rule(client):
    """Return a function that creates a sampling rule. It has the arguments of `rule`."""

    def create_rule(name, **members):
        client.create_sampling_rule(SamplingRule=rule(name, **members))

    return create_rule


@pytest.fixture
def summary_of(client):
    """Return a function that returns the counts in a rule's last closed window: requests, sampled and borrowed."""

    def summary_of(name):
        summaries = client.get_sampling_statistic_summaries()["SamplingStatisticSummaries"]
        (found,) = (summary for summary in summaries if summary["RuleName"] == name)
        return found["RequestCount"], found["SampledCount"], found["BorrowCount"]

    return summary_of
