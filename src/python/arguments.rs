//! Keyword arguments, checked as botocore checks them. Here only whether something is wrong is decided, and quickly; what
//! is wrong botocore itself says, in `fake_xray._client.check_arguments`.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyDict, PyString, PyTuple};

use super::{error, module};
use crate::fault::{Code, Fault};
use crate::service::Service;

/// The arguments of one call. Each member of the operation's input is asked for once, then [`Arguments::finish`] sees
/// whether there were others.
pub(super) struct Arguments<'a, 'py> {
    operation: &'static str,
    service: &'a Service,
    args: &'a Bound<'py, PyTuple>,
    kwargs: Option<&'a Bound<'py, PyDict>>,
    taken: usize,
}

impl<'a, 'py> Arguments<'a, 'py> {
    /// # Errors
    /// botocore's `TypeError` for positional arguments.
    pub(super) fn new(
        operation: &'static str,
        service: &'a Service,
        args: &'a Bound<'py, PyTuple>,
        kwargs: Option<&'a Bound<'py, PyDict>>,
    ) -> PyResult<Self> {
        let given = Self { operation, service, args, kwargs, taken: 0 };
        if args.is_empty() { Ok(given) } else { Err(given.refusal()) }
    }

    /// A string of at least `least` characters that must be there.
    pub(super) fn required_text(&mut self, name: &Bound<'py, PyString>, least: usize) -> PyResult<PyBackedStr> {
        self.text(name, least)?.ok_or_else(|| self.refusal())
    }

    /// A string of at least `least` characters, where there is one.
    pub(super) fn text(&mut self, name: &Bound<'py, PyString>, least: usize) -> PyResult<Option<PyBackedStr>> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        let Ok(text) = value.cast_into::<PyString>() else { return Err(self.refusal()) };
        let Ok(text) = PyBackedStr::try_from(text) else { return Err(self.not_unicode()) };
        if text.len() < least { Err(self.refusal()) } else { Ok(Some(text)) }
    }

    /// A boolean, where there is one; absent: false.
    pub(super) fn flag(&mut self, name: &Bound<'py, PyString>) -> PyResult<bool> {
        let Some(value) = self.take(name)? else { return Ok(false) };
        value.cast::<PyBool>().map(PyBoolMethods::is_true).map_err(|_| self.refusal())
    }

    /// # Errors
    /// botocore's `ParamValidationError` for arguments that nobody asked for.
    pub(super) fn finish(self) -> PyResult<()> {
        let given = self.kwargs.map_or(0, PyDictMethods::len);
        if given == self.taken { Ok(()) } else { Err(self.refusal()) }
    }

    fn take(&mut self, name: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(kwargs) = self.kwargs else { return Ok(None) };
        let value = kwargs.get_item(name)?;
        self.taken += usize::from(value.is_some());
        Ok(value)
    }

    /// What botocore says of these arguments.
    fn refusal(&self) -> PyErr {
        self.botocore_check().err().unwrap_or_else(|| {
            PyRuntimeError::new_err(format!(
                "fake-xray refused arguments of {} that botocore accepts; please report this as a bug: {:?}",
                self.operation, self.kwargs
            ))
        })
    }

    /// A lone surrogate passes botocore, which escapes it; assumed: the service cannot read the request then.
    fn not_unicode(&self) -> PyErr {
        self.botocore_check().err().unwrap_or_else(|| {
            let fault = Fault {
                code: Code::SerializationException,
                message: None,
                reason: Some("a string holds a lone surrogate, which is not Unicode text".to_owned()),
            };
            error::exception(self.args.py(), self.operation, self.service.next_request_number(), &fault)
        })
    }

    fn botocore_check(&self) -> PyResult<()> {
        let check = module::attribute(self.args.py(), "fake_xray._client", "check_arguments")?;
        check.call1((self.operation, self.args, self.kwargs)).map(drop)
    }
}
