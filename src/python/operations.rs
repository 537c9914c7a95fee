//! The operations as methods: what a boto3 client does when it is called.

use std::borrow::Cow;
use std::sync::Arc;

use parking_lot::Mutex;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyDict, PyTuple};

use super::answer::{self, Last};
use super::arguments::{Arguments, Refusal};
use super::fake::{FakeXRay, active_fake, caller_in};
use super::log::Entry;
use super::parameters::{AccountId, CallerArn, RegionName};
use super::{clock, error, module};
use crate::fault::{ConnectionFailure, Failure};
use crate::operation::{Caller, Operation, Scope};
use crate::resource_policies::{DeleteResourcePolicy, ListResourcePolicies, PutResourcePolicy};
use crate::service::{Reply, State};
use crate::wire::{self, Exchange, HttpRequest};

/// The operations of X-Ray in one account and Region; `FakeXRayClient` adds what else a boto3 client has.
#[pyclass(frozen, subclass, module = "fake_xray._core")]
pub(super) struct Operations {
    fake: Py<FakeXRay>,
    caller: Caller,
    /// Whether `mock_xray` created the client: the fake of the innermost active block handles its calls, whichever fake
    /// it was created with.
    follows: bool,
    /// Whether it also follows that fake's Region, since nobody named one.
    follows_region: bool,
    /// The Region that it followed last, with the serial number of its fake.
    followed_region: Mutex<Option<(u64, Arc<str>)>>,
    /// The account that the client was given.
    account_id: Option<AccountId>,
    /// By which a fake knows the client's account, where it was given none.
    access_key_id: Option<String>,
    last: Last,
}

