//! Sampling: the rules, the statistics that clients report, and the targets that clients receive.
//!
//! docs/fidelity.md lists each rule with its evidence and its test.

mod rules;
mod statistics;
mod targets;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use rules::{CreateSamplingRule, DeleteSamplingRule, GetSamplingRules, SamplingRuleRecord, UpdateSamplingRule};
pub use statistics::GetSamplingStatisticSummaries;
pub use targets::GetSamplingTargets;

use crate::operation::{Moment, Scope};
use crate::shape::Timestamp;
use statistics::Statistics;

/// The name of the rule that exists in every account and Region.
const DEFAULT: &str = "Default";

/// The sampling rules of one account and Region.
#[derive(Clone, Debug, Default)]
pub struct SamplingRules {
    /// The created rules. They are sorted by name, which is the order of lists (recorded).
    custom: BTreeMap<String, Rule>,
    /// The Default rule. It is created when it is first needed, because its ARN depends on the account and Region.
    default: Option<Rule>,
}

/// A sampling rule, together with the statistics that clients reported for it.
#[derive(Clone, Debug)]
struct Rule {
    record: Arc<SamplingRuleRecord>,
    statistics: Statistics,
    /// When the last boost of its rate began.
    boosted: Option<Moment>,
}

impl Rule {
    fn new(record: Arc<SamplingRuleRecord>) -> Self {
        Self { record, statistics: Statistics::default(), boosted: None }
    }
}

impl SamplingRules {
    /// The Default rule.
    fn default_rule(&mut self, scope: &Scope) -> &mut Rule {
        self.default.get_or_insert_with(|| Rule::new(Arc::new(rules::default_record(scope))))
    }

    /// Returns the rule with a name. Names are case-sensitive (assumed).
    fn find(&mut self, name: &str, scope: &Scope) -> Option<&mut Rule> {
        if name == DEFAULT { Some(self.default_rule(scope)) } else { self.custom.get_mut(name) }
    }

    /// When an existing rule was last modified (recorded). It is 0 if only an unmodified Default rule exists (recorded).
    fn last_modification(&self) -> Timestamp {
        let times = self.custom.values().chain(&self.default).map(|rule| rule.record.modified_at.0);
        Timestamp(times.fold(0.0, f64::max))
    }
}
