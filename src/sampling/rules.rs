//! The operations on sampling rules: `CreateSamplingRule`, `GetSamplingRules`, `UpdateSamplingRule`, `DeleteSamplingRule`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DEFAULT, Rule};
use crate::fault::{Code, Fault};
use crate::operation::{CallContext, Operation, Scope};
use crate::service::State;
use crate::shape::{Text, Timestamp, shape};
use crate::tags::Tag;

/// The maximum length of a rule's name, in UTF-16 code units.
const LONGEST_NAME: usize = 32;

shape! {
    /// A sampling rule: which requests it matches, and how many of them are sampled. In each second, the first
    /// `ReservoirSize` requests are sampled. `FixedRate`, from 0 to 1, is the fraction of the other requests that
    /// is sampled. Rules are applied in the order of `Priority`, from 1 to 9999. `Version` must be 1.
    input struct SamplingRule {
        "RuleName" rule_name: optional String where Length(1, LONGEST_NAME);
        "RuleARN" rule_arn: optional String;
        "ResourceARN" resource_arn: required String where Length(0, 500);
        "Priority" priority: required i32 where Between(1, 9999);
        "FixedRate" fixed_rate: required f64 where Between(0, 1);
        "ReservoirSize" reservoir_size: required i32 where AtLeast(0);
        "ServiceName" service_name: required String where Length(0, 64);
        "ServiceType" service_type: required String where Length(0, 64);
        "Host" host: required String where Length(0, 64);
        "HTTPMethod" http_method: required String where Length(0, 10);
        "URLPath" url_path: required String where Length(0, 128);
        "Version" version: required i32 where AtLeast(1);
        "Attributes" attributes: optional BTreeMap<String, String> where
            Length(0, 5), Keys(&[Length(1, 32)]), Values(&[Length(1, 32)]);
        "SamplingRateBoost" sampling_rate_boost: omitted SamplingRateBoost;
    }
}

shape! {
    /// How far X-Ray may raise the rate of a rule while there are anomalies. `MaxRate` is the highest rate, from 0 to
    /// 1. A boost begins at most once in `CooldownWindowMinutes`.
    input struct SamplingRateBoost {
        "MaxRate" max_rate: lenient f64 where Between(0, 1);
        "CooldownWindowMinutes" cooldown_window_minutes: lenient i32 where AtLeast(0);
    }
}

impl SamplingRateBoost {
    /// Rejects a boost for which the real service returns an `InternalFailure`.
    ///
    /// # Errors
    /// If a member is missing or the cooldown is 0. Recorded: updates with a cooldown of 0 or an empty boost. Assumed:
    /// creations, and boosts with one member missing.
    fn check(&self) -> Result<(), Fault> {
        match (self.max_rate, self.cooldown_window_minutes) {
            (Some(_), Some(1..)) => Ok(()),
            _ => Err(Fault::without_message(
                Code::InternalFailure,
                "X-Ray responds with HTTP 500 unless SamplingRateBoost has a MaxRate and a CooldownWindowMinutes of at \
                 least 1",
            )),
        }
    }
}

shape! {
    /// A stored sampling rule.
    struct SamplingRuleRecord {
        "SamplingRule" sampling_rule: present SamplingRule;
        "CreatedAt" created_at: present Timestamp;
        "ModifiedAt" modified_at: present Timestamp;
    }
}

/// The Default rule, as it is before any update (recorded).
pub(super) fn default_record(scope: &Scope) -> SamplingRuleRecord {
    let any = || "*".to_owned();
    SamplingRuleRecord {
        sampling_rule: SamplingRule {
            rule_name: Some(DEFAULT.to_owned()),
            rule_arn: Some(arn_of(DEFAULT, scope)),
            resource_arn: any(),
            priority: 10_000,
            fixed_rate: 0.05,
            reservoir_size: 1,
            service_name: any(),
            service_type: any(),
            host: any(),
            http_method: any(),
            url_path: any(),
            version: 1,
            attributes: Some(BTreeMap::new()),
            sampling_rate_boost: None,
        },
        created_at: Timestamp::from_seconds(0),
        modified_at: Timestamp::from_seconds(0),
    }
}

