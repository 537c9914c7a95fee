//! Turns faults into the exceptions that botocore raises. No other module does this.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::{module, response};
use crate::fault::Fault;

/// Returns the exception for a rejected call, or the error that occurs while creating this exception.
pub(super) fn client_error(py: Python<'_>, operation: &str, request_number: u64, fault: &Fault) -> PyErr {
    create_client_error(py, operation, request_number, fault).unwrap_or_else(|error| error)
}

/// The exception for a call of a client that was created in a block of `mock_xray`, while no block is active.
pub(super) fn no_active_block(py: Python<'_>) -> PyErr {
    let create = module::attribute(py, "fake_xray._client", "no_active_block");
    create.and_then(|create| create.call0()).map_or_else(|error| error, PyErr::from_value)
}

fn create_client_error(py: Python<'_>, operation: &str, request_number: u64, fault: &Fault) -> PyResult<PyErr> {
    let class = if fault.code.is_modelled() { fault.code.as_str() } else { "ClientError" };
    let class = module::attribute(py, "fake_xray.exceptions", class)?;
    let exception = class.call1((error_response(py, request_number, fault)?, operation))?;
    if let Some(reason) = &fault.reason {
        // `add_note` would do the same, but Python 3.10 does not have it.
        exception.setattr(intern!(py, "__notes__"), PyList::new(py, [format!("fake-xray: {reason}")])?)?;
    }
    Ok(PyErr::from_value(exception))
}

/// The attribute `response` of the exception, as botocore parses it from the HTTP response.
fn error_response<'py>(py: Python<'py>, request_number: u64, fault: &Fault) -> PyResult<Bound<'py, PyDict>> {
    let error = PyDict::new(py);
    error.set_item(intern!(py, "Message"), fault.message.as_deref())?;
    error.set_item(intern!(py, "Code"), fault.code.as_str())?;
    let (metadata, headers) = response::metadata(py, request_number, fault.code.status())?;
    for (name, value) in fault.headers() {
        headers.set_item(name, value)?;
    }
    let response = PyDict::new(py);
    response.set_item(intern!(py, "Error"), error)?;
    response.set_item(intern!(py, "ResponseMetadata"), metadata)?;
    match &fault.message {
        // A modelled error has the member `Message`, which botocore adds to the response in addition to `Error`.
        Some(message) if fault.code.is_modelled() => response.set_item(intern!(py, "Message"), message)?,
        _ => {}
    }
    if let Some(resource_name) = &fault.resource_name {
        response.set_item(intern!(py, "ResourceName"), resource_name)?;
    }
    Ok(response)
}
