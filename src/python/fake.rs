//! `FakeXRay`, the object with which a test creates clients, inspects the state, and injects errors and responses.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parking_lot::Mutex;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyList, PyString, PyTuple};

use super::arranged::{self, Arranged, Arrangement};
use super::evaluation::{Arguments, Evaluation};
use super::insight::{self, Event, Insight};
use super::log::Log;
use super::parameters::{self, AccountId, Accounts, CallerArn, Checked, RegionName, Times, When};
use super::unsupported::Unsupported;
use super::{clock, module};
use crate::operation::{Caller, Scope, Settings, partition_of};
use crate::resource_policies::ResourcePolicy;
use crate::service::{self, Service};

/// An in-memory fake of AWS X-Ray.
///
/// Each account and Region has its own state. At first, it is empty except for the group, the sampling rule and the
/// indexing rule named Default, as in a new AWS account.
///
/// Parameters
/// ----------
/// account_id : str
///     Account id (12 digits) of clients that do not specify one. Default: "123456789012".
/// region_name : str
///     Region of clients that do not specify one. Default: "us-east-1".
/// caller_arn : str, optional
///     ARN of the caller, for clients that do not specify one. It is the ARN of a user, a role, an assumed-role session,
///     a federated user or an account's root. `put_resource_policy` uses it to reject a policy that would lock out its
///     caller. Default: `arn:aws:iam::ACCOUNT:user/fake-xray`, with the account and the partition of the client.
/// policy_limit : int
///     Maximum number of resource policies per account and Region. Default: 5, from the X-Ray API reference.
/// accounts : mapping of str to str, or callable
///     Maps access key ids to account ids. If one of these keys is passed to a boto3 client or its session, the client
///     works in that account. Keys from the environment or a profile are ignored. A callable receives an access key id and
///     returns an account id or None. None, or a key that the mapping does not have, means the account of the fake. The
///     fake looks the key up at each call, so you can extend the mapping later. Default: an empty mapping.
/// record_calls : bool
///     Whether to record every call in `calls`. Set it to False in a test that makes millions of calls. Default: True.
/// activation_delay : int or float
///     Seconds until a change of the trace segment destination or of the encryption configuration becomes active. The fake
///     reads the time with `time.time()`, so freezegun and time-machine can advance it. Default: 0, which means that the
///     next read returns the status ACTIVE.
/// logs_policy : bool
///     Whether the account has a resource policy in CloudWatch Logs that lets X-Ray write spans. If False, changing the
///     trace segment destination to CloudWatchLogs fails with an AccessDeniedException, as it does on AWS without such a
///     policy. Default: True.
/// group_limit, rule_limit : int
///     Maximum number of groups, and of sampling rules, in addition to Default, per account and Region. Default: 25 each,
///     from AWS's quotas.
/// tag_limit : int
///     Maximum number of tags of a resource. Default: 50, from AWS's quotas.
/// unsupported : {"error", "moto"}
///     What happens when a client calls an operation that fake-xray does not support. With "error", the call raises a
///     NotImplementedError. With "moto", moto handles the call; if moto is not active or does not support the operation
///     either, the call raises a NotImplementedError. Default: "error".
///
/// Raises
/// ------
/// TypeError, ValueError
///     If an argument is invalid. The message names the argument and its value.
///
/// Examples
/// --------
/// >>> from fake_xray import FakeXRay
/// >>> fake = FakeXRay(region_name="eu-west-1")
/// >>> fake.client().list_resource_policies()["ResourcePolicies"]
/// []
#[pyclass(frozen, module = "fake_xray")]
pub(super) struct FakeXRay {
    service: Service,
    home: Scope,
    /// Whether the Region of boto3's default session, if it has one, replaces the Region in `home`.
    follows_boto3: AtomicBool,
    accounts: Accounts,
    caller_arn: Option<CallerArn>,
    policy_limit: usize,
    /// None if calls are not recorded.
    log: Option<Log>,
    arranged: Arranged,
    unsupported: Unsupported,
    /// Unique among all fakes of the process.
    serial: u64,
    /// Whether moto handles the operations that the fake does not support.
    passes_to_moto: bool,
}

static NEXT_SERIAL: AtomicU64 = AtomicU64::new(0);

