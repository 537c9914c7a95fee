//! The operations as methods: what a boto3 client does when it is called.

use std::sync::Arc;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::answer;
use super::arguments::Arguments;
use super::clock;
use super::error;
use super::fake::FakeXRay;
use super::parameters::{AccountId, CallerArn, RegionName};
use crate::resource_policies::{DeleteResourcePolicy, ListResourcePolicies, PutResourcePolicy};
use crate::service::{Caller, Operation, Scope, Service};

/// The operations of X-Ray in one account and Region; `FakeXRayClient` adds what else a boto3 client has.
#[pyclass(frozen, subclass, module = "fake_xray._core")]
pub(super) struct Operations {
    service: Arc<Service>,
    caller: Caller,
}

#[pymethods]
impl Operations {
    #[new]
    fn new(
        fake: &FakeXRay,
        region_name: Option<RegionName>,
        account_id: Option<AccountId>,
        caller_arn: Option<CallerArn>,
    ) -> Self {
        Self { service: fake.service(), caller: fake.caller(region_name, account_id, caller_arn) }
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
        let mut given = Arguments::new(PutResourcePolicy::NAME, &self.service, args, kwargs)?;
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
        self.call(py, request, |answer, policy| answer::put_resource_policy(answer, &policy))
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
        let mut given = Arguments::new(ListResourcePolicies::NAME, &self.service, args, kwargs)?;
        let next_token = given.text(intern!(py, "NextToken"), 1)?;
        given.finish()?;
        let request = ListResourcePolicies { next_token: next_token.as_deref() };
        self.call(py, request, |answer, policies| answer::list_resource_policies(answer, &policies))
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
        let mut given = Arguments::new(DeleteResourcePolicy::NAME, &self.service, args, kwargs)?;
        let policy_name = given.required_text(intern!(py, "PolicyName"), 1)?;
        let policy_revision_id = given.text(intern!(py, "PolicyRevisionId"), 0)?;
        given.finish()?;
        let request =
            DeleteResourcePolicy { policy_name: &policy_name, policy_revision_id: policy_revision_id.as_deref() };
        self.call(py, request, |_, ()| Ok(()))
    }

    #[getter]
    fn _region_name(&self) -> &str {
        &self.caller.scope.region_name
    }

    fn __repr__(&self) -> String {
        let Scope { account_id, region_name } = &self.caller.scope;
        format!("<FakeXRayClient account_id='{account_id}' region_name='{region_name}'>")
    }
}

impl Operations {
    /// Runs a request now and shows its outcome: an answer that `fill` completes, or an exception.
    fn call<'py, O: Operation>(
        &self,
        py: Python<'py>,
        request: O,
        fill: impl FnOnce(&Bound<'py, PyDict>, O::Answer) -> PyResult<()>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let now = clock::now(py)?;
        let reply = self.service.call(&self.caller, request, now);
        match reply.outcome {
            Ok(result) => {
                let answer = answer::success(py, reply.request_number)?;
                fill(&answer, result)?;
                Ok(answer)
            }
            Err(fault) => Err(error::exception(py, O::NAME, reply.request_number, &fault)),
        }
    }
}
