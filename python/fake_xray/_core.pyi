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
    "Snapshot",
    "active_fake",
    "check_document",
    "describe_operations",
    "set_active_fake",
]

OPERATIONS: list[str]

def check_document(text: str) -> tuple[str, str] | None: ...
def describe_operations() -> str: ...
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
    accounts : mapping of str to str, or callable
        Maps access key ids to account ids: a boto3 client that was created with one of these keys uses that account. It is
        asked at each call, so you can extend the mapping later. A callable gets an access key id and returns an account id
        or None.
    record_calls : bool
        Whether to record every call in `calls` until `reset()`. Turn it off in a test that makes millions of calls.
    activation_delay : int or float
        Seconds until a changed trace segment destination or encryption configuration is active, by the clock of
        `time.time()`. Default: 0, so that the next read returns the status ACTIVE.
    logs_policy : bool
        Whether CloudWatch Logs lets X-Ray write spans. If False, changing the trace segment destination to CloudWatchLogs
        fails with an AccessDeniedException, as it does at AWS without a resource policy of CloudWatch Logs. Default: True.

    group_limit, rule_limit, tag_limit : int
        Number of groups and of sampling rules that each account and Region can hold besides Default, and of tags that a
        resource can have. Default: 25, 25 and 50, from AWS's quotas.
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
        accounts: Mapping[str, str] | Callable[[str], str | None] = ...,
        record_calls: bool = True,
        activation_delay: float = 0,
        logs_policy: bool = True,
        unsupported: Literal["error", "moto"] = "error",
        group_limit: int = 25,
        rule_limit: int = 25,
        tag_limit: int = 50,
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
    def add_insight(
        self,
        *,
        root_cause: str,
        group: str = "Default",
        start: datetime | float | str | None = None,
        end: datetime | float | str | None = None,
        fault: int = 40,
        ok: int = 60,
        summary: str | None = None,
        events: Sequence[Mapping[str, Any]] | None = None,
        callers: Sequence[str] | None = None,
        service_type: str = "AWS::ECS::Container",
        id: str | None = None,
        account_id: str | None = None,
        region_name: str | None = None,
    ) -> str:
        """Add an insight, as AWS's anomaly detection would, and return its id.

        `get_insight`, `get_insight_events`, `get_insight_impact_graph` and `get_insight_summaries` return it. Its first
        event is at its start. If it has an end, it is closed, and its last event is at its end.

        Parameters
        ----------
        root_cause : str
            Name of the service that causes the faults.
        group : str
            Name of an existing group. Default: "Default".
        start : datetime, str, int or float, optional
            When the insight starts. Default: now.
        end : datetime, str, int or float, optional
            When it ends. Default: it is active.
        fault, ok : int
            Number of requests that failed and succeeded, both of clients and at the root cause. Default: 40 and 60.
        summary : str, optional
            Default: a text that names the fault rate and the root cause.
        events : list of dict, optional
            What happens between start and end, in order of time: each with the key "time" and, optionally, "fault", "ok"
            and "summary", as in `update_insight`.
        callers : list of str, optional
            Names of the services that call the root cause, for the impact graph.
        service_type : str
            Type of the root cause and its callers. Default: "AWS::ECS::Container".
        id : str, optional
            A UUID. Default: a generated one, the same in every run.
        account_id, region_name : str, optional
            Where to add the insight. Default: the fake's own account and Region.

        Returns
        -------
        str
            The insight's id.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, such as the name of a group that does not exist.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders", fault=9, ok=1)
        >>> fake.client().get_insight(InsightId=insight_id)["Insight"]["Summary"]
        'The overall fault rate of orders is 90%. orders is the likely root cause.'
        """
    def update_insight(
        self,
        id: str,
        *,
        time: datetime | float | str | None = None,
        fault: int | None = None,
        ok: int | None = None,
        summary: str | None = None,
        account_id: str | None = None,
        region_name: str | None = None,
    ) -> None:
        """Add an event to an active insight. What is not given stays as it was.

        Parameters
        ----------
        id : str
            The insight's id.
        time : datetime, str, int or float, optional
            When it happens, not before the insight's last event. Default: now.
        fault, ok : int, optional
            Number of requests that failed and succeeded.
        summary : str, optional
            Default: the summary given before, else a text that names the fault rate and the root cause.
        account_id, region_name : str, optional
            Where the insight is. Default: the fake's own account and Region.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, or the insight is closed or does not exist.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders")
        >>> fake.update_insight(insight_id, fault=90, ok=10)
        >>> len(fake.client().get_insight_events(InsightId=insight_id)["InsightEvents"])
        2
        """
    def close_insight(
        self,
        id: str,
        *,
        end: datetime | float | str | None = None,
        account_id: str | None = None,
        region_name: str | None = None,
    ) -> None:
        """Close an active insight.

        Parameters
        ----------
        id : str
            The insight's id.
        end : datetime, str, int or float, optional
            When it ends, not before its last event. Default: now.
        account_id, region_name : str, optional
            Where the insight is. Default: the fake's own account and Region.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, or the insight is closed already or does not exist.

        Examples
        --------
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders")
        >>> fake.close_insight(insight_id)
        >>> fake.client().get_insight(InsightId=insight_id)["Insight"]["State"]
        'CLOSED'
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
    """The result of `FakeXRay.evaluate`. True if the stored resource policies allow the request."""

    @property
    def decision(self) -> Literal["allowed", "explicitDeny", "implicitDeny"]:
        """The decision: `"allowed"`, `"explicitDeny"` or `"implicitDeny"`, as in IAM's policy simulator."""
    @property
    def matched(self) -> tuple[MatchedStatement, ...]:
        """The statements that decided: all that deny, or else all that allow. Empty for an implicit deny."""
    @property
    def needs_identity_policy(self) -> bool:
        """Whether the principal's identity policies must allow the action too. This is so for every AWS principal: a grant in a
        resource policy of X-Ray is not enough (recorded).
        """
    def __bool__(self) -> bool: ...

