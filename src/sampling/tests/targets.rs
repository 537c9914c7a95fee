use super::*;

/// A report of anomalies.
fn anomalies(rule_name: &str, anomalous: i32, sampled: i32) -> Value {
    json!({
        "RuleName": rule_name, "ServiceName": "shop", "Timestamp": 1_790_149_691, "AnomalyCount": anomalous,
        "TotalCount": 1000, "SampledAnomalyCount": sampled
    })
}

const BOOST: &str = r#"{"MaxRate":0.5,"CooldownWindowMinutes":2}"#;

/// A fake with a rule that has the rate 0.05 and this boost.
fn boosted_rule(boost: &Value) -> Xray {
    let xray = Xray::new();
    xray.create_rule(&with(rule("a"), json!({"FixedRate": 0.05, "SamplingRateBoost": boost}))).unwrap();
    xray
}

impl Xray {
    /// The boost in the response to a report together with reports of anomalies.
    fn boost(&self, boost_documents: &[Value]) -> Option<Value> {
        let request = json!({
            "SamplingStatisticsDocuments": [report("a", 1, 1, 1)], "SamplingBoostStatisticsDocuments": boost_documents
        });
        self.sampling_json(TARGETS, &request)["SamplingTargetDocuments"][0].get("SamplingBoost").cloned()
    }
}

#[test]
fn sampling_targets_have_the_same_bytes_as_in_the_real_service() {
    // Recorded: every byte, with null members before a window with a report has closed, and with numbers after that.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    let request =
        json!({"SamplingStatisticsDocuments": [report("a", 100, 10, 2), report("missing", 1, 1, 1)]}).to_string();
    let unprocessed = r#""UnprocessedStatistics":[{"ErrorCode":"400","Message":"Unknown rule","RuleName":"missing"}]}"#;
    assert_eq!(
        xray.post(TARGETS, &request).body,
        r#"{"LastRuleModification":1.790149691E9,"SamplingTargetDocuments":[{"FixedRate":0.25,"Interval":null,"ReservoirQuota":null,"ReservoirQuotaTTL":null,"RuleName":"a"}],"#
            .to_owned()
            + unprocessed
    );
    xray.advance(10_700);
    assert_eq!(
        xray.post(TARGETS, &request).body,
        r#"{"LastRuleModification":1.790149691E9,"SamplingTargetDocuments":[{"FixedRate":0.25,"Interval":10,"ReservoirQuota":1,"ReservoirQuotaTTL":1.790150001E9,"RuleName":"a"}],"#
            .to_owned()
            + unprocessed
    );
}

#[test]
fn the_response_has_one_target_for_each_report() {
    // Recorded: one target for each report, even if several reports have the same rule, and no target without reports.
    // Assumed: the order.
    let xray = Xray::new();
    for name in ["a", "b"] {
        xray.create_rule(&rule(name)).unwrap();
    }
    let table = [
        vec![],
        vec!["a"],
        vec!["b", "a", "Default"],
        vec!["a", "a"],
        (0..25).map(|index| if index % 2 == 0 { "a" } else { "b" }).collect(),
    ];
    for names in table {
        let reports: Vec<_> = names.iter().map(|name| report(name, 1, 1, 1)).collect();
        let targets = xray.targets(&reports);
        let targets = targets["SamplingTargetDocuments"].as_array().unwrap().clone();
        assert_eq!(targets.iter().map(|target| target["RuleName"].as_str().unwrap()).collect::<Vec<_>>(), names);
    }
}

#[test]
fn default_rule_has_a_target() {
    // Assumed.
    let xray = Xray::new();
    let target = |xray: &Xray| xray.targets(&[report("Default", 1, 1, 0)])["SamplingTargetDocuments"][0].clone();
    assert_eq!(target(&xray)["FixedRate"], 0.05);
    xray.advance(10_000);
    assert_eq!(target(&xray)["ReservoirQuota"], 1);
}

#[test]
fn quota_is_null_until_a_window_with_a_report_has_closed() {
    // Recorded: the counts, the number of reports and the client do not matter. The clock of the tests begins one
    // second after the start of a window.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    xray.advance(8_000);
    assert_eq!(xray.quota(report("a", 0, 0, 0)), None);
    xray.advance(1_999);
    assert_eq!(xray.quota(report("a", 100, 10, 0)), None);
    xray.advance(1);
    let other = with(report("a", 100, 10, 0), json!({"ClientID": "z".repeat(24)}));
    assert_eq!(xray.quota(other), Some(3));
}

