//! The parts that every response has: a dictionary, and the metadata of the HTTP response as botocore returns it.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};

use crate::wire::request_id;

/// A successful response without members.
pub(super) fn success(py: Python<'_>, request_number: u64) -> PyResult<Bound<'_, PyDict>> {
    let response = PyDict::new(py);
    let (metadata, _) = metadata(py, request_number, 200)?;
    response.set_item(intern!(py, "ResponseMetadata"), metadata)?;
    Ok(response)
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

/// A dictionary that serves as a template. It is filled when it is first needed. Copying it is much faster than adding its
/// keys one by one.
pub(super) struct Prepared {
    filled: PyOnceLock<Py<PyDict>>,
    fill: fn(Python<'_>, &Bound<'_, PyDict>) -> PyResult<()>,
}

impl Prepared {
    pub(super) const fn new(fill: fn(Python<'_>, &Bound<'_, PyDict>) -> PyResult<()>) -> Self {
        Self { filled: PyOnceLock::new(), fill }
    }

    pub(super) fn copy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let filled = self.filled.get_or_try_init(py, || {
            let dict = PyDict::new(py);
            (self.fill)(py, &dict).map(|()| dict.unbind())
        })?;
        filled.bind(py).copy()
    }
}
