"""The sampler of the AWS X-Ray SDK for Python uses the sampling rules in the fake.

The SDK polls X-Ray in threads that never end. Most tests call the polling functions directly. One test runs the
threads.
"""

import threading
import time
from unittest import mock

import pytest
from aws_xray_sdk.core import AWSXRayRecorder, recorder
from aws_xray_sdk.core.context import Context
from aws_xray_sdk.core.daemon_config import DaemonConfig
from aws_xray_sdk.core.sampling import rule_poller, target_poller
from aws_xray_sdk.core.sampling.sampler import DefaultSampler
from conftest import rule

from fake_xray import mock_xray

CHECKOUT = {"host": "shop.example", "method": "POST", "path": "/checkout", "service": "shop"}
HEALTH = {"host": "shop.example", "method": "GET", "path": "/health", "service": "shop"}


class Sampler(DefaultSampler):
    """The SDK's sampler without its threads. It polls only when a test calls `poll_rules` or `poll_targets`."""

    def start(self):
        pass

    def poll_rules(self):
        self._rule_poller._refresh_cache()

    def poll_targets(self):
        self._target_poller._do_work()

    @property
    def wants_rules(self):
        """Whether the rule poller's thread would poll the rules now, if the sampler had this thread."""
        return self._rule_poller._time_elapsed > self._rule_poller._time_to_wait

    def count(self, request, times):
        """Make several equal requests, and return how many of them are sampled."""
        return sum(bool(self.should_trace(dict(request))) for _ in range(times))


@pytest.fixture
def sampler(client):
    sampler = Sampler()
    sampler.xray_client = client
    sampler.load_settings(DaemonConfig(), Context())
    return sampler


def test_xray_sdk_sampler_decides_by_the_first_rule_that_matches(create_rule, sampler):
    create_rule("all", Priority=900, FixedRate=1)
    create_rule("health", Priority=10, URLPath="/health", HTTPMethod="GET")
    create_rule("other-host", Priority=1, Host="other.example", FixedRate=1)
    sampler.poll_rules()
    assert sampler.should_trace(dict(CHECKOUT)) == "all"
    assert sampler.should_trace(dict(HEALTH)) is False


def test_xray_sdk_sampler_falls_back_to_the_default_rule(client, create_rule, sampler):
    create_rule("other-host", Host="other.example", FixedRate=1)
    sampler.poll_rules()
    assert sampler.should_trace(dict(CHECKOUT)) is False
    client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 1})
    sampler.poll_rules()
    assert sampler.should_trace(dict(CHECKOUT)) == "Default"


def test_xray_sdk_sampler_skips_rules_that_it_does_not_support(create_rule, sampler):
    create_rule("attributes", FixedRate=1, Attributes={"tier": "gold"})
    create_rule("resource", FixedRate=1, ResourceARN="arn:aws:ecs:us-east-1:123456789012:cluster/a")
    sampler.poll_rules()
    assert sampler.should_trace(dict(CHECKOUT)) is False


def test_xray_sdk_sampler_borrows_until_it_has_a_quota(clock, create_rule, sampler, summary_of):
    create_rule("checkout", ReservoirSize=5)
    sampler.poll_rules()
    # Without a quota, the sampler borrows one request per second.
    assert sampler.count(CHECKOUT, 10) == 1
    clock.tick(1)
    assert sampler.count(CHECKOUT, 10) == 1
    sampler.poll_targets()
    # The window of the reported statistics is still open, so there is no quota yet.
    clock.tick(1)
    assert sampler.count(CHECKOUT, 10) == 1
    clock.tick(9)
    assert summary_of("checkout") == (20, 0, 2)
    sampler.poll_targets()
    # The quota is the size of the reservoir minus the number of borrowed requests.
    clock.tick(1)
    assert sampler.count(CHECKOUT, 10) == 3
    clock.tick(10)
    sampler.poll_targets()
    clock.tick(10)
    assert summary_of("checkout") == (10, 3, 0)


def test_xray_sdk_sampler_uses_an_updated_rate_from_the_targets(client, create_rule, sampler):
    create_rule("checkout")
    sampler.poll_rules()
    assert sampler.count(CHECKOUT, 10) == 0
    client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "checkout", "FixedRate": 1})
    sampler.poll_targets()
    assert sampler.count(CHECKOUT, 10) == 10


