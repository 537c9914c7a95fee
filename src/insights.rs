//! The operations on insights: `GetInsight`, `GetInsightEvents`, `GetInsightImpactGraph`, `GetInsightSummaries`.
//!
//! No operation creates an insight, because in AWS only anomaly detection does. Tests add insights with
//! [`Service::add_insight`].
//!
//! Source of the shapes: the API model. Source of the rules: docs/fidelity.md.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use crate::constraint::Pattern;
use crate::fault::Fault;
use crate::groups::Group;
use crate::operation::{CallContext, Moment, Operation, Scope};
use crate::service::{Service, State};
use crate::shape::{Text, Timestamp, shape};
use crate::uuid;

const INSIGHT_ID: Pattern = Pattern {
    text: "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}",
    matches: is_insight_id,
};

fn is_insight_id(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let [_, _, version, variant, _] = groups[..] else { return false };
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && version.starts_with(['1', '2', '3', '4', '5'])
        && variant.starts_with(['8', '9', 'a', 'b', 'A', 'B'])
}

const CATEGORIES: &[&str] = &["FAULT"];
const ACTIVE: &str = "ACTIVE";
const CLOSED: &str = "CLOSED";
const STATES: &[&str] = &[ACTIVE, CLOSED];

/// The maximum age of the times in a request, in seconds.
const OLDEST: i64 = 30 * 24 * 60 * 60;
/// The maximum length of an impact graph's time range, in seconds.
const LONGEST_GRAPH: f64 = 6.0 * 60.0 * 60.0;
/// The maximum number of events in a response.
const MOST_EVENTS: usize = 50;
/// The maximum number of summaries in a response.
const MOST_SUMMARIES: usize = 100;

shape! {
    /// A service.
    struct ServiceId {
        "Name" name: present String;
        "Names" names: present Vec<String>;
        "AccountId" account_id: present String;
        "Type" service_type: present String;
    }
}

shape! {
    /// The numbers of failed, successful and total requests.
    struct RequestImpactStatistics {
        "FaultCount" fault_count: present i64;
        "OkCount" ok_count: present i64;
        "TotalCount" total_count: present i64;
    }
}

shape! {
    /// A service with more faults than forecast.
    struct AnomalousService {
        "ServiceId" service_id: present ServiceId;
    }
}

shape! {
    /// An insight.
    struct Insight {
        "InsightId" insight_id: present String where Pattern(INSIGHT_ID);
        "GroupARN" group_arn: present Arc<str> where Length(1, 400);
        "GroupName" group_name: present Arc<str> where Length(1, 32);
        "RootCauseServiceId" root_cause_service_id: present ServiceId;
        "Categories" categories: present Vec<&'static str> where Items(&[Enum(CATEGORIES)]);
        "State" state: present &'static str where Enum(STATES);
        "StartTime" start_time: present Timestamp;
        "EndTime" end_time: optional Timestamp;
        "Summary" summary: present String;
        "ClientRequestImpactStatistics" client_request_impact_statistics: present RequestImpactStatistics;
        "RootCauseServiceRequestImpactStatistics" root_cause_service_request_impact_statistics:
            present RequestImpactStatistics;
        "TopAnomalousServices" top_anomalous_services: present Vec<AnomalousService>;
    }
}

shape! {
    /// An insight, as `GetInsightSummaries` returns it.
    struct InsightSummary {
        "InsightId" insight_id: present String where Pattern(INSIGHT_ID);
        "GroupARN" group_arn: present Arc<str> where Length(1, 400);
        "GroupName" group_name: present Arc<str> where Length(1, 32);
        "RootCauseServiceId" root_cause_service_id: present ServiceId;
        "Categories" categories: present Vec<&'static str> where Items(&[Enum(CATEGORIES)]);
        "State" state: present &'static str where Enum(STATES);
        "StartTime" start_time: present Timestamp;
        "EndTime" end_time: optional Timestamp;
        "Summary" summary: present String;
        "ClientRequestImpactStatistics" client_request_impact_statistics: present RequestImpactStatistics;
        "RootCauseServiceRequestImpactStatistics" root_cause_service_request_impact_statistics:
            present RequestImpactStatistics;
        "TopAnomalousServices" top_anomalous_services: present Vec<AnomalousService>;
        "LastUpdateTime" last_update_time: present Timestamp;
    }
}

