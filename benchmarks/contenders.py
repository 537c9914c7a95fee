"""The contenders: fake-xray, and the alternatives that a test suite can use in place of X-Ray.

Each contender creates *kits*. A kit has the three operations on resource policies with the names that boto3 uses, the
arguments of a put that X-Ray rejects, and the exception that this put raises. The benchmarks use each contender as its
documentation recommends.

The measured test suites import this module too. A contender therefore imports what only it needs in its own methods.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import boto3
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from hand_written import HandWritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CREDENTIALS = {"region_name": "us-east-1", "aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
STALE = "99"


def document(account: int, statements: int = 1) -> str:
    """Return a policy document for one account: AWS's example for SNS, as `json.dumps` writes it."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
        "Resource": "*",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": f"{account:012}"},
            "StringLike": {"aws:SourceArn": f"arn:aws:sns:us-east-1:{account:012}:*"},
        },
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement] * statements})


def small_document(account: int) -> str:
    """Return a document of 357 bytes."""
    return document(account)


def large_document(account: int) -> str:
    """Return a document of 4.8 KB."""
    return document(account, statements=15)


@dataclass
class Kit:
    """The operations of one client, without any wrapper that the contender does not need."""

    put_resource_policy: Callable[..., Any]
    list_resource_policies: Callable[..., Any]
    delete_resource_policy: Callable[..., Any]
    stale_put: dict[str, Any]
    stale_error: type[Exception]
    # Raised for a PolicyName that is not a string. None if the contender accepts anything.
    invalid_error: type[Exception] | None = None
    # The client, if it also supports the operations on groups and sampling rules.
    client: Any = None
    cleanup: ExitStack = field(default_factory=ExitStack)


def stored(name: str, text: str) -> dict[str, Any]:
    """Return a policy as responses contain it, for contenders that need their responses in advance."""
    return {
        "PolicyName": name,
        "PolicyDocument": text,
        "PolicyRevisionId": "1",
        "LastUpdatedTime": datetime(2026, 1, 1, tzinfo=timezone.utc),
    }


def stale_arguments(text: str) -> dict[str, Any]:
    return {"PolicyName": "policy", "PolicyDocument": text, "PolicyRevisionId": STALE}


class Contender:
    """Creates kits."""

    name: str
    # The number of calls in a sample, so that a sample takes some milliseconds.
    calls_per_sample = 2000
    clients_per_sample = 1

    def make_clients(self, count: int, text: str) -> None:
        """Create a client and put one policy, as a test does at its start. Do this `count` times."""
        for _ in range(count):
            kit = self.kit(policies=0, text=text)
            kit.put_resource_policy(PolicyName="policy", PolicyDocument=text)
            kit.cleanup.close()

    def kit(self, policies: int, text: str) -> Kit:
        """Return a kit whose account has `policies` policies with the document `text`."""
        raise NotImplementedError


def filled(kit: Kit, policies: int, text: str) -> Kit:
    for number in range(policies):
        kit.put_resource_policy(PolicyName=f"policy{number or ''}", PolicyDocument=text)
    return kit


class FakeClient(Contender):
    """`FakeXRay().client()`."""

    name = "fake-xray"
    clients_per_sample = 100
    record_calls = True

    def kit(self, policies: int, text: str) -> Kit:
        from fake_xray import FakeXRay

        return self.kit_of(FakeXRay(record_calls=self.record_calls).client(), policies, text)

    def kit_of(self, client: Any, policies: int, text: str) -> Kit:
        from botocore.exceptions import ParamValidationError

        kit = Kit(
            client.put_resource_policy,
            client.list_resource_policies,
            client.delete_resource_policy,
            stale_arguments(text),
            client.exceptions.InvalidPolicyRevisionIdException,
            ParamValidationError,
            client,
        )
        return filled(kit, policies, text)

    def make_clients(self, count: int, text: str) -> None:
        from fake_xray import FakeXRay, mock_xray

        # The application calls boto3.client inside a block, which usually a fixture opens.
        with mock_xray(FakeXRay(record_calls=self.record_calls)):
            for _ in range(count):
                boto3.client("xray").put_resource_policy(PolicyName="policy", PolicyDocument=text)


class FakeClientInItsOwnBlock(FakeClient):
    """A separate `mock_xray()` block for each client, as the fixture opens one for each test."""

    name = "fake-xray, with its own mock_xray()"

    def make_clients(self, count: int, text: str) -> None:
        for _ in range(count):
            super().make_clients(1, text)


class FakeClientWithoutLog(FakeClient):
    """`FakeXRay(record_calls=False).client()`."""

    name = "fake-xray, record_calls=False"
    record_calls = False


class RealClient(FakeClient):
    """`mock_xray(real_clients=True)`: a real botocore client whose requests the fake handles."""

    name = "fake-xray, real_clients=True"
    calls_per_sample = 20
    clients_per_sample = 1

    def kit(self, policies: int, text: str) -> Kit:
        from fake_xray import mock_xray

        stack = ExitStack()
        stack.enter_context(mock_xray(real_clients=True))
        kit = self.kit_of(boto3.client("xray"), policies, text)
        kit.cleanup = stack
        return kit

    make_clients = Contender.make_clients


class HandWrittenPython(Contender):
    """The class in hand_written.py."""

    name = "hand-written Python"
    clients_per_sample = 100

    def make_clients(self, count: int, text: str) -> None:
        for _ in range(count):
            HandWritten().put_resource_policy(PolicyName="policy", PolicyDocument=text)

    def kit(self, policies: int, text: str) -> Kit:
        store = HandWritten()
        operations = (store.put_resource_policy, store.list_resource_policies, store.delete_resource_policy)
        return filled(Kit(*operations, stale_arguments(text), store.InvalidPolicyRevisionIdException), policies, text)


