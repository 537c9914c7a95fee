//! `FakeXRay`: what a test holds to make clients and to steer the fake.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parking_lot::Mutex;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyList, PyString, PyTuple};

use super::arranged::{self, Arranged, Arrangement};
use super::evaluation::{Evaluation, Question};
use super::insight::{self, Event, Insight};
use super::log::Log;
use super::parameters::{self, AccountId, Accounts, CallerArn, Checked, RegionName, Times, When};
use super::unsupported::Unsupported;
use super::{clock, module};
use crate::operation::{Caller, Scope, Settings, partition_of};
use crate::resource_policies::ResourcePolicy;
use crate::service::{self, Service};

/// An in-memory AWS X-Ray. Each account and Region has its own state, which is empty at first.
///
/// Parameters
/// ----------
/// account_id : str
///     Default account id (12 digits) of clients that do not specify one.
/// region_name : str
///     Default Region of clients that do not specify one.
/// caller_arn : str, optional
///     Default caller of clients that do not specify one: the ARN of a user, a role, a session or an account's root.
///     The lockout check uses it. Default: `arn:aws:iam::ACCOUNT:user/fake-xray`, in the account of the client.
/// policy_limit : int
///     Number of resource policies that each account and Region can hold. Default: 5, from the X-Ray API reference.
/// accounts : mapping of str to str, or callable
///     Maps access key ids to account ids: a boto3 client that was created with one of these keys uses that account. It is
///     asked at each call, so you can extend the mapping later. A callable gets an access key id and returns an account id
///     or None.
/// record_calls : bool
///     Whether to record every call in `calls` until `reset()`. Turn it off in a test that makes millions of calls.
/// activation_delay : int or float
///     Seconds until a changed trace segment destination or encryption configuration is active, by the clock of
///     `time.time()`. Default: 0, so that the next read returns the status ACTIVE.
/// logs_policy : bool
///     Whether CloudWatch Logs lets X-Ray write spans. If False, changing the trace segment destination to CloudWatchLogs
///     fails with an AccessDeniedException, as it does at AWS without a resource policy of CloudWatch Logs. Default: True.
///
/// group_limit, rule_limit, tag_limit : int
///     Number of groups and of sampling rules that each account and Region can hold besides Default, and of tags that a
///     resource can have. Default: 25, 25 and 50, from AWS's quotas.
/// unsupported : {"error", "moto"}
///     What happens to a call of an operation that fake-xray does not support. By default it raises a NotImplementedError.
///     With "moto", moto handles it if moto is active.
///
/// Raises
/// ------
/// TypeError, ValueError
///     If an argument is invalid. The message names the argument and its value.
///
/// Examples
/// --------
/// >>> fake = FakeXRay(region_name="eu-west-1")
/// >>> fake.client().list_resource_policies()["ResourcePolicies"]
/// []
#[pyclass(frozen, module = "fake_xray")]
pub(super) struct FakeXRay {
    service: Service,
    home: Scope,
    /// Whether its Region is that of boto3's default session, if that has one.
    follows_boto3: AtomicBool,
    accounts: Accounts,
    caller_arn: Option<CallerArn>,
    policy_limit: usize,
    /// None where no calls are recorded.
    log: Option<Log>,
    arranged: Arranged,
    unsupported: Unsupported,
    /// Tells this fake from every other one of the process.
    serial: u64,
    /// Whether moto handles operations that are not built.
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
    ///     Region and account of the client. Default: the fake's.
    /// caller_arn : str, optional
    ///     Who makes the calls, for the lockout check. Default: the fake's.
    /// tracked : bool
    ///     Whether calls of this client appear in `calls` and use up injected errors and canned responses. Set it to False
    ///     for a client with which the test itself prepares or inspects the state.
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

