//! The statistics that clients report for a rule, and `GetSamplingStatisticSummaries`, which returns them.

use std::collections::BTreeMap;

use super::targets::SamplingStatisticsDocument;
use crate::fault::Fault;
use crate::operation::{CallContext, Moment, Operation};
use crate::service::State;
use crate::shape::{Timestamp, shape};

/// The length of a window, in seconds. Windows begin at multiples of this length since 1970 (recorded).
pub(super) const WINDOW: i64 = 10;

/// How long after its end a window closes, in milliseconds. The recorded responses allow values from 600 to 1100.
const DELAY: i64 = 1000;

/// For how many closed windows X-Ray remembers a report. Recorded: a report from 58 seconds ago is remembered, and a
/// report from 90 seconds ago is not. Assumed: six windows, which is 60 seconds.
const REMEMBERED: i64 = 6;

/// For how many closed windows X-Ray remembers a `BorrowCount`. Assumed: with two windows, the formula of the quota fits
/// 32 of the 34 recorded quotas, and with one window 31.
const RECENT: i64 = 2;

/// The reports for one rule, by window. Windows are numbered from 1970.
#[derive(Clone, Debug, Default)]
pub(super) struct Statistics(BTreeMap<i64, Counts>);

/// The counts of the last report in a window. Recorded: the counts of several reports are not added. Assumed: the last
/// report is used.
#[derive(Clone, Debug, Default)]
struct Counts {
    requests: i32,
    sampled: i32,
    borrowed: i32,
}

/// The number of the window that is open at a time.
fn open_window(milliseconds: i64) -> i64 {
    milliseconds.div_euclid(WINDOW * 1000)
}

/// The number of the last window that has closed.
fn last_closed(now: Moment) -> i64 {
    open_window(now.milliseconds().saturating_sub(DELAY)) - 1
}

impl Statistics {
    /// Stores a report in the window in which it arrives, and ignores the report's own timestamp (assumed). If a count is
    /// missing from the report, the window keeps its earlier count (assumed).
    pub(super) fn report(&mut self, document: &SamplingStatisticsDocument, now: Moment) {
        let open = open_window(now.milliseconds());
        let remembered = last_closed(now) - REMEMBERED + 1..=open;
        self.0.retain(|window, _| remembered.contains(window));
        let counts = self.0.entry(open).or_default();
        counts.requests = document.request_count.unwrap_or(counts.requests);
        counts.sampled = document.sampled_count.unwrap_or(counts.sampled);
        counts.borrowed = document.borrow_count.unwrap_or(counts.borrowed);
    }

    /// The quota of a client: the reservoir minus the `BorrowCount` of the last report, if that is recent. It is `None`
    /// until a window with a report has closed, and again after a minute without reports (recorded).
    pub(super) fn quota(&self, reservoir_size: i32, now: Moment) -> Option<i32> {
        let last = last_closed(now);
        let (window, counts) = self.0.range(last - REMEMBERED + 1..=last).next_back()?;
        let borrowed = if last - window < RECENT { counts.borrowed } else { 0 };
        Some(reservoir_size.saturating_sub(borrowed).max(0))
    }

    /// The number of stored windows.
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
    /// The statistics for one rule in one window of 10 seconds.
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

/// Returns the statistics of the last closed window for each rule except Default. A window closes one second after its end.
/// The counts are 0 if the window has no report. `NextToken` is ignored (recorded).
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
        CallContext { now, .. }: CallContext<'_>,
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
