"""mock_xray: every boto3 X-Ray client of the process is answered by the fake; everything else passes untouched."""

import asyncio
import contextlib
import inspect
import socket
import threading
import unittest
from unittest import mock

import boto3
import botocore.client
import botocore.session
import pytest
from botocore.config import Config
from conftest import SNS_DOCUMENT

from fake_xray import FakeXRay, FakeXRayClient, mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray is for the whole process")


def put(client, name="p"):
    client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def genuine_client(region_name="us-east-1", **kwargs):
    return boto3.session.Session().client("xray", region_name=region_name, **kwargs)


METHODS = [
    (botocore.session.Session, "__init__"),
    (botocore.session.Session, "create_client"),
    (botocore.client.BaseClient, "_make_api_call"),
]
UNTOUCHED = [inspect.getattr_static(*method) for method in METHODS]


def is_untouched():
    return [inspect.getattr_static(*method) for method in METHODS] == UNTOUCHED


@pytest.fixture(autouse=True)
def botocore_is_untouched_before_and_after():
    assert is_untouched()
    yield
    assert is_untouched()


def test_the_suite_runs_without_sockets():
    with pytest.raises(RuntimeError), pytest.warns(UserWarning, match="socket"):
        socket.socket(socket.AF_INET)


class TestNewClients:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: boto3.client("xray"),
            lambda: boto3.Session().client("xray"),
            lambda: boto3.Session(aws_access_key_id="key", aws_secret_access_key="secret").client("xray"),
            lambda: botocore.session.Session().create_client("xray"),
            lambda: botocore.session.get_session().create_client(service_name="xray"),
        ],
    )
    def test_however_they_are_made_they_are_fakes(self, make):
        with mock_xray() as fake:
            client = make()
            assert isinstance(client, FakeXRayClient)
            put(client)
            assert names(fake.client()) == ["p"]

    def test_a_missing_region_is_the_fakes(self):
        with mock_xray(FakeXRay(region_name="eu-west-2")):
            assert boto3.client("xray").meta.region_name == "eu-west-2"

    @pytest.mark.parametrize(
        "make",
        [
            lambda: boto3.client("xray", region_name="sa-east-1"),
            lambda: boto3.client("xray", config=Config(region_name="sa-east-1")),
            lambda: boto3.Session(region_name="sa-east-1").client("xray"),
            lambda: session_with_default_config(Config(region_name="sa-east-1")).create_client("xray"),
            lambda: botocore.session.Session().create_client("xray", "sa-east-1", None, True),
            lambda: botocore.session.Session().create_client(
                "xray", None, None, True, None, None, None, None, None, Config(region_name="sa-east-1")
            ),
        ],
    )
    def test_a_named_region_is_the_clients(self, make):
        with mock_xray():
            assert make().meta.region_name == "sa-east-1"

    def test_a_region_in_the_environment_is_the_clients(self, monkeypatch):
        monkeypatch.setenv("AWS_DEFAULT_REGION", "ca-central-1")
        with mock_xray():
            assert boto3.Session().client("xray").meta.region_name == "ca-central-1"

    def test_a_missing_profile_does_not_matter_to_a_session_of_botocore(self, monkeypatch):
        monkeypatch.setenv("AWS_PROFILE", "missing")
        with mock_xray():
            assert botocore.session.Session().create_client("xray").meta.region_name == "us-east-1"

    def test_a_client_that_the_application_keeps_is_answered_by_whoever_is_active(self):
        with mock_xray() as first:
            client = boto3.client("xray")
            put(client, "first")
        with mock_xray() as second:
            assert names(client) == []
            put(client, "second")
        assert (names(first.client()), names(second.client())) == (["first"], ["second"])

    def test_a_client_of_a_fake_is_answered_by_that_fake_alone(self):
        client = FakeXRay().client()
        put(client)
        with mock_xray():
            assert names(client) == ["p"]

    def test_a_name_that_is_no_regions_is_botocores_error(self):
        with mock_xray(), pytest.raises(botocore.exceptions.InvalidRegionError):
            boto3.client("xray", region_name="us_east_1")

    @pytest.mark.parametrize(
        "arguments",
        [{"api_version": "1999-01-01"}, {"endpoint_url": "nowhere"}, {"aws_access_key_id": "k"}, {"verify": "no.pem"}],
    )
    def test_what_else_a_client_is_made_with_does_not_matter(self, arguments):
        with mock_xray() as fake:
            put(boto3.client("xray", **arguments))
            assert names(fake.client()) == ["p"]

    def test_an_unknown_argument_is_botocores_error(self):
        with mock_xray(), pytest.raises(TypeError, match="bogus"):
            botocore.session.Session().create_client("xray", bogus=1)

    def test_a_fake_client_stays_a_fake_after_the_block(self):
        with mock_xray():
            client = boto3.client("xray")
            put(client)
        assert names(client) == ["p"]


