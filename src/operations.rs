//! The table of operations: the one place that lists them. Everything else goes by this table.

use crate::operation::{Caller, Moment, Operation};
use crate::service::Service;
use crate::shape::{Shape, Structure, Type};
use crate::wire::{self, Exchange};

/// How an operation's behaviour is known. docs/fidelity.md tells it rule by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Most of it from recorded answers of the real service.
    Recorded,
    /// Most of it from AWS's documentation and API model, and what others met at AWS.
    Documented,
}

impl Evidence {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Documented => "documented",
        }
    }
}

/// An operation as data.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its name in the API model.
    pub name: &'static str,
    /// The path of its HTTP requests.
    pub path: &'static str,
    /// How its behaviour is known.
    pub evidence: Evidence,
    /// The shape of its request.
    pub request: Type,
    /// The shape of its response.
    pub response: Type,
    /// Answers an HTTP request for it.
    pub(crate) serve: fn(&Service, &Caller, &[u8], Moment) -> Exchange,
}

impl Row {
    const fn new<O: Operation>(evidence: Evidence) -> Self {
        Self {
            name: O::NAME,
            path: O::PATH,
            evidence,
            request: <O::Request<'static> as Shape>::TYPE,
            response: <O::Response as Shape>::TYPE,
            serve: wire::serve::<O>,
        }
    }

    /// The structure of its request.
    #[must_use]
    pub fn request(&self) -> Option<&'static Structure> {
        if let Type::Structure(structure) = self.request { Some(structure) } else { None }
    }
}

/// Gives the table to a macro: for each operation the docstring, the name and the signature of its Python method, its
/// type, and how its behaviour is known.
macro_rules! operations {
    ($use:ident) => {
        $use! {
            /// Create a resource policy or replace its document.
            ///
            /// Parameters
            /// ----------
            /// PolicyName : str
            ///     1 to 128 characters of `[\w+=,.@-]`.
            /// PolicyDocument : str
            ///     The policy document as JSON, at most 5120 bytes of UTF-8.
            /// PolicyRevisionId : str, optional
            ///     The revision to replace, or "0" to create only. By default, any revision is replaced.
            /// BypassPolicyLockoutCheck : bool, optional
            ///     Whether to accept a policy that locks out its caller. Defaults to False.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResourcePolicy": {"PolicyName": str, "PolicyDocument": str, "PolicyRevisionId": str,
            ///     "LastUpdatedTime": datetime}, "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// MalformedPolicyDocumentException
            ///     If the document is malformed. The message is null, as AWS's is; a note gives the reason.
            /// LockoutPreventionException
            ///     If the policy denies its caller xray:PutResourcePolicy and the check is not bypassed.
            /// InvalidPolicyRevisionIdException
            ///     If `PolicyRevisionId` is not the current revision.
            /// PolicySizeLimitExceededException
            ///     If the document is longer than 5120 bytes.
            /// PolicyCountLimitExceededException
            ///     If the account already has as many policies in the Region as `FakeXRay(policy_limit=...)` allows.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the name has other characters or is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.put_resource_policy(PolicyName="sns", PolicyDocument=document)
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, PutResourcePolicy; recorded.
            put_resource_policy
                "($self, *, PolicyName, PolicyDocument, PolicyRevisionId=..., BypassPolicyLockoutCheck=...)"
                crate::resource_policies::PutResourcePolicy, Recorded;

            /// List the resource policies of the account and Region, in order of creation.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     X-Ray does not support it: any token is rejected.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResourcePolicies": list of dict, "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If a token is given.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, ListResourcePolicies; recorded.
            list_resource_policies "($self, *, NextToken=...)"
                crate::resource_policies::ListResourcePolicies, Recorded;

            /// Delete a resource policy.
            ///
            /// Parameters
            /// ----------
            /// PolicyName : str
            ///     1 to 128 characters of `[\w+=,.@-]`.
            /// PolicyRevisionId : str, optional
            ///     The revision to delete. By default, any revision is deleted.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// InvalidPolicyRevisionIdException
            ///     If `PolicyRevisionId` is not the current revision, or the policy does not exist.
            /// InvalidRequestException
            ///     If the policy does not exist and no revision is given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the name has other characters or is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.delete_resource_policy(PolicyName="sns")
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, DeleteResourcePolicy; recorded.
            delete_resource_policy "($self, *, PolicyName, PolicyRevisionId=...)"
                crate::resource_policies::DeleteResourcePolicy, Recorded;
        }
    };
}
// The Python front end makes a method of each row.
#[cfg(feature = "python")]
pub(crate) use operations;

macro_rules! rows {
    ($($(#[$doc:meta])* $method:ident $signature:literal $Operation:ty, $evidence:ident;)*) => {
        /// Every operation that is built.
        pub static OPERATIONS: &[Row] = &[$(Row::new::<$Operation>(Evidence::$evidence)),*];

        /// Their names in the API model.
        pub const NAMES: [&str; <[&str]>::len(&[$(<$Operation>::NAME),*])] = [$(<$Operation>::NAME),*];
    };
}

operations!(rows);
