"""Problems that users report with other mocks, and that the fake does not have. Comments describe the problems."""

import textwrap
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import boto3
import botocore.session
import freezegun
import pytest
from conftest import SNS_DOCUMENT

from fake_xray import mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray patches the whole process")


def put(client, name="p"):
    return client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)["ResourcePolicy"]


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


# Documentation of moto, "Recommended usage": moto does not patch clients created before the mock starts, unless the
# test calls patch_client for each of them.
MODULE_LEVEL_CLIENT = boto3.client(
    "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
)


def test_a_client_created_at_module_level_uses_the_fake(fake_xray):
    put(MODULE_LEVEL_CLIENT)
    assert names(fake_xray.client()) == ["p"]


# The same page, "What about those pesky imports": a fixture of a wider scope creates its client before the test's mock
# starts.
@pytest.fixture(scope="module")
def module_scoped_client():
    return botocore.session.Session().create_client(
        "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )


@pytest.mark.parametrize("n", [1, 2])
def test_a_client_of_a_module_scoped_fixture_uses_the_fake(module_scoped_client, fake_xray, n):
    assert names(module_scoped_client) == []
    put(module_scoped_client)
    assert names(fake_xray.client()) == ["p"]


def application_code(client):
    try:
        client.delete_resource_policy(PolicyName="missing")
    except client.exceptions.InvalidRequestException as error:
        return error.response["Error"]["Code"]
    return None


# A recurring question on Stack Overflow and in the tracker of unittest.mock: if the client is a MagicMock,
# `except client.exceptions.X` raises a TypeError, "catching classes that do not inherit from BaseException is not
# allowed".
def test_application_code_can_catch_client_exceptions(fake_xray, xray_client):
    magic_mock = mock.MagicMock()
    magic_mock.delete_resource_policy.side_effect = ValueError
    with pytest.raises(TypeError, match="catching classes that do not inherit from BaseException is not allowed"):
        application_code(magic_mock)
    for client in (xray_client, boto3.client("xray"), MODULE_LEVEL_CLIENT):
        assert application_code(client) == "InvalidRequestException"


# In some versions of responses and moto, a patch applies to one thread or session only. Calls from a thread pool are
# then not intercepted.
@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_calls_from_a_thread_pool_use_the_fake(real_clients):
    with mock_xray(real_clients=real_clients) as fake:
        client = boto3.client("xray")
        with ThreadPoolExecutor(8) as pool:
            revisions = list(pool.map(lambda _: int(put(client)["PolicyRevisionId"]), range(64)))
        assert sorted(revisions) == list(range(1, 65))
        assert len(fake.calls) == 64


# A test that freezes time compares the times in responses with the frozen time. Not every mock uses the frozen time.
@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_a_response_has_the_frozen_time(real_clients):
    with freezegun.freeze_time("2026-09-23T07:48:11Z"), mock_xray(real_clients=real_clients):
        assert put(boto3.client("xray"))["LastUpdatedTime"].timestamp() == 1_790_149_691


# A new CI machine has no configured Region, so botocore raises NoRegionError, even with many mocks.
@pytest.mark.parametrize("real_clients", [False, True], ids=["fake client", "real client"])
def test_a_client_needs_no_configured_region(real_clients):
    with mock_xray(real_clients=real_clients):
        assert boto3.Session().client("xray").meta.region_name == "us-east-1"


# Documentation of moto, "How do I avoid tests from mutating my real infrastructure?": users must set fake credentials.
def test_credentials_present_in_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    headers = []
    with mock_xray(real_clients=True):
        client = boto3.Session().client("xray")
        client.meta.events.register(
            "before-send", lambda request, **_: headers.append(request.headers["Authorization"])
        )
        put(client)
    assert len(headers) == 1
    assert b"AKIAREAL" not in headers[0]
    assert b"Credential=fake-xray/" in headers[0]


# Tracker of pytest-xdist: fakes that listen on a port collide if several workers use the same port.
def test_xdist_workers_do_not_share_a_fake(pytester):
    pytester.makepyfile(
        textwrap.dedent(
            """
            import boto3
            import pytest

            @pytest.mark.parametrize("n", range(8))
            def test_new_fake(fake_xray, n):
                boto3.client("xray").put_resource_policy(
                    PolicyName="p",
                    PolicyDocument='{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
                )
                assert len(fake_xray.calls) == 1
            """
        )
    )
    pytester.runpytest_subprocess("-n", "2").assert_outcomes(passed=8)
