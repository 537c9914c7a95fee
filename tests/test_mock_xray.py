"""Inside a mock_xray block the fake handles every X-Ray call of the process. Nothing else is affected."""

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

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


def put(client, name="p"):
    client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


def real_client(region_name="us-east-1", **kwargs):
    return boto3.session.Session().client("xray", region_name=region_name, **kwargs)


# The methods that mock_xray patches.
METHODS = [
    (botocore.session.Session, "__init__"),
    (botocore.session.Session, "create_client"),
    (botocore.client.BaseClient, "_make_api_call"),
]
ORIGINALS = [inspect.getattr_static(*method) for method in METHODS]


def is_unpatched():
    return [inspect.getattr_static(*method) for method in METHODS] == ORIGINALS


@pytest.fixture(autouse=True)
def botocore_is_unpatched_before_and_after():
    assert is_unpatched()
    yield
    assert is_unpatched()


def test_the_test_suite_cannot_open_sockets():
    with pytest.raises(RuntimeError), pytest.warns(UserWarning, match="socket"):
        socket.socket(socket.AF_INET)


class TestNewClients:
    @pytest.mark.parametrize(
        "create",
        [
            lambda: boto3.client("xray"),
            lambda: boto3.Session().client("xray"),
            lambda: boto3.Session(aws_access_key_id="key", aws_secret_access_key="secret").client("xray"),
            lambda: botocore.session.Session().create_client("xray"),
            lambda: botocore.session.get_session().create_client(service_name="xray"),
        ],
        ids=["boto3", "boto3 session", "boto3 session with credentials", "botocore session", "get_session"],
    )
    def test_every_way_to_create_a_client_returns_a_fake_client(self, create):
        with mock_xray() as fake:
            client = create()
            assert isinstance(client, FakeXRayClient)
            put(client)
            assert names(fake.client()) == ["p"]

    def test_a_new_client_without_a_region_uses_the_region_of_the_fake(self):
        with mock_xray(FakeXRay(region_name="eu-west-2")):
            assert boto3.client("xray").meta.region_name == "eu-west-2"

    @pytest.mark.parametrize(
        "create",
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
        ids=["argument", "config", "session", "default config", "positional argument", "positional config"],
    )
    def test_a_new_client_uses_an_explicit_region(self, create):
        with mock_xray():
            assert create().meta.region_name == "sa-east-1"

    def test_a_new_client_uses_the_region_of_the_environment(self, monkeypatch):
        monkeypatch.setenv("AWS_DEFAULT_REGION", "ca-central-1")
        with mock_xray():
            assert boto3.Session().client("xray").meta.region_name == "ca-central-1"

    def test_a_botocore_session_ignores_a_missing_profile(self, monkeypatch):
        monkeypatch.setenv("AWS_PROFILE", "missing")
        with mock_xray():
            assert botocore.session.Session().create_client("xray").meta.region_name == "us-east-1"

    def test_a_client_created_in_an_earlier_block_uses_the_active_fake(self):
        with mock_xray() as first:
            client = boto3.client("xray")
            put(client, "first")
        with mock_xray() as second:
            assert names(client) == []
            put(client, "second")
        assert (names(first.client()), names(second.client())) == (["first"], ["second"])

    def test_a_client_created_by_a_fake_always_uses_that_fake(self):
        client = FakeXRay().client()
        put(client)
        with mock_xray():
            assert names(client) == ["p"]

    def test_an_invalid_region_name_raises_the_error_of_botocore(self):
        with mock_xray(), pytest.raises(botocore.exceptions.InvalidRegionError):
            boto3.client("xray", region_name="us_east_1")

    @pytest.mark.parametrize(
        "arguments",
        [{"api_version": "1999-01-01"}, {"endpoint_url": "nowhere"}, {"aws_access_key_id": "k"}, {"verify": "no.pem"}],
    )
    def test_other_client_arguments_are_ignored(self, arguments):
        with mock_xray() as fake:
            put(boto3.client("xray", **arguments))
            assert names(fake.client()) == ["p"]

    def test_an_unknown_client_argument_raises_the_error_of_botocore(self):
        with mock_xray(), pytest.raises(TypeError, match="bogus"):
            botocore.session.Session().create_client("xray", bogus=1)


