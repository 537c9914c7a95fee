//! `FakeXRay`: what a test holds to make clients and to steer the fake.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parking_lot::Mutex;
use pyo3::exceptions::PyRuntimeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::evaluation::{Evaluation, Question};
use super::log::Log;
use super::parameters::{AccountId, Accounts, CallerArn, PolicyLimit, RecordCalls, RegionName};
use super::{clock, injection, module};
use crate::operation::{Caller, Scope};
use crate::service::{self, Service};

/// A whole X-Ray in process: every account and Region, empty at first.
///
/// Parameters
/// ----------
/// account_id : str
///     Twelve digits: the account of clients that name none.
/// region_name : str
///     The Region of clients that name none.
/// policy_limit : int
///     How many resource policies each account and Region may hold (5 by the X-Ray API reference).
/// accounts : mapping of str to str, or callable
///     The account ids of access key ids: where boto3 clients that have such a key work. Others work in `account_id`. It
///     is asked at each call, so you can extend the mapping later. A callable gets an access key id and returns an account
///     id or None.
/// record_calls : bool
///     Whether every call is kept for `calls`, until `reset()`. A test that makes millions of calls turns it off.
///
/// Raises
/// ------
/// ValueError
///     For an account id that is not twelve digits, a Region name that is none, a negative limit.
#[pyclass(frozen, module = "fake_xray")]
pub(super) struct FakeXRay {
    service: Service,
    home: Scope,
    /// Whether its Region is that of boto3's default session, if that has one.
    follows_boto3: AtomicBool,
    accounts: Accounts,
    policy_limit: usize,
    /// None where no calls are recorded.
    log: Option<Log>,
    /// Tells this fake from every other one of the process.
    serial: u64,
}

static NEXT_SERIAL: AtomicU64 = AtomicU64::new(0);

