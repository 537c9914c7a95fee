//! The rules of groups. "Recorded" means that the real service responded this way in September 2026.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::*;
use crate::fault::Code;
use crate::operation::Settings;
use crate::tags::ListTagsForResource;
use crate::testing::{Xray, caller, rejection};

const FILTER: &str = r#"service("checkout") AND annotation.tenant = "acme""#;

fn named(name: &str) -> Value {
    json!({"GroupName": name})
}

fn with_filter(name: &str) -> Value {
    json!({"GroupName": name, "FilterExpression": FILTER})
}

fn rejected(message: &str) -> (Code, String) {
    (Code::InvalidRequestException, message.to_owned())
}

impl Xray {
    fn create_group(&self, name: &str) -> Group {
        self.call::<CreateGroup>(&with_filter(name)).unwrap().group
    }

    fn get_group(&self, request: &Value) -> Result<Group, Fault> {
        self.call::<GetGroup>(request).map(|result| result.group)
    }

    fn update_group(&self, request: &Value) -> Result<Group, Fault> {
        self.call::<UpdateGroup>(request).map(|result| result.group)
    }

    fn groups(&self) -> Vec<GroupSummary> {
        self.call::<GetGroups>(&json!({})).unwrap().groups
    }

    fn group_names(&self) -> Vec<String> {
        self.groups().iter().map(|group| group.name.to_string()).collect()
    }
}

/// Recorded.
#[test]
fn the_default_group_exists_without_a_filter_or_an_arn_suffix() {
    let xray = Xray::new();
    let default = xray.get_group(&named("Default")).unwrap();
    assert_eq!(&*default.arn, "arn:aws:xray:us-east-1:123456789012:group/Default");
    assert_eq!(default.filter_expression, None);
    assert_eq!(default.insights_configuration, InsightsConfiguration::new(false, false));
    assert_eq!(xray.get_group(&json!({"GroupARN": default.arn})).unwrap(), default);
    assert_eq!(xray.groups(), [GroupSummary::from(&default)]);
}

/// Recorded: the filter is stored unchanged, insights are off by default, and the Default group is listed first.
/// Assumed: the others are listed in order of creation, and an update does not move a group.
#[test]
fn groups_are_listed_after_the_default_group_in_order_of_creation() {
    let xray = Xray::new();
    let created = xray.create_group("zoo");
    assert_eq!(created.filter_expression.as_deref(), Some(FILTER));
    assert_eq!(created.insights_configuration, InsightsConfiguration::new(false, false));
    assert_eq!(xray.get_group(&named("zoo")).unwrap(), created);
    assert_eq!(xray.get_group(&json!({"GroupARN": created.arn})).unwrap(), created);
    xray.create_group("Ant");
    xray.update_group(&with_filter("zoo")).unwrap();
    assert_eq!(xray.group_names(), ["Default", "zoo", "Ant"]);
    assert_eq!(xray.groups()[1], GroupSummary::from(&created));
}

/// Recorded: a creation without a filter, and updates with a missing, an empty and a blank filter. Assumed: creations
/// with an empty or a blank filter, and white space other than spaces.
#[test]
fn a_filter_expression_is_required_on_creation_and_on_update() {
    let xray = Xray::new();
    let group = xray.create_group("stored");
    let empty = rejected("Filter Expression is empty");
    for filter in [Value::Null, json!(""), json!("   "), json!("\t\n")] {
        let request = json!({"GroupName": "new", "FilterExpression": filter});
        assert_eq!(rejection(xray.call::<CreateGroup>(&request)), empty, "{filter}");
        let request = json!({"GroupARN": group.arn, "FilterExpression": filter});
        assert_eq!(rejection(xray.update_group(&request)), empty, "{filter}");
    }
    let insights_only = json!({"GroupName": "stored", "InsightsConfiguration": {"InsightsEnabled": true}});
    assert_eq!(rejection(xray.update_group(&insights_only)), empty);
    assert_eq!(xray.group_names(), ["Default", "stored"]);
    assert_eq!(xray.get_group(&named("stored")).unwrap(), group);
    let reason = xray.call::<CreateGroup>(&named("new")).unwrap_err().reason.unwrap();
    assert_eq!(reason, "FilterExpression is required, although the API model says that it is optional");
}

