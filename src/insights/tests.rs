//! The rules of insights. Nothing is recorded. Documented: the shapes, the limits, and what the tests say. Assumed: the
//! rest.

use serde_json::{Value, json};

use super::*;
use crate::fault::Code;
use crate::groups::{CreateGroup, DeleteGroup};
use crate::testing::{NOW, Xray, rejection};

const UNKNOWN: &str = "00000000-0000-4000-8000-000000000000";
const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

fn impact(fault: i64, ok: i64) -> Impact {
    Impact { fault: Some(fault), ok: Some(ok), summary: None }
}

/// An insight that starts `start` seconds after [`NOW`] and ends `end` seconds after [`NOW`].
fn insight(start: i64, end: Option<i64>) -> NewInsight {
    NewInsight {
        group: "Default".to_owned(),
        id: None,
        root_cause: "orders".to_owned(),
        callers: vec!["shop".to_owned(), "till".to_owned()],
        service_type: "AWS::ECS::Container".to_owned(),
        start: Moment::from_seconds(NOW + start),
        end: end.map(|end| Moment::from_seconds(NOW + end)),
        first: impact(40, 60),
        events: Vec::new(),
    }
}

impl Xray {
    fn add(&self, new: NewInsight) -> String {
        self.service.add_insight(&self.caller.scope, new).unwrap()
    }

    fn insight(&self, id: &str) -> Insight {
        self.call::<GetInsight>(&json!({"InsightId": id})).unwrap().insight
    }

    fn events(&self, id: &str) -> Vec<InsightEvent> {
        self.call::<GetInsightEvents>(&json!({"InsightId": id})).unwrap().insight_events
    }

    fn graph(&self, id: &str, start: i64, end: i64) -> Result<GetInsightImpactGraphResult, Fault> {
        self.call::<GetInsightImpactGraph>(&json!({"InsightId": id, "StartTime": NOW + start, "EndTime": NOW + end}))
    }

    /// The insights of the last 30 days. `members` are added to the request and replace its members.
    fn insight_summaries(&self, members: &Value) -> Result<GetInsightSummariesResult, Fault> {
        let mut request = json!({"GroupName": "Default", "StartTime": NOW - 30 * DAY, "EndTime": NOW});
        for (name, value) in members.as_object().unwrap() {
            request.as_object_mut().unwrap().insert(name.clone(), value.clone());
        }
        self.call::<GetInsightSummaries>(&request)
    }

    fn ids(&self, members: &Value) -> Vec<String> {
        let found = self.insight_summaries(members).unwrap().insight_summaries;
        found.into_iter().map(|insight| insight.insight_id).collect()
    }
}