def test_xray_sdk_sampler_polls_the_rules_immediately_after_a_rule_has_changed(clock, client, create_rule, sampler):
    create_rule("checkout", FixedRate=1)
    sampler.poll_rules()
    sampler.should_trace(dict(CHECKOUT))
    sampler.poll_targets()
    assert not sampler.wants_rules
    clock.tick(1)
    create_rule("nothing", Priority=1)
    sampler.should_trace(dict(CHECKOUT))
    sampler.poll_targets()
    assert sampler.wants_rules
    sampler.poll_rules()
    assert sampler.should_trace(dict(CHECKOUT)) is False


def test_xray_sdk_sampler_keeps_its_rules_while_x_ray_fails(fake, client, create_rule, sampler, caplog):
    create_rule("checkout", FixedRate=1)
    sampler.poll_rules()
    client.delete_sampling_rule(RuleName="checkout")
    fake.inject_error("GetSamplingRules", "ThrottledException")
    sampler.poll_rules()
    assert "ThrottledException" in caplog.text
    assert sampler.should_trace(dict(CHECKOUT)) == "checkout"
    sampler.poll_rules()
    assert sampler.should_trace(dict(CHECKOUT)) is False


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_xray_sdk_sampler_with_its_own_client_uses_the_fake(clock, fake, real_clients):
    # The sampler's own client has no credentials and sends unsigned requests to a daemon, in the Region us-west-2.
    fake.client(region_name="us-west-2").create_sampling_rule(SamplingRule=rule("own", FixedRate=1))
    with mock_xray(fake, real_clients=real_clients):
        sampler = Sampler()
        sampler.load_settings(DaemonConfig(), Context())
        sampler.poll_rules()
        assert sampler.should_trace(dict(CHECKOUT)) == "own"
        sampler.poll_targets()
    operations = [call.operation for call in fake.calls]
    assert operations == ["CreateSamplingRule", "GetSamplingRules", "GetSamplingTargets"]


def test_xray_sdk_recorder_uses_the_rules_to_sample_segments(client, create_rule, sampler, monkeypatch):
    sent = []

    class Emitter:
        """Keeps the names of segments instead of sending the segments to the daemon."""

        def send_entity(self, entity):
            sent.append(entity.name)

    monkeypatch.setattr(recorder, "UDPEmitter", Emitter)
    shop = AWSXRayRecorder()
    shop.configure(sampler=sampler)
    create_rule("everything", FixedRate=1)
    sampler.poll_rules()
    with shop.in_segment("sampled"):
        pass
    client.delete_sampling_rule(RuleName="everything")
    sampler.poll_rules()
    with shop.in_segment("dropped"):
        pass
    assert sent == ["sampled"]


class EndThread(BaseException):
    """Ends a thread of the SDK."""


def test_threads_of_the_xray_sdk_sampler_poll_the_fake(fake, monkeypatch):
    ended = threading.Event()

    def sleep(seconds):
        if ended.wait(0.01):
            raise EndThread

    def excepthook(thrown, report=threading.excepthook):
        if thrown.exc_type is not EndThread:
            report(thrown)

    monkeypatch.setattr(rule_poller, "time", mock.Mock(time=time.time, sleep=sleep))
    monkeypatch.setattr(target_poller, "time", mock.Mock(sleep=sleep))
    monkeypatch.setattr(threading, "excepthook", excepthook)
    before = set(threading.enumerate())
    client = fake.client()
    client.create_sampling_rule(SamplingRule=rule("all", FixedRate=1))
    sampler = DefaultSampler()
    sampler.xray_client = client
    sampler.load_settings(DaemonConfig(), Context())
    try:
        deadline = time.monotonic() + 30
        while "GetSamplingTargets" not in [call.operation for call in fake.calls]:
            assert time.monotonic() < deadline
            sampler.should_trace(dict(CHECKOUT))
            ended.wait(0.01)
        assert sampler.should_trace(dict(CHECKOUT)) == "all"
    finally:
        ended.set()
        for thread in set(threading.enumerate()) - before:
            thread.join(30)
    assert set(threading.enumerate()) == before