/// A limitation of the fake: it does not check AWS's grammar yet, so it stores every filter that is not blank.
#[test]
fn the_grammar_of_a_filter_expression_is_not_checked() {
    let xray = Xray::new();
    for (index, filter) in ["annotation.owner = \"x\" AND (", " fault ", "ünïcode", "\u{a0}x"].iter().enumerate() {
        let request = json!({"GroupName": format!("group-{index}"), "FilterExpression": filter});
        let group = xray.call::<CreateGroup>(&request).unwrap().group;
        assert_eq!(group.filter_expression.as_deref(), Some(*filter));
    }
}

/// Recorded: the message for a name that is in use. Documented: names are case-sensitive, and `Default` is reserved.
/// Assumed: the message for the reserved name, and that it is reserved in upper and lower case (a user of AWS reports
/// that `default` is rejected).
#[test]
fn a_group_name_must_be_unused_and_not_reserved() {
    let xray = Xray::new();
    xray.create_group("checkout");
    assert_eq!(rejection(xray.call::<CreateGroup>(&with_filter("checkout"))), rejected("checkout already exists"));
    xray.create_group("Checkout");
    for name in ["Default", "default", "DEFAULT"] {
        let outcome = xray.call::<CreateGroup>(&with_filter(name));
        assert_eq!(rejection(outcome), rejected("The default group name is reserved"), "{name}");
    }
    assert_eq!(xray.group_names(), ["Default", "checkout", "Checkout"]);
    assert_eq!(rejection(xray.get_group(&named("CHECKOUT"))), rejected("Group not found"));
}

/// Documented: the lengths. Assumed: the texts of the messages, and that any character is accepted.
#[test]
fn a_group_name_has_1_to_32_characters() {
    let xray = Xray::new();
    let long = "n".repeat(33);
    let table = [
        (json!({"GroupName": null}), "Value null at 'groupName' failed to satisfy constraint: Member must not be null"),
        (
            with_filter(""),
            "Value '' at 'groupName' failed to satisfy constraint: Member must have length greater than or equal to 1",
        ),
        (
            with_filter(&long),
            "Value 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn' at 'groupName' failed to satisfy constraint: Member must have length less than or equal to 32",
        ),
    ];
    for (request, message) in table {
        let expected = (Code::ValidationException, format!("1 validation error detected: {message}"));
        assert_eq!(rejection(xray.call::<CreateGroup>(&request)), expected);
    }
    for name in [&"n".repeat(32), "with space", "under_score", "a/b", "ü"] {
        xray.create_group(name);
        assert_eq!(&*xray.get_group(&named(name)).unwrap().name, name);
    }
}

/// Recorded: the error for a name with an ARN. Assumed: the error for neither.
#[test]
fn a_group_is_selected_by_its_name_or_its_arn_but_not_both() {
    let xray = Xray::new();
    let group = xray.create_group("checkout");
    let expected = rejected("Provide either GroupName or GroupARN");
    let selectors = [
        json!({"GroupName": "checkout", "GroupARN": group.arn, "FilterExpression": "fault"}),
        json!({"GroupName": "Default", "GroupARN": group.arn, "FilterExpression": "fault"}),
        json!({"GroupName": "missing", "GroupARN": "missing"}),
        json!({"FilterExpression": "fault"}),
        json!({}),
    ];
    for request in &selectors {
        assert_eq!(rejection(xray.get_group(request)), expected, "{request}");
        assert_eq!(rejection(xray.update_group(request)), expected, "{request}");
        assert_eq!(rejection(xray.call::<DeleteGroup>(request)), expected, "{request}");
    }
    assert_eq!(xray.get_group(&named("checkout")).unwrap(), group);
}

/// Recorded: status 400 and the message. Assumed: ARNs of other accounts and Regions, and that an update looks up the group
/// before it checks the filter.
#[test]
fn a_missing_group_is_an_invalid_request() {
    let xray = Xray::new();
    let group = xray.create_group("checkout");
    let expected = rejected("Group not found");
    let requests = [
        named("missing"),
        json!({"GroupName": "missing", "FilterExpression": "fault"}),
        json!({"GroupARN": "arn:aws:xray:us-east-1:123456789012:group/missing/X"}),
        json!({"GroupARN": "arn:aws:xray:us-east-1:123456789012:group/checkout"}),
        json!({"GroupARN": group.arn.replace("us-east-1", "us-west-2")}),
        json!({"GroupARN": group.arn.replace("123456789012", "210987654321")}),
        json!({"GroupARN": "checkout"}),
    ];
    for request in &requests {
        assert_eq!(rejection(xray.get_group(request)), expected, "{request}");
        assert_eq!(rejection(xray.update_group(request)), expected, "{request}");
        assert_eq!(rejection(xray.call::<DeleteGroup>(request)), expected, "{request}");
    }
    assert_eq!(xray.get_group(&named("checkout")).unwrap(), group);
}

