"""The X-Ray remote sampler of the AWS Distro for OpenTelemetry uses the sampling rules in the fake.

The sampler sends HTTP requests with the package `requests`. The fake's HTTP front end handles them in process.
"""

import json
from urllib.parse import urlsplit

import pytest
import requests
from amazon.opentelemetry.distro.always_record_sampler import AlwaysRecordSampler
from amazon.opentelemetry.distro.sampler import aws_xray_remote_sampler
from amazon.opentelemetry.distro.sampler.aws_xray_remote_sampler import AwsXRayRemoteSampler
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

CHECKOUT = {"http.request.method": "POST", "url.path": "/checkout", "server.address": "shop.example"}
HEALTH = {"http.request.method": "GET", "url.path": "/health", "server.address": "shop.example"}


class Timer:
    """Replaces the sampler's timer. It never fires by itself: a test calls `run`."""

    def __init__(self, interval, function):
        self.interval = interval
        self.run = function

    def start(self):
        pass


@pytest.fixture
def exchanges(client, monkeypatch):
    """Let the fake handle the HTTP requests. Return a list of paths, request bodies and response bodies."""
    exchanges = []

    def send(adapter, request, **kwargs):
        path = urlsplit(request.url).path
        status, headers, body, _ = client._handle_http(request.method, path, request.body or b"")
        response = requests.Response()
        response.status_code, response._content, response.request = status, body, request
        response.headers.update(headers)
        exchanges.append((path, request.body, json.loads(body)))
        return response

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    return exchanges


class Sampler:
    """The remote sampler, and a tracer that uses it."""

    def __init__(self):
        self.sampler = AwsXRayRemoteSampler(Resource.create({"service.name": "shop"}), endpoint="http://127.0.0.1:2000")
        # The AWS distribution configures its tracer in the same way. AlwaysRecordSampler also records spans that are
        # not sampled, so that the sampler can count their anomalies.
        provider = TracerProvider(sampler=AlwaysRecordSampler(self.sampler), shutdown_on_exit=False)
        self.tracer = provider.get_tracer("tests")

    def poll_rules(self):
        self.sampler._rules_timer.run()

    def poll_targets(self):
        self.sampler._targets_timer.run()

    def span(self, attributes):
        span = self.tracer.start_span("request", kind=SpanKind.SERVER, attributes=attributes)
        span.end()
        return span

    def is_sampled(self, attributes):
        return self.span(attributes).get_span_context().trace_flags.sampled

    def count(self, attributes, times):
        """Make several requests with the same attributes, and return how many of them are sampled."""
        return sum(self.is_sampled(attributes) for _ in range(times))


@pytest.fixture
def sampler(exchanges, monkeypatch):
    monkeypatch.setattr(aws_xray_remote_sampler, "Timer", Timer)
    return Sampler()


def test_opentelemetry_sampler_decides_by_the_first_rule_that_matches(create_rule, sampler, exchanges):
    create_rule("all", Priority=900, FixedRate=1)
    create_rule("health", Priority=10, URLPath="/health", HTTPMethod="GET")
    create_rule("other-service", Priority=1, ServiceName="other", FixedRate=1)
    sampler.poll_rules()
    assert sampler.count(CHECKOUT, 5) == 5
    assert sampler.count(HEALTH, 5) == 0
    # The sampler sends this request without a body.
    ((path, body, response),) = exchanges
    assert (path, body) == ("/GetSamplingRules", None)
    assert len(response["SamplingRuleRecords"]) == 4


def test_opentelemetry_sampler_matches_attributes(create_rule, sampler):
    create_rule("gold", FixedRate=1, Attributes={"tier": "gold"})
    sampler.poll_rules()
    assert sampler.is_sampled({**CHECKOUT, "tier": "gold"})
    assert not sampler.is_sampled({**CHECKOUT, "tier": "silver"})


def test_opentelemetry_sampler_falls_back_to_the_default_rule(client, sampler):
    sampler.poll_rules()
    assert not sampler.is_sampled(CHECKOUT)
    client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 1})
    sampler.poll_rules()
    assert sampler.is_sampled(CHECKOUT)


def test_opentelemetry_sampler_borrows_until_it_has_a_quota_and_then_uses_the_quota(
    clock, create_rule, sampler, summary_of, exchanges
):
    create_rule("checkout", ReservoirSize=5)
    sampler.poll_rules()
    clock.tick(1)
    # Without a quota, the sampler borrows one request per second.
    assert sampler.count(CHECKOUT, 10) == 1
    sampler.poll_targets()
    assert exchanges[-1][2]["SamplingTargetDocuments"][0]["ReservoirQuota"] is None
    clock.tick(10)
    # The sampler misspells SampledCount. X-Ray accepts statistics without it.
    assert summary_of("checkout") == (10, 0, 1)
    sampler.count(CHECKOUT, 1)
    sampler.poll_targets()
    # The quota is the size of the reservoir minus the number of borrowed requests.
    assert exchanges[-1][2]["SamplingTargetDocuments"][0]["ReservoirQuota"] == 4
    clock.tick(1)
    assert sampler.count(CHECKOUT, 10) == 4
    assert sampler.sampler._targets_timer.interval == pytest.approx(10, abs=0.2)


def test_opentelemetry_sampler_fetches_the_rules_immediately_after_a_rule_has_changed(
    clock, client, create_rule, sampler, exchanges
):
    create_rule("checkout", FixedRate=1)
    sampler.poll_rules()
    sampler.span(CHECKOUT)
    sampler.poll_targets()
    clock.tick(1)
    create_rule("nothing", Priority=1)
    sampler.span(CHECKOUT)
    sampler.poll_targets()
    assert [path for path, _, _ in exchanges] == [
        "/GetSamplingRules",
        "/SamplingTargets",
        "/SamplingTargets",
        "/GetSamplingRules",
    ]
    assert not sampler.is_sampled(CHECKOUT)


def test_opentelemetry_sampler_boosts_its_rate_after_anomalies(clock, create_rule, sampler, exchanges):
    create_rule("checkout", FixedRate=0.5, SamplingRateBoost={"MaxRate": 1, "CooldownWindowMinutes": 1})
    sampler.sampler.set_span_exporter(InMemorySpanExporter())
    try:
        sampler.poll_rules()
        # With a rate of 0.5, some of these requests are sampled and some are not.
        failed = {**CHECKOUT, "http.status_code": 500}
        spans = [sampler.span(failed) for _ in range(64)]
        assert 0 < sum(span.get_span_context().trace_flags.sampled for span in spans) < 64
        for span in spans:
            sampler.sampler.adapt_sampling(span)
        sampler.poll_targets()
        path, body, response = exchanges[-1]
        assert path == "/SamplingTargets"
        assert json.loads(body)["SamplingBoostStatisticsDocuments"][0]["AnomalyCount"] == 64
        (target,) = response["SamplingTargetDocuments"]
        assert target["SamplingBoost"]["BoostRate"] == 1.0
        assert response["UnprocessedBoostStatistics"] == []
        assert sampler.count(CHECKOUT, 64) == 64
        clock.tick(21)
        assert 0 < sampler.count(CHECKOUT, 64) < 64
    finally:
        sampler.sampler._bsp.shutdown()
