//! The operations as methods: what a boto3 client does when it is called.

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyDict, PyTuple};

use super::arguments::{Arguments, Refusal};
use super::fake::{FakeXRay, active_fake};
use super::parameters::{AccountId, CallerArn, RegionName};
use super::{answer, clock, error, module};
use crate::fault::Failure;
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
}

#[pymethods]
impl Operations {
    #[new]
    #[pyo3(signature = (fake, region_name, account_id, caller_arn, follows = false))]
    fn new(
        fake: Bound<'_, FakeXRay>,
        region_name: Option<RegionName>,
        account_id: Option<AccountId>,
        caller_arn: Option<CallerArn>,
        follows: bool,
    ) -> Self {
        let caller = fake.get().caller(region_name, account_id, caller_arn);
        Self { fake: fake.unbind(), caller, follows }
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
        self.call(py, PutResourcePolicy::NAME, args, kwargs, |mut given| {
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
            self.run(py, request, |answer, policy| answer::put_resource_policy(answer, &policy))
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
        self.call(py, ListResourcePolicies::NAME, args, kwargs, |mut given| {
            let next_token = given.text(intern!(py, "NextToken"), 1)?;
            given.finish()?;
            let request = ListResourcePolicies { next_token: next_token.as_deref() };
            self.run(py, request, |answer, policies| answer::list_resource_policies(answer, &policies))
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
        self.call(py, DeleteResourcePolicy::NAME, args, kwargs, |mut given| {
            let policy_name = given.required_text(intern!(py, "PolicyName"), 1)?;
            let policy_revision_id = given.text(intern!(py, "PolicyRevisionId"), 0)?;
            given.finish()?;
            let request =
                DeleteResourcePolicy { policy_name: &policy_name, policy_revision_id: policy_revision_id.as_deref() };
            self.run(py, request, |_, ()| Ok(()))
        })
    }

    /// Answers an HTTP request in process: what a genuine client would have sent.
    ///
    /// Parameters
    /// ----------
    /// method, path : str
    /// body : bytes
    ///
    /// Returns
    /// -------
    /// tuple of int, dict and bytes
    ///     Status, headers, body.
    ///
    /// Raises
    /// ------
    /// botocore.exceptions.HTTPClientError
    ///     Where a connection failure was injected.
    #[pyo3(name = "_answer_http")]
    fn answer_http<'py>(&self, py: Python<'py>, method: &str, path: &str, body: &[u8]) -> PyResult<HttpAnswer<'py>> {
        let now = clock::now(py)?;
        let request = HttpRequest { method, path, body };
        let Exchange { operation, error, answer } =
            wire::answer(self.fake(py).get().service(), &self.caller, request, now);
        if let Some(operation) = operation {
            let read = module::attribute(py, "fake_xray._calls", "read_parameters")?;
            let parameters = read.call1((PyBytes::new(py, body),))?.cast_into()?;
            self.record(operation, &parameters, error)?;
        }
        let answer =
            answer.map_err(|failure| error::connection_failure(py, failure, &self.caller.scope.region_name))?;
        Ok((answer.status, answer.headers.into_py_dict(py)?, PyBytes::new(py, answer.body.as_bytes())))
    }

    /// Puts a call into the log that no operation answered.
    #[pyo3(name = "_record")]
    fn record_unanswered(&self, operation: &str, parameters: &Bound<'_, PyDict>, error: &str) -> PyResult<()> {
        let snapshot = module::attribute(parameters.py(), "fake_xray._calls", "snapshot")?;
        self.record(operation, &snapshot.call1((parameters,))?.cast_into()?, Some(error))
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

/// Status, headers, body.
type HttpAnswer<'py> = (u16, Bound<'py, PyDict>, Bound<'py, PyBytes>);

impl Operations {
    /// Makes a request of the arguments and runs it; writes into the log what came of it.
    fn call<'py>(
        &self,
        py: Python<'py>,
        operation: &'static str,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
        answer: impl FnOnce(Arguments<'_, 'py>) -> Result<Outcome<'py>, Refusal>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let parameters = kwargs.cloned().unwrap_or_else(|| PyDict::new(py));
        match answer(Arguments::new(operation, args, kwargs)) {
            Ok(Ok(answer)) => {
                self.record(operation, &parameters, None)?;
                Ok(answer)
            }
            Ok(Err(Failed { failure, request_number })) => {
                self.record(operation, &parameters, Some(failure.as_str()))?;
                Err(match failure {
                    Failure::Fault(fault) => error::client_error(py, operation, request_number, &fault),
                    Failure::Connection(failure) => {
                        error::connection_failure(py, failure, &self.caller.scope.region_name)
                    }
                })
            }
            Err(Refusal::Unreadable(fault)) => {
                self.record(operation, &parameters, Some(fault.code.as_str()))?;
                let request_number = self.fake(py).get().service().next_request_number();
                Err(error::client_error(py, operation, request_number, &fault))
            }
            Err(Refusal::Invalid(error)) => {
                self.record_unanswered(operation, &parameters, &error.get_type(py).name()?.to_cow()?)?;
                Err(error)
            }
        }
    }

    /// Who answers now.
    fn fake<'py>(&self, py: Python<'py>) -> Bound<'py, FakeXRay> {
        let active = if self.follows { active_fake(py) } else { None };
        active.unwrap_or_else(|| self.fake.clone_ref(py)).into_bound(py)
    }

    /// Runs a request now; `fill` completes the answer.
    fn run<'py, O: Operation>(
        &self,
        py: Python<'py>,
        request: O,
        fill: impl FnOnce(&Bound<'py, PyDict>, O::Answer) -> PyResult<()>,
    ) -> Result<Outcome<'py>, Refusal>
    where
        State: AsMut<O::State>,
    {
        let now = clock::now(py)?;
        let Reply { request_number, outcome } = self.fake(py).get().service().call(&self.caller, request, now);
        match outcome {
            Ok(result) => {
                let answer = answer::success(py, request_number)?;
                fill(&answer, result)?;
                Ok(Ok(answer))
            }
            Err(failure) => Ok(Err(Failed { failure, request_number })),
        }
    }

    fn record(&self, operation: &str, parameters: &Bound<'_, PyDict>, error: Option<&str>) -> PyResult<()> {
        let Scope { account_id, region_name } = &self.caller.scope;
        self.fake(parameters.py()).get().record((operation, parameters, &**account_id, &**region_name, error))
    }
}

/// What the service made of a request.
type Outcome<'py> = Result<Bound<'py, PyDict>, Failed>;

struct Failed {
    failure: Failure,
    request_number: u64,
}