#[pymethods]
impl FakeXRay {
    #[new]
    #[pyo3(
        signature = (
            *,
            account_id = Checked(Ok(AccountId("123456789012".to_owned()))),
            region_name = Checked(Ok(RegionName("us-east-1".to_owned()))),
            caller_arn = None,
            policy_limit = None,
            accounts = Checked(Ok(Accounts::default())),
            record_calls = None,
            activation_delay = None,
            logs_policy = None,
            unsupported = None,
            group_limit = None,
            rule_limit = None,
            tag_limit = None
        ),
        text_signature = "(*, account_id='123456789012', region_name='us-east-1', caller_arn=None, policy_limit=5, accounts={}, record_calls=True, activation_delay=0, logs_policy=True, unsupported='error', group_limit=25, rule_limit=25, tag_limit=50)"
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn new(
        account_id: Checked<AccountId>,
        region_name: Checked<RegionName>,
        caller_arn: Option<Checked<CallerArn>>,
        policy_limit: Option<&Bound<'_, PyAny>>,
        accounts: Checked<Accounts>,
        record_calls: Option<&Bound<'_, PyAny>>,
        activation_delay: Option<&Bound<'_, PyAny>>,
        logs_policy: Option<&Bound<'_, PyAny>>,
        unsupported: Option<&Bound<'_, PyAny>>,
        group_limit: Option<&Bound<'_, PyAny>>,
        rule_limit: Option<&Bound<'_, PyAny>>,
        tag_limit: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let home = Scope { account_id: account_id.0?.0.into(), region_name: region_name.0?.0.into() };
        let is_recording = record_calls.map_or(Ok(true), |given| parameters::flag("record_calls", given))?;
        let default = Settings::default();
        let limit = |name, given: Option<&Bound<'_, PyAny>>, default| {
            given.map_or(Ok(default), |given| parameters::limit(name, given))
        };
        let policy_limit = limit("policy_limit", policy_limit, default.policy_limit)?;
        let settings = Settings {
            policy_limit,
            group_limit: limit("group_limit", group_limit, default.group_limit)?,
            rule_limit: limit("rule_limit", rule_limit, default.rule_limit)?,
            tag_limit: limit("tag_limit", tag_limit, default.tag_limit)?,
            activation_delay: activation_delay
                .map_or(Ok(0), |given| parameters::milliseconds("activation_delay", given))?,
            logs_policy: logs_policy.map_or(Ok(true), |given| parameters::flag("logs_policy", given))?,
        };
        Ok(Self {
            service: Service::new(settings),
            home,
            follows_boto3: AtomicBool::new(false),
            accounts: accounts.0?,
            caller_arn: parameters::checked(caller_arn)?,
            policy_limit,
            log: is_recording.then(Log::default),
            arranged: Arranged::default(),
            unsupported: Unsupported::default(),
            passes_to_moto: unsupported.map_or(Ok(false), parameters::passes_to_moto)?,
            serial: NEXT_SERIAL.fetch_add(1, Ordering::Relaxed),
        })
    }

    /// Return a client that behaves like `boto3.client("xray")` and uses this fake.
    ///
    /// Parameters
    /// ----------
    /// region_name, account_id : str, optional
    ///     Region and account of the client. Default: the Region and account of the fake.
    /// caller_arn : str, optional
    ///     ARN of the caller. `put_resource_policy` uses it to reject a policy that would lock out its caller. Default: the
    ///     `caller_arn` of the fake.
    /// tracked : bool
    ///     Whether calls of this client are recorded in `calls` and use up injected errors and canned responses. Set it to
    ///     False for a client with which the test prepares or inspects the state. Default: True.
    ///
    /// Returns
    /// -------
    /// FakeXRayClient
    ///     A new client.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> setup = fake.client(tracked=False)
    /// >>> setup.list_resource_policies()["ResourcePolicies"]
    /// []
    /// >>> len(fake.calls)
    /// 0
    #[pyo3(
        signature = (*, region_name = None, account_id = None, caller_arn = None, tracked = None),
        text_signature = "($self, *, region_name=None, account_id=None, caller_arn=None, tracked=True)"
    )]
    fn client<'py>(
        slf: &Bound<'py, Self>,
        region_name: Option<&Bound<'py, PyAny>>,
        account_id: Option<&Bound<'py, PyAny>>,
        caller_arn: Option<&Bound<'py, PyAny>>,
        tracked: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let class = module::attribute(py, "fake_xray._client", "FakeXRayClient")?;
        let tracked = tracked.map_or(Ok(true), |given| parameters::flag("tracked", given))?;
        let options = if tracked { None } else { Some([(intern!(py, "tracked"), false)].into_py_dict(py)?) };
        class.call((slf, region_name, account_id, caller_arn), options.as_ref())
    }

    /// The resource policies of the fake's account and Region: a read-only mapping of names to `StoredPolicy` objects.
    ///
    /// A `StoredPolicy` has the attributes `name`, `document` (a dict), `text`, `revision` (a str) and `updated_at` (an
    /// aware datetime). Each access returns a new snapshot, in order of creation, and is not recorded in `calls`.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> statement = {
    /// ...     "Effect": "Allow",
    /// ...     "Principal": {"Service": "sns.amazonaws.com"},
    /// ...     "Action": "xray:PutTraceSegments",
    /// ...     "Resource": "*",
    /// ... }
    /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    /// >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    /// >>> fake.policies["sns"].document["Statement"][0]["Effect"]
    /// 'Allow'
    #[getter]
    fn policies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.stored_policies(py, &self.scope(py, None, None)?)
    }

    /// Return the resource policies of an account and Region, by name.
    ///
    /// For the fake's own account and Region, you can use the attribute `policies` instead.
    ///
    /// Parameters
    /// ----------
    /// account_id, region_name : str, optional
    ///     Account and Region of the policies. Default: the fake's account and Region.
    ///
    /// Returns
    /// -------
    /// mapping of str to StoredPolicy
    ///     A read-only snapshot, in order of creation.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> list(fake.policies_in(region_name="eu-west-1"))
    /// []
    #[pyo3(signature = (*, account_id = None, region_name = None))]
    fn policies_in<'py>(
        &self,
        py: Python<'py>,
        account_id: Option<Checked<AccountId>>,
        region_name: Option<Checked<RegionName>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let scope = self.scope(py, parameters::checked(region_name)?, parameters::checked(account_id)?)?;
        self.stored_policies(py, &scope)
    }

    /// Evaluate a request against the stored resource policies of one account and Region.
    ///
    /// Parameters
    /// ----------
    /// action : str
    ///     The action of the request, such as "xray:PutTraceSegments".
    /// principal : str
    ///     The principal that makes the request: a service ("sns.amazonaws.com"), an account id, or the ARN of a user, a
    ///     role, an assumed-role session, a federated user or an account's root.
    /// context : mapping of str to value, optional
    ///     Condition keys of the request and their values. A value is a str, a number, a bool, an aware datetime, or a list
    ///     or tuple of them for a multivalued key. Default: no keys except those in the notes below.
    /// resource : str
    ///     The resource of the request: an ARN, or "*" for an action that has no resource. Default: "*".
    /// account_id, region_name : str, optional
    ///     Account and Region of the policies. Default: the fake's account and Region.
    ///
    /// Returns
    /// -------
    /// Evaluation
    ///     True in a boolean context if the policies allow the request. Its `repr` explains the decision.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid. The message names the argument and its value.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> statement = {
    /// ...     "Effect": "Allow",
    /// ...     "Principal": {"Service": "sns.amazonaws.com"},
    /// ...     "Action": "xray:PutTraceSegments",
    /// ...     "Resource": "*",
    /// ...     "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
    /// ... }
    /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    /// >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    /// >>> evaluation = fake.evaluate(
    /// ...     "xray:PutTraceSegments",
    /// ...     principal="sns.amazonaws.com",
    /// ...     context={"aws:SourceAccount": "123456789012"},
    /// ... )
    /// >>> evaluation.decision
    /// 'allowed'
    ///
    /// Notes
    /// -----
    /// The fake sets these condition keys: aws:CurrentTime, aws:EpochTime, aws:PrincipalIsAWSService, aws:RequestedRegion
    /// and aws:SecureTransport (true). For a principal of an AWS account, it also sets aws:PrincipalAccount and
    /// aws:PrincipalArn. Values in `context` override them.
    ///
    /// Source: IAM User Guide, "Policy evaluation logic", and recorded decisions of IAM. The page "Fidelity" of the
    /// documentation lists the rules.
    #[pyo3(
        signature = (action, *, principal, context = None, resource = None, account_id = None, region_name = None),
        text_signature = "($self, action, *, principal, context=None, resource='*', account_id=None, region_name=None)"
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn evaluate(
        &self,
        py: Python<'_>,
        action: &Bound<'_, PyAny>,
        principal: &Bound<'_, PyAny>,
        context: Option<&Bound<'_, PyAny>>,
        resource: Option<&Bound<'_, PyAny>>,
        account_id: Option<Checked<AccountId>>,
        region_name: Option<Checked<RegionName>>,
    ) -> PyResult<Evaluation> {
        let everything = PyString::intern(py, "*").into_any();
        let scope = self.scope(py, parameters::checked(region_name)?, parameters::checked(account_id)?)?;
        let resource = resource.unwrap_or(&everything);
        let arguments =
            Arguments::new(action, principal, context, resource, &scope.region_name, clock::now(py)?.seconds())?;
        let evaluation = self.service.evaluate(&scope, &arguments.request()).map_err(|why| {
            PyRuntimeError::new_err(format!("a stored policy is malformed; please report this as a bug: {why}"))
        })?;
        Ok(Evaluation::new(evaluation, &arguments, &scope, || self.service.scopes_with_policies()))
    }

    /// Make the next calls of an operation fail with an error.
    ///
    /// The error reaches every kind of client: fake clients, real botocore clients and asynchronous clients. A call that
    /// fails this way does not change the state. A call that parameter validation rejects does not use up an injected
    /// error, and neither does a call of a client with `tracked=False`. If several injected errors or canned responses
    /// match a call, the fake uses the one that the test added first.
    ///
    /// Parameters
    /// ----------
    /// operation : str
    ///     An operation of X-Ray, such as "PutResourcePolicy" or "put_resource_policy", or "*" for every operation. You can
    ///     also name an operation that fake-xray does not support.
    /// code : str or type
    ///     An AWS error code, such as "ThrottledException" or "ExpiredTokenException". If X-Ray's API model declares the
    ///     code, the call raises the exception class of that name, otherwise a `ClientError`. To make the connection fail
    ///     instead, pass one of these classes of `botocore.exceptions`: EndpointConnectionError, ConnectTimeoutError,
    ///     ConnectionClosedError or ReadTimeoutError.
    /// message : str, optional
    ///     The error's message. Default: "Injected by FakeXRay.inject_error."
    /// status : int, optional
    ///     The HTTP status, from 400 to 599. Default: the status that the API model declares for the code. For other codes
    ///     that fake-xray knows, the status that AWS documents or that other services send. For unknown codes, 400.
    /// times : int or None
    ///     Number of calls that fail (at least 1), or None for all calls. If fewer calls than this number fail, the
    ///     `fake_xray` fixture and `mock_xray` report an unused error. Default: 1.
    /// when : callable, optional
    ///     A function that receives the `Call`. The call has no outcome yet, so its `error_code` is None. The call fails
    ///     only if the function returns a true value. Default: every call fails.
    /// region_name, account_id : str, optional
    ///     Region and account in which calls fail. Default: all Regions and all accounts.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, for example if X-Ray has no such operation. A code that looks like a misspelled known
    ///     code is rejected too. To use such a code anyway, pass its `status`.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> fake.inject_error("GetGroups", "ThrottledException")
    /// >>> client = fake.client()
    /// >>> try:
    /// ...     client.get_groups()
    /// ... except client.exceptions.ThrottledException as error:
    /// ...     print(error.response["ResponseMetadata"]["HTTPStatusCode"])
    /// 429
    /// >>> fake.inject_error("*", "ExpiredTokenException", times=None, region_name="eu-west-1")
    /// >>> fake.inject_error(
    /// ...     "put_resource_policy",
    /// ...     "AccessDeniedException",
    /// ...     when=lambda call: call.parameters["PolicyName"] == "forbidden",
    /// ... )
    #[pyo3(
        signature = (
            operation, code, *extra, message = None, status = None, times = Checked(Ok(Times(Some(1)))), when = None,
            region_name = None, account_id = None
        ),
        text_signature = "($self, operation, code, *, message=None, status=None, times=1, when=None, region_name=None, account_id=None)"
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn inject_error<'py>(
        &self,
        py: Python<'py>,
        operation: &Bound<'py, PyAny>,
        code: &Bound<'py, PyAny>,
        extra: &Bound<'py, PyTuple>,
        message: Option<&Bound<'py, PyAny>>,
        status: Option<&Bound<'py, PyAny>>,
        times: Checked<Times>,
        when: Option<Checked<When>>,
        region_name: Option<Checked<RegionName>>,
        account_id: Option<Checked<AccountId>>,
    ) -> PyResult<()> {
        keyword_only(
            "inject_error() takes only operation and code by position; pass the other arguments by keyword",
            extra,
        )?;
        let class = module::attribute(py, "fake_xray._arranged", "InjectedError")?;
        self.arrange(&class.call1((operation, code, message, status))?, times, when, region_name, account_id)
    }

    /// Add an insight, as AWS's anomaly detection does, and return its id.
    ///
    /// `get_insight`, `get_insight_events`, `get_insight_impact_graph` and `get_insight_summaries` return the insight. Its
    /// first event is at its start. An insight with an end is closed, and its last event is at its end.
    ///
    /// Parameters
    /// ----------
    /// root_cause : str
    ///     Name of the service that causes the faults.
    /// group : str
    ///     Name of the group, which must exist. Default: "Default".
    /// start : datetime, str, int or float, optional
    ///     Start of the insight. A number means seconds since 1970. A str is an ISO 8601 time. Default: the current time.
    /// end : datetime, str, int or float, optional
    ///     End of the insight, with the same types as `start`. Default: the insight has no end and is active.
    /// fault, ok : int
    ///     Numbers of failed (fault) and successful (ok) requests in the first event. The same numbers apply to client
    ///     requests and to requests to the root cause. Default: 40 and 60.
    /// summary : str, optional
    ///     Summary of the insight. Default: a text that names the fault rate and the root cause.
    /// events : list of dict, optional
    ///     Events between the start and the end, oldest first. Each event has the key "time" and, optionally, the keys
    ///     "fault", "ok" and "summary", with the same meaning as in `update_insight`. Default: no events.
    /// callers : list of str, optional
    ///     Names of the services that call the root cause, for the impact graph. Default: no callers.
    /// service_type : str
    ///     Type of the root cause and of its callers. Default: "AWS::ECS::Container".
    /// id : str, optional
    ///     Id of the insight, a UUID. Default: a generated UUID, which is the same in every run.
    /// account_id, region_name : str, optional
    ///     Account and Region of the insight. Default: the fake's account and Region.
    ///
    /// Returns
    /// -------
    /// str
    ///     The insight's id.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, for example if the group does not exist.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> insight_id = fake.add_insight(root_cause="orders", fault=9, ok=1)
    /// >>> fake.client().get_insight(InsightId=insight_id)["Insight"]["Summary"]
    /// 'The overall fault rate of orders is 90%. orders is the likely root cause.'
    #[pyo3(
        signature = (
            *, root_cause, group = None, start = None, end = None, fault = None, ok = None, summary = None,
            events = None, callers = None, service_type = None, id = None, account_id = None, region_name = None
        ),
        text_signature = "($self, *, root_cause, group='Default', start=None, end=None, fault=40, ok=60, summary=None, events=None, callers=None, service_type='AWS::ECS::Container', id=None, account_id=None, region_name=None)"
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn add_insight(
        &self,
        py: Python<'_>,
        root_cause: &Bound<'_, PyAny>,
        group: Option<&Bound<'_, PyAny>>,
        start: Option<&Bound<'_, PyAny>>,
        end: Option<&Bound<'_, PyAny>>,
        fault: Option<&Bound<'_, PyAny>>,
        ok: Option<&Bound<'_, PyAny>>,
        summary: Option<&Bound<'_, PyAny>>,
        events: Option<&Bound<'_, PyAny>>,
        callers: Option<&Bound<'_, PyAny>>,
        service_type: Option<&Bound<'_, PyAny>>,
        id: Option<&Bound<'_, PyAny>>,
        account_id: Option<Checked<AccountId>>,
        region_name: Option<Checked<RegionName>>,
    ) -> PyResult<String> {
        let scope = self.scope(py, parameters::checked(region_name)?, parameters::checked(account_id)?)?;
        let event = Event { fault, ok, summary };
        Insight { group, id, root_cause, callers, service_type, start, end, event, events }.add(
            py,
            &self.service,
            &scope,
        )
    }

    /// Add an event to an active insight. The event updates the insight's numbers and summary.
    ///
    /// Parameters
    /// ----------
    /// id : str
    ///     The insight's id.
    /// time : datetime, str, int or float, optional
    ///     Time of the event, not before the insight's last event. A number means seconds since 1970. A str is an ISO 8601
    ///     time. Default: the current time.
    /// fault, ok : int, optional
    ///     Numbers of failed (fault) and successful (ok) requests. Default: the numbers in the last event.
    /// summary : str, optional
    ///     Summary of the event. Default: the last summary that the test passed for this insight. If there is none, a text
    ///     that names the fault rate and the root cause.
    /// account_id, region_name : str, optional
    ///     Account and Region of the insight. Default: the fake's account and Region.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, or if the insight does not exist or is closed.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> insight_id = fake.add_insight(root_cause="orders")
    /// >>> fake.update_insight(insight_id, fault=90, ok=10)
    /// >>> len(fake.client().get_insight_events(InsightId=insight_id)["InsightEvents"])
    /// 2
    #[pyo3(
        signature = (
            id, *, time = None, fault = None, ok = None, summary = None, account_id = None, region_name = None
        )
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn update_insight(
        &self,
        id: &Bound<'_, PyAny>,
        time: Option<&Bound<'_, PyAny>>,
        fault: Option<&Bound<'_, PyAny>>,
        ok: Option<&Bound<'_, PyAny>>,
        summary: Option<&Bound<'_, PyAny>>,
        account_id: Option<Checked<AccountId>>,
        region_name: Option<Checked<RegionName>>,
    ) -> PyResult<()> {
        let scope = self.scope(id.py(), parameters::checked(region_name)?, parameters::checked(account_id)?)?;
        Event { fault, ok, summary }.add(&self.service, &scope, id, time)
    }

    /// Close an active insight.
    ///
    /// Parameters
    /// ----------
    /// id : str
    ///     The insight's id.
    /// end : datetime, str, int or float, optional
    ///     End of the insight, not before its last event. A number means seconds since 1970. A str is an ISO 8601 time.
    ///     Default: the current time.
    /// account_id, region_name : str, optional
    ///     Account and Region of the insight. Default: the fake's account and Region.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, or if the insight does not exist or is already closed.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> insight_id = fake.add_insight(root_cause="orders")
    /// >>> fake.close_insight(insight_id)
    /// >>> fake.client().get_insight(InsightId=insight_id)["Insight"]["State"]
    /// 'CLOSED'
    #[pyo3(signature = (id, *, end = None, account_id = None, region_name = None))]
    fn close_insight(
        &self,
        id: &Bound<'_, PyAny>,
        end: Option<&Bound<'_, PyAny>>,
        account_id: Option<Checked<AccountId>>,
        region_name: Option<Checked<RegionName>>,
    ) -> PyResult<()> {
        let scope = self.scope(id.py(), parameters::checked(region_name)?, parameters::checked(account_id)?)?;
        insight::close(&self.service, &scope, id, end)
    }

    /// Provide a canned response for an operation.
    ///
    /// Use it for responses that only AWS can produce, and for operations that fake-xray does not support. Every kind of
    /// client returns the response: fake clients, real botocore clients and asynchronous clients. The fake checks the
    /// response against the API model of the installed botocore, as botocore's Stubber does. A call that returns a canned
    /// response does not change the state. If several canned responses or injected errors match a call, the fake uses the
    /// one that the test added first.
    ///
    /// Parameters
    /// ----------
    /// operation : str
    ///     An operation of X-Ray, such as "GetInsightSummaries" or "get_insight_summaries".
    /// response : dict or callable
    ///     The response, or a function that receives the `Call` and returns the response. `ResponseMetadata` is optional.
    ///     It can set `RequestId`, `HTTPStatusCode` (200 to 299) and `HTTPHeaders`.
    /// times : int or None
    ///     Number of calls that return the response (at least 1), or None for all calls. If fewer calls than this number
    ///     return it, the `fake_xray` fixture and `mock_xray` report an unused response. Default: None.
    /// when : callable, optional
    ///     A function that receives the `Call`. The call has no outcome yet, so its `error_code` is None. The call returns
    ///     the response only if the function returns a true value. Default: every call returns it.
    /// region_name, account_id : str, optional
    ///     Region and account in which calls return the response. Default: all Regions and all accounts.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid.
    /// botocore.exceptions.ParamValidationError
    ///     If the API model does not allow the response. If `response` is a function, the fake checks its result at each
    ///     call, and the application's call raises this error.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> fake.respond("GetTraceSummaries", {"TraceSummaries": [{"Id": "1-58406520-a006649127e371903a2de979"}]})
    /// >>> response = fake.client().get_trace_summaries(StartTime=0, EndTime=60)
    /// >>> response["TraceSummaries"][0]["Id"]
    /// '1-58406520-a006649127e371903a2de979'
    #[pyo3(
        signature = (
            operation, response, *extra, times = Checked(Ok(Times(None))), when = None, region_name = None,
            account_id = None
        ),
        text_signature = "($self, operation, response, *, times=None, when=None, region_name=None, account_id=None)"
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn respond<'py>(
        &self,
        py: Python<'py>,
        operation: &Bound<'py, PyAny>,
        response: &Bound<'py, PyAny>,
        extra: &Bound<'py, PyTuple>,
        times: Checked<Times>,
        when: Option<Checked<When>>,
        region_name: Option<Checked<RegionName>>,
        account_id: Option<Checked<AccountId>>,
    ) -> PyResult<()> {
        keyword_only(
            "respond() takes only operation and response by position; pass the other arguments by keyword",
            extra,
        )?;
        let class = module::attribute(py, "fake_xray._arranged", "CannedResponse")?;
        self.arrange(&class.call1((operation, response))?, times, when, region_name, account_id)
    }

    /// The calls of all tracked clients, oldest first, as a `Calls` sequence of `Call` objects.
    ///
    /// The `error_code` of a call is None if the call succeeded. If the response was an error, `error_code` is AWS's error
    /// code. If there was no response, `error_code` is the name of the exception, such as "ParamValidationError". If a real
    /// botocore client retries a call, each attempt is recorded. Each access returns a new snapshot.
    ///
    /// Raises
    /// ------
    /// RuntimeError
    ///     If the fake was created with `record_calls=False`.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> _ = fake.client().list_resource_policies()
    /// >>> fake.calls.last.operation
    /// 'ListResourcePolicies'
    /// >>> fake.calls.clear()
    /// >>> len(fake.calls)
    /// 0
    #[getter]
    fn calls<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let Some(log) = &slf.get().log else {
            return Err(PyRuntimeError::new_err(
                "call recording is off for this FakeXRay (record_calls=False); create it without that argument to use calls",
            ));
        };
        let clear = slf.getattr(intern!(py, "_clear_calls"))?;
        module::attribute(py, "fake_xray._calls", "Calls")?.call_method1("_from_log", (log.rows(py), clear))
    }

    /// Remove the state of every account and Region, the recorded calls, the injected errors and the canned responses.
    ///
    /// You can still use clients that the fake has created.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> fake.inject_error("*", "ThrottledException", times=None)
    /// >>> fake.reset()
    /// >>> fake.client().list_resource_policies()["ResourcePolicies"]
    /// []
    fn reset(&self) {
        self.service.reset();
        self.arranged.clear();
        self.unsupported.clear();
        self.clear_calls();
    }

    /// Return the messages with which a strict test fails, and forget their causes.
    ///
    /// There is a message for each injected error or canned response that fewer calls used than the test expected, and for
    /// each NotImplementedError of the fake that application code swallowed. The module `fake_xray._complaints` has the
    /// rules.
    #[pyo3(name = "_complaints")]
    fn complaints<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let unused = self.arranged.take_unused(py);
        let unsupported = self.unsupported.take();
        if unused.is_empty() && unsupported.is_empty() {
            return Ok(PyList::empty(py).into_any());
        }
        module::attribute(py, "fake_xray._complaints", "complaints")?.call1((unused, unsupported))
    }

    #[pyo3(name = "_clear_calls")]
    fn clear_calls(&self) {
        if let Some(log) = &self.log {
            log.clear();
        }
    }

    /// The Region that the fake was created with.
    #[getter]
    fn _own_region_name(&self) -> &str {
        &self.home.region_name
    }

    /// The current Region of clients that do not specify one.
    #[getter]
    fn _region_name(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.home_region(py)?.to_string())
    }

    /// Return a copy of the state and of the recorded calls, for `_restore`. It has no injected errors or canned responses.
    #[pyo3(name = "_snapshot")]
    fn snapshot(&self, py: Python<'_>) -> Snapshot {
        Snapshot { stored: self.service.snapshot(), log: self.log.as_ref().map(|log| log.snapshot(py)) }
    }

    #[pyo3(name = "_restore")]
    fn restore(&self, py: Python<'_>, snapshot: &Snapshot) {
        self.service.restore(&snapshot.stored);
        if let (Some(log), Some(before)) = (&self.log, &snapshot.log) {
            log.restore(py, before);
        }
    }

    /// Use the Region of boto3's default session, if it has one. Callers use this for a fake whose Region nobody chose.
    #[pyo3(name = "_follow_boto3")]
    fn follow_boto3(&self) {
        self.follows_boto3.store(true, Ordering::Relaxed);
    }

    #[getter(_follows_boto3)]
    fn follows_boto3(&self) -> bool {
        self.follows_boto3.load(Ordering::Relaxed)
    }

    /// Return the account that `accounts` has for an access key id, or None.
    #[pyo3(name = "_account_of")]
    fn account_of_key(&self, py: Python<'_>, access_key_id: Option<&str>) -> PyResult<Option<String>> {
        Ok(self.account_of(py, access_key_id)?.map(|AccountId(account_id)| account_id))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.arranged.traverse(&visit)?;
        self.unsupported.traverse(&visit)?;
        self.accounts.traverse(&visit)?;
        self.log.as_ref().map_or(Ok(()), |log| log.traverse(&visit))
    }

    fn __clear__(&self) {
        self.arranged.clear();
        self.unsupported.clear();
        self.clear_calls();
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let Scope { account_id, region_name } = &self.home;
        let region_name = self.home_region(py).unwrap_or_else(|_| Arc::clone(region_name));
        let policy_limit = self.policy_limit;
        format!("FakeXRay(account_id='{account_id}', region_name='{region_name}', policy_limit={policy_limit})")
    }
}