fn arn_of(name: &str, scope: &Scope) -> String {
    scope.arn(&format!("sampling-rule/{name}"))
}

/// Returns the name of the rule that a request selects, or `None` if the ARN in the request does not belong to this account
/// and Region.
///
/// # Errors
/// If the request has both a name and an ARN, even for the same rule, or neither (recorded; assumed for a creation with
/// neither).
fn selected<'a>(name: Option<&'a str>, arn: Option<&'a str>, scope: &Scope) -> Result<Option<&'a str>, Fault> {
    match (name, arn) {
        (Some(_), Some(_)) => {
            Err(Fault::invalid_request("Request cannot contain both sampling rule name and sampling rule ARN"))
        }
        (None, None) => {
            Err(Fault::invalid_request("Request must contain either sampling rule name or sampling rule ARN"))
        }
        (Some(name), None) => Ok(Some(name)),
        (None, Some(arn)) => Ok(arn.strip_prefix(&arn_of("", scope))),
    }
}

fn missing() -> Fault {
    Fault::invalid_request("Sampling rule does not exist")
}

shape! {
    /// The request of `CreateSamplingRule`.
    input struct CreateSamplingRuleRequest {
        "SamplingRule" sampling_rule: required SamplingRule;
        "Tags" tags: optional Vec<Tag> where Length(0, 200);
    }
}

shape! {
    /// The response of `CreateSamplingRule`.
    struct CreateSamplingRuleResult {
        "SamplingRuleRecord" sampling_rule_record: present Arc<SamplingRuleRecord>;
    }
}

/// Creates a sampling rule.
///
/// The request has either `RuleName`, 1 to 32 characters, or `RuleARN`. An account has at most
/// [`Settings::rule_limit`](crate::operation::Settings) rules in a Region, by default 25, not counting Default.
#[derive(Debug)]
pub struct CreateSamplingRule;

impl Operation for CreateSamplingRule {
    const NAME: &'static str = "CreateSamplingRule";
    const PATH: &'static str = "/CreateSamplingRule";
    type Request<'a> = CreateSamplingRuleRequest;
    type Response = CreateSamplingRuleResult;

    fn run(
        CreateSamplingRuleRequest { sampling_rule: rule, tags }: CreateSamplingRuleRequest,
        state: &mut State,
        CallContext { caller, now, settings }: CallContext<'_>,
    ) -> Result<CreateSamplingRuleResult, Fault> {
        let scope = &caller.scope;
        let rules = &mut state.sampling_rules;
        let name = selected(rule.rule_name.as_deref(), rule.rule_arn.as_deref(), scope)?
            .filter(|name| (1..=LONGEST_NAME).contains(&name.encode_utf16().count()))
            .ok_or_else(|| Fault::invalid_request("Invalid sampling rule ARN"))?
            .to_owned();
        if rule.version != 1 {
            return Err(Fault::invalid_request("Sampling rule version must be 1"));
        }
        if rules.find(&name, scope).is_some() {
            return Err(Fault::invalid_request("Sampling rule already exists"));
        }
        if rules.custom.len() >= settings.rule_limit {
            return Err(too_many(settings.rule_limit));
        }
        rule.sampling_rate_boost.as_ref().map_or(Ok(()), SamplingRateBoost::check)?;
        let arn = arn_of(&name, scope);
        state.tags.add_resource(arn.clone(), tags)?;
        let record = Arc::new(SamplingRuleRecord {
            sampling_rule: SamplingRule {
                rule_name: Some(name.clone()),
                rule_arn: Some(arn),
                attributes: Some(rule.attributes.unwrap_or_default()),
                ..rule
            },
            created_at: now.timestamp(),
            modified_at: now.timestamp(),
        });
        rules.custom.insert(name, Rule::new(Arc::clone(&record)));
        Ok(CreateSamplingRuleResult { sampling_rule_record: record })
    }
}

fn too_many(limit: usize) -> Fault {
    Fault::new(
        Code::RuleLimitExceededException,
        format!("The account already has {limit} sampling rules in this Region, which is the limit."),
    )
    .with_limit_argument("rule_limit")
}

