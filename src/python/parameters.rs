//! Checks the arguments of the fake's own API. Each error message names the parameter and the value.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyMapping};

use crate::policy::Principal;

/// An argument, or the error of its conversion. The function that receives the argument raises the error itself, because
/// pyo3 adds a redundant note to the errors of its own argument conversion.
pub(super) struct Checked<T>(pub(super) PyResult<T>);

impl<'a, 'py, T: FromPyObject<'a, 'py, Error = PyErr>> FromPyObject<'a, 'py> for Checked<T> {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        Ok(Self(T::extract(given)))
    }
}

/// The value of an optional argument.
pub(super) fn checked<T>(given: Option<Checked<T>>) -> PyResult<Option<T>> {
    given.map(|Checked(value)| value).transpose()
}

/// How often an arrangement can be used. None means always.
pub(super) struct Times(pub(super) Option<usize>);

impl<'py> FromPyObject<'_, 'py> for Times {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_none() {
            return Ok(Self(None));
        }
        let times = given.extract().ok().filter(|times| *times > 0 && !given.is_instance_of::<PyBool>());
        times.map(|times| Self(Some(times))).ok_or_else(|| {
            PyValueError::new_err(format!("times must be a positive int, or None for always, not {given:?}"))
        })
    }
}

/// A callable that decides whether an arrangement applies to a call.
pub(super) struct When(pub(super) Py<PyAny>);

impl<'py> FromPyObject<'_, 'py> for When {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_callable() {
            return Ok(Self(given.to_owned().unbind()));
        }
        Err(PyTypeError::new_err(format!("when must be callable with a Call, not {given:?}")))
    }
}

/// An account id, which has twelve digits.
#[derive(Clone)]
pub(super) struct AccountId(pub(super) String);

impl<'py> FromPyObject<'_, 'py> for AccountId {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::named("account_id", given)
    }
}

impl AccountId {
    fn named(name: &str, given: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let account_id = string(name, given)?;
        if account_id.len() == 12 && account_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self(account_id));
        }
        Err(PyValueError::new_err(format!("{name} must be twelve digits, such as '123456789012', not {given:?}")))
    }
}

/// The accounts of access key ids. The test's own mapping or callable is used at each lookup, so a test can extend the
/// mapping later, for example with the key of an assumed role.
#[derive(Default)]
pub(super) struct Accounts(Option<Py<PyAny>>);

impl Accounts {
    pub(super) fn of(&self, py: Python<'_>, access_key_id: &str) -> PyResult<Option<AccountId>> {
        let Some(accounts) = self.0.as_ref().map(|accounts| accounts.bind(py)) else { return Ok(None) };
        let is_mapping = accounts.cast::<PyMapping>().is_ok();
        let found = if is_mapping {
            accounts.call_method1(intern!(py, "get"), (access_key_id,))?
        } else {
            accounts.call1((access_key_id,))?
        };
        if found.is_none() {
            return Ok(None);
        }
        let name =
            if is_mapping { account_id_of(access_key_id) } else { format!("accounts({access_key_id:?}): account_id") };
        AccountId::named(&name, found.as_borrowed()).map(Some)
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.0)
    }
}

fn account_id_of(access_key_id: &str) -> String {
    format!("accounts[{access_key_id:?}]: account_id")
}

impl<'py> FromPyObject<'_, 'py> for Accounts {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(mapping) = given.cast::<PyMapping>() {
            for item in mapping.items()? {
                let (access_key_id, account_id): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
                let access_key_id = string("a key of accounts", access_key_id.as_borrowed())?;
                AccountId::named(&account_id_of(&access_key_id), account_id.as_borrowed())?;
            }
        } else if !given.is_callable() {
            let wanted = "a mapping of access key ids to account ids, or a callable that returns an account id or None";
            return Err(PyTypeError::new_err(format!("accounts must be {wanted}, not {given:?}")));
        }
        Ok(Self(Some(given.to_owned().unbind())))
    }
}

/// The name of a Region. Like botocore (`botocore.utils.validate_region_name`), the fake accepts any valid host label.
#[derive(Clone)]
pub(super) struct RegionName(pub(super) String);