/// A copy of a fake's state and recorded calls.
#[pyclass(frozen, module = "fake_xray._core")]
pub(super) struct Snapshot {
    stored: service::Snapshot,
    log: Option<Log>,
}

#[pymethods]
impl Snapshot {
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.log.as_ref().map_or(Ok(()), |log| log.traverse(&visit))
    }
}

/// The fake of the innermost active `mock_xray`. It handles the calls of every client in the process.
static ACTIVE: Mutex<Option<Py<FakeXRay>>> = Mutex::new(None);

/// Return the fake of the innermost active `mock_xray`.
///
/// Use it in decorated tests and test classes, which do not receive their fake as an argument.
///
/// Returns
/// -------
/// FakeXRay or None
///     The fake, or None if no `mock_xray` is active.
///
/// Examples
/// --------
/// >>> from fake_xray import active_fake, mock_xray
/// >>> with mock_xray() as fake:
/// ...     active_fake() is fake
/// True
#[pyfunction]
pub(super) fn active_fake(py: Python<'_>) -> Option<Py<FakeXRay>> {
    ACTIVE.lock().as_ref().map(|fake| fake.clone_ref(py))
}

/// Set the active fake. Only `mock_xray` calls this.
#[pyfunction]
#[pyo3(signature = (fake))]
pub(super) fn set_active_fake(fake: Option<Py<FakeXRay>>) {
    let mut active = ACTIVE.lock();
    let before = std::mem::replace(&mut *active, fake);
    // Drop the objects after the lock is released, because dropping them can run Python code.
    drop(active);
    drop(before);
}