class TestRealClientsCreatedBeforeTheBlock:
    def test_a_client_created_before_the_block_uses_the_state_of_the_fake(self):
        client = real_client()
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == names(boto3.client("xray")) == ["p"]

    def test_a_client_created_before_the_block_keeps_its_region(self):
        client = real_client("eu-west-1")
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == []
            assert names(fake.client(region_name="eu-west-1")) == ["p"]

    def test_a_client_created_before_the_block_raises_its_own_exception_classes(self):
        client = real_client()
        with mock_xray():
            with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
                client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
            assert type(caught.value) is client.exceptions.MalformedPolicyDocumentException
            assert caught.value.__notes__[0].startswith("fake-xray: ")
            with pytest.raises(client.exceptions.ClientError, match="ValidationException"):
                client.delete_resource_policy(PolicyName="/")

    def test_botocore_validates_arguments_of_a_client_created_before_the_block(self):
        client = real_client()
        with mock_xray(), pytest.raises(botocore.exceptions.ParamValidationError, match="PolicyDocument"):
            client.put_resource_policy(PolicyName="p")

    def test_paginators_of_a_client_created_before_the_block_work(self):
        client = real_client()
        with mock_xray():
            put(client)
            pages = client.get_paginator("list_resource_policies").paginate()
            assert pages.build_full_result()["ResourcePolicies"][0]["PolicyName"] == "p"

    def test_an_unsupported_operation_of_a_client_created_before_the_block_sends_nothing(self):
        client = real_client()
        with mock_xray(), pytest.raises(NotImplementedError, match=r"BatchGetTraces.*nothing was sent"):
            client.batch_get_traces(TraceIds=[])

    def test_a_client_created_before_the_block_sends_requests_again_after_it(self):
        client = real_client(aws_access_key_id="key", aws_secret_access_key="secret")
        with mock_xray():
            put(client)
        sent = []
        client.meta.events.register("before-send", lambda request, **_: sent.append(request) or empty_response(request))
        assert client.list_resource_policies()["ResourcePolicies"] == []
        assert [request.url for request in sent] == ["https://xray.us-east-1.amazonaws.com/ListResourcePolicies"]


def session_with_default_config(config):
    session = botocore.session.Session()
    session.set_default_client_config(config)
    return session


def empty_response(request):
    body = mock.Mock(stream=lambda **_: iter([b'{"NextToken":null,"ResourcePolicies":[]}']))
    return botocore.awsrequest.AWSResponse(request.url, 200, {}, body)


class TestOtherServices:
    def test_clients_of_other_services_are_real_clients_and_send_requests(self):
        with mock_xray():
            client = boto3.client("logs", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s")
            assert isinstance(client, botocore.client.BaseClient)
            client.meta.events.register("before-send", lambda request, **_: empty_response(request))
            assert client.describe_log_groups()["ResponseMetadata"]["HTTPStatusCode"] == 200

    def test_clients_of_other_services_still_need_a_region(self):
        with mock_xray(), pytest.raises(botocore.exceptions.NoRegionError):
            boto3.Session().client("sqs")


class TestNesting:
    def test_the_innermost_mock_xray_block_handles_calls_until_it_ends(self):
        with mock_xray() as outer:
            put(boto3.client("xray"), "outer")
            with mock_xray() as inner:
                put(boto3.client("xray"), "inner")
            assert names(boto3.client("xray")) == names(outer.client()) == ["outer"]
            assert names(inner.client()) == ["inner"]

    def test_a_mock_xray_block_ends_when_its_body_raises(self):
        def fail():
            raise LookupError

        with mock_xray() as outer:
            with pytest.raises(LookupError), mock_xray():
                fail()
            put(boto3.client("xray"))
            assert names(outer.client()) == ["p"]
        with pytest.raises(LookupError), mock_xray():
            fail()

    def test_one_mock_can_be_entered_several_times(self):
        block = mock_xray()
        with block as first:
            with block as second:
                assert second is not first
            put(boto3.client("xray"))
            assert names(first.client()) == ["p"]
        with block as third:
            assert names(third.client()) == []

    def test_blocks_of_several_threads_can_end_in_any_order(self):
        client = real_client()
        first_entered, both_entered, first_left = threading.Event(), threading.Barrier(2), threading.Event()

        def enter_and_leave_first():
            with mock_xray():
                first_entered.set()
                both_entered.wait(10)
            first_left.set()

        thread = threading.Thread(target=enter_and_leave_first)
        with contextlib.ExitStack() as stack:
            thread.start()
            assert first_entered.wait(10)
            fake = stack.enter_context(mock_xray())
            both_entered.wait(10)
            assert first_left.wait(10)
            put(client)
            assert names(fake.client()) == names(boto3.client("xray")) == ["p"]
        thread.join()

    def test_an_outer_patch_by_other_code_stays_active(self):
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="patched"):
            client = real_client()
            with mock_xray():
                assert client.list_resource_policies() == "patched"
                assert names(boto3.client("xray")) == []
            assert client.list_resource_policies() == "patched"

    def test_an_inner_patch_by_other_code_works_and_can_be_undone(self):
        client = real_client()
        with mock_xray() as outer:
            with mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="patched"):
                assert client.list_resource_policies() == "patched"
                with mock_xray() as inner:
                    put(boto3.client("xray"))
                    assert names(inner.client()) == ["p"]
                assert client.list_resource_policies() == "patched"
            put(client, "q")
            assert names(outer.client()) == ["q"]

    def test_a_patch_by_other_code_that_outlives_the_block_stays_active(self):
        client = real_client(aws_access_key_id="key", aws_secret_access_key="secret")
        block = mock_xray()
        block.__enter__()
        patch = mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="patched")
        patch.start()
        block.__exit__(None, None, None)
        assert client.list_resource_policies() == "patched"
        patch.stop()
        # patch.stop() restores the wrapper of the ended block, which now only calls the original method.
        sent = []
        client.meta.events.register("before-send", lambda request, **_: sent.append(request) or empty_response(request))
        assert client.list_resource_policies()["ResourcePolicies"] == []
        assert len(sent) == 1
        with mock_xray() as fake:
            put(client)
            assert names(fake.client()) == ["p"]
        botocore.client.BaseClient._make_api_call = ORIGINALS[2]

    def test_a_descriptor_that_mock_xray_patches_is_restored_unchanged(self):
        class Descriptor:
            def __get__(self, instance, owner):
                return ORIGINALS[2].__get__(instance, owner)

        descriptor = Descriptor()
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", descriptor):
            with mock_xray():
                assert names(real_client()) == []
            assert inspect.getattr_static(botocore.client.BaseClient, "_make_api_call") is descriptor

    def test_a_block_that_outlives_an_outer_block_stays_active(self):
        first, second = mock_xray(), mock_xray()
        first.__enter__()
        with mock.patch.object(botocore.client.BaseClient, "_make_api_call", return_value="patched"):
            fake = second.__enter__()
            first.__exit__(None, None, None)
            put(boto3.client("xray"))
        assert names(fake.client()) == ["p"]
        second.__exit__(None, None, None)
        botocore.client.BaseClient._make_api_call = ORIGINALS[2]

    def test_a_patch_of_boto3_client_overrides_the_block(self):
        with mock.patch("boto3.client", return_value="patched"), mock_xray():
            assert boto3.client("xray") == "patched"


