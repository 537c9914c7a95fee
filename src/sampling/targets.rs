//! `GetSamplingTargets`: clients report what they sampled and learn how much more to sample.

use super::Rule;
use super::statistics::WINDOW;
use crate::fault::Fault;
use crate::operation::{Circumstances, Moment, Operation};
use crate::service::State;
use crate::shape::{Text, Timestamp, shape};

/// For how many seconds a quota is valid (recorded).
const QUOTA_LIFETIME: i64 = 300;

/// For how many seconds the rate of a boost is valid (recorded).
const BOOST_RATE_LIFETIME: i64 = 20;

/// How long a boost lasts, in milliseconds (documented: up to 1 minute).
const BOOST_LENGTH: i64 = 60_000;

shape! {
    /// What a client sampled by one rule.
    input struct SamplingStatisticsDocument {
        "RuleName" rule_name: required String where Length(1, 32);
        "ClientID" client_id: required String where Length(24, 24);
        "Timestamp" timestamp: required Timestamp;
        "RequestCount" request_count: lenient i32 where AtLeast(0);
        "SampledCount" sampled_count: lenient i32 where AtLeast(0);
        "BorrowCount" borrow_count: optional i32 where AtLeast(0);
    }
}

shape! {
    /// The anomalies that a service saw in requests that match one rule.
    input struct SamplingBoostStatisticsDocument<'a> {
        "RuleName" rule_name: required String where Length(1, 32);
        "ServiceName" service_name: required Text<'a> where Length(0, 64);
        "Timestamp" timestamp: required Timestamp;
        "AnomalyCount" anomaly_count: lenient i32 where AtLeast(0);
        "TotalCount" total_count: lenient i32 where AtLeast(0);
        "SampledAnomalyCount" sampled_anomaly_count: lenient i32 where AtLeast(0);
    }
}

shape! {
    /// The request of `GetSamplingTargets`.
    input struct GetSamplingTargetsRequest<'a> {
        "SamplingStatisticsDocuments" documents: required Vec<SamplingStatisticsDocument> where Length(0, 25);
        "SamplingBoostStatisticsDocuments" boost_documents:
            optional Vec<SamplingBoostStatisticsDocument<'a>> where Length(0, 25);
    }
}

shape! {
    /// A raised rate of a rule.
    struct SamplingBoost {
        "BoostRate" boost_rate: required f64;
        "BoostRateTTL" boost_rate_ttl: required Timestamp;
    }
}

shape! {
    /// How a client is to sample by a rule.
    struct SamplingTargetDocument {
        "RuleName" rule_name: present String;
        "FixedRate" fixed_rate: present f64;
        "ReservoirQuota" reservoir_quota: optional i32;
        "ReservoirQuotaTTL" reservoir_quota_ttl: optional Timestamp;
        "Interval" interval: optional i32;
        "SamplingBoost" sampling_boost: omitted SamplingBoost;
    }
}

shape! {
    /// A report that the service did not take.
    struct UnprocessedStatistics {
        "RuleName" rule_name: present String;
        "ErrorCode" error_code: present &'static str;
        "Message" message: present &'static str;
    }
}

shape! {
    /// The response of `GetSamplingTargets`.
    struct GetSamplingTargetsResult {
        "SamplingTargetDocuments" sampling_target_documents: present Vec<SamplingTargetDocument>;
        "LastRuleModification" last_rule_modification: present Timestamp;
        "UnprocessedStatistics" unprocessed_statistics: present Vec<UnprocessedStatistics>;
        "UnprocessedBoostStatistics" unprocessed_boost_statistics: omitted Vec<UnprocessedStatistics>;
    }
}

/// Stores reports and responds with a target for each, in their order.
#[derive(Debug)]
pub struct GetSamplingTargets;

impl Operation for GetSamplingTargets {
    const NAME: &'static str = "GetSamplingTargets";
    const PATH: &'static str = "/SamplingTargets";
    type Request<'a> = GetSamplingTargetsRequest<'a>;
    type Response = GetSamplingTargetsResult;