#[pymethods]
impl Operations {
    #[new]
    #[pyo3(
        signature = (
            fake = None, region_name = None, account_id = None, caller_arn = None, *, follows = false,
            follows_region = false, access_key_id = None
        )
    )]
    #[allow(clippy::too_many_arguments)] // Python's keyword arguments
    fn new(
        py: Python<'_>,
        fake: Option<&Bound<'_, PyAny>>,
        region_name: Option<RegionName>,
        account_id: Option<AccountId>,
        caller_arn: Option<CallerArn>,
        follows: bool,
        follows_region: bool,
        access_key_id: Option<String>,
    ) -> PyResult<Self> {
        let fake = fake.and_then(|fake| fake.cast::<FakeXRay>().ok());
        let fake = fake.ok_or_else(|| PyTypeError::new_err("a FakeXRayClient is made by FakeXRay().client()"))?;
        let caller = fake.get().caller(py, region_name, account_id.clone(), caller_arn)?;
        Ok(Self {
            fake: fake.clone().unbind(),
            caller,
            follows,
            follows_region,
            followed_region: Mutex::default(),
            access_key_id: access_key_id.filter(|_| account_id.is_none()),
            account_id,
            last: Last::default(),
        })
    }

    /// Creates a resource policy or replaces its document.
    ///
    /// Source: AWS X-Ray API Reference, PutResourcePolicy.
    ///
    /// Parameters
    /// ----------
    /// PolicyName : str
    ///     1 to 128 characters of `[\w+=,.@-]`.
    /// PolicyDocument : str
    ///     A policy document in JSON, at most 5120 bytes of UTF-8.
    /// PolicyRevisionId : str, optional
    ///     The revision to replace; "0" to create only; absent: whatever is there.
    /// BypassPolicyLockoutCheck : bool, optional
    ///     Whether a policy that locks its caller out is accepted.
    ///
    /// Returns
    /// -------
    /// dict
    ///     `{"ResourcePolicy": {"PolicyName", "PolicyDocument", "PolicyRevisionId": str, "LastUpdatedTime": datetime},
    ///     "ResponseMetadata": ...}`
    ///
    /// Raises
    /// ------
    /// botocore.exceptions.ParamValidationError
    ///     For arguments that botocore would refuse.
    /// MalformedPolicyDocumentException
    ///     For a document that is no policy; its message is null, as at AWS; a note tells why.
    /// LockoutPreventionException
    ///     For a policy that denies its caller xray:PutResourcePolicy, unless the check is bypassed.
    /// InvalidPolicyRevisionIdException
    ///     For another revision than the current one.
    /// PolicySizeLimitExceededException, PolicyCountLimitExceededException
    ///     For a document of more than 5120 bytes; for one policy too many.
    /// botocore.exceptions.ClientError
    ///     With the code `ValidationException`, for a name of other characters or of more than 128.
    #[pyo3(signature = (*args, **kwargs))]
    fn put_resource_policy<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = args.py();
        self.call(py, PutResourcePolicy::NAME, args, kwargs, |line, mut given| {
            let policy_name = given.required_text(intern!(py, "PolicyName"), 1)?;
            let policy_document = given.required_text(intern!(py, "PolicyDocument"), 0)?;
            let policy_revision_id = given.text(intern!(py, "PolicyRevisionId"), 0)?;
            let bypass_policy_lockout_check = given.flag(intern!(py, "BypassPolicyLockoutCheck"))?;
            given.finish()?;
            let request = PutResourcePolicy {
                policy_name: &policy_name,
                policy_document: &policy_document,
                policy_revision_id: policy_revision_id.as_deref(),
                bypass_policy_lockout_check,
            };
            line.run(py, request, |answer, policy| self.last.put_resource_policy(answer, &policy))
        })
    }

    /// Answers all resource policies, in order of creation.
    ///
    /// Source: AWS X-Ray API Reference, ListResourcePolicies.
    ///
    /// Parameters
    /// ----------
    /// NextToken : str, optional
    ///     Not supported by X-Ray: any token is refused.
    ///
    /// Returns
    /// -------
    /// dict
    ///     `{"ResourcePolicies": [...], "ResponseMetadata": ...}`, each policy as `put_resource_policy` answers it.
    ///
    /// Raises
    /// ------
    /// botocore.exceptions.ParamValidationError
    ///     For arguments that botocore would refuse.
    /// InvalidRequestException
    ///     For a token.
    #[pyo3(signature = (*args, **kwargs))]
    fn list_resource_policies<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = args.py();
        self.call(py, ListResourcePolicies::NAME, args, kwargs, |line, mut given| {
            let next_token = given.text(intern!(py, "NextToken"), 1)?;
            given.finish()?;
            let request = ListResourcePolicies { next_token: next_token.as_deref() };
            line.run(py, request, |answer, policies| self.last.list_resource_policies(answer, &policies))
        })
    }

    /// Deletes a resource policy.
    ///
    /// Source: AWS X-Ray API Reference, DeleteResourcePolicy.
    ///
    /// Parameters
    /// ----------
    /// PolicyName : str
    ///     1 to 128 characters of `[\w+=,.@-]`.
    /// PolicyRevisionId : str, optional
    ///     The revision to delete; absent: whatever is there.
    ///
    /// Returns
    /// -------
    /// dict
    ///     `{"ResponseMetadata": ...}`
    ///
    /// Raises
    /// ------
    /// botocore.exceptions.ParamValidationError
    ///     For arguments that botocore would refuse.
    /// InvalidPolicyRevisionIdException
    ///     For another revision than the current one, or one of a policy that does not exist.
    /// InvalidRequestException
    ///     For a policy that does not exist.
    /// botocore.exceptions.ClientError
    ///     With the code `ValidationException`, for a name of other characters or of more than 128.
    #[pyo3(signature = (*args, **kwargs))]
    fn delete_resource_policy<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = args.py();
        self.call(py, DeleteResourcePolicy::NAME, args, kwargs, |line, mut given| {
            let policy_name = given.required_text(intern!(py, "PolicyName"), 1)?;
            let policy_revision_id = given.text(intern!(py, "PolicyRevisionId"), 0)?;
            given.finish()?;
            let request =
                DeleteResourcePolicy { policy_name: &policy_name, policy_revision_id: policy_revision_id.as_deref() };
            line.run(py, request, |_, ()| Ok(()))
        })
    }

    /// Answers an HTTP request in process: what a genuine client would have sent.
    ///
    /// Parameters
    /// ----------
    /// method, url, path : str
    ///     The path is that of the service, the URL what the client asked for.
    /// body : bytes
    ///
    /// Returns
    /// -------
    /// tuple of int, dict, bytes, and str or None
    ///     Status, headers, body; why the fake refused.
    ///
    /// Raises
    /// ------
    /// botocore.exceptions.HTTPClientError
    ///     Where a connection failure was injected.
    #[pyo3(name = "_answer_http")]
    fn answer_http<'py>(
        &self,
        py: Python<'py>,
        method: &str,
        url: &str,
        path: &str,
        body: &[u8],
    ) -> PyResult<HttpAnswer<'py>> {
        let now = clock::now(py)?;
        let line = self.line(py)?;
        let request = HttpRequest { method, path, body };
        let Exchange { operation, error, reason, answer } =
            wire::answer(line.fake.get().service(), &line.caller, request, now);
        if let Some(operation) = operation {
            let read = module::attribute(py, "fake_xray._calls", "read_parameters")?;
            let parameters = read.call1((PyBytes::new(py, body),))?.cast_into()?;
            line.record(operation, parameters, error);
        }
        let answer = answer.map_err(|failure| error::connection_failure(py, failure, url))?;
        Ok((answer.status, answer.headers.into_py_dict(py)?, PyBytes::new(py, answer.body.as_bytes()), reason))
    }

    /// Puts a call into the log that no operation answered.
    #[pyo3(name = "_record")]
    fn record_unanswered(&self, operation: String, parameters: &Bound<'_, PyDict>, error: String) -> PyResult<()> {
        self.line(parameters.py())?.record_unanswered(operation, parameters, error)
    }

    #[getter]
    fn _region_name(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.region_now(py)?.to_string())
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.fake)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let Scope { account_id, region_name } = &self.caller.scope;
        let region_name = self.region_now(py).unwrap_or_else(|_| Arc::clone(region_name));
        format!("<FakeXRayClient account_id='{account_id}' region_name='{region_name}'>")
    }
}

