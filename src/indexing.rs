//! The indexing rules of Transaction Search: `GetIndexingRules`, `UpdateIndexingRule`.
//!
//! Source of the shapes: the API model. Source of the rules: docs/fidelity.md.

#[cfg(test)]
mod tests;

use crate::fault::{Code, Fault};
use crate::operation::{CallContext, Moment, Operation};
use crate::service::State;
use crate::shape::{Text, Timestamp, shape};

/// The name of the only rule, which always exists.
const DEFAULT: &str = "Default";

shape! {
    /// The percentage of spans that X-Ray indexes, from 0 to 100: the desired and the actual one. In the fake, the actual
    /// percentage is always null.
    struct ProbabilisticRuleValue {
        "DesiredSamplingPercentage" desired_sampling_percentage: required f64;
        "ActualSamplingPercentage" actual_sampling_percentage: optional f64;
    }
}

shape! {
    /// The value of an indexing rule.
    union IndexingRuleValue {
        "Probabilistic" probabilistic: optional ProbabilisticRuleValue;
    }
}

shape! {
    /// An indexing rule.
    struct IndexingRule {
        "Name" name: present &'static str where Length(1, 32);
        "ModifiedAt" modified_at: present Timestamp;
        "Rule" rule: present IndexingRuleValue;
    }
}

/// The indexing rule of one account and Region.
#[derive(Clone, Debug)]
pub struct Indexing {
    desired_percentage: f64,
    modified_at: Moment,
}

impl Default for Indexing {
    fn default() -> Self {
        Self { desired_percentage: 1.0, modified_at: Moment::from_seconds(0) }
    }
}

impl Indexing {
    fn rule(&self) -> IndexingRule {
        let value = ProbabilisticRuleValue {
            desired_sampling_percentage: self.desired_percentage,
            actual_sampling_percentage: None,
        };
        IndexingRule {
            name: DEFAULT,
            modified_at: self.modified_at.timestamp(),
            rule: IndexingRuleValue { probabilistic: Some(value) },
        }
    }
}

shape! {
    /// The request of `GetIndexingRules`.
    input struct GetIndexingRulesRequest<'a> {
        "NextToken" next_token: optional Text<'a>;
    }
}

shape! {
    /// The response of `GetIndexingRules`.
    struct GetIndexingRulesResult {
        "IndexingRules" indexing_rules: present Vec<IndexingRule> where Length(1, 10);
        "NextToken" next_token: optional String;
    }
}

/// Lists the indexing rules: only Default, which indexes 1 percent of the spans until it is updated. Rejects any
/// `NextToken` (assumed).
#[derive(Debug)]
pub struct GetIndexingRules;

impl Operation for GetIndexingRules {
    const NAME: &'static str = "GetIndexingRules";
    const PATH: &'static str = "/GetIndexingRules";
    type Request<'a> = GetIndexingRulesRequest<'a>;
    type Response = GetIndexingRulesResult;

    fn run(
        request: GetIndexingRulesRequest<'_>,
        State { indexing, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<GetIndexingRulesResult, Fault> {
        if request.next_token.is_some() {
            return Err(Fault::invalid_request("Next Token not supported"));
        }
        Ok(GetIndexingRulesResult { indexing_rules: vec![indexing.rule()], next_token: None })
    }
}

shape! {
    /// The percentage of spans that X-Ray is to index, from 0 to 100.
    input struct ProbabilisticRuleValueUpdate {
        "DesiredSamplingPercentage" desired_sampling_percentage: required f64;
    }
}

shape! {
    /// The new value of an indexing rule.
    input union IndexingRuleValueUpdate {
        "Probabilistic" probabilistic: optional ProbabilisticRuleValueUpdate;
    }
}

shape! {
    /// The request of `UpdateIndexingRule`.
    input struct UpdateIndexingRuleRequest<'a> {
        "Name" name: required Text<'a>;
        "Rule" rule: required IndexingRuleValueUpdate;
    }
}

shape! {
    /// The response of `UpdateIndexingRule`.
    struct UpdateIndexingRuleResult {
        "IndexingRule" indexing_rule: present IndexingRule;
    }
}

/// Changes the percentage of spans that X-Ray indexes. It may be from 0 to 100, with fractions. `Name` must be `Default`.
#[derive(Debug)]
pub struct UpdateIndexingRule;

impl Operation for UpdateIndexingRule {
    const NAME: &'static str = "UpdateIndexingRule";
    const PATH: &'static str = "/UpdateIndexingRule";
    type Request<'a> = UpdateIndexingRuleRequest<'a>;
    type Response = UpdateIndexingRuleResult;

    fn run(
        request: UpdateIndexingRuleRequest<'_>,
        State { indexing, .. }: &mut State,
        CallContext { now, .. }: CallContext<'_>,
    ) -> Result<UpdateIndexingRuleResult, Fault> {
        if request.name != DEFAULT {
            return Err(Fault {
                resource_name: Some(request.name.into_owned()),
                ..Fault::new(Code::ResourceNotFoundException, "Indexing rule not found")
            });
        }
        let probabilistic =
            request.rule.probabilistic.ok_or_else(|| Fault::invalid_request("Rule must set Probabilistic"))?;
        let desired_percentage = probabilistic.desired_sampling_percentage;
        if !(0.0..=100.0).contains(&desired_percentage) {
            return Err(Fault::invalid_request("DesiredSamplingPercentage must be from 0 to 100"));
        }
        *indexing = Indexing { desired_percentage, modified_at: now };
        Ok(UpdateIndexingRuleResult { indexing_rule: indexing.rule() })
    }
}
