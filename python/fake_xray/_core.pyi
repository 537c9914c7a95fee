"""The core of fake-xray, in Rust."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

from botocore.exceptions import BotoCoreError
from typing_extensions import disjoint_base

from fake_xray._calls import Calls
from fake_xray._client import FakeXRayClient

__all__ = [
    "OPERATIONS",
    "Evaluation",
    "FakeXRay",
    "MatchedStatement",
    "Operations",
    "active_fake",
    "describe_operations",
    "set_active_fake",
]

OPERATIONS: list[str]

def describe_operations() -> str: ...
def active_fake() -> FakeXRay | None: ...
def set_active_fake(fake: FakeXRay | None) -> None: ...

_Value: TypeAlias = str | float | bool | datetime

@final
class FakeXRay:
    def __new__(
        cls,
        *,
        account_id: str = "123456789012",
        region_name: str = "us-east-1",
        policy_limit: int = 5,
        accounts: Mapping[str, str] = ...,
        record_calls: bool = True,
    ) -> FakeXRay: ...
    def client(
        self, *, region_name: str | None = None, account_id: str | None = None, caller_arn: str | None = None
    ) -> FakeXRayClient: ...
    def evaluate(
        self,
        action: str,
        *,
        principal: str,
        context: Mapping[str, _Value | Sequence[_Value]] | None = None,
        resource: str = "*",
        account_id: str | None = None,
        region_name: str | None = None,
    ) -> Evaluation: ...
    def inject_error(
        self, operation: str, code: str | type[BotoCoreError], *, message: str | None = None, times: int = 1
    ) -> None: ...
    @property
    def calls(self) -> Calls: ...
    def reset(self) -> None: ...
    @property
    def _region_name(self) -> str: ...
    def _follow_boto3(self) -> None: ...
    @property
    def _follows_boto3(self) -> bool: ...
    def _account_of(self, access_key_id: str | None) -> str | None: ...

@final
class Evaluation:
    @property
    def decision(self) -> Literal["allowed", "explicitDeny", "implicitDeny"]: ...
    @property
    def matched(self) -> tuple[MatchedStatement, ...]: ...
    @property
    def needs_identity_policy(self) -> bool: ...
    def __bool__(self) -> bool: ...

@final
class MatchedStatement:
    @property
    def policy_name(self) -> str: ...
    @property
    def statement_index(self) -> int: ...
    @property
    def sid(self) -> str | None: ...
    def __hash__(self) -> int: ...
    def __eq__(self, value: object, /) -> bool: ...

@disjoint_base
class Operations:
    def __new__(
        cls,
        fake: FakeXRay | None = None,
        region_name: str | None = None,
        account_id: str | None = None,
        caller_arn: str | None = None,
        *,
        follows: bool = False,
        access_key_id: str | None = None,
    ) -> Operations: ...
    @property
    def _region_name(self) -> str: ...
    def _answer_http(
        self, method: str, url: str, path: str, body: bytes
    ) -> tuple[int, dict[str, str], bytes, str | None]: ...
    def _record(self, operation: str, parameters: dict[str, Any], error: str) -> None: ...
    # Written by tools/stub.py: begin.
    def delete_resource_policy(
        self,
        *,
        PolicyName: str,
        PolicyRevisionId: str = ...,
    ) -> dict[str, Any]:
        r"""Delete a resource policy.

        Parameters
        ----------
        PolicyName : str
            1 to 128 characters of `[\w+=,.@-]`.
        PolicyRevisionId : str, optional
            The revision to delete. By default, any revision is deleted.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        InvalidPolicyRevisionIdException
            If `PolicyRevisionId` is not the current revision, or the policy does not exist.
        InvalidRequestException
            If the policy does not exist and no revision is given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the name has other characters or is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.delete_resource_policy(PolicyName="sns")

        Notes
        -----
        Source: AWS X-Ray API Reference, DeleteResourcePolicy; recorded.
        """

    def list_resource_policies(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the resource policies of the account and Region, in order of creation.

        Parameters
        ----------
        NextToken : str, optional
            X-Ray does not support it: any token is rejected.

        Returns
        -------
        dict
            `{"ResourcePolicies": list of dict, "ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If a token is given.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]

        Notes
        -----
        Source: AWS X-Ray API Reference, ListResourcePolicies; recorded.
        """

    def put_resource_policy(
        self,
        *,
        PolicyName: str,
        PolicyDocument: str,
        PolicyRevisionId: str = ...,
        BypassPolicyLockoutCheck: bool = ...,
    ) -> dict[str, Any]:
        r"""Create a resource policy or replace its document.

        Parameters
        ----------
        PolicyName : str
            1 to 128 characters of `[\w+=,.@-]`.
        PolicyDocument : str
            The policy document as JSON, at most 5120 bytes of UTF-8.
        PolicyRevisionId : str, optional
            The revision to replace, or "0" to create only. By default, any revision is replaced.
        BypassPolicyLockoutCheck : bool, optional
            Whether to accept a policy that locks out its caller. Defaults to False.

        Returns
        -------
        dict
            `{"ResourcePolicy": {"PolicyName": str, "PolicyDocument": str, "PolicyRevisionId": str,
            "LastUpdatedTime": datetime}, "ResponseMetadata": dict}`

        Raises
        ------
        MalformedPolicyDocumentException
            If the document is malformed. The message is null, as AWS's is; a note gives the reason.
        LockoutPreventionException
            If the policy denies its caller xray:PutResourcePolicy and the check is not bypassed.
        InvalidPolicyRevisionIdException
            If `PolicyRevisionId` is not the current revision.
        PolicySizeLimitExceededException
            If the document is longer than 5120 bytes.
        PolicyCountLimitExceededException
            If the account already has as many policies in the Region as `FakeXRay(policy_limit=...)` allows.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the name has other characters or is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.put_resource_policy(PolicyName="sns", PolicyDocument=document)

        Notes
        -----
        Source: AWS X-Ray API Reference, PutResourcePolicy; recorded.
        """

    # Written by tools/stub.py: end.