/// Status, headers, body, reason.
type HttpAnswer<'py> = (u16, Bound<'py, PyDict>, Bound<'py, PyBytes>, Option<String>);

impl Operations {
    /// Makes a request of the arguments and runs it; writes into the log what came of it.
    fn call<'py>(
        &self,
        py: Python<'py>,
        operation: &'static str,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
        answer: impl FnOnce(&Line<'_, 'py>, Arguments<'_, 'py>) -> Result<Outcome<'py>, Refusal>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let line = self.line(py)?;
        let parameters = kwargs.cloned().unwrap_or_else(|| PyDict::new(py));
        let outcome = match answer(&line, Arguments::new(operation, args, kwargs)) {
            Ok(outcome) => outcome,
            Err(Refusal::Unreadable(fault)) => Err(line.fake.get().service().refuse(operation, fault)),
            Err(Refusal::Invalid(error)) => {
                line.record_unanswered(operation, &parameters, error.get_type(py).name()?.to_string())?;
                return Err(error);
            }
        };
        line.record(operation, parameters, outcome.as_ref().err().map(|(_, failure)| failure.as_str()));
        outcome.map_err(|(request_number, failure)| match failure {
            Failure::Fault(fault) => error::client_error(py, operation, request_number, &fault),
            Failure::Connection(failure) => line.connection_failure(py, operation, failure),
        })
    }

    /// Who answers now, and whose call it is there.
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
            Cow::Owned(caller_in(scope, None))
        };
        Ok(Line { fake, caller })
    }

    /// The Region in which the client works now. While no block is active, it is that of its creation.
    fn region_now(&self, py: Python<'_>) -> PyResult<Arc<str>> {
        let active = if self.follows_region { active_fake(py) } else { None };
        active.map_or_else(
            || Ok(Arc::clone(&self.caller.scope.region_name)),
            |active| self.region_at(&active.into_bound(py)),
        )
    }

    /// The Region in which the client works with a fake. It finds it once for each fake, as a new client does.
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

/// What the service made of a request: an answer, or the number of the request and why it failed.
type Outcome<'py> = Result<Bound<'py, PyDict>, (u64, Failure)>;

/// One call's way to a fake.
struct Line<'a, 'py> {
    fake: Bound<'py, FakeXRay>,
    caller: Cow<'a, Caller>,
}

impl<'py> Line<'_, 'py> {
    /// Runs a request now; `fill` completes the answer.
    fn run<O: Operation>(
        &self,
        py: Python<'py>,
        request: O,
        fill: impl FnOnce(&Bound<'py, PyDict>, O::Answer) -> PyResult<()>,
    ) -> Result<Outcome<'py>, Refusal>
    where
        State: AsMut<O::State>,
    {
        let now = clock::now(py)?;
        let Reply { request_number, outcome } = self.fake.get().service().call(&self.caller, request, now);
        match outcome {
            Ok(result) => {
                let answer = answer::success(py, request_number)?;
                fill(&answer, result)?;
                Ok(Ok(answer))
            }
            Err(failure) => Ok(Err((request_number, failure))),
        }
    }

    /// What botocore would raise where the service of this Region is not reached.
    fn connection_failure(&self, py: Python<'_>, operation: &str, failure: ConnectionFailure) -> PyErr {
        let url_of = module::attribute(py, "fake_xray._client", "url_of");
        let url =
            url_of.and_then(|url_of| url_of.call1((operation, &*self.caller.scope.region_name))?.extract::<String>());
        url.map_or_else(|error| error, |url| error::connection_failure(py, failure, &url))
    }

    fn record(&self, operation: &'static str, parameters: Bound<'py, PyDict>, error: Option<&'static str>) {
        self.write_down(Cow::Borrowed(operation), parameters, error.map(Cow::Borrowed));
    }

    /// Puts a call into the log that no operation answered; its parameters may be anything, so the log gets copies.
    fn record_unanswered(
        &self,
        operation: impl Into<Cow<'static, str>>,
        parameters: &Bound<'py, PyDict>,
        error: String,
    ) -> PyResult<()> {
        let snapshot = module::attribute(parameters.py(), "fake_xray._calls", "snapshot")?;
        let parameters = snapshot.call1((parameters,))?.cast_into()?;
        self.write_down(operation.into(), parameters, Some(error.into()));
        Ok(())
    }

    fn write_down(
        &self,
        operation: Cow<'static, str>,
        parameters: Bound<'py, PyDict>,
        error: Option<Cow<'static, str>>,
    ) {
        if let Some(log) = self.fake.get().log() {
            log.push(Entry { operation, parameters: parameters.unbind(), scope: self.caller.scope.clone(), error });
        }
    }
}
