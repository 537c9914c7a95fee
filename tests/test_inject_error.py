"""FakeXRay.inject_error: the next calls fail as a test wants them to, through every kind of client."""

import boto3
import botocore.endpoint
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from conftest import SNS_DOCUMENT
from oracle import face

import fake_xray
from fake_xray import FakeXRay, mock_xray

FAILURES = [EndpointConnectionError, ConnectTimeoutError, ConnectionClosedError, ReadTimeoutError]
COMMON = {"AccessDeniedException": 403, "InternalFailure": 500, "ServiceUnavailable": 503}


@pytest.fixture
def fake():
    with mock_xray(real_clients=True) as fake:
        yield fake


@pytest.fixture
def once():
    """A genuine client that retries nothing."""
    return boto3.client("xray", region_name="us-east-1", config=Config(retries={"total_max_attempts": 1}))


def list_with(client):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the caller looks at it
        client.list_resource_policies()
    return caught.value


@pytest.mark.parametrize("code", [*fake_xray.exceptions.__all__, *COMMON])
def test_both_fronts_fail_alike_and_the_next_call_succeeds(fake, once, code):
    faces = []
    for client in (fake.client(), once):
        fake.inject_error("ListResourcePolicies", code, message="no")
        error = list_with(client)
        assert isinstance(error, ClientError)
        assert error.response["Error"] == {"Code": code, "Message": "no"}
        metadata = error.response["ResponseMetadata"]
        del metadata["RequestId"], metadata["HTTPHeaders"]["x-amzn-requestid"]
        # botocore's own word on its retries, of which the fake client has none
        metadata.pop("MaxAttemptsReached", None)
        faces.append(face(type(error)(error.response, error.operation_name)))
        assert client.list_resource_policies()["ResourcePolicies"] == []
    assert faces[0] == faces[1]
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == COMMON.get(code) or code not in COMMON


def test_a_modelled_error_can_be_caught_by_its_class(fake):
    client = fake.client()
    fake.inject_error("PutResourcePolicy", "ThrottledException")
    with pytest.raises(client.exceptions.ThrottledException) as caught:
        client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_botocores_retries_run_and_the_third_attempt_succeeds(fake, monkeypatch):
    slept = []
    monkeypatch.setattr(botocore.endpoint.time, "sleep", slept.append)
    client = boto3.client("xray", region_name="us-east-1", config=Config(retries={"mode": "legacy"}))
    fake.inject_error("PutResourcePolicy", "ThrottledException", times=2)
    answer = client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    assert answer["ResourcePolicy"]["PolicyRevisionId"] == "1"
    assert len(slept) == 2
    assert [call.error_code for call in fake.calls] == ["ThrottledException", "ThrottledException", None]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_connection_failure_is_botocores_own_exception(fake, once, failure):
    for client in (fake.client(), once):
        fake.inject_error("ListResourcePolicies", failure)
        error = list_with(client)
        assert type(error) is failure
        # As botocore's own: it names the URL that was asked for, and has the error behind it.
        assert '"https://xray.us-east-1.amazonaws.com/ListResourcePolicies"' in str(error)
        assert error.kwargs["endpoint_url"] == "https://xray.us-east-1.amazonaws.com/ListResourcePolicies"
        assert isinstance(error.kwargs["error"], ConnectionError)
        assert fake.calls[-1].error_code == failure.__name__
        assert client.list_resource_policies()["ResourcePolicies"] == []


def test_errors_come_in_the_order_in_which_they_were_injected(fake):
    client = fake.client()
    fake.inject_error("ListResourcePolicies", "ThrottledException")
    fake.inject_error("ListResourcePolicies", "InternalFailure", times=2)
    codes = [list_with(client).response["Error"]["Code"] for _ in range(3)]
    assert codes == ["ThrottledException", "InternalFailure", "InternalFailure"]


def test_other_operations_and_invalid_calls_use_none_up(fake):
    client = fake.client()
    fake.inject_error("ListResourcePolicies", "ThrottledException")
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    with pytest.raises(Exception, match="Unknown parameter"):
        client.list_resource_policies(Unknown=1)
    assert list_with(client).response["Error"]["Code"] == "ThrottledException"


def test_they_come_before_what_is_wrong_with_the_request(fake):
    unchecked = boto3.client("xray", config=Config(parameter_validation=False))
    for call in (
        lambda: unchecked.delete_resource_policy(PolicyName=1),
        lambda: fake.client().delete_resource_policy(PolicyName="\ud800"),
        lambda: fake.client().delete_resource_policy(PolicyName="/"),
    ):
        fake.inject_error("DeleteResourcePolicy", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            call()


def test_reset_forgets_them(fake):
    fake.inject_error("ListResourcePolicies", "ThrottledException")
    fake.reset()
    assert fake.client().list_resource_policies()["ResourcePolicies"] == []


def test_the_number_of_times_may_be_large():
    fake = FakeXRay()
    fake.inject_error("ListResourcePolicies", "ThrottledException", times=10**15)
    assert list_with(fake.client()).response["Error"]["Code"] == "ThrottledException"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            ("PutResourcePolcy", "ThrottledException"),
            "operation must be one of PutResourcePolicy, ListResourcePolicies, ",
        ),
        (("GetGroups", "ThrottledException"), "not 'GetGroups'"),
        (("put_resource_policy", "ThrottledException"), "operation must be one of"),
        ((None, "ThrottledException"), "operation must be one of"),
        (("PutResourcePolicy", "Throttled"), "code must be one of AccessDeniedException, "),
        (("PutResourcePolicy", "ValidationException"), "InternalFailure"),
        (("PutResourcePolicy", ValueError), "EndpointConnectionError, ReadTimeoutError of botocore.exceptions"),
        (("PutResourcePolicy", 500), "code must be one of"),
    ],
)
def test_an_unknown_operation_or_code_is_a_value_error_that_lists_the_known(arguments, text):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        FakeXRay().inject_error(*arguments)
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"times": 0}, "times must be a whole number from 1, not 0"),
        ({"times": -1}, "times"),
        ({"times": "2"}, "times"),
        ({"message": 5}, "message must be a str, not 5"),
        ({"code": ReadTimeoutError, "message": "no"}, "message must be left out of a connection failure"),
    ],
)
def test_a_wrong_message_or_number_of_times_is_a_value_error(arguments, text):
    with pytest.raises(ValueError, match=text):
        FakeXRay().inject_error("PutResourcePolicy", **{"code": "ThrottledException", **arguments})