class TestGenuineClientsMadeBefore:
    def test_they_are_answered_by_the_same_state(self):
        client = genuine_client()
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == names(boto3.client("xray")) == ["p"]

    def test_they_keep_their_region(self):
        client = genuine_client("eu-west-1")
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == []
            assert names(fake.client(region_name="eu-west-1")) == ["p"]

    def test_their_own_exception_classes_are_raised(self):
        client = genuine_client()
        with mock_xray():
            with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
                client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
            assert type(caught.value) is client.exceptions.MalformedPolicyDocumentException
            assert caught.value.__notes__[0].startswith("fake-xray: ")
            with pytest.raises(client.exceptions.ClientError, match="ValidationException"):
                client.delete_resource_policy(PolicyName="/")

    def test_their_arguments_are_checked_by_botocore(self):
        client = genuine_client()
        with mock_xray(), pytest.raises(botocore.exceptions.ParamValidationError, match="PolicyDocument"):
            client.put_resource_policy(PolicyName="p")

    def test_their_paginators_are_answered(self):
        client = genuine_client()
        with mock_xray():
            put(client)
            pages = client.get_paginator("list_resource_policies").paginate()
            assert pages.build_full_result()["ResourcePolicies"][0]["PolicyName"] == "p"

    def test_an_operation_that_is_not_built_sends_nothing(self):
        client = genuine_client()
        with mock_xray(), pytest.raises(NotImplementedError, match=r"BatchGetTraces.*nothing was sent"):
            client.batch_get_traces(TraceIds=[])

    def test_they_are_genuine_again_afterwards(self):
        client = genuine_client(aws_access_key_id="key", aws_secret_access_key="secret")
        with mock_xray():
            put(client)
        sent = []
        client.meta.events.register("before-send", lambda request, **_: sent.append(request) or answer_of(request))
        assert client.list_resource_policies()["ResourcePolicies"] == []
        assert [request.url for request in sent] == ["https://xray.us-east-1.amazonaws.com/ListResourcePolicies"]


def session_with_default_config(config):
    session = botocore.session.Session()
    session.set_default_client_config(config)
    return session


def answer_of(request):
    body = mock.Mock(stream=lambda **_: iter([b'{"NextToken":null,"ResourcePolicies":[]}']))
    return botocore.awsrequest.AWSResponse(request.url, 200, {}, body)


