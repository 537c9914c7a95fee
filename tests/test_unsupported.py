"""With FakeXRay(unsupported="moto"), moto handles operations that the fake does not support."""

import json
import sys
import time

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ParamValidationError
from conftest import SNS_DOCUMENT, needs_current_model
from moto import mock_aws

from fake_xray import FakeXRay, mock_xray

try:
    # Import it here: it imports the X-Ray SDK, which opens a socket, and tests must not open any.
    import moto.xray as moto_xray
    from aws_xray_sdk.core import xray_recorder

    # Otherwise Python reports the socket as unclosed when it exits.
    xray_recorder.emitter._socket.close()
except ModuleNotFoundError:
    moto_xray = None


@pytest.fixture(params=[False, True], ids=["fake client", "real client"])
def fake_and_client(request):
    with mock_xray(FakeXRay(unsupported="moto"), real_clients=request.param) as fake:
        client = boto3.client("xray")
        assert isinstance(client, BaseClient) == request.param
        yield fake, client
        fake.reset()


@pytest.fixture
def moto_has_xray():
    """Skip the test if moto was installed without its X-Ray."""
    if moto_xray is None:
        pytest.skip("moto supports X-Ray only if moto[xray] is installed")


def segment():
    now = int(time.time())
    segment = {"name": "checkout", "id": "70de5b6f19ff9a0a", "start_time": now - 1, "end_time": now}
    return json.dumps({**segment, "trace_id": f"1-{now:x}-a006649127e371903a2de979"})


def store_and_find(client):
    put = client.put_trace_segments(TraceSegmentDocuments=[segment()])
    assert put["UnprocessedTraceSegments"] == []
    assert put["ResponseMetadata"]["RetryAttempts"] == 0
    now = time.time()
    return client.get_trace_summaries(StartTime=now - 60, EndTime=now + 60)["TraceSummaries"]


@pytest.mark.parametrize("inside", [True, False], ids=["fake inside moto", "moto inside fake"])
@pytest.mark.parametrize("real", [False, True], ids=["fake client", "real client"])
def test_unsupported_moto_lets_moto_handle_unsupported_operations(moto_has_xray, inside, real):
    fake = FakeXRay(unsupported="moto")
    blocks = [mock_xray(fake, real_clients=real), mock_aws()]
    with blocks[inside], blocks[not inside]:
        client = boto3.client("xray", "us-east-1")
        assert len(store_and_find(client)) == 1
        # The fake still handles the operations that it supports.
        client.put_resource_policy(PolicyName="p", PolicyDocument=SNS_DOCUMENT)
        assert list(fake.policies) == ["p"]
    assert [(call.operation, call.error_code) for call in fake.calls] == [
        ("PutTraceSegments", None),
        ("GetTraceSummaries", None),
        ("PutResourcePolicy", None),
    ]
    assert fake._complaints() == []


def test_fake_and_real_clients_share_the_state_of_moto_per_account_and_region(moto_has_xray):
    fake = FakeXRay(unsupported="moto", accounts={"AKIDOTHER": "111122223333"})
    with mock_aws(), mock_xray(fake, real_clients=True):
        real = boto3.client("xray", "us-east-1")
        other_account = boto3.client("xray", "us-east-1", aws_access_key_id="AKIDOTHER", aws_secret_access_key="secret")
        assert len(store_and_find(real)) == 1
        now = time.time()
        period = {"StartTime": now - 60, "EndTime": now + 60}
        assert len(fake.client().get_trace_summaries(**period)["TraceSummaries"]) == 1
        for client in (other_account, fake.client(account_id="111122223333"), fake.client(region_name="eu-west-1")):
            assert client.get_trace_summaries(**period)["TraceSummaries"] == []


def test_a_client_outside_of_blocks_also_passes_calls_to_moto(moto_has_xray):
    with mock_aws():
        assert len(store_and_find(FakeXRay(unsupported="moto").client())) == 1