    fn run(
        GetSamplingTargetsRequest { documents, boost_documents }: GetSamplingTargetsRequest<'_>,
        State { sampling_rules: rules, .. }: &mut State,
        Circumstances { caller, now, .. }: Circumstances<'_>,
    ) -> Result<GetSamplingTargetsResult, Fault> {
        let unprocessed_boost_statistics = boost_documents.map(|documents| {
            let mut unprocessed = Vec::new();
            for document in documents {
                match rules.find(&document.rule_name, &caller.scope) {
                    Some(rule) => rule.report_anomalies(&document, now),
                    None => unprocessed.push(unknown_rule(document.rule_name)),
                }
            }
            unprocessed
        });
        let mut targets = Vec::with_capacity(documents.len());
        let mut unprocessed = Vec::new();
        for document in documents {
            match rules.find(&document.rule_name, &caller.scope) {
                Some(rule) => {
                    rule.statistics.report(&document, now);
                    targets.push(rule.target(document.rule_name, now));
                }
                None => unprocessed.push(unknown_rule(document.rule_name)),
            }
        }
        Ok(GetSamplingTargetsResult {
            sampling_target_documents: targets,
            last_rule_modification: rules.last_modification(),
            unprocessed_statistics: unprocessed,
            unprocessed_boost_statistics,
        })
    }
}

fn unknown_rule(rule_name: String) -> UnprocessedStatistics {
    UnprocessedStatistics { rule_name, error_code: "400", message: "Unknown rule" }
}

fn seconds_later(now: Moment, seconds: i64) -> Timestamp {
    Timestamp::from_seconds(now.seconds().saturating_add(seconds))
}

impl Rule {
    fn target(&self, rule_name: String, now: Moment) -> SamplingTargetDocument {
        let rule = &self.record.sampling_rule;
        let quota = self.statistics.quota(rule.reservoir_size, now);
        SamplingTargetDocument {
            rule_name,
            fixed_rate: rule.fixed_rate,
            reservoir_quota: quota,
            reservoir_quota_ttl: quota.map(|_| seconds_later(now, QUOTA_LIFETIME)),
            // The length of a window, which fits 32 bits.
            interval: quota.and_then(|_| WINDOW.try_into().ok()),
            sampling_boost: self.boost(now),
        }
    }

    /// Begins a boost if a client missed anomalies, unless one began within the cooldown (documented). Assumed: any
    /// missed anomaly begins one.
    fn report_anomalies(&mut self, document: &SamplingBoostStatisticsDocument<'_>, now: Moment) {
        let boost = self.record.sampling_rule.sampling_rate_boost.as_ref();
        let Some(minutes) = boost.and_then(|boost| boost.cooldown_window_minutes) else { return };
        let cooldown = i64::from(minutes) * 60_000;
        if document.anomaly_count.unwrap_or(0) > document.sampled_anomaly_count.unwrap_or(0)
            && !self.is_boosted_within(cooldown.max(BOOST_LENGTH), now)
        {
            self.boosted = Some(now);
        }
    }

    /// The boost while one lasts, for each client (documented: it follows from the reports of all services). The rate
    /// is twice the rule's, at most `MaxRate`: assumed from the recorded responses.
    fn boost(&self, now: Moment) -> Option<SamplingBoost> {
        let rule = &self.record.sampling_rule;
        let max_rate = rule.sampling_rate_boost.as_ref()?.max_rate?;
        let boost_rate = max_rate.min(2.0 * rule.fixed_rate);
        (boost_rate > rule.fixed_rate && self.is_boosted_within(BOOST_LENGTH, now))
            .then(|| SamplingBoost { boost_rate, boost_rate_ttl: seconds_later(now, BOOST_RATE_LIFETIME) })
    }

    /// Whether the last boost began less than some milliseconds ago.
    fn is_boosted_within(&self, milliseconds: i64, now: Moment) -> bool {
        let began = self.boosted.map(|began| now.milliseconds().saturating_sub(began.milliseconds()));
        began.is_some_and(|ago| (0..milliseconds).contains(&ago))
    }
}