class TestOtherServices:
    def test_their_clients_are_genuine_and_call_on(self):
        with mock_xray():
            client = boto3.client("logs", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
            assert isinstance(client, botocore.client.BaseClient)
            client.meta.events.register("before-send", lambda request, **_: answer_of(request))
            assert client.describe_log_groups()["ResponseMetadata"]["HTTPStatusCode"] == 200

    def test_what_they_need_they_still_need(self):
        with mock_xray(), pytest.raises(botocore.exceptions.NoRegionError):
            boto3.Session().client("sqs")


class TestNesting:
    def test_the_innermost_block_answers_and_the_outer_one_again_after_it(self):
        with mock_xray() as outer:
            put(boto3.client("xray"), "outer")
            with mock_xray() as inner:
                put(boto3.client("xray"), "inner")
            assert names(boto3.client("xray")) == names(outer.client()) == ["outer"]
            assert names(inner.client()) == ["inner"]

    def test_a_raising_body_restores_too(self):
        def fail():
            raise LookupError

        with mock_xray() as outer:
            with pytest.raises(LookupError), mock_xray():
                fail()
            put(boto3.client("xray"))
            assert names(outer.client()) == ["p"]
        with pytest.raises(LookupError), mock_xray():
            fail()

    def test_one_object_can_be_entered_again(self):
        block = mock_xray()
        with block as first:
            with block as second:
                assert second is not first
            put(boto3.client("xray"))
            assert names(first.client()) == ["p"]
        with block as third:
            assert names(third.client()) == []

    def test_blocks_of_several_threads_may_end_in_any_order(self):
        client = genuine_client()
        entered, both_entered, first_left = threading.Event(), threading.Barrier(2), threading.Event()

        def enter_and_leave_first():
            with mock_xray():
                entered.set()
                both_entered.wait(10)
            first_left.set()

        thread = threading.Thread(target=enter_and_leave_first)
        with contextlib.ExitStack() as stack:
            thread.start()
            assert entered.wait(10)
            fake = stack.enter_context(mock_xray())
            both_entered.wait(10)
            assert first_left.wait(10)
            put(client)
            assert names(fake.client()) == names(boto3.client("xray")) == ["p"]
        thread.join()

    def test_a_patch_of_somebody_else_around_it_answers_on_and_comes_back(self):
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="theirs"):
            client = genuine_client()
            with mock_xray():
                assert client.list_resource_policies() == "theirs"
                assert names(boto3.client("xray")) == []
            assert client.list_resource_policies() == "theirs"

    def test_a_patch_of_somebody_else_inside_it_answers_and_comes_off(self):
        client = genuine_client()
        with mock_xray() as outer:
            with mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="theirs"):
                assert client.list_resource_policies() == "theirs"
                with mock_xray() as inner:
                    put(boto3.client("xray"))
                    assert names(inner.client()) == ["p"]
                assert client.list_resource_policies() == "theirs"
            put(client, "q")
            assert names(outer.client()) == ["q"]

    def test_a_patch_of_somebody_else_that_outlives_the_block_is_not_undone(self):
        client = genuine_client(aws_access_key_id="key", aws_secret_access_key="secret")
        block = mock_xray()
        block.__enter__()
        patch = mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="theirs")
        patch.start()
        block.__exit__(None, None, None)
        assert client.list_resource_policies() == "theirs"
        patch.stop()
        # What it puts back is the wrapper of the block that has ended: it only passes calls on.
        sent = []
        client.meta.events.register("before-send", lambda request, **_: sent.append(request) or answer_of(request))
        assert client.list_resource_policies()["ResourcePolicies"] == []
        assert len(sent) == 1
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == ["p"]
        botocore.client.BaseClient._make_api_call = UNTOUCHED[2]

    def test_a_method_that_stands_there_as_a_descriptor_is_put_back_as_it_was(self):
        class Descriptor:
            def __get__(self, instance, owner):
                return UNTOUCHED[2].__get__(instance, owner)

        descriptor = Descriptor()
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", descriptor):
            with mock_xray():
                assert names(genuine_client()) == []
            assert inspect.getattr_static(botocore.client.BaseClient, "_make_api_call") is descriptor

    def test_a_block_that_outlives_another_ones_patches_still_answers(self):
        first, second = mock_xray(), mock_xray()
        first.__enter__()
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="theirs"):
            fake = second.__enter__()
            first.__exit__(None, None, None)
            put(boto3.client("xray"))
        assert names(fake.client()) == ["p"]
        second.__exit__(None, None, None)
        botocore.client.BaseClient._make_api_call = UNTOUCHED[2]

    def test_a_patch_of_boto3_client_is_left_alone(self):
        with mock.patch("boto3.client", return_value="theirs"), mock_xray():
            assert boto3.client("xray") == "theirs"