#[pymethods]
impl FakeXRay {
    #[new]
    #[pyo3(
        signature = (
            *,
            account_id = AccountId("123456789012".to_owned()),
            region_name = RegionName("us-east-1".to_owned()),
            policy_limit = PolicyLimit(5),
            accounts = Accounts::default(),
            record_calls = RecordCalls(true)
        ),
        text_signature = "(*, account_id='123456789012', region_name='us-east-1', policy_limit=5, accounts={}, record_calls=True)"
    )]
    fn new(
        account_id: AccountId,
        region_name: RegionName,
        policy_limit: PolicyLimit,
        accounts: Accounts,
        record_calls: RecordCalls,
    ) -> Self {
        let PolicyLimit(policy_limit) = policy_limit;
        let home = Scope { account_id: account_id.0.into(), region_name: region_name.0.into() };
        let RecordCalls(record_calls) = record_calls;
        let log = record_calls.then(Log::default);
        let service = Service::new(policy_limit);
        let serial = NEXT_SERIAL.fetch_add(1, Ordering::Relaxed);
        Self { service, home, follows_boto3: AtomicBool::new(false), accounts, policy_limit, log, serial }
    }

    /// A client that behaves like `boto3.client("xray")`, on this state.
    ///
    /// Parameters
    /// ----------
    /// region_name, account_id : str, optional
    ///     Where the client works; absent: the fake's own.
    /// caller_arn : str, optional
    ///     Who calls, for the lockout check; absent: `arn:aws:iam::ACCOUNT:user/fake-xray`.
    ///
    /// Returns
    /// -------
    /// FakeXRayClient
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     For an account id that is not twelve digits, a Region name or an ARN that is none.
    #[pyo3(signature = (*, region_name = None, account_id = None, caller_arn = None))]
    fn client<'py>(
        slf: &Bound<'py, Self>,
        region_name: Option<&Bound<'py, PyAny>>,
        account_id: Option<&Bound<'py, PyAny>>,
        caller_arn: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let class = module::attribute(slf.py(), "fake_xray._client", "FakeXRayClient")?;
        class.call1((slf, region_name, account_id, caller_arn))
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
        account_id: Option<AccountId>,
        region_name: Option<RegionName>,
    ) -> PyResult<Evaluation> {
        let everything = PyString::intern(py, "*").into_any();
        let scope = self.scope(py, region_name, account_id)?;
        let resource = resource.unwrap_or(&everything);
        let question = Question::new(action, principal, context, resource, &scope.region_name, clock::now(py)?)?;
        let evaluation = self.service.evaluate(&scope, &question.request()).map_err(|why| {
            PyRuntimeError::new_err(format!("a stored policy is malformed; please report this as a bug: {why}"))
        })?;
        Ok(Evaluation::new(evaluation, &question, &scope, || self.service.places()))
    }

    /// Makes the next calls of an operation fail, in every account and Region and through every kind of client.
    ///
    /// Arguments that botocore refuses are no call. Nothing is stored, listed or deleted by a call that fails so.
    ///
    /// Parameters
    /// ----------
    /// operation : str
    ///     Such as "PutResourcePolicy".
    /// code : str or type
    ///     An error that X-Ray's API model declares, or "AccessDeniedException", "InternalFailure" or
    ///     "ServiceUnavailable"; or, for a connection that fails, one of botocore's exceptions: EndpointConnectionError,
    ///     ConnectTimeoutError, ConnectionClosedError, ReadTimeoutError.
    /// message : str, optional
    ///     The error's message.
    /// times : int
    ///     How many calls fail, from 1. Errors injected before come first.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     For an operation or a code that is not known, listing the known ones, and for `times` below 1.
    #[pyo3(
        signature = (operation, code, *, message = None, times = None),
        text_signature = "($self, operation, code, *, message=None, times=1)"
    )]
    fn inject_error(
        &self,
        operation: &Bound<'_, PyAny>,
        code: &Bound<'_, PyAny>,
        message: Option<&Bound<'_, PyAny>>,
        times: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let operation = injection::operation(operation)?;
        let failure = injection::failure(code, message)?;
        self.service.inject(operation, failure, injection::times(times)?);
        Ok(())
    }

    /// Every call answered so far, oldest first: a sequence of `Call(operation, parameters, account_id, region_name,
    /// error_code)`. `calls.for_operation("PutResourcePolicy")` has those of one operation.
    ///
    /// Refused calls are there with AWS's code, invalid ones with the name of botocore's exception, the retries of a
    /// genuine client one by one. RuntimeError if the fake was made with `record_calls=False`.
    #[getter]
    fn calls<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let Some(log) = &self.log else {
            return Err(PyRuntimeError::new_err(
                "this FakeXRay has record_calls=False: make it without, to see its calls",
            ));
        };
        module::attribute(py, "fake_xray._calls", "Calls")?.call_method1("_from_log", (log.rows(py),))
    }

    /// Empties the fake: every account and Region, the calls, the injected errors. Its clients stay usable.
    fn reset(&self) {
        self.service.reset();
        self.forget_calls();
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
        self.accounts.traverse(&visit)?;
        self.log.as_ref().map_or(Ok(()), |log| log.traverse(&visit))
    }

    fn __clear__(&self) {
        self.forget_calls();
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

    fn forget_calls(&self) {
        if let Some(log) = &self.log {
            log.clear();
        }
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
        Ok(caller_in(self.scope(py, region_name, account_id)?, caller_arn))
    }
}

/// The caller in a place; the fake's own user where none is named.
pub(super) fn caller_in(scope: Scope, caller_arn: Option<CallerArn>) -> Caller {
    let Scope { account_id, region_name } = &scope;
    let arn = caller_arn.map_or_else(
        || format!("arn:{}:iam::{account_id}:user/fake-xray", partition_of(region_name)),
        |CallerArn(arn)| arn,
    );
    Caller { scope, arn }
}

/// The partition of a Region, as botocore's endpoint data tells it.
fn partition_of(region_name: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 7] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("us-iso-", "aws-iso"),
        ("us-isob-", "aws-iso-b"),
        ("eu-isoe-", "aws-iso-e"),
        ("us-isof-", "aws-iso-f"),
        ("eusc-", "aws-eusc"),
    ];
    let of_region = PARTITIONS.iter().find(|(prefix, _)| region_name.starts_with(prefix));
    of_region.map_or("aws", |(_, partition)| partition)
}
