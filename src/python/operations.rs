//! The operations as methods of a client.

use std::borrow::Cow;
use std::sync::Arc;

use parking_lot::Mutex;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{IntoPyDict, PyBytes, PyDict, PyTuple};

use super::arranged::{self, FrontEnd};
use super::fake::{FakeXRay, active_fake};
use super::log::{Entry, Log};
use super::parameters::{self, AccountId, CallerArn, Checked, RegionName};
use super::policies::CachedPolicies;
use super::read::{Keywords, Names};
use super::{clock, error, module, response, to_python};
use crate::operation::{Caller, Operation, Scope};
use crate::operations::operations;
use crate::service::Reply;
use crate::wire::{self, Exchange, HttpRequest};

/// The operations of X-Ray. The subclass `FakeXRayClient` adds the other attributes and methods of a boto3 client.
#[pyclass(frozen, subclass, module = "fake_xray._core")]
pub(super) struct Operations {
    fake: Py<FakeXRay>,
    caller: Caller,
    /// Whether the fake of the innermost active `mock_xray` handles the calls, instead of `fake`. True if `mock_xray`
    /// created the client.
    follows: bool,
    /// Whether calls also use the Region of that fake. True if the client was created without a Region.
    follows_region: bool,
    /// The Region of the last call that used another fake's Region, and the serial number of that fake.
    followed_region: Mutex<Option<(u64, Arc<str>)>>,
    /// The account that the client was created with.
    account_id: Option<AccountId>,
    /// The key with which a fake looks up the account of a client that was created without an account.
    access_key_id: Option<String>,
    /// Whether calls are logged and use arrangements.
    tracked: bool,
    /// The policies in the last responses, whose dictionaries the next responses copy.
    cached_policies: CachedPolicies,
}