impl FakeXRay {
    pub(super) fn service(&self) -> &Service {
        &self.service
    }

    /// The account that `accounts` has for an access key id.
    pub(super) fn account_of(&self, py: Python<'_>, access_key_id: Option<&str>) -> PyResult<Option<AccountId>> {
        access_key_id.map_or(Ok(None), |access_key_id| self.accounts.of(py, access_key_id))
    }

    /// A number that is unique among all fakes of the process.
    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// The call log, if calls are recorded.
    pub(super) fn log(&self) -> Option<&Log> {
        self.log.as_ref()
    }

    /// Keeps the NotImplementedError of a tracked call for `_complaints`.
    pub(super) fn keep_unsupported(&self, operation: String, error: Py<PyAny>) {
        self.unsupported.push(operation, error);
    }

    /// Whether moto handles the operations that the fake does not support.
    pub(super) const fn passes_to_moto(&self) -> bool {
        self.passes_to_moto
    }

    /// The injected errors and canned responses.
    pub(super) fn arranged(&self) -> &Arranged {
        &self.arranged
    }

    fn arrange(
        &self,
        outcome: &Bound<'_, PyAny>,
        times: Checked<Times>,
        when: Option<Checked<When>>,
        region_name: Option<Checked<RegionName>>,
        account_id: Option<Checked<AccountId>>,
    ) -> PyResult<()> {
        let operation: String = outcome.getattr(intern!(outcome.py(), "operation"))?.extract()?;
        let arrangement = Arrangement {
            operation: (operation != "*").then_some(operation),
            account_id: parameters::checked(account_id)?.map(|AccountId(account_id)| account_id),
            region_name: parameters::checked(region_name)?.map(|RegionName(region_name)| region_name),
            when: parameters::checked(when)?.map(|When(when)| when),
            times: times.0?.0.map(arranged::Times::new),
            outcome: outcome.clone().unbind(),
        };
        self.arranged.push(arrangement);
        Ok(())
    }

