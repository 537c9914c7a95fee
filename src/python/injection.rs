//! The arguments of `FakeXRay.inject_error`. Each error names the argument and lists what it may be.

use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

use super::module;
use super::parameters::refusal;
use crate::fault::{Code, ConnectionFailure, Failure, Fault};
use crate::service::OPERATIONS;

pub(super) fn operation(given: &Bound<'_, PyAny>) -> PyResult<&'static str> {
    let known = OPERATIONS.into_iter().find(|name| is(given, name));
    known.ok_or_else(|| refusal("operation", &format!("one of {}", OPERATIONS.join(", ")), given))
}

pub(super) fn failure(code: &Bound<'_, PyAny>, message: Option<&Bound<'_, PyAny>>) -> PyResult<Failure> {
    if let Ok(class) = code.cast::<PyType>() {
        let failure = connection_failure(class)?.ok_or_else(|| unknown_code(code))?;
        return match message {
            None => Ok(Failure::Connection(failure)),
            Some(message) => Err(refusal("message", "left out of a connection failure", message)),
        };
    }
    let code = Code::INJECTABLE.into_iter().find(|known| is(code, known.as_str())).ok_or_else(|| unknown_code(code))?;
    let Some(message) = message else {
        return Ok(Fault::new(code, "Injected by FakeXRay.inject_error.").into());
    };
    let text = message.cast::<PyString>().ok().and_then(|text| text.to_str().ok());
    text.map(|text| Fault::new(code, text).into()).ok_or_else(|| refusal("message", "a str", message))
}

pub(super) fn times(given: Option<&Bound<'_, PyAny>>) -> PyResult<usize> {
    let Some(given) = given else { return Ok(1) };
    let times = given.extract().ok().filter(|times| *times > 0);
    times.ok_or_else(|| refusal("times", "a whole number from 1", given))
}

/// Which failure one of botocore's classes is.
fn connection_failure(class: &Bound<'_, PyType>) -> PyResult<Option<ConnectionFailure>> {
    for failure in ConnectionFailure::ALL {
        if module::attribute(class.py(), "botocore.exceptions", failure.as_str())?.is(class) {
            return Ok(Some(failure));
        }
    }
    Ok(None)
}

fn unknown_code(given: &Bound<'_, PyAny>) -> PyErr {
    let codes = Code::INJECTABLE.map(Code::as_str).join(", ");
    let classes = ConnectionFailure::ALL.map(ConnectionFailure::as_str).join(", ");
    refusal("code", &format!("one of {codes}, or one of the classes {classes} of botocore.exceptions"), given)
}

fn is(given: &Bound<'_, PyAny>, name: &str) -> bool {
    given.cast::<PyString>().is_ok_and(|given| given == name)
}
