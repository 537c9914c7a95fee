"""mock_xray beside moto, Stubber and other people's patches: X-Ray is ours, the rest is theirs."""

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

from fake_xray import FakeXRay, FakeXRayClient, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray is for the whole process")


@pytest.fixture(autouse=True)
def own_default_session():
    """Put back boto3's default session: moto replaces it."""
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


@pytest.mark.parametrize("real_clients", [False, True])
def test_moto_around(real_clients):
    with mock_aws(), mock_xray(real_clients=real_clients) as fake:
        use_both(fake)


@pytest.mark.parametrize("real_clients", [False, True])
def test_moto_inside(real_clients):
    with mock_xray(real_clients=real_clients) as fake, mock_aws():
        use_both(fake)


def test_a_client_made_under_moto_is_ours_in_the_block_and_motos_after_it():
    with mock_aws():
        client = boto3.client("xray", region_name="us-east-1")
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == ["p"]
        motos = (200, {}, b'{"ResourcePolicies":[{"PolicyName":"moto"}]}')
        with mock.patch("moto.core.botocore_stubber.BotocoreStubber.process_request", return_value=motos):
            assert names(client) == ["moto"]


def test_a_stubber_on_a_genuine_client_keeps_working():
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


def test_a_patch_of_boto3_client_around_it_is_not_undone():
    with mock.patch("boto3.client", return_value="theirs"):
        with mock_xray():
            assert boto3.client("xray") == "theirs"
        assert boto3.client("xray") == "theirs"


class Proxy:
    """Equal to the function that it goes around, as the proxies of wrapt are, with which tracers patch botocore."""

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


def test_a_tracer_put_on_after_an_earlier_block_sees_other_services():
    with mock_xray():
        pass
    genuine = botocore.client.BaseClient._make_api_call
    for is_traced in (True, False):
        seen = []
        method = Proxy(genuine, seen) if is_traced else genuine
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", method), mock_xray(), mock_aws():
            boto3.client("logs", region_name="us-east-1").describe_log_groups()
        assert seen == ["DescribeLogGroups"] * is_traced


def test_a_block_covers_what_somebody_uncovered_before_it_though_an_older_one_ends_first():
    client = boto3.client("xray", region_name="us-east-1")
    genuine = botocore.client.BaseClient._make_api_call
    older, newer = mock_xray(), mock_xray()
    older.__enter__()
    botocore.client.BaseClient._make_api_call = genuine
    fake = newer.__enter__()
    older.__exit__(None, None, None)
    put(client)
    assert names(fake.client()) == ["p"]
    newer.__exit__(None, None, None)
    assert botocore.client.BaseClient._make_api_call is genuine


def test_threads_with_fakes_of_their_own_do_not_see_each_other():
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


def test_boto3s_default_session_and_the_environment_are_left_alone():
    boto3.setup_default_session(region_name="eu-west-1")
    session, environment = boto3.DEFAULT_SESSION, dict(os.environ)
    with mock_xray(real_clients=True):
        assert boto3.client("xray").meta.region_name == "eu-west-1"
        assert boto3.DEFAULT_SESSION is session
    assert boto3.DEFAULT_SESSION is session
    assert dict(os.environ) == environment


@pytest.mark.parametrize("real_clients", [False, True])
def test_an_operation_that_is_not_built_sends_nothing(real_clients):
    before = boto3.client("xray", region_name="us-east-1")
    with mock_xray(real_clients=real_clients) as fake:
        for client in (before, boto3.client("xray")):
            with pytest.raises(NotImplementedError, match=r"BatchGetTraces .*nothing was sent"):
                client.batch_get_traces(TraceIds=[])
            with pytest.raises(NotImplementedError, match=r"PutTraceSegments .*nothing was sent"):
                client.put_trace_segments(TraceSegmentDocuments=["{}"])
        assert {call.error_code for call in fake.calls} == {"NotImplementedError"}
        assert len(fake.calls) == 4


def test_new_clients_are_fakes_unless_genuine_ones_are_asked_for():
    with mock_xray():
        assert isinstance(boto3.client("xray"), FakeXRayClient)
