"""FakeXRay.respond: canned responses for any operation of botocore's model, through every kind of client."""

from datetime import datetime, timedelta, timezone

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ParamValidationError
from botocore.stub import Stubber
from conftest import SNS_DOCUMENT, minimal

from fake_xray import Call, FakeXRay, mock_xray
from fake_xray._client import methods, service_model

NOON = datetime(2026, 9, 23, 12, 0, 0, 123456, tzinfo=timezone.utc)
SUMMARY = {"InsightId": "00000000-0000-4000-8000-000000000000", "State": "ACTIVE", "StartTime": NOON}


@pytest.fixture(params=[False, True], ids=["fake client", "real client"])
def front(request):
    with mock_xray(FakeXRay(), real_clients=request.param) as fake:
        client = boto3.client("xray")
        assert isinstance(client, BaseClient) == request.param
        yield fake, client
        fake.reset()


def without_metadata(response):
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 200
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def full(shape, depth=0):
    """A value with every member of a shape."""
    if shape.type_name == "structure":
        names = list(shape.members)[:1] if shape.is_tagged_union else list(shape.members)
        # Graphs and segments contain themselves.
        return {name: full(shape.members[name], depth + 1) for name in names if depth < 9}
    if shape.type_name == "list":
        return [full(shape.member, depth + 1)] * 2
    if shape.type_name == "map":
        return {"key": full(shape.value, depth + 1)}
    values = {"string": "Zürich", "timestamp": NOON, "boolean": True, "double": 0.1, "float": 0.5}
    return values.get(shape.type_name, 7)


@pytest.mark.parametrize("operation", sorted(methods().values()))
def test_any_operation_gets_the_same_response_from_fake_and_real_clients(operation):
    model = service_model().operation_model(operation)
    method = next(method for method, name in methods().items() if name == operation)
    response = full(model.output_shape)
    responses = []
    for real in (False, True):
        with mock_xray(FakeXRay(), real_clients=real) as fake:
            fake.respond(operation, response)
            client = boto3.client("xray")
            responses.append(getattr(client, method)(**minimal(model.input_shape)))
            assert [(call.operation, call.error_code) for call in fake.calls] == [(operation, None)]
    assert responses[0] == responses[1]
    # Equal instants are equal datetimes, whatever their zones.
    assert without_metadata(responses[0]) == response


def test_a_response_reaches_the_caller_as_botocore_parses_it(front):
    fake, client = front
    fake.respond("get_insight_summaries", {"InsightSummaries": [SUMMARY], "NextToken": "more"})
    response = client.get_insight_summaries(StartTime=NOON, EndTime=NOON)
    assert without_metadata(response) == {"InsightSummaries": [SUMMARY], "NextToken": "more"}
    (summary,) = response["InsightSummaries"]
    assert type(summary["StartTime"].tzinfo).__name__ == "tzlocal"
    metadata = response["ResponseMetadata"]
    assert metadata == {
        "RequestId": metadata["RequestId"],
        "HTTPStatusCode": 200,
        "HTTPHeaders": {"x-amzn-requestid": metadata["RequestId"], "content-type": "application/json"},
        "RetryAttempts": 0,
    }
    again = client.get_insight_summaries(StartTime=NOON, EndTime=NOON)
    assert again["ResponseMetadata"]["RequestId"] != metadata["RequestId"]


@pytest.mark.parametrize(
    "given", [NOON, NOON.astimezone(timezone(timedelta(hours=5))), NOON.timestamp(), NOON.isoformat()]
)
def test_a_timestamp_may_be_given_in_every_way_of_botocore(front, given):
    fake, client = front
    fake.respond("GetInsight", {"Insight": {"StartTime": given}})
    assert client.get_insight(InsightId="x" * 36)["Insight"]["StartTime"] == NOON


