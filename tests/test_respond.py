"""FakeXRay.respond sets canned responses for any operation of the API model, for every kind of client."""

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
def fake_and_client(request):
    with mock_xray(FakeXRay(), real_clients=request.param) as fake:
        client = boto3.client("xray")
        assert isinstance(client, BaseClient) == request.param
        yield fake, client
        fake.reset()


def without_metadata(response):
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 200
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def full(shape, depth=0):
    """Return a value of a shape that has every member."""
    if shape.type_name == "structure":
        names = list(shape.members)[:1] if shape.is_tagged_union else list(shape.members)
        # Some shapes contain themselves, so the depth is limited.
        return {name: full(shape.members[name], depth + 1) for name in names if depth < 9}
    if shape.type_name == "list":
        return [full(shape.member, depth + 1)] * 2
    if shape.type_name == "map":
        return {"key": full(shape.value, depth + 1)}
    values = {"string": "Zürich", "timestamp": NOON, "boolean": True, "double": 0.1, "float": 0.5}
    return values.get(shape.type_name, 7)


@pytest.mark.parametrize("operation", sorted(methods().values()))
def test_a_canned_response_of_any_operation_is_equal_for_fake_and_real_clients(operation):
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
    # Two datetimes are equal if they are the same instant, even in different time zones.
    assert without_metadata(responses[0]) == response


def test_a_canned_response_reaches_the_caller_as_botocore_parses_it(fake_and_client):
    fake, client = fake_and_client
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
    "given",
    [NOON, NOON.astimezone(timezone(timedelta(hours=5))), NOON.timestamp(), NOON.isoformat()],
    ids=["datetime", "datetime in another zone", "seconds", "text"],
)
def test_a_timestamp_in_a_canned_response_can_have_every_type_that_botocore_accepts(fake_and_client, given):
    fake, client = fake_and_client
    fake.respond("GetInsight", {"Insight": {"StartTime": given}})
    assert client.get_insight(InsightId="x" * 36)["Insight"]["StartTime"] == NOON


def test_response_metadata_of_a_canned_response_replaces_the_default(fake_and_client):
    fake, client = fake_and_client
    metadata = {"RequestId": "custom", "HTTPStatusCode": 202, "HTTPHeaders": {"X-Custom": "1"}, "RetryAttempts": 5}
    fake.respond("GetGroups", {"ResponseMetadata": metadata})
    assert client.get_groups()["ResponseMetadata"] == {
        "RequestId": "custom",
        "HTTPStatusCode": 202,
        "HTTPHeaders": {"x-amzn-requestid": "custom", "content-type": "application/json", "x-custom": "1"},
        "RetryAttempts": 0,
    }


def test_a_supported_operation_can_have_a_canned_response(fake_and_client):
    fake, client = fake_and_client
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    fake.respond("ListResourcePolicies", {"ResourcePolicies": []}, times=1)
    assert client.list_resource_policies()["ResourcePolicies"] == []
    assert len(client.list_resource_policies()["ResourcePolicies"]) == 1


def test_a_callable_given_to_respond_receives_the_call_and_returns_the_response(fake_and_client):
    fake, client = fake_and_client
    seen = []

    def respond(call):
        seen.append(call)
        return {"Group": {"GroupName": call.parameters["GroupName"].upper()}}

    fake.respond("GetGroup", respond)
    assert client.get_group(GroupName="a")["Group"] == {"GroupName": "A"}
    assert client.get_group(GroupName="b")["Group"] == {"GroupName": "B"}
    assert seen[0] == Call("GetGroup", {"GroupName": "a"}, "123456789012", "us-east-1", None)
    assert [call.parameters for call in fake.calls] == [{"GroupName": "a"}, {"GroupName": "b"}]


def test_the_response_of_a_callable_given_to_respond_is_validated_at_each_call(fake_and_client):
    fake, client = fake_and_client
    fake.respond("GetGroups", lambda call: {"Group": []}, times=1)
    fake.respond("GetGroups", lambda call: None, times=1)
    with pytest.raises(ParamValidationError, match='Unknown parameter in input: "Group"'):
        client.get_groups()
    with pytest.raises(TypeError, match="a response to GetGroups must be a dict, not None"):
        client.get_groups()
    assert [call.error_code for call in fake.calls] == ["ParamValidationError", "TypeError"]


def test_an_exception_of_a_callable_given_to_respond_reaches_the_caller(fake_and_client):
    fake, client = fake_and_client
    fake.respond("GetGroups", lambda call: {}[call.operation])
    with pytest.raises(KeyError, match="GetGroups"):
        client.get_groups()
    assert fake.calls.last.error_code == "KeyError"