class Mock(Contender):
    """A MagicMock whose responses are prepared. It checks nothing."""

    name = "MagicMock"
    calls_per_sample = 500
    clients_per_sample = 10

    def kit(self, policies: int, text: str) -> Kit:
        client = MagicMock()
        response: Any = {"Error": {"Code": "InvalidPolicyRevisionIdException"}, "ResponseMetadata": {}}

        def put(**arguments: Any) -> dict[str, Any]:
            if "PolicyRevisionId" in arguments:
                raise ClientError(response, "PutResourcePolicy")
            return stored_policy

        stored_policy = {"ResourcePolicy": stored("policy", text), "ResponseMetadata": {}}
        client.put_resource_policy.side_effect = put
        client.list_resource_policies.return_value = {"ResourcePolicies": [stored("policy", text)] * policies}
        operations = (client.put_resource_policy, client.list_resource_policies, client.delete_resource_policy)
        # The mock records its calls, as the fake does.
        return Kit(*operations, stale_arguments(text), ClientError)


class BotocoreStubber(Contender):
    """botocore's Stubber on a real client: each response is queued before its call."""

    name = "Stubber"
    calls_per_sample = 50

    def kit(self, policies: int, text: str) -> Kit:
        client = boto3.client("xray", **CREDENTIALS)
        stubber = Stubber(client)
        stack = ExitStack()
        stack.enter_context(stubber)
        listed = [stored(f"policy{number or ''}", text) for number in range(policies)]

        def put(**arguments: Any) -> Any:
            if "PolicyRevisionId" in arguments:
                stubber.add_client_error("put_resource_policy", "InvalidPolicyRevisionIdException", "stale")
            else:
                response = {"ResourcePolicy": stored(arguments["PolicyName"], arguments["PolicyDocument"])}
                stubber.add_response("put_resource_policy", response, arguments)
            return client.put_resource_policy(**arguments)

        def list_policies() -> Any:
            stubber.add_response("list_resource_policies", {"ResourcePolicies": listed})
            return client.list_resource_policies()

        def delete(**arguments: Any) -> Any:
            stubber.add_response("delete_resource_policy", {}, arguments)
            return client.delete_resource_policy(**arguments)

        error = client.exceptions.InvalidPolicyRevisionIdException
        return Kit(put, list_policies, delete, stale_arguments(text), error, cleanup=stack)


class BeforeSend(Contender):
    """A handler of botocore's `before-send` event on a real client. It returns prepared bytes."""

    name = "before-send handler"
    calls_per_sample = 20

    def kit(self, policies: int, text: str) -> Kit:
        from botocore.exceptions import ParamValidationError

        client = boto3.client("xray", **CREDENTIALS)
        policy = {**stored("policy", text), "LastUpdatedTime": 1767225600.0}
        bodies = {
            "PutResourcePolicy": {"ResourcePolicy": policy},
            "ListResourcePolicies": {"ResourcePolicies": [policy] * policies},
            "DeleteResourcePolicy": {},
        }
        encoded = {operation: json.dumps(body).encode() for operation, body in bodies.items()}

        def respond(request: Any, event_name: str, **_: Any) -> AWSResponse:
            operation = event_name.rpartition(".")[2]
            if b'"PolicyRevisionId"' in request.body:
                headers = {"x-amzn-errortype": "InvalidPolicyRevisionIdException"}
                return AWSResponse(request.url, 400, headers, _Raw(b'{"Message":"stale"}'))
            return AWSResponse(request.url, 200, {}, _Raw(encoded[operation]))

        client.meta.events.register("before-send.xray", respond)
        operations = (client.put_resource_policy, client.list_resource_policies, client.delete_resource_policy)
        error = client.exceptions.InvalidPolicyRevisionIdException
        return Kit(*operations, stale_arguments(text), error, ParamValidationError)


class _Raw:
    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.body


class Moto(Contender):
    """moto's CloudWatch Logs. moto has no resource policies of X-Ray, and those of CloudWatch Logs are similar."""

    name = "moto (CloudWatch Logs)"
    calls_per_sample = 10

    def kit(self, policies: int, text: str) -> Kit:
        from botocore.exceptions import ParamValidationError
        from moto import mock_aws

        stack = ExitStack()
        stack.enter_context(mock_aws())
        client = boto3.client("logs", **CREDENTIALS)

        def put(*, PolicyName: str, PolicyDocument: str) -> Any:
            return client.put_resource_policy(policyName=PolicyName, policyDocument=PolicyDocument)

        def put_or_fail(**arguments: Any) -> Any:
            # CloudWatch Logs has no revisions. The most similar error is the deletion of a policy that does not exist.
            if "PolicyRevisionId" in arguments:
                return client.delete_resource_policy(policyName="missing")
            return put(**arguments)

        def delete(*, PolicyName: str) -> Any:
            return client.delete_resource_policy(policyName=PolicyName)

        error = client.exceptions.ResourceNotFoundException
        listing = client.describe_resource_policies
        kit = Kit(put_or_fail, listing, delete, stale_arguments(text), error, ParamValidationError, cleanup=stack)
        return filled(kit, policies, text)


CONTENDERS: list[Contender] = [
    FakeClient(),
    FakeClientWithoutLog(),
    HandWrittenPython(),
    Mock(),
    BotocoreStubber(),
    BeforeSend(),
    RealClient(),
    Moto(),
]
IN_ITS_OWN_BLOCK = FakeClientInItsOwnBlock()
OURS = CONTENDERS[0].name
BASELINE = HandWrittenPython.name