shape! {
    /// The request of `GetSamplingRules`.
    input struct GetSamplingRulesRequest {
        "NextToken" next_token: optional String;
    }
}

shape! {
    /// The response of `GetSamplingRules`.
    struct GetSamplingRulesResult {
        "SamplingRuleRecords" sampling_rule_records: present Vec<Arc<SamplingRuleRecord>>;
        "NextToken" next_token: optional String;
    }
}

/// Lists all rules in the order of their names, except that Default is last. `NextToken` is ignored (recorded).
#[derive(Debug)]
pub struct GetSamplingRules;

impl Operation for GetSamplingRules {
    const NAME: &'static str = "GetSamplingRules";
    const PATH: &'static str = "/GetSamplingRules";
    type Request<'a> = GetSamplingRulesRequest;
    type Response = GetSamplingRulesResult;

    fn run(
        _: GetSamplingRulesRequest,
        State { sampling_rules: rules, .. }: &mut State,
        CallContext { caller, .. }: CallContext<'_>,
    ) -> Result<GetSamplingRulesResult, Fault> {
        let default = Arc::clone(&rules.default_rule(&caller.scope).record);
        let custom = rules.custom.values().map(|rule| Arc::clone(&rule.record));
        Ok(GetSamplingRulesResult { sampling_rule_records: custom.chain([default]).collect(), next_token: None })
    }
}

shape! {
    /// The changes of a rule. The API model declares no ranges for the numbers, but the service checks them.
    input struct SamplingRuleUpdate<'a> {
        "RuleName" rule_name: optional Text<'a> where Length(1, LONGEST_NAME);
        "RuleARN" rule_arn: optional Text<'a>;
        "ResourceARN" resource_arn: optional String where Length(0, 500);
        "Priority" priority: optional i32;
        "FixedRate" fixed_rate: optional f64;
        "ReservoirSize" reservoir_size: optional i32;
        "Host" host: optional String where Length(0, 64);
        "ServiceName" service_name: optional String where Length(0, 64);
        "ServiceType" service_type: optional String where Length(0, 64);
        "HTTPMethod" http_method: optional String where Length(0, 10);
        "URLPath" url_path: optional String where Length(0, 128);
        "Attributes" attributes: optional BTreeMap<String, String> where
            Length(0, 5), Keys(&[Length(1, 32)]), Values(&[Length(1, 32)]);
        "SamplingRateBoost" sampling_rate_boost: optional SamplingRateBoost;
    }
}

shape! {
    /// The request of `UpdateSamplingRule`.
    input struct UpdateSamplingRuleRequest<'a> {
        "SamplingRuleUpdate" sampling_rule_update: required SamplingRuleUpdate<'a>;
    }
}

shape! {
    /// The response of `UpdateSamplingRule`.
    struct UpdateSamplingRuleResult {
        "SamplingRuleRecord" sampling_rule_record: present Arc<SamplingRuleRecord>;
    }
}

/// Changes a rule. Members that are missing from the update are unchanged, except for the boost: an update without a
/// `SamplingRateBoost` removes it (recorded). Of the Default rule, only `FixedRate` and `ReservoirSize` can be changed.
#[derive(Debug)]
pub struct UpdateSamplingRule;

impl Operation for UpdateSamplingRule {
    const NAME: &'static str = "UpdateSamplingRule";
    const PATH: &'static str = "/UpdateSamplingRule";
    type Request<'a> = UpdateSamplingRuleRequest<'a>;
    type Response = UpdateSamplingRuleResult;

