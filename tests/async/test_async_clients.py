"""Clients of aiobotocore use the fake. If aioboto3 is installed, its clients are tested too."""

import asyncio
import subprocess
import sys
import types

import pytest
import pytest_asyncio
from aiobotocore.client import AioBaseClient
from aiobotocore.session import AioSession, get_session
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, ParamValidationError

from fake_xray import FakeXRay, mock_xray

pytestmark = pytest.mark.asyncio


async def put(client, document, name="p"):
    response = await client.put_resource_policy(PolicyName=name, PolicyDocument=document)
    return response["ResourcePolicy"]


async def names(client):
    response = await client.list_resource_policies()
    return [policy["PolicyName"] for policy in response["ResourcePolicies"]]


@pytest_asyncio.fixture
async def client(fake_xray):
    async with get_session().create_client("xray") as client:
        yield client


async def test_a_client_created_in_an_async_fixture_uses_the_fake(fake_xray, client, document):
    policy = await put(client, document)
    assert policy == fake_xray.client().list_resource_policies()["ResourcePolicies"][0]
    await client.delete_resource_policy(PolicyName="p")
    assert await names(client) == []


async def test_a_client_created_earlier_uses_the_fake_inside_the_block_only(document):
    async with AioSession().create_client("xray", region_name="eu-west-1") as client:
        with mock_xray() as fake:
            await put(client, document)
            assert await names(client) == ["p"]
            assert fake.client(region_name="eu-west-1").list_resource_policies()["ResourcePolicies"]
        with pytest.raises(NoCredentialsError):
            await client.list_resource_policies()


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"region_name": "us-east-1"},
        {"endpoint_url": "http://localhost:2000/base"},
        {"aws_access_key_id": "k", "aws_secret_access_key": "s", "aws_session_token": "t"},
        {"config": None},
    ],
    ids=["no arguments", "Region", "endpoint", "credentials", "no config"],
)
async def test_async_clients_need_no_region_and_no_credentials(document, arguments):
    with mock_xray():
        async with AioSession().create_client("xray", **arguments) as client:
            await put(client, document)
            assert await names(client) == ["p"]


async def test_a_thousand_concurrent_puts_get_different_revisions(fake_xray, client, document):
    policies = await asyncio.gather(*(put(client, document) for _ in range(1000)))
    assert sorted(int(policy["PolicyRevisionId"]) for policy in policies) == list(range(1, 1001))
    assert len(fake_xray.calls) == 1000


async def test_an_async_client_raises_its_own_exception_classes_with_a_note_about_the_reason(fake_xray, client):
    with pytest.raises(client.exceptions.MalformedPolicyDocumentException) as caught:
        await client.put_resource_policy(PolicyName="p", PolicyDocument="{}")
    assert caught.value.__notes__ == ["fake-xray: Statement is missing"]
    with pytest.raises(ParamValidationError, match="PolicyDocument"):
        await client.put_resource_policy(PolicyName="p")
    assert [call.error_code for call in fake_xray.calls] == [
        "MalformedPolicyDocumentException",
        "ParamValidationError",
    ]


async def test_an_async_paginator_returns_the_policies(fake_xray, client, document):
    await put(client, document)
    pages = client.get_paginator("list_resource_policies").paginate()
    assert [policy["PolicyName"] async for policy in pages.search("ResourcePolicies[]")] == ["p"]


async def test_an_unsupported_operation_raises_and_sends_nothing(fake_xray, client):
    with pytest.raises(NotImplementedError, match=r"BatchGetTraces.*nothing was sent"):
        await client.batch_get_traces(TraceIds=[])


async def test_any_error_code_can_be_injected_permanently_for_all_operations(fake_xray, client):
    fake_xray.inject_error("*", "ExpiredTokenException", times=None, when=lambda call: call.operation != "GetGroup")
    for _ in range(3):
        for call in (client.list_resource_policies, client.get_groups):
            with pytest.raises(ClientError, match="ExpiredTokenException") as caught:
                await call()
            assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert len(fake_xray.calls) == 6


async def test_canned_responses_reach_async_clients(fake_xray, client):
    fake_xray.respond("GetGroups", {"Groups": [{"GroupName": "a"}], "NextToken": "1"}, times=1)
    fake_xray.respond("get_groups", lambda call: {"Groups": [{"GroupName": call.parameters["NextToken"]}]})
    pages = client.get_paginator("get_groups").paginate()
    assert [group["GroupName"] async for group in pages.search("Groups[]")] == ["a", "1"]
    assert [call.error_code for call in fake_xray.calls] == [None, None]


