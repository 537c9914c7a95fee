//! The fast path for responses with resource policies.
//!
//! A client keeps the dictionaries of its last responses, because the next response is likely to have many of the same
//! members. All other responses use the generic path (`to_python`). A test compares the two paths.

use std::any::Any;
use std::sync::Arc;

use parking_lot::Mutex;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::clock::{KeptZone, Zone};
use super::response::Prepared;
use crate::resource_policies::{ListResourcePoliciesResult, PutResourcePolicyResult, ResourcePolicy};

/// The policies in a client's last responses.
#[derive(Default)]
pub(super) struct CachedPolicies {
    /// The policy in the last response to `put_resource_policy`.
    put: Mutex<Option<CachedPolicy>>,
    /// The policies in the last response to `list_resource_policies`, in the same order.
    listed: Mutex<Vec<CachedPolicy>>,
}

impl CachedPolicies {
    /// Adds the members of a response to `to`. Returns false if the response has no resource policies.
    #[inline]
    pub(super) fn add_members<R: Any>(&self, to: &Bound<'_, PyDict>, response: &R) -> PyResult<bool> {
        let response: &dyn Any = response;
        if let Some(put) = response.downcast_ref::<PutResourcePolicyResult>() {
            self.add_policy(to, &put.resource_policy)?;
        } else if let Some(list) = response.downcast_ref::<ListResourcePoliciesResult>() {
            self.add_policies(to, &list.resource_policies)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn add_policy(&self, to: &Bound<'_, PyDict>, policy: &Arc<ResourcePolicy>) -> PyResult<()> {
        let py = to.py();
        let cached = CachedPolicy::after(take(&self.put), policy, &Zone::local(py)?)?;
        to.set_item(intern!(py, "ResourcePolicy"), cached.copy(py)?)?;
        put_back(&self.put, Some(cached));
        Ok(())
    }

    fn add_policies(&self, to: &Bound<'_, PyDict>, policies: &[Arc<ResourcePolicy>]) -> PyResult<()> {
        let py = to.py();
        let zone = Zone::local(py)?;
        let mut before = take(&self.listed).into_iter();
        let mut listed = Vec::with_capacity(policies.len());
        let list = PyList::empty(py);
        for policy in policies {
            let cached = CachedPolicy::after(before.next(), policy, &zone)?;
            list.append(cached.copy(py)?)?;
            listed.push(cached);
        }
        put_back(&self.listed, listed);
        to.set_item(intern!(py, "ResourcePolicies"), list)
    }
}

/// Takes the value out, so that no lock is held while Python runs. Another thread finds an empty value in the meantime and
/// creates new dictionaries.
fn take<T: Default>(cache: &Mutex<T>) -> T {
    std::mem::take(&mut *cache.lock())
}

fn put_back<T>(cache: &Mutex<T>, value: T) {
    let replaced = std::mem::replace(&mut *cache.lock(), value);
    // Drop the objects after the lock is released, because dropping them can run Python code.
    drop(replaced);
}

/// A policy and its dictionary, with a datetime in a zone. Responses contain copies of the dictionary.
struct CachedPolicy {
    policy: Arc<ResourcePolicy>,
    zone: KeptZone,
    dict: Py<PyDict>,
}

impl CachedPolicy {
    /// Creates the dictionary of a policy. If there is an earlier dictionary, only the members that differ are replaced.
    fn after(before: Option<Self>, policy: &Arc<ResourcePolicy>, zone: &Zone<'_>) -> PyResult<Self> {
        static MEMBERS: Prepared = Prepared::new(|py, policy| {
            policy.set_item(intern!(py, "PolicyName"), py.None())?;
            policy.set_item(intern!(py, "PolicyDocument"), py.None())?;
            policy.set_item(intern!(py, "PolicyRevisionId"), py.None())?;
            policy.set_item(intern!(py, "LastUpdatedTime"), py.None())
        });
        let py = zone.py();
        let (before, dict) = match before.filter(|before| before.zone.is(zone)) {
            Some(same) if Arc::ptr_eq(&same.policy, policy) => return Ok(same),
            Some(before) => (Some(before.policy), before.dict.into_bound(py)),
            None => (None, MEMBERS.copy(py)?),
        };
        let before = before.as_deref();
        if before.is_none_or(|before| !Arc::ptr_eq(&before.name, &policy.name)) {
            dict.set_item(intern!(py, "PolicyName"), &*policy.name)?;
        }
        if before.is_none_or(|before| !Arc::ptr_eq(&before.document, &policy.document)) {
            dict.set_item(intern!(py, "PolicyDocument"), &*policy.document)?;
        }
        if before.is_none_or(|before| before.revision != policy.revision) {
            dict.set_item(intern!(py, "PolicyRevisionId"), policy.revision.0.to_string())?;
        }
        if before.is_none_or(|before| before.last_updated != policy.last_updated) {
            dict.set_item(intern!(py, "LastUpdatedTime"), zone.moment(policy.last_updated.0)?)?;
        }
        Ok(Self { policy: Arc::clone(policy), zone: zone.keep(), dict: dict.unbind() })
    }

    fn copy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.dict.bind(py).copy()
    }
}
