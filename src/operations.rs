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

            /// Create a group.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str
            ///     1 to 32 characters. Names are case-sensitive and unique; Default is reserved in any case.
            /// FilterExpression : str
            ///     The filter expression. It must not be blank, although the API model says that it is optional. It is
            ///     stored as it is: its grammar is not checked.
            /// InsightsConfiguration : dict, optional
            ///     `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`. Both default to False. Notifications require
            ///     insights.
            /// Tags : list of dict, optional
            ///     `{"Key": str, "Value": str}`: keys of 1 to 128 characters, values of 0 to 256. By default, none.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Group": {"GroupName": str, "GroupARN": str, "FilterExpression": str, "InsightsConfiguration":
            ///     {"InsightsEnabled": bool, "NotificationsEnabled": bool}}, "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the filter expression is missing or blank, the name is taken or reserved, notifications are enabled
            ///     without insights, a tag key starts with `aws:`, there are more tags than a resource may have, or the
            ///     account has as many groups in the Region as it may.
            /// botocore.exceptions.ClientError
            ///     With the code `InternalFailure` and status 500, if a tag key occurs twice. With the code
            ///     `ValidationException`, if an argument is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, CreateGroup; recorded.
            create_group "($self, *, GroupName, FilterExpression=..., InsightsConfiguration=..., Tags=...)"
                crate::groups::CreateGroup, Recorded;

            /// Return a group, by its name or by its ARN.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str, optional
            ///     The name of the group. Give either this or `GroupARN`, not both.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it. Default has no
            ///     FilterExpression.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist, or both or neither of the arguments are given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if an argument is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_group(GroupName="Default")["Group"]["GroupARN"]
            /// 'arn:aws:xray:us-east-1:123456789012:group/Default'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetGroup; recorded.
            get_group "($self, *, GroupName=..., GroupARN=...)"
                crate::groups::GetGroup, Recorded;

            /// List the groups of the account and Region: Default first, then the others in order of creation.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     X-Ray does not support it: any token is rejected.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Groups": list of dict, "ResponseMetadata": dict}`, with groups as `create_group` returns them.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If a token is given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the token is longer than 100 characters.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> [group["GroupName"] for group in client.get_groups()["Groups"]]
            /// ['Default']
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetGroups; recorded.
            get_groups "($self, *, NextToken=...)"
                crate::groups::GetGroups, Recorded;

            /// Replace the filter expression of a group and, if given, its insights configuration.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str, optional
            ///     The name of the group. Give either this or `GroupARN`, not both.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            /// FilterExpression : str
            ///     The new filter expression. It must not be blank, although the API model says that it is optional. Leave
            ///     it out for the group Default, which has none.
            /// InsightsConfiguration : dict, optional
            ///     `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`, where a missing member means False. By
            ///     default, the configuration stays as it is.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist, both or neither of `GroupName` and `GroupARN` are given, the filter
            ///     expression is missing or blank, or notifications are enabled without insights.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the name or the ARN is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.update_group(GroupName="slow", FilterExpression="responsetime > 10")
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateGroup; recorded.
            update_group "($self, *, GroupName=..., GroupARN=..., FilterExpression=..., InsightsConfiguration=...)"
                crate::groups::UpdateGroup, Recorded;

            /// Delete a group and its tags.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str, optional
            ///     The name of the group. Give either this or `GroupARN`, not both.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist or is Default, or both or neither of the arguments are given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if an argument is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.delete_group(GroupName="slow")
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, DeleteGroup; recorded.
            delete_group "($self, *, GroupName=..., GroupARN=...)"
                crate::groups::DeleteGroup, Recorded;

            /// Add tags to a group or a sampling rule, or replace the values of tags that it has.
            ///
            /// Parameters
            /// ----------
            /// ResourceARN : str
            ///     The ARN of the group or the sampling rule.
            /// Tags : list of dict
            ///     `{"Key": str, "Value": str}`: keys of 1 to 128 characters, values of 0 to 256. Keys are case-sensitive.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// ResourceNotFoundException
            ///     If the resource does not exist.
            /// InvalidRequestException
            ///     If a key starts with `aws:`, or the resource would have more tags than it may, which is 50.
            /// botocore.exceptions.ClientError
            ///     With the code `InternalFailure` and status 500, if a key occurs twice; a real client retries this error.
            ///     With the code `ValidationException`, if a key or a value is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, TagResource; recorded.
            tag_resource "($self, *, ResourceARN, Tags)"
                crate::tags::TagResource, Recorded;

            /// Remove tags from a group or a sampling rule.
            ///
            /// Parameters
            /// ----------
            /// ResourceARN : str
            ///     The ARN of the group or the sampling rule.
            /// TagKeys : list of str
            ///     The keys of the tags. Keys that the resource does not have are ignored.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// ResourceNotFoundException
            ///     If the resource does not exist.
            /// InvalidRequestException
            ///     If a key starts with `aws:`.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if a key is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.untag_resource(ResourceARN=arn, TagKeys=["team"])
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UntagResource; recorded.
            untag_resource "($self, *, ResourceARN, TagKeys)"
                crate::tags::UntagResource, Recorded;

            /// List the tags of a group or a sampling rule, in AWS's order, which is neither alphabetical nor that of tagging.
            ///
            /// Parameters
            /// ----------
            /// ResourceARN : str
            ///     The ARN of the group or the sampling rule.
            /// NextToken : str, optional
            ///     Ignored: the response always has all tags.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Tags": [{"Key": str, "Value": str}], "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// ResourceNotFoundException
            ///     If the resource does not exist.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the ARN is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> {tag["Key"]: tag["Value"] for tag in client.list_tags_for_resource(ResourceARN=arn)["Tags"]}
            /// {'team': 'checkout'}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, ListTagsForResource; recorded.
            list_tags_for_resource "($self, *, ResourceARN, NextToken=...)"
                crate::tags::ListTagsForResource, Recorded;
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