class TestDecorator:
    def test_a_function_decorated_with_parentheses_gets_a_new_fake_on_each_call(self):
        @mock_xray()
        def count(client, *, name):
            """Docstring."""
            put(boto3.client("xray"), name)
            return client, names(boto3.client("xray"))

        assert count("c", name="a") == ("c", ["a"])
        assert count("c", name="b") == ("c", ["b"])
        assert (count.__name__, count.__doc__) == ("count", "Docstring.")

    def test_an_explicit_fake_keeps_its_state_between_calls_of_a_decorated_function(self):
        fake = FakeXRay()

        @mock_xray(fake)
        def work(name):
            put(boto3.client("xray"), name)

        work("a")
        work("b")
        assert names(fake.client()) == ["a", "b"]

    def test_mock_xray_with_parentheses_decorates_a_coroutine_function(self):
        @mock_xray()
        async def work():
            put(boto3.client("xray"))
            await asyncio.sleep(0)
            return names(boto3.client("xray"))

        assert asyncio.run(work()) == ["p"]

    def test_mock_xray_decorates_the_tests_of_a_class_but_not_its_helpers(self):
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
                return is_unpatched()

        suite = Suite()
        assert suite.test_one() == suite.test_one() == ["p"]
        assert suite.test_two() == []
        assert suite.test_three() == ("Suite", [])
        assert suite.helper()

    @pytest.mark.parametrize("base", [unittest.TestCase, unittest.IsolatedAsyncioTestCase])
    def test_the_block_of_a_test_case_covers_set_up_and_tear_down(self, base):
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

    def test_mock_xray_decorates_a_function_that_returns_a_coroutine(self):
        async def work():
            await asyncio.sleep(0)
            put(boto3.client("xray"))
            return names(boto3.client("xray"))

        assert asyncio.run(mock_xray()(lambda: work())()) == ["p"]

    def test_a_decorated_coroutine_function_uses_an_explicit_fake(self):
        fake = FakeXRay()

        @mock_xray(fake)
        async def work():
            put(boto3.client("xray"))

        asyncio.run(work())
        assert names(fake.client()) == ["p"]

    def test_mock_xray_with_parentheses_decorates_static_and_class_methods(self):
        class Suite:
            @mock_xray()
            @staticmethod
            def static_method():
                return names(boto3.client("xray"))

            @mock_xray()
            @classmethod
            def class_method(cls):
                return cls.__name__, names(boto3.client("xray"))

        assert Suite().static_method() == []
        assert Suite().class_method() == ("Suite", [])

    def test_decorating_a_value_that_is_not_callable_raises_type_error(self):
        with pytest.raises(TypeError, match="decorates functions and classes, not 5"):
            mock_xray()(5)

    def test_decorating_a_generator_raises_type_error(self):
        def generator():
            yield

        async def asynchronous_generator():
            yield

        for function in (generator, asynchronous_generator):
            with pytest.raises(TypeError, match=rf"cannot decorate the generator .*{function.__name__}.*with block"):
                mock_xray()(function)
