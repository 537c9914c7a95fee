"""The core of fake-xray, in Rust."""

from collections.abc import Callable, Mapping, Sequence
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
    "Snapshot",
    "active_fake",
    "set_active_fake",
]

OPERATIONS: list[str]

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
        accounts: Mapping[str, str] | Callable[[str], str | None] = ...,
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
    def _own_region_name(self) -> str: ...
    @property
    def _region_name(self) -> str: ...
    def _follow_boto3(self) -> None: ...
    @property
    def _follows_boto3(self) -> bool: ...
    def _snapshot(self) -> Snapshot: ...
    def _restore(self, snapshot: Snapshot) -> None: ...
    def _account_of(self, access_key_id: str | None) -> str | None: ...

@final
class Snapshot: ...

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
        follows_region: bool = False,
        access_key_id: str | None = None,
    ) -> Operations: ...
    @property
    def _region_name(self) -> str: ...
    def _answer_http(
        self, method: str, url: str, path: str, body: bytes
    ) -> tuple[int, dict[str, str], bytes, str | None]: ...
    def _record(self, operation: str, parameters: dict[str, Any], error: str) -> None: ...
    # `FakeXRayClient` has them with boto3-stubs' types.
    def put_resource_policy(self, *args: Any, **kwargs: Any) -> Any: ...
    def list_resource_policies(self, *args: Any, **kwargs: Any) -> Any: ...
    def delete_resource_policy(self, *args: Any, **kwargs: Any) -> Any: ...
