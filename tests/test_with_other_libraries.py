"""mock_xray together with moto, botocore's Stubber, tracers and other code that patches botocore."""

import functools
import os
import threading
from unittest import mock

import boto3
import botocore.client
import pytest
from botocore.stub import Stubber
from conftest import SNS_DOCUMENT
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from fake_xray import FakeXRay, FakeXRayClient, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


@pytest.fixture(autouse=True)
def own_default_session():
    """Restore boto3's default session, which moto replaces."""
    with mock.patch.object(boto3, "DEFAULT_SESSION", None):
        yield


def put(client, name="p"):
    client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def use_both(fake):
    xray = boto3.client("xray", region_name="us-east-1")
    put(xray)
    assert names(xray) == names(fake.client()) == ["p"]
    sqs = boto3.client("sqs", region_name="us-east-1")
    assert sqs.create_queue(QueueName="q")["QueueUrl"].endswith("/q")


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_mock_xray_works_inside_mock_aws(real_clients):
    with mock_aws(), mock_xray(real_clients=real_clients) as fake:
        use_both(fake)


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_mock_aws_works_inside_mock_xray(real_clients):
    with mock_xray(real_clients=real_clients) as fake, mock_aws():
        use_both(fake)


def test_a_client_created_under_moto_uses_the_fake_inside_the_block_only():
    with mock_aws():
        client = boto3.client("xray", region_name="us-east-1")
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == ["p"]
        moto_response = (200, {}, b'{"ResourcePolicies":[{"PolicyName":"moto"}]}')
        with mock.patch("moto.core.botocore_stubber.BotocoreStubber.process_request", return_value=moto_response):
            assert names(client) == ["moto"]


def test_a_stubber_on_a_real_client_keeps_working():
    with mock_xray(real_clients=True) as fake:
        client = boto3.client("xray")
        with Stubber(client) as stubber:
            stubber.add_response("list_resource_policies", {"ResourcePolicies": [{"PolicyName": "stub"}]})
            stubber.add_client_error("get_groups", "InvalidRequestException")
            assert names(client) == ["stub"]
            with pytest.raises(client.exceptions.InvalidRequestException):
                client.get_groups()
            stubber.assert_no_pending_responses()
        assert names(client) == []
        assert len(fake.calls) == 1


def test_a_stubber_on_a_client_of_another_service_keeps_working():
    with mock_xray():
        sqs = boto3.client("sqs", region_name="us-east-1")
        with Stubber(sqs) as stubber:
            stubber.add_response("list_queues", {"QueueUrls": ["q"]})
            assert sqs.list_queues()["QueueUrls"] == ["q"]


def test_a_patch_of_boto3_client_outside_the_block_stays_active():
    with mock.patch("boto3.client", return_value="patched"):
        with mock_xray():
            assert boto3.client("xray") == "patched"
        assert boto3.client("xray") == "patched"


class Proxy:
    """A proxy that is equal to the function that it wraps. Tracers patch botocore with such proxies, from wrapt."""

    def __init__(self, function, seen):
        self.function = function
        self.seen = seen

    def __hash__(self):
        return hash(self.function)

    def __eq__(self, other):
        return self.function == other

    def __get__(self, instance, owner):
        return self if instance is None else functools.partial(self, instance)

    def __call__(self, client, operation, parameters):
        self.seen.append(operation)
        return self.function(client, operation, parameters)


def test_a_tracer_installed_after_an_earlier_block_sees_calls_to_other_services():
    with mock_xray():
        pass
    original = botocore.client.BaseClient._make_api_call
    for is_traced in (True, False):
        seen = []
        method = Proxy(original, seen) if is_traced else original
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", method), mock_xray(), mock_aws():
            boto3.client("logs", region_name="us-east-1").describe_log_groups()
        assert seen == ["DescribeLogGroups"] * is_traced


def test_a_new_block_patches_a_method_that_other_code_has_restored():
    client = boto3.client("xray", region_name="us-east-1")
    original = botocore.client.BaseClient._make_api_call
    older, newer = mock_xray(), mock_xray()
    older.__enter__()
    botocore.client.BaseClient._make_api_call = original
    fake = newer.__enter__()
    older.__exit__(None, None, None)
    put(client)
    assert names(fake.client()) == ["p"]
    newer.__exit__(None, None, None)
    assert botocore.client.BaseClient._make_api_call is original


def test_threads_with_separate_fakes_do_not_share_state():
    both_put = threading.Barrier(2)
    seen = {}

    def work(name):
        client = FakeXRay().client()
        put(client, name)
        both_put.wait(10)
        seen[name] = names(client)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"a": ["a"], "b": ["b"]}


def test_the_default_session_and_the_environment_are_not_changed():
    boto3.setup_default_session(region_name="eu-west-1")
    session, environment = boto3.DEFAULT_SESSION, dict(os.environ)
    with mock_xray(real_clients=True):
        assert boto3.client("xray").meta.region_name == "eu-west-1"
        assert boto3.DEFAULT_SESSION is session
    assert boto3.DEFAULT_SESSION is session
    assert dict(os.environ) == environment


@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_an_unsupported_operation_of_a_new_client_sends_nothing(real_clients):
    earlier_client = boto3.client("xray", region_name="us-east-1")
    with mock_xray(real_clients=real_clients) as fake:
        for client in (earlier_client, boto3.client("xray")):
            with pytest.raises(NotImplementedError, match=r"BatchGetTraces .*nothing was sent"):
                client.batch_get_traces(TraceIds=[])
            with pytest.raises(NotImplementedError, match=r"PutTraceSegments .*nothing was sent"):
                client.put_trace_segments(TraceSegmentDocuments=["{}"])
        assert {call.error_code for call in fake.calls} == {"NotImplementedError"}
        assert len(fake.calls) == 4


def test_new_clients_are_fake_clients_by_default():
    with mock_xray():
        assert isinstance(boto3.client("xray"), FakeXRayClient)


def unwrap(owner, name):
    """Remove the patch of a method as tracers do."""
    function = getattr(owner, name)
    if hasattr(function, "__wrapped__"):
        setattr(owner, name, function.__wrapped__)


@pytest.mark.parametrize("is_traced_before", [False, True], ids=["traced inside", "traced before"])
def test_no_request_is_sent_after_a_tracer_unpatches_inside_a_block(is_traced_before):
    client = boto3.client("xray", "us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")
    method = botocore.client.BaseClient._make_api_call

    @functools.wraps(method)
    def traced(self, *args):
        return method(self, *args)

    replaced = traced if is_traced_before else method
    with mock.patch.object(botocore.client.BaseClient, "_make_api_call", replaced), mock_xray() as fake:
        for owner, name in (
            (botocore.client.BaseClient, "_make_api_call"),
            (botocore.session.Session, "create_client"),
            (botocore.session.Session, "__init__"),
            (BotocoreStubber, "__call__"),
        ):
            assert not hasattr(getattr(owner, name), "__wrapped__")
            unwrap(owner, name)
        put(client)
        assert isinstance(boto3.client("xray"), FakeXRayClient)
        assert names(fake.client()) == ["p"]
