//! The operations as methods: what a boto3 client does when it is called.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyDict, PyTuple};

use super::answer::{self, Last};
use super::arguments::{Arguments, Refusal};
use super::arranged::{self, Front};
use super::fake::{FakeXRay, active_fake};
use super::log::Entry;
use super::parameters::{self, AccountId, CallerArn, Checked, RegionName};
use super::{clock, error, module};
use crate::fault::Fault;
use crate::operation::{Caller, Operation, Scope};
use crate::resource_policies::{DeleteResourcePolicy, ListResourcePolicies, PutResourcePolicy};
use crate::service::{Reply, State};
use crate::wire::{self, Exchange, HttpRequest};

/// The operations of X-Ray in one account and Region; `FakeXRayClient` adds what else a boto3 client has.
#[pyclass(frozen, subclass, module = "fake_xray._core")]
pub(super) struct Operations {
    fake: Py<FakeXRay>,
    caller: Caller,
    /// Whether the fake of the innermost `mock_xray` answers instead, while one is active. So it is for clients that
    /// `mock_xray` made and the application kept.
    follows: bool,
    /// By which that fake knows the client's account.
    access_key_id: Option<String>,
    /// Whether its calls are logged and meet what the test has arranged.
    tracked: bool,
    last: Last,
}

#[pymethods]
impl Operations {
    #[new]
    #[pyo3(
        signature = (
            fake = None, region_name = None, account_id = None, caller_arn = None, *, follows = false, access_key_id = None,
            tracked = true
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
        access_key_id: Option<String>,
        tracked: bool,
    ) -> PyResult<Self> {
        let fake = fake.and_then(|fake| fake.cast::<FakeXRay>().ok());
        let fake = fake.ok_or_else(|| PyTypeError::new_err("a FakeXRayClient is made by FakeXRay().client()"))?;
        let account_id = parameters::checked(account_id)?.or_else(|| fake.get().account_of(access_key_id.as_deref()));
        let caller =
            fake.get().caller(py, parameters::checked(region_name)?, account_id, parameters::checked(caller_arn)?)?;
        Ok(Self { fake: fake.clone().unbind(), caller, follows, access_key_id, tracked, last: Last::default() })
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
    /// method, path : str
    ///     The path is that of the service.
    /// body : bytes
    ///
    /// Returns
    /// -------
    /// tuple of int, dict, bytes, and str or None
    ///     Status, headers, body; why the fake refused.
    #[pyo3(name = "_answer_http")]
    fn answer_http<'py>(&self, py: Python<'py>, method: &str, path: &str, body: &[u8]) -> PyResult<HttpAnswer<'py>> {
        let now = clock::now(py)?;
        let line = self.line(py);
        let request = HttpRequest { method, path, body };
        let Exchange { operation, error, reason, answer } =
            wire::answer(line.fake.get().service(), &line.caller, request, now);
        if let Some(operation) = operation {
            let read = module::attribute(py, "fake_xray._calls", "read_parameters")?;
            let parameters = read.call1((PyBytes::new(py, body),))?.cast_into()?;
            line.record(operation, parameters, error);
        }
        Ok((answer.status, answer.headers.into_py_dict(py)?, PyBytes::new(py, answer.body.as_bytes()), reason))
    }

    /// Return the response that the test has arranged for a call of this client, or None; raise an injected error.
    #[pyo3(name = "_answer_arranged")]
    fn answer_arranged<'py>(
        &self,
        operation: &str,
        parameters: &Bound<'py, PyDict>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.line(parameters.py()).arranged(operation, parameters, Front::Client).transpose()
    }

    /// The same for an HTTP request: status, headers and body.
    #[pyo3(name = "_answer_http_arranged")]
    fn answer_http_arranged<'py>(
        &self,
        py: Python<'py>,
        operation: &str,
        url: &str,
        body: &[u8],
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let line = self.line(py);
        if !line.meets_arrangements() {
            return Ok(None);
        }
        let read = module::attribute(py, "fake_xray._calls", "read_parameters")?;
        let parameters = read.call1((PyBytes::new(py, body),))?.cast_into()?;
        line.arranged(operation, &parameters, Front::Http { url }).transpose()
    }

    /// Puts a call into the log that no operation answered.
    #[pyo3(name = "_record")]
    fn record_unanswered(
        &self,
        operation: String,
        parameters: &Bound<'_, PyDict>,
        error: Option<String>,
    ) -> PyResult<()> {
        self.line(parameters.py()).record_unanswered(operation, parameters, error)
    }

    /// Keep the error of a call that the fake does not support, for `FakeXRay._complaints`.
    #[pyo3(name = "_keep_unsupported")]
    fn keep_unsupported(&self, py: Python<'_>, operation: String, error: Py<PyAny>) {
        if self.tracked {
            self.line(py).fake.get().keep_unsupported(operation, error);
        }
    }

    /// The account in which moto handles calls that the fake does not support; None if they are errors.
    #[getter]
    fn _moto_account(&self, py: Python<'_>) -> Option<String> {
        let line = self.line(py);
        let account_id = || line.caller.scope.account_id.to_string();
        line.fake.get().passes_to_moto().then(account_id)
    }

    #[getter]
    fn _region_name(&self) -> &str {
        &self.caller.scope.region_name
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.fake)
    }

    fn __repr__(&self) -> String {
        let Scope { account_id, region_name } = &self.caller.scope;
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
        let parameters = kwargs.cloned().unwrap_or_else(|| PyDict::new(py));
        let line = Line { parameters: Some(&parameters), ..self.line(py) };
        let outcome = match answer(&line, Arguments::new(operation, args, kwargs)) {
            Ok(outcome) => outcome,
            Err(Refusal::Arranged(answer)) => return Ok(answer?.into_bound(py).cast_into()?),
            Err(Refusal::Unreadable(fault)) => match line.arranged(operation, &parameters, Front::Client) {
                Some(answer) => return Ok(answer?.cast_into()?),
                None => Err((line.fake.get().service().next_request_number(), fault)),
            },
            Err(Refusal::Invalid(error)) => {
                line.record_unanswered(operation, &parameters, Some(error.get_type(py).name()?.to_string()))?;
                return Err(error);
            }
        };
        line.record(operation, parameters.clone(), outcome.as_ref().err().map(|(_, fault)| fault.code.as_str()));
        outcome.map_err(|(request_number, fault)| error::client_error(py, operation, request_number, &fault))
    }

    /// Who answers now, and whose call it is there.
    fn line<'a, 'py>(&'a self, py: Python<'py>) -> Line<'a, 'py> {
        let active = if self.follows { active_fake(py) } else { None };
        match active {
            Some(active) if !active.is(&self.fake) => {
                let fake = active.into_bound(py);
                let account_id = fake.get().account_of(self.access_key_id.as_deref());
                let scope = fake.get().scope_in(Arc::clone(&self.caller.scope.region_name), account_id);
                let caller = Cow::Owned(fake.get().caller_in(scope, None));
                Line { fake, caller, tracked: self.tracked, parameters: None }
            }
            _ => Line {
                fake: self.fake.bind(py).clone(),
                caller: Cow::Borrowed(&self.caller),
                tracked: self.tracked,
                parameters: None,
            },
        }
    }
}

/// What the service made of a request: an answer, or the number of the request and why it failed.
type Outcome<'py> = Result<Bound<'py, PyDict>, (u64, Fault)>;

/// One call's way to a fake.
struct Line<'a, 'py> {
    fake: Bound<'py, FakeXRay>,
    caller: Cow<'a, Caller>,
    tracked: bool,
    /// Those of a method call.
    parameters: Option<&'a Bound<'py, PyDict>>,
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
        let arranged = self.parameters.and_then(|parameters| self.arranged(O::NAME, parameters, Front::Client));
        if let Some(answer) = arranged {
            return Err(Refusal::Arranged(answer.map(Bound::unbind)));
        }
        let now = clock::now(py)?;
        let Reply { request_number, outcome } = self.fake.get().service().call(&self.caller, request, now);
        match outcome {
            Ok(result) => {
                let answer = answer::success(py, request_number)?;
                fill(&answer, result)?;
                Ok(Ok(answer))
            }
            Err(fault) => Ok(Err((request_number, fault))),
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

    /// Puts a call into the log that no operation answered; its parameters may be anything, so the log gets copies.
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
            log.push(Entry { operation, parameters: parameters.unbind(), scope: self.caller.scope.clone(), error });
        }
    }
}
