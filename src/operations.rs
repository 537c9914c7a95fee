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

            /// Return how the account's traces are encrypted in the Region.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING" or "ACTIVE", "Type": "NONE" or "KMS"},
            ///     "ResponseMetadata": dict}`. `KeyId` is there only with the type KMS.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_encryption_config()["EncryptionConfig"]
            /// {'Status': 'ACTIVE', 'Type': 'NONE'}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetEncryptionConfig; not recorded.
            get_encryption_config "($self)"
                crate::encryption::GetEncryptionConfig, Documented;

            /// Change how the account's traces are encrypted in the Region.
            ///
            /// Parameters
            /// ----------
            /// Type : str
            ///     "NONE" for the default encryption, or "KMS" for a key of your own.
            /// KeyId : str, optional
            ///     The key, with the type KMS only: its ARN, its id, or an alias such as "alias/aws/xray".
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"EncryptionConfig": {"KeyId": str, "Status": "UPDATING", "Type": str}, "ResponseMetadata": dict}`.
            ///     `KeyId` is always the ARN of a key; an alias has the same generated key each time.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the type KMS has no key, or the type NONE has one, or the key is the ARN of something else.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, for any other type.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.put_encryption_config(Type="KMS", KeyId="alias/aws/xray")
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, PutEncryptionConfig; not recorded.
            put_encryption_config "($self, *, Type, KeyId=...)"
                crate::encryption::PutEncryptionConfig, Documented;

            /// List the indexing rules of Transaction Search. The only one is `Default`.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     There is only one page: any token is rejected.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"IndexingRules": [{"Name": "Default", "ModifiedAt": datetime, "Rule": {"Probabilistic":
            ///     {"DesiredSamplingPercentage": float}}}], "ResponseMetadata": dict}`. The percentage is 1 at first.
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
            /// >>> client.get_indexing_rules()["IndexingRules"][0]["Rule"]
            /// {'Probabilistic': {'DesiredSamplingPercentage': 1.0}}
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetIndexingRules; one response is recorded.
            get_indexing_rules "($self, *, NextToken=...)"
                crate::indexing::GetIndexingRules, Documented;

            /// Change the percentage of spans that Transaction Search indexes.
            ///
            /// Parameters
            /// ----------
            /// Name : str
            ///     "Default".
            /// Rule : dict
            ///     `{"Probabilistic": {"DesiredSamplingPercentage": float}}`, from 0 to 100.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"IndexingRule": {"Name": str, "ModifiedAt": datetime, "Rule": dict}, "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// ResourceNotFoundException
            ///     If there is no rule of that name.
            /// InvalidRequestException
            ///     If the percentage is out of range.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.update_indexing_rule(
            /// ...     Name="Default", Rule={"Probabilistic": {"DesiredSamplingPercentage": 5}}
            /// ... )
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateIndexingRule; not recorded.
            update_indexing_rule "($self, *, Name, Rule)"
                crate::indexing::UpdateIndexingRule, Documented;

            /// Return where the account's trace segments go in the Region.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Destination": "XRay" or "CloudWatchLogs", "Status": "PENDING" or "ACTIVE", "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_trace_segment_destination()["Destination"]
            /// 'XRay'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetTraceSegmentDestination; recorded.
            get_trace_segment_destination "($self)"
                crate::destination::GetTraceSegmentDestination, Recorded;

            /// Change where the account's trace segments go in the Region.
            ///
            /// Parameters
            /// ----------
            /// Destination : str
            ///     "XRay", or "CloudWatchLogs" for Transaction Search. boto3 does not require it, AWS does.
            /// CloudWatchLogsConfiguration : dict, optional
            ///     `{"SpansLogGroupKmsKeyId": str}`: the ARN of the KMS key of the log group `aws/spans`, which X-Ray
            ///     creates with the first change to "CloudWatchLogs". Allowed only with that change.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"Destination": str, "Status": "PENDING", "ResponseMetadata": dict}`. The fake's destination is active
            ///     at once, so the next `get_trace_segment_destination` returns ACTIVE; an activation delay changes that.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the destination is missing or is set already, the last change is pending, or the configuration is
            ///     not allowed.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, for any other destination. With the code `AccessDeniedException`,
            ///     if CloudWatch Logs does not let X-Ray write spans; by default the fake assumes that it does.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.update_trace_segment_destination(Destination="CloudWatchLogs")["Status"]
            /// 'PENDING'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateTraceSegmentDestination; errors that users of AWS report.
            update_trace_segment_destination "($self, *, Destination=..., CloudWatchLogsConfiguration=...)"
                crate::destination::UpdateTraceSegmentDestination, Documented;

            /// Return an insight. Only AWS creates insights; tests add them with `FakeXRay.add_insight`.
            ///
            /// Parameters
            /// ----------
            /// InsightId : str
            ///     A UUID.
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
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_insight(InsightId=fake.add_insight(root_cause="orders"))["Insight"]["State"]
            /// 'ACTIVE'
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsight; not recorded.
            get_insight "($self, *, InsightId)"
                crate::insights::GetInsight, Documented;

            /// List the events of an insight, the oldest first.
            ///
            /// Parameters
            /// ----------
            /// InsightId : str
            ///     A UUID.
            /// MaxResults : int, optional
            ///     How many events a page has, from 1 to 50. Defaults to 50.
            /// NextToken : str, optional
            ///     The token of the page, from the previous response.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"InsightEvents": [{"Summary": str, "EventTime": datetime, "ClientRequestImpactStatistics": dict,
            ///     "RootCauseServiceRequestImpactStatistics": dict, "TopAnomalousServices": list of dict}],
            ///     "NextToken": str, "ResponseMetadata": dict}`. The last page has no token.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the insight does not exist, or the token is not one of a previous response.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the id is not a UUID or `MaxResults` is too large.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> [event["Summary"] for event in client.get_insight_events(InsightId=insight_id)["InsightEvents"]]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsightEvents; not recorded.
            get_insight_events "($self, *, InsightId, MaxResults=..., NextToken=...)"
                crate::insights::GetInsightEvents, Documented;

            /// Return the services that an insight concerns, without statistics.
            ///
            /// Parameters
            /// ----------
            /// InsightId : str
            ///     A UUID.
            /// StartTime : datetime, str, int or float
            ///     The start of the range, at most 30 days ago.
            /// EndTime : datetime, str, int or float
            ///     The end of the range, at most six hours later. The range excludes it.
            /// NextToken : str, optional
            ///     There is only one page: any token is rejected.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"InsightId": str, "StartTime": datetime, "EndTime": datetime, "ServiceGraphStartTime": datetime,
            ///     "ServiceGraphEndTime": datetime, "Services": [{"ReferenceId": int, "Type": str, "Name": str, "Names":
            ///     list of str, "AccountId": str, "Edges": [{"ReferenceId": int}]}], "ResponseMetadata": dict}`. There
            ///     are no services if the insight was not open in the range.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the insight does not exist, the range is too old or too long or ends before it starts, or a token is
            ///     given.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if the id is not a UUID.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_insight_impact_graph(InsightId=insight_id, StartTime=start, EndTime=end)["Services"]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsightImpactGraph; not recorded.
            get_insight_impact_graph "($self, *, InsightId, StartTime, EndTime, NextToken=...)"
                crate::insights::GetInsightImpactGraph, Documented;

            /// List the insights of a group that were open at some time in a range, the oldest first.
            ///
            /// Parameters
            /// ----------
            /// StartTime : datetime, str, int or float
            ///     The start of the range, at most 30 days ago.
            /// EndTime : datetime, str, int or float
            ///     The end of the range, inclusive.
            /// GroupName : str, optional
            ///     The name of the group. Pass either this or `GroupARN`.
            /// GroupARN : str, optional
            ///     The ARN of the group.
            /// States : list of str, optional
            ///     At most one of "ACTIVE" and "CLOSED". By default, insights of both states are listed.
            /// MaxResults : int, optional
            ///     How many insights a page has, from 1 to 100. Defaults to 100.
            /// NextToken : str, optional
            ///     The token of the page, from the previous response.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"InsightSummaries": list of dict, "NextToken": str, "ResponseMetadata": dict}`. Each insight is as
            ///     `get_insight` returns it, with "LastUpdateTime": datetime. The last page has no token.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the group does not exist, both or neither of its name and ARN are given, the range is too old or
            ///     ends before it starts, or the token is not one of a previous response.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, for another state, two states, or too large a `MaxResults`.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_insight_summaries(GroupName="Default", StartTime=start, EndTime=end)
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetInsightSummaries; not recorded.
            get_insight_summaries
                "($self, *, StartTime, EndTime, GroupName=..., GroupARN=..., States=..., MaxResults=..., NextToken=...)"
                crate::insights::GetInsightSummaries, Documented;

            /// Create a sampling rule.
            ///
            /// Parameters
            /// ----------
            /// SamplingRule : dict
            ///     The rule. Required members: `ResourceARN`, `ServiceName`, `ServiceType`, `Host`, `HTTPMethod` and
            ///     `URLPath` (str, the patterns that a request must match), `Priority` (int, 1 to 9999; the lowest
            ///     matches first), `FixedRate` (float, 0 to 1), `ReservoirSize` (int, requests per second) and
            ///     `Version` (1). Name the rule with either `RuleName` (str, 1 to 32 characters) or `RuleARN` (str).
            ///     Optional: `Attributes` (dict of str, at most 5; defaults to none) and `SamplingRateBoost` (dict of
            ///     `MaxRate`, float, 0 to 1, and `CooldownWindowMinutes`, int, at least 1; defaults to no boost).
            /// Tags : list of dict, optional
            ///     Tags for the rule, each `{"Key": str, "Value": str}`. Defaults to none.
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
            ///     If a rule of this name exists, `Version` is not 1, or the rule has both or neither of `RuleName` and
            ///     `RuleARN`.
            /// RuleLimitExceededException
            ///     If the account already has as many rules in the Region as the fake allows.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if a value is out of range or too long. With the code
            ///     `InternalFailure`, if `CooldownWindowMinutes` is 0.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> rule = {"RuleName": "checkout", "Priority": 100, "FixedRate": 0.5, "ReservoirSize": 1, "Version": 1,
            /// ...         "ServiceName": "shop", "ServiceType": "*", "Host": "*", "HTTPMethod": "POST",
            /// ...         "URLPath": "/checkout", "ResourceARN": "*"}
            /// >>> client.create_sampling_rule(SamplingRule=rule)
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, CreateSamplingRule; recorded.
            create_sampling_rule "($self, *, SamplingRule, Tags=...)"
                crate::sampling::CreateSamplingRule, Recorded;

            /// List all sampling rules by name, with Default last.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     X-Ray ignores it: every response lists all rules.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecords": list of dict, "ResponseMetadata": dict}`
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> records = client.get_sampling_rules()["SamplingRuleRecords"]
            /// >>> [record["SamplingRule"]["RuleName"] for record in records]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetSamplingRules; recorded.
            get_sampling_rules "($self, *, NextToken=...)"
                crate::sampling::GetSamplingRules, Recorded;

            /// Change a sampling rule.
            ///
            /// Parameters
            /// ----------
            /// SamplingRuleUpdate : dict
            ///     The members to change, named as in `create_sampling_rule`, except that `Version` cannot change.
            ///     Select the rule with either `RuleName` or `RuleARN`. Members that you leave out stay as they are,
            ///     except for `SamplingRateBoost`, which is removed.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the whole rule. `ModifiedAt` moves
            ///     even if nothing changes.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the rule does not exist, a number is out of range, the update has both or neither of `RuleName`
            ///     and `RuleARN`, or it changes more of Default than `FixedRate` and `ReservoirSize`.
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if a string is too long or there are too many attributes.
            ///     With the code `InternalFailure`, if `CooldownWindowMinutes` is 0.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.update_sampling_rule(SamplingRuleUpdate={"RuleName": "checkout", "FixedRate": 0.1})
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, UpdateSamplingRule; recorded.
            update_sampling_rule "($self, *, SamplingRuleUpdate)"
                crate::sampling::UpdateSamplingRule, Recorded;

            /// Delete a sampling rule with its tags and statistics.
            ///
            /// Parameters
            /// ----------
            /// RuleName : str, optional
            ///     The rule's name. Give either `RuleName` or `RuleARN`.
            /// RuleARN : str, optional
            ///     The rule's ARN.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingRuleRecord": dict, "ResponseMetadata": dict}`, with the rule as it was.
            ///
            /// Raises
            /// ------
            /// InvalidRequestException
            ///     If the rule does not exist or is Default, or if the request has both or neither of `RuleName` and
            ///     `RuleARN`.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.delete_sampling_rule(RuleName="checkout")
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, DeleteSamplingRule; recorded.
            delete_sampling_rule "($self, *, RuleName=..., RuleARN=...)"
                crate::sampling::DeleteSamplingRule, Recorded;

            /// Report what a client sampled by each rule, and get the targets for its next requests.
            ///
            /// Parameters
            /// ----------
            /// SamplingStatisticsDocuments : list of dict
            ///     At most 25 reports, each with `RuleName` (str), `ClientID` (str, 24 characters), `Timestamp`
            ///     (datetime), `RequestCount` (int), `SampledCount` (int) and optionally `BorrowCount` (int, defaults
            ///     to 0).
            /// SamplingBoostStatisticsDocuments : list of dict, optional
            ///     At most 25 reports of anomalies, each with `RuleName`, `ServiceName`, `Timestamp`, `AnomalyCount`,
            ///     `TotalCount` and `SampledAnomalyCount`. Defaults to none.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingTargetDocuments": list of dict, "LastRuleModification": datetime,
            ///     "UnprocessedStatistics": list of dict, "ResponseMetadata": dict}`, with one target for each report
            ///     of a rule that exists. A target always has `RuleName` and `FixedRate`. It has `ReservoirQuota`,
            ///     `ReservoirQuotaTTL` and `Interval` only if a report of the rule, by any client, is in one of the
            ///     last six closed 10-second windows. It has `SamplingBoost` during a boost.
            ///     `UnprocessedBoostStatistics` is there if you sent reports of anomalies.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ClientError
            ///     With the code `ValidationException`, if there are more than 25 reports, or a name or a `ClientID`
            ///     is too long.
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> report = {"RuleName": "checkout", "ClientID": "0123456789abcdef01234567", "Timestamp": time.time(),
            /// ...           "RequestCount": 100, "SampledCount": 10, "BorrowCount": 1}
            /// >>> client.get_sampling_targets(SamplingStatisticsDocuments=[report])["SamplingTargetDocuments"]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetSamplingTargets; recorded.
            get_sampling_targets "($self, *, SamplingStatisticsDocuments, SamplingBoostStatisticsDocuments=...)"
                crate::sampling::GetSamplingTargets, Recorded;

            /// Show what clients reported about each sampling rule in the last closed 10-second window.
            ///
            /// Parameters
            /// ----------
            /// NextToken : str, optional
            ///     X-Ray ignores it: every response has all rules.
            ///
            /// Returns
            /// -------
            /// dict
            ///     `{"SamplingStatisticSummaries": list of dict, "ResponseMetadata": dict}`, with one summary for
            ///     each rule except Default: `RuleName`, `Timestamp` (datetime, the start of the window),
            ///     `RequestCount`, `SampledCount` and `BorrowCount`. Without a report in the window, the counts are
            ///     0.
            ///
            /// Raises
            /// ------
            /// botocore.exceptions.ParamValidationError
            ///     If botocore rejects the arguments.
            ///
            /// Examples
            /// --------
            /// >>> client.get_sampling_statistic_summaries()["SamplingStatisticSummaries"]
            ///
            /// Notes
            /// -----
            /// Source: AWS X-Ray API Reference, GetSamplingStatisticSummaries; recorded.
            get_sampling_statistic_summaries "($self, *, NextToken=...)"
                crate::sampling::GetSamplingStatisticSummaries, Recorded;
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