shape! {
    /// The impact of an insight at one time.
    struct InsightEvent {
        "Summary" summary: present String;
        "EventTime" event_time: present Timestamp;
        "ClientRequestImpactStatistics" client_request_impact_statistics: present RequestImpactStatistics;
        "RootCauseServiceRequestImpactStatistics" root_cause_service_request_impact_statistics:
            present RequestImpactStatistics;
        "TopAnomalousServices" top_anomalous_services: present Vec<AnomalousService>;
    }
}

shape! {
    /// A service in an insight's impact graph, with edges to the services that it calls.
    struct InsightImpactGraphService {
        "ReferenceId" reference_id: present i32;
        "Type" service_type: present String;
        "Name" name: present String;
        "Names" names: present Vec<String>;
        "AccountId" account_id: present String;
        "Edges" edges: present Vec<InsightImpactGraphEdge>;
    }
}

shape! {
    /// An edge to the service with this reference id, which is called.
    struct InsightImpactGraphEdge {
        "ReferenceId" reference_id: present i32;
    }
}

/// An insight to add.
#[derive(Debug, Clone)]
pub struct NewInsight {
    /// The name of its group, which must exist.
    pub group: String,
    /// A UUID of version 1 to 5. By default, an id is generated.
    pub id: Option<String>,
    /// The name of the service that causes the faults.
    pub root_cause: String,
    /// The names of the services that call the root cause.
    pub callers: Vec<String>,
    /// The type of all these services.
    pub service_type: String,
    /// When the insight starts.
    pub start: Moment,
    /// When the insight ends. By default, it is active.
    pub end: Option<Moment>,
    /// The impact at the start, which is the first event.
    pub first: Impact,
    /// The events between the start and the end, in order of time.
    pub events: Vec<(Moment, Impact)>,
}

/// The impact of an insight at the time of an event. A number that is `None` does not change.
#[derive(Debug, Clone, Default)]
pub struct Impact {
    /// The number of requests that failed.
    pub fault: Option<i64>,
    /// The number of requests that succeeded.
    pub ok: Option<i64>,
    /// A summary. By default, it is the last summary that was given. If none was given, it is generated from the numbers.
    pub summary: Option<String>,
}

/// Why an insight cannot be added or changed. The displayed text has the argument, its value, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// The group with this name does not exist.
    UnknownGroup(String),
    /// The id is not a UUID of version 1 to 5.
    NotAnId(String),
    /// Another insight has the id.
    IdInUse(String),
    /// The insight with this id does not exist.
    UnknownInsight(String),
    /// The insight with this id is closed.
    IsClosed(String),
    /// An event is earlier than the last event of the insight.
    TooEarly {
        /// The argument that has the time of the event.
        argument: &'static str,
        /// The time of the event, in seconds since 1970.
        time: i64,
        /// The time of the last event, in seconds since 1970.
        last: i64,
    },
}

impl fmt::Display for Rejection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownGroup(name) => {
                write!(out, "group must be the name of an existing group, not '{name}'; create the group first")
            }
            Self::NotAnId(id) => {
                write!(out, "id must be a UUID of version 1 to 5, not '{id}'; omit it to use a generated id")
            }
            Self::IdInUse(id) => write!(
                out,
                "id must be unique, but an insight with the id '{id}' already exists; omit id to use a generated id"
            ),
            Self::UnknownInsight(id) => write!(
                out,
                "id must be the id of an insight in this account and Region, not '{id}'; use the id that add_insight \
                 returns"
            ),
            Self::IsClosed(id) => {
                write!(out, "id must be the id of an active insight, but '{id}' is closed; add another insight instead")
            }
            Self::TooEarly { argument, time, last } => write!(
                out,
                "{argument} must not be before the last event of the insight, which is at {last} (seconds since 1970), but is \
                 {time}; put the times in order"
            ),
        }
    }
}

impl Service {
    /// Adds an insight and returns its id.
    ///
    /// # Errors
    /// If its group does not exist, its id is invalid or in use, or its times are out of order.
    pub fn add_insight(&self, scope: &Scope, new: NewInsight) -> Result<String, Rejection> {
        self.change_state(scope, |state| {
            let State { groups, insights, .. } = state;
            let group = groups.selected(Some(&new.group), None);
            let group = group.map_err(|_| Rejection::UnknownGroup(new.group.clone()))?;
            insights.add(scope, group, new)
        })
    }