/// Recorded: the form of the ARN. The suffix is kept by updates and changes when the group is deleted and created again. A
/// feature of the fake: the suffix is the same in each test run.
#[test]
fn a_group_arn_ends_in_52_base32_characters_that_change_with_each_creation() {
    let xray = Xray::new();
    let group = xray.create_group("checkout");
    let suffix = group.arn.strip_prefix("arn:aws:xray:us-east-1:123456789012:group/checkout/").unwrap();
    assert_eq!(suffix.len(), 52);
    let updated = xray.update_group(&json!({"GroupName": "checkout", "FilterExpression": "fault"})).unwrap();
    assert_eq!(updated.arn, group.arn);
    xray.call::<DeleteGroup>(&json!({"GroupARN": group.arn})).unwrap();
    assert_ne!(xray.create_group("checkout").arn, group.arn);
    assert_eq!(rejection(xray.get_group(&json!({"GroupARN": group.arn}))), rejected("Group not found"));
    assert_eq!(Xray::new().create_group("checkout").arn, group.arn);
}

/// Recorded: `[A-Z2-7]{51}[AQ]`. 51 characters encode 255 of the 256 bits, so the last character encodes one bit.
#[test]
fn group_arn_suffixes_are_unpadded_base32_and_unique() {
    let suffixes: HashSet<String> = (0..10_000).map(suffix).collect();
    assert_eq!(suffixes.len(), 10_000);
    let mut used = HashSet::new();
    for suffix in &suffixes {
        assert_eq!(suffix.len(), 52);
        assert!(suffix.ends_with(['A', 'Q']), "{suffix}");
        used.extend(suffix.chars());
    }
    assert_eq!(used, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".chars().collect());
    let last: HashSet<_> = suffixes.iter().filter_map(|suffix| suffix.chars().last()).collect();
    assert_eq!(last.len(), 2);
}

/// Recorded: if both members are true, the response has them. Assumed: an update without a configuration keeps it, and a
/// missing member of a configuration is false.
#[test]
fn an_insights_configuration_is_kept_unless_an_update_replaces_it() {
    let xray = Xray::new();
    let insights = |insights: Value| {
        let request = json!({"GroupName": "g", "FilterExpression": "fault", "InsightsConfiguration": insights});
        xray.update_group(&request).map(|group| group.insights_configuration)
    };
    let on = json!({"InsightsEnabled": true, "NotificationsEnabled": true});
    let request = json!({"GroupName": "g", "FilterExpression": "fault", "InsightsConfiguration": on});
    let created = xray.call::<CreateGroup>(&request).unwrap().group;
    assert_eq!(created.insights_configuration, InsightsConfiguration::new(true, true));
    assert_eq!(insights(Value::Null), Ok(InsightsConfiguration::new(true, true)));
    assert_eq!(insights(json!({"InsightsEnabled": true})), Ok(InsightsConfiguration::new(true, false)));
    assert_eq!(insights(on), Ok(InsightsConfiguration::new(true, true)));
    assert_eq!(insights(json!({})), Ok(InsightsConfiguration::new(false, false)));
}

/// Documented: the rule. Assumed: the code and the message.
#[test]
fn notifications_require_insights() {
    let xray = Xray::new();
    let group = xray.create_group("stored");
    for insights in
        [json!({"NotificationsEnabled": true}), json!({"InsightsEnabled": false, "NotificationsEnabled": true})]
    {
        let request = |name| json!({"GroupName": name, "FilterExpression": "x", "InsightsConfiguration": insights});
        let expected = rejected("Notifications can only be enabled on a group with InsightsEnabled set to true");
        assert_eq!(rejection(xray.call::<CreateGroup>(&request("new"))), expected);
        assert_eq!(rejection(xray.update_group(&request("stored"))), expected);
    }
    assert_eq!(xray.groups()[1..], [GroupSummary::from(&group)]);
}

/// Documented: the Default group cannot be deleted, and the console can turn on its insights. Assumed: the rest.
#[test]
fn only_the_insights_of_the_default_group_can_be_changed() {
    let xray = Xray::new();
    let on = json!({"GroupName": "Default", "InsightsConfiguration": {"InsightsEnabled": true}});
    let updated = xray.update_group(&on).unwrap();
    assert_eq!(updated.insights_configuration, InsightsConfiguration::new(true, false));
    assert_eq!(updated.filter_expression, None);
    let blank = json!({"GroupARN": updated.arn, "FilterExpression": " "});
    assert_eq!(xray.update_group(&blank).unwrap(), updated);
    let filter = json!({"GroupName": "Default", "FilterExpression": "x", "InsightsConfiguration": {}});
    let expected = rejected("The filter expression of the Default group cannot be changed");
    assert_eq!(rejection(xray.update_group(&filter)), expected);
    for request in [named("Default"), json!({"GroupARN": updated.arn})] {
        assert_eq!(rejection(xray.call::<DeleteGroup>(&request)), rejected("The Default group cannot be deleted"));
    }
    assert_eq!(xray.groups(), [GroupSummary::from(&updated)]);
}

/// Recorded: deletion by ARN, and that a second deletion does not find the group. Assumed: deletion by name.
#[test]
fn a_deleted_group_is_not_found() {
    let xray = Xray::new();
    let group = xray.create_group("a");
    xray.create_group("b");
    xray.create_group("c");
    for request in [json!({"GroupARN": group.arn}), named("b")] {
        xray.call::<DeleteGroup>(&request).unwrap();
        assert_eq!(rejection(xray.call::<DeleteGroup>(&request)), rejected("Group not found"));
        assert_eq!(rejection(xray.get_group(&request)), rejected("Group not found"));
    }
    assert_eq!(xray.group_names(), ["Default", "c"]);
}

/// Recorded.
#[test]
fn a_next_token_for_groups_is_rejected() {
    let xray = Xray::new();
    let request = json!({"NextToken": "not-a-valid-token"});
    assert_eq!(rejection(xray.call::<GetGroups>(&request)), rejected("Next Token not supported"));
}

/// Assumed: the limit, the code and the message.
#[test]
fn the_group_limit_does_not_include_the_default_group() {
    let xray = Xray::with(Settings { group_limit: 2, ..Settings::default() });
    xray.create_group("a");
    xray.create_group("b");
    let expected = rejected("The account already has the maximum of 2 groups in this Region");
    let fault = xray.call::<CreateGroup>(&with_filter("c")).unwrap_err();
    assert_eq!(fault.reason.as_deref(), Some("to change the limit, use FakeXRay(group_limit=...)"));
    assert_eq!(rejection::<()>(Err(fault)), expected);
    assert_eq!(rejection(xray.call::<CreateGroup>(&with_filter("b"))), rejected("b already exists"));
    assert_eq!(xray.group_names(), ["Default", "a", "b"]);
    xray.call::<DeleteGroup>(&named("a")).unwrap();
    xray.create_group("c");

    let none = Xray::with(Settings { group_limit: 0, ..Settings::default() });
    assert_eq!(rejection(none.call::<CreateGroup>(&with_filter("a"))).0, Code::InvalidRequestException);
    assert_eq!(Settings::default().group_limit, 25);
}

/// A feature of the fake. The next group has the same ARN as without the rejected creation.
#[test]
fn a_rejected_group_creation_changes_nothing() {
    let xray = Xray::new();
    let tag = json!({"Key": "k", "Value": "v"});
    let request = json!({"GroupName": "g", "FilterExpression": "x", "Tags": [tag, tag]});
    assert_eq!(rejection(xray.call::<CreateGroup>(&request)), (Code::InternalFailure, String::new()));
    assert_eq!(xray.group_names(), ["Default"]);
    assert_eq!(xray.create_group("g").arn, Xray::new().create_group("g").arn);
}

/// Assumed: the order of the checks of a creation.
#[test]
fn a_group_creation_is_checked_in_a_fixed_order() {
    let xray = Xray::with(Settings { group_limit: 1, ..Settings::default() });
    xray.create_group("used");
    let system = json!([{"Key": "aws:x", "Value": ""}]);
    let notify = json!({"NotificationsEnabled": true});
    let request = |name: &str, filter: &str, insights: &Value| {
        let request =
            json!({"GroupName": name, "FilterExpression": filter, "InsightsConfiguration": insights, "Tags": system});
        rejection(xray.call::<CreateGroup>(&request)).1
    };
    assert!(request("default", "", &notify).starts_with("Filter Expression"));
    assert!(request("default", "x", &notify).starts_with("Notifications"));
    assert!(request("default", "x", &Value::Null).starts_with("The default group name"));
    assert!(request("used", "x", &Value::Null).starts_with("used already exists"));
    assert!(request("new", "x", &Value::Null).starts_with("The account already has"));
    xray.call::<DeleteGroup>(&named("used")).unwrap();
    assert!(request("new", "x", &Value::Null).starts_with("Caller is an end user"));
}

/// Recorded.
#[test]
fn group_tags_are_kept_by_an_update_and_deleted_with_the_group() {
    let xray = Xray::new();
    let request = json!({"GroupName": "g", "FilterExpression": "x", "Tags": [{"Key": "team", "Value": "a"}]});
    let created = xray.call::<CreateGroup>(&request).unwrap().group;
    let tags = |arn: &str| {
        let tags = xray.call::<ListTagsForResource>(&json!({"ResourceARN": arn}));
        tags.map(|response| response.tags)
    };
    let expected = [Tag { key: "team".to_owned(), value: "a".to_owned() }];
    assert_eq!(tags(&created.arn).unwrap(), expected);
    xray.update_group(&json!({"GroupName": "g", "FilterExpression": "y"})).unwrap();
    assert_eq!(tags(&created.arn).unwrap(), expected);
    xray.call::<DeleteGroup>(&named("g")).unwrap();
    assert_eq!(rejection(tags(&created.arn)).0, Code::ResourceNotFoundException);
    let again = xray.create_group("g");
    assert_eq!(tags(&again.arn).unwrap(), []);
    assert_eq!(rejection(tags(&created.arn)).0, Code::ResourceNotFoundException);
}

/// Documented.
#[test]
fn accounts_and_regions_have_their_own_groups() {
    let mut xray = Xray::new();
    xray.create_group("g");
    for (account_id, region_name) in [("123456789012", "cn-north-1"), ("210987654321", "us-east-1")] {
        xray.caller = caller(account_id, region_name);
        assert_eq!(xray.group_names(), ["Default"]);
        assert_eq!(*xray.groups()[0].arn, *xray.caller.scope.arn("group/Default"));
        xray.create_group("g");
    }
}

/// Recorded: the members, their order, and null for the filter of the Default group.
#[test]
fn group_responses_have_the_same_bytes_as_in_the_real_service() {
    let xray = Xray::new();
    let default = r#"{"FilterExpression":null,"GroupARN":"arn:aws:xray:us-east-1:123456789012:group/Default","GroupName":"Default","InsightsConfiguration":{"InsightsEnabled":false,"NotificationsEnabled":false}}"#;
    assert_eq!(xray.post("/GetGroup", r#"{"GroupName":"Default"}"#).body, format!(r#"{{"Group":{default}}}"#));
    assert_eq!(xray.post("/Groups", "").body, format!(r#"{{"Groups":[{default}],"NextToken":null}}"#));
    let created = xray.post("/CreateGroup", with_filter("g").to_string());
    let arn = xray.get_group(&named("g")).unwrap().arn;
    let filter = Value::from(FILTER);
    let group = format!(
        r#"{{"FilterExpression":{filter},"GroupARN":"{arn}","GroupName":"g","InsightsConfiguration":{{"InsightsEnabled":false,"NotificationsEnabled":false}}}}"#
    );
    assert_eq!((created.status, created.body), (200, format!(r#"{{"Group":{group}}}"#)));
    let updated = xray.post("/UpdateGroup", with_filter("g").to_string());
    assert_eq!((updated.status, updated.body), (200, format!(r#"{{"Group":{group}}}"#)));
    let missing = xray.post("/GetGroup", r#"{"GroupName":"missing"}"#);
    assert_eq!((missing.status, missing.body.as_str()), (400, r#"{"Message":"Group not found"}"#));
    let deleted = xray.post("/DeleteGroup", r#"{"GroupName":"g"}"#);
    assert_eq!((deleted.status, deleted.body.as_str()), (200, "{}"));
}