    /// The resource policies in the fake's own account and Region, by name: a read-only snapshot.
    ///
    /// Each one is a `StoredPolicy` with `document` (a dict), `text`, `revision` (a str) and `updated_at` (an aware
    /// datetime). Reading them is not a call.
    ///
    /// Examples
    /// --------
    /// >>> fake = FakeXRay()
    /// >>> list(fake.policies)
    /// []
    #[getter]
    fn policies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.stored_policies(py, &self.scope(py, None, None)?)
    }

    /// Return the resource policies of one account and Region by name, like `policies`.
    ///
    /// Parameters
    /// ----------
    /// account_id, region_name : str, optional
    ///     Where to look. Default: the fake's own account and Region.
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

    /// Tells whether the stored resource policies of one account and Region let a principal do something.
    ///
    /// Source: IAM User Guide, "Policy evaluation logic", and recorded decisions of the real IAM (docs/fidelity.md).
    ///
    /// Parameters
    /// ----------
    /// action : str
    ///     Such as "xray:PutTraceSegments".
    /// principal : str
    ///     Who does it: a service ("sns.amazonaws.com"), an account id, or the ARN of a user, a role or a session.
    /// context : dict, optional
    ///     Condition keys and their values: str, numbers, bool, aware datetime, or a list of them for a multivalued key.
    ///     aws:CurrentTime, aws:EpochTime, aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalIsAWSService,
    ///     aws:RequestedRegion and aws:SecureTransport (true) have values unless they are given here.
    /// resource : str
    ///     An ARN, or "*" for an action that is not about a resource.
    /// account_id, region_name : str, optional
    ///     Where; absent: the fake's own.
    ///
    /// Returns
    /// -------
    /// Evaluation
    ///     True if the policies allow it. Its repr tells why or why not.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     Naming the argument that is none of that.
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
        let question =
            Question::new(action, principal, context, resource, &scope.region_name, clock::now(py)?.seconds())?;
        let evaluation = self.service.evaluate(&scope, &question.request()).map_err(|why| {
            PyRuntimeError::new_err(format!("a stored policy is malformed; please report this as a bug: {why}"))
        })?;
        Ok(Evaluation::new(evaluation, &question, &scope, || self.service.places()))
    }

    /// Make calls of an operation fail, through every kind of client.
    ///
    /// A call that fails this way changes no state. Calls rejected by parameter validation do not use up an injected
    /// error, and neither do calls of a client with `tracked=False`. If several errors fit a call, the one injected first
    /// is used.
    ///
    /// Parameters
    /// ----------
    /// operation : str
    ///     An operation of X-Ray, such as "PutResourcePolicy" or "put_resource_policy", or "*" for all of them. It can be
    ///     one that the fake does not support.
    /// code : str or type
    ///     Any AWS error code, such as "ThrottledException" or "ExpiredTokenException". A code that the API model declares
    ///     raises its own exception class, any other one a `ClientError`. For a failed connection, one of botocore's
    ///     exception classes: EndpointConnectionError, ConnectTimeoutError, ConnectionClosedError, ReadTimeoutError.
    /// message : str, optional
    ///     The error's message.
    /// status : int, optional
    ///     The HTTP status, from 400 to 599. Default: that of the API model, for common AWS errors the documented one, else
    ///     400.
    /// times : int or None
    ///     Number of calls that fail (at least 1), or None for always. The `fake_xray` fixture and `mock_xray` report an
    ///     error that fewer calls have used.
    /// when : callable, optional
    ///     Called with the `Call`, whose `error_code` is None. The error is used only if it returns true.
    /// region_name, account_id : str, optional
    ///     Restrict the error to one Region or account. Default: all.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, such as an unknown operation, or a code that looks like a known one with a typing
    ///     error (give `status` as well to use such a code).
    ///
    /// Examples
    /// --------
    /// >>> fake = FakeXRay()
    /// >>> fake.inject_error("PutResourcePolicy", "ThrottledException", times=2)
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
        keyword_only("inject_error() takes operation and code by position, all others by keyword", extra)?;
        let make = module::attribute(py, "fake_xray._arranged", "InjectedError")?;
        self.arrange(&make.call1((operation, code, message, status))?, times, when, region_name, account_id)
    }

    /// Add an insight, as AWS's anomaly detection would, and return its id.
    ///
    /// `get_insight`, `get_insight_events`, `get_insight_impact_graph` and `get_insight_summaries` return it. Its first
    /// event is at its start. If it has an end, it is closed, and its last event is at its end.
    ///
    /// Parameters
    /// ----------
    /// root_cause : str
    ///     Name of the service that causes the faults.
    /// group : str
    ///     Name of an existing group. Default: "Default".
    /// start : datetime, str, int or float, optional
    ///     When the insight starts. Default: now.
    /// end : datetime, str, int or float, optional
    ///     When it ends. Default: it is active.
    /// fault, ok : int
    ///     Number of requests that failed and succeeded, both of clients and at the root cause. Default: 40 and 60.
    /// summary : str, optional
    ///     Default: a text that names the fault rate and the root cause.
    /// events : list of dict, optional
    ///     What happens between start and end, in order of time: each with the key "time" and, optionally, "fault", "ok"
    ///     and "summary", as in `update_insight`.
    /// callers : list of str, optional
    ///     Names of the services that call the root cause, for the impact graph.
    /// service_type : str
    ///     Type of the root cause and its callers. Default: "AWS::ECS::Container".
    /// id : str, optional
    ///     A UUID. Default: a generated one, the same in every run.
    /// account_id, region_name : str, optional
    ///     Where to add the insight. Default: the fake's own account and Region.
    ///
    /// Returns
    /// -------
    /// str
    ///     The insight's id.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, such as the name of a group that does not exist.
    ///
    /// Examples
    /// --------
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

    /// Add an event to an active insight. What is not given stays as it was.
    ///
    /// Parameters
    /// ----------
    /// id : str
    ///     The insight's id.
    /// time : datetime, str, int or float, optional
    ///     When it happens, not before the insight's last event. Default: now.
    /// fault, ok : int, optional
    ///     Number of requests that failed and succeeded.
    /// summary : str, optional
    ///     Default: the summary given before, else a text that names the fault rate and the root cause.
    /// account_id, region_name : str, optional
    ///     Where the insight is. Default: the fake's own account and Region.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, or the insight is closed or does not exist.
    ///
    /// Examples
    /// --------
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
    ///     When it ends, not before its last event. Default: now.
    /// account_id, region_name : str, optional
    ///     Where the insight is. Default: the fake's own account and Region.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid, or the insight is closed already or does not exist.
    ///
    /// Examples
    /// --------
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

    /// Provide a response for an operation, through every kind of client.
    ///
    /// Use it for what only AWS can produce, and for operations that fake-xray does not support. The response is checked
    /// against the API model of the installed botocore, as botocore's Stubber does, and reaches the caller as botocore
    /// parses it. The call changes no state. If several responses and injected errors fit a call, the one arranged first is
    /// used.
    ///
    /// Parameters
    /// ----------
    /// operation : str
    ///     An operation of X-Ray, such as "GetInsightSummaries" or "get_insight_summaries".
    /// response : dict or callable
    ///     The response, or a function that gets the `Call` and returns it. `ResponseMetadata` is optional: `RequestId`,
    ///     `HTTPStatusCode` (200 to 299) and `HTTPHeaders` in it replace the usual ones.
    /// times : int or None
    ///     Number of calls that get the response (at least 1). Default: None, always. The `fake_xray` fixture and
    ///     `mock_xray` report a response that fewer calls have used.
    /// when : callable, optional
    ///     Called with the `Call`. The response is used only if it returns true.
    /// region_name, account_id : str, optional
    ///     Restrict the response to one Region or account. Default: all.
    ///
    /// Raises
    /// ------
    /// TypeError, ValueError
    ///     If an argument is invalid.
    /// botocore.exceptions.ParamValidationError
    ///     If the API model does not allow the response. What a function returns is checked when it is called, so this error
    ///     then reaches the caller.
    ///
    /// Examples
    /// --------
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
        keyword_only("respond() takes operation and response by position, all others by keyword", extra)?;
        let make = module::attribute(py, "fake_xray._arranged", "CannedResponse")?;
        self.arrange(&make.call1((operation, response))?, times, when, region_name, account_id)
    }

    /// Every tracked call so far, oldest first: a sequence of `Call`.
    ///
    /// A rejected call has AWS's error code. A call that failed without reaching the service has the name of the
    /// exception. A real botocore client adds one call for each retry.
    ///
    /// Raises
    /// ------
    /// RuntimeError
    ///     If the fake was created with `record_calls=False`.
    ///
    /// Examples
    /// --------
    /// >>> fake = FakeXRay()
    /// >>> _ = fake.client().list_resource_policies()
    /// >>> fake.calls.last.operation
    /// 'ListResourcePolicies'
    /// >>> fake.calls.clear()
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

    /// Empty the fake: the state of every account and Region, the calls, injected errors and canned responses. Clients
    /// stay usable.
    ///
    /// Examples
    /// --------
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

    /// Return what a strict test must not ignore, and forget it: messages that name each injected error that calls did
    /// not use as often as the test said, and each NotImplementedError of the fake that application code swallowed.
    ///
    /// Source of the rules: `fake_xray._complaints`.
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

    /// The Region that it was made with.
    #[getter]
    fn _own_region_name(&self) -> &str {
        &self.home.region_name
    }

    /// The Region of clients that name none.
    #[getter]
    fn _region_name(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.home_region(py)?.to_string())
    }

    /// A copy of what is stored and of the calls, to which `_restore` goes back. Injected errors are not part of it.
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

    /// Be where boto3's default session is, if that finds a Region. For those who make a fake that nobody gave one.
    #[pyo3(name = "_follow_boto3")]
    fn follow_boto3(&self) {
        self.follows_boto3.store(true, Ordering::Relaxed);
    }

    #[getter(_follows_boto3)]
    fn follows_boto3(&self) -> bool {
        self.follows_boto3.load(Ordering::Relaxed)
    }

    /// The account of an access key id, where `accounts` names it.
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