@pytest.mark.fake_xray(unsupported="moto")
async def test_responses_of_moto_reach_async_clients(fake_xray, client, monkeypatch):
    class Stubber:
        enabled = True

        def process_request(self, request):
            assert request.url == "https://xray.us-east-1.amazonaws.com/Traces"
            return 200, {"content-type": "application/json"}, '{"Traces": [{"Id": "from-moto"}]}'

    models = types.ModuleType("moto.core.models")
    models.botocore_stubber = Stubber()
    monkeypatch.setitem(sys.modules, "moto.core.models", models)
    assert (await client.batch_get_traces(TraceIds=[]))["Traces"] == [{"Id": "from-moto"}]
    assert [(call.operation, call.error_code) for call in fake_xray.calls] == [("BatchGetTraces", None)]


async def test_an_async_client_retries_injected_errors(fake_xray, document, monkeypatch):
    slept = []

    async def sleep(seconds, *_):
        slept.append(seconds)

    config = Config(retries={"mode": "standard", "total_max_attempts": 3})
    async with get_session().create_client("xray", config=config) as client:
        monkeypatch.setattr(asyncio, "sleep", sleep)
        fake_xray.inject_error("PutResourcePolicy", "ThrottledException", times=2)
        response = await client.put_resource_policy(PolicyName="p", PolicyDocument=document)
        monkeypatch.undo()
    assert response["ResponseMetadata"]["RetryAttempts"] == 2
    assert len(slept) == 2


async def test_an_async_client_raises_injected_connection_failures(fake_xray):
    config = Config(retries={"total_max_attempts": 1})
    async with get_session().create_client("xray", config=config) as client:
        fake_xray.inject_error("ListResourcePolicies", EndpointConnectionError)
        with pytest.raises(EndpointConnectionError):
            await client.list_resource_policies()


async def test_the_access_key_id_of_an_async_client_selects_its_account(document):
    with mock_xray(FakeXRay(accounts={"AKIAONE": "111122223333"})) as fake:
        session = get_session()
        async with session.create_client(
            "xray", region_name="us-east-1", aws_access_key_id="AKIAONE", aws_secret_access_key="s"
        ) as client:
            await put(client, document)
    assert [call.account_id for call in fake.calls] == ["111122223333"]


async def test_other_services_are_not_affected():
    with mock_xray():
        session = AioSession()
        async with session.create_client("sqs", region_name="us-east-1") as client:
            assert client.meta.service_model.service_name == "sqs"


async def test_a_client_created_in_a_block_raises_outside_of_blocks():
    with mock_xray():
        context = AioSession().create_client(
            "xray", region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
        )
        client = await context.__aenter__()
        await client.list_resource_policies()
    with pytest.raises(RuntimeError, match=r"created inside a mock_xray block .* nothing was sent"):
        await client.list_resource_policies()
    assert await client.generate_presigned_url("list_resource_policies")
    with mock_xray() as fake:
        await client.list_resource_policies()
    assert len(fake.calls) == 1
    await context.__aexit__(None, None, None)


async def test_a_client_without_a_region_follows_the_active_fake():
    with mock_xray(FakeXRay(region_name="eu-west-1")):
        context = AioSession().create_client("xray")
        client = await context.__aenter__()
        assert client.meta.region_name == "eu-west-1"
    with mock_xray(FakeXRay(region_name="us-west-2")) as fake:
        assert client.meta.region_name == "us-west-2"
        await client.list_resource_policies()
    assert fake.calls[0].region_name == "us-west-2"
    await context.__aexit__(None, None, None)


async def test_an_explicit_account_id_overrides_the_access_key_id():
    with mock_xray(FakeXRay(accounts=lambda _: "111122223333")) as fake:
        arguments = {"aws_access_key_id": "ASIA", "aws_secret_access_key": "s"}
        async with AioSession().create_client("xray", **arguments, aws_account_id="555566667777") as client:
            await client.list_resource_policies()
        async with AioSession().create_client("xray", **arguments) as client:
            await client.list_resource_policies()
    assert [call.account_id for call in fake.calls] == ["555566667777", "111122223333"]


async def test_patched_aiobotocore_methods_have_no_wrapped_attribute():
    with mock_xray():
        assert not hasattr(AioBaseClient._make_api_call, "__wrapped__")
        assert not hasattr(AioSession._create_client, "__wrapped__")


async def test_aioboto3_clients_use_the_fake(document):
    aioboto3 = pytest.importorskip("aioboto3")
    session = aioboto3.Session()
    async with session.client("xray", region_name="us-east-1") as earlier_client:
        with mock_xray() as fake:
            await put(earlier_client, document, "a")
            async with aioboto3.Session().client("xray") as client:
                await put(client, document, "b")
            assert await names(earlier_client) == ["a", "b"]
            assert len(fake.calls) == 3


async def test_aiobotocore_can_be_imported_inside_the_block(document):
    code = f"""
import asyncio, sys
from fake_xray import mock_xray

async def work():
    with mock_xray() as fake:
        assert "aiobotocore" not in sys.modules
        from aiobotocore.session import get_session
        async with get_session().create_client("xray") as client:
            await client.put_resource_policy(PolicyName="p", PolicyDocument={document!r})
        assert len(fake.calls) == 1

asyncio.run(work())
"""
    process = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