/// Defines the methods of the class: the internal ones, and one for each row of the table of operations.
macro_rules! methods {
    ($($(#[$doc:meta])* $method:ident $signature:literal $Operation:ty, $evidence:ident;)*) => {
        #[pymethods]
        impl Operations {
            #[new]
            #[pyo3(
                signature = (
                    fake = None, region_name = None, account_id = None, caller_arn = None, *, follows = false,
                    follows_region = false, access_key_id = None, tracked = true
                )
            )]
            #[allow(clippy::too_many_arguments)] // Python's keyword arguments
            fn new(
                py: Python<'_>,
                fake: Option<&Bound<'_, PyAny>>,
                region_name: Option<Checked<RegionName>>,
                account_id: Option<Checked<AccountId>>,
                caller_arn: Option<Checked<CallerArn>>,
                follows: bool,
                follows_region: bool,
                access_key_id: Option<String>,
                tracked: bool,
            ) -> PyResult<Self> {
                let fake = fake.and_then(|fake| fake.cast::<FakeXRay>().ok());
                let fake = fake.ok_or_else(|| {
                    PyTypeError::new_err("FakeXRayClient cannot be created directly; use FakeXRay().client()")
                })?;
                let account_id = parameters::checked(account_id)?;
                let (region_name, caller_arn) = (parameters::checked(region_name)?, parameters::checked(caller_arn)?);
                let caller = fake.get().caller(py, region_name, account_id.clone(), caller_arn)?;
                Ok(Self {
                    fake: fake.clone().unbind(),
                    caller,
                    follows,
                    follows_region,
                    followed_region: Mutex::default(),
                    access_key_id: access_key_id.filter(|_| account_id.is_none()),
                    account_id,
                    tracked,
                    cached_policies: CachedPolicies::default(),
                })
            }

            /// Handle an HTTP request of a real client in process.
            ///
            /// Return the status, the headers, the body, and the fake's reason if it rejected the request.
            #[pyo3(name = "_handle_http")]
            fn handle_http<'py>(
                &self,
                py: Python<'py>,
                method: &str,
                path: &str,
                body: &[u8],
            ) -> PyResult<HttpResponse<'py>> {
                self.http(py, HttpRequest { method, path, body })
            }

            /// Return the canned response for a call of this client, or None. Raise an injected error.
            #[pyo3(name = "_arranged_response")]
            fn arranged_response<'py>(
                &self,
                operation: &str,
                parameters: &Bound<'py, PyDict>,
            ) -> PyResult<Option<Bound<'py, PyAny>>> {
                self.call_target(parameters.py())?.arranged(operation, parameters, FrontEnd::Client).transpose()
            }

            /// Return the arranged response to an HTTP request, as status, headers and body, or None.
            #[pyo3(name = "_arranged_http_response")]
            fn arranged_http_response<'py>(
                &self,
                py: Python<'py>,
                operation: &str,
                url: &str,
                body: &[u8],
            ) -> PyResult<Option<Bound<'py, PyAny>>> {
                let target = self.call_target(py)?;
                if !target.may_have_arrangement() {
                    return Ok(None);
                }
                target.arranged(operation, &read_parameters(py, body)?, FrontEnd::Http { url }).transpose()
            }

            /// Keep the error of a call that the fake does not support, for `FakeXRay._complaints`.
            #[pyo3(name = "_keep_unsupported")]
            fn keep_unsupported(&self, py: Python<'_>, operation: String, error: Py<PyAny>) -> PyResult<()> {
                if self.tracked {
                    self.call_target(py)?.fake.get().keep_unsupported(operation, error);
                }
                Ok(())
            }

            /// Log a call that no operation handled.
            #[pyo3(name = "_record")]
            fn record_unhandled(
                &self,
                operation: String,
                parameters: &Bound<'_, PyDict>,
                error: Option<String>,
            ) -> PyResult<()> {
                self.call_target(parameters.py())?.record_unhandled(operation, parameters, error)
            }

            /// The account in which moto handles calls that the fake does not support. None if such calls raise an error.
            #[getter]
            fn _moto_account(&self, py: Python<'_>) -> PyResult<Option<String>> {
                let target = self.call_target(py)?;
                let account_id = || target.caller.scope.account_id.to_string();
                Ok(target.fake.get().passes_to_moto().then(account_id))
            }

            #[getter]
            fn _region_name(&self, py: Python<'_>) -> PyResult<String> {
                Ok(self.region_now(py)?.to_string())
            }

            fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
                visit.call(&self.fake)
            }

            fn __repr__(&self, py: Python<'_>) -> String {
                let Scope { account_id, region_name } = &*self.caller.scope;
                let region_name = self.region_now(py).unwrap_or_else(|_| Arc::clone(region_name));
                format!("<FakeXRayClient account_id='{account_id}' region_name='{region_name}'>")
            }

            $(
                $(#[$doc])*
                #[pyo3(signature = (*args, **kwargs), text_signature = $signature)]
                fn $method<'py>(
                    &self,
                    args: &Bound<'py, PyTuple>,
                    kwargs: Option<&Bound<'py, PyDict>>,
                ) -> PyResult<Bound<'py, PyDict>> {
                    static NAMES: Names = Names::new();
                    self.call::<$Operation>(&NAMES, args, kwargs)
                }
            )*
        }
    };
}

operations!(methods);

/// Status, headers, body, and the fake's reason for a rejection.
type HttpResponse<'py> = (u16, Bound<'py, PyDict>, Bound<'py, PyBytes>, Option<String>);

