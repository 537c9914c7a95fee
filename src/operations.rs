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
