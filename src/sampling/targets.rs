//! `GetSamplingTargets`: clients report their sampling statistics and receive their next targets.

use super::Rule;
use super::statistics::WINDOW;
use crate::fault::Fault;
use crate::operation::{CallContext, Moment, Operation};
use crate::service::State;
use crate::shape::{Text, Timestamp, shape};

/// How long a quota is valid, in seconds (recorded).
const QUOTA_LIFETIME: i64 = 300;

/// How long the rate of a boost is valid, in seconds (recorded).
const BOOST_RATE_LIFETIME: i64 = 20;

/// How long a boost lasts, in milliseconds (documented: up to 1 minute).
const BOOST_LENGTH: i64 = 60_000;

shape! {
    /// A report of one client for one rule: how many requests matched the rule, how many of these were sampled, and how
    /// many were borrowed from the reservoir.
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
    /// A report of one service for one rule: how many requests matched the rule, how many of these were anomalies, and
    /// how many anomalies were sampled.
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
    /// The raised rate of a rule while a boost lasts, and until when the rate is valid.
    struct SamplingBoost {
        "BoostRate" boost_rate: required f64;
        "BoostRateTTL" boost_rate_ttl: required Timestamp;
    }
}

shape! {
    /// How many requests a client is to sample by one rule. The quota is requests per second until `ReservoirQuotaTTL`.
    /// `Interval` is the time until the next report, in seconds. These three are null while there is no quota.
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
    /// A report that the service rejected.
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

/// Stores reports and returns a target for each of them, in the same order. A request has at most 25 reports of each kind.
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
        CallContext { caller, now, .. }: CallContext<'_>,
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
            // The length of a window. It fits in 32 bits.
            interval: quota.and_then(|_| WINDOW.try_into().ok()),
            sampling_boost: self.boost(now),
        }
    }

    /// Begins a boost if anomalies were not sampled, unless another boost began within the cooldown (documented).
    /// Assumed: one anomaly that was not sampled is sufficient.
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

    /// Returns the boost while it lasts. It is the same for every client (assumed: the API model says that AWS
    /// calculates a boost for each service). The rate is twice the rule's rate, but at most `MaxRate` (assumed, because
    /// it fits three of the four recorded boosts).
    fn boost(&self, now: Moment) -> Option<SamplingBoost> {
        let rule = &self.record.sampling_rule;
        let max_rate = rule.sampling_rate_boost.as_ref()?.max_rate?;
        let boost_rate = max_rate.min(2.0 * rule.fixed_rate);
        (boost_rate > rule.fixed_rate && self.is_boosted_within(BOOST_LENGTH, now))
            .then(|| SamplingBoost { boost_rate, boost_rate_ttl: seconds_later(now, BOOST_RATE_LIFETIME) })
    }

    /// Whether the last boost began less than this many milliseconds ago.
    fn is_boosted_within(&self, milliseconds: i64, now: Moment) -> bool {
        let began = self.boosted.map(|began| now.milliseconds().saturating_sub(began.milliseconds()));
        began.is_some_and(|ago| (0..milliseconds).contains(&ago))
    }
}
