"""Any calls, made of the API model, have the same outcome through a `FakeXRayClient` and through a real client.

The real client's HTTP requests go to the fake's HTTP front end, so the two front ends are compared with each other, and
what botocore itself does with arguments with what the fake does with them.
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
METHODS = {
    operation: model_method
    for operation in json.loads(_core.describe_operations())
    if operation in MODEL.operation_names
    for model_method in ["".join(f"_{c.lower()}" if c.isupper() else c for c in operation).lstrip("_")]
}
NOW = 1_790_149_691.25
DOCUMENT = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"xray:Put*","Resource":"*"}}'
ARN = "arn:aws:xray:us-east-1:123456789012"
# What calls of one run are likely to have in common.
KNOWN_TEXTS = {
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
    """Return a strategy for values of a shape: mostly right, sometimes not."""
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
    return st.integers(0, 24).flatmap(lambda number: other if number == 0 else usual)


def texts(shape, name):
    known = list(getattr(shape, "enum", None) or KNOWN_TEXTS.get(name, NAMES))
    longest = shape.metadata.get("max", 10)
    odd = [known[0].upper(), Text(known[0]), "", "x" * longest, "x" * (longest + 1), "é"]
    return mostly(st.sampled_from(known), st.sampled_from(odd))


@st.composite
def structures(draw, shape):
    left_out = set(draw(mostly(st.just([]), st.lists(st.sampled_from([*shape.members, ""]), max_size=1))))
    optional = [name for name in shape.members if name not in shape.required_members]
    chosen = draw(st.lists(st.sampled_from(optional), unique=True)) if optional else []
    value = {
        name: draw(arguments_of(member, name))
        for name, member in shape.members.items()
        if name not in left_out and (name in shape.required_members or name in chosen)
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
    # Retries take time, and a FakeXRayClient has none.
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
INSIGHT = "00000000-0000-4000-8000-000000000001"
SINCE = {"StartTime": NOW - 60, "EndTime": NOW}
# A session of each operation, successful, rejected by the service and rejected by botocore.
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
    ("tag_resource", {"ResourceARN": f"{ARN}:group/none", "Tags": []}),
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
    ("get_sampling_targets", {"SamplingStatisticsDocuments": [STATISTICS, STATISTICS | {"RuleName": "none"}]}),
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
    ("get_insight", {"InsightId": INSIGHT}),
    ("get_insight", {"InsightId": "none"}),
    ("get_insight_events", {"InsightId": INSIGHT, "MaxResults": 51}),
    ("get_insight_impact_graph", {"InsightId": INSIGHT, **SINCE}),
    ("get_insight_summaries", {"GroupName": "Default", **SINCE}),
    ("get_insight_summaries", {"States": "ACTIVE", **SINCE}),
]


def test_a_session_of_every_operation_has_the_same_outcomes_through_both_front_ends(real_client):
    session = [(method, kwargs) for method, kwargs in SESSION if method in METHODS.values()]
    assert {method for method, _ in session} == set(METHODS.values())
    ours, behind_http = FakeXRay(), FakeXRay()
    client = ours.client()
    with mock.patch("time.time", return_value=NOW), mock_xray(behind_http, strict=False):
        for method, kwargs in session:
            one = outcome(getattr(client, method), (), kwargs)
            assert describe(one) == describe(outcome(getattr(real_client, method), (), kwargs)), (method, kwargs)


@settings(
    max_examples=int(os.environ.get("FAKE_XRAY_EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(made=st.lists(st.tuples(calls(), st.integers(0, 15)), min_size=1, max_size=8))
def test_generated_calls_have_the_same_outcome_through_both_front_ends(real_client, made):
    ours, behind_http = FakeXRay(), FakeXRay()
    for fake in (ours, behind_http):
        fake.add_insight(root_cause="orders", start=NOW - 60, id=KNOWN_TEXTS["InsightId"][0])
    client = ours.client()
    now = NOW
    for (method, kwargs), seconds in made:
        now += seconds
        with mock.patch("time.time", return_value=now):
            one = outcome(getattr(client, method), (), kwargs)
            with mock_xray(behind_http):
                other = outcome(getattr(real_client, method), (), kwargs)
        assert describe(one) == describe(other), (method, kwargs)
