//! The table of supported operations. It is the only list of them; all other code uses this table.

use crate::operation::{Caller, Moment, Operation};
use crate::service::Service;
use crate::shape::{Shape, Structure, Type};
use crate::wire::{self, Exchange};

/// The evidence for an operation's behaviour. docs/fidelity.md gives the evidence of each rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Most of the behaviour comes from recorded responses of the real service.
    Recorded,
    /// Most of the behaviour comes from AWS's documentation, from the API model, and from reports of AWS users.
    Documented,
}

impl Evidence {
    /// The word that documentation uses.
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
    /// The evidence for its behaviour.
    pub evidence: Evidence,
    /// The shape of its request.
    pub request: Type,
    /// The shape of its response.
    pub response: Type,
    /// Handles an HTTP request for it.
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

/// Passes the table to a macro. Each row has the docstring, the name and the signature of the Python method, the type that
/// implements the operation, and the evidence.
macro_rules! operations {
    ($use:ident) => {
        $use! {
            /// Create a resource policy or replace its document.
            ///
            /// Parameters
            /// ----------
            /// PolicyName : str
            ///     Name of the policy: 1 to 128 characters of `[\w+=,.@-]`.
            /// PolicyDocument : str
            ///     The policy document as JSON, at most 5120 bytes of UTF-8.
            /// PolicyRevisionId : str, optional
            ///     The current revision of the policy, or "0" for a policy that does not exist yet. If the policy has another
            ///     revision, the call fails. Default: create or replace the policy, whatever its revision.
            /// BypassPolicyLockoutCheck : bool, optional
            ///     Whether to skip the lockout check, which rejects a policy that denies its caller xray:PutResourcePolicy.
            ///     Default: False.
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
            ///     If the document is malformed. AWS sends no message, so the fake adds the reason as a note on the exception.
            /// LockoutPreventionException
            ///     If the policy denies its caller xray:PutResourcePolicy and `BypassPolicyLockoutCheck` is not True.
            /// InvalidPolicyRevisionIdException
            ///     If `PolicyRevisionId` is not the current revision, which is "0" for a policy that does not exist.
            /// PolicySizeLimitExceededException
            ///     If the document is longer than 5120 bytes.
            /// PolicyCountLimitExceededException
            ///     If the account already has as many policies in the Region as `FakeXRay(policy_limit=...)` allows.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the name is too long or has invalid characters.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> import json
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
            /// ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
            /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            /// >>> client.put_resource_policy(PolicyName="sns", PolicyDocument=document)["ResourcePolicy"]["PolicyRevisionId"]
            /// '1'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, PutResourcePolicy, and recorded responses of AWS.
            put_resource_policy
                "($self, *, PolicyName, PolicyDocument, PolicyRevisionId=..., BypassPolicyLockoutCheck=...)"
                crate::resource_policies::PutResourcePolicy, Recorded;

            /// List the resource policies of the account and Region, in order of creation.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     Not supported by X-Ray, which rejects every token. Default: no token.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResourcePolicies": list of dict, "ResponseMetadata": dict}`, with policies as `put_resource_policy` returns
            ///     them.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If a token is given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the token is longer than 100 characters.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> [policy["PolicyName"] for policy in client.list_resource_policies()["ResourcePolicies"]]
            /// []
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, ListResourcePolicies, and recorded responses of AWS.
            list_resource_policies "($self, *, NextToken=...)"
                crate::resource_policies::ListResourcePolicies, Recorded;

            /// Delete a resource policy.
            ///
            /// Parameters
            /// ----------
            /// PolicyName : str
            ///     Name of the policy: 1 to 128 characters of `[\w+=,.@-]`.
            /// PolicyRevisionId : str, optional
            ///     The current revision of the policy. If the policy has another revision, the call fails. Default: delete the
            ///     policy, whatever its revision.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// InvalidPolicyRevisionIdException
            ///     If `PolicyRevisionId` is not the current revision of the policy, or a revision is given and the policy does
            ///     not exist.
            /// InvalidRequestException
            ///     If the policy does not exist and no revision is given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the name is too long or has invalid characters.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> import json
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> statement = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
            /// ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
            /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            /// >>> response = client.put_resource_policy(PolicyName="sns", PolicyDocument=document)
            /// >>> response = client.delete_resource_policy(PolicyName="sns", PolicyRevisionId="1")
            /// >>> client.list_resource_policies()["ResourcePolicies"]
            /// []
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, DeleteResourcePolicy, and recorded responses of AWS.
            delete_resource_policy "($self, *, PolicyName, PolicyRevisionId=...)"
                crate::resource_policies::DeleteResourcePolicy, Recorded;

            /// Create a group.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str
            ///     Name of the group: 1 to 32 characters. Names are case-sensitive and unique. "Default" is reserved in any
            ///     letter case.
            /// FilterExpression : str
            ///     The filter expression. It is required and must not be blank, although the API model declares it optional.
            ///     The fake stores it and does not check its grammar.
            /// InsightsConfiguration : dict, optional
            ///     `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`. `NotificationsEnabled` requires
            ///     `InsightsEnabled`. Default: both False.
            /// Tags : list of dict, optional
            ///     Tags of the group, each `{"Key": str, "Value": str}`. A key has 1 to 128 characters, a value 0 to 256.
            ///     Default: no tags.
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
            ///     If the filter expression is missing or blank, the name is in use or reserved, notifications are enabled
            ///     without insights, a tag key starts with `aws:`, there are more tags than `FakeXRay(tag_limit=...)` allows,
            ///     or the account already has as many groups in the Region as `FakeXRay(group_limit=...)` allows.
            /// botocore.exceptions.ClientError
            ///     With the code `InternalFailure` and status 500, if a tag key occurs twice. With the code
            ///     `ValidationException`, if an argument is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> response = client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
            /// >>> response["Group"]["FilterExpression"]
            /// 'responsetime > 5'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, CreateGroup, and recorded responses of AWS.
            create_group "($self, *, GroupName, FilterExpression=..., InsightsConfiguration=..., Tags=...)"
                crate::groups::CreateGroup, Recorded;

            /// Return a group by its name or ARN.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str, optional
            ///     The name of the group. Pass either `GroupName` or `GroupARN`, not both.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it. The group Default
            ///     has no `FilterExpression`.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist, or if the request has both or neither of the arguments.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if an argument is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.get_group(GroupName="Default")["Group"]["GroupARN"]
            /// 'arn:aws:xray:us-east-1:123456789012:group/Default'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetGroup, and recorded responses of AWS.
            get_group "($self, *, GroupName=..., GroupARN=...)"
                crate::groups::GetGroup, Recorded;

            /// List the groups of the account and Region: Default first, then the others in order of creation.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     Not supported by X-Ray, which rejects every token. Default: no token.
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
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> [group["GroupName"] for group in client.get_groups()["Groups"]]
            /// ['Default']
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetGroups, and recorded responses of AWS.
            get_groups "($self, *, NextToken=...)"
                crate::groups::GetGroups, Recorded;

            /// Replace the filter expression of a group and, if given, its insights configuration.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str, optional
            ///     The name of the group. Pass either `GroupName` or `GroupARN`, not both.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            /// FilterExpression : str
            ///     The new filter expression. It is required and must not be blank, although the API model declares it
            ///     optional. For the group Default, you must omit it, because Default has no filter expression.
            /// InsightsConfiguration : dict, optional
            ///     `{"InsightsEnabled": bool, "NotificationsEnabled": bool}`. A missing member means False. Default: keep the
            ///     current configuration.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Group": dict, "ResponseMetadata": dict}`, with the group as `create_group` returns it.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist, the request has both or neither of `GroupName` and `GroupARN`, the filter
            ///     expression is missing or blank, the request has a filter expression for Default, or notifications are
            ///     enabled without insights.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the name or the ARN is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> response = client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
            /// >>> response = client.update_group(GroupName="slow", FilterExpression="responsetime > 10")
            /// >>> response["Group"]["FilterExpression"]
            /// 'responsetime > 10'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateGroup, and recorded responses of AWS.
            update_group "($self, *, GroupName=..., GroupARN=..., FilterExpression=..., InsightsConfiguration=...)"
                crate::groups::UpdateGroup, Recorded;

            /// Delete a group and its tags.
            ///
            /// Parameters
            /// ----------
            /// GroupName : str, optional
            ///     The name of the group. Pass either `GroupName` or `GroupARN`, not both.
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
            ///     If the group does not exist or is Default, or if the request has both or neither of the arguments.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if an argument is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> response = client.create_group(GroupName="slow", FilterExpression="responsetime > 5")
            /// >>> response = client.delete_group(GroupName="slow")
            /// >>> [group["GroupName"] for group in client.get_groups()["Groups"]]
            /// ['Default']
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, DeleteGroup, and recorded responses of AWS.
            delete_group "($self, *, GroupName=..., GroupARN=...)"
                crate::groups::DeleteGroup, Recorded;

            /// Add tags to a group or a sampling rule. If the resource already has a tag with the same key, replace its value.
            ///
            /// Parameters
            /// ----------
            /// ResourceARN : str
            ///     The ARN of the group or the sampling rule.
            /// Tags : list of dict
            ///     The tags, each `{"Key": str, "Value": str}`. A key has 1 to 128 characters, a value 0 to 256. Keys are
            ///     case-sensitive.
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
            ///     If a key starts with `aws:`, or if the resource would have more tags than `FakeXRay(tag_limit=...)` allows.
            /// botocore.exceptions.ClientError
            ///     With the code `InternalFailure` and status 500, if a key occurs twice. A real botocore client retries this
            ///     error. With the code `ValidationException`, if a key or a value is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> arn = client.get_group(GroupName="Default")["Group"]["GroupARN"]
            /// >>> response = client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
            /// >>> client.list_tags_for_resource(ResourceARN=arn)["Tags"]
            /// [{'Key': 'team', 'Value': 'checkout'}]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, TagResource, and recorded responses of AWS.
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
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> arn = client.get_group(GroupName="Default")["Group"]["GroupARN"]
            /// >>> response = client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
            /// >>> response = client.untag_resource(ResourceARN=arn, TagKeys=["team"])
            /// >>> client.list_tags_for_resource(ResourceARN=arn)["Tags"]
            /// []
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UntagResource, and recorded responses of AWS.
            untag_resource "($self, *, ResourceARN, TagKeys)"
                crate::tags::UntagResource, Recorded;

            /// List the tags of a group or a sampling rule.
            ///
            /// The tags are in the same order as on AWS, which is neither alphabetical nor the order in which they were added.
            ///
            /// Parameters
            /// ----------
            /// ResourceARN : str
            ///     The ARN of the group or the sampling rule.
            /// NextToken : str, optional
            ///     Ignored. Every response has all tags.
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
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> arn = client.get_group(GroupName="Default")["Group"]["GroupARN"]
            /// >>> response = client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "checkout"}])
            /// >>> {tag["Key"]: tag["Value"] for tag in client.list_tags_for_resource(ResourceARN=arn)["Tags"]}
            /// {'team': 'checkout'}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, ListTagsForResource, and recorded responses of AWS.
            list_tags_for_resource "($self, *, ResourceARN, NextToken=...)"
                crate::tags::ListTagsForResource, Recorded;

            /// Return the encryption configuration of the account's traces in the Region.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING" or "ACTIVE", "Type": "NONE" or "KMS"},
            ///     "ResponseMetadata": dict}`. Only the type KMS has a `KeyId`.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.get_encryption_config()["EncryptionConfig"]
            /// {'Status': 'ACTIVE', 'Type': 'NONE'}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetEncryptionConfig. No responses of AWS were recorded.
            get_encryption_config "($self)"
                crate::encryption::GetEncryptionConfig, Documented;

            /// Change the encryption configuration of the account's traces in the Region.
            ///
            /// Parameters
            /// ----------
            /// Type : str
            ///     "NONE" for the default encryption, or "KMS" for encryption with a key in the account.
            /// KeyId : str, optional
            ///     The key: its ARN, its id, or an alias such as "alias/aws/xray". Required for the type KMS, and not allowed
            ///     for the type NONE.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING", "Type": str}, "ResponseMetadata": dict}`.
            ///     `KeyId` is always the ARN of a key. For an alias, the fake generates a key id, which is the same in every
            ///     run. The next `get_encryption_config` returns the status ACTIVE, unless `FakeXRay(activation_delay=...)`
            ///     delays the change.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the type is KMS without a key or NONE with a key, or if the ARN is not that of a key or an alias.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the type is neither "NONE" nor "KMS".
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.put_encryption_config(Type="KMS", KeyId="alias/aws/xray")["EncryptionConfig"]["Status"]
            /// 'UPDATING'
            /// >>> client.get_encryption_config()["EncryptionConfig"]["Status"]
            /// 'ACTIVE'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, PutEncryptionConfig. No responses of AWS were recorded.
            put_encryption_config "($self, *, Type, KeyId=...)"
                crate::encryption::PutEncryptionConfig, Documented;

            /// List the indexing rules of Transaction Search. The only one is `Default`.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     Every token is rejected, because there is only one page. Default: no token.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"IndexingRules": [{"Name": "Default", "ModifiedAt": datetime, "Rule": {"Probabilistic":
            ///     {"DesiredSamplingPercentage": float}}}], "ResponseMetadata": dict}`. The initial percentage is 1.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If a token is given.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.get_indexing_rules()["IndexingRules"][0]["Rule"]
            /// {'Probabilistic': {'DesiredSamplingPercentage': 1.0}}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetIndexingRules, and one recorded response of AWS.
            get_indexing_rules "($self, *, NextToken=...)"
                crate::indexing::GetIndexingRules, Documented;

            /// Change the percentage of spans that Transaction Search indexes.
            ///
            /// Parameters
            /// ----------
            /// Name : str
            ///     Name of the rule. The only rule is "Default".
            /// Rule : dict
            ///     The new rule, `{"Probabilistic": {"DesiredSamplingPercentage": float}}`. The percentage is from 0 to 100.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"IndexingRule": {"Name": str, "ModifiedAt": datetime, "Rule": dict}, "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// ResourceNotFoundException
            ///     If no rule has that name.
            /// InvalidRequestException
            ///     If the percentage is out of range.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> rule = {"Probabilistic": {"DesiredSamplingPercentage": 5}}
            /// >>> client.update_indexing_rule(Name="Default", Rule=rule)["IndexingRule"]["Rule"]
            /// {'Probabilistic': {'DesiredSamplingPercentage': 5.0}}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateIndexingRule. No responses of AWS were recorded.
            update_indexing_rule "($self, *, Name, Rule)"
                crate::indexing::UpdateIndexingRule, Documented;

            /// Return the destination of the account's trace segments in the Region.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Destination": "XRay" or "CloudWatchLogs", "Status": "PENDING" or "ACTIVE", "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.get_trace_segment_destination()["Destination"]
            /// 'XRay'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetTraceSegmentDestination, and recorded responses of AWS.
            get_trace_segment_destination "($self)"
                crate::destination::GetTraceSegmentDestination, Recorded;

            /// Change the destination of the account's trace segments in the Region.
            ///
            /// Parameters
            /// ----------
            /// Destination : str
            ///     "XRay", or "CloudWatchLogs" for Transaction Search. It is required, although the API model declares it
            ///     optional.
            /// CloudWatchLogsConfiguration : dict, optional
            ///     `{"SpansLogGroupKmsKeyId": str}`, with the ARN of the KMS key of the log group `aws/spans`. X-Ray creates
            ///     this log group with the first change to "CloudWatchLogs", and only that change can set the key. Not
            ///     allowed with "XRay". Default: no key.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Destination": str, "Status": "PENDING", "ResponseMetadata": dict}`. The next
            ///     `get_trace_segment_destination` returns the status ACTIVE, unless `FakeXRay(activation_delay=...)` delays
            ///     the change.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the destination is missing or already set, the last change is still pending, the key is invalid, the
            ///     log group already exists but the request has a key, or the request has a configuration for "XRay".
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the destination is neither "XRay" nor "CloudWatchLogs". With the
            ///     code `AccessDeniedException`, if CloudWatch Logs does not let X-Ray write spans. A test can simulate this
            ///     with `FakeXRay(logs_policy=False)`.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.update_trace_segment_destination(Destination="CloudWatchLogs")["Status"]
            /// 'PENDING'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateTraceSegmentDestination, and errors that AWS users have reported.
            update_trace_segment_destination "($self, *, Destination=..., CloudWatchLogsConfiguration=...)"
                crate::destination::UpdateTraceSegmentDestination, Documented;

            /// Return an insight.
            ///
            /// X-Ray has no operation that creates an insight. Tests add insights with `FakeXRay.add_insight`.
            ///
            /// Parameters
            /// ----------
            /// InsightId : str
            ///     Id of the insight, a UUID.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Insight": {"InsightId": str, "GroupARN": str, "GroupName": str, "RootCauseServiceId": dict,
            ///     "Categories": ["FAULT"], "State": "ACTIVE" or "CLOSED", "StartTime": datetime, "EndTime": datetime,
            ///     "Summary": str, "ClientRequestImpactStatistics": {"FaultCount": int, "OkCount": int, "TotalCount": int},
            ///     "RootCauseServiceRequestImpactStatistics": dict, "TopAnomalousServices": list of dict},
            ///     "ResponseMetadata": dict}`. An active insight has no `EndTime`.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the insight does not exist.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the id is not a UUID.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> fake = FakeXRay()
            /// >>> insight_id = fake.add_insight(root_cause="orders")
            /// >>> fake.client().get_insight(InsightId=insight_id)["Insight"]["State"]
            /// 'ACTIVE'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsight. No responses of AWS were recorded.
            get_insight "($self, *, InsightId)"
                crate::insights::GetInsight, Documented;

            /// List the events of an insight, oldest first.
            ///
            /// Parameters
            /// ----------
            /// InsightId : str
            ///     Id of the insight, a UUID.
            /// MaxResults : int, optional
            ///     Number of events per page, from 1 to 50. Default: 50.
            /// NextToken : str, optional
            ///     The `NextToken` of the previous response. Default: the first page.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"InsightEvents": [{"Summary": str, "EventTime": datetime, "ClientRequestImpactStatistics": dict,
            ///     "RootCauseServiceRequestImpactStatistics": dict, "TopAnomalousServices": list of dict}],
            ///     "NextToken": str, "ResponseMetadata": dict}`. The last page has no `NextToken`.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the insight does not exist, or if the token is not from a previous response.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the id is not a UUID or if `MaxResults` is too large.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> fake = FakeXRay()
            /// >>> insight_id = fake.add_insight(root_cause="orders")
            /// >>> response = fake.client().get_insight_events(InsightId=insight_id)
            /// >>> [event["ClientRequestImpactStatistics"]["FaultCount"] for event in response["InsightEvents"]]
            /// [40]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsightEvents. No responses of AWS were recorded.
            get_insight_events "($self, *, InsightId, MaxResults=..., NextToken=...)"
                crate::insights::GetInsightEvents, Documented;

            /// Return the services that an insight affects, without their statistics.
            ///
            /// Parameters
            /// ----------
            /// InsightId : str
            ///     Id of the insight, a UUID.
            /// StartTime : datetime, str, int or float
            ///     The start of the range, at most 30 days ago.
            /// EndTime : datetime, str, int or float
            ///     The end of the range (exclusive), at most six hours after the start.
            /// NextToken : str, optional
            ///     Every token is rejected, because there is only one page. Default: no token.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"InsightId": str, "StartTime": datetime, "EndTime": datetime, "ServiceGraphStartTime": datetime,
            ///     "ServiceGraphEndTime": datetime, "Services": [{"ReferenceId": int, "Type": str, "Name": str, "Names":
            ///     list of str, "AccountId": str, "Edges": [{"ReferenceId": int}]}], "ResponseMetadata": dict}`. The list of
            ///     services is empty if the insight was not open in the range.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the insight does not exist, the range is too old, too long or ends before it starts, or the request has a
            ///     token.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the id is not a UUID.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> import time
            /// >>> from fake_xray import FakeXRay
            /// >>> fake = FakeXRay()
            /// >>> insight_id = fake.add_insight(root_cause="orders", callers=["shop"], start=time.time() - 60)
            /// >>> response = fake.client().get_insight_impact_graph(
            /// ...     InsightId=insight_id, StartTime=time.time() - 60, EndTime=time.time()
            /// ... )
            /// >>> [service["Name"] for service in response["Services"]]
            /// ['orders', 'shop']
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsightImpactGraph. No responses of AWS were recorded.
            get_insight_impact_graph "($self, *, InsightId, StartTime, EndTime, NextToken=...)"
                crate::insights::GetInsightImpactGraph, Documented;

            /// List the insights of a group that were open at some time in a range, oldest first.
            ///
            /// Parameters
            /// ----------
            /// StartTime : datetime, str, int or float
            ///     The start of the range, at most 30 days ago.
            /// EndTime : datetime, str, int or float
            ///     The end of the range (inclusive).
            /// GroupName : str, optional
            ///     The name of the group. Pass either `GroupName` or `GroupARN`, not both.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            /// States : list of str, optional
            ///     A list with "ACTIVE" or "CLOSED", but not both. Default: list insights of both states.
            /// MaxResults : int, optional
            ///     Number of insights per page, from 1 to 100. Default: 100.
            /// NextToken : str, optional
            ///     The `NextToken` of the previous response. Default: the first page.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"InsightSummaries": list of dict, "NextToken": str, "ResponseMetadata": dict}`. Each summary has the
            ///     members of the `Insight` that `get_insight` returns, and `LastUpdateTime` (datetime). The last page has no
            ///     `NextToken`.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist, the request has both or neither of `GroupName` and `GroupARN`, the range is too
            ///     old or ends before it starts, or the token is not from a previous response.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if there are two states or an unknown one, or if `MaxResults` is too
            ///     large.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> import time
            /// >>> from fake_xray import FakeXRay
            /// >>> fake = FakeXRay()
            /// >>> insight_id = fake.add_insight(root_cause="orders", start=time.time() - 60)
            /// >>> response = fake.client().get_insight_summaries(
            /// ...     GroupName="Default", StartTime=time.time() - 3600, EndTime=time.time()
            /// ... )
            /// >>> [insight["State"] for insight in response["InsightSummaries"]]
            /// ['ACTIVE']
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsightSummaries. No responses of AWS were recorded.
            get_insight_summaries
                "($self, *, StartTime, EndTime, GroupName=..., GroupARN=..., States=..., MaxResults=..., NextToken=...)"
                crate::insights::GetInsightSummaries, Documented;

            /// Create a sampling rule.
            ///
            /// Parameters
            /// ----------
            /// SamplingRule : dict
            ///     The rule. Required members: `ResourceARN`, `ServiceName`, `ServiceType`, `Host`, `HTTPMethod` and
            ///     `URLPath` (str, the patterns that a request must match), `Priority` (int, 1 to 9999; clients try the rule
            ///     with the lowest number first), `FixedRate` (float, 0 to 1), `ReservoirSize` (int, requests per second) and
            ///     `Version` (int, always 1). The rule must have either a `RuleName` (str, 1 to 32 characters) or a `RuleARN`
            ///     (str), not both.
            ///     Optional members: `Attributes` (dict of str to str, at most 5 entries; default: no attributes) and
            ///     `SamplingRateBoost` (dict with `MaxRate`, a float from 0 to 1, and `CooldownWindowMinutes`, an int of at
            ///     least 1; default: no boost).
            /// Tags : list of dict, optional
            ///     Tags of the rule, each `{"Key": str, "Value": str}`. Default: no tags.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecord": {"SamplingRule": dict, "CreatedAt": datetime, "ModifiedAt": datetime},
            ///     "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If a rule of this name exists, `Version` is not 1, the rule has both or neither of `RuleName` and
            ///     `RuleARN`, its ARN is malformed or belongs to another account or Region, a tag key starts with `aws:`,
            ///     or there are more tags than `FakeXRay(tag_limit=...)` allows.
            /// RuleLimitExceededException
            ///     If the account already has as many rules in the Region as `FakeXRay(rule_limit=...)` allows.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if a number is too large, a string is too long, or there are too many
            ///     attributes. With the code `InternalFailure` and status 500, if `CooldownWindowMinutes` is 0 or a tag key
            ///     occurs twice.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> rule = {"RuleName": "checkout", "Priority": 100, "FixedRate": 0.5, "ReservoirSize": 1, "Version": 1,
            /// ...         "ServiceName": "shop", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST",
            /// ...         "URLPath": "/checkout", "ResourceARN": "*"}
            /// >>> response = client.create_sampling_rule(SamplingRule=rule)
            /// >>> response["SamplingRuleRecord"]["SamplingRule"]["RuleARN"]
            /// 'arn:aws:xray:us-east-1:123456789012:sampling-rule/checkout'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, CreateSamplingRule, and recorded responses of AWS.
            create_sampling_rule "($self, *, SamplingRule, Tags=...)"
                crate::sampling::CreateSamplingRule, Recorded;

            /// List all sampling rules, sorted by name, with Default last.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     Ignored. Every response has all rules.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecords": list of dict, "ResponseMetadata": dict}`, with records as `create_sampling_rule`
            ///     returns them.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> records = client.get_sampling_rules()["SamplingRuleRecords"]
            /// >>> [record["SamplingRule"]["RuleName"] for record in records]
            /// ['Default']
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetSamplingRules, and recorded responses of AWS.
            get_sampling_rules "($self, *, NextToken=...)"
                crate::sampling::GetSamplingRules, Recorded;

            /// Change a sampling rule.
            ///
            /// Parameters
            /// ----------
            /// SamplingRuleUpdate : dict
            ///     The members to change, named as in `create_sampling_rule`. `Version` cannot change. Select the rule with
            ///     either `RuleName` or `RuleARN`. Members that you omit keep their value, except for `SamplingRateBoost`,
            ///     which is removed.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the whole rule. Every update sets
            ///     `ModifiedAt`, even if no member changes.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the rule does not exist, `Priority`, `FixedRate` or `ReservoirSize` is out of range, the update has
            ///     both or neither of `RuleName` and `RuleARN`, or it changes more of Default than `FixedRate` and
            ///     `ReservoirSize`.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if a string is too long, there are too many attributes, or `MaxRate`
            ///     is out of range. With the code `InternalFailure` and status 500, if `CooldownWindowMinutes` is 0.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> response = client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "Default", "FixedRate": 0.1})
            /// >>> response["SamplingRuleRecord"]["SamplingRule"]["FixedRate"]
            /// 0.1
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateSamplingRule, and recorded responses of AWS.
            update_sampling_rule "($self, *, SamplingRuleUpdate)"
                crate::sampling::UpdateSamplingRule, Recorded;

            /// Delete a sampling rule, its tags and its statistics.
            ///
            /// Parameters
            /// ----------
            /// RuleName : str, optional
            ///     The rule's name. Pass either `RuleName` or `RuleARN`, not both.
            /// RuleARN : str, optional
            ///     The rule's ARN.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the rule as it was before it was deleted.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the rule does not exist or is Default, or if the request has both or neither of `RuleName` and
            ///     `RuleARN`.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> rule = {"RuleName": "checkout", "Priority": 100, "FixedRate": 0.5, "ReservoirSize": 1, "Version": 1,
            /// ...         "ServiceName": "shop", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST",
            /// ...         "URLPath": "/checkout", "ResourceARN": "*"}
            /// >>> response = client.create_sampling_rule(SamplingRule=rule)
            /// >>> response = client.delete_sampling_rule(RuleName="checkout")
            /// >>> len(client.get_sampling_rules()["SamplingRuleRecords"])
            /// 1
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, DeleteSamplingRule, and recorded responses of AWS.
            delete_sampling_rule "($self, *, RuleName=..., RuleARN=...)"
                crate::sampling::DeleteSamplingRule, Recorded;

            /// Report how many requests a client sampled with each rule, and return the targets for its next requests.
            ///
            /// Parameters
            /// ----------
            /// SamplingStatisticsDocuments : list of dict
            ///     At most 25 reports, each with `RuleName` (str), `ClientID` (str, 24 characters), `Timestamp`
            ///     (datetime), `RequestCount` (int), `SampledCount` (int) and, optionally, `BorrowCount` (int; default: the
            ///     last `BorrowCount` that was reported for the rule in the same 10-second window, or 0).
            /// SamplingBoostStatisticsDocuments : list of dict, optional
            ///     At most 25 reports of anomalies, each with `RuleName`, `ServiceName`, `Timestamp`, `AnomalyCount`,
            ///     `TotalCount` and `SampledAnomalyCount`. Default: no reports.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingTargetDocuments": list of dict, "LastRuleModification": datetime,
            ///     "UnprocessedStatistics": list of dict, "ResponseMetadata": dict}`, with one target for each report
            ///     of a rule that exists. `UnprocessedStatistics` lists the reports of rules that do not exist. A target
            ///     always has `RuleName` and `FixedRate`. It has `ReservoirQuota`, `ReservoirQuotaTTL` and `Interval` only
            ///     if any client reported the rule in one of the last six closed 10-second windows. It has `SamplingBoost`
            ///     during a boost. The response has `UnprocessedBoostStatistics` only if the request has reports of
            ///     anomalies.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if there are more than 25 reports, or a name or a `ClientID`
            ///     is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> import time
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> report = {"RuleName": "Default", "ClientID": "0123456789abcdef01234567", "Timestamp": time.time(),
            /// ...           "RequestCount": 100, "SampledCount": 10, "BorrowCount": 1}
            /// >>> response = client.get_sampling_targets(SamplingStatisticsDocuments=[report])
            /// >>> response["SamplingTargetDocuments"]
            /// [{'RuleName': 'Default', 'FixedRate': 0.05}]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetSamplingTargets, and recorded responses of AWS.
            get_sampling_targets "($self, *, SamplingStatisticsDocuments, SamplingBoostStatisticsDocuments=...)"
                crate::sampling::GetSamplingTargets, Recorded;

            /// Return what clients reported about each sampling rule in the last closed 10-second window.
            ///
            /// A window closes one second after its end.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     Ignored. Every response has all rules.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingStatisticSummaries": list of dict, "ResponseMetadata": dict}`, with one summary for
            ///     each rule except Default: `RuleName`, `Timestamp` (datetime, the start of the window),
            ///     `RequestCount`, `SampledCount` and `BorrowCount`. The counts are 0 if the window has no report.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore's parameter validation rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> from fake_xray import FakeXRay
            /// >>> client = FakeXRay().client()
            /// >>> client.get_sampling_statistic_summaries()["SamplingStatisticSummaries"]
            /// []
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetSamplingStatisticSummaries, and recorded responses of AWS.
            get_sampling_statistic_summaries "($self, *, NextToken=...)"
                crate::sampling::GetSamplingStatisticSummaries, Recorded;
        }
    };
}
// The Python front end defines a method for each row.
#[cfg(feature = "python")]
pub(crate) use operations;

macro_rules! rows {
    ($($(#[$doc:meta])* $method:ident $signature:literal $Operation:ty, $evidence:ident;)*) => {
        /// Every supported operation.
        pub static OPERATIONS: &[Row] = &[$(Row::new::<$Operation>(Evidence::$evidence)),*];

        /// The names of the supported operations in the API model.
        pub const NAMES: [&str; <[&str]>::len(&[$(<$Operation>::NAME),*])] = [$(<$Operation>::NAME),*];
    };
}

operations!(rows);
