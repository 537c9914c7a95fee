"""What users of other mocks stumble over, each with the complaint that it answers."""

import textwrap
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import boto3
import botocore.session
import freezegun
import pytest
from conftest import SNS_DOCUMENT

from fake_xray import mock_xray

pytestmark = pytest.mark.thread_unsafe(reason="mock_xray is for the whole process")


def put(client, name="p"):
    return client.put_resource_policy(PolicyName=name, PolicyDocument=SNS_DOCUMENT)["ResourcePolicy"]


def names(client):
    return [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]


# moto, documentation, "Recommended usage": clients made before the mock starts are not patched, unless one calls
# patch_client on each of them.
MODULE_LEVEL_CLIENT = boto3.client(
    "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
)


def test_a_client_made_at_module_level_before_the_mock_starts(fake_xray):
    put(MODULE_LEVEL_CLIENT)
    assert names(fake_xray.client()) == ["p"]


# The same page, "What about those pesky imports": a client in a fixture of wider scope is made before the test's mock.
@pytest.fixture(scope="module")
def wide_client():
    return botocore.session.Session().create_client(
        "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )


@pytest.mark.parametrize("n", [1, 2])
def test_a_client_made_in_a_fixture_of_wider_scope(wide_client, fake_xray, n):
    assert names(wide_client) == []
    put(wide_client)
    assert names(fake_xray.client()) == ["p"]


def application_code(client):
    try:
        client.delete_resource_policy(PolicyName="gone")
    except client.exceptions.InvalidRequestException as error:
        return error.response["Error"]["Code"]
    return None


# Stack Overflow and unittest.mock's tracker, ever again: with a MagicMock for a client, `except client.exceptions.X`
# is a TypeError, "catching classes that do not inherit from BaseException is not allowed".
def test_except_client_exceptions_in_application_code(fake_xray, xray_client):
    broken = mock.MagicMock()
    broken.delete_resource_policy.side_effect = ValueError
    with pytest.raises(TypeError, match="catching classes that do not inherit from BaseException is not allowed"):
        application_code(broken)
    for client in (xray_client, boto3.client("xray"), MODULE_LEVEL_CLIENT):
        assert application_code(client) == "InvalidRequestException"


# responses and moto patch what is local to a thread or a session in some versions: calls of a pool escape.
@pytest.mark.parametrize("real_clients", [False, True])
def test_a_thread_pool_calling_the_client(real_clients):
    with mock_xray(real_clients=real_clients) as fake:
        client = boto3.client("xray")
        with ThreadPoolExecutor(8) as pool:
            revisions = list(pool.map(lambda _: int(put(client)["PolicyRevisionId"]), range(64)))
        assert sorted(revisions) == list(range(1, 65))
        assert len(fake.calls) == 64


# Stubber signs with the real clock, and moto's answers keep it: tests with frozen time disagree with their answers.
@pytest.mark.parametrize("real_clients", [False, True])
def test_time_frozen(real_clients):
    with freezegun.freeze_time("2026-09-23T07:48:11Z"), mock_xray(real_clients=real_clients):
        assert put(boto3.client("xray"))["LastUpdatedTime"].timestamp() == 1_790_149_691


# botocore's NoRegionError is the first thing that a new CI machine says, mock or no mock.
@pytest.mark.parametrize("real_clients", [False, True])
def test_no_region_configured(real_clients):
    with mock_xray(real_clients=real_clients):
        assert boto3.Session().client("xray").meta.region_name == "us-east-1"


# moto, documentation, "How do I avoid tests from mutating my real infrastructure?": set fake credentials first.
def test_credentials_present_in_the_environment_are_not_used(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAREAL")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    signed = []
    with mock_xray(real_clients=True):
        client = boto3.Session().client("xray")
        client.meta.events.register("before-send", lambda request, **_: signed.append(request.headers["Authorization"]))
        put(client)
    assert len(signed) == 1
    assert b"AKIAREAL" not in signed[0]
    assert b"Credential=fake-xray/" in signed[0]


# pytest-xdist's tracker: process-wide fakes on a port of their own collide between workers.
def test_a_suite_under_xdist(pytester):
    pytester.makepyfile(
        textwrap.dedent(
            """
            import boto3
            import pytest

            @pytest.mark.parametrize("n", range(8))
            def test_alone(fake_xray, n):
                boto3.client("xray").put_resource_policy(
                    PolicyName="p",
                    PolicyDocument='{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
                )
                assert len(fake_xray.calls) == 1
            """
        )
    )
    pytester.runpytest_subprocess("-n", "2").assert_outcomes(passed=8)
