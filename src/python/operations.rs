//! The operations as methods: what a boto3 client does when it is called.

use std::borrow::Cow;
use std::sync::Arc;

use parking_lot::Mutex;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{IntoPyDict, PyBytes, PyDict, PyTuple};

use super::arranged::{self, Front};
use super::fake::{FakeXRay, active_fake};
use super::log::Entry;
use super::parameters::{self, AccountId, CallerArn, Checked, RegionName};
use super::policies::Last;
use super::read::{Keywords, Names};
use super::{answer, clock, error, module, show};
use crate::operation::{Caller, Operation, Scope};
use crate::operations::operations;
use crate::service::Reply;
use crate::wire::{self, Exchange, HttpRequest};

/// The operations of X-Ray in one account and Region; `FakeXRayClient` adds what else a boto3 client has.
#[pyclass(frozen, subclass, module = "fake_xray._core")]
pub(super) struct Operations {
    fake: Py<FakeXRay>,
    caller: Caller,
    /// Whether the client uses the fake of the innermost active `mock_xray` instead: it does if `mock_xray` created it.
    follows: bool,
    /// Whether it also follows that fake's Region, since nobody named one.
    follows_region: bool,
    /// The Region that it followed last, with the serial number of its fake.
    followed_region: Mutex<Option<(u64, Arc<str>)>>,
    /// The account that the client was given.
    account_id: Option<AccountId>,
    /// By which a fake knows the client's account, if it was given none.
    access_key_id: Option<String>,
    /// Whether its calls are logged and meet what the test has arranged.
    tracked: bool,
    last: Last,
}

/// Makes a method of each row of the table of operations, beside those that the client itself has.
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
                let fake = fake.ok_or_else(|| PyTypeError::new_err("create a FakeXRayClient with FakeXRay().client()"))?;
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
                    last: Last::default(),
                })
            }

            /// Handles an HTTP request in process: what a real client would have sent.
            ///
            /// Returns the status, the headers, the body, and why the fake rejected the request.
            #[pyo3(name = "_answer_http")]
            fn answer_http<'py>(
                &self,
                py: Python<'py>,
                method: &str,
                path: &str,
                body: &[u8],
            ) -> PyResult<HttpResponse<'py>> {
                self.http(py, HttpRequest { method, path, body })
            }

            /// Returns the response that the test has arranged for a call of this client, or None; raises an injected error.
            #[pyo3(name = "_answer_arranged")]
            fn answer_arranged<'py>(
                &self,
                operation: &str,
                parameters: &Bound<'py, PyDict>,
            ) -> PyResult<Option<Bound<'py, PyAny>>> {
                self.line(parameters.py())?.arranged(operation, parameters, Front::Client).transpose()
            }

            /// Does the same for an HTTP request: the status, the headers and the body.
            #[pyo3(name = "_answer_http_arranged")]
            fn answer_http_arranged<'py>(
                &self,
                py: Python<'py>,
                operation: &str,
                url: &str,
                body: &[u8],
            ) -> PyResult<Option<Bound<'py, PyAny>>> {
                let line = self.line(py)?;
                if !line.meets_arrangements() {
                    return Ok(None);
                }
                line.arranged(operation, &read_parameters(py, body)?, Front::Http { url }).transpose()
            }

            /// Keeps the error of a call that the fake does not support, for `FakeXRay._complaints`.
            #[pyo3(name = "_keep_unsupported")]
            fn keep_unsupported(&self, py: Python<'_>, operation: String, error: Py<PyAny>) -> PyResult<()> {
                if self.tracked {
                    self.line(py)?.fake.get().keep_unsupported(operation, error);
                }
                Ok(())
            }

            /// Logs a call that no operation handled.
            #[pyo3(name = "_record")]
            fn record_unanswered(
                &self,
                operation: String,
                parameters: &Bound<'_, PyDict>,
                error: Option<String>,
            ) -> PyResult<()> {
                self.line(parameters.py())?.record_unanswered(operation, parameters, error)
            }

            /// The account in which moto handles calls that the fake does not support; None if they are errors.
            #[getter]
            fn _moto_account(&self, py: Python<'_>) -> PyResult<Option<String>> {
                let line = self.line(py)?;
                let account_id = || line.caller.scope.account_id.to_string();
                Ok(line.fake.get().passes_to_moto().then(account_id))
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

/// Status, headers, body, reason.
type HttpResponse<'py> = (u16, Bound<'py, PyDict>, Bound<'py, PyBytes>, Option<String>);

impl Operations {
    /// Makes a request of the arguments and runs it; logs what came of it.
    fn call<'py, O: Operation>(
        &self,
        names: &Names,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = args.py();
        let line = self.line(py)?;
        let keywords = Keywords::of::<O>(kwargs, names)?;
        let parameters = kwargs.cloned().unwrap_or_else(|| PyDict::new(py));
        let body: PyBackedBytes;
        let plain = if args.is_empty() { keywords.plain_request::<O>() } else { None };
        let request = if let Some(request) = plain {
            Ok(request)
        } else {
            body = line.serialized(py, O::NAME, args, &parameters)?;
            wire::read::<O>(&body)
        };
        if let Some(answer) = line.arranged(O::NAME, &parameters, Front::Client) {
            return Ok(answer?.cast_into()?);
        }
        let now = clock::now(py)?;
        let service = line.fake.get().service();
        let Reply { request_number, outcome } = match request {
            Ok(request) => service.call::<O>(&line.caller, request, now),
            Err(fault) => Reply { request_number: service.next_request_number(), outcome: Err(fault) },
        };
        line.record(O::NAME, parameters, outcome.as_ref().err().map(|fault| fault.code.as_str()));
        match outcome {
            Ok(response) => {
                let shown = answer::success(py, request_number)?;
                if !self.last.add_members(&shown, &response)? {
                    show::add_members(&shown, &response)?;
                }
                Ok(shown)
            }
            Err(fault) => Err(error::client_error(py, O::NAME, request_number, &fault)),
        }
    }

    fn http<'py>(&self, py: Python<'py>, request: HttpRequest<'_>) -> PyResult<HttpResponse<'py>> {
        let now = clock::now(py)?;
        let line = self.line(py)?;
        let Exchange { operation, error, reason, response } =
            wire::handle(line.fake.get().service(), &line.caller, request, now);
        if let Some(operation) = operation {
            line.record(operation, read_parameters(py, request.body)?, error);
        }
        Ok((response.status, response.headers.into_py_dict(py)?, PyBytes::new(py, response.body.as_bytes()), reason))
    }

    /// The fake that handles a call now, and the caller there.
    #[inline]
    fn line<'py>(&self, py: Python<'py>) -> PyResult<Line<'_, 'py>> {
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
        Ok(Line { fake, caller, tracked: self.tracked })
    }

    /// The Region in which the client works now. While no block is active, it is that of its creation.
    fn region_now(&self, py: Python<'_>) -> PyResult<Arc<str>> {
        let active = if self.follows_region { active_fake(py) } else { None };
        active.map_or_else(
            || Ok(Arc::clone(&self.caller.scope.region_name)),
            |active| self.region_at(&active.into_bound(py)),
        )
    }

    /// The Region in which the client works with a fake. It is looked up once for each fake, as a new client does.
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

