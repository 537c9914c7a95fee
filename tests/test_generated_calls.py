"""A call has the same outcome through a `FakeXRayClient` and through a real client. Most calls here are generated.

Strategies generate the calls from the API model. The HTTP front end of the fake handles the requests of the real
client. The tests therefore compare the two front ends with each other, and the fake's validation of arguments with
botocore's.
"""

import datetime
import decimal
import json
import os
from unittest import mock

import pytest
from botocore.session import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import describe, outcome

from fake_xray import FakeXRay, _core, mock_xray

MODEL = Session().get_service_model("xray")
# An older botocore lacks some of the operations that the fake supports.
METHODS = {
    operation: method_name
    for operation in json.loads(_core.describe_operations())
    if operation in MODEL.operation_names
    for method_name in ["".join(f"_{c.lower()}" if c.isupper() else c for c in operation).lstrip("_")]
}
NOW = 1_790_149_691.25
DOCUMENT = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"xray:Put*","Resource":"*"}}'
ARN = "arn:aws:xray:us-east-1:123456789012"
# Each member has only a few values, so that later calls refer to resources that earlier calls created.
COMMON_TEXTS = {
    "PolicyDocument": [DOCUMENT, "{"],
    "PolicyRevisionId": ["0", "1", "2"],
    "ResourceARN": ["*", f"{ARN}:sampling-rule/a", f"{ARN}:sampling-rule/Default", f"{ARN}:group/Default"],
    "RuleARN": [f"{ARN}:sampling-rule/a", f"{ARN}:sampling-rule/Default"],
    "GroupARN": [f"{ARN}:group/Default", f"{ARN}:group/a"],
    "FilterExpression": ['service("a")', " "],
    "ClientID": ["0" * 24],
    "InsightId": ["00000000-0000-4000-8000-000000000001"],
    "NextToken": ["token"],
    "KeyId": ["alias/aws/xray", "key", "arn:aws:kms:us-east-1:123456789012:key/k"],
}
NAMES = ["a", "b", "Default"]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 2**40),
    st.floats(),
    st.binary(max_size=3),
    st.text(st.characters(codec=None), max_size=3),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    st.builds(object),
)
TIMES = st.one_of(
    st.integers(int(NOW) - 10_000, int(NOW) + 100),
    st.floats(NOW - 10_000, NOW + 100),
    st.integers(int(NOW) - 10_000, int(NOW) + 100).map(
        lambda seconds: datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    ),
    st.sampled_from(["2026-09-23T07:48:11Z", "1790149691", 0, -1, True]),
)


class Text(str):
    __slots__ = ()


class List(list):
    pass


def arguments_of(shape, name=""):
    """Return a strategy for values of a shape. Most of the values are valid, a few are not."""
    if shape.type_name == "structure":
        values = structures(shape)
    elif shape.type_name == "list":
        items = arguments_of(shape.member, name)
        values = st.one_of(
            st.lists(items, max_size=3), st.lists(items, max_size=2).map(tuple), st.lists(items).map(List)
        )
    elif shape.type_name == "map":
        values = st.dictionaries(texts(shape.key, "Key"), arguments_of(shape.value, "Value"), max_size=7)
    elif shape.type_name == "string":
        values = texts(shape, name)
    elif shape.type_name in ("integer", "long"):
        values = st.one_of(st.integers(0, 3), st.integers(-1, 10_001), st.sampled_from([True, 2**31, 2**63]))
    elif shape.type_name in ("double", "float"):
        values = st.one_of(
            st.floats(0, 1), st.integers(0, 2), st.floats(), st.sampled_from([True, decimal.Decimal("0.25"), 99.5])
        )
    elif shape.type_name == "boolean":
        values = st.booleans()
    else:
        assert shape.type_name == "timestamp"
        values = TIMES
    return mostly(values, JUNK)


def mostly(usual, other):
    """Return a strategy that draws from `other` once in 25 times, and otherwise from `usual`."""
    return st.integers(0, 24).flatmap(lambda number: other if number == 0 else usual)


def texts(shape, name):
    common = list(getattr(shape, "enum", None) or COMMON_TEXTS.get(name, NAMES))
    max_length = shape.metadata.get("max", 10)
    unusual = [common[0].upper(), Text(common[0]), "", "x" * max_length, "x" * (max_length + 1), "é"]
    return mostly(st.sampled_from(common), st.sampled_from(unusual))


@st.composite
def structures(draw, shape):
    omitted = set(draw(mostly(st.just([]), st.lists(st.sampled_from([*shape.members, ""]), max_size=1))))
    optional = [name for name in shape.members if name not in shape.required_members]
    chosen = draw(st.lists(st.sampled_from(optional), unique=True)) if optional else []
    value = {
        name: draw(arguments_of(member, name))
        for name, member in shape.members.items()
        if name not in omitted and (name in shape.required_members or name in chosen)
    }
    if draw(st.integers(0, 30)) == 0:
        value["Unknown"] = 1
    return value


@st.composite
def calls(draw):
    operation = draw(st.sampled_from(sorted(METHODS)))
    kwargs = draw(structures(MODEL.operation_model(operation).input_shape))
    return METHODS[operation], kwargs