#[test]
fn quota_is_null_again_after_a_minute_without_reports() {
    // Recorded: a quota 57.8 seconds after the last report, and null after 89.9 seconds. Assumed: six windows.
    for (milliseconds, quota) in [(57_800, Some(3)), (69_999, Some(3)), (70_000, None), (89_900, None)] {
        let xray = Xray::new();
        xray.create_rule(&rule("a")).unwrap();
        xray.quota(report("a", 100, 10, 3));
        xray.advance(milliseconds);
        assert_eq!(xray.quota(report("a", 100, 10, 3)), quota, "{milliseconds}");
    }
}

#[test]
fn quota_is_the_reservoir_minus_the_borrow_count_of_the_last_report() {
    // Assumed, because it fits 32 of the 34 recorded quotas: the last report in the last two closed windows is used.
    let table = [
        // The reservoir, the borrowed requests, milliseconds that pass, the quota.
        (5, 3, 10_000, 2),
        (3, 3, 10_000, 0),
        (2, 0, 10_000, 2),
        (1, 3, 10_000, 0),
        (0, 3, 10_000, 0),
        (3, 3, 29_999, 0),
        (3, 3, 30_000, 3),
        (5, 3, 30_000, 5),
        (i32::MAX, 0, 10_000, i64::from(i32::MAX)),
        (0, i32::MAX, 10_000, 0),
    ];
    for (reservoir_size, borrowed, milliseconds, quota) in table {
        let xray = Xray::new();
        xray.create_rule(&with(rule("a"), json!({"ReservoirSize": reservoir_size}))).unwrap();
        xray.quota(report("a", 100, 10, 9));
        xray.quota(report("a", 100, 10, borrowed));
        xray.advance(milliseconds);
        assert_eq!(xray.quota(report("a", 100, 10, 1)), Some(quota), "{reservoir_size} {borrowed} {milliseconds}");
    }
}

#[test]
fn quota_follows_an_updated_reservoir_at_once() {
    // Assumed: for some seconds, the real service responds from a cache.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    xray.quota(report("a", 100, 10, 0));
    xray.advance(10_000);
    xray.update_rule(&json!({"RuleName": "a", "ReservoirSize": 8, "FixedRate": 1})).unwrap();
    let target = &xray.targets(&[report("a", 100, 10, 0)])["SamplingTargetDocuments"][0];
    assert_eq!((&target["ReservoirQuota"], &target["FixedRate"]), (&json!(8), &json!(1.0)));
}

#[test]
fn reports_with_any_times_and_counts_are_accepted() {
    // Recorded. Assumed: a report belongs to the window in which it arrives.
    let table = [
        json!({"Timestamp": NOW - 3600}),
        json!({"Timestamp": NOW + 3600}),
        json!({"Timestamp": NOW + 86400}),
        json!({"Timestamp": 0}),
        json!({"Timestamp": 1_790_149_691.713}),
        json!({"ClientID": "z".repeat(24)}),
        json!({"RequestCount": 1, "SampledCount": 10, "BorrowCount": 20}),
        json!({"RequestCount": null}),
        json!({"SampledCount": null}),
        json!({"BorrowCount": null}),
    ];
    for members in table {
        let xray = Xray::new();
        xray.create_rule(&rule("a")).unwrap();
        let report = with(report("a", 100, 10, 3), members);
        assert_eq!(xray.targets(std::slice::from_ref(&report))["UnprocessedStatistics"], json!([]));
        xray.advance(10_000);
        assert!(xray.quota(report).is_some());
    }
}

