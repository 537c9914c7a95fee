//! `FakeXRay`: what a test holds to make clients and to steer the fake.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use pyo3::exceptions::PyRuntimeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::evaluation::{Evaluation, Question};
use super::log::Log;
use super::parameters::{AccountId, Accounts, CallerArn, PolicyLimit, RecordCalls, RegionName};
use super::{clock, module};
use crate::operation::{Caller, Scope, Settings, partition_of};
use crate::service::Service;

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
/// accounts : mapping of str to str
///     The accounts of access key ids: where boto3 clients that have such a key work. Others work in `account_id`.
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
}

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
        let service = Service::new(Settings { policy_limit, ..Settings::default() });
        Self { service, home, follows_boto3: AtomicBool::new(false), accounts, policy_limit, log }
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
        let question =
            Question::new(action, principal, context, resource, &scope.region_name, clock::now(py)?.seconds())?;
        let evaluation = self.service.evaluate(&scope, &question.request()).map_err(|why| {
            PyRuntimeError::new_err(format!("a stored policy is malformed; please report this as a bug: {why}"))
        })?;
        Ok(Evaluation::new(evaluation, &question, &scope, || self.service.places()))
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

    /// Its own Region.
    #[getter]
    fn _region_name(&self) -> &str {
        &self.home.region_name
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
    fn account_of_key(&self, access_key_id: Option<&str>) -> Option<String> {
        self.account_of(access_key_id).map(|AccountId(account_id)| account_id)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
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

/// The fake that answers the clients of the process; none where no `mock_xray` is active.
static ACTIVE: Mutex<Option<Py<FakeXRay>>> = Mutex::new(None);

/// The fake of the innermost `mock_xray`, None where none is active.
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
    pub(super) fn account_of(&self, access_key_id: Option<&str>) -> Option<AccountId> {
        self.accounts.of(access_key_id?)
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
    fn home_region(&self, py: Python<'_>) -> PyResult<Arc<str>> {
        let own = || Arc::clone(&self.home.region_name);
        if !self.follows_boto3() {
            return Ok(own());
        }
        let found = module::attribute(py, "fake_xray._genuine", "default_region")?.call0()?;
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