/// What a fake held at one time.
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

/// The fake that answers the clients of the process; none where no `mock_xray` is active.
static ACTIVE: Mutex<Option<Py<FakeXRay>>> = Mutex::new(None);

/// Return the fake of the innermost active `mock_xray`.
///
/// Decorated tests and test classes reach their fake with it.
///
/// Returns
/// -------
/// FakeXRay or None
///     None if no `mock_xray` is active.
///
/// Examples
/// --------
/// >>> with mock_xray() as fake:
/// ...     active_fake() is fake
/// True
#[pyfunction]
pub(super) fn active_fake(py: Python<'_>) -> Option<Py<FakeXRay>> {
    ACTIVE.lock().as_ref().map(|fake| fake.clone_ref(py))
}

/// Says which fake is active. For `mock_xray` alone.
#[pyfunction]
#[pyo3(signature = (fake))]
pub(super) fn set_active_fake(fake: Option<Py<FakeXRay>>) {
    let mut active = ACTIVE.lock();
    let before = std::mem::replace(&mut *active, fake);
    // Dropping may run Python.
    drop(active);
    drop(before);
}

impl FakeXRay {
    pub(super) fn service(&self) -> &Service {
        &self.service
    }

    /// The account of an access key id, where `accounts` names it.
    pub(super) fn account_of(&self, py: Python<'_>, access_key_id: Option<&str>) -> PyResult<Option<AccountId>> {
        access_key_id.map_or(Ok(None), |access_key_id| self.accounts.of(py, access_key_id))
    }