#[test]
fn one_report_that_breaks_a_constraint_rejects_the_whole_request() {
    let error = |value: &str, member: &str, constraint: &str| {
        format!(
            "1 validation error detected: Value {value} at 'samplingStatisticsDocuments{member}' failed to satisfy \
             constraint: Member must {constraint}"
        )
    };
    let first = |members: Value| json!({"SamplingStatisticsDocuments": [with(report("a", 100, 10, 3), members)]});
    let arn = arn("stackd-xs-e0be1a4029-a");
    let table = [
        // Recorded.
        (json!({}), error("null", "", "not be null")),
        (first(json!({"ClientID": ""})), error("''", ".1.member.clientID", "have length greater than or equal to 24")),
        (
            first(json!({"ClientID": "not-hex"})),
            error("'not-hex'", ".1.member.clientID", "have length greater than or equal to 24"),
        ),
        (
            first(json!({"RequestCount": -1})),
            error("'-1'", ".1.member.requestCount", "have value greater than or equal to 0"),
        ),
        (first(json!({"RuleName": ""})), error("''", ".1.member.ruleName", "have length greater than or equal to 1")),
        (
            first(json!({"RuleName": arn})),
            error(&format!("'{arn}'"), ".1.member.ruleName", "have length less than or equal to 32"),
        ),
        (first(json!({"RuleName": null})), error("null", ".1.member.ruleName", "not be null")),
        (first(json!({"ClientID": null})), error("null", ".1.member.clientID", "not be null")),
        (first(json!({"Timestamp": null})), error("null", ".1.member.timestamp", "not be null")),
        // Assumed, because of the recorded response for a text that is too short.
        (
            first(json!({"ClientID": "z".repeat(25)})),
            error(&format!("'{}'", "z".repeat(25)), ".1.member.clientID", "have length less than or equal to 24"),
        ),
    ];
    for (request, message) in table {
        let xray = Xray::new();
        xray.create_rule(&rule("a")).unwrap();
        let mut request = request;
        if let Some(documents) = request["SamplingStatisticsDocuments"].as_array_mut() {
            documents.push(report("a", 7, 7, 7));
        }
        assert_eq!(rejection(xray.call::<GetSamplingTargets>(&request)), (Code::ValidationException, message));
        xray.advance(10_000);
        assert_eq!(xray.summaries()[0]["RequestCount"], 0);
    }
}

#[test]
fn more_than_25_reports_are_rejected() {
    // Recorded: the message, with all reports as Java prints them. Assumed: the same limit for reports of anomalies.
    let xray = Xray::new();
    let request = json!({"SamplingStatisticsDocuments": vec![report("a", 100, 10, 3); 26]});
    let (code, message) = rejection(xray.call::<GetSamplingTargets>(&request));
    assert_eq!(code, Code::ValidationException);
    let shown = "SamplingStatisticsDocument(ruleName=a, clientID=0123456789abcdef01234567, \
                 timestamp=Wed Sep 23 07:48:11 UTC 2026, requestCount=100, sampledCount=10, borrowCount=3)";
    let all = vec![shown; 26].join(", ");
    assert_eq!(
        message,
        format!(
            "1 validation error detected: Value '[{all}]' at 'samplingStatisticsDocuments' failed to satisfy \
             constraint: Member must have length less than or equal to 25"
        )
    );
    let boosts = vec![anomalies("a", 1, 0); 26];
    let request = json!({"SamplingStatisticsDocuments": [], "SamplingBoostStatisticsDocuments": boosts});
    assert_eq!(rejection(xray.call::<GetSamplingTargets>(&request)).0, Code::ValidationException);
}

#[test]
fn last_rule_modification_ignores_deleted_rules() {
    // Recorded: it is 0 for a new account. Updates without changes count as modifications. Deleted rules do not matter.
    let xray = Xray::new();
    let last = || xray.targets(&[])["LastRuleModification"].clone();
    let at = |seconds: i64| serde_json::to_value(Timestamp::from_seconds(seconds)).unwrap();
    assert_eq!(last(), at(0));
    xray.create_rule(&rule("a")).unwrap();
    assert_eq!(last(), at(NOW));
    xray.advance(1000);
    xray.update_rule(&json!({"RuleName": "a"})).unwrap();
    assert_eq!(last(), at(NOW + 1));
    xray.advance(1000);
    xray.create_rule(&rule("b")).unwrap();
    assert_eq!(last(), at(NOW + 2));
    xray.delete_rule(&json!({"RuleName": "b"})).unwrap();
    assert_eq!(last(), at(NOW + 1));
    // Assumed: an update of Default is a modification.
    xray.advance(1000);
    xray.update_rule(&json!({"RuleName": "Default", "FixedRate": 0.5})).unwrap();
    assert_eq!(last(), at(NOW + 3));
}