/// One call's way to a fake.
struct Line<'a, 'py> {
    fake: Bound<'py, FakeXRay>,
    caller: Cow<'a, Caller>,
    tracked: bool,
}

impl<'py> Line<'_, 'py> {
    /// The body that botocore makes of arguments.
    ///
    /// # Errors
    /// What botocore raises for them, which is logged.
    fn serialized(
        &self,
        py: Python<'py>,
        operation: &'static str,
        args: &Bound<'py, PyTuple>,
        parameters: &Bound<'py, PyDict>,
    ) -> PyResult<PyBackedBytes> {
        let serialize = module::attribute(py, "fake_xray._client", "serialized")?;
        match serialize.call1((operation, args, parameters)) {
            Ok(body) => Ok(body.extract()?),
            Err(error) => {
                self.record_unanswered(operation, parameters, Some(error.get_type(py).name()?.to_string()))?;
                Err(error)
            }
        }
    }

    /// Whether the test has arranged anything that a call of this client could meet.
    fn meets_arrangements(&self) -> bool {
        self.tracked && self.fake.get().arranged().is_any()
    }

    /// What the test has arranged for a call; None if nothing.
    fn arranged(
        &self,
        operation: &str,
        parameters: &Bound<'py, PyDict>,
        front: Front<'_>,
    ) -> Option<PyResult<Bound<'py, PyAny>>> {
        if !self.meets_arrangements() {
            return None;
        }
        arranged::answer(&self.fake, &self.caller.scope, operation, parameters, front)
    }

    fn record(&self, operation: &'static str, parameters: Bound<'py, PyDict>, error: Option<&'static str>) {
        self.write_down(Cow::Borrowed(operation), parameters, error.map(Cow::Borrowed));
    }

    /// Logs a call that no operation handled. Its parameters may be anything, so the log gets copies.
    fn record_unanswered(
        &self,
        operation: impl Into<Cow<'static, str>>,
        parameters: &Bound<'py, PyDict>,
        error: Option<String>,
    ) -> PyResult<()> {
        let snapshot = module::attribute(parameters.py(), "fake_xray._calls", "snapshot")?;
        let parameters = snapshot.call1((parameters,))?.cast_into()?;
        self.write_down(operation.into(), parameters, error.map(Cow::Owned));
        Ok(())
    }

    fn write_down(
        &self,
        operation: Cow<'static, str>,
        parameters: Bound<'py, PyDict>,
        error: Option<Cow<'static, str>>,
    ) {
        if let Some(log) = self.fake.get().log().filter(|_| self.tracked) {
            log.push(Entry {
                operation,
                parameters: parameters.unbind(),
                scope: Arc::clone(&self.caller.scope),
                error,
            });
        }
    }
}

/// The parameters in the body of an HTTP request.
fn read_parameters<'py>(py: Python<'py>, body: &[u8]) -> PyResult<Bound<'py, PyDict>> {
    let read = module::attribute(py, "fake_xray._calls", "read_parameters")?;
    Ok(read.call1((PyBytes::new(py, body),))?.cast_into()?)
}

/// Describe the operations that are built, as JSON: their names, paths, evidence and shapes.
#[pyfunction]
pub(super) fn describe_operations() -> String {
    crate::description::of_operations().to_string()
}
