use super::*;

#[test]
fn default_rule_exists_without_being_created() {
    // Recorded: every byte.
    let response = Xray::new().post(RULES, "{}");
    assert_eq!(
        response.body,
        r#"{"NextToken":null,"SamplingRuleRecords":[{"CreatedAt":0.0,"ModifiedAt":0.0,"SamplingRule":{"Attributes":{},"FixedRate":0.05,"HTTPMethod":"*","Host":"*","Priority":10000,"ReservoirSize":1,"ResourceARN":"*","RuleARN":"arn:aws:xray:us-east-1:123456789012:sampling-rule/Default","RuleName":"Default","ServiceName":"*","ServiceType":"*","URLPath":"*","Version":1}}]}"#
    );
}

#[test]
fn create_returns_the_whole_rule() {
    // Recorded: Attributes are {} if they are missing or empty. SamplingRateBoost is omitted unless the rule has one.
    let record = |attributes: &str, boost: &str| {
        format!(
            r#"{{"SamplingRuleRecord":{{"CreatedAt":1.790149691E9,"ModifiedAt":1.790149691E9,"SamplingRule":{{"Attributes":{attributes},"FixedRate":0.25,"HTTPMethod":"GET","Host":"shop.example","Priority":7001,"ReservoirSize":3,"ResourceARN":"*","RuleARN":"arn:aws:xray:us-east-1:123456789012:sampling-rule/a","RuleName":"a",{boost}"ServiceName":"shop","ServiceType":"*","URLPath":"/cart","Version":1}}}}}}"#
        )
    };
    let table = [
        (json!({}), record("{}", "")),
        (json!({"Attributes": {}}), record("{}", "")),
        (json!({"Attributes": {"a": "1"}}), record(r#"{"a":"1"}"#, "")),
        (
            json!({"SamplingRateBoost": {"MaxRate": 0.5, "CooldownWindowMinutes": 1}}),
            record("{}", r#""SamplingRateBoost":{"CooldownWindowMinutes":1,"MaxRate":0.5},"#),
        ),
        // A member that the API model does not have is ignored (assumed; recorded for updates).
        (json!({"Unknown": 1}), record("{}", "")),
    ];
    for (members, body) in table {
        let request = json!({"SamplingRule": with(rule("a"), members)}).to_string();
        assert_eq!(Xray::new().post("/CreateSamplingRule", request).body, body);
    }
}

#[test]
fn create_accepts_the_bounds_of_each_member() {
    // Recorded: the rate, the reservoir and the attributes. Documented: the rest.
    let attributes: Vec<(String, &str)> = (0..5).map(|index| (index.to_string(), "v")).collect();
    let attributes: serde_json::Map<_, _> = attributes.into_iter().map(|(key, value)| (key, json!(value))).collect();
    let table = [
        json!({"FixedRate": 0}),
        json!({"FixedRate": 1}),
        json!({"ReservoirSize": 0}),
        json!({"ReservoirSize": i32::MAX}),
        json!({"Priority": 1}),
        json!({"Priority": 9999}),
        json!({"Attributes": attributes}),
        json!({"Attributes": {"k".repeat(32): "v".repeat(32)}}),
        json!({"RuleName": "n".repeat(32)}),
        json!({"RuleName": "with spaces"}),
        json!({"Host": "", "URLPath": "p".repeat(128)}),
        json!({"SamplingRateBoost": {"MaxRate": 0, "CooldownWindowMinutes": 1}}),
    ];
    for members in table {
        let outcome = Xray::new().create_rule(&with(rule("a"), &members));
        assert!(outcome.is_ok(), "{members}: {outcome:?}");
    }
}

#[test]
fn create_rejects_values_beyond_the_bounds_with_a_validation_exception() {
    let broken = |value: &str, member: &str, constraint: &str| {
        let message = format!(
            "1 validation error detected: Value {value} at 'samplingRule.{member}' failed to satisfy constraint: \
             {constraint}"
        );
        (Code::ValidationException, message)
    };
    let six: serde_json::Map<_, _> = (0..6).map(|index| (index.to_string(), json!("v"))).collect();
    let long = "n".repeat(33);
    let table = [
        // Recorded.
        (json!({"Priority": 0}), broken("'0'", "priority", "Member must have value greater than or equal to 1")),
        (
            json!({"Priority": 10000}),
            broken("'10000'", "priority", "Member must have value less than or equal to 9999"),
        ),
        (json!({"FixedRate": 1.1}), broken("'1.1'", "fixedRate", "Member must have value less than or equal to 1")),
        (
            json!({"ReservoirSize": -1}),
            broken("'-1'", "reservoirSize", "Member must have value greater than or equal to 0"),
        ),
        (
            json!({"Attributes": six}),
            broken("'{0=v, 1=v, 2=v, 3=v, 4=v, 5=v}'", "attributes", "Member must have length less than or equal to 5"),
        ),
        // Documented: the bounds. Assumed: the errors.
        (json!({"Version": 0}), broken("'0'", "version", "Member must have value greater than or equal to 1")),
        (json!({"RuleName": ""}), broken("''", "ruleName", "Member must have length greater than or equal to 1")),
        (
            json!({"RuleName": long}),
            broken(&format!("'{long}'"), "ruleName", "Member must have length less than or equal to 32"),
        ),
        (
            json!({"SamplingRateBoost": {"MaxRate": 1.5, "CooldownWindowMinutes": 1}}),
            broken("'1.5'", "samplingRateBoost.maxRate", "Member must have value less than or equal to 1"),
        ),
        (json!({"Host": null}), broken("null", "host", "Member must not be null")),
    ];
    for (members, expected) in table {
        let xray = Xray::new();
        assert_eq!(rejection(xray.create_rule(&with(rule("a"), members))), expected);
        assert_eq!(xray.rule_names(), ["Default"]);
    }
}

#[test]
fn create_accepts_a_rule_name_or_an_arn_but_not_both() {
    // Recorded: an ARN without a name, and both. Assumed: the rest.
    let both = "Request cannot contain both sampling rule name and sampling rule ARN";
    let neither = "Request must contain either sampling rule name or sampling rule ARN";
    let foreign = "arn:aws:xray:us-east-1:210987654321:sampling-rule/a";
    let xray = Xray::new();
    let record = xray.create_rule(&with(rule("a"), json!({"RuleName": null, "RuleARN": arn("a")}))).unwrap();
    assert_eq!(record.sampling_rule.rule_name.as_deref(), Some("a"));
    assert_eq!(record.sampling_rule.rule_arn, Some(arn("a")));
    let table = [
        (json!({"RuleName": "b", "RuleARN": arn("b")}), both),
        (json!({"RuleName": null}), neither),
        (json!({"RuleName": null, "RuleARN": foreign}), "Invalid sampling rule ARN"),
        (json!({"RuleName": null, "RuleARN": "b"}), "Invalid sampling rule ARN"),
        (json!({"RuleName": null, "RuleARN": arn("")}), "Invalid sampling rule ARN"),
        (json!({"RuleName": null, "RuleARN": arn(&"n".repeat(33))}), "Invalid sampling rule ARN"),
    ];
    for (members, message) in table {
        assert_eq!(rejection(xray.create_rule(&with(rule("b"), members))), invalid(message));
    }
    assert_eq!(xray.rule_names(), ["a", "Default"]);
}

#[test]
fn create_rejects_a_name_that_exists() {
    // Recorded. Assumed: the error for Default, and that names are case-sensitive.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    for name in ["a", "Default"] {
        assert_eq!(rejection(xray.create_rule(&rule(name))), invalid("Sampling rule already exists"));
    }
    xray.create_rule(&rule("A")).unwrap();
    assert_eq!(xray.rule_names(), ["A", "a", "Default"]);
}

#[test]
fn create_rejects_every_version_except_1() {
    // Recorded: an InvalidRequestException, although other values out of range are a ValidationException.
    let xray = Xray::new();
    let expected = invalid("Sampling rule version must be 1");
    assert_eq!(rejection(xray.create_rule(&with(rule("a"), json!({"Version": 2})))), expected);
    assert_eq!(xray.rule_names(), ["Default"]);
}

#[test]
fn create_rejects_rules_beyond_the_limit() {
    // Documented: the code. Assumed: the message, and that the limit does not include Default.
    let xray = Xray::with(Settings { rule_limit: 2, ..Settings::default() });
    xray.create_rule(&rule("a")).unwrap();
    xray.create_rule(&rule("b")).unwrap();
    let message = "The account already has 2 sampling rules in this Region, which is the limit.".to_owned();
    let fault = xray.create_rule(&rule("c")).unwrap_err();
    assert_eq!(fault.reason.as_deref(), Some("to change the limit, use FakeXRay(rule_limit=...)"));
    assert_eq!(rejection::<()>(Err(fault)), (Code::RuleLimitExceededException, message));
    xray.delete_rule(&json!({"RuleName": "a"})).unwrap();
    xray.create_rule(&rule("c")).unwrap();
    assert_eq!(xray.rule_names(), ["b", "c", "Default"]);
}

#[test]
fn create_checks_in_a_fixed_order() {
    // Assumed. Each step corrects the error that was reported first.
    let xray = Xray::with(Settings { rule_limit: 1, ..Settings::default() });
    xray.create_rule(&rule("a")).unwrap();
    let mut request = with(
        rule("a"),
        json!({
            "RuleARN": arn("a"), "Priority": 0, "Version": 2,
            "SamplingRateBoost": {"MaxRate": 1, "CooldownWindowMinutes": 0}
        }),
    );
    let table = [
        (json!({"Priority": 1}), Code::ValidationException, "samplingRule.priority"),
        (json!({"RuleARN": null}), Code::InvalidRequestException, "both sampling rule name and sampling rule ARN"),
        (json!({"Version": 1}), Code::InvalidRequestException, "version must be 1"),
        (json!({"RuleName": "b"}), Code::InvalidRequestException, "already exists"),
        (json!({}), Code::RuleLimitExceededException, "limit"),
    ];
    for (correction, code, message) in table {
        let (found, text) = rejection(xray.create_rule(&request));
        assert_eq!(found, code);
        assert!(text.contains(message), "{text}");
        request = with(request, correction);
    }
    xray.delete_rule(&json!({"RuleName": "a"})).unwrap();
    assert_eq!(rejection(xray.create_rule(&request)).0, Code::InternalFailure);
    assert_eq!(xray.rule_names(), ["Default"]);
}

#[test]
fn rules_are_listed_by_name_with_default_last() {
    // Recorded: the priority and the order of creation do not matter, and NextToken is ignored.
    let xray = Xray::new();
    for (name, priority) in [("b", 7000), ("Z", 1), ("arn", 7001), ("a", 7001), ("c", 7000)] {
        xray.create_rule(&with(rule(name), json!({"Priority": priority}))).unwrap();
    }
    assert_eq!(xray.rule_names(), ["Z", "a", "arn", "b", "c", "Default"]);
    let listed = xray.sampling_json(RULES, &json!({}));
    assert_eq!(xray.sampling_json(RULES, &json!({"NextToken": "invalid"})), listed);
    assert_eq!(listed["NextToken"], Value::Null);
}

#[test]
fn update_changes_only_the_given_members() {
    // Recorded: the rate, the reservoir and the attributes. Assumed: the rest.
    let xray = Xray::new();
    let created = xray.create_rule(&with(rule("a"), json!({"Attributes": {"k": "v"}}))).unwrap();
    let table = [
        json!({"FixedRate": 0.5}),
        json!({"ReservoirSize": 5}),
        json!({"Priority": 1}),
        json!({"ResourceARN": "r"}),
        json!({"Host": "h"}),
        json!({"ServiceName": "s"}),
        json!({"ServiceType": "t"}),
        json!({"HTTPMethod": "PUT"}),
        json!({"URLPath": "/p"}),
        json!({"Attributes": {"x": "y"}}),
        json!({"Attributes": {}}),
    ];
    let mut expected = serde_json::to_value(&created.sampling_rule).unwrap();
    for update in table {
        expected = with(expected, &update);
        let record = xray.update_rule(&with(json!({"RuleARN": arn("a")}), update)).unwrap();
        assert_eq!(serde_json::to_value(&record.sampling_rule).unwrap(), expected);
        assert_eq!(xray.rules()[0]["SamplingRule"], expected);
    }
}

#[test]
fn update_sets_modified_at_even_if_nothing_changes() {
    // Recorded: an update without changes, and an update with an unknown member.
    let xray = Xray::new();
    let created = xray.create_rule(&rule("a")).unwrap();
    for (seconds, update) in [(1, json!({"RuleName": "a"})), (2, json!({"RuleName": "a", "Version": 2}))] {
        xray.advance(1000);
        let record = xray.update_rule(&update).unwrap();
        assert_eq!(record.modified_at, Timestamp::from_seconds(NOW + seconds));
        assert_eq!((record.created_at, &record.sampling_rule), (created.created_at, &created.sampling_rule));
    }
}

#[test]
fn update_without_a_boost_removes_the_boost() {
    // Recorded: a missing boost, null, a MaxRate below FixedRate, and a MaxRate of 0.
    let boost = |max_rate: f64| json!({"MaxRate": max_rate, "CooldownWindowMinutes": 1});
    let xray = Xray::new();
    xray.create_rule(&with(rule("a"), json!({"SamplingRateBoost": boost(0.5)}))).unwrap();
    let table = [
        (json!({"RuleName": "a"}), None),
        (json!({"RuleName": "a", "SamplingRateBoost": boost(0.01)}), Some(0.01)),
        (json!({"RuleName": "a", "SamplingRateBoost": null}), None),
        (json!({"RuleName": "a", "SamplingRateBoost": boost(0.0)}), Some(0.0)),
        (json!({"RuleName": "a", "FixedRate": 0.5}), None),
    ];
    for (update, max_rate) in table {
        xray.update_rule(&update).unwrap();
        let stored = xray.rules()[0]["SamplingRule"].get("SamplingRateBoost").cloned();
        assert_eq!(stored, max_rate.map(boost));
    }
}

#[test]
fn boost_without_a_cooldown_is_an_internal_failure() {
    // Recorded for updates: a cooldown of 0, and {}. Assumed: creations, and boosts with one member missing.
    let table = [
        json!({"MaxRate": 0.5, "CooldownWindowMinutes": 0}),
        json!({"MaxRate": 0, "CooldownWindowMinutes": 0}),
        json!({}),
        json!({"MaxRate": 0.5}),
        json!({"CooldownWindowMinutes": 1}),
    ];
    for boost in table {
        let xray = Xray::new();
        let create = json!({"SamplingRule": with(rule("a"), json!({"SamplingRateBoost": boost}))}).to_string();
        let response = xray.post("/CreateSamplingRule", create);
        assert_eq!((response.status, response.body.as_str()), (500, r#"{"message":null}"#));
        assert_eq!(xray.rule_names(), ["Default"]);

        xray.create_rule(&with(rule("a"), json!({"SamplingRateBoost": {"MaxRate": 1, "CooldownWindowMinutes": 9}})))
            .unwrap();
        let before = xray.rules();
        xray.advance(1000);
        let update = json!({"SamplingRuleUpdate": {"RuleName": "a", "FixedRate": 1, "SamplingRateBoost": boost}});
        let response = xray.post("/UpdateSamplingRule", update.to_string());
        assert_eq!((response.status, response.body.as_str()), (500, r#"{"message":null}"#));
        assert!(response.headers.contains(&("x-amzn-errortype", "InternalFailure".to_owned())));
        assert_eq!(xray.rules(), before);
    }
}

#[test]
fn update_rejects_numbers_out_of_range_with_an_invalid_request() {
    // Recorded: a priority of -1. Assumed: the others.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    let before = xray.rules();
    xray.advance(1000);
    let table = [
        json!({"Priority": -1}),
        json!({"Priority": 0}),
        json!({"Priority": 10000}),
        json!({"FixedRate": 1.1}),
        json!({"FixedRate": -0.1}),
        json!({"FixedRate": "NaN"}),
        json!({"ReservoirSize": -1}),
    ];
    for update in table {
        let update = with(json!({"RuleName": "a", "Host": "other"}), update);
        assert_eq!(rejection(xray.update_rule(&update)), invalid("Invalid update request for sampling rule"));
        assert_eq!(xray.rules(), before);
    }
}

#[test]
fn update_rejects_values_outside_the_models_constraints_with_a_validation_exception() {
    // Assumed: the API model has constraints for these members of an update, but not for its numbers.
    let xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    let before = xray.rules();
    let six: serde_json::Map<_, _> = (0..6).map(|index| (index.to_string(), json!("v"))).collect();
    for update in [json!({"Host": "h".repeat(65)}), json!({"HTTPMethod": "m".repeat(11)}), json!({"Attributes": six})] {
        let (code, message) = rejection(xray.update_rule(&with(json!({"RuleName": "a"}), update)));
        assert_eq!(code, Code::ValidationException);
        assert!(message.contains("at 'samplingRuleUpdate."), "{message}");
        assert_eq!(xray.rules(), before);
    }
}

#[test]
fn update_and_delete_select_a_rule_by_its_name_or_its_arn() {
    // Recorded: a name with an ARN, neither, and a missing rule. Assumed: malformed ARNs, ARNs of other Regions, and an
    // empty name.
    let both = "Request cannot contain both sampling rule name and sampling rule ARN";
    let neither = "Request must contain either sampling rule name or sampling rule ARN";
    let missing = "Sampling rule does not exist";
    let xray = Xray::new();
    for name in ["a", "b"] {
        xray.create_rule(&rule(name)).unwrap();
    }
    let before = xray.rules();
    let table = [
        (json!({"RuleName": "a", "RuleARN": arn("a")}), both),
        (json!({"RuleName": "a", "RuleARN": arn("b")}), both),
        (json!({}), neither),
        (json!({"RuleName": "missing"}), missing),
        (json!({"RuleName": "A"}), missing),
        (json!({"RuleARN": arn("missing")}), missing),
        (json!({"RuleARN": "a"}), missing),
        (json!({"RuleARN": "arn:aws:xray:us-west-2:123456789012:sampling-rule/a"}), missing),
    ];
    for (selector, message) in table {
        assert_eq!(rejection(xray.update_rule(&selector)), invalid(message), "{selector}");
        assert_eq!(rejection(xray.delete_rule(&selector)), invalid(message), "{selector}");
    }
    assert_eq!(rejection(xray.delete_rule(&json!({"RuleName": ""}))), invalid(missing));
    assert_eq!(xray.rules(), before);
}

#[test]
fn default_rule_changes_only_its_rate_and_reservoir() {
    // Documented: the members that can change. Reported by users of the real service: the message, and that a member is
    // rejected even if its value does not change.
    let xray = Xray::new();
    let record = xray.update_rule(&json!({"RuleName": "Default", "FixedRate": 0.5, "ReservoirSize": 7})).unwrap();
    assert_eq!((record.sampling_rule.fixed_rate, record.sampling_rule.reservoir_size), (0.5, 7));
    assert_eq!((record.created_at, record.modified_at), (Timestamp::from_seconds(0), Timestamp::from_seconds(NOW)));
    let before = xray.rules();
    xray.advance(1000);
    let table = [
        json!({"Priority": 10000}),
        json!({"ResourceARN": "*"}),
        json!({"Host": "*"}),
        json!({"ServiceName": "*"}),
        json!({"ServiceType": "*"}),
        json!({"HTTPMethod": "*"}),
        json!({"URLPath": "*"}),
        json!({"Attributes": {}}),
        json!({"SamplingRateBoost": {"MaxRate": 0.5, "CooldownWindowMinutes": 1}}),
    ];
    for update in table {
        let update = with(json!({"RuleARN": arn("Default"), "FixedRate": 0.1}), update);
        assert_eq!(rejection(xray.update_rule(&update)), invalid("Invalid update request for default sampling rule"));
        assert_eq!(xray.rules(), before);
    }
    // Assumed: a rate out of range has the same error as for other rules.
    let update = json!({"RuleName": "Default", "FixedRate": 2});
    assert_eq!(rejection(xray.update_rule(&update)), invalid("Invalid update request for sampling rule"));
}

#[test]
fn default_rule_cannot_be_deleted() {
    // Documented. Assumed: the message.
    let xray = Xray::new();
    for selector in [json!({"RuleName": "Default"}), json!({"RuleARN": arn("Default")})] {
        assert_eq!(rejection(xray.delete_rule(&selector)), invalid("Default sampling rule cannot be deleted"));
    }
    assert_eq!(xray.rule_names(), ["Default"]);
}

#[test]
fn delete_returns_the_deleted_rule() {
    // Recorded: deletion by name and by ARN. A second deletion is rejected.
    let xray = Xray::new();
    for selector in [json!({"RuleName": "a"}), json!({"RuleARN": arn("a")})] {
        let created = xray.create_rule(&rule("a")).unwrap();
        xray.advance(1000);
        assert_eq!(xray.delete_rule(&selector).unwrap(), created);
        assert_eq!(rejection(xray.delete_rule(&selector)), invalid("Sampling rule does not exist"));
        assert_eq!(xray.rule_names(), ["Default"]);
    }
    // A rule created again has the same ARN and a new time (recorded).
    let again = xray.create_rule(&rule("a")).unwrap();
    assert_eq!(again.sampling_rule.rule_arn, Some(arn("a")));
    assert_eq!(again.created_at, Timestamp::from_seconds(NOW + 2));
}

#[test]
fn rule_tags_are_kept_by_updates_and_deleted_with_the_rule() {
    // Recorded: updates keep the tags, a deletion removes them, and a rule that is created again has no tags. Assumed:
    // Default has no tags.
    let xray = Xray::new();
    let tags_of = |name: &str| xray.post("/ListTagsForResource", json!({"ResourceARN": arn(name)}).to_string());
    let create = |tags: Value| {
        xray.post("/CreateSamplingRule", json!({"SamplingRule": rule("a"), "Tags": tags}).to_string()).status
    };
    assert_eq!(create(json!([{"Key": "Owner", "Value": "shop"}])), 200);
    let tagged = r#"{"NextToken":null,"Tags":[{"Key":"Owner","Value":"shop"}]}"#;
    assert_eq!(tags_of("a").body, tagged);
    xray.update_rule(&json!({"RuleName": "a", "FixedRate": 1})).unwrap();
    assert_eq!(tags_of("a").body, tagged);
    xray.delete_rule(&json!({"RuleName": "a"})).unwrap();
    assert_eq!(tags_of("a").status, 404);
    assert_eq!(create(Value::Null), 200);
    let untagged = r#"{"NextToken":null,"Tags":[]}"#;
    assert_eq!(tags_of("a").body, untagged);
    assert_eq!(tags_of("Default").body, untagged);
}

#[test]
fn create_with_invalid_tags_creates_nothing() {
    // Assumed: the errors are those of TagResource.
    let tag = |key: &str| json!({"Key": key, "Value": "v"});
    let many: Vec<_> = (0..51).map(|index| tag(&index.to_string())).collect();
    let table = [
        (json!([tag("a"), tag("a")]), Code::InternalFailure),
        (json!([tag("aws:a")]), Code::InvalidRequestException),
        (json!(many), Code::InvalidRequestException),
        (json!([tag("")]), Code::ValidationException),
    ];
    for (tags, code) in table {
        let xray = Xray::new();
        let request = json!({"SamplingRule": rule("a"), "Tags": tags});
        assert_eq!(rejection(xray.call::<CreateSamplingRule>(&request)).0, code);
        assert_eq!(xray.rule_names(), ["Default"]);
        xray.create_rule(&rule("a")).unwrap();
    }
}

#[test]
fn times_of_sampling_rules_are_whole_seconds_rounded_down() {
    let xray = Xray::new();
    xray.advance(1999);
    assert_eq!(xray.create_rule(&rule("a")).unwrap().created_at, Timestamp::from_seconds(NOW + 1));
}

#[test]
fn accounts_and_regions_have_their_own_rules() {
    // Documented.
    let mut xray = Xray::new();
    xray.create_rule(&rule("a")).unwrap();
    xray.caller = crate::testing::caller("123456789012", "cn-north-1");
    assert_eq!(xray.rule_names(), ["Default"]);
    let default = &xray.rules()[0]["SamplingRule"]["RuleARN"];
    assert_eq!(default, "arn:aws-cn:xray:cn-north-1:123456789012:sampling-rule/Default");
}