    fn stored_policies<'py>(&self, py: Python<'py>, scope: &Scope) -> PyResult<Bound<'py, PyAny>> {
        let row = |policy: &Arc<ResourcePolicy>| {
            let ResourcePolicy { name, document, revision, last_updated } = &**policy;
            (name.to_string(), document.to_string(), revision.to_string(), last_updated.0)
        };
        let rows: Vec<_> = self.service.resource_policies(scope).iter().map(row).collect();
        module::attribute(py, "fake_xray._policies", "stored_policies")?.call1((rows,))
    }

    /// The Region of clients that do not specify one.
    pub(super) fn home_region(&self, py: Python<'_>) -> PyResult<Arc<str>> {
        let own = || Arc::clone(&self.home.region_name);
        if !self.follows_boto3() {
            return Ok(own());
        }
        let found = module::attribute(py, "fake_xray._real_clients", "default_region")?.call0()?;
        Ok(found.extract::<Option<RegionName>>()?.map_or_else(own, |RegionName(name)| name.into()))
    }

    /// The given account and Region. If one is missing, it is that of the fake.
    fn scope(&self, py: Python<'_>, region_name: Option<RegionName>, account_id: Option<AccountId>) -> PyResult<Scope> {
        let region_name = region_name.map_or_else(|| self.home_region(py), |RegionName(name)| Ok(name.into()))?;
        Ok(self.scope_in(region_name, account_id))
    }

    /// The given account, in a Region. If the account is missing, it is that of the fake.
    pub(super) fn scope_in(&self, region_name: Arc<str>, account_id: Option<AccountId>) -> Scope {
        let own = || Arc::clone(&self.home.account_id);
        Scope { account_id: account_id.map_or_else(own, |AccountId(account_id)| account_id.into()), region_name }
    }

    /// The caller of a client. A missing account, Region or ARN is that of the fake.
    pub(super) fn caller(
        &self,
        py: Python<'_>,
        region_name: Option<RegionName>,
        account_id: Option<AccountId>,
        caller_arn: Option<CallerArn>,
    ) -> PyResult<Caller> {
        Ok(self.caller_in(self.scope(py, region_name, account_id)?, caller_arn))
    }

    /// The caller in an account and Region. If the ARN is missing, it is that of the fake.
    pub(super) fn caller_in(&self, scope: Scope, caller_arn: Option<CallerArn>) -> Caller {
        let Scope { account_id, region_name } = &scope;
        let arn = caller_arn.or_else(|| self.caller_arn.clone()).map_or_else(
            || format!("arn:{}:iam::{account_id}:user/fake-xray", partition_of(region_name)),
            |CallerArn(arn)| arn,
        );
        Caller { scope: Arc::new(scope), arn }
    }
}

/// Raises a `TypeError` if there are positional arguments that must be given by keyword.
fn keyword_only(rule: &str, extra: &Bound<'_, PyTuple>) -> PyResult<()> {
    if extra.is_empty() {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!("{rule}, not {extra:?}")))
}