def test_the_callers_metadata_replaces_the_usual_one(front):
    fake, client = front
    metadata = {"RequestId": "mine", "HTTPStatusCode": 202, "HTTPHeaders": {"X-Mine": "1"}, "RetryAttempts": 5}
    fake.respond("GetGroups", {"ResponseMetadata": metadata})
    assert client.get_groups()["ResponseMetadata"] == {
        "RequestId": "mine",
        "HTTPStatusCode": 202,
        "HTTPHeaders": {"x-amzn-requestid": "mine", "content-type": "application/json", "x-mine": "1"},
        "RetryAttempts": 0,
    }


def test_an_operation_that_is_built_can_be_given_a_response_too(front):
    fake, client = front
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    fake.respond("ListResourcePolicies", {"ResourcePolicies": []}, times=1)
    assert client.list_resource_policies()["ResourcePolicies"] == []
    assert len(client.list_resource_policies()["ResourcePolicies"]) == 1


def test_a_callable_gets_the_call_and_returns_the_response(front):
    fake, client = front
    seen = []

    def respond(call):
        seen.append(call)
        return {"Group": {"GroupName": call.parameters["GroupName"].upper()}}

    fake.respond("GetGroup", respond)
    assert client.get_group(GroupName="mine")["Group"] == {"GroupName": "MINE"}
    assert client.get_group(GroupName="yours")["Group"] == {"GroupName": "YOURS"}
    assert seen[0] == Call("GetGroup", {"GroupName": "mine"}, "123456789012", "us-east-1", None)
    assert [call.parameters for call in fake.calls] == [{"GroupName": "mine"}, {"GroupName": "yours"}]


def test_what_a_callable_returns_is_checked_when_it_is_called(front):
    fake, client = front
    fake.respond("GetGroups", lambda call: {"Group": []}, times=1)
    fake.respond("GetGroups", lambda call: None, times=1)
    with pytest.raises(ParamValidationError, match='Unknown parameter in input: "Group"'):
        client.get_groups()
    with pytest.raises(TypeError, match="a response to GetGroups must be a dict, not None"):
        client.get_groups()
    assert [call.error_code for call in fake.calls] == ["ParamValidationError", "TypeError"]


def test_what_a_callable_raises_reaches_the_caller(front):
    fake, client = front
    fake.respond("GetGroups", lambda call: {}[call.operation])
    with pytest.raises(KeyError, match="GetGroups"):
        client.get_groups()
    assert fake.calls.last.error_code == "KeyError"


def test_responses_and_errors_are_used_in_the_order_in_which_they_were_arranged(front):
    fake, client = front
    fake.respond("GetGroups", {"Groups": [{"GroupName": "first"}]}, times=1)
    fake.inject_error("*", "AccessDenied")
    fake.respond("GetGroups", {"Groups": []})
    assert len(client.get_groups()["Groups"]) == 1
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        client.get_groups()
    assert [client.get_groups()["Groups"] for _ in range(3)] == [[], [], []]


def test_a_response_can_be_restricted(front):
    fake, client = front
    other = fake.client(account_id="111122223333", region_name="eu-west-1")
    fake.respond("GetGroups", {"NextToken": "when"}, when=lambda call: call.parameters.get("NextToken") == "1")
    fake.respond("GetGroups", {"NextToken": "account"}, account_id="111122223333", times=1)
    fake.respond("GetGroups", {"NextToken": "Region"}, region_name="eu-west-1")
    fake.respond("GetGroups", {"NextToken": "else"})
    assert client.get_groups(NextToken="1")["NextToken"] == "when"
    assert [other.get_groups()["NextToken"] for _ in range(2)] == ["account", "Region"]
    assert client.get_groups()["NextToken"] == "else"


def test_invalid_arguments_and_untracked_clients_use_no_response_up(front):
    fake, client = front
    fake.respond("GetGroup", {"Group": {}}, times=1)
    with pytest.raises(ParamValidationError):
        client.get_group(Unknown=1)
    with pytest.raises(client.exceptions.ClientError, match="Group not found"):
        fake.client(tracked=False).get_group(GroupName="x")
    assert client.get_group(GroupName="x")["Group"] == {}
    assert fake._complaints() == []