def test_canned_responses_and_injected_errors_are_used_in_the_order_of_their_addition(fake_and_client):
    fake, client = fake_and_client
    fake.respond("GetGroups", {"Groups": [{"GroupName": "first"}]}, times=1)
    fake.inject_error("*", "AccessDenied")
    fake.respond("GetGroups", {"Groups": []})
    assert len(client.get_groups()["Groups"]) == 1
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        client.get_groups()
    assert [client.get_groups()["Groups"] for _ in range(3)] == [[], [], []]


def test_a_canned_response_can_be_restricted_by_when_account_and_region(fake_and_client):
    fake, client = fake_and_client
    other = fake.client(account_id="111122223333", region_name="eu-west-1")
    fake.respond("GetGroups", {"NextToken": "when"}, when=lambda call: call.parameters.get("NextToken") == "1")
    fake.respond("GetGroups", {"NextToken": "account"}, account_id="111122223333", times=1)
    fake.respond("GetGroups", {"NextToken": "Region"}, region_name="eu-west-1")
    fake.respond("GetGroups", {"NextToken": "unrestricted"})
    assert client.get_groups(NextToken="1")["NextToken"] == "when"
    assert [other.get_groups()["NextToken"] for _ in range(2)] == ["account", "Region"]
    assert client.get_groups()["NextToken"] == "unrestricted"


def test_invalid_calls_and_untracked_clients_do_not_use_up_a_canned_response(fake_and_client):
    fake, client = fake_and_client
    fake.respond("GetGroup", {"Group": {}}, times=1)
    with pytest.raises(ParamValidationError):
        client.get_group(Unknown=1)
    with pytest.raises(client.exceptions.ClientError, match="Group not found"):
        fake.client(tracked=False).get_group(GroupName="x")
    assert client.get_group(GroupName="x")["Group"] == {}
    assert fake._complaints() == []


def test_the_strict_check_reports_canned_responses_that_were_not_used_up():
    fake = FakeXRay()
    fake.respond("GetGroups", {})
    fake.respond("get_insight", {}, times=2)
    assert fake._complaints() == ["respond('GetInsight') was not used by any call (times=2)"]


def test_changing_the_dict_given_to_respond_does_not_change_the_canned_response(fake_and_client):
    fake, client = fake_and_client
    response = {"Groups": [{"GroupName": "a"}]}
    fake.respond("GetGroups", response)
    response["Groups"].clear()
    first = client.get_groups()
    assert first["Groups"] == [{"GroupName": "a"}]
    first["Groups"].clear()
    assert client.get_groups()["Groups"] == [{"GroupName": "a"}]


def test_paginators_use_canned_responses(fake_and_client):
    fake, client = fake_and_client
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
        ("GetInsight", {"Insight": {"StartTime": "not a time"}}),
        ("DeleteGroup", {"Anything": 1}),
        ("GetGroups", {"Groups": None}),
    ],
)
def test_an_invalid_canned_response_raises_the_same_error_as_stubber(oracle, operation, response):
    method = next(method for method, name in methods().items() if name == operation)
    with pytest.raises(ParamValidationError) as expected:
        Stubber(oracle.client).add_response(method, response)
    with pytest.raises(ParamValidationError) as caught:
        FakeXRay().respond(operation, response)
    assert str(caught.value) == str(expected.value)


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
        (("GetGroups", {"ResponseMetadata": {"HTTPHeaders": 3}}), {}, TypeError, "HTTPHeaders must be a dict, not 3"),
        (("GetGroups", {"ResponseMetadata": {"HTTPStatusCode": 500}}), {}, ValueError, "use FakeXRay.inject_error"),
        (("GetGroups", {}, 1), {}, TypeError, r"by keyword, not \(1,\)"),
        (("GetGroups", {}), {"times": 0}, ValueError, "times must be a positive int, or None for always, not 0"),
        (("GetGroups", {}), {"when": "now"}, TypeError, "when must be callable with a Call, not 'now'"),
        (("GetGroups", {}), {"region_name": ""}, ValueError, "region_name"),
    ],
)
def test_the_error_for_an_invalid_argument_of_respond_contains_its_value(arguments, options, error, text):
    with pytest.raises(error, match=text):
        FakeXRay().respond(*arguments, **options)


def test_the_error_for_an_unsupported_operation_suggests_a_canned_response(fake_and_client):
    fake, client = fake_and_client
    with pytest.raises(NotImplementedError) as caught:
        client.batch_get_traces(TraceIds=[])
    assert str(caught.value) == (
        "fake-xray does not support BatchGetTraces yet; nothing was sent to AWS. Provide a response with "
        'fake.respond("BatchGetTraces", {...}) on the FakeXRay of this test, or use FakeXRay(unsupported="moto") '
        "to let moto handle the call."
    )
    # The suggestion works, and the application and its client stay the same.
    fake.respond("BatchGetTraces", {"Traces": []})
    assert client.batch_get_traces(TraceIds=[])["Traces"] == []