#[test]
fn active_insight_has_no_end_time() {
    let xray = Xray::new();
    let id = xray.add(insight(-HOUR, None));
    let body = xray.post("/Insight", format!(r#"{{"InsightId":"{id}"}}"#)).body;
    let service = r#"{"AccountId":"123456789012","Name":"orders","Names":["orders"],"Type":"AWS::ECS::Container"}"#;
    let statistics = r#"{"FaultCount":40,"OkCount":60,"TotalCount":100}"#;
    let text = "The overall fault rate of orders is 40%. orders is the likely root cause.";
    assert_eq!(
        body,
        format!(
            r#"{{"Insight":{{"Categories":["FAULT"],"ClientRequestImpactStatistics":{statistics},"EndTime":null,"GroupARN":"arn:aws:xray:us-east-1:123456789012:group/Default","GroupName":"Default","InsightId":"{id}","RootCauseServiceId":{service},"RootCauseServiceRequestImpactStatistics":{statistics},"StartTime":1.790146091E9,"State":"ACTIVE","Summary":"{text}","TopAnomalousServices":[{{"ServiceId":{service}}}]}}}}"#
        )
    );
}

#[test]
fn insight_with_an_end_is_closed() {
    let xray = Xray::new();
    let found = xray.insight(&xray.add(insight(-HOUR, Some(-60))));
    assert_eq!((found.state, found.end_time), (CLOSED, Some(Timestamp::from_seconds(NOW - 60))));
}

#[test]
fn generated_insight_ids_are_uuids_and_equal_in_each_run() {
    let (one, other) = (Xray::new(), Xray::new());
    let ids = [one.add(insight(0, None)), one.add(insight(0, None))];
    assert_eq!(ids, [other.add(insight(0, None)), other.add(insight(0, None))]);
    assert_ne!(ids[0], ids[1]);
    assert!(ids.iter().all(|id| is_insight_id(id)), "{ids:?}");
    let west = Scope { region_name: "us-west-2".into(), ..Scope::clone(&one.caller.scope) };
    assert_ne!(one.service.add_insight(&west, insight(0, None)).unwrap(), ids[0]);
}

#[test]
fn insight_operations_agree_with_each_other() {
    let xray = Xray::new();
    let id = xray.add(insight(-HOUR, None));
    let scope = &xray.caller.scope;
    xray.service.update_insight(scope, &id, Moment::from_seconds(NOW - 600), &impact(90, 10)).unwrap();
    xray.service.close_insight(scope, &id, Moment::from_seconds(NOW - 300)).unwrap();
    let (insight, events) = (xray.insight(&id), xray.events(&id));
    let times: Vec<f64> = events.iter().map(|event| event.event_time.0 - Timestamp::from_seconds(NOW).0).collect();
    assert_eq!(times, [-3600.0, -600.0, -300.0]);
    let faults: Vec<i64> = events.iter().map(|event| event.client_request_impact_statistics.fault_count).collect();
    assert_eq!(faults, [40, 90, 90]);
    let last = events.last().unwrap();
    assert_eq!(insight.summary, "The overall fault rate of orders is 90%. orders is the likely root cause.");
    assert_eq!((&insight.summary, insight.end_time), (&last.summary, Some(last.event_time)));
    assert_eq!(insight.client_request_impact_statistics, last.client_request_impact_statistics);
    let summary = xray.insight_summaries(&json!({})).unwrap().insight_summaries.remove(0);
    assert_eq!(summary.last_update_time, last.event_time);
    assert_eq!(
        (summary.insight_id, summary.state, summary.summary, summary.root_cause_service_id),
        (insight.insight_id, insight.state, insight.summary, insight.root_cause_service_id)
    );
}

#[test]
fn given_insight_events_are_listed_between_start_and_end() {
    let xray = Xray::new();
    let event = Impact { summary: Some("The rate increases.".to_owned()), ..impact(80, 20) };
    let events = vec![(Moment::from_seconds(NOW - 120), event)];
    let id = xray.add(NewInsight { events, ..insight(-HOUR, Some(0)) });
    let summaries: Vec<String> = xray.events(&id).into_iter().map(|event| event.summary).collect();
    let first = "The overall fault rate of orders is 40%. orders is the likely root cause.";
    assert_eq!(summaries, [first, "The rate increases.", "The rate increases."]);
    assert_eq!(xray.insight(&id).client_request_impact_statistics.fault_count, 80);
}

#[test]
fn insight_without_requests_has_a_fault_rate_of_0() {
    let xray = Xray::new();
    let id = xray.add(NewInsight { first: Impact::default(), ..insight(0, None) });
    assert_eq!(xray.insight(&id).summary, "The overall fault rate of orders is 0%. orders is the likely root cause.");
}

#[test]
fn invalid_insight_is_not_added() {
    let xray = Xray::new();
    let add = |new| xray.service.add_insight(&xray.caller.scope, new).unwrap_err();
    let existing = xray.add(insight(-60, None));
    let before = xray.ids(&json!({}));
    let event = |time| (Moment::from_seconds(NOW + time), Impact::default());
    let too_early = |argument, time, last| Rejection::TooEarly { argument, time: NOW + time, last: NOW + last };
    let each = "each time in events";
    let unknown = NewInsight { group: "missing".to_owned(), ..insight(0, None) };
    assert_eq!(add(unknown), Rejection::UnknownGroup("missing".to_owned()));
    assert_eq!(add(NewInsight { id: Some("x".to_owned()), ..insight(0, None) }), Rejection::NotAnId("x".to_owned()));
    let upper = existing.to_ascii_uppercase();
    assert_eq!(add(NewInsight { id: Some(upper.clone()), ..insight(0, None) }), Rejection::IdInUse(upper));
    assert_eq!(add(insight(0, Some(-1))), too_early("end", -1, 0));
    assert_eq!(add(NewInsight { events: vec![event(-1)], ..insight(0, None) }), too_early(each, -1, 0));
    assert_eq!(add(NewInsight { events: vec![event(5), event(4)], ..insight(0, None) }), too_early(each, 4, 5));
    assert_eq!(add(NewInsight { events: vec![event(5)], ..insight(0, Some(4)) }), too_early("end", 4, 5));
    assert_eq!(xray.ids(&json!({})), before);
    // A rejected insight does not use up a generated id.
    assert_eq!(xray.add(insight(0, None)), {
        let other = Xray::new();
        other.add(insight(0, None));
        other.add(insight(0, None))
    });
}

#[test]
fn closed_or_unknown_insight_cannot_be_updated() {
    let xray = Xray::new();
    let id = xray.add(insight(-60, Some(0)));
    let (scope, now) = (&xray.caller.scope, Moment::from_seconds(NOW));
    let update = |id: &str| xray.service.update_insight(scope, id, now, &Impact::default());
    let close = |id: &str| xray.service.close_insight(scope, id, now);
    for outcome in [update(&id), close(&id)] {
        assert_eq!(outcome, Err(Rejection::IsClosed(id.clone())));
    }
    for outcome in [update(UNKNOWN), close(UNKNOWN)] {
        assert_eq!(outcome, Err(Rejection::UnknownInsight(UNKNOWN.to_owned())));
    }
    assert_eq!(xray.events(&id).len(), 2);
}

#[test]
fn unknown_insight_is_an_invalid_request() {
    let xray = Xray::new();
    xray.add(insight(0, None));
    let not_found = (Code::InvalidRequestException, "Insight not found".to_owned());
    assert_eq!(rejection(xray.call::<GetInsight>(&json!({"InsightId": UNKNOWN}))), not_found);
    assert_eq!(rejection(xray.call::<GetInsightEvents>(&json!({"InsightId": UNKNOWN}))), not_found);
    assert_eq!(rejection(xray.graph(UNKNOWN, -60, 0)), not_found);
}

#[test]
fn insight_id_must_match_the_models_pattern() {
    let xray = Xray::new();
    // Documented: the tests of another project, run against AWS, get a ValidationException for an id of zeros. Assumed: its
    // message.
    let zeros = "00000000-0000-0000-0000-000000000000";
    assert_eq!(
        rejection(xray.call::<GetInsight>(&json!({"InsightId": zeros}))),
        (
            Code::ValidationException,
            format!(
                "1 validation error detected: Value '{zeros}' at 'insightId' failed to satisfy constraint: Member must \
                 satisfy regular expression pattern: {}",
                INSIGHT_ID.text
            )
        )
    );
    for (id, is_valid) in [
        (UNKNOWN, true),
        ("ABCDEFab-0000-1000-B000-000000000000", true),
        ("00000000-0000-5000-a000-00000000000f", true),
        ("00000000-0000-6000-8000-000000000000", false),
        ("00000000-0000-4000-c000-000000000000", false),
        ("00000000-0000-4000-8000-00000000000", false),
        ("00000000-0000-4000-8000-0000000000000", false),
        ("00000000-0000-4000-8000-00000000000g", false),
        ("0000000--0000-4000-8000-000000000000", false),
        ("00000000-0000-4000-8000", false),
        ("", false),
    ] {
        assert_eq!(is_insight_id(id), is_valid, "{id}");
    }
}

#[test]
fn insight_id_is_found_regardless_of_case() {
    let xray = Xray::new();
    let id = xray.add(insight(0, None));
    assert_eq!(xray.insight(&id.to_ascii_uppercase()).insight_id, id);
}

#[test]
fn impact_graph_has_the_root_cause_and_its_callers() {
    let xray = Xray::new();
    let id = xray.add(insight(-HOUR, None));
    let graph = xray.graph(&id, -HOUR, 0).unwrap();
    let services: Vec<(i32, &str, Vec<i32>)> = graph
        .services
        .iter()
        .map(|service| {
            let edges = service.edges.iter().map(|edge| edge.reference_id).collect();
            (service.reference_id, service.name.as_str(), edges)
        })
        .collect();
    assert_eq!(services, [(0, "orders", vec![]), (1, "shop", vec![0]), (2, "till", vec![0])]);
    let times = (Timestamp::from_seconds(NOW - HOUR), Timestamp::from_seconds(NOW));
    assert_eq!((graph.start_time, graph.end_time), times);
    assert_eq!((graph.service_graph_start_time, graph.service_graph_end_time), times);
}

#[test]
fn impact_graph_is_empty_while_the_insight_is_not_open() {
    let xray = Xray::new();
    let id = xray.add(insight(-2 * HOUR, Some(-HOUR)));
    // Documented: the start of the range is inclusive and its end exclusive.
    for (start, end, count) in [
        (-4 * HOUR, -2 * HOUR, 0),
        (-4 * HOUR, -2 * HOUR + 1, 3),
        (-HOUR, 0, 3),
        (-HOUR + 1, 0, 0),
        (-HOUR - 1, -HOUR, 3),
    ] {
        assert_eq!(xray.graph(&id, start, end).unwrap().services.len(), count, "{start} {end}");
    }
}

#[test]
fn impact_graph_covers_at_most_six_hours_of_the_last_30_days() {
    let xray = Xray::new();
    let id = xray.add(insight(0, None));
    for (start, end, is_valid) in [
        (-6 * HOUR, 0, true),
        (-6 * HOUR - 1, 0, false),
        (-30 * DAY, -30 * DAY + 60, true),
        (-30 * DAY - 1, -30 * DAY + 60, false),
        (0, -1, false),
        (0, 0, true),
    ] {
        let outcome = xray.graph(&id, start, end);
        assert_eq!(outcome.is_ok(), is_valid, "{start} {end}");
        if !is_valid {
            assert_eq!(rejection(outcome).0, Code::InvalidRequestException);
        }
    }
    let token = json!({"InsightId": id, "StartTime": NOW, "EndTime": NOW, "NextToken": "x"});
    let rejected = rejection(xray.call::<GetInsightImpactGraph>(&token));
    assert_eq!(rejected, (Code::InvalidRequestException, "Invalid NextToken".to_owned()));
}

#[test]
fn summaries_are_filtered_by_state_and_time_and_sorted_by_start() {
    let xray = Xray::new();
    let active = xray.add(insight(-HOUR, None));
    let closed = xray.add(insight(-2 * HOUR, Some(-HOUR)));
    assert_eq!(xray.ids(&json!({})), [closed.clone(), active.clone()]);
    assert_eq!(xray.ids(&json!({"States": []})).len(), 2);
    assert_eq!(xray.ids(&json!({"States": ["ACTIVE"]})), std::slice::from_ref(&active));
    assert_eq!(xray.ids(&json!({"States": ["CLOSED"]})), std::slice::from_ref(&closed));
    // Assumed: an insight that was open at any time in the range is listed, and both ends belong to the range.
    for (start, end, expected) in [
        (-3 * HOUR, -2 * HOUR, vec![&closed]),
        (-3 * HOUR, -2 * HOUR - 1, vec![]),
        (-HOUR, -HOUR, vec![&closed, &active]),
        (-HOUR + 1, 0, vec![&active]),
    ] {
        let found = xray.ids(&json!({"StartTime": NOW + start, "EndTime": NOW + end}));
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{start} {end}");
    }
}

#[test]
fn summaries_select_one_group_by_name_or_arn() {
    let xray = Xray::new();
    let id = xray.add(insight(0, None));
    let arn = "arn:aws:xray:us-east-1:123456789012:group/Default";
    assert_eq!(xray.ids(&json!({"GroupName": null, "GroupARN": arn})), [id]);
    let either = (Code::InvalidRequestException, "Provide either GroupName or GroupARN".to_owned());
    assert_eq!(rejection(xray.insight_summaries(&json!({"GroupARN": arn}))), either);
    assert_eq!(rejection(xray.insight_summaries(&json!({"GroupName": null}))), either);
    let not_found = (Code::InvalidRequestException, "Group not found".to_owned());
    assert_eq!(rejection(xray.insight_summaries(&json!({"GroupName": "missing"}))), not_found);
    assert_eq!(
        rejection(xray.insight_summaries(&json!({"GroupName": null, "GroupARN": format!("{arn}/x")}))),
        not_found
    );
}

#[test]
fn summaries_of_a_recreated_group_are_empty() {
    let xray = Xray::new();
    let request = json!({"GroupName": "mine", "FilterExpression": "fault"});
    let arn = xray.call::<CreateGroup>(&request).unwrap().group.arn;
    let id = xray.add(NewInsight { group: "mine".to_owned(), ..insight(0, None) });
    assert_eq!(xray.insight(&id).group_arn, arn);
    assert_eq!(xray.ids(&json!({"GroupName": "mine"})), std::slice::from_ref(&id));
    assert_eq!(xray.ids(&json!({})), [""; 0]);
    xray.call::<DeleteGroup>(&json!({"GroupName": "mine"})).unwrap();
    let not_found = (Code::InvalidRequestException, "Group not found".to_owned());
    assert_eq!(rejection(xray.insight_summaries(&json!({"GroupName": "mine"}))), not_found);
    xray.call::<CreateGroup>(&request).unwrap();
    assert_eq!(xray.ids(&json!({"GroupName": "mine"})), [""; 0]);
    assert_eq!(xray.insight(&id).group_arn, arn);
}

#[test]
fn summaries_without_insights_are_an_empty_list() {
    let request = format!(r#"{{"GroupName":"Default","StartTime":{NOW},"EndTime":{NOW}}}"#);
    let response = Xray::new().post("/InsightSummaries", request);
    assert_eq!(response.body, r#"{"InsightSummaries":[],"NextToken":null}"#);
}

#[test]
fn summary_times_must_be_in_order_and_at_most_30_days_old() {
    let xray = Xray::new();
    for members in [json!({"StartTime": NOW - 30 * DAY - 1}), json!({"StartTime": NOW + 1})] {
        assert_eq!(rejection(xray.insight_summaries(&members)).0, Code::InvalidRequestException);
    }
    let missing = rejection(xray.insight_summaries(&json!({"StartTime": null, "EndTime": null})));
    assert_eq!(missing.0, Code::ValidationException);
    assert!(missing.1.starts_with("2 validation errors detected: Value null at 'startTime'"), "{}", missing.1);
}

#[test]
fn insight_requests_are_checked_against_the_models_constraints() {
    let xray = Xray::new();
    let id = xray.add(insight(0, None));
    for members in [json!({"States": ["ACTIVE", "CLOSED"]}), json!({"States": ["OPEN"]}), json!({"MaxResults": 101})] {
        assert_eq!(rejection(xray.insight_summaries(&members)).0, Code::ValidationException, "{members}");
    }
    let events = rejection(xray.call::<GetInsightEvents>(&json!({"InsightId": id, "MaxResults": 51})));
    assert_eq!(events.0, Code::ValidationException);
}

#[test]
fn insight_pages_are_linked_by_tokens() {
    let xray = Xray::new();
    let added: Vec<String> = (0..5).map(|start| xray.add(insight(start - 10, None))).collect();
    let mut found = Vec::new();
    let mut token = Value::Null;
    for length in [2, 2, 1] {
        let page = xray.insight_summaries(&json!({"MaxResults": 2, "NextToken": token})).unwrap();
        assert_eq!(page.insight_summaries.len(), length);
        found.extend(page.insight_summaries.into_iter().map(|insight| insight.insight_id));
        token = json!(page.next_token);
    }
    assert_eq!((found, token), (added, Value::Null));
}

#[test]
fn insight_pages_have_a_maximum_length() {
    let xray = Xray::new();
    let events = (1..120).map(|second| (Moment::from_seconds(NOW + second), Impact::default())).collect();
    let id = xray.add(NewInsight { events, ..insight(0, None) });
    let page = xray.call::<GetInsightEvents>(&json!({"InsightId": id})).unwrap();
    assert_eq!(page.insight_events.len(), MOST_EVENTS);
    let next = json!({"InsightId": id, "NextToken": page.next_token});
    assert_eq!(xray.call::<GetInsightEvents>(&next).unwrap().insight_events.len(), MOST_EVENTS);
    for _ in 0..101 {
        xray.add(insight(-60, None));
    }
    assert_eq!(xray.ids(&json!({})).len(), MOST_SUMMARIES);
}

#[test]
fn unknown_insight_token_is_rejected() {
    let xray = Xray::new();
    let id = xray.add(insight(0, None));
    let invalid = (Code::InvalidRequestException, "Invalid NextToken".to_owned());
    for token in ["x", &token_for(0), &token_for(1)] {
        assert_eq!(rejection(xray.insight_summaries(&json!({"NextToken": token}))), invalid);
        let events = xray.call::<GetInsightEvents>(&json!({"InsightId": id, "NextToken": token}));
        assert_eq!(rejection(events), invalid);
    }
}
