"""Code that uses fake-xray, for type checkers only: `make types` checks it with mypy and pyright.

A line with the comments `type: ignore` and `pyright: ignore` must contain a type error. If it contains none, both type
checkers report unused comments.
"""
# pyright: strict

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from mypy_boto3_xray import XRayClient
from mypy_boto3_xray.type_defs import PutResourcePolicyResultTypeDef, ResourcePolicyTypeDef
from typing_extensions import assert_type

import fake_xray
from fake_xray import (
    Call,
    Calls,
    Evaluation,
    FakeXRay,
    FakeXRayClient,
    MatchedStatement,
    StoredPolicy,
    XRayMock,
    active_fake,
    exceptions,
    mock_xray,
)


def application(client: XRayClient) -> list[ResourcePolicyTypeDef]:
    return client.list_resource_policies()["ResourcePolicies"]


def fake_clients_can_replace_real_clients(real: XRayClient) -> None:
    client = FakeXRay(policy_limit=10, accounts={"AKIA": "123456789012"}).client(region_name="eu-west-1")
    assert_type(client, FakeXRayClient)
    assert_type(application(client), list[ResourcePolicyTypeDef])
    real_or_fake: XRayClient = client
    real_or_fake.close()
    clients: list[XRayClient] = [client, real]
    assert clients


def responses_are_typed_dicts() -> None:
    client = FakeXRay().client()
    response = client.put_resource_policy(PolicyName="p", PolicyDocument="{}", BypassPolicyLockoutCheck=True)
    assert_type(response, PutResourcePolicyResultTypeDef)
    assert_type(response["ResourcePolicy"].get("LastUpdatedTime"), datetime | None)
    assert_type(response["ResponseMetadata"]["HTTPStatusCode"], int)
    for page in client.get_paginator("list_resource_policies").paginate():
        assert_type(page["ResourcePolicies"], list[ResourcePolicyTypeDef])
    assert_type(client.meta.region_name, str)


def exceptions_have_types() -> None:
    client = FakeXRay().client()
    try:
        client.delete_resource_policy(PolicyName="p")
    except (client.exceptions.InvalidRequestException, exceptions.LockoutPreventionException) as error:
        assert_type(error.operation_name, str)
    assert_type(exceptions.from_code("ThrottledException"), type[ClientError])


def the_methods_of_the_fake_have_types() -> None:
    with mock_xray(real_clients=True) as fake:
        assert_type(fake, FakeXRay)
    fake.inject_error("PutResourcePolicy", "ThrottledException", times=2)
    fake.inject_error("PutResourcePolicy", ReadTimeoutError)
    fake.inject_error("put_resource_policy", "CustomException", status=418, times=None, region_name="eu-west-1")
    fake.inject_error("*", "ExpiredTokenException", when=lambda call: call.region_name == "eu-west-1")
    fake.respond("GetGroups", {"Groups": []}, times=2)
    fake.respond("get_groups", lambda call: {"NextToken": call.region_name}, when=lambda call: True)
    FakeXRay(unsupported="moto")
    assert_type(fake.client(tracked=False), FakeXRayClient)
    assert_type(fake.policies["p"], StoredPolicy)
    assert_type(fake.policies_in(region_name="eu-west-1")["p"].updated_at, datetime)
    assert_type(fake.policies["p"].document, dict[str, Any])
    assert_type(fake.calls, Calls)
    assert_type(fake.calls.last, Call)
    fake.calls.clear()
    FakeXRay(caller_arn="arn:aws:iam::123456789012:role/deploy")
    evaluation = fake.evaluate(
        "xray:PutTraceSegments", principal="sns.amazonaws.com", context={"aws:SourceAccount": ["1", 2, True]}
    )
    assert_type(evaluation, Evaluation)
    assert_type([statement.sid for statement in evaluation.matched], list[str | None])
    assert_type(evaluation.matched[0], MatchedStatement)
    assert_type([call.error_code for call in fake.calls.for_operation("PutResourcePolicy")], list[str | None])


@mock_xray()
def decorated(number: int) -> str:
    return str(number)


@mock_xray()
async def decorated_coroutine(number: int) -> str:
    return str(number)


@mock_xray
def decorated_bare(number: int) -> str:
    return str(number)


def mock_xray_can_be_started_and_stopped() -> None:
    mock = mock_xray(FakeXRay(), strict=False)
    assert_type(mock, XRayMock)
    assert_type(mock.start(), FakeXRay)
    assert_type(active_fake(), FakeXRay | None)
    mock.stop()


async def decorators_keep_signatures() -> None:
    assert_type(decorated(1), str)
    assert_type(decorated_bare(1), str)
    assert_type(await decorated_coroutine(number=1), str)
    decorated("1")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.fixture(scope="module")
def shared_xray() -> Iterator[FakeXRay]:
    with mock_xray() as fake:
        yield fake


def errors_are_reported() -> None:
    fake_xray.FakeXray()  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    fake = FakeXRay()
    client = fake.client()
    FakeXRay(account_id=123456789012)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    FakeXRay("123456789012")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    FakeXRay(limit=5)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    fake.client("eu-west-1")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    fake.evaluate("xray:GetGroups")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    fake.inject_error("PutResourcePolicy", ValueError)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    fake.inject_error("PutResourcePolici", "ThrottledException")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    fake.respond("GetGrups", {})  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    fake.respond("GetGroups", [])  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    FakeXRay(unsupported="raise")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    fake.calls.for_operation("PutResourcePolici")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    fake.policies["p"] = fake.policies["q"]  # type: ignore[index] # pyright: ignore[reportIndexIssue]
    fake.calls = []  # type: ignore[misc, assignment] # pyright: ignore[reportAttributeAccessIssue]
    mock_xray(client)  # type: ignore[call-overload] # pyright: ignore[reportCallIssue, reportArgumentType]
    mock_xray(region_name="eu-west-1")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue]
    client.put_resource_policy(PolicyName="p")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    client.put_resource_policy(PolicyName=1, PolicyDocument="")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    client.put_policy()  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    print(client.list_resource_policies()["Policies"])  # type: ignore[typeddict-item] # pyright: ignore[reportGeneralTypeIssues, reportUnknownArgumentType]
