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
    /// The document of its last put. Python's strings cannot change, so answers share them.
    document: Mutex<Option<(Arc<str>, Py<PyString>)>>,
    /// The policies that it listed, as dictionaries to be copied.
    listed: Mutex<Option<Listed>>,
}

struct Listed {
    zone: KeptZone,
    /// A policy that is put again is another one, so what has once been made of one stays true.
    policies: Vec<(Arc<ResourcePolicy>, Py<PyDict>)>,
}

impl Last {
    /// Completes an answer of `PutResourcePolicy`.
    pub(super) fn put_resource_policy(&self, answer: &Bound<'_, PyDict>, policy: &ResourcePolicy) -> PyResult<()> {
        let py = answer.py();
        let document = self.document(py, &policy.document);
        answer.set_item(intern!(py, "ResourcePolicy"), resource_policy(&Zone::local(py)?, policy, &document)?)
    }

    fn document<'py>(&self, py: Python<'py>, text: &Arc<str>) -> Bound<'py, PyString> {
        let last = self.document.lock().take().filter(|(last, _)| Arc::ptr_eq(last, text));
        let document = last.map_or_else(|| PyString::new(py, text), |(_, document)| document.into_bound(py));
        let replaced = self.document.lock().replace((Arc::clone(text), document.clone().unbind()));
        // After the lock is gone: dropping may run Python.
        drop(replaced);
        document
    }

    /// Completes an answer of `ListResourcePolicies`.
    pub(super) fn list_resource_policies(
        &self,
        answer: &Bound<'_, PyDict>,
        policies: &[Arc<ResourcePolicy>],
    ) -> PyResult<()> {
        let py = answer.py();
        let zone = Zone::local(py)?;
        // Taken out rather than locked while Python runs. Another thread that comes meanwhile makes its own.
        let before = self.listed.lock().take().filter(|before| before.zone.is(&zone));
        let mut listed = before.unwrap_or_else(|| Listed { zone: zone.keep(), policies: Vec::new() });
        let list = PyList::empty(py);
        for (place, policy) in policies.iter().enumerate() {
            list.append(listed.at(place, policy, &zone)?.copy()?)?;
        }
        listed.policies.truncate(policies.len());
        let replaced = self.listed.lock().replace(listed);
        // After the lock is gone: dropping may run Python.
        drop(replaced);
        answer.set_item(intern!(py, "ResourcePolicies"), list)
    }
}

impl Listed {
    fn at<'py>(
        &mut self,
        place: usize,
        policy: &Arc<ResourcePolicy>,
        zone: &Zone<'py>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let slot = self.policies.get_mut(place);
        if let Some((_, dict)) = slot.as_ref().filter(|(listed, _)| Arc::ptr_eq(listed, policy)) {
            return Ok(dict.bind(zone.py()).clone());
        }
        let dict = resource_policy(zone, policy, &PyString::new(zone.py(), &policy.document))?;
        let listed = (Arc::clone(policy), dict.clone().unbind());
        match slot {
            Some(slot) => *slot = listed,
            None => self.policies.push(listed),
        }
        Ok(dict)
    }
}

fn resource_policy<'py>(
    zone: &Zone<'py>,
    policy: &ResourcePolicy,
    document: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyDict>> {
    static RESOURCE_POLICY: Prepared = Prepared::new(|py, policy| {
        policy.set_item(intern!(py, "PolicyName"), py.None())?;
        policy.set_item(intern!(py, "PolicyDocument"), py.None())?;
        policy.set_item(intern!(py, "PolicyRevisionId"), py.None())?;
        policy.set_item(intern!(py, "LastUpdatedTime"), py.None())
    });
    let py = zone.py();
    let dict = RESOURCE_POLICY.copy(py)?;
    dict.set_item(intern!(py, "PolicyName"), &*policy.name)?;
    dict.set_item(intern!(py, "PolicyDocument"), document)?;
    dict.set_item(intern!(py, "PolicyRevisionId"), policy.revision.to_string())?;
    dict.set_item(intern!(py, "LastUpdatedTime"), zone.datetime(policy.last_updated)?)?;
    Ok(dict)
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
