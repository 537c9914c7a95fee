//! Answers as botocore's parser makes them: plain dictionaries with what AWS sent, and the metadata of the HTTP answer.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::clock;
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
    let request_id = request_id(request_number).into_pyobject(py)?;
    let headers = PyDict::new(py);
    headers.set_item(intern!(py, "x-amzn-requestid"), &request_id)?;
    headers.set_item(intern!(py, "content-type"), intern!(py, "application/json"))?;
    let metadata = PyDict::new(py);
    metadata.set_item(intern!(py, "RequestId"), request_id)?;
    metadata.set_item(intern!(py, "HTTPStatusCode"), status)?;
    metadata.set_item(intern!(py, "HTTPHeaders"), &headers)?;
    metadata.set_item(intern!(py, "RetryAttempts"), 0)?;
    Ok((metadata, headers))
}

pub(super) fn put_resource_policy(answer: &Bound<'_, PyDict>, policy: &ResourcePolicy) -> PyResult<()> {
    let py = answer.py();
    answer.set_item(intern!(py, "ResourcePolicy"), resource_policy(py, policy)?)
}

pub(super) fn list_resource_policies(answer: &Bound<'_, PyDict>, policies: &[ResourcePolicy]) -> PyResult<()> {
    let py = answer.py();
    let list = PyList::empty(py);
    for policy in policies {
        list.append(resource_policy(py, policy)?)?;
    }
    answer.set_item(intern!(py, "ResourcePolicies"), list)
}

fn resource_policy<'py>(py: Python<'py>, policy: &ResourcePolicy) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item(intern!(py, "PolicyName"), &*policy.name)?;
    dict.set_item(intern!(py, "PolicyDocument"), &*policy.document)?;
    dict.set_item(intern!(py, "PolicyRevisionId"), policy.revision.to_string())?;
    dict.set_item(intern!(py, "LastUpdatedTime"), clock::datetime(py, policy.last_updated)?)?;
    Ok(dict)
}
