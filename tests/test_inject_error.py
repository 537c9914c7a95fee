"""FakeXRay.inject_error makes calls fail, through every kind of client."""

import boto3
import botocore.endpoint
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ParamValidationError,
    ReadTimeoutError,
)
from conftest import SNS_DOCUMENT
from oracle import describe

import fake_xray
from fake_xray import Call, FakeXRay, mock_xray

FAILURES = [EndpointConnectionError, ConnectTimeoutError, ConnectionClosedError, ReadTimeoutError]
# The HTTP statuses that AWS documents on its page "Common Errors".
DOCUMENTED_STATUSES = {
    "AccessDeniedException": 403,
    "ExpiredTokenException": 403,
    "IncompleteSignature": 403,
    "InternalFailure": 500,
    "MalformedHttpRequestException": 400,
    "NotAuthorized": 401,
    "OptInRequired": 403,
    "RequestAbortedException": 400,
    "RequestEntityTooLargeException": 413,
    "RequestExpired": 400,
    "RequestTimeoutException": 408,
    "ServiceUnavailable": 503,
    "ThrottlingException": 400,
    "UnknownOperationException": 404,
    "UnrecognizedClientException": 403,
    "ValidationError": 400,
}
# The HTTP statuses that AWS does not document for X-Ray. docs/fidelity.md marks them as assumed.
ASSUMED_STATUSES = {
    "AccessDenied": 403,
    "ExpiredToken": 403,
    "InternalError": 500,
    "InternalServerError": 500,
    "InternalServerException": 500,
    "InternalServiceError": 500,
    "InvalidClientTokenId": 403,
    "InvalidSignatureException": 403,
    "LimitExceededException": 400,
    "MissingAuthenticationToken": 403,
    "PriorRequestNotComplete": 400,
    "RequestLimitExceeded": 503,
    "RequestThrottled": 400,
    "RequestThrottledException": 400,
    "RequestTimeout": 408,
    "SerializationException": 400,
    "ServiceException": 500,
    "ServiceUnavailableException": 503,
    "SignatureDoesNotMatch": 403,
    "SlowDown": 503,
    "Throttling": 400,
    "TooManyRequestsException": 429,
    "UnauthorizedOperation": 403,
    "SomethingElseEntirely": 400,
    "a.b-c_d": 400,
}


@pytest.fixture
def fake():
    with mock_xray(FakeXRay(), real_clients=True) as fake:
        yield fake
        fake.reset()


@pytest.fixture
def real_client():
    """Return a real client that does not retry."""
    return boto3.client("xray", region_name="us-east-1", config=Config(retries={"total_max_attempts": 1}))


