//! Answers as botocore's parser makes them: plain dictionaries with what AWS sent, and the metadata of the HTTP answer.
//!
//! Each is a copy of a prepared dictionary that has its keys already, which is much faster than adding them one by one.

use std::sync::Arc;

use parking_lot::Mutex;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString};

use super::clock::{KeptZone, Zone};
use crate::resource_policies::ResourcePolicy;
use crate::wire::request_id;

/// What every successful answer has.
pub(super) fn success(py: Python<'_>, request_number: u64) -> PyResult<Bound<'_, PyDict>> {
    let answer = PyDict::new(py);
    let (metadata, _) = metadata(py, request_number, 200)?;
    answer.set_item(intern!(py, "ResponseMetadata"), metadata)?;
    Ok(answer)
}

/// `ResponseMetadata`, and the `HTTPHeaders` in it.
pub(super) fn metadata(
    py: Python<'_>,
    request_number: u64,
    status: u16,
) -> PyResult<(Bound<'_, PyDict>, Bound<'_, PyDict>)> {
    static HEADERS: Prepared = Prepared::new(|py, headers| {
        headers.set_item(intern!(py, "x-amzn-requestid"), py.None())?;
        headers.set_item(intern!(py, "content-type"), intern!(py, "application/json"))
    });
    static METADATA: Prepared = Prepared::new(|py, metadata| {
        metadata.set_item(intern!(py, "RequestId"), py.None())?;
        metadata.set_item(intern!(py, "HTTPStatusCode"), 200)?;
        metadata.set_item(intern!(py, "HTTPHeaders"), py.None())?;
        metadata.set_item(intern!(py, "RetryAttempts"), 0)
    });
    let request_id = PyString::new(py, request_id(request_number).as_str());
    let headers = HEADERS.copy(py)?;
    headers.set_item(intern!(py, "x-amzn-requestid"), &request_id)?;
    let metadata = METADATA.copy(py)?;
    metadata.set_item(intern!(py, "RequestId"), request_id)?;
    metadata.set_item(intern!(py, "HTTPHeaders"), &headers)?;
    if status != 200 {
        metadata.set_item(intern!(py, "HTTPStatusCode"), status)?;
    }
    Ok((metadata, headers))
}

/// What a client answered last, kept because the next answer is likely to have much of it.
#[derive(Default)]
pub(super) struct Last {
    /// The policy of its last put.
    put: Mutex<Option<Shown>>,
    /// The policies that it listed, by their places.
    listed: Mutex<Vec<Shown>>,
}

impl Last {
    /// Completes an answer of `PutResourcePolicy`.
    pub(super) fn put_resource_policy(&self, answer: &Bound<'_, PyDict>, policy: &Arc<ResourcePolicy>) -> PyResult<()> {
        let py = answer.py();
        let shown = Shown::after(take(&self.put), policy, &Zone::local(py)?)?;
        answer.set_item(intern!(py, "ResourcePolicy"), shown.copy(py)?)?;
        keep(&self.put, Some(shown));
        Ok(())
    }

    /// Completes an answer of `ListResourcePolicies`.
    pub(super) fn list_resource_policies(
        &self,
        answer: &Bound<'_, PyDict>,
        policies: &[Arc<ResourcePolicy>],
    ) -> PyResult<()> {
        let py = answer.py();
        let zone = Zone::local(py)?;
        let mut before = take(&self.listed).into_iter();
        let mut listed = Vec::with_capacity(policies.len());
        let list = PyList::empty(py);
        for policy in policies {
            let shown = Shown::after(before.next(), policy, &zone)?;
            list.append(shown.copy(py)?)?;
            listed.push(shown);
        }
        keep(&self.listed, listed);
        answer.set_item(intern!(py, "ResourcePolicies"), list)
    }
}

/// Taken out rather than locked while Python runs. Another thread that comes meanwhile begins anew.
fn take<T: Default>(kept: &Mutex<T>) -> T {
    std::mem::take(&mut *kept.lock())
}

fn keep<T>(kept: &Mutex<T>, value: T) {
    let replaced = std::mem::replace(&mut *kept.lock(), value);
    // After the lock is gone: dropping may run Python.
    drop(replaced);
}

/// A policy and the dictionary that shows it in a zone. Answers are copies of it.
struct Shown {
    policy: Arc<ResourcePolicy>,
    zone: KeptZone,
    dict: Py<PyDict>,
}

impl Shown {
    /// Shows a policy after another one: members that are the same stay.
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
            dict.set_item(intern!(py, "PolicyRevisionId"), policy.revision.to_string())?;
        }
        if before.is_none_or(|before| before.last_updated != policy.last_updated) {
            dict.set_item(intern!(py, "LastUpdatedTime"), zone.datetime(policy.last_updated)?)?;
        }
        Ok(Self { policy: Arc::clone(policy), zone: zone.keep(), dict: dict.unbind() })
    }

    fn copy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.dict.bind(py).copy()
    }
}

/// A dictionary to be copied, made when it is first needed.
struct Prepared {
    made: PyOnceLock<Py<PyDict>>,
    fill: fn(Python<'_>, &Bound<'_, PyDict>) -> PyResult<()>,
}

impl Prepared {
    const fn new(fill: fn(Python<'_>, &Bound<'_, PyDict>) -> PyResult<()>) -> Self {
        Self { made: PyOnceLock::new(), fill }
    }

    fn copy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let made = self.made.get_or_try_init(py, || {
            let dict = PyDict::new(py);
            (self.fill)(py, &dict).map(|()| dict.unbind())
        })?;
        made.bind(py).copy()
    }
}