    /// Tells this fake from every other one of the process.
    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// Where calls are put down, if they are.
    pub(super) fn log(&self) -> Option<&Log> {
        self.log.as_ref()
    }

    /// Keeps the NotImplementedError of a tracked call for `_complaints`.
    pub(super) fn keep_unsupported(&self, operation: String, error: Py<PyAny>) {
        self.unsupported.push(operation, error);
    }

    /// Whether moto handles the operations that are not built.
    pub(super) const fn passes_to_moto(&self) -> bool {
        self.passes_to_moto
    }

    /// What the test has arranged for coming calls.
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

    /// The Region of those that name none.
    pub(super) fn home_region(&self, py: Python<'_>) -> PyResult<Arc<str>> {
        let own = || Arc::clone(&self.home.region_name);
        if !self.follows_boto3() {
            return Ok(own());
        }
        let found = module::attribute(py, "fake_xray._real_clients", "default_region")?.call0()?;
        Ok(found.extract::<Option<RegionName>>()?.map_or_else(own, |RegionName(name)| name.into()))
    }

    /// The place that is named; of what is not named, the fake's own.
    fn scope(&self, py: Python<'_>, region_name: Option<RegionName>, account_id: Option<AccountId>) -> PyResult<Scope> {
        let region_name = region_name.map_or_else(|| self.home_region(py), |RegionName(name)| Ok(name.into()))?;
        Ok(self.scope_in(region_name, account_id))
    }

    /// A place in that Region.
    pub(super) fn scope_in(&self, region_name: Arc<str>, account_id: Option<AccountId>) -> Scope {
        let own = || Arc::clone(&self.home.account_id);
        Scope { account_id: account_id.map_or_else(own, |AccountId(account_id)| account_id.into()), region_name }
    }

    /// Who a client's calls come from, and where they go.
    pub(super) fn caller(
        &self,
        py: Python<'_>,
        region_name: Option<RegionName>,
        account_id: Option<AccountId>,
        caller_arn: Option<CallerArn>,
    ) -> PyResult<Caller> {
        Ok(self.caller_in(self.scope(py, region_name, account_id)?, caller_arn))
    }

    /// The caller in a place; the fake's own where none is named.
    pub(super) fn caller_in(&self, scope: Scope, caller_arn: Option<CallerArn>) -> Caller {
        let Scope { account_id, region_name } = &scope;
        let arn = caller_arn.or_else(|| self.caller_arn.clone()).map_or_else(
            || format!("arn:{}:iam::{account_id}:user/fake-xray", partition_of(region_name)),
            |CallerArn(arn)| arn,
        );
        Caller { scope: Arc::new(scope), arn }
    }
}

/// Python's TypeError for arguments by position that must be given by keyword.
fn keyword_only(rule: &str, extra: &Bound<'_, PyTuple>) -> PyResult<()> {
    if extra.is_empty() { Ok(()) } else { Err(PyTypeError::new_err(format!("{rule}; got {extra:?} more"))) }
}