def test_an_error_of_moto_is_raised_and_logged(moto_has_xray, fake_and_client, monkeypatch):
    fake, client = fake_and_client
    with mock_aws():
        response = (400, {"x-amzn-errortype": "InvalidRequestException"}, '{"Message": "rejected by moto"}')
        monkeypatch.setattr("moto.core.botocore_stubber.BotocoreStubber.process_request", lambda *_: response)
        with pytest.raises(client.exceptions.InvalidRequestException, match="rejected by moto") as caught:
            client.get_trace_graph(TraceIds=[])
    assert caught.value.response["Message"] == "rejected by moto"
    assert fake.calls.last.error_code == "InvalidRequestException"


@needs_current_model
@pytest.mark.parametrize("response", [None, (404, {}, "Not yet implemented")])
def test_an_operation_that_moto_does_not_support_either_raises_not_implemented_error(
    fake_and_client, response, monkeypatch
):
    fake, client = fake_and_client
    with mock_aws():
        monkeypatch.setattr("moto.core.botocore_stubber.BotocoreStubber.process_request", lambda *_: response)
        with pytest.raises(NotImplementedError, match=r"StartTraceRetrieval yet \(moto does not support it either\)"):
            client.start_trace_retrieval(TraceIds=[], StartTime=0, EndTime=1)
    assert fake.calls.last.error_code == "NotImplementedError"


def test_the_error_of_an_unsupported_operation_says_that_moto_is_not_active(fake_and_client):
    _, client = fake_and_client
    with pytest.raises(
        NotImplementedError, match=r"PutTraceSegments yet \(moto is not active here: start its mock_aws\)"
    ):
        client.put_trace_segments(TraceSegmentDocuments=["{}"])


def test_the_error_of_an_unsupported_operation_says_that_moto_xray_is_not_installed(fake_and_client, monkeypatch):
    _, client = fake_and_client
    for name in [name for name in sys.modules if name.split(".")[0] == "moto" and name.startswith("moto.xray")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "aws_xray_sdk", None)
    monkeypatch.setitem(sys.modules, "aws_xray_sdk.core", None)
    with mock_aws(), pytest.raises(NotImplementedError, match=r"cannot be imported: .*; install moto\[xray\]"):
        client.put_trace_segments(TraceSegmentDocuments=["{}"])


def test_by_default_moto_does_not_handle_unsupported_operations():
    error = pytest.raises(NotImplementedError, match='unsupported="moto"')
    with mock_aws(), mock_xray(FakeXRay(), strict=False), error:
        boto3.client("xray", "us-east-1").put_trace_segments(TraceSegmentDocuments=["{}"])


def test_parameter_validation_and_canned_responses_take_precedence_over_moto(fake_and_client):
    fake, client = fake_and_client
    with mock_aws():
        with pytest.raises(ParamValidationError):
            client.put_trace_segments(TraceSegmentDocuments="{}")
        fake.respond("PutTraceSegments", {"UnprocessedTraceSegments": [{"Id": "x"}]})
        response = client.put_trace_segments(TraceSegmentDocuments=["{}"])
    assert response["UnprocessedTraceSegments"] == [{"Id": "x"}]


@pytest.mark.parametrize("unsupported", ["raise", type(None), 1])
def test_the_argument_unsupported_must_be_error_or_moto(unsupported):
    with pytest.raises(ValueError, match="unsupported must be 'error' or 'moto', not "):
        FakeXRay(unsupported=unsupported)


def test_the_marker_can_let_moto_handle_unsupported_operations(moto_has_xray, pytester):
    pytester.makepyfile(
        """
        import boto3
        import pytest
        from moto import mock_aws

        @mock_aws
        @pytest.mark.fake_xray(unsupported="moto")
        def test_telemetry(fake_xray):
            client = boto3.client("xray", "us-east-1")
            (rejected,) = client.put_trace_segments(TraceSegmentDocuments=["{}"])["UnprocessedTraceSegments"]
            assert fake_xray.calls.last.operation == "PutTraceSegments"
        """
    )
    pytester.runpytest().assert_outcomes(passed=1)