    fn run(
        UpdateSamplingRuleRequest { sampling_rule_update: update }: UpdateSamplingRuleRequest<'_>,
        State { sampling_rules: rules, .. }: &mut State,
        CallContext { caller, now, .. }: CallContext<'_>,
    ) -> Result<UpdateSamplingRuleResult, Fault> {
        let name = selected(update.rule_name.as_deref(), update.rule_arn.as_deref(), &caller.scope)?;
        let name = name.ok_or_else(missing)?;
        let rule = rules.find(name, &caller.scope).ok_or_else(missing)?;
        if name == DEFAULT && !update.is_allowed_for_default() {
            return Err(Fault::invalid_request("Invalid update request for default sampling rule"));
        }
        if !update.is_in_range() {
            return Err(Fault::invalid_request("Invalid update request for sampling rule"));
        }
        update.sampling_rate_boost.as_ref().map_or(Ok(()), SamplingRateBoost::check)?;
        let record = Arc::make_mut(&mut rule.record);
        record.modified_at = now.timestamp();
        update.apply(&mut record.sampling_rule);
        Ok(UpdateSamplingRuleResult { sampling_rule_record: Arc::clone(&rule.record) })
    }
}

impl SamplingRuleUpdate<'_> {
    /// Whether the update changes nothing but the rate and the reservoir, which are all that can change of Default
    /// (documented).
    fn is_allowed_for_default(&self) -> bool {
        let texts = [&self.resource_arn, &self.host, &self.service_name, &self.service_type, &self.http_method];
        texts.iter().all(|text| text.is_none())
            && self.url_path.is_none()
            && self.priority.is_none()
            && self.attributes.is_none()
            && self.sampling_rate_boost.is_none()
    }

    /// Whether the numbers are in the ranges that apply to a creation (recorded for the priority).
    fn is_in_range(&self) -> bool {
        self.priority.is_none_or(|priority| (1..=9999).contains(&priority))
            && self.fixed_rate.is_none_or(|rate| (0.0..=1.0).contains(&rate))
            && self.reservoir_size.is_none_or(|size| size >= 0)
    }

    fn apply(self, rule: &mut SamplingRule) {
        fn set<T>(member: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *member = value;
            }
        }
        set(&mut rule.resource_arn, self.resource_arn);
        set(&mut rule.priority, self.priority);
        set(&mut rule.fixed_rate, self.fixed_rate);
        set(&mut rule.reservoir_size, self.reservoir_size);
        set(&mut rule.host, self.host);
        set(&mut rule.service_name, self.service_name);
        set(&mut rule.service_type, self.service_type);
        set(&mut rule.http_method, self.http_method);
        set(&mut rule.url_path, self.url_path);
        if self.attributes.is_some() {
            rule.attributes = self.attributes;
        }
        rule.sampling_rate_boost = self.sampling_rate_boost;
    }
}

shape! {
    /// The request of `DeleteSamplingRule`.
    input struct DeleteSamplingRuleRequest<'a> {
        "RuleName" rule_name: optional Text<'a>;
        "RuleARN" rule_arn: optional Text<'a>;
    }
}

shape! {
    /// The response of `DeleteSamplingRule`.
    struct DeleteSamplingRuleResult {
        "SamplingRuleRecord" sampling_rule_record: present Arc<SamplingRuleRecord>;
    }
}

/// Deletes a rule with its tags and statistics, and returns the deleted rule (recorded). Default cannot be deleted.
#[derive(Debug)]
pub struct DeleteSamplingRule;

impl Operation for DeleteSamplingRule {
    const NAME: &'static str = "DeleteSamplingRule";
    const PATH: &'static str = "/DeleteSamplingRule";
    type Request<'a> = DeleteSamplingRuleRequest<'a>;
    type Response = DeleteSamplingRuleResult;

    fn run(
        request: DeleteSamplingRuleRequest<'_>,
        state: &mut State,
        CallContext { caller, .. }: CallContext<'_>,
    ) -> Result<DeleteSamplingRuleResult, Fault> {
        let name = selected(request.rule_name.as_deref(), request.rule_arn.as_deref(), &caller.scope)?;
        let name = name.ok_or_else(missing)?;
        if name == DEFAULT {
            return Err(Fault::invalid_request("Default sampling rule cannot be deleted"));
        }
        let rule = state.sampling_rules.custom.remove(name).ok_or_else(missing)?;
        state.tags.remove_resource(&arn_of(name, &caller.scope));
        Ok(DeleteSamplingRuleResult { sampling_rule_record: rule.record })
    }
}