    /// Adds an event to an active insight.
    ///
    /// # Errors
    /// If the insight does not exist or is closed, or the time is before its last event.
    pub fn update_insight(&self, scope: &Scope, id: &str, time: Moment, impact: &Impact) -> Result<(), Rejection> {
        self.change_state(scope, |State { insights, .. }| insights.active(id)?.add_event("time", time, impact))
    }

    /// Closes an active insight.
    ///
    /// # Errors
    /// If the insight does not exist or is closed, or the time is before its last event.
    pub fn close_insight(&self, scope: &Scope, id: &str, end: Moment) -> Result<(), Rejection> {
        self.change_state(scope, |State { insights, .. }| insights.active(id)?.close(end))
    }
}

/// The insights of one account and Region, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Insights(Vec<Stored>);

#[derive(Clone, Debug)]
struct Stored {
    insight: Insight,
    /// The last summary that the test gave.
    given_summary: Option<String>,
    events: Vec<InsightEvent>,
    services: Vec<InsightImpactGraphService>,
}

impl Insights {
    fn add(&mut self, scope: &Scope, group: &Group, new: NewInsight) -> Result<String, Rejection> {
        let id = new.id.or_else(|| self.generated_id(scope)).unwrap_or_default();
        if !is_insight_id(&id) {
            return Err(Rejection::NotAnId(id));
        }
        if self.position(&id).is_some() {
            return Err(Rejection::IdInUse(id));
        }
        let service = |name: String| ServiceId {
            names: vec![name.clone()],
            name,
            account_id: scope.account_id.to_string(),
            service_type: new.service_type.clone(),
        };
        let root_cause = service(new.root_cause);
        let callers = new.callers.into_iter().map(service).map(|caller| (caller, vec![0]));
        let services = std::iter::once((root_cause.clone(), vec![])).chain(callers);
        let no_requests = RequestImpactStatistics { fault_count: 0, ok_count: 0, total_count: 0 };
        let insight = Insight {
            insight_id: id.clone(),
            group_arn: Arc::clone(&group.arn),
            group_name: Arc::clone(&group.name),
            root_cause_service_id: root_cause.clone(),
            categories: CATEGORIES.to_vec(),
            state: ACTIVE,
            start_time: new.start.timestamp(),
            end_time: None,
            summary: String::new(),
            client_request_impact_statistics: no_requests.clone(),
            root_cause_service_request_impact_statistics: no_requests,
            top_anomalous_services: vec![AnomalousService { service_id: root_cause }],
        };
        let services =
            (0..).zip(services).map(|(reference_id, (service, called))| in_graph(reference_id, service, called));
        let mut stored = Stored { insight, given_summary: None, events: Vec::new(), services: services.collect() };
        stored.add_event("start", new.start, &new.first)?;
        for (time, impact) in &new.events {
            stored.add_event("each time in events", *time, impact)?;
        }
        if let Some(end) = new.end {
            stored.close(end)?;
        }
        self.0.push(stored);
        Ok(id)
    }

    /// Generates an id that is not in use.
    fn generated_id(&self, scope: &Scope) -> Option<String> {
        let mut ids = (self.0.len()..).map(|count| uuid::derived_from(&format!("{scope} insight {count}")));
        ids.find(|id| self.position(id).is_none())
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|stored| stored.insight.insight_id.eq_ignore_ascii_case(id))
    }

    fn active(&mut self, id: &str) -> Result<&mut Stored, Rejection> {
        let found = self.position(id).and_then(|position| self.0.get_mut(position));
        match found {
            Some(stored) if stored.insight.state == ACTIVE => Ok(stored),
            Some(_) => Err(Rejection::IsClosed(id.to_owned())),
            None => Err(Rejection::UnknownInsight(id.to_owned())),
        }
    }

    fn get(&self, id: &str) -> Result<&Stored, Fault> {
        let found = self.position(id).and_then(|position| self.0.get(position));
        found.ok_or_else(|| Fault::invalid_request("Insight not found"))
    }
}

fn in_graph(reference_id: i32, service: ServiceId, called: Vec<i32>) -> InsightImpactGraphService {
    let ServiceId { name, names, account_id, service_type } = service;
    let edges = called.into_iter().map(|reference_id| InsightImpactGraphEdge { reference_id }).collect();
    InsightImpactGraphService { reference_id, service_type, name, names, account_id, edges }
}

