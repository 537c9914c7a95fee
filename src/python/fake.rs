//! `FakeXRay`: what a test holds to make clients and to steer the fake.

use std::sync::Arc;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::clock;
use super::evaluation::{Evaluation, Question};
use super::module;
use super::parameters::{AccountId, CallerArn, PolicyLimit, RegionName};
use crate::service::{Caller, Scope, Service};

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
///
/// Raises
/// ------
/// ValueError
///     For an account id that is not twelve digits, a Region name that is none, a negative limit.
#[pyclass(frozen, module = "fake_xray")]
pub(super) struct FakeXRay {
    service: Arc<Service>,
    home: Scope,
    policy_limit: usize,
}

#[pymethods]
impl FakeXRay {
    #[new]
    #[pyo3(
        signature = (
            *,
            account_id = AccountId("123456789012".to_owned()),
            region_name = RegionName("us-east-1".to_owned()),
            policy_limit = PolicyLimit(5)
        ),
        text_signature = "(*, account_id='123456789012', region_name='us-east-1', policy_limit=5)"
    )]
    fn new(account_id: AccountId, region_name: RegionName, policy_limit: PolicyLimit) -> Self {
        let PolicyLimit(policy_limit) = policy_limit;
        let home = Scope { account_id: account_id.0, region_name: region_name.0 };
        Self { service: Arc::new(Service::new(policy_limit)), home, policy_limit }
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
    ///     aws:CurrentTime, aws:EpochTime, aws:PrincipalArn, aws:PrincipalAccount and aws:SecureTransport (true) have
    ///     values unless they are given here.
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
        let question = Question::new(action, principal, context, resource.unwrap_or(&everything), clock::now(py)?)?;
        let evaluation = self
            .service
            .evaluate(&self.scope(region_name, account_id), &question.request())
            .map_err(|why| PyRuntimeError::new_err(format!("a stored policy is malformed, a bug: {why}")))?;
        Ok(Evaluation::new(evaluation, &question))
    }

    /// Empties the fake: every account and Region. Its clients stay usable.
    fn reset(&self) {
        self.service.reset();
    }

    fn __repr__(&self) -> String {
        let Scope { account_id, region_name } = &self.home;
        let policy_limit = self.policy_limit;
        format!("FakeXRay(account_id='{account_id}', region_name='{region_name}', policy_limit={policy_limit})")
    }
}

impl FakeXRay {
    pub(super) fn service(&self) -> Arc<Service> {
        Arc::clone(&self.service)
    }

    /// Who a client's calls come from, and where they go.
    pub(super) fn caller(
        &self,
        region_name: Option<RegionName>,
        account_id: Option<AccountId>,
        caller_arn: Option<CallerArn>,
    ) -> Caller {
        let scope = self.scope(region_name, account_id);
        let arn = caller_arn
            .map_or_else(|| format!("arn:aws:iam::{}:user/fake-xray", scope.account_id), |CallerArn(arn)| arn);
        Caller { scope, arn }
    }

    /// The place that a client names, or where it names none, the fake's own.
    fn scope(&self, region_name: Option<RegionName>, account_id: Option<AccountId>) -> Scope {
        let home = self.home.clone();
        Scope {
            account_id: account_id.map_or(home.account_id, |given| given.0),
            region_name: region_name.map_or(home.region_name, |given| given.0),
        }
    }
}
