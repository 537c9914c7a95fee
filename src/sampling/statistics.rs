//! What clients report about a rule, and `GetSamplingStatisticSummaries`, which shows it.

use std::collections::BTreeMap;

use super::targets::SamplingStatisticsDocument;
use crate::fault::Fault;
use crate::operation::{Circumstances, Moment, Operation};
use crate::service::State;
use crate::shape::{Timestamp, shape};

/// The length of a window, in seconds. Windows are aligned to 1970 (recorded).
pub(super) const WINDOW: i64 = 10;

/// How long after its end a window closes, in milliseconds. The recorded responses allow 0.6 to 1.1 seconds.
const DELAY: i64 = 1000;

/// How many closed windows X-Ray looks back to know a rule. Recorded: a report 58 seconds ago still counts, one 90
/// seconds ago does not. Assumed: 60 seconds.
const REMEMBERED: i64 = 6;

/// How many closed windows it looks back for the last `BorrowCount`. Two fit the recorded quotas; one or three do not.
const RECENT: i64 = 2;

/// The reports about one rule, by window. Windows are numbered from 1970.
#[derive(Clone, Debug, Default)]
pub(super) struct Statistics(BTreeMap<i64, Counts>);

/// The counts of the last report in a window (recorded: reports do not add up; assumed: the last one is shown).
#[derive(Clone, Debug, Default)]
struct Counts {
    requests: i32,
    sampled: i32,
    borrowed: i32,
}

/// The window that is open at a time.
fn open_window(milliseconds: i64) -> i64 {
    milliseconds.div_euclid(WINDOW * 1000)
}

/// The last window that has closed.
fn last_closed(now: Moment) -> i64 {
    open_window(now.milliseconds().saturating_sub(DELAY)) - 1
}

impl Statistics {
    /// Adds a report to the window in which it arrives, whatever its own timestamp (assumed). A count that it lacks
    /// stays as it was in the window (assumed).
    pub(super) fn report(&mut self, document: &SamplingStatisticsDocument, now: Moment) {
        let open = open_window(now.milliseconds());
        let remembered = last_closed(now) - REMEMBERED + 1..=open;
        self.0.retain(|window, _| remembered.contains(window));
        let counts = self.0.entry(open).or_default();
        counts.requests = document.request_count.unwrap_or(counts.requests);
        counts.sampled = document.sampled_count.unwrap_or(counts.sampled);
        counts.borrowed = document.borrow_count.unwrap_or(counts.borrowed);
    }

    /// The quota out of a reservoir. `None` until a window with a report has closed, and again after a minute without
    /// one (recorded).
    pub(super) fn quota(&self, reservoir_size: i32, now: Moment) -> Option<i32> {
        let last = last_closed(now);
        let (window, counts) = self.0.range(last - REMEMBERED + 1..=last).next_back()?;
        let borrowed = if last - window < RECENT { counts.borrowed } else { 0 };
        Some(reservoir_size.saturating_sub(borrowed).max(0))
    }

    /// How many windows it holds.
    #[cfg(test)]
    pub(super) fn windows(&self) -> usize {
        self.0.len()
    }
}

shape! {
    /// The request of `GetSamplingStatisticSummaries`.
    input struct GetSamplingStatisticSummariesRequest {
        "NextToken" next_token: optional String;
    }
}

shape! {
    /// What was reported about a rule in one window.
    struct SamplingStatisticSummary {
        "RuleName" rule_name: present String;
        "Timestamp" timestamp: present Timestamp;
        "RequestCount" request_count: present i32;
        "BorrowCount" borrow_count: present i32;
        "SampledCount" sampled_count: present i32;
    }
}

shape! {
    /// The response of `GetSamplingStatisticSummaries`.
    struct GetSamplingStatisticSummariesResult {
        "SamplingStatisticSummaries" sampling_statistic_summaries: present Vec<SamplingStatisticSummary>;
        "NextToken" next_token: optional String;
    }
}

/// Shows the last closed window of each rule but Default; without a report, zeros. Any token is ignored (recorded).
#[derive(Debug)]
pub struct GetSamplingStatisticSummaries;

impl Operation for GetSamplingStatisticSummaries {
    const NAME: &'static str = "GetSamplingStatisticSummaries";
    const PATH: &'static str = "/SamplingStatisticSummaries";
    type Request<'a> = GetSamplingStatisticSummariesRequest;
    type Response = GetSamplingStatisticSummariesResult;

    fn run(
        _: GetSamplingStatisticSummariesRequest,
        State { sampling_rules: rules, .. }: &mut State,
        Circumstances { now, .. }: Circumstances<'_>,
    ) -> Result<GetSamplingStatisticSummariesResult, Fault> {
        let last = last_closed(now);
        let none = Counts::default();
        let summaries = rules.custom.iter().map(|(name, rule)| {
            let counts = rule.statistics.0.get(&last).unwrap_or(&none);
            SamplingStatisticSummary {
                rule_name: name.clone(),
                timestamp: Timestamp::from_seconds(last * WINDOW),
                request_count: counts.requests,
                borrow_count: counts.borrowed,
                sampled_count: counts.sampled,
            }
        });
        let summaries = summaries.collect();
        Ok(GetSamplingStatisticSummariesResult { sampling_statistic_summaries: summaries, next_token: None })
    }
}