impl Stored {
    fn last_update(&self) -> Timestamp {
        self.events.last().map_or(self.insight.start_time, |event| event.event_time)
    }

    fn add_event(&mut self, argument: &'static str, time: Moment, impact: &Impact) -> Result<(), Rejection> {
        let (event_time, last) = (time.timestamp(), self.last_update());
        if event_time < last {
            // `last` is a whole number of seconds in the range of a `Moment`.
            #[allow(clippy::cast_possible_truncation)]
            return Err(Rejection::TooEarly { argument, time: time.seconds(), last: last.0 as i64 });
        }
        let insight = &mut self.insight;
        let before = &insight.client_request_impact_statistics;
        let fault_count = impact.fault.unwrap_or(before.fault_count);
        let ok_count = impact.ok.unwrap_or(before.ok_count);
        let statistics =
            RequestImpactStatistics { fault_count, ok_count, total_count: fault_count.saturating_add(ok_count) };
        if impact.summary.is_some() {
            self.given_summary.clone_from(&impact.summary);
        }
        let root_cause = &insight.root_cause_service_id.name;
        insight.summary = self.given_summary.clone().unwrap_or_else(|| summary_of(root_cause, &statistics));
        insight.client_request_impact_statistics = statistics.clone();
        insight.root_cause_service_request_impact_statistics = statistics.clone();
        self.events.push(InsightEvent {
            summary: insight.summary.clone(),
            event_time,
            client_request_impact_statistics: statistics.clone(),
            root_cause_service_request_impact_statistics: statistics,
            top_anomalous_services: insight.top_anomalous_services.clone(),
        });
        Ok(())
    }

    fn close(&mut self, end: Moment) -> Result<(), Rejection> {
        self.add_event("end", end, &Impact::default())?;
        self.insight.state = CLOSED;
        self.insight.end_time = Some(end.timestamp());
        Ok(())
    }

    /// Whether the insight was open at any time from `start` to `end`, inclusive.
    fn was_open_between(&self, start: Timestamp, end: Timestamp) -> bool {
        self.insight.start_time <= end && self.insight.end_time.is_none_or(|own_end| own_end >= start)
    }

    fn summary(&self) -> InsightSummary {
        let Insight {
            insight_id,
            group_arn,
            group_name,
            root_cause_service_id,
            categories,
            state,
            start_time,
            end_time,
            summary,
            client_request_impact_statistics,
            root_cause_service_request_impact_statistics,
            top_anomalous_services,
        } = self.insight.clone();
        InsightSummary {
            insight_id,
            group_arn,
            group_name,
            root_cause_service_id,
            categories,
            state,
            start_time,
            end_time,
            summary,
            client_request_impact_statistics,
            root_cause_service_request_impact_statistics,
            top_anomalous_services,
            last_update_time: self.last_update(),
        }
    }
}

fn summary_of(root_cause: &str, statistics: &RequestImpactStatistics) -> String {
    let &RequestImpactStatistics { fault_count, total_count, .. } = statistics;
    // Above 2**53 requests the rate is imprecise, but it is rounded to whole percents.
    #[allow(clippy::cast_precision_loss)]
    let rate = if total_count == 0 { 0.0 } else { 100.0 * fault_count as f64 / total_count as f64 };
    format!("The overall fault rate of {root_cause} is {rate:.0}%. {root_cause} is the likely root cause.")
}

shape! {
    /// The request of `GetInsight`.
    input struct GetInsightRequest<'a> {
        "InsightId" insight_id: required Text<'a> where Pattern(INSIGHT_ID);
    }
}

shape! {
    /// The response of `GetInsight`.
    struct GetInsightResult {
        "Insight" insight: present Insight;
    }
}

/// Returns the insight with an id. The case of the id is ignored.
#[derive(Debug)]
pub struct GetInsight;

impl Operation for GetInsight {
    const NAME: &'static str = "GetInsight";
    const PATH: &'static str = "/Insight";
    type Request<'a> = GetInsightRequest<'a>;
    type Response = GetInsightResult;