def error_of(client):
    """Call ListResourcePolicies, and return the exception that it raises."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the caller checks the exception
        client.list_resource_policies()
    return caught.value


def code_of(client):
    return error_of(client).response["Error"]["Code"]


def status_of(client):
    return error_of(client).response["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize(
    "code", [*fake_xray.exceptions.__all__, *DOCUMENTED_STATUSES, *ASSUMED_STATUSES, "ValidationException"]
)
def test_inject_error_has_the_same_result_for_fake_and_real_clients(fake, real_client, code):
    descriptions = []
    for client in (fake.client(), real_client):
        fake.inject_error("ListResourcePolicies", code, message="no")
        error = error_of(client)
        assert isinstance(error, ClientError)
        assert error.response["Error"] == {"Code": code, "Message": "no"}
        metadata = error.response["ResponseMetadata"]
        del metadata["RequestId"], metadata["HTTPHeaders"]["x-amzn-requestid"]
        # botocore adds this member because the real client has used all its attempts. A FakeXRayClient never retries.
        metadata.pop("MaxAttemptsReached", None)
        descriptions.append(describe(type(error)(error.response, error.operation_name)))
        assert fake.calls.last.error_code == code
        assert client.list_resource_policies()["ResourcePolicies"] == []
    assert descriptions[0] == descriptions[1]


def test_inject_error_uses_the_status_of_the_model(fake):
    client = fake.client()
    modelled = client.meta.service_model.error_shapes
    assert len(modelled) >= 10
    for shape in modelled:
        fake.inject_error("ListResourcePolicies", shape.error_code)
        assert status_of(client) == shape.metadata.get("error", {}).get("httpStatusCode", 400), shape.error_code


@pytest.mark.parametrize(("code", "status"), DOCUMENTED_STATUSES.items())
def test_inject_error_uses_the_documented_status_of_common_errors(fake, code, status):
    fake.inject_error("ListResourcePolicies", code)
    assert status_of(fake.client()) == status


@pytest.mark.parametrize(("code", "status"), ASSUMED_STATUSES.items())
def test_inject_error_uses_the_assumed_status_of_other_codes(fake, code, status):
    fake.inject_error("ListResourcePolicies", code)
    assert status_of(fake.client()) == status


@pytest.mark.parametrize("status", [400, 418, 503, 599])
def test_inject_error_accepts_any_status_of_an_error(fake, real_client, status):
    for client in (fake.client(), real_client):
        for code in ("ThrottledException", "UnknownCode"):
            fake.inject_error("ListResourcePolicies", code, status=status)
            error = error_of(client)
            assert error.response["Error"]["Code"] == code
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_an_injected_error_of_the_api_model_can_be_caught_by_its_class(fake):
    client = fake.client()
    fake.inject_error("PutResourcePolicy", "ThrottledException")
    with pytest.raises(client.exceptions.ThrottledException) as caught:
        client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_a_real_client_retries_after_two_injected_errors_and_succeeds(fake, monkeypatch):
    delays = []
    monkeypatch.setattr(botocore.endpoint.time, "sleep", delays.append)
    client = boto3.client("xray", region_name="us-east-1", config=Config(retries={"mode": "legacy"}))
    fake.inject_error("PutResourcePolicy", "ThrottledException", times=2)
    response = client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    assert response["ResponseMetadata"]["RetryAttempts"] == 2
    assert response["ResourcePolicy"]["PolicyRevisionId"] == "1"
    assert len(delays) == 2
    assert [call.error_code for call in fake.calls] == ["ThrottledException", "ThrottledException", None]


@pytest.mark.parametrize("failure", FAILURES)
def test_an_injected_connection_failure_is_an_exception_of_botocore(fake, real_client, failure):
    for client in (fake.client(), real_client):
        fake.inject_error("ListResourcePolicies", failure)
        error = error_of(client)
        assert type(error) is failure
        # As in production, the exception contains the URL of the request and the underlying error.
        assert '"https://xray.us-east-1.amazonaws.com/ListResourcePolicies"' in str(error)
        assert error.kwargs["endpoint_url"] == "https://xray.us-east-1.amazonaws.com/ListResourcePolicies"
        assert isinstance(error.kwargs["error"], ConnectionError)
        assert fake.calls[-1].error_code == failure.__name__
        assert client.list_resource_policies()["ResourcePolicies"] == []


def test_injected_errors_are_raised_in_the_order_of_their_injection(fake):
    client = fake.client()
    fake.inject_error("ListResourcePolicies", "ThrottledException")
    fake.inject_error("*", "InternalFailure", times=2)
    assert [code_of(client) for _ in range(3)] == ["ThrottledException", "InternalFailure", "InternalFailure"]


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_other_operations_and_invalid_calls_do_not_use_up_an_injected_error(fake, real_client, real):
    client = real_client if real else fake.client()
    fake.inject_error("ListResourcePolicies", "ThrottledException")
    client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
    with pytest.raises(ParamValidationError, match="Unknown parameter"):
        client.list_resource_policies(Unknown=1)
    fake.inject_error("BatchGetTraces", "ThrottledException")
    with pytest.raises(ParamValidationError, match="Unknown parameter"):
        client.batch_get_traces(Unknown=1)
    assert fake.calls.last.error_code == "ParamValidationError"
    for method, arguments in ((client.list_resource_policies, {}), (client.batch_get_traces, {"TraceIds": []})):
        with pytest.raises(ClientError, match="ThrottledException"):
            method(**arguments)


def test_an_injected_error_takes_precedence_over_errors_of_the_request(fake):
    unvalidated = boto3.client("xray", config=Config(parameter_validation=False))
    for call in (
        lambda: unvalidated.delete_resource_policy(PolicyName=1),
        lambda: fake.client().delete_resource_policy(PolicyName="\ud800"),
        lambda: fake.client().delete_resource_policy(PolicyName="/"),
    ):
        fake.inject_error("DeleteResourcePolicy", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            call()


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_inject_error_with_times_none_makes_every_call_fail(fake, real_client, real):
    client = real_client if real else fake.client()
    fake.inject_error("ListResourcePolicies", "ThrottledException", times=None)
    assert [code_of(client) for _ in range(5)] == ["ThrottledException"] * 5
    fake.reset()
    assert client.list_resource_policies()["ResourcePolicies"] == []


def test_reset_removes_injected_errors(fake):
    fake.inject_error("ListResourcePolicies", "ThrottledException")
    fake.reset()
    assert fake.client().list_resource_policies()["ResourcePolicies"] == []


def test_inject_error_accepts_a_large_number_of_times():
    fake = FakeXRay()
    fake.inject_error("ListResourcePolicies", "ThrottledException", times=10**15)
    assert code_of(fake.client()) == "ThrottledException"


@pytest.mark.parametrize("spelling", ["ListResourcePolicies", "list_resource_policies", "*"])
def test_inject_error_accepts_operation_names_method_names_and_the_wildcard(fake, real_client, spelling):
    for client in (fake.client(), real_client):
        fake.inject_error(spelling, "ExpiredTokenException")
        assert code_of(client) == "ExpiredTokenException"


@pytest.mark.parametrize("operation", ["GetServiceGraph", "get_service_graph", "*"])
@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_errors_can_be_injected_into_unsupported_operations(fake, real_client, operation, real):
    client = real_client if real else fake.client()
    fake.inject_error(operation, "ThrottledException")
    with pytest.raises(client.exceptions.ThrottledException):
        client.get_service_graph(StartTime=0, EndTime=1)
    with pytest.raises(NotImplementedError):
        client.get_service_graph(StartTime=0, EndTime=1)
    assert [call.error_code for call in fake.calls] == ["ThrottledException", "NotImplementedError"]


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_an_injected_error_can_be_restricted_to_an_account_or_a_region(real):
    with mock_xray(FakeXRay(accounts={"other": "111122223333"}), real_clients=real) as fake:

        def client(region_name, key):
            return boto3.client("xray", region_name, aws_access_key_id=key, aws_secret_access_key="secret")

        fake.inject_error("*", "ThrottlingException", status=404, times=None, region_name="eu-west-1")
        fake.inject_error("*", "AccessDenied", times=None, account_id="111122223333")
        assert code_of(client("eu-west-1", "key")) == "ThrottlingException"
        assert code_of(client("us-east-1", "other")) == "AccessDenied"
        assert client("us-east-1", "key").list_resource_policies()["ResourcePolicies"] == []


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_the_when_function_receives_the_call_and_decides_whether_it_fails(fake, real_client, real):
    client = real_client if real else fake.client()
    seen = []

    def is_second(call):
        seen.append(call)
        return call.parameters["PolicyName"] == "second"

    fake.inject_error("DeleteResourcePolicy", "AccessDeniedException", when=is_second)
    codes = []
    for name in ("first", "second", "second"):
        with pytest.raises(ClientError) as caught:
            client.delete_resource_policy(PolicyName=name)
        codes.append(caught.value.response["Error"]["Code"])
    assert codes == ["InvalidRequestException", "AccessDeniedException", "InvalidRequestException"]
    assert seen == [
        Call("DeleteResourcePolicy", {"PolicyName": name}, "123456789012", "us-east-1", None)
        for name in ("first", "second")
    ]


def test_an_injected_error_that_does_not_match_a_call_is_skipped(fake):
    client = fake.client()
    fake.inject_error("*", "InternalFailure", when=lambda call: False)
    fake.inject_error("*", "ThrottledException")
    assert code_of(client) == "ThrottledException"


def test_the_when_function_can_use_the_fake(fake):
    client = fake.client()

    def after_two_calls(call):
        fake.client(tracked=False).list_resource_policies()
        return len(fake.calls) >= 2

    fake.inject_error("*", "ThrottledException", when=after_two_calls)
    client.list_resource_policies()
    client.list_resource_policies()
    assert code_of(client) == "ThrottledException"


@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_an_exception_of_the_when_function_reaches_the_caller(fake, real_client, real):
    client = real_client if real else fake.client()
    fake.inject_error("*", "ThrottledException", when=lambda call: call.parameters["PolicyName"])
    with pytest.raises(KeyError, match="PolicyName"):
        client.list_resource_policies()
    assert fake.calls.last.error_code == "KeyError"


def test_an_untracked_client_does_not_use_up_an_injected_error(fake):
    fake.inject_error("*", "ThrottledException")
    assert fake.client(tracked=False).list_resource_policies()["ResourcePolicies"] == []
    assert code_of(fake.client()) == "ThrottledException"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("PutResourcePolcy", "ThrottledException"), "'PutResourcePolcy'; did you mean 'PutResourcePolicy'?"),
        (("put_resource_polcy", "ThrottledException"), "did you mean 'put_resource_policy'?"),
        (("getgroups", "ThrottledException"), "did you mean 'GetGroups'?"),
        (("?", "ThrottledException"), "operation must be an operation of X-Ray, such as"),
        ((None, "ThrottledException"), 'or "*" for all, not None'),
        (
            ("PutResourcePolicy", "ThrottlingExceptio"),
            "did you mean 'ThrottlingException'? To use 'ThrottlingExceptio'",
        ),
        (("PutResourcePolicy", "throttledexception"), "did you mean 'ThrottledException'?"),
        (("PutResourcePolicy", ""), "code must be an AWS error code"),
        (("PutResourcePolicy", "no\nheader"), "code must be an AWS error code"),
        (("PutResourcePolicy", ValueError), "EndpointConnectionError, ReadTimeoutError of botocore.exceptions"),
        (("PutResourcePolicy", 500), "code must be an AWS error code, such as 'ThrottledException'"),
    ],
)
def test_inject_error_raises_value_error_for_an_unknown_operation_or_code(arguments, text):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        FakeXRay().inject_error(*arguments)
    assert text in str(caught.value)


def test_inject_error_accepts_a_code_that_looks_misspelled_if_a_status_is_given(fake):
    fake.inject_error("ListResourcePolicies", "ThrottlingExceptio", status=400)
    assert code_of(fake.client()) == "ThrottlingExceptio"


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"times": 0}, ValueError, "times must be a positive int, or None for always, not 0"),
        ({"times": -1}, ValueError, "times"),
        ({"times": "2"}, ValueError, "times"),
        ({"times": True}, ValueError, "times"),
        ({"message": 5}, ValueError, "message must be a str, not 5"),
        ({"status": 200}, ValueError, "status must be an int from 400 to 599, not 200"),
        ({"status": 600}, ValueError, "status"),
        ({"status": "500"}, ValueError, "status"),
        ({"when": 1}, TypeError, "when must be callable with a Call, not 1"),
        ({"region_name": ""}, ValueError, "region_name"),
        ({"account_id": "1"}, ValueError, "account_id must be twelve digits"),
        ({"code": ReadTimeoutError, "message": "no"}, ValueError, "message must be left out for ReadTimeoutError"),
        ({"code": ReadTimeoutError, "status": 500}, ValueError, "status must be left out for ReadTimeoutError"),
    ],
)
def test_an_invalid_argument_of_inject_error_is_reported_with_its_value_and_injects_nothing(arguments, error, text):
    fake = FakeXRay()
    with pytest.raises(error, match=text) as caught:
        fake.inject_error("ListResourcePolicies", **{"code": "ThrottledException", **arguments})
    assert not hasattr(caught.value, "__notes__")
    assert fake.client().list_resource_policies()["ResourcePolicies"] == []


def test_inject_error_raises_type_error_for_too_many_positional_arguments():
    with pytest.raises(TypeError, match=r"pass the other arguments by keyword, not \('no',\)"):
        FakeXRay().inject_error("ListResourcePolicies", "ThrottledException", "no")
