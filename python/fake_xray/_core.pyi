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
def active_fake() -> FakeXRay | None:
    """Return the fake of the innermost active `mock_xray`.

    Use it in decorated tests and test classes, which do not receive their fake as an argument.

    Returns
    -------
    FakeXRay or None
        The fake, or None if no `mock_xray` is active.

    Examples
    --------
    >>> from fake_xray import active_fake, mock_xray
    >>> with mock_xray() as fake:
    ...     active_fake() is fake
    True
    """

def set_active_fake(fake: FakeXRay | None) -> None: ...

_Value: TypeAlias = str | float | bool | datetime

@final
class FakeXRay:
    """An in-memory fake of AWS X-Ray.

    Each account and Region has its own state. At first, it is empty except for the group, the sampling rule and the
    indexing rule named Default, as in a new AWS account.

    Parameters
    ----------
    account_id : str
        Account id (12 digits) of clients that do not specify one. Default: "123456789012".
    region_name : str
        Region of clients that do not specify one. Default: "us-east-1".
    caller_arn : str, optional
        ARN of the caller, for clients that do not specify one. It is the ARN of a user, a role, an assumed-role session,
        a federated user or an account's root. `put_resource_policy` uses it to reject a policy that would lock out its
        caller. Default: `arn:aws:iam::ACCOUNT:user/fake-xray`, with the account and the partition of the client.
    policy_limit : int
        Maximum number of resource policies per account and Region. Default: 5, from the X-Ray API reference.
    accounts : mapping of str to str, or callable
        Maps access key ids to account ids. If one of these keys is passed to a boto3 client or its session, the client
        works in that account. Keys from the environment or a profile are ignored. A callable receives an access key id and
        returns an account id or None. None, or a key that the mapping does not have, means the account of the fake. The
        fake looks the key up at each call, so you can extend the mapping later. Default: an empty mapping.
    record_calls : bool
        Whether to record every call in `calls`. Set it to False in a test that makes millions of calls. Default: True.
    activation_delay : int or float
        Seconds until a change of the trace segment destination or of the encryption configuration becomes active. The fake
        reads the time with `time.time()`, so freezegun and time-machine can advance it. Default: 0, which means that the
        next read returns the status ACTIVE.
    logs_policy : bool
        Whether the account has a resource policy in CloudWatch Logs that lets X-Ray write spans. If False, changing the
        trace segment destination to CloudWatchLogs fails with an AccessDeniedException, as it does on AWS without such a
        policy. Default: True.
    group_limit, rule_limit : int
        Maximum number of groups, and of sampling rules, in addition to Default, per account and Region. Default: 25 each,
        from AWS's quotas.
    tag_limit : int
        Maximum number of tags of a resource. Default: 50, from AWS's quotas.
    unsupported : {"error", "moto"}
        What happens when a client calls an operation that fake-xray does not support. With "error", the call raises a
        NotImplementedError. With "moto", moto handles the call; if moto is not active or does not support the operation
        either, the call raises a NotImplementedError. Default: "error".

    Raises
    ------
    TypeError, ValueError
        If an argument is invalid. The message names the argument and its value.

    Examples
    --------
    >>> from fake_xray import FakeXRay
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
            Region and account of the client. Default: the Region and account of the fake.
        caller_arn : str, optional
            ARN of the caller. `put_resource_policy` uses it to reject a policy that would lock out its caller. Default: the
            `caller_arn` of the fake.
        tracked : bool
            Whether calls of this client are recorded in `calls` and use up injected errors and canned responses. Set it to
            False for a client with which the test prepares or inspects the state. Default: True.

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
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> setup = fake.client(tracked=False)
        >>> setup.list_resource_policies()["ResourcePolicies"]
        []
        >>> len(fake.calls)
        0
        """
    @property
    def policies(self) -> Mapping[str, StoredPolicy]:
        """The resource policies of the fake's account and Region: a read-only mapping of names to `StoredPolicy` objects.

        A `StoredPolicy` has the attributes `name`, `document` (a dict), `text`, `revision` (a str) and `updated_at` (an
        aware datetime). Each access returns a new snapshot, in order of creation, and is not recorded in `calls`.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> statement = {
        ...     "Effect": "Allow",
        ...     "Principal": {"Service": "sns.amazonaws.com"},
        ...     "Action": "xray:PutTraceSegments",
        ...     "Resource": "*",
        ... }
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
        >>> fake.policies["sns"].document["Statement"][0]["Effect"]
        'Allow'
        """
    def policies_in(
        self, *, account_id: str | None = None, region_name: str | None = None
    ) -> Mapping[str, StoredPolicy]:
        """Return the resource policies of an account and Region, by name.

        For the fake's own account and Region, you can use the attribute `policies` instead.

        Parameters
        ----------
        account_id, region_name : str, optional
            Account and Region of the policies. Default: the fake's account and Region.

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
        >>> from fake_xray import FakeXRay
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
        """Evaluate a request against the stored resource policies of one account and Region.

        Parameters
        ----------
        action : str
            The action of the request, such as "xray:PutTraceSegments".
        principal : str
            The principal that makes the request: a service ("sns.amazonaws.com"), an account id, or the ARN of a user, a
            role, an assumed-role session, a federated user or an account's root.
        context : mapping of str to value, optional
            Condition keys of the request and their values. A value is a str, a number, a bool, an aware datetime, or a list
            or tuple of them for a multivalued key. Default: no keys except those in the notes below.
        resource : str
            The resource of the request: an ARN, or "*" for an action that has no resource. Default: "*".
        account_id, region_name : str, optional
            Account and Region of the policies. Default: the fake's account and Region.

        Returns
        -------
        Evaluation
            True in a boolean context if the policies allow the request. Its `repr` explains the decision.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid. The message names the argument and its value.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> statement = {
        ...     "Effect": "Allow",
        ...     "Principal": {"Service": "sns.amazonaws.com"},
        ...     "Action": "xray:PutTraceSegments",
        ...     "Resource": "*",
        ...     "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
        ... }
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
        >>> evaluation = fake.evaluate(
        ...     "xray:PutTraceSegments",
        ...     principal="sns.amazonaws.com",
        ...     context={"aws:SourceAccount": "123456789012"},
        ... )
        >>> evaluation.decision
        'allowed'

        Notes
        -----
        The fake sets these condition keys: aws:CurrentTime, aws:EpochTime, aws:PrincipalIsAWSService, aws:RequestedRegion
        and aws:SecureTransport (true). For a principal of an AWS account, it also sets aws:PrincipalAccount and
        aws:PrincipalArn. Values in `context` override them.

        Source: IAM User Guide, "Policy evaluation logic", and recorded decisions of IAM. The page "Fidelity" of the
        documentation lists the rules.
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
        """Make the next calls of an operation fail with an error.

        The error reaches every kind of client: fake clients, real botocore clients and asynchronous clients. A call that
        fails this way does not change the state. A call that parameter validation rejects does not use up an injected
        error, and neither does a call of a client with `tracked=False`. If several injected errors or canned responses
        match a call, the fake uses the one that the test added first.

        Parameters
        ----------
        operation : str
            An operation of X-Ray, such as "PutResourcePolicy" or "put_resource_policy", or "*" for every operation. You can
            also name an operation that fake-xray does not support.
        code : str or type
            An AWS error code, such as "ThrottledException" or "ExpiredTokenException". If X-Ray's API model declares the
            code, the call raises the exception class of that name, otherwise a `ClientError`. To make the connection fail
            instead, pass one of these classes of `botocore.exceptions`: EndpointConnectionError, ConnectTimeoutError,
            ConnectionClosedError or ReadTimeoutError.
        message : str, optional
            The error's message. Default: "Injected by FakeXRay.inject_error."
        status : int, optional
            The HTTP status, from 400 to 599. Default: the status that the API model declares for the code. For other codes
            that fake-xray knows, the status that AWS documents or that other services send. For unknown codes, 400.
        times : int or None
            Number of calls that fail (at least 1), or None for all calls. If fewer calls than this number fail, the
            `fake_xray` fixture and `mock_xray` report an unused error. Default: 1.
        when : callable, optional
            A function that receives the `Call`. The call has no outcome yet, so its `error_code` is None. The call fails
            only if the function returns a true value. Default: every call fails.
        region_name, account_id : str, optional
            Region and account in which calls fail. Default: all Regions and all accounts.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, for example if X-Ray has no such operation. A code that looks like a misspelled known
            code is rejected too. To use such a code anyway, pass its `status`.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> fake.inject_error("GetGroups", "ThrottledException")
        >>> client = fake.client()
        >>> try:
        ...     client.get_groups()
        ... except client.exceptions.ThrottledException as error:
        ...     print(error.response["ResponseMetadata"]["HTTPStatusCode"])
        429
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
        """Add an insight, as AWS's anomaly detection does, and return its id.

        `get_insight`, `get_insight_events`, `get_insight_impact_graph` and `get_insight_summaries` return the insight. Its
        first event is at its start. An insight with an end is closed, and its last event is at its end.

        Parameters
        ----------
        root_cause : str
            Name of the service that causes the faults.
        group : str
            Name of the group, which must exist. Default: "Default".
        start : datetime, str, int or float, optional
            Start of the insight. A number means seconds since 1970. A str is an ISO 8601 time. Default: the current time.
        end : datetime, str, int or float, optional
            End of the insight, with the same types as `start`. Default: the insight has no end and is active.
        fault, ok : int
            Numbers of failed (fault) and successful (ok) requests in the first event. The same numbers apply to client
            requests and to requests to the root cause. Default: 40 and 60.
        summary : str, optional
            Summary of the insight. Default: a text that names the fault rate and the root cause.
        events : list of dict, optional
            Events between the start and the end, oldest first. Each event has the key "time" and, optionally, the keys
            "fault", "ok" and "summary", with the same meaning as in `update_insight`. Default: no events.
        callers : list of str, optional
            Names of the services that call the root cause, for the impact graph. Default: no callers.
        service_type : str
            Type of the root cause and of its callers. Default: "AWS::ECS::Container".
        id : str, optional
            Id of the insight, a UUID. Default: a generated UUID, which is the same in every run.
        account_id, region_name : str, optional
            Account and Region of the insight. Default: the fake's account and Region.

        Returns
        -------
        str
            The insight's id.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, for example if the group does not exist.

        Examples
        --------
        >>> from fake_xray import FakeXRay
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
        """Add an event to an active insight. The event updates the insight's numbers and summary.

        Parameters
        ----------
        id : str
            The insight's id.
        time : datetime, str, int or float, optional
            Time of the event, not before the insight's last event. A number means seconds since 1970. A str is an ISO 8601
            time. Default: the current time.
        fault, ok : int, optional
            Numbers of failed (fault) and successful (ok) requests. Default: the numbers in the last event.
        summary : str, optional
            Summary of the event. Default: the last summary that the test passed for this insight. If there is none, a text
            that names the fault rate and the root cause.
        account_id, region_name : str, optional
            Account and Region of the insight. Default: the fake's account and Region.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, or if the insight does not exist or is closed.

        Examples
        --------
        >>> from fake_xray import FakeXRay
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
            End of the insight, not before its last event. A number means seconds since 1970. A str is an ISO 8601 time.
            Default: the current time.
        account_id, region_name : str, optional
            Account and Region of the insight. Default: the fake's account and Region.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid, or if the insight does not exist or is already closed.

        Examples
        --------
        >>> from fake_xray import FakeXRay
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
        """Provide a canned response for an operation.

        Use it for responses that only AWS can produce, and for operations that fake-xray does not support. Every kind of
        client returns the response: fake clients, real botocore clients and asynchronous clients. The fake checks the
        response against the API model of the installed botocore, as botocore's Stubber does. A call that returns a canned
        response does not change the state. If several canned responses or injected errors match a call, the fake uses the
        one that the test added first.

        Parameters
        ----------
        operation : str
            An operation of X-Ray, such as "GetInsightSummaries" or "get_insight_summaries".
        response : dict or callable
            The response, or a function that receives the `Call` and returns the response. `ResponseMetadata` is optional.
            It can set `RequestId`, `HTTPStatusCode` (200 to 299) and `HTTPHeaders`.
        times : int or None
            Number of calls that return the response (at least 1), or None for all calls. If fewer calls than this number
            return it, the `fake_xray` fixture and `mock_xray` report an unused response. Default: None.
        when : callable, optional
            A function that receives the `Call`. The call has no outcome yet, so its `error_code` is None. The call returns
            the response only if the function returns a true value. Default: every call returns it.
        region_name, account_id : str, optional
            Region and account in which calls return the response. Default: all Regions and all accounts.

        Raises
        ------
        TypeError, ValueError
            If an argument is invalid.
        botocore.exceptions.ParamValidationError
            If the API model does not allow the response. If `response` is a function, the fake checks its result at each
            call, and the application's call raises this error.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> fake.respond("GetTraceSummaries", {"TraceSummaries": [{"Id": "1-58406520-a006649127e371903a2de979"}]})
        >>> response = fake.client().get_trace_summaries(StartTime=0, EndTime=60)
        >>> response["TraceSummaries"][0]["Id"]
        '1-58406520-a006649127e371903a2de979'
        """
    @property
    def calls(self) -> Calls:
        """The calls of all tracked clients, oldest first, as a `Calls` sequence of `Call` objects.

        The `error_code` of a call is None if the call succeeded. If the response was an error, `error_code` is AWS's error
        code. If there was no response, `error_code` is the name of the exception, such as "ParamValidationError". If a real
        botocore client retries a call, each attempt is recorded. Each access returns a new snapshot.

        Raises
        ------
        RuntimeError
            If the fake was created with `record_calls=False`.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> _ = fake.client().list_resource_policies()
        >>> fake.calls.last.operation
        'ListResourcePolicies'
        >>> fake.calls.clear()
        >>> len(fake.calls)
        0
        """
    def reset(self) -> None:
        """Remove the state of every account and Region, the recorded calls, the injected errors and the canned responses.

        You can still use clients that the fake has created.

        Examples
        --------
        >>> from fake_xray import FakeXRay
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
    """The result of `FakeXRay.evaluate`. In a boolean context it is True if the stored resource policies allow the request.

    Its `repr` explains the decision, so a failing `assert` on an evaluation shows why.

    Examples
    --------
    >>> from fake_xray import FakeXRay
    >>> evaluation = FakeXRay().evaluate("xray:GetGroups", principal="sns.amazonaws.com")
    >>> bool(evaluation)
    False
    >>> evaluation
    <Evaluation implicitDeny: xray:GetGroups by sns.amazonaws.com;
    no statement allows it: there is no resource policy in 123456789012 us-east-1>
    """

    @property
    def decision(self) -> Literal["allowed", "explicitDeny", "implicitDeny"]:
        """The decision: "allowed", "explicitDeny" or "implicitDeny", the words of IAM's policy simulator.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> FakeXRay().evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").decision
        'implicitDeny'
        """
    @property
    def matched(self) -> tuple[MatchedStatement, ...]:
        """The statements that led to the decision, as a tuple of `MatchedStatement` objects.

        If the decision is "explicitDeny", these are all matching Deny statements. If it is "allowed", these are all matching
        Allow statements. If it is "implicitDeny", the tuple is empty.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> FakeXRay().evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched
        ()
        """
    @property
    def needs_identity_policy(self) -> bool:
        """Whether an identity-based policy of the principal must allow the action too.

        This is True for every principal of an AWS account: recorded calls of AWS show that an Allow in a resource policy of
        X-Ray is not enough. It is False for a service, which has no identity-based policies.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> FakeXRay().evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").needs_identity_policy
        False
        """
    def __bool__(self) -> bool: ...