impl Operations {
    /// Creates a request from the arguments, runs it, and logs the call.
    fn call<'py, O: Operation>(
        &self,
        names: &Names,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = args.py();
        let target = self.call_target(py)?;
        let keywords = Keywords::of::<O>(kwargs, names)?;
        let parameters = kwargs.cloned().unwrap_or_else(|| PyDict::new(py));
        let body: PyBackedBytes;
        let plain = if args.is_empty() { keywords.plain_request::<O>() } else { None };
        let request = if let Some(request) = plain {
            Ok(request)
        } else {
            body = target.serialized(py, O::NAME, args, &parameters)?;
            wire::read::<O>(&body)
        };
        if let Some(response) = target.arranged(O::NAME, &parameters, FrontEnd::Client) {
            return Ok(response?.cast_into()?);
        }
        let now = clock::now(py)?;
        let service = target.fake.get().service();
        let Reply { request_number, outcome } = match request {
            Ok(request) => service.call::<O>(&target.caller, request, now),
            Err(fault) => Reply { request_number: service.next_request_number(), outcome: Err(fault) },
        };
        target.record(O::NAME, parameters, outcome.as_ref().err().map(|fault| fault.code.as_str()));
        match outcome {
            Ok(response) => {
                let dict = response::success(py, request_number)?;
                if !self.cached_policies.add_members(&dict, &response)? {
                    to_python::add_members(&dict, &response)?;
                }
                Ok(dict)
            }
            Err(fault) => Err(error::client_error(py, O::NAME, request_number, &fault)),
        }
    }

    fn http<'py>(&self, py: Python<'py>, request: HttpRequest<'_>) -> PyResult<HttpResponse<'py>> {
        let now = clock::now(py)?;
        let target = self.call_target(py)?;
        let Exchange { operation, error, reason, response } =
            wire::handle(target.fake.get().service(), &target.caller, request, now);
        if let Some(operation) = operation {
            target.record(operation, read_parameters(py, request.body)?, error);
        }
        Ok((response.status, response.headers.into_py_dict(py)?, PyBytes::new(py, response.body.as_bytes()), reason))
    }

    /// The fake that handles a call at this time, and the caller for it.
    #[inline]
    fn call_target<'py>(&self, py: Python<'py>) -> PyResult<CallTarget<'_, 'py>> {
        let fake = if self.follows {
            active_fake(py).ok_or_else(|| error::no_active_block(py))?.into_bound(py)
        } else {
            self.fake.bind(py).clone()
        };
        let caller = if fake.is(&self.fake) && self.access_key_id.is_none() {
            Cow::Borrowed(&self.caller)
        } else {
            let account_id = match &self.account_id {
                Some(account_id) => Some(account_id.clone()),
                None => fake.get().account_of(py, self.access_key_id.as_deref())?,
            };
            let scope = fake.get().scope_in(self.region_at(&fake)?, account_id);
            Cow::Owned(fake.get().caller_in(scope, None))
        };
        Ok(CallTarget { fake, caller, tracked: self.tracked })
    }

    /// The current Region of the client. While no block is active, this is the Region that the client was created with.
    fn region_now(&self, py: Python<'_>) -> PyResult<Arc<str>> {
        let active = if self.follows_region { active_fake(py) } else { None };
        active.map_or_else(
            || Ok(Arc::clone(&self.caller.scope.region_name)),
            |active| self.region_at(&active.into_bound(py)),
        )
    }

    /// The Region that the client uses while a given fake is active. For each fake, it is looked up once, as it is for a new
    /// client.
    fn region_at(&self, fake: &Bound<'_, FakeXRay>) -> PyResult<Arc<str>> {
        if !self.follows_region || fake.is(&self.fake) {
            return Ok(Arc::clone(&self.caller.scope.region_name));
        }
        let serial = fake.get().serial();
        let known = self.followed_region.lock().clone();
        match known {
            Some((of, region_name)) if of == serial => Ok(region_name),
            _ => {
                let region_name = fake.get().home_region(fake.py())?;
                *self.followed_region.lock() = Some((serial, Arc::clone(&region_name)));
                Ok(region_name)
            }
        }
    }
}

/// The fake and the caller of a call.
struct CallTarget<'a, 'py> {
    fake: Bound<'py, FakeXRay>,
    caller: Cow<'a, Caller>,
    tracked: bool,
}