    fn run(
        request: GetInsightRequest<'_>,
        State { insights, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<GetInsightResult, Fault> {
        Ok(GetInsightResult { insight: insights.get(&request.insight_id)?.insight.clone() })
    }
}

shape! {
    /// The request of `GetInsightEvents`.
    input struct GetInsightEventsRequest<'a> {
        "InsightId" insight_id: required Text<'a> where Pattern(INSIGHT_ID);
        "MaxResults" max_results: optional i32 where Between(1, 50);
        "NextToken" next_token: optional Text<'a> where Length(1, 2000);
    }
}

shape! {
    /// The response of `GetInsightEvents`.
    struct GetInsightEventsResult {
        "InsightEvents" insight_events: present Vec<InsightEvent>;
        "NextToken" next_token: optional String where Length(1, 2000);
    }
}

/// Lists the events of an insight in order of time. A response has at most `MaxResults` events, by default 50.
#[derive(Debug)]
pub struct GetInsightEvents;

impl Operation for GetInsightEvents {
    const NAME: &'static str = "GetInsightEvents";
    const PATH: &'static str = "/InsightEvents";
    type Request<'a> = GetInsightEventsRequest<'a>;
    type Response = GetInsightEventsResult;

    fn run(
        request: GetInsightEventsRequest<'_>,
        State { insights, .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<GetInsightEventsResult, Fault> {
        let events = insights.get(&request.insight_id)?.events.iter().collect();
        let page = Page::of(events, request.max_results, MOST_EVENTS, request.next_token.as_deref())?;
        Ok(GetInsightEventsResult {
            insight_events: page.items.into_iter().cloned().collect(),
            next_token: page.next_token,
        })
    }
}

shape! {
    /// The request of `GetInsightImpactGraph`.
    input struct GetInsightImpactGraphRequest<'a> {
        "InsightId" insight_id: required Text<'a> where Pattern(INSIGHT_ID);
        "StartTime" start_time: required Timestamp;
        "EndTime" end_time: required Timestamp;
        "NextToken" next_token: optional Text<'a> where Length(1, 2000);
    }
}

shape! {
    /// The response of `GetInsightImpactGraph`.
    struct GetInsightImpactGraphResult {
        "InsightId" insight_id: present String where Pattern(INSIGHT_ID);
        "StartTime" start_time: present Timestamp;
        "EndTime" end_time: present Timestamp;
        "ServiceGraphStartTime" service_graph_start_time: present Timestamp;
        "ServiceGraphEndTime" service_graph_end_time: present Timestamp;
        "Services" services: present Vec<InsightImpactGraphService>;
        "NextToken" next_token: optional String where Length(1, 2000);
    }
}

/// Returns the services of an insight: the root cause and the services that call it. The list is empty if the insight
/// was not open in the time range.
///
/// The range is at most six hours long and begins at most 30 days ago. Its end is exclusive.
#[derive(Debug)]
pub struct GetInsightImpactGraph;

impl Operation for GetInsightImpactGraph {
    const NAME: &'static str = "GetInsightImpactGraph";
    const PATH: &'static str = "/InsightImpactGraph";
    type Request<'a> = GetInsightImpactGraphRequest<'a>;
    type Response = GetInsightImpactGraphResult;

    fn run(
        request: GetInsightImpactGraphRequest<'_>,
        State { insights, .. }: &mut State,
        CallContext { now, .. }: CallContext<'_>,
    ) -> Result<GetInsightImpactGraphResult, Fault> {
        let (start_time, end_time) = checked_range(request.start_time, request.end_time, now)?;
        if end_time.0 - start_time.0 > LONGEST_GRAPH {
            return Err(Fault::invalid_request("The time range must not be longer than six hours"));
        }
        if request.next_token.is_some() {
            return Err(invalid_token());
        }
        let stored = insights.get(&request.insight_id)?;
        // The end is exclusive, so an insight that starts at the end is not in the range.
        let is_in_range = stored.was_open_between(start_time, end_time) && stored.insight.start_time < end_time;
        Ok(GetInsightImpactGraphResult {
            insight_id: stored.insight.insight_id.clone(),
            start_time,
            end_time,
            service_graph_start_time: start_time,
            service_graph_end_time: end_time,
            services: if is_in_range { stored.services.clone() } else { Vec::new() },
            next_token: None,
        })
    }
}

shape! {
    /// The request of `GetInsightSummaries`.
    input struct GetInsightSummariesRequest<'a> {
        "States" states: optional Vec<Text<'a>> where Length(0, 1), Items(&[Enum(STATES)]);
        "GroupARN" group_arn: optional Text<'a> where Length(1, 400);
        "GroupName" group_name: optional Text<'a> where Length(1, 32);
        "StartTime" start_time: required Timestamp;
        "EndTime" end_time: required Timestamp;
        "MaxResults" max_results: optional i32 where Between(1, 100);
        "NextToken" next_token: optional Text<'a> where Length(1, 2000);
    }
}

shape! {
    /// The response of `GetInsightSummaries`.
    struct GetInsightSummariesResult {
        "InsightSummaries" insight_summaries: present Vec<InsightSummary>;
        "NextToken" next_token: optional String where Length(1, 2000);
    }
}

/// Lists the insights of a group that were open in a time range, sorted by their start.
///
/// The group is selected by either its name or its ARN. The range begins at most 30 days ago. `States` is `ACTIVE` or
/// `CLOSED`; by default, insights of both states are returned. A response has at most `MaxResults` insights, by default
/// 100.
#[derive(Debug)]
pub struct GetInsightSummaries;

impl Operation for GetInsightSummaries {
    const NAME: &'static str = "GetInsightSummaries";
    const PATH: &'static str = "/InsightSummaries";
    type Request<'a> = GetInsightSummariesRequest<'a>;
    type Response = GetInsightSummariesResult;