class TestDecorator:
    def test_of_a_function(self):
        @mock_xray()
        def count(client, *, name):
            """Doc."""
            put(boto3.client("xray"), name)
            return client, names(boto3.client("xray"))

        assert count("c", name="a") == ("c", ["a"])
        assert count("c", name="b") == ("c", ["b"])
        assert (count.__name__, count.__doc__) == ("count", "Doc.")

    def test_with_a_fake_of_ones_own(self):
        fake = FakeXRay()

        @mock_xray(fake)
        def work(name):
            put(boto3.client("xray"), name)

        work("a")
        work("b")
        assert names(fake.client()) == ["a", "b"]

    def test_of_a_coroutine_function(self):
        @mock_xray()
        async def work():
            put(boto3.client("xray"))
            await asyncio.sleep(0)
            return names(boto3.client("xray"))

        assert asyncio.run(work()) == ["p"]

    def test_of_a_class(self):
        @mock_xray()
        class Suite:
            def test_one(self):
                put(boto3.client("xray"))
                return names(boto3.client("xray"))

            @staticmethod
            def test_two():
                return names(boto3.client("xray"))

            @classmethod
            def test_three(cls):
                return cls.__name__, names(boto3.client("xray"))

            def helper(self):
                return is_untouched()

        suite = Suite()
        assert suite.test_one() == suite.test_one() == ["p"]
        assert suite.test_two() == []
        assert suite.test_three() == ("Suite", [])
        assert suite.helper()

    @pytest.mark.parametrize("base", [unittest.TestCase, unittest.IsolatedAsyncioTestCase])
    def test_of_a_unittest_test_case_with_its_set_up_and_tear_down(self, base):
        seen = []

        @mock_xray()
        class Suite(base):
            def setUp(self):
                self.client = boto3.client("xray")
                put(self.client, "set-up")

            def tearDown(self):
                seen.append(names(boto3.client("xray")))

            def test_one(self):
                put(self.client, "one")

            def test_two(self):
                put(self.client, "two")

        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(Suite).run(result)
        assert (result.testsRun, result.errors, result.failures) == (2, [], [])
        assert seen == [["set-up", "one"], ["set-up", "two"]]

    def test_of_what_hands_a_coroutine_on(self):
        async def work():
            await asyncio.sleep(0)
            put(boto3.client("xray"))
            return names(boto3.client("xray"))

        assert asyncio.run(mock_xray()(lambda: work())()) == ["p"]

    def test_of_a_coroutine_function_with_a_fake_of_ones_own(self):
        fake = FakeXRay()

        @mock_xray(fake)
        async def work():
            put(boto3.client("xray"))

        asyncio.run(work())
        assert names(fake.client()) == ["p"]

    def test_of_static_and_class_methods(self):
        class Suite:
            @mock_xray()
            @staticmethod
            def static():
                return names(boto3.client("xray"))

            @mock_xray()
            @classmethod
            def of_class(cls):
                return cls.__name__, names(boto3.client("xray"))

        assert Suite().static() == []
        assert Suite().of_class() == ("Suite", [])

    def test_of_what_cannot_be_called_is_a_type_error(self):
        with pytest.raises(TypeError, match="decorates functions and classes, not 5"):
            mock_xray()(5)

    def test_of_a_generator_is_a_type_error(self):
        def generator():
            yield

        async def asynchronous_generator():
            yield

        for function in (generator, asynchronous_generator):
            with pytest.raises(TypeError, match=rf"cannot decorate the generator .*{function.__name__}.*with block"):
                mock_xray()(function)


@pytest.mark.parametrize("wrong", ["xray", test_the_suite_runs_without_sockets, FakeXRay])
def test_anything_else_than_a_fake_is_a_type_error(wrong):
    with pytest.raises(TypeError, match=r"takes a FakeXRay, not .*@mock_xray\(\)"):
        mock_xray(wrong)