def test_a_response_that_was_not_used_up_is_a_complaint():
    fake = FakeXRay()
    fake.respond("GetGroups", {})
    fake.respond("get_insight", {}, times=2)
    assert fake._complaints() == ["respond('GetInsight') was not used by any call (times=2)"]


def test_a_response_is_not_changed_by_later_changes_of_the_dict(front):
    fake, client = front
    response = {"Groups": [{"GroupName": "a"}]}
    fake.respond("GetGroups", response)
    response["Groups"].clear()
    first = client.get_groups()
    assert first["Groups"] == [{"GroupName": "a"}]
    first["Groups"].clear()
    assert client.get_groups()["Groups"] == [{"GroupName": "a"}]


def test_paginators_use_canned_responses(front):
    fake, client = front
    fake.respond("GetGroups", {"Groups": [{"GroupName": "a"}], "NextToken": "1"}, times=1)
    fake.respond("GetGroups", {"Groups": [{"GroupName": "b"}]}, when=lambda call: call.parameters == {"NextToken": "1"})
    pages = client.get_paginator("get_groups").paginate()
    assert [group["GroupName"] for page in pages for group in page["Groups"]] == ["a", "b"]


@pytest.mark.parametrize(
    ("operation", "response"),
    [
        ("GetGroups", {"Group": []}),
        ("GetGroups", {"Groups": {}}),
        ("GetGroups", {"Groups": [{"GroupName": 1}]}),
        ("GetInsight", {"Insight": {"StartTime": "noon?"}}),
        ("DeleteGroup", {"Anything": 1}),
        ("GetGroups", {"Groups": None}),
    ],
)
def test_a_response_is_refused_as_stubber_refuses_it(oracle, operation, response):
    method = next(method for method, name in methods().items() if name == operation)
    with pytest.raises(ParamValidationError) as theirs:
        Stubber(oracle.client).add_response(method, response)
    with pytest.raises(ParamValidationError) as ours:
        FakeXRay().respond(operation, response)
    assert str(ours.value) == str(theirs.value)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "text"),
    [
        (("GetGrups", {}), {}, ValueError, r"'GetGrups'; did you mean 'GetGroups'\?"),
        (("*", {}), {}, ValueError, r"not '\*'"),
        (("GetGroups", []), {}, TypeError, r"response must be a dict, not \[\]"),
        (("GetGroups", None), {}, TypeError, "response must be a dict, not None"),
        (
            ("GetGroups", {"ResponseMetadata": {"HostId": "x"}}),
            {},
            ValueError,
            "HTTPHeaders, HTTPStatusCode, RequestId",
        ),
        (("GetGroups", {"ResponseMetadata": {"HTTPStatusCode": 500}}), {}, ValueError, "use FakeXRay.inject_error"),
        (("GetGroups", {}, 1), {}, TypeError, r"by keyword; got \(1,\) more"),
        (("GetGroups", {}), {"times": 0}, ValueError, "times must be a positive int, or None for always, not 0"),
        (("GetGroups", {}), {"when": "now"}, TypeError, "when must be callable with a Call, not 'now'"),
        (("GetGroups", {}), {"region_name": ""}, ValueError, "region_name"),
    ],
)
def test_an_invalid_argument_is_named_with_its_value(arguments, options, error, text):
    with pytest.raises(error, match=text):
        FakeXRay().respond(*arguments, **options)


def test_an_operation_that_is_not_built_advises_a_canned_response(front):
    fake, client = front
    with pytest.raises(NotImplementedError) as caught:
        client.batch_get_traces(TraceIds=[])
    assert str(caught.value) == (
        "fake-xray does not support BatchGetTraces yet; nothing was sent to AWS. Provide a response with "
        'fake.respond("BatchGetTraces", {...}) on the FakeXRay of this test, or let moto handle what fake-xray does '
        'not support with FakeXRay(unsupported="moto").'
    )
    # The advice works, without changing the application or its client.
    fake.respond("BatchGetTraces", {"Traces": []})
    assert client.batch_get_traces(TraceIds=[])["Traces"] == []