impl<'py> CallTarget<'_, 'py> {
    /// The body into which botocore serializes the arguments.
    ///
    /// # Errors
    /// Logs and returns the error that botocore raises for invalid arguments.
    fn serialized(
        &self,
        py: Python<'py>,
        operation: &'static str,
        args: &Bound<'py, PyTuple>,
        parameters: &Bound<'py, PyDict>,
    ) -> PyResult<PyBackedBytes> {
        let serialize = module::attribute(py, "fake_xray._client", "serialized")?;
        let body = serialize.call1((operation, args, parameters));
        if body.is_err() {
            self.record_outcome(operation, parameters, &body, None)?;
        }
        Ok(body?.extract()?)
    }

    /// Whether there are arrangements that could apply to a call of this client.
    fn may_have_arrangement(&self) -> bool {
        self.tracked && self.fake.get().arranged().is_any()
    }

    /// Handles a call with the arrangement that applies to it. None if there is no such arrangement.
    fn arranged(
        &self,
        operation: &str,
        parameters: &Bound<'py, PyDict>,
        front_end: FrontEnd<'_>,
    ) -> Option<PyResult<Bound<'py, PyAny>>> {
        if !self.may_have_arrangement() {
            return None;
        }
        let (response, error_code) =
            arranged::handle(&self.fake, &self.caller.scope, operation, parameters, front_end)?;
        let logged = self.record_outcome(operation.to_owned(), parameters, &response, error_code);
        Some(logged.and(response))
    }

    /// The call log, if it records this call.
    fn log(&self) -> Option<&Log> {
        self.fake.get().log().filter(|_| self.tracked)
    }

    fn record(&self, operation: &'static str, parameters: Bound<'py, PyDict>, error: Option<&'static str>) {
        self.add_log_entry(Cow::Borrowed(operation), parameters, error.map(Cow::Borrowed));
    }

    /// Logs a call that no operation handled, with its outcome. An exception without an error code is logged by its name.
    fn record_outcome<T>(
        &self,
        operation: impl Into<Cow<'static, str>>,
        parameters: &Bound<'py, PyDict>,
        outcome: &PyResult<T>,
        error_code: Option<String>,
    ) -> PyResult<()> {
        let error = match (error_code, outcome) {
            (None, Err(error)) => Some(error.get_type(parameters.py()).name()?.to_string()),
            (error_code, _) => error_code,
        };
        self.record_unhandled(operation, parameters, error)
    }

    /// Logs a call that no operation handled. Its parameters can be any objects, so the log keeps copies.
    fn record_unhandled(
        &self,
        operation: impl Into<Cow<'static, str>>,
        parameters: &Bound<'py, PyDict>,
        error: Option<String>,
    ) -> PyResult<()> {
        if self.log().is_none() {
            return Ok(());
        }
        let snapshot = module::attribute(parameters.py(), "fake_xray._calls", "snapshot")?;
        let parameters = snapshot.call1((parameters,))?.cast_into()?;
        self.add_log_entry(operation.into(), parameters, error.map(Cow::Owned));
        Ok(())
    }

    fn add_log_entry(
        &self,
        operation: Cow<'static, str>,
        parameters: Bound<'py, PyDict>,
        error: Option<Cow<'static, str>>,
    ) {
        if let Some(log) = self.log() {
            log.push(Entry {
                operation,
                parameters: parameters.unbind(),
                scope: Arc::clone(&self.caller.scope),
                error,
            });
        }
    }
}

/// Reads the parameters from the body of an HTTP request.
fn read_parameters<'py>(py: Python<'py>, body: &[u8]) -> PyResult<Bound<'py, PyDict>> {
    let read = module::attribute(py, "fake_xray._calls", "read_parameters")?;
    Ok(read.call1((PyBytes::new(py, body),))?.cast_into()?)
}

/// Describe the supported operations as JSON: their names, paths, evidence and shapes.
///
/// Returns
/// -------
/// str
///     A JSON object with a member for each operation.
#[pyfunction]
pub(super) fn describe_operations() -> String {
    crate::description::of_operations().to_string()
}