#[test]
fn unprocessed_boost_statistics_are_returned_only_for_boost_reports() {
    // Recorded: the list is empty if all reports were processed, including reports with inconsistent counts. It has the
    // reports for unknown rules.
    let xray = boosted_rule(&serde_json::from_str(BOOST).unwrap());
    assert_eq!(xray.targets(&[]).get("UnprocessedBoostStatistics"), None);
    let inconsistent = with(anomalies("a", 2, 3), json!({"TotalCount": 1}));
    let unknown = json!([{"ErrorCode": "400", "Message": "Unknown rule", "RuleName": "missing"}]);
    let table = [
        (json!([]), json!([])),
        (json!([inconsistent]), json!([])),
        (json!([anomalies("missing", 9, 0), anomalies("a", 9, 0)]), unknown),
        // Assumed: counts may be missing from an HTTP request, as in other reports.
        (json!([{"RuleName": "a", "ServiceName": "shop", "Timestamp": 0}]), json!([])),
    ];
    for (documents, unprocessed) in table {
        let request = json!({"SamplingStatisticsDocuments": [], "SamplingBoostStatisticsDocuments": documents});
        let response = xray.sampling_json(TARGETS, &request);
        assert_eq!(response["UnprocessedBoostStatistics"], unprocessed);
        assert_eq!(response["UnprocessedStatistics"], json!([]));
        assert_eq!(response["SamplingTargetDocuments"], json!([]));
    }
}

#[test]
fn anomalies_boost_the_rate_at_once() {
    // Recorded: no boost without anomalies. With anomalies, the same response has a boost with twice the rate.
    let xray = boosted_rule(&serde_json::from_str(BOOST).unwrap());
    assert_eq!(xray.boost(&[anomalies("a", 0, 0)]), None);
    let expected = json!({"BoostRate": 0.1, "BoostRateTTL": 1_790_149_711.0});
    assert_eq!(xray.boost(&[anomalies("a", 900, 0)]), Some(expected));
    xray.advance(10_500);
    let expected = json!({"BoostRate": 0.1, "BoostRateTTL": 1_790_149_721.0});
    assert_eq!(xray.boost(&[anomalies("a", 900, 0)]), Some(expected));
    // Assumed: every client receives the boost.
    assert!(xray.boost(&[]).is_some());
}

#[test]
fn boost_lasts_a_minute_and_can_begin_again_after_the_cooldown() {
    // Documented: a boost lasts up to one minute, and there is one boost in a cooldown window. Assumed: exactly one minute.
    let xray = boosted_rule(&serde_json::from_str(BOOST).unwrap());
    let table = [(0, true), (59_999, true), (1, false), (59_999, false), (1, true), (59_999, true), (1, false)];
    for (milliseconds, is_boosted) in table {
        xray.advance(milliseconds);
        assert_eq!(xray.boost(&[anomalies("a", 900, 0)]).is_some(), is_boosted, "{milliseconds}");
    }
}

#[test]
fn boost_depends_on_the_rule_and_the_unsampled_anomalies() {
    // Assumed from the documentation: the rate is at most MaxRate, and anomalies that were sampled do not begin a boost.
    let boost = |max_rate: f64| json!({"MaxRate": max_rate, "CooldownWindowMinutes": 1});
    let table = [
        (boost(0.08), anomalies("a", 900, 0), Some(0.08)),
        (boost(0.05), anomalies("a", 900, 0), None),
        (boost(0.01), anomalies("a", 900, 0), None),
        (boost(1.0), anomalies("a", 900, 899), Some(0.1)),
        (boost(1.0), anomalies("a", 900, 900), None),
        (Value::Null, anomalies("a", 900, 0), None),
    ];
    for (boost, anomalies, rate) in table {
        let shown = boosted_rule(&boost).boost(&[anomalies]).and_then(|boost| boost["BoostRate"].as_f64());
        assert_eq!(shown, rate, "{boost}");
    }
    // Assumed: an update that removes the boost ends it.
    let xray = boosted_rule(&boost(0.5));
    assert!(xray.boost(&[anomalies("a", 900, 0)]).is_some());
    xray.update_rule(&json!({"RuleName": "a"})).unwrap();
    assert_eq!(xray.boost(&[anomalies("a", 900, 0)]), None);
}