impl<'py> FromPyObject<'_, 'py> for RegionName {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let region_name = string("region_name", given)?;
        let is_label = (1..=63).contains(&region_name.len())
            && region_name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !region_name.bytes().all(|byte| byte.is_ascii_digit())
            && !region_name.starts_with('-')
            && !region_name.ends_with('-');
        if is_label {
            return Ok(Self(region_name));
        }
        Err(PyValueError::new_err(format!("region_name must be a Region's name, such as 'us-east-1', not {given:?}")))
    }
}

/// The ARN of the AWS principal that makes the calls.
#[derive(Clone)]
pub(super) struct CallerArn(pub(super) String);

impl<'py> FromPyObject<'_, 'py> for CallerArn {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let arn = string("caller_arn", given)?;
        if arn.starts_with("arn:") && Principal::parse(&arn).is_ok() {
            return Ok(Self(arn));
        }
        Err(PyValueError::new_err(format!(
            "caller_arn must be the ARN of a user, a role, a session, a federated user or an account's root, such \
             as 'arn:aws:iam::123456789012:role/deploy', not {given:?}"
        )))
    }
}

/// A limit, such as the maximum number of resource policies per account and Region.
pub(super) fn limit(name: &str, given: &Bound<'_, PyAny>) -> PyResult<usize> {
    match given.extract::<usize>() {
        Ok(limit) => Ok(limit),
        Err(error) if error.is_instance_of::<PyTypeError>(given.py()) => {
            Err(PyTypeError::new_err(format!("{name} must be an int, not {given:?}")))
        }
        // The fake can never reach a limit that does not fit into a `usize`, so the largest `usize` has the same effect.
        Err(_) if given.gt(0)? => Ok(usize::MAX),
        Err(_) => Err(PyValueError::new_err(format!("{name} must be 0 or greater, not {given:?}"))),
    }
}

/// An argument in seconds, as milliseconds.
pub(super) fn milliseconds(name: &str, given: &Bound<'_, PyAny>) -> PyResult<i64> {
    // About 30 years. This number of milliseconds fits into 64 bits.
    const MAX_SECONDS: f64 = 1e9;
    let seconds = given.extract().ok().filter(|_| !given.is_instance_of::<PyBool>());
    let Some(seconds) = seconds else {
        return Err(PyTypeError::new_err(format!("{name} must be a number of seconds, not {given:?}")));
    };
    if !(0.0..=MAX_SECONDS).contains(&seconds) {
        return Err(PyValueError::new_err(format!("{name} must be from 0 to {MAX_SECONDS} seconds, not {given:?}")));
    }
    #[allow(clippy::cast_possible_truncation)]
    Ok((seconds * 1000.0).round() as i64)
}

/// A boolean argument.
pub(super) fn flag(name: &str, given: &Bound<'_, PyAny>) -> PyResult<bool> {
    let flag = given.cast::<PyBool>().map(PyBoolMethods::is_true);
    flag.map_err(|_| PyTypeError::new_err(format!("{name} must be a bool, not {given:?}")))
}

/// A string argument.
pub(super) fn string(name: &str, given: Borrowed<'_, '_, PyAny>) -> PyResult<String> {
    given.extract().map_err(|error: PyErr| {
        if error.is_instance_of::<PyTypeError>(given.py()) {
            return PyTypeError::new_err(format!("{name} must be a str, not {given:?}"));
        }
        PyValueError::new_err(format!("{name} must be Unicode text, not {given:?}"))
    })
}

/// The `ValueError` for an invalid argument. `wanted` describes valid ones.
pub(super) fn invalid(name: &str, wanted: &str, given: &Bound<'_, PyAny>) -> PyErr {
    PyValueError::new_err(format!("{name} must be {wanted}, not {given:?}"))
}

/// The argument `unsupported`: whether moto handles the operations that the fake does not support.
pub(super) fn passes_to_moto(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    match given.extract::<PyBackedStr>().as_deref() {
        Ok("error") => Ok(false),
        Ok("moto") => Ok(true),
        _ => Err(PyValueError::new_err(format!("unsupported must be 'error' or 'moto', not {given:?}"))),
    }
}