@pytest.fixture(scope="module")
def real_client():
    client = Session().create_client("xray", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
    # A FakeXRayClient does not retry calls, so the real client must not retry them either. Retries also take time.
    client.meta.events.unregister("needs-retry.xray", unique_id="retry-config-xray")
    return client


RULE = {
    "RuleName": "a",
    "ResourceARN": "*",
    "Priority": 1,
    "FixedRate": decimal.Decimal("0.5"),
    "ReservoirSize": 1,
    "ServiceName": "*",
    "ServiceType": "*",
    "Host": "*",
    "HTTPMethod": "*",
    "URLPath": "*",
    "Version": 1,
}
STATISTICS = {"RuleName": "a", "ClientID": "0" * 24, "Timestamp": NOW, "RequestCount": 2, "SampledCount": 1}
UNKNOWN_INSIGHT = "00000000-0000-4000-8000-000000000001"
PERIOD = {"StartTime": NOW - 60, "EndTime": NOW}
# Calls of every operation. Some succeed, some are rejected by the service and some by botocore.
SESSION = [
    ("put_resource_policy", {"PolicyName": "a", "PolicyDocument": DOCUMENT}),
    ("put_resource_policy", {"PolicyName": "a", "PolicyDocument": "{"}),
    ("list_resource_policies", {}),
    ("delete_resource_policy", {"PolicyName": "b"}),
    ("delete_resource_policy", {"PolicyName": "a"}),
    ("create_group", {"GroupName": "g", "FilterExpression": "fault", "Tags": [{"Key": "k", "Value": ""}]}),
    ("create_group", {"GroupName": "g"}),
    ("get_group", {"GroupName": "g"}),
    ("get_group", {}),
    ("get_groups", {}),
    ("get_groups", {"NextToken": ""}),
    (
        "update_group",
        {"GroupName": "g", "FilterExpression": "error", "InsightsConfiguration": {"InsightsEnabled": True}},
    ),
    ("tag_resource", {"ResourceARN": f"{ARN}:group/Default", "Tags": [{"Key": "k", "Value": "v"}]}),
    ("tag_resource", {"ResourceARN": f"{ARN}:group/missing", "Tags": []}),
    ("list_tags_for_resource", {"ResourceARN": f"{ARN}:group/Default"}),
    ("untag_resource", {"ResourceARN": f"{ARN}:group/Default", "TagKeys": ["k", "absent"]}),
    ("delete_group", {"GroupName": "g"}),
    ("delete_group", {"GroupName": 1}),
    ("create_sampling_rule", {"SamplingRule": RULE}),
    ("create_sampling_rule", {"SamplingRule": RULE | {"RuleName": "b", "FixedRate": 1.1}}),
    ("create_sampling_rule", {"SamplingRule": RULE | {"Priority": 0}}),
    ("get_sampling_rules", {}),
    ("update_sampling_rule", {"SamplingRuleUpdate": {"RuleName": "a", "Attributes": {"k": "v"}}}),
    ("update_sampling_rule", {"SamplingRuleUpdate": {"RuleName": "a", "Priority": -1}}),
    ("get_sampling_targets", {"SamplingStatisticsDocuments": [STATISTICS, STATISTICS | {"RuleName": "missing"}]}),
    ("get_sampling_targets", {"SamplingStatisticsDocuments": [{"RuleName": "a"}]}),
    ("get_sampling_statistic_summaries", {}),
    ("delete_sampling_rule", {"RuleName": "a"}),
    ("delete_sampling_rule", {"RuleName": "a", "RuleARN": "a"}),
    ("get_encryption_config", {}),
    ("put_encryption_config", {"Type": "KMS", "KeyId": "alias/aws/xray"}),
    ("put_encryption_config", {"Type": "OTHER"}),
    ("get_indexing_rules", {}),
    (
        "update_indexing_rule",
        {"Name": "Default", "Rule": {"Probabilistic": {"DesiredSamplingPercentage": decimal.Decimal(5)}}},
    ),
    ("update_indexing_rule", {"Name": "Default", "Rule": {}}),
    ("get_trace_segment_destination", {}),
    ("update_trace_segment_destination", {"Destination": "CloudWatchLogs"}),
    ("update_trace_segment_destination", {"Destination": "Elsewhere"}),
    ("get_insight", {"InsightId": UNKNOWN_INSIGHT}),
    ("get_insight", {"InsightId": "invalid"}),
    ("get_insight_events", {"InsightId": UNKNOWN_INSIGHT, "MaxResults": 51}),
    ("get_insight_impact_graph", {"InsightId": UNKNOWN_INSIGHT, **PERIOD}),
    ("get_insight_summaries", {"GroupName": "Default", **PERIOD}),
    ("get_insight_summaries", {"States": "ACTIVE", **PERIOD}),
]


def test_listed_calls_of_every_operation_have_the_same_outcomes_for_fake_and_real_clients(real_client):
    session = [(method, kwargs) for method, kwargs in SESSION if method in METHODS.values()]
    assert {method for method, _ in session} == set(METHODS.values())
    direct_fake, http_fake = FakeXRay(), FakeXRay()
    client = direct_fake.client()
    with mock.patch("time.time", return_value=NOW), mock_xray(http_fake, strict=False):
        for method, kwargs in session:
            direct = outcome(getattr(client, method), (), kwargs)
            through_http = outcome(getattr(real_client, method), (), kwargs)
            assert describe(direct) == describe(through_http), (method, kwargs)


@settings(
    max_examples=int(os.environ.get("FAKE_XRAY_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(st.tuples(calls(), st.integers(0, 15)), min_size=1, max_size=8))
def test_generated_calls_have_the_same_outcomes_for_fake_and_real_clients(real_client, steps):
    direct_fake, http_fake = FakeXRay(), FakeXRay()
    for fake in (direct_fake, http_fake):
        fake.add_insight(root_cause="orders", start=NOW - 60, id=COMMON_TEXTS["InsightId"][0])
    client = direct_fake.client()
    now = NOW
    for (method, kwargs), seconds in steps:
        now += seconds
        with mock.patch("time.time", return_value=now):
            direct = outcome(getattr(client, method), (), kwargs)
            with mock_xray(http_fake):
                through_http = outcome(getattr(real_client, method), (), kwargs)
        assert describe(direct) == describe(through_http), (method, kwargs)
