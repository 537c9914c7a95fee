//! Sampling: the rules, the targets that clients ask for, and the statistics that they report.
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

/// The name of the rule that exists without being created.
const DEFAULT: &str = "Default";

/// The sampling rules of one account and Region.
#[derive(Clone, Debug, Default)]
pub struct SamplingRules {
    /// By name, which is the order in which they are listed (recorded).
    custom: BTreeMap<String, Rule>,
    /// Created when it is first needed, since its ARN depends on the account and Region.
    default: Option<Rule>,
}

/// A sampling rule with what clients reported about it.
#[derive(Clone, Debug)]
struct Rule {
    record: Arc<SamplingRuleRecord>,
    statistics: Statistics,
    /// When its last boost began.
    boosted: Option<Moment>,
}

impl Rule {
    fn new(record: Arc<SamplingRuleRecord>) -> Self {
        Self { record, statistics: Statistics::default(), boosted: None }
    }
}

impl SamplingRules {
    /// The rule that exists without being created.
    fn default_rule(&mut self, scope: &Scope) -> &mut Rule {
        self.default.get_or_insert_with(|| Rule::new(Arc::new(rules::default_record(scope))))
    }

    /// The rule of a name. Names are case-sensitive (assumed).
    fn find(&mut self, name: &str, scope: &Scope) -> Option<&mut Rule> {
        if name == DEFAULT { Some(self.default_rule(scope)) } else { self.custom.get_mut(name) }
    }

    /// When a rule that exists was last modified (recorded). With only an untouched Default it is 0 (recorded).
    fn last_modification(&self) -> Timestamp {
        let times = self.custom.values().chain(&self.default).map(|rule| rule.record.modified_at.0);
        Timestamp(times.fold(0.0, f64::max))
    }
}