@final
class MatchedStatement:
    """A statement that decided an evaluation."""

    @property
    def policy_name(self) -> str:
        """The name of the policy."""
    @property
    def statement_index(self) -> int:
        """The index of the statement in the policy, from 0."""
    @property
    def sid(self) -> str | None:
        """The statement's `Sid`, or None if it has no `Sid`."""
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
    # Written by tools/stub.py: begin.
    def create_group(
        self,
        *,
        GroupName: str,
        FilterExpression: str = ...,
        InsightsConfiguration: Mapping[str, Any] = ...,
        Tags: Sequence[Mapping[str, Any]] = ...,
    ) -> dict[str, Any]:
        """Create a group.

        Parameters
        ----------
        GroupName : str
            1 to 32 characters. Names are case-sensitive and unique; Default is reserved in any case.
        FilterExpression : str
            The filter expression. It must not be blank, although the API model says that it is optional. It is
            stored as it is: its grammar is not checked.
        InsightsConfiguration : dict, optional
            `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`. Both default to False. Notifications require
            insights.
        Tags : list of dict, optional
            `{"Key": str, "Value": str}`: keys of 1 to 128 characters, values of 0 to 256. By default, none.

        Returns
        -------
        dict
            `{"Group": {"GroupName": str, "GroupARN": str, "FilterExpression": str, "InsightsConfiguration":
            {"InsightsEnabled": bool, "NotificationsEnabled": bool}}, "ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If the filter expression is missing or blank, the name is taken or reserved, notifications are enabled
            without insights, a tag key starts with `aws:`, there are more tags than a resource may have, or the
            account has as many groups in the Region as it may.
        botocore.exceptions.ClientError
            With the code `InternalFailure` and status 500, if a tag key occurs twice. With the code
            `ValidationException`, if an argument is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.create_group(GroupName="slow", FilterExpression="responsetime > 5")

        Notes
        -----
        Source: AWS X-Ray API Reference, CreateGroup; recorded.
        """

    def create_sampling_rule(
        self,
        *,
        SamplingRule: Mapping[str, Any],
        Tags: Sequence[Mapping[str, Any]] = ...,
    ) -> dict[str, Any]:
        """Create a sampling rule.

        Parameters
        ----------
        SamplingRule : dict
            The rule. Required members: `ResourceARN`, `ServiceName`, `ServiceType`, `Host`, `HTTPMethod` and
            `URLPath` (str, the patterns that a request must match), `Priority` (int, 1 to 9999; the lowest
            matches first), `FixedRate` (float, 0 to 1), `ReservoirSize` (int, requests per second) and
            `Version` (1). Name the rule with either `RuleName` (str, 1 to 32 characters) or `RuleARN` (str).
            Optional: `Attributes` (dict of str, at most 5; defaults to none) and `SamplingRateBoost` (dict of
            `MaxRate`, float, 0 to 1, and `CooldownWindowMinutes`, int, at least 1; defaults to no boost).
        Tags : list of dict, optional
            Tags for the rule, each `{"Key": str, "Value": str}`. Defaults to none.

        Returns
        -------
        dict
            `{"SamplingRuleRecord": {"SamplingRule": dict, "CreatedAt": datetime, "ModifiedAt": datetime},
            "ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If a rule of this name exists, `Version` is not 1, or the rule has both or neither of `RuleName` and
            `RuleARN`.
        RuleLimitExceededException
            If the account already has as many rules in the Region as the fake allows.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if a value is out of range or too long. With the code
            `InternalFailure`, if `CooldownWindowMinutes` is 0.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> rule = {"RuleName": "checkout", "Priority": 100, "FixedRate": 0.5, "ReservoirSize": 1, "Version": 1,
        ...         "ServiceName": "shop", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST",
        ...         "URLPath": "/checkout", "ResourceARN": "*"}
        >>> client.create_sampling_rule(SamplingRule=rule)

        Notes
        -----
        Source: AWS X-Ray API Reference, CreateSamplingRule; recorded.
        """

    def delete_group(
        self,
        *,
        GroupName: str = ...,
        GroupARN: str = ...,
    ) -> dict[str, Any]:
        """Delete a group and its tags.

        Parameters
        ----------
        GroupName : str, optional
            The name of the group. Give either this or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If the group does not exist or is Default, or both or neither of the arguments are given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if an argument is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.delete_group(GroupName="slow")

        Notes
        -----
        Source: AWS X-Ray API Reference, DeleteGroup; recorded.
        """

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

    def delete_sampling_rule(
        self,
        *,
        RuleName: str = ...,
        RuleARN: str = ...,
    ) -> dict[str, Any]:
        """Delete a sampling rule with its tags and statistics.

        Parameters
        ----------
        RuleName : str, optional
            The rule's name. Give either `RuleName` or `RuleARN`.
        RuleARN : str, optional
            The rule's ARN.

        Returns
        -------
        dict
            `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the rule as it was.

        Raises
        ------
        InvalidRequestException
            If the rule does not exist or is Default, or if the request has both or neither of `RuleName` and
            `RuleARN`.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.delete_sampling_rule(RuleName="checkout")

        Notes
        -----
        Source: AWS X-Ray API Reference, DeleteSamplingRule; recorded.
        """

    def get_encryption_config(self) -> dict[str, Any]:
        """Return how the account's traces are encrypted in the Region.

        Returns
        -------
        dict
            `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING" or "ACTIVE", "Type": "NONE" or "KMS"},
            "ResponseMetadata": dict}`. `KeyId` is there only with the type KMS.

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_encryption_config()["EncryptionConfig"]
        {'Status': 'ACTIVE', 'Type': 'NONE'}

        Notes
        -----
        Source: AWS X-Ray API Reference, GetEncryptionConfig; not recorded.
        """

    def get_group(
        self,
        *,
        GroupName: str = ...,
        GroupARN: str = ...,
    ) -> dict[str, Any]:
        """Return a group, by its name or by its ARN.

        Parameters
        ----------
        GroupName : str, optional
            The name of the group. Give either this or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.

        Returns
        -------
        dict
            `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it. Default has no
            FilterExpression.

        Raises
        ------
        InvalidRequestException
            If the group does not exist, or both or neither of the arguments are given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if an argument is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_group(GroupName="Default")["Group"]["GroupARN"]
        'arn:aws:xray:us-east-1:123456789012:group/Default'

        Notes
        -----
        Source: AWS X-Ray API Reference, GetGroup; recorded.
        """

    def get_groups(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the groups of the account and Region: Default first, then the others in order of creation.

        Parameters
        ----------
        NextToken : str, optional
            X-Ray does not support it: any token is rejected.

        Returns
        -------
        dict
            `{"Groups": list of dict, "ResponseMetadata": dict}`, with groups as `create_group` returns them.

        Raises
        ------
        InvalidRequestException
            If a token is given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the token is longer than 100 characters.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> [group["GroupName"] for group in client.get_groups()["Groups"]]
        ['Default']

        Notes
        -----
        Source: AWS X-Ray API Reference, GetGroups; recorded.
        """

    def get_indexing_rules(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the indexing rules of Transaction Search. The only one is `Default`.

        Parameters
        ----------
        NextToken : str, optional
            There is only one page: any token is rejected.

        Returns
        -------
        dict
            `{"IndexingRules": [{"Name": "Default", "ModifiedAt": datetime, "Rule": {"Probabilistic":
            {"DesiredSamplingPercentage": float}}}], "ResponseMetadata": dict}`. The percentage is 1 at first.

        Raises
        ------
        InvalidRequestException
            If a token is given.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_indexing_rules()["IndexingRules"][0]["Rule"]
        {'Probabilistic': {'DesiredSamplingPercentage': 1.0}}

        Notes
        -----
        Source: AWS X-Ray API Reference, GetIndexingRules; one response is recorded.
        """

    def get_insight(
        self,
        *,
        InsightId: str,
    ) -> dict[str, Any]:
        """Return an insight. Only AWS creates insights; tests add them with `FakeXRay.add_insight`.

        Parameters
        ----------
        InsightId : str
            A UUID.

        Returns
        -------
        dict
            `{"Insight": {"InsightId": str, "GroupARN": str, "GroupName": str, "RootCauseServiceId": dict,
            "Categories": ["FAULT"], "State": "ACTIVE" or "CLOSED", "StartTime": datetime, "EndTime": datetime,
            "Summary": str, "ClientRequestImpactStatistics": {"FaultCount": int, "OkCount": int, "TotalCount": int},
            "RootCauseServiceRequestImpactStatistics": dict, "TopAnomalousServices": list of dict},
            "ResponseMetadata": dict}`. An active insight has no `EndTime`.

        Raises
        ------
        InvalidRequestException
            If the insight does not exist.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the id is not a UUID.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_insight(InsightId=fake.add_insight(root_cause="orders"))["Insight"]["State"]
        'ACTIVE'

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsight; not recorded.
        """

    def get_insight_events(
        self,
        *,
        InsightId: str,
        MaxResults: int = ...,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the events of an insight, the oldest first.

        Parameters
        ----------
        InsightId : str
            A UUID.
        MaxResults : int, optional
            How many events a page has, from 1 to 50. Defaults to 50.
        NextToken : str, optional
            The token of the page, from the previous response.

        Returns
        -------
        dict
            `{"InsightEvents": [{"Summary": str, "EventTime": datetime, "ClientRequestImpactStatistics": dict,
            "RootCauseServiceRequestImpactStatistics": dict, "TopAnomalousServices": list of dict}],
            "NextToken": str, "ResponseMetadata": dict}`. The last page has no token.

        Raises
        ------
        InvalidRequestException
            If the insight does not exist, or the token is not one of a previous response.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the id is not a UUID or `MaxResults` is too large.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> [event["Summary"] for event in client.get_insight_events(InsightId=insight_id)["InsightEvents"]]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsightEvents; not recorded.
        """

    def get_insight_impact_graph(
        self,
        *,
        InsightId: str,
        StartTime: datetime | float | str,
        EndTime: datetime | float | str,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """Return the services that an insight concerns, without statistics.

        Parameters
        ----------
        InsightId : str
            A UUID.
        StartTime : datetime, str, int or float
            The start of the range, at most 30 days ago.
        EndTime : datetime, str, int or float
            The end of the range, at most six hours later. The range excludes it.
        NextToken : str, optional
            There is only one page: any token is rejected.

        Returns
        -------
        dict
            `{"InsightId": str, "StartTime": datetime, "EndTime": datetime, "ServiceGraphStartTime": datetime,
            "ServiceGraphEndTime": datetime, "Services": [{"ReferenceId": int, "Type": str, "Name": str, "Names":
            list of str, "AccountId": str, "Edges": [{"ReferenceId": int}]}], "ResponseMetadata": dict}`. There
            are no services if the insight was not open in the range.

        Raises
        ------
        InvalidRequestException
            If the insight does not exist, the range is too old or too long or ends before it starts, or a token is
            given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the id is not a UUID.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_insight_impact_graph(InsightId=insight_id, StartTime=start, EndTime=end)["Services"]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsightImpactGraph; not recorded.
        """

    def get_insight_summaries(
        self,
        *,
        StartTime: datetime | float | str,
        EndTime: datetime | float | str,
        States: Sequence[str] = ...,
        GroupARN: str = ...,
        GroupName: str = ...,
        MaxResults: int = ...,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the insights of a group that were open at some time in a range, the oldest first.

        Parameters
        ----------
        StartTime : datetime, str, int or float
            The start of the range, at most 30 days ago.
        EndTime : datetime, str, int or float
            The end of the range, inclusive.
        GroupName : str, optional
            The name of the group. Pass either this or `GroupARN`.
        GroupARN : str, optional
            The ARN of the group.
        States : list of str, optional
            At most one of "ACTIVE" and "CLOSED". By default, insights of both states are listed.
        MaxResults : int, optional
            How many insights a page has, from 1 to 100. Defaults to 100.
        NextToken : str, optional
            The token of the page, from the previous response.

        Returns
        -------
        dict
            `{"InsightSummaries": list of dict, "NextToken": str, "ResponseMetadata": dict}`. Each insight is as
            `get_insight` returns it, with "LastUpdateTime": datetime. The last page has no token.

        Raises
        ------
        InvalidRequestException
            If the group does not exist, both or neither of its name and ARN are given, the range is too old or
            ends before it starts, or the token is not one of a previous response.
        botocore.exceptions.ClientError
            With the code `ValidationException`, for another state, two states, or too large a `MaxResults`.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_insight_summaries(GroupName="Default", StartTime=start, EndTime=end)

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsightSummaries; not recorded.
        """

    def get_sampling_rules(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List all sampling rules by name, with Default last.

        Parameters
        ----------
        NextToken : str, optional
            X-Ray ignores it: every response lists all rules.

        Returns
        -------
        dict
            `{"SamplingRuleRecords": list of dict, "ResponseMetadata": dict}`

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> records = client.get_sampling_rules()["SamplingRuleRecords"]
        >>> [record["SamplingRule"]["RuleName"] for record in records]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetSamplingRules; recorded.
        """

    def get_sampling_statistic_summaries(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """Show what clients reported about each sampling rule in the last closed 10-second window.

        Parameters
        ----------
        NextToken : str, optional
            X-Ray ignores it: every response has all rules.

        Returns
        -------
        dict
            `{"SamplingStatisticSummaries": list of dict, "ResponseMetadata": dict}`, with one summary for
            each rule except Default: `RuleName`, `Timestamp` (datetime, the start of the window),
            `RequestCount`, `SampledCount` and `BorrowCount`. Without a report in the window, the counts are
            0.

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_sampling_statistic_summaries()["SamplingStatisticSummaries"]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetSamplingStatisticSummaries; recorded.
        """

    def get_sampling_targets(
        self,
        *,
        SamplingStatisticsDocuments: Sequence[Mapping[str, Any]],
        SamplingBoostStatisticsDocuments: Sequence[Mapping[str, Any]] = ...,
    ) -> dict[str, Any]:
        """Report what a client sampled by each rule, and get the targets for its next requests.

        Parameters
        ----------
        SamplingStatisticsDocuments : list of dict
            At most 25 reports, each with `RuleName` (str), `ClientID` (str, 24 characters), `Timestamp`
            (datetime), `RequestCount` (int), `SampledCount` (int) and optionally `BorrowCount` (int, defaults
            to 0).
        SamplingBoostStatisticsDocuments : list of dict, optional
            At most 25 reports of anomalies, each with `RuleName`, `ServiceName`, `Timestamp`, `AnomalyCount`,
            `TotalCount` and `SampledAnomalyCount`. Defaults to none.

        Returns
        -------
        dict
            `{"SamplingTargetDocuments": list of dict, "LastRuleModification": datetime,
            "UnprocessedStatistics": list of dict, "ResponseMetadata": dict}`, with one target for each report
            of a rule that exists. A target always has `RuleName` and `FixedRate`. It has `ReservoirQuota`,
            `ReservoirQuotaTTL` and `Interval` only if a report of the rule, by any client, is in one of the
            last six closed 10-second windows. It has `SamplingBoost` during a boost.
            `UnprocessedBoostStatistics` is there if you sent reports of anomalies.

        Raises
        ------
        botocore.exceptions.ClientError
            With the code `ValidationException`, if there are more than 25 reports, or a name or a `ClientID`
            is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> report = {"RuleName": "checkout", "ClientID": "0123456789abcdef01234567", "Timestamp": time.time(),
        ...           "RequestCount": 100, "SampledCount": 10, "BorrowCount": 1}
        >>> client.get_sampling_targets(SamplingStatisticsDocuments=[report])["SamplingTargetDocuments"]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetSamplingTargets; recorded.
        """

    def get_trace_segment_destination(self) -> dict[str, Any]:
        """Return where the account's trace segments go in the Region.

        Returns
        -------
        dict
            `{"Destination": "XRay" or "CloudWatchLogs", "Status": "PENDING" or "ACTIVE", "ResponseMetadata": dict}`

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.get_trace_segment_destination()["Destination"]
        'XRay'

        Notes
        -----
        Source: AWS X-Ray API Reference, GetTraceSegmentDestination; recorded.
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

    def list_tags_for_resource(
        self,
        *,
        ResourceARN: str,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the tags of a group or a sampling rule, in AWS's order, which is neither alphabetical nor that of tagging.

        Parameters
        ----------
        ResourceARN : str
            The ARN of the group or the sampling rule.
        NextToken : str, optional
            Ignored: the response always has all tags.

        Returns
        -------
        dict
            `{"Tags": [{"Key": str, "Value": str}], "ResponseMetadata": dict}`

        Raises
        ------
        ResourceNotFoundException
            If the resource does not exist.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the ARN is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> {tag["Key"]: tag["Value"] for tag in client.list_tags_for_resource(ResourceARN=arn)["Tags"]}
        {'team': 'checkout'}

        Notes
        -----
        Source: AWS X-Ray API Reference, ListTagsForResource; recorded.
        """

    def put_encryption_config(
        self,
        *,
        Type: str,
        KeyId: str = ...,
    ) -> dict[str, Any]:
        """Change how the account's traces are encrypted in the Region.

        Parameters
        ----------
        Type : str
            "NONE" for the default encryption, or "KMS" for a key of your own.
        KeyId : str, optional
            The key, with the type KMS only: its ARN, its id, or an alias such as "alias/aws/xray".

        Returns
        -------
        dict
            `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING", "Type": str}, "ResponseMetadata": dict}`.
            `KeyId` is always the ARN of a key; an alias has the same generated key each time.

        Raises
        ------
        InvalidRequestException
            If the type KMS has no key, or the type NONE has one, or the key is the ARN of something else.
        botocore.exceptions.ClientError
            With the code `ValidationException`, for any other type.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.put_encryption_config(Type="KMS", KeyId="alias/aws/xray")

        Notes
        -----
        Source: AWS X-Ray API Reference, PutEncryptionConfig; not recorded.
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

    def tag_resource(
        self,
        *,
        ResourceARN: str,
        Tags: Sequence[Mapping[str, Any]],
    ) -> dict[str, Any]:
        """Add tags to a group or a sampling rule, or replace the values of tags that it has.

        Parameters
        ----------
        ResourceARN : str
            The ARN of the group or the sampling rule.
        Tags : list of dict
            `{"Key": str, "Value": str}`: keys of 1 to 128 characters, values of 0 to 256. Keys are case-sensitive.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        ResourceNotFoundException
            If the resource does not exist.
        InvalidRequestException
            If a key starts with `aws:`, or the resource would have more tags than it may, which is 50.
        botocore.exceptions.ClientError
            With the code `InternalFailure` and status 500, if a key occurs twice; a real client retries this error.
            With the code `ValidationException`, if a key or a value is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])

        Notes
        -----
        Source: AWS X-Ray API Reference, TagResource; recorded.
        """

    def untag_resource(
        self,
        *,
        ResourceARN: str,
        TagKeys: Sequence[str],
    ) -> dict[str, Any]:
        """Remove tags from a group or a sampling rule.

        Parameters
        ----------
        ResourceARN : str
            The ARN of the group or the sampling rule.
        TagKeys : list of str
            The keys of the tags. Keys that the resource does not have are ignored.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        ResourceNotFoundException
            If the resource does not exist.
        InvalidRequestException
            If a key starts with `aws:`.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if a key is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.untag_resource(ResourceARN=arn, TagKeys=["team"])

        Notes
        -----
        Source: AWS X-Ray API Reference, UntagResource; recorded.
        """

    def update_group(
        self,
        *,
        GroupName: str = ...,
        GroupARN: str = ...,
        FilterExpression: str = ...,
        InsightsConfiguration: Mapping[str, Any] = ...,
    ) -> dict[str, Any]:
        """Replace the filter expression of a group and, if given, its insights configuration.

        Parameters
        ----------
        GroupName : str, optional
            The name of the group. Give either this or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.
        FilterExpression : str
            The new filter expression. It must not be blank, although the API model says that it is optional. Leave
            it out for the group Default, which has none.
        InsightsConfiguration : dict, optional
            `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`, where a missing member means False. By
            default, the configuration stays as it is.

        Returns
        -------
        dict
            `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it.

        Raises
        ------
        InvalidRequestException
            If the group does not exist, both or neither of `GroupName` and `GroupARN` are given, the filter
            expression is missing or blank, or notifications are enabled without insights.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the name or the ARN is too long.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.update_group(GroupName="slow", FilterExpression="responsetime > 10")

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateGroup; recorded.
        """

    def update_indexing_rule(
        self,
        *,
        Name: str,
        Rule: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Change the percentage of spans that Transaction Search indexes.

        Parameters
        ----------
        Name : str
            "Default".
        Rule : dict
            `{"Probabilistic": {"DesiredSamplingPercentage": float}}`, from 0 to 100.

        Returns
        -------
        dict
            `{"IndexingRule": {"Name": str, "ModifiedAt": datetime, "Rule": dict}, "ResponseMetadata": dict}`

        Raises
        ------
        ResourceNotFoundException
            If there is no rule of that name.
        InvalidRequestException
            If the percentage is out of range.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.update_indexing_rule(
        ...     Name="Default", Rule={"Probabilistic": {"DesiredSamplingPercentage": 5}}
        ... )

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateIndexingRule; not recorded.
        """

    def update_sampling_rule(
        self,
        *,
        SamplingRuleUpdate: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Change a sampling rule.

        Parameters
        ----------
        SamplingRuleUpdate : dict
            The members to change, named as in `create_sampling_rule`, except that `Version` cannot change.
            Select the rule with either `RuleName` or `RuleARN`. Members that you leave out stay as they are,
            except for `SamplingRateBoost`, which is removed.

        Returns
        -------
        dict
            `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the whole rule. `ModifiedAt` moves
            even if nothing changes.

        Raises
        ------
        InvalidRequestException
            If the rule does not exist, a number is out of range, the update has both or neither of `RuleName`
            and `RuleARN`, or it changes more of Default than `FixedRate` and `ReservoirSize`.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if a string is too long or there are too many attributes.
            With the code `InternalFailure`, if `CooldownWindowMinutes` is 0.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "checkout", "FixedRate": 0.1})

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateSamplingRule; recorded.
        """

    def update_trace_segment_destination(
        self,
        *,
        Destination: str = ...,
        CloudWatchLogsConfiguration: Mapping[str, Any] = ...,
    ) -> dict[str, Any]:
        """Change where the account's trace segments go in the Region.

        Parameters
        ----------
        Destination : str
            "XRay", or "CloudWatchLogs" for Transaction Search. boto3 does not require it, AWS does.
        CloudWatchLogsConfiguration : dict, optional
            `{"SpansLogGroupKmsKeyId": str}`: the ARN of the KMS key of the log group `aws/spans`, which X-Ray
            creates with the first change to "CloudWatchLogs". Allowed only with that change.

        Returns
        -------
        dict
            `{"Destination": str, "Status": "PENDING", "ResponseMetadata": dict}`. The fake's destination is active
            at once, so the next `get_trace_segment_destination` returns ACTIVE; an activation delay changes that.

        Raises
        ------
        InvalidRequestException
            If the destination is missing or is set already, the last change is pending, or the configuration is
            not allowed.
        botocore.exceptions.ClientError
            With the code `ValidationException`, for any other destination. With the code `AccessDeniedException`,
            if CloudWatch Logs does not let X-Ray write spans; by default the fake assumes that it does.
        botocore.exceptions.ParamValidationError
            If botocore rejects the arguments.

        Examples
        --------
        >>> client.update_trace_segment_destination(Destination="CloudWatchLogs")["Status"]
        'PENDING'

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateTraceSegmentDestination; errors that users of AWS report.
        """

    # Written by tools/stub.py: end.
