//! Keyword arguments, checked as botocore checks them. Here only whether something is wrong is decided, and quickly; what
//! is wrong botocore itself says, in `fake_xray._client.check_arguments`.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyDict, PyString, PyTuple};

use super::module;
use crate::fault::Fault;
use crate::wire;

/// The arguments of one call. Each member of the operation's input is asked for once, then [`Arguments::finish`] sees
/// whether there were others.
pub(super) struct Arguments<'a, 'py> {
    operation: &'static str,
    args: &'a Bound<'py, PyTuple>,
    kwargs: Option<&'a Bound<'py, PyDict>>,
    taken: usize,
}

/// Why arguments form no request.
pub(super) enum Refusal {
    /// What botocore, or Python, says of them.
    Invalid(PyErr),
    /// What the service would say of them.
    Unreadable(Fault),
    /// Nothing: the test has arranged the answer.
    Arranged(PyResult<Py<PyAny>>),
}

impl From<PyErr> for Refusal {
    fn from(error: PyErr) -> Self {
        Self::Invalid(error)
    }
}

impl<'a, 'py> Arguments<'a, 'py> {
    pub(super) fn new(
        operation: &'static str,
        args: &'a Bound<'py, PyTuple>,
        kwargs: Option<&'a Bound<'py, PyDict>>,
    ) -> Self {
        Self { operation, args, kwargs, taken: 0 }
    }

    /// A string of at least `least` characters that must be there.
    pub(super) fn required_text(&mut self, name: &Bound<'py, PyString>, least: usize) -> Result<PyBackedStr, Refusal> {
        self.text(name, least)?.ok_or_else(|| self.invalid())
    }

    /// A string of at least `least` characters, where there is one.
    pub(super) fn text(&mut self, name: &Bound<'py, PyString>, least: usize) -> Result<Option<PyBackedStr>, Refusal> {
        let Some(value) = self.take(name)? else { return Ok(None) };
        let Ok(text) = value.cast_into::<PyString>() else { return Err(self.invalid()) };
        // A subclass of str may have a length of its own, which botocore asks for.
        let least = if text.is_exact_instance_of::<PyString>() {
            least
        } else {
            self.botocore_check()?;
            0
        };
        let Ok(text) = PyBackedStr::try_from(text) else { return Err(self.not_unicode()) };
        if text.len() < least { Err(self.invalid()) } else { Ok(Some(text)) }
    }

    /// A boolean, where there is one; absent: false.
    pub(super) fn flag(&mut self, name: &Bound<'py, PyString>) -> Result<bool, Refusal> {
        let Some(value) = self.take(name)? else { return Ok(false) };
        value.cast::<PyBool>().map(PyBoolMethods::is_true).map_err(|_| self.invalid())
    }

    /// Refuses positional arguments, and keyword arguments that nobody asked for.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        let given = self.kwargs.map_or(0, PyDictMethods::len);
        if self.args.is_empty() && given == self.taken { Ok(()) } else { Err(self.invalid()) }
    }

    fn take(&mut self, name: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyAny>>> {
        // Where all that is given was taken, no other can be there: that is cheaper than to look.
        let Some(kwargs) = self.kwargs.filter(|kwargs| self.taken < kwargs.len()) else { return Ok(None) };
        let value = kwargs.get_item(name)?;
        self.taken += usize::from(value.is_some());
        Ok(value)
    }

    fn invalid(&self) -> Refusal {
        Refusal::Invalid(self.botocore_check().err().unwrap_or_else(|| {
            PyRuntimeError::new_err(format!(
                "fake-xray refused arguments of {} that botocore accepts; please report this as a bug: {:?}",
                self.operation, self.kwargs
            ))
        }))
    }

    /// A lone surrogate passes botocore, which escapes it. What botocore would send the HTTP front cannot read.
    fn not_unicode(&self) -> Refusal {
        let sent = || -> PyResult<Option<Fault>> {
            self.botocore_check()?;
            let body = module::attribute(self.args.py(), "json", "dumps")?.call1((self.kwargs,))?;
            Ok(wire::why_unreadable(body.extract::<PyBackedStr>()?.as_bytes()))
        };
        match sent() {
            Ok(Some(fault)) => Refusal::Unreadable(fault),
            Ok(None) => self.invalid(),
            Err(error) => Refusal::Invalid(error),
        }
    }

    fn botocore_check(&self) -> PyResult<()> {
        let check = module::attribute(self.args.py(), "fake_xray._client", "check_arguments")?;
        check.call1((self.operation, self.args, self.kwargs)).map(drop)
    }
}