@final
class MatchedStatement:
    """A statement that led to the decision of an evaluation. `Evaluation.matched` contains these objects.

    Examples
    --------
    >>> import json
    >>> from fake_xray import FakeXRay
    >>> fake = FakeXRay()
    >>> statement = {
    ...     "Sid": "SNSAccess",
    ...     "Effect": "Allow",
    ...     "Principal": {"Service": "sns.amazonaws.com"},
    ...     "Action": "xray:PutTraceSegments",
    ...     "Resource": "*",
    ... }
    >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    >>> (matched,) = fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched
    >>> matched.policy_name, matched.statement_index, matched.sid
    ('sns', 0, 'SNSAccess')
    """

    @property
    def policy_name(self) -> str:
        """The name of the policy that has the statement.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> statement = {"Sid": "SNSAccess", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
        ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
        >>> fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched[0].policy_name
        'sns'
        """
    @property
    def statement_index(self) -> int:
        """The index of the statement in the policy. The first statement has index 0.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> statement = {"Sid": "SNSAccess", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
        ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
        >>> fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched[0].statement_index
        0
        """
    @property
    def sid(self) -> str | None:
        """The `Sid` of the statement, or None if it has no `Sid`.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> statement = {"Sid": "SNSAccess", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
        ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
        >>> fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched[0].sid
        'SNSAccess'
        """
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
    def _handle_http(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, str], bytes, str | None]: ...
    def _arranged_response(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any] | None: ...
    def _arranged_http_response(
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
            Name of the group: 1 to 32 characters. Names are case-sensitive and unique. "Default" is reserved in any
            letter case.
        FilterExpression : str
            The filter expression. It is required and must not be blank, although the API model declares it optional.
            The fake stores it and does not check its grammar.
        InsightsConfiguration : dict, optional
            `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`. `NotificationsEnabled` requires
            `InsightsEnabled`. Default: both False.
        Tags : list of dict, optional
            Tags of the group, each `{"Key": str, "Value": str}`. A key has 1 to 128 characters, a value 0 to 256.
            Default: no tags.

        Returns
        -------
        dict
            `{"Group": {"GroupName": str, "GroupARN": str, "FilterExpression": str, "InsightsConfiguration":
            {"InsightsEnabled": bool, "NotificationsEnabled": bool}}, "ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If the filter expression is missing or blank, the name is in use or reserved, notifications are enabled
            without insights, a tag key starts with `aws:`, there are more tags than `FakeXRay(tag_limit=...)` allows,
            or the account already has as many groups in the Region as `FakeXRay(group_limit=...)` allows.
        botocore.exceptions.ClientError
            With the code `InternalFailure` and status 500, if a tag key occurs twice. With the code
            `ValidationException`, if an argument is too long.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> response = client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
        >>> response["Group"]["FilterExpression"]
        'responsetime > 5'

        Notes
        -----
        Source: AWS X-Ray API Reference, CreateGroup, and recorded responses of AWS.
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
            `URLPath` (str, the patterns that a request must match), `Priority` (int, 1 to 9999; clients try the rule
            with the lowest number first), `FixedRate` (float, 0 to 1), `ReservoirSize` (int, requests per second) and
            `Version` (int, always 1). The rule must have either a `RuleName` (str, 1 to 32 characters) or a `RuleARN`
            (str), not both.
            Optional members: `Attributes` (dict of str to str, at most 5 entries; default: no attributes) and
            `SamplingRateBoost` (dict with `MaxRate`, a float from 0 to 1, and `CooldownWindowMinutes`, an int of at
            least 1; default: no boost).
        Tags : list of dict, optional
            Tags of the rule, each `{"Key": str, "Value": str}`. Default: no tags.

        Returns
        -------
        dict
            `{"SamplingRuleRecord": {"SamplingRule": dict, "CreatedAt": datetime, "ModifiedAt": datetime},
            "ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If a rule of this name exists, `Version` is not 1, the rule has both or neither of `RuleName` and
            `RuleARN`, its ARN is malformed or belongs to another account or Region, a tag key starts with `aws:`,
            or there are more tags than `FakeXRay(tag_limit=...)` allows.
        RuleLimitExceededException
            If the account already has as many rules in the Region as `FakeXRay(rule_limit=...)` allows.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if a number is too large, a string is too long, or there are too many
            attributes. With the code `InternalFailure` and status 500, if `CooldownWindowMinutes` is 0 or a tag key
            occurs twice.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> rule = {"RuleName": "checkout", "Priority": 100, "FixedRate": 0.5, "ReservoirSize": 1, "Version": 1,
        ...         "ServiceName": "shop", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST",
        ...         "URLPath": "/checkout", "ResourceARN": "*"}
        >>> response = client.create_sampling_rule(SamplingRule=rule)
        >>> response["SamplingRuleRecord"]["SamplingRule"]["RuleARN"]
        'arn:aws:xray:us-east-1:123456789012:sampling-rule/checkout'

        Notes
        -----
        Source: AWS X-Ray API Reference, CreateSamplingRule, and recorded responses of AWS.
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
            The name of the group. Pass either `GroupName` or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        InvalidRequestException
            If the group does not exist or is Default, or if the request has both or neither of the arguments.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if an argument is too long.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> response = client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
        >>> response = client.delete_group(GroupName="slow")
        >>> [group["GroupName"] for group in client.get_groups()["Groups"]]
        ['Default']

        Notes
        -----
        Source: AWS X-Ray API Reference, DeleteGroup, and recorded responses of AWS.
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
            Name of the policy: 1 to 128 characters of `[\w+=,.@-]`.
        PolicyRevisionId : str, optional
            The current revision of the policy. If the policy has another revision, the call fails. Default: delete the
            policy, whatever its revision.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        InvalidPolicyRevisionIdException
            If `PolicyRevisionId` is not the current revision of the policy, or a revision is given and the policy does
            not exist.
        InvalidRequestException
            If the policy does not exist and no revision is given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the name is too long or has invalid characters.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
        ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> response = client.put_resource_policy(PolicyName="sns", PolicyDocument=document)
        >>> response = client.delete_resource_policy(PolicyName="sns", PolicyRevisionId="1")
        >>> client.list_resource_policies()["ResourcePolicies"]
        []

        Notes
        -----
        Source: AWS X-Ray API Reference, DeleteResourcePolicy, and recorded responses of AWS.
        """

    def delete_sampling_rule(
        self,
        *,
        RuleName: str = ...,
        RuleARN: str = ...,
    ) -> dict[str, Any]:
        """Delete a sampling rule, its tags and its statistics.

        Parameters
        ----------
        RuleName : str, optional
            The rule's name. Pass either `RuleName` or `RuleARN`, not both.
        RuleARN : str, optional
            The rule's ARN.

        Returns
        -------
        dict
            `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the rule as it was before it was deleted.

        Raises
        ------
        InvalidRequestException
            If the rule does not exist or is Default, or if the request has both or neither of `RuleName` and
            `RuleARN`.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> rule = {"RuleName": "checkout", "Priority": 100, "FixedRate": 0.5, "ReservoirSize": 1, "Version": 1,
        ...         "ServiceName": "shop", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST",
        ...         "URLPath": "/checkout", "ResourceARN": "*"}
        >>> response = client.create_sampling_rule(SamplingRule=rule)
        >>> response = client.delete_sampling_rule(RuleName="checkout")
        >>> len(client.get_sampling_rules()["SamplingRuleRecords"])
        1

        Notes
        -----
        Source: AWS X-Ray API Reference, DeleteSamplingRule, and recorded responses of AWS.
        """

    def get_encryption_config(self) -> dict[str, Any]:
        """Return the encryption configuration of the account's traces in the Region.

        Returns
        -------
        dict
            `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING" or "ACTIVE", "Type": "NONE" or "KMS"},
            "ResponseMetadata": dict}`. Only the type KMS has a `KeyId`.

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.get_encryption_config()["EncryptionConfig"]
        {'Status': 'ACTIVE', 'Type': 'NONE'}

        Notes
        -----
        Source: AWS X-Ray API Reference, GetEncryptionConfig. No responses of AWS were recorded.
        """

    def get_group(
        self,
        *,
        GroupName: str = ...,
        GroupARN: str = ...,
    ) -> dict[str, Any]:
        """Return a group by its name or ARN.

        Parameters
        ----------
        GroupName : str, optional
            The name of the group. Pass either `GroupName` or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.

        Returns
        -------
        dict
            `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it. The group Default
            has no `FilterExpression`.

        Raises
        ------
        InvalidRequestException
            If the group does not exist, or if the request has both or neither of the arguments.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if an argument is too long.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.get_group(GroupName="Default")["Group"]["GroupARN"]
        'arn:aws:xray:us-east-1:123456789012:group/Default'

        Notes
        -----
        Source: AWS X-Ray API Reference, GetGroup, and recorded responses of AWS.
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
            Not supported by X-Ray, which rejects every token. Default: no token.

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
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> [group["GroupName"] for group in client.get_groups()["Groups"]]
        ['Default']

        Notes
        -----
        Source: AWS X-Ray API Reference, GetGroups, and recorded responses of AWS.
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
            Every token is rejected, because there is only one page. Default: no token.

        Returns
        -------
        dict
            `{"IndexingRules": [{"Name": "Default", "ModifiedAt": datetime, "Rule": {"Probabilistic":
            {"DesiredSamplingPercentage": float}}}], "ResponseMetadata": dict}`. The initial percentage is 1.

        Raises
        ------
        InvalidRequestException
            If a token is given.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.get_indexing_rules()["IndexingRules"][0]["Rule"]
        {'Probabilistic': {'DesiredSamplingPercentage': 1.0}}

        Notes
        -----
        Source: AWS X-Ray API Reference, GetIndexingRules, and one recorded response of AWS.
        """

    def get_insight(
        self,
        *,
        InsightId: str,
    ) -> dict[str, Any]:
        """Return an insight.

        X-Ray has no operation that creates an insight. Tests add insights with `FakeXRay.add_insight`.

        Parameters
        ----------
        InsightId : str
            Id of the insight, a UUID.

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
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders")
        >>> fake.client().get_insight(InsightId=insight_id)["Insight"]["State"]
        'ACTIVE'

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsight. No responses of AWS were recorded.
        """

    def get_insight_events(
        self,
        *,
        InsightId: str,
        MaxResults: int = ...,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the events of an insight, oldest first.

        Parameters
        ----------
        InsightId : str
            Id of the insight, a UUID.
        MaxResults : int, optional
            Number of events per page, from 1 to 50. Default: 50.
        NextToken : str, optional
            The `NextToken` of the previous response. Default: the first page.

        Returns
        -------
        dict
            `{"InsightEvents": [{"Summary": str, "EventTime": datetime, "ClientRequestImpactStatistics": dict,
            "RootCauseServiceRequestImpactStatistics": dict, "TopAnomalousServices": list of dict}],
            "NextToken": str, "ResponseMetadata": dict}`. The last page has no `NextToken`.

        Raises
        ------
        InvalidRequestException
            If the insight does not exist, or if the token is not from a previous response.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the id is not a UUID or if `MaxResults` is too large.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders")
        >>> response = fake.client().get_insight_events(InsightId=insight_id)
        >>> [event["ClientRequestImpactStatistics"]["FaultCount"] for event in response["InsightEvents"]]
        [40]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsightEvents. No responses of AWS were recorded.
        """

    def get_insight_impact_graph(
        self,
        *,
        InsightId: str,
        StartTime: datetime | float | str,
        EndTime: datetime | float | str,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """Return the services that an insight affects, without their statistics.

        Parameters
        ----------
        InsightId : str
            Id of the insight, a UUID.
        StartTime : datetime, str, int or float
            The start of the range, at most 30 days ago.
        EndTime : datetime, str, int or float
            The end of the range (exclusive), at most six hours after the start.
        NextToken : str, optional
            Every token is rejected, because there is only one page. Default: no token.

        Returns
        -------
        dict
            `{"InsightId": str, "StartTime": datetime, "EndTime": datetime, "ServiceGraphStartTime": datetime,
            "ServiceGraphEndTime": datetime, "Services": [{"ReferenceId": int, "Type": str, "Name": str, "Names":
            list of str, "AccountId": str, "Edges": [{"ReferenceId": int}]}], "ResponseMetadata": dict}`. The list of
            services is empty if the insight was not open in the range.

        Raises
        ------
        InvalidRequestException
            If the insight does not exist, the range is too old, too long or ends before it starts, or the request has a
            token.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the id is not a UUID.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> import time
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders", callers=["shop"], start=time.time() - 60)
        >>> response = fake.client().get_insight_impact_graph(
        ...     InsightId=insight_id, StartTime=time.time() - 60, EndTime=time.time()
        ... )
        >>> [service["Name"] for service in response["Services"]]
        ['orders', 'shop']

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsightImpactGraph. No responses of AWS were recorded.
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
        """List the insights of a group that were open at some time in a range, oldest first.

        Parameters
        ----------
        StartTime : datetime, str, int or float
            The start of the range, at most 30 days ago.
        EndTime : datetime, str, int or float
            The end of the range (inclusive).
        GroupName : str, optional
            The name of the group. Pass either `GroupName` or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.
        States : list of str, optional
            A list with "ACTIVE" or "CLOSED", but not both. Default: list insights of both states.
        MaxResults : int, optional
            Number of insights per page, from 1 to 100. Default: 100.
        NextToken : str, optional
            The `NextToken` of the previous response. Default: the first page.

        Returns
        -------
        dict
            `{"InsightSummaries": list of dict, "NextToken": str, "ResponseMetadata": dict}`. Each summary has the
            members of the `Insight` that `get_insight` returns, and `LastUpdateTime` (datetime). The last page has no
            `NextToken`.

        Raises
        ------
        InvalidRequestException
            If the group does not exist, the request has both or neither of `GroupName` and `GroupARN`, the range is too
            old or ends before it starts, or the token is not from a previous response.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if there are two states or an unknown one, or if `MaxResults` is too
            large.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> import time
        >>> from fake_xray import FakeXRay
        >>> fake = FakeXRay()
        >>> insight_id = fake.add_insight(root_cause="orders", start=time.time() - 60)
        >>> response = fake.client().get_insight_summaries(
        ...     GroupName="Default", StartTime=time.time() - 3600, EndTime=time.time()
        ... )
        >>> [insight["State"] for insight in response["InsightSummaries"]]
        ['ACTIVE']

        Notes
        -----
        Source: AWS X-Ray API Reference, GetInsightSummaries. No responses of AWS were recorded.
        """

    def get_sampling_rules(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List all sampling rules, sorted by name, with Default last.

        Parameters
        ----------
        NextToken : str, optional
            Ignored. Every response has all rules.

        Returns
        -------
        dict
            `{"SamplingRuleRecords": list of dict, "ResponseMetadata": dict}`, with records as `create_sampling_rule`
            returns them.

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> records = client.get_sampling_rules()["SamplingRuleRecords"]
        >>> [record["SamplingRule"]["RuleName"] for record in records]
        ['Default']

        Notes
        -----
        Source: AWS X-Ray API Reference, GetSamplingRules, and recorded responses of AWS.
        """

    def get_sampling_statistic_summaries(
        self,
        *,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """Return what clients reported about each sampling rule in the last closed 10-second window.

        A window closes one second after its end.

        Parameters
        ----------
        NextToken : str, optional
            Ignored. Every response has all rules.

        Returns
        -------
        dict
            `{"SamplingStatisticSummaries": list of dict, "ResponseMetadata": dict}`, with one summary for
            each rule except Default: `RuleName`, `Timestamp` (datetime, the start of the window),
            `RequestCount`, `SampledCount` and `BorrowCount`. The counts are 0 if the window has no report.

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.get_sampling_statistic_summaries()["SamplingStatisticSummaries"]
        []

        Notes
        -----
        Source: AWS X-Ray API Reference, GetSamplingStatisticSummaries, and recorded responses of AWS.
        """

    def get_sampling_targets(
        self,
        *,
        SamplingStatisticsDocuments: Sequence[Mapping[str, Any]],
        SamplingBoostStatisticsDocuments: Sequence[Mapping[str, Any]] = ...,
    ) -> dict[str, Any]:
        """Report how many requests a client sampled with each rule, and return the targets for its next requests.

        Parameters
        ----------
        SamplingStatisticsDocuments : list of dict
            At most 25 reports, each with `RuleName` (str), `ClientID` (str, 24 characters), `Timestamp`
            (datetime), `RequestCount` (int), `SampledCount` (int) and, optionally, `BorrowCount` (int; default: the
            last `BorrowCount` that was reported for the rule in the same 10-second window, or 0).
        SamplingBoostStatisticsDocuments : list of dict, optional
            At most 25 reports of anomalies, each with `RuleName`, `ServiceName`, `Timestamp`, `AnomalyCount`,
            `TotalCount` and `SampledAnomalyCount`. Default: no reports.

        Returns
        -------
        dict
            `{"SamplingTargetDocuments": list of dict, "LastRuleModification": datetime,
            "UnprocessedStatistics": list of dict, "ResponseMetadata": dict}`, with one target for each report
            of a rule that exists. `UnprocessedStatistics` lists the reports of rules that do not exist. A target
            always has `RuleName` and `FixedRate`. It has `ReservoirQuota`, `ReservoirQuotaTTL` and `Interval` only
            if any client reported the rule in one of the last six closed 10-second windows. It has `SamplingBoost`
            during a boost. The response has `UnprocessedBoostStatistics` only if the request has reports of
            anomalies.

        Raises
        ------
        botocore.exceptions.ClientError
            With the code `ValidationException`, if there are more than 25 reports, or a name or a `ClientID`
            is too long.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> import time
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> report = {"RuleName": "Default", "ClientID": "0123456789abcdef01234567", "Timestamp": time.time(),
        ...           "RequestCount": 100, "SampledCount": 10, "BorrowCount": 1}
        >>> response = client.get_sampling_targets(SamplingStatisticsDocuments=[report])
        >>> response["SamplingTargetDocuments"]
        [{'RuleName': 'Default', 'FixedRate': 0.05}]

        Notes
        -----
        Source: AWS X-Ray API Reference, GetSamplingTargets, and recorded responses of AWS.
        """

    def get_trace_segment_destination(self) -> dict[str, Any]:
        """Return the destination of the account's trace segments in the Region.

        Returns
        -------
        dict
            `{"Destination": "XRay" or "CloudWatchLogs", "Status": "PENDING" or "ACTIVE", "ResponseMetadata": dict}`

        Raises
        ------
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.get_trace_segment_destination()["Destination"]
        'XRay'

        Notes
        -----
        Source: AWS X-Ray API Reference, GetTraceSegmentDestination, and recorded responses of AWS.
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
            Not supported by X-Ray, which rejects every token. Default: no token.

        Returns
        -------
        dict
            `{"ResourcePolicies": list of dict, "ResponseMetadata": dict}`, with policies as `put_resource_policy` returns
            them.

        Raises
        ------
        InvalidRequestException
            If a token is given.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the token is longer than 100 characters.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]
        []

        Notes
        -----
        Source: AWS X-Ray API Reference, ListResourcePolicies, and recorded responses of AWS.
        """

    def list_tags_for_resource(
        self,
        *,
        ResourceARN: str,
        NextToken: str = ...,
    ) -> dict[str, Any]:
        """List the tags of a group or a sampling rule.

        The tags are in the same order as on AWS, which is neither alphabetical nor the order in which they were added.

        Parameters
        ----------
        ResourceARN : str
            The ARN of the group or the sampling rule.
        NextToken : str, optional
            Ignored. Every response has all tags.

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
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> arn = client.get_group(GroupName="Default")["Group"]["GroupARN"]
        >>> response = client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
        >>> {tag["Key"]: tag["Value"] for tag in client.list_tags_for_resource(ResourceARN=arn)["Tags"]}
        {'team': 'checkout'}

        Notes
        -----
        Source: AWS X-Ray API Reference, ListTagsForResource, and recorded responses of AWS.
        """

    def put_encryption_config(
        self,
        *,
        Type: str,
        KeyId: str = ...,
    ) -> dict[str, Any]:
        """Change the encryption configuration of the account's traces in the Region.

        Parameters
        ----------
        Type : str
            "NONE" for the default encryption, or "KMS" for encryption with a key in the account.
        KeyId : str, optional
            The key: its ARN, its id, or an alias such as "alias/aws/xray". Required for the type KMS, and not allowed
            for the type NONE.

        Returns
        -------
        dict
            `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING", "Type": str}, "ResponseMetadata": dict}`.
            `KeyId` is always the ARN of a key. For an alias, the fake generates a key id, which is the same in every
            run. The next `get_encryption_config` returns the status ACTIVE, unless `FakeXRay(activation_delay=...)`
            delays the change.

        Raises
        ------
        InvalidRequestException
            If the type is KMS without a key or NONE with a key, or if the ARN is not that of a key or an alias.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the type is neither "NONE" nor "KMS".
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.put_encryption_config(Type="KMS", KeyId="alias/aws/xray")["EncryptionConfig"]["Status"]
        'UPDATING'
        >>> client.get_encryption_config()["EncryptionConfig"]["Status"]
        'ACTIVE'

        Notes
        -----
        Source: AWS X-Ray API Reference, PutEncryptionConfig. No responses of AWS were recorded.
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
            Name of the policy: 1 to 128 characters of `[\w+=,.@-]`.
        PolicyDocument : str
            The policy document as JSON, at most 5120 bytes of UTF-8.
        PolicyRevisionId : str, optional
            The current revision of the policy, or "0" for a policy that does not exist yet. If the policy has another
            revision, the call fails. Default: create or replace the policy, whatever its revision.
        BypassPolicyLockoutCheck : bool, optional
            Whether to skip the lockout check, which rejects a policy that denies its caller xray:PutResourcePolicy.
            Default: False.

        Returns
        -------
        dict
            `{"ResourcePolicy": {"PolicyName": str, "PolicyDocument": str, "PolicyRevisionId": str,
            "LastUpdatedTime": datetime}, "ResponseMetadata": dict}`

        Raises
        ------
        MalformedPolicyDocumentException
            If the document is malformed. AWS sends no message, so the fake adds the reason as a note on the exception.
        LockoutPreventionException
            If the policy denies its caller xray:PutResourcePolicy and `BypassPolicyLockoutCheck` is not True.
        InvalidPolicyRevisionIdException
            If `PolicyRevisionId` is not the current revision, which is "0" for a policy that does not exist.
        PolicySizeLimitExceededException
            If the document is longer than 5120 bytes.
        PolicyCountLimitExceededException
            If the account already has as many policies in the Region as `FakeXRay(policy_limit=...)` allows.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the name is too long or has invalid characters.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> import json
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
        ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
        >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        >>> client.put_resource_policy(PolicyName="sns", PolicyDocument=document)["ResourcePolicy"]["PolicyRevisionId"]
        '1'

        Notes
        -----
        Source: AWS X-Ray API Reference, PutResourcePolicy, and recorded responses of AWS.
        """

    def tag_resource(
        self,
        *,
        ResourceARN: str,
        Tags: Sequence[Mapping[str, Any]],
    ) -> dict[str, Any]:
        """Add tags to a group or a sampling rule. If the resource already has a tag with the same key, replace its value.

        Parameters
        ----------
        ResourceARN : str
            The ARN of the group or the sampling rule.
        Tags : list of dict
            The tags, each `{"Key": str, "Value": str}`. A key has 1 to 128 characters, a value 0 to 256. Keys are
            case-sensitive.

        Returns
        -------
        dict
            `{"ResponseMetadata": dict}`

        Raises
        ------
        ResourceNotFoundException
            If the resource does not exist.
        InvalidRequestException
            If a key starts with `aws:`, or if the resource would have more tags than `FakeXRay(tag_limit=...)` allows.
        botocore.exceptions.ClientError
            With the code `InternalFailure` and status 500, if a key occurs twice. A real botocore client retries this
            error. With the code `ValidationException`, if a key or a value is too long.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> arn = client.get_group(GroupName="Default")["Group"]["GroupARN"]
        >>> response = client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
        >>> client.list_tags_for_resource(ResourceARN=arn)["Tags"]
        [{'Key': 'team', 'Value': 'checkout'}]

        Notes
        -----
        Source: AWS X-Ray API Reference, TagResource, and recorded responses of AWS.
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
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> arn = client.get_group(GroupName="Default")["Group"]["GroupARN"]
        >>> response = client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
        >>> response = client.untag_resource(ResourceARN=arn, TagKeys=["team"])
        >>> client.list_tags_for_resource(ResourceARN=arn)["Tags"]
        []

        Notes
        -----
        Source: AWS X-Ray API Reference, UntagResource, and recorded responses of AWS.
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
            The name of the group. Pass either `GroupName` or `GroupARN`, not both.
        GroupARN : str, optional
            The ARN of the group.
        FilterExpression : str
            The new filter expression. It is required and must not be blank, although the API model declares it
            optional. For the group Default, you must omit it, because Default has no filter expression.
        InsightsConfiguration : dict, optional
            `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`. A missing member means False. Default: keep the
            current configuration.

        Returns
        -------
        dict
            `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it.

        Raises
        ------
        InvalidRequestException
            If the group does not exist, the request has both or neither of `GroupName` and `GroupARN`, the filter
            expression is missing or blank, the request has a filter expression for Default, or notifications are
            enabled without insights.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the name or the ARN is too long.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> response = client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
        >>> response = client.update_group(GroupName="slow", FilterExpression="responsetime > 10")
        >>> response["Group"]["FilterExpression"]
        'responsetime > 10'

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateGroup, and recorded responses of AWS.
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
            Name of the rule. The only rule is "Default".
        Rule : dict
            The new rule, `{"Probabilistic": {"DesiredSamplingPercentage": float}}`. The percentage is from 0 to 100.

        Returns
        -------
        dict
            `{"IndexingRule": {"Name": str, "ModifiedAt": datetime, "Rule": dict}, "ResponseMetadata": dict}`

        Raises
        ------
        ResourceNotFoundException
            If no rule has that name.
        InvalidRequestException
            If the percentage is out of range.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> rule = {"Probabilistic": {"DesiredSamplingPercentage": 5}}
        >>> client.update_indexing_rule(Name="Default", Rule=rule)["IndexingRule"]["Rule"]
        {'Probabilistic': {'DesiredSamplingPercentage': 5.0}}

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateIndexingRule. No responses of AWS were recorded.
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
            The members to change, named as in `create_sampling_rule`. `Version` cannot change. Select the rule with
            either `RuleName` or `RuleARN`. Members that you omit keep their value, except for `SamplingRateBoost`,
            which is removed.

        Returns
        -------
        dict
            `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the whole rule. Every update sets
            `ModifiedAt`, even if no member changes.

        Raises
        ------
        InvalidRequestException
            If the rule does not exist, `Priority`, `FixedRate` or `ReservoirSize` is out of range, the update has
            both or neither of `RuleName` and `RuleARN`, or it changes more of Default than `FixedRate` and
            `ReservoirSize`.
        botocore.exceptions.ClientError
            With the code `ValidationException`, if a string is too long, there are too many attributes, or `MaxRate`
            is out of range. With the code `InternalFailure` and status 500, if `CooldownWindowMinutes` is 0.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> response = client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 0.1})
        >>> response["SamplingRuleRecord"]["SamplingRule"]["FixedRate"]
        0.1

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateSamplingRule, and recorded responses of AWS.
        """

    def update_trace_segment_destination(
        self,
        *,
        Destination: str = ...,
        CloudWatchLogsConfiguration: Mapping[str, Any] = ...,
    ) -> dict[str, Any]:
        """Change the destination of the account's trace segments in the Region.

        Parameters
        ----------
        Destination : str
            "XRay", or "CloudWatchLogs" for Transaction Search. It is required, although the API model declares it
            optional.
        CloudWatchLogsConfiguration : dict, optional
            `{"SpansLogGroupKmsKeyId": str}`, with the ARN of the KMS key of the log group `aws/spans`. X-Ray creates
            this log group with the first change to "CloudWatchLogs", and only that change can set the key. Not
            allowed with "XRay". Default: no key.

        Returns
        -------
        dict
            `{"Destination": str, "Status": "PENDING", "ResponseMetadata": dict}`. The next
            `get_trace_segment_destination` returns the status ACTIVE, unless `FakeXRay(activation_delay=...)` delays
            the change.

        Raises
        ------
        InvalidRequestException
            If the destination is missing or already set, the last change is still pending, the key is invalid, the
            log group already exists but the request has a key, or the request has a configuration for "XRay".
        botocore.exceptions.ClientError
            With the code `ValidationException`, if the destination is neither "XRay" nor "CloudWatchLogs". With the
            code `AccessDeniedException`, if CloudWatch Logs does not let X-Ray write spans. A test can simulate this
            with `FakeXRay(logs_policy=False)`.
        botocore.exceptions.ParamValidationError
            If botocore's parameter validation rejects the arguments.

        Examples
        --------
        >>> from fake_xray import FakeXRay
        >>> client = FakeXRay().client()
        >>> client.update_trace_segment_destination(Destination="CloudWatchLogs")["Status"]
        'PENDING'

        Notes
        -----
        Source: AWS X-Ray API Reference, UpdateTraceSegmentDestination, and errors that AWS users have reported.
        """

    # Written by tools/stub.py: end.
