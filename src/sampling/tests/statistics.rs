use super::*;
use crate::sampling::targets::SamplingStatisticsDocument;

/// The counts of a summary: requests, sampled, borrowed.
fn counts(summary: &Value) -> [i64; 3] {
    ["RequestCount", "SampledCount", "BorrowCount"].map(|name| summary[name].as_i64().unwrap())
}

#[test]
fn sampling_summaries_have_the_same_bytes_as_in_the_real_service() {
    // Recorded. The clock of the tests begins one second after the start of a window.
    let xray = Xray::new();
    assert_eq!(xray.post(SUMMARIES, "{}").body, r#"{"NextToken":null,"SamplingStatisticSummaries":[]}"#);
    xray.create_rule(&rule("a")).unwrap();
    xray.targets(&[report("a", 73, 17, 1)]);
    xray.advance(10_000);
    assert_eq!(
        xray.post(SUMMARIES, r#"{"NextToken":"invalid"}"#).body,
        r#"{"NextToken":null,"SamplingStatisticSummaries":[{"BorrowCount":1,"RequestCount":73,"RuleName":"a","SampledCount":17,"Timestamp":1.79014969E9}]}"#
    );
}

#[test]
fn summaries_show_the_last_closed_window_only() {
    // Recorded: windows begin at multiples of 10 seconds since 1970 and close about one second after their end. Only
    // the last closed window is returned.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    xray.targets(&[report("a", 73, 17, 1)]);
    let table = [
        // Milliseconds that pass, the start of the returned window, its counts.
        (0, 1_790_149_680.0, [0, 0, 0]),
        (9_999, 1_790_149_680.0, [0, 0, 0]),
        (1, 1_790_149_690.0, [73, 17, 1]),
        (9_999, 1_790_149_690.0, [73, 17, 1]),
        (1, 1_790_149_700.0, [0, 0, 0]),
    ];
    for (milliseconds, start, expected) in table {
        xray.advance(milliseconds);
        let summary = &xray.summaries()[0];
        assert_eq!((summary["Timestamp"].as_f64(), counts(summary)), (Some(start), expected));
    }
}

#[test]
fn summaries_list_every_rule_except_default() {
    // Recorded: the counts of a rule without a report are 0. Assumed: the order, and that a report for Default is not
    // returned.
    let xray = Xray::new();
    for name in ["b", "a"] {
        xray.create_rule(&rule(name)).unwrap();
    }
    xray.targets(&[report("Default", 5, 5, 5), report("b", 4, 2, 1)]);
    xray.advance(10_000);
    let summaries = xray.summaries();
    let shown: Vec<_> =
        summaries.as_array().unwrap().iter().map(|row| (row["RuleName"].as_str(), counts(row))).collect();
    assert_eq!(shown, [(Some("a"), [0, 0, 0]), (Some("b"), [4, 2, 1])]);
    for name in ["a", "b"] {
        xray.delete_rule(&json!({"RuleName": name})).unwrap();
    }
    assert_eq!(xray.summaries(), json!([]));
}

#[test]
fn reports_in_one_window_are_not_added_up() {
    // Recorded: counts are not added, even if the reports are from two clients. Assumed: the last report is used.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    let other = with(report("a", 9, 8, 7), json!({"ClientID": "f".repeat(24)}));
    xray.targets(&[report("a", 100, 10, 3), other.clone()]);
    xray.targets(&[report("a", 100, 10, 3), report("a", 5, 4, 2)]);
    xray.advance(10_000);
    assert_eq!(counts(&xray.summaries()[0]), [5, 4, 2]);
}

#[test]
fn report_without_a_count_keeps_the_earlier_count() {
    // Assumed. One recorded quota fits this rule: it follows a report without a BorrowCount.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    xray.targets(&[report("a", 100, 10, 3)]);
    for name in ["RequestCount", "SampledCount", "BorrowCount"] {
        xray.targets(&[with(report("a", 100, 10, 3), json!({name: null}))]);
    }
    xray.advance(10_000);
    assert_eq!(counts(&xray.summaries()[0]), [100, 10, 3]);
    assert_eq!(xray.quota(with(report("a", 1, 1, 0), json!({"BorrowCount": null}))), Some(0));
}

#[test]
fn reports_are_deleted_with_their_rule() {
    // Assumed: for some minutes, the real service responds from a cache.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    xray.targets(&[report("a", 100, 10, 3)]);
    xray.delete_rule(&json!({"RuleName": "a"})).unwrap();
    xray.create_rule(&rule("a")).unwrap();
    xray.advance(10_000);
    assert_eq!(counts(&xray.summaries()[0]), [0, 0, 0]);
    assert_eq!(xray.quota(report("a", 1, 1, 1)), None);
}

#[test]
fn statistics_have_a_maximum_size_even_if_time_moves_back() {
    let mut statistics = Statistics::default();
    let document = SamplingStatisticsDocument {
        rule_name: "a".to_owned(),
        client_id: "z".repeat(24),
        timestamp: Timestamp::from_seconds(0),
        request_count: Some(1),
        sampled_count: Some(1),
        borrow_count: Some(1),
    };
    let mut now = 0;
    for step in 0..1000 {
        now += if step % 100 == 0 { -1_000_000 } else { 9_000 };
        statistics.report(&document, Moment::from_milliseconds(now));
        assert!(statistics.windows() <= 8, "{statistics:?}");
    }
}
