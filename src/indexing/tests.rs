//! The behaviour of indexing rules. Recorded: the response of `GetIndexingRules`. The tests say what else is documented or
//! assumed.

use serde_json::{Value, json};

use super::*;
use crate::testing::{NOW, Xray, rejection};

fn update_of(name: &str, percentage: &Value) -> Value {
    json!({"Name": name, "Rule": {"Probabilistic": {"DesiredSamplingPercentage": percentage}}})
}

impl Xray {
    fn update_indexing_rule(&self, request: &Value) -> Result<IndexingRule, Fault> {
        self.call::<UpdateIndexingRule>(request).map(|result| result.indexing_rule)
    }

    fn indexing_rules(&self) -> Vec<IndexingRule> {
        self.call::<GetIndexingRules>(&json!({})).unwrap().indexing_rules
    }
}

#[test]
fn default_indexing_rule_exists_and_indexes_1_percent() {
    let response = Xray::new().post("/GetIndexingRules", "");
    // Recorded: the members that have a value, and that ModifiedAt is in the past. Assumed: the value of ModifiedAt,
    // and the null members.
    assert_eq!(
        response.body,
        r#"{"IndexingRules":[{"ModifiedAt":0.0,"Name":"Default","Rule":{"Probabilistic":{"ActualSamplingPercentage":null,"DesiredSamplingPercentage":1.0}}}],"NextToken":null}"#
    );
}

#[test]
fn indexing_rule_update_changes_the_percentage_and_the_time() {
    let xray = Xray::new();
    // Documented: the range is 0 to 100, and fractions are allowed. An update to the present value is accepted.
    for percentage in [json!(100), json!(0), json!(0.0), json!(12.5), json!(12.5), json!(100.0)] {
        xray.advance(1500);
        let updated = xray.update_indexing_rule(&update_of("Default", &percentage)).unwrap();
        let expected = ProbabilisticRuleValue {
            desired_sampling_percentage: percentage.as_f64().unwrap(),
            actual_sampling_percentage: None,
        };
        assert_eq!(updated.rule.probabilistic, Some(expected));
        assert_eq!(xray.indexing_rules(), [updated]);
    }
    assert_eq!(xray.indexing_rules().first().unwrap().modified_at, Timestamp::from_seconds(NOW + 9));
}

#[test]
fn indexing_percentage_outside_0_to_100_is_rejected() {
    let xray = Xray::new();
    // Documented: the range. Assumed: the error.
    for percentage in [json!(-0.1), json!(100.1), json!(101), json!("NaN"), json!("Infinity")] {
        let rejected = rejection(xray.update_indexing_rule(&update_of("Default", &percentage)));
        assert_eq!(rejected.0, Code::InvalidRequestException, "{percentage}");
    }
    assert_eq!(xray.indexing_rules(), Xray::new().indexing_rules());
}

#[test]
fn unknown_indexing_rule_is_not_found() {
    let xray = Xray::new();
    for name in ["default", "other", ""] {
        let fault = xray.update_indexing_rule(&update_of(name, &json!(5))).unwrap_err();
        // Documented: the code and the member ResourceName. Assumed: the message, and that names are case-sensitive.
        assert_eq!((fault.code, fault.code.status()), (Code::ResourceNotFoundException, 404));
        assert_eq!(fault.message.as_deref(), Some("Indexing rule not found"));
        assert_eq!(fault.resource_name.as_deref(), Some(name));
    }
    assert_eq!(xray.indexing_rules(), Xray::new().indexing_rules());
}

#[test]
fn indexing_rule_value_must_set_its_only_member() {
    let xray = Xray::new();
    for request in [
        json!({"Name": "Default", "Rule": {}}),
        json!({"Name": "Default", "Rule": {"Probabilistic": {}}}),
        json!({"Name": "Default"}),
        json!({"Rule": {"Probabilistic": {"DesiredSamplingPercentage": 1}}}),
    ] {
        assert_eq!(rejection(xray.update_indexing_rule(&request)).0, Code::ValidationException, "{request}");
    }
    assert_eq!(xray.indexing_rules(), Xray::new().indexing_rules());
}

#[test]
fn indexing_rules_reject_a_next_token() {
    // Assumed.
    let rejected = rejection(Xray::new().call::<GetIndexingRules>(&json!({"NextToken": "x"})));
    assert_eq!(rejected, (Code::InvalidRequestException, "Next Token not supported".to_owned()));
}