    fn run(
        request: GetInsightSummariesRequest<'_>,
        State { groups, insights, .. }: &mut State,
        CallContext { now, .. }: CallContext<'_>,
    ) -> Result<GetInsightSummariesResult, Fault> {
        let (start_time, end_time) = checked_range(request.start_time, request.end_time, now)?;
        let group = groups.selected(request.group_name.as_deref(), request.group_arn.as_deref())?;
        let states = request.states.unwrap_or_default();
        let is_wanted = |stored: &&Stored| {
            stored.insight.group_arn == group.arn
                && (states.is_empty() || states.iter().any(|state| state == stored.insight.state))
                && stored.was_open_between(start_time, end_time)
        };
        let mut wanted: Vec<&Stored> = insights.0.iter().filter(is_wanted).collect();
        wanted.sort_by(|one, other| one.insight.start_time.0.total_cmp(&other.insight.start_time.0));
        let page = Page::of(wanted, request.max_results, MOST_SUMMARIES, request.next_token.as_deref())?;
        Ok(GetInsightSummariesResult {
            insight_summaries: page.items.into_iter().map(Stored::summary).collect(),
            next_token: page.next_token,
        })
    }
}

/// Returns the times of a request in whole seconds, rounded down.
///
/// # Errors
/// If the start is more than 30 days ago, or after the end.
fn checked_range(start: Timestamp, end: Timestamp, now: Moment) -> Result<(Timestamp, Timestamp), Fault> {
    let (start, end) = (Timestamp(start.0.floor()), Timestamp(end.0.floor()));
    if start < Timestamp::from_seconds(now.seconds().saturating_sub(OLDEST)) {
        return Err(Fault::invalid_request("StartTime must not be more than 30 days in the past"));
    }
    if end < start {
        return Err(Fault::invalid_request("StartTime must not be after EndTime"));
    }
    Ok((start, end))
}

/// One page of a list, and the token of the next page.
struct Page<T> {
    items: Vec<T>,
    next_token: Option<String>,
}

impl<T> Page<T> {
    /// Returns the page that begins at a token, or the first page without a token. It has at most `max_results` items, by
    /// default `most`.
    ///
    /// # Errors
    /// If no page begins at the token.
    fn of(items: Vec<T>, max_results: Option<i32>, most: usize, token: Option<&str>) -> Result<Self, Fault> {
        let count = items.len();
        let start = match token {
            Some(token) => (1..count).find(|start| token_for(*start) == token).ok_or_else(invalid_token)?,
            None => 0,
        };
        let most = max_results.and_then(|most| usize::try_from(most).ok()).unwrap_or(most);
        let next = start.saturating_add(most);
        Ok(Self {
            items: items.into_iter().skip(start).take(most).collect(),
            next_token: (next < count).then(|| token_for(next)),
        })
    }
}

/// The token of the page that begins at this index. It is opaque, so that callers cannot depend on its contents.
fn token_for(start: usize) -> String {
    uuid::derived_from(&format!("page from {start}"))
}

fn invalid_token() -> Fault {
    Fault::invalid_request("Invalid NextToken")
}
