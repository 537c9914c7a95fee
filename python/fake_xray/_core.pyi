"""The core of fake-xray, in Rust."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

from botocore.exceptions import BotoCoreError
from typing_extensions import disjoint_base

from fake_xray._calls import Call, Calls
from fake_xray._client import FakeXRayClient
from fake_xray._literals import ErrorCode, Operation
from fake_xray._policies import StoredPolicy

__all__ = [
    "OPERATIONS",
    "Evaluation",
    "FakeXRay",
    "MatchedStatement",
    "Operations",
    "active_fake",
    "check_document",
    "set_active_fake",
]

OPERATIONS: list[str]

def check_document(text: str) -> tuple[str, str] | None: ...
def active_fake() -> FakeXRay | None: ...
def set_active_fake(fake: FakeXRay | None) -> None: ...

_Value: TypeAlias = str | float | bool | datetime

@final
class FakeXRay:
    """An in-memory AWS X-Ray. Each account and Region has its own state, which is empty at first.

    Parameters
    ----------
    account_id : str
        Default account id (12 digits) of clients that do not specify one.
    region_name : str
        Default Region of clients that do not specify one.
    caller_arn : str, optional
        Default caller of clients that do not specify one: the ARN of a user, a role, a session or an account's root.
        The lockout check uses it. Default: `arn:aws:iam::ACCOUNT:user/fake-xray`, in the account of the client.
    policy_limit : int
        Number of resource policies that each account and Region can hold. Default: 5, from the X-Ray API reference.
    accounts : mapping of str to str
        Maps access key ids to account ids. A boto3 client that was created with one of these keys uses that account.
    record_calls : bool
        Whether to record every call in `calls` until `reset()`. Turn it off in a test that makes millions of calls.
    unsupported : {"error", "moto"}
        What happens to a call of an operation that fake-xray does not support. By default it raises a NotImplementedError.
        With "moto", moto handles it if moto is active.

    Raises
    ------
    TypeError, ValueError
        If an argument is invalid. The message names the argument and its value.

    Examples
    --------
    >>> fake = FakeXRay(region_name="eu-west-1")
    >>> fake.client().list_resource_policies()["ResourcePolicies"]
    []
    """

    def __new__(
        cls,
        *,
        account_id: str = "123456789012",
        region_name: str = "us-east-1",
        caller_arn: str | None = None,
        policy_limit: int = 5,
        accounts: Mapping[str, str] = ...,
        record_calls: bool = True,
        unsupported: Literal["error", "moto"] = "error",
    ) -> FakeXRay: ...
    def client(
        self,
        *,
        region_name: str | None = None,
        account_id: str | None = None,
        caller_arn: str | None = None,
        tracked: bool = True,
    ) -> FakeXRayClient:
        """Return a client that behaves like `boto3.client("xray")` and uses this fake.

        Parameters
        ----------
        region_name, account_id : str, optional
            Region and account of the client. Default: the fake's.
        caller_arn : str, optional
            Who makes the calls, for the lockout check. Default: the fake's.
        tracked : bool
            Whether calls of this client appear in `calls` and use up injected errors and canned responses. Set it to False
            for a client with which the test itself prepares or inspects the state.

        Returns
        -------
        FakeXRayClient
            A new client.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> setup = fake.client(tracked=False)
        >>> setup.list_resource_policies()["ResourcePolicies"]
        []
        >>> len(fake.calls)
        0
        """
    @property
    def policies(self) -> Mapping[str, StoredPolicy]:
        """The resource policies in the fake's own account and Region, by name: a read-only snapshot.

        Each one is a `StoredPolicy` with `document` (a dict), `text`, `revision` (a str) and `updated_at` (an aware
        datetime). Reading them is not a call.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> list(fake.policies)
        []
        """
    def policies_in(
        self, *, account_id: str | None = None, region_name: str | None = None
    ) -> Mapping[str, StoredPolicy]:
        """Return the resource policies of one account and Region by name, like `policies`.

        Parameters
        ----------
        account_id, region_name : str, optional
            Where to look. Default: the fake's own account and Region.

        Returns
        -------
        mapping of str to StoredPolicy
            A read-only snapshot, in order of creation.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> list(fake.policies_in(region_name="eu-west-1"))
        []
        """
    def evaluate(
        self,
        action: str,
        *,
        principal: str,
        context: Mapping[str, _Value | Sequence[_Value]] | None = None,
        resource: str = "*",
        account_id: str | None = None,
        region_name: str | None = None,
    ) -> Evaluation:
        """Tells whether the stored resource policies of one account and Region let a principal do something.

        Source: IAM User Guide, "Policy evaluation logic", and recorded decisions of the real IAM (docs/fidelity.md).

        Parameters
        ----------
        action : str
            Such as "xray:PutTraceSegments".
        principal : str
            Who does it: a service ("sns.amazonaws.com"), an account id, or the ARN of a user, a role or a session.
        context : dict, optional
            Condition keys and their values: str, numbers, bool, aware datetime, or a list of them for a multivalued key.
            aws:CurrentTime, aws:EpochTime, aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalIsAWSService,
            aws:RequestedRegion and aws:SecureTransport (true) have values unless they are given here.
        resource : str
            An ARN, or "*" for an action that is not about a resource.
        account_id, region_name : str, optional
            Where; absent: the fake's own.

        Returns
        -------
        Evaluation
            True if the policies allow it. Its repr tells why or why not.

        Raises
        ------
        ValueError
            Naming the argument that is none of that.
        """
    def inject_error(
        self,
        operation: Operation | Literal["*"],
        code: ErrorCode | type[BotoCoreError],
        *,
        message: str | None = None,
        status: int | None = None,
        times: int | None = 1,
        when: Callable[[Call], object] | None = None,
        region_name: str | None = None,
        account_id: str | None = None,
    ) -> None:
        """Make calls of an operation fail, through every kind of client.

        A call that fails this way changes no state. Calls rejected by parameter validation do not use up an injected
        error, and neither do calls of a client with `tracked=False`. If several errors fit a call, the one injected first
        is used.

        Parameters
        ----------
        operation : str
            An operation of X-Ray, such as "PutResourcePolicy" or "put_resource_policy", or "*" for all of them. It can be
            one that the fake does not support.
        code : str or type
            Any AWS error code, such as "ThrottledException" or "ExpiredTokenException". A code that the API model declares
            raises its own exception class, any other one a `ClientError`. For a failed connection, one of botocore's
            exception classes: EndpointConnectionError, ConnectTimeoutError, ConnectionClosedError, ReadTimeoutError.
        message : str, optional
            The error's message.
        status : int, optional
            The HTTP status, from 400 to 599. Default: that of the API model, for common AWS errors the documented one, else
            400.
        times : int or None
            Number of calls that fail (at least 1), or None for always. The `fake_xray` fixture and `mock_xray` report an
            error that fewer calls have used.
        when : callable, optional
            Called with the `Call`, whose `error_code` is None. The error is used only if it returns true.
        region_name, account_id : str, optional
            Restrict the error to one Region or account. Default: all.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, such as an unknown operation, or a code that looks like a known one with a typing
            error (give `status` as well to use such a code).

        Examples
        --------
        >>> fake = FakeXRay()
        >>> fake.inject_error("PutResourcePolicy", "ThrottledException", times=2)
        >>> fake.inject_error("*", "ExpiredTokenException", times=None, region_name="eu-west-1")
        >>> fake.inject_error(
        ...     "put_resource_policy",
        ...     "AccessDeniedException",
        ...     when=lambda call: call.parameters["PolicyName"] == "forbidden",
        ... )
        """
    def respond(
        self,
        operation: Operation,
        response: Mapping[str, Any] | Callable[[Call], Mapping[str, Any]],
        *,
        times: int | None = None,
        when: Callable[[Call], object] | None = None,
        region_name: str | None = None,
        account_id: str | None = None,
    ) -> None:
        """Provide a response for an operation, through every kind of client.

        Use it for what only AWS can produce, and for operations that fake-xray does not support. The response is checked
        against the API model of the installed botocore, as botocore's Stubber does, and reaches the caller as botocore
        parses it. The call changes no state. If several responses and injected errors fit a call, the one arranged first is
        used.

        Parameters
        ----------
        operation : str
            An operation of X-Ray, such as "GetInsightSummaries" or "get_insight_summaries".
        response : dict or callable
            The response, or a function that gets the `Call` and returns it. `ResponseMetadata` is optional: `RequestId`,
            `HTTPStatusCode` (200 to 299) and `HTTPHeaders` in it replace the usual ones.
        times : int or None
            Number of calls that get the response (at least 1). Default: None, always. The `fake_xray` fixture and
            `mock_xray` report a response that fewer calls have used.
        when : callable, optional
            Called with the `Call`. The response is used only if it returns true.
        region_name, account_id : str, optional
            Restrict the response to one Region or account. Default: all.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid.
        botocore.exceptions.ParamValidationError
            If the API model does not allow the response. What a function returns is checked when it is called, so this error
            then reaches the caller.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> fake.respond("GetTraceSummaries", {"TraceSummaries": [{"Id": "1-58406520-a006649127e371903a2de979"}]})
        >>> response = fake.client().get_trace_summaries(StartTime=0, EndTime=60)
        >>> response["TraceSummaries"][0]["Id"]
        '1-58406520-a006649127e371903a2de979'
        """
    @property
    def calls(self) -> Calls:
        """Every tracked call so far, oldest first: a sequence of `Call`.

        A rejected call has AWS's error code. A call that failed without reaching the service has the name of the
        exception. A real botocore client adds one call for each retry.

        Raises
        ------
        RuntimeError
            If the fake was created with `record_calls=False`.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> _ = fake.client().list_resource_policies()
        >>> fake.calls.last.operation
        'ListResourcePolicies'
        >>> fake.calls.clear()
        """
    def reset(self) -> None:
        """Empty the fake: the state of every account and Region, the calls, injected errors and canned responses. Clients
        stay usable.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> fake.inject_error("*", "ThrottledException", times=None)
        >>> fake.reset()
        >>> fake.client().list_resource_policies()["ResourcePolicies"]
        []
        """
    def _complaints(self) -> list[str]: ...
    def _clear_calls(self) -> None: ...
    @property
    def _region_name(self) -> str: ...
    def _follow_boto3(self) -> None: ...
    @property
    def _follows_boto3(self) -> bool: ...
    def _account_of(self, access_key_id: str | None) -> str | None: ...

@final
class Evaluation:
    """What stored resource policies say of a request: true if they allow it."""

    @property
    def decision(self) -> Literal["allowed", "explicitDeny", "implicitDeny"]:
        """`"allowed"`, `"explicitDeny"` or `"implicitDeny"`, the words of IAM's policy simulator."""
    @property
    def matched(self) -> tuple[MatchedStatement, ...]:
        """The statements that decided: all that deny, or else all that allow; none of an implicit deny."""
    @property
    def needs_identity_policy(self) -> bool:
        """Whether the principal's identity policies must allow the action as well. Those of an AWS principal must: a grant
        in a resource policy of X-Ray is not enough for it (recorded).
        """
    def __bool__(self) -> bool: ...

@final
class MatchedStatement:
    """A statement that decided an evaluation."""

    @property
    def policy_name(self) -> str:
        """The policy's name."""
    @property
    def statement_index(self) -> int:
        """The statement's place in the policy, from 0."""
    @property
    def sid(self) -> str | None:
        """The statement's `Sid`, None if it has none."""
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
        tracked: bool = True,
    ) -> Operations: ...
    @property
    def _region_name(self) -> str: ...
    def _answer_http(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, str], bytes, str | None]: ...
    def _answer_arranged(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any] | None: ...
    def _answer_http_arranged(
        self, operation: str, url: str, body: bytes
    ) -> tuple[int, dict[str, str], bytes] | None: ...
    def _keep_unsupported(self, operation: str, error: BaseException) -> None: ...
    def _record(self, operation: str, parameters: dict[str, Any], error: str | None) -> None: ...
    @property
    def _moto_account(self) -> str | None: ...
    # `FakeXRayClient` has them with boto3-stubs' types.
    def put_resource_policy(self, *args: Any, **kwargs: Any) -> Any: ...
    def list_resource_policies(self, *args: Any, **kwargs: Any) -> Any: ...
    def delete_resource_policy(self, *args: Any, **kwargs: Any) -> Any: ...
