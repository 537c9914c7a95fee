//! `FakeXRay`: what a test holds to make clients and to steer the fake.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use super::parameters::{AccountId, PolicyLimit, RegionName};
use crate::service::{Scope, Service};

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
    ///
    /// Returns
    /// -------
    /// FakeXRayClient
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     For an account id that is not twelve digits or a Region name that is none.
    #[pyo3(signature = (*, region_name = None, account_id = None))]
    fn client<'py>(
        slf: &Bound<'py, Self>,
        region_name: Option<&Bound<'py, PyAny>>,
        account_id: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static CLIENT: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        CLIENT.import(slf.py(), "fake_xray._client", "FakeXRayClient")?.call1((slf, region_name, account_id))
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

    /// The place that a client names, or where it names none, the fake's own.
    pub(super) fn scope(&self, region_name: Option<RegionName>, account_id: Option<AccountId>) -> Scope {
        let home = self.home.clone();
        Scope {
            account_id: account_id.map_or(home.account_id, |given| given.0),
            region_name: region_name.map_or(home.region_name, |given| given.0),
        }
    }
}
