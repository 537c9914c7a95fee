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
fn default_exists_without_a_filter_or_a_suffix() {
    let xray = Xray::new();
    let default = xray.get_group(&named("Default")).unwrap();
    assert_eq!(&*default.arn, "arn:aws:xray:us-east-1:123456789012:group/Default");
    assert_eq!(default.filter_expression, None);
    assert_eq!(default.insights_configuration, InsightsConfiguration::new(false, false));
    assert_eq!(xray.get_group(&json!({"GroupARN": default.arn})).unwrap(), default);
    assert_eq!(xray.groups(), [GroupSummary::from(&default)]);
}

/// Recorded: the filter is stored as it is, insights are off by default, and Default is listed first. Assumed: the others
/// are listed in order of creation, and an update does not move a group.
#[test]
fn groups_are_listed_after_default_in_order_of_creation() {
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

/// Recorded: a missing filter on creation, and all of them on update. Assumed: the others on creation, other white space.
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

/// Assumed: AWS's grammar is not checked yet, so everything that is not empty is stored.
#[test]
fn the_grammar_of_a_filter_expression_is_not_checked() {
    let xray = Xray::new();
    for (index, filter) in ["annotation.owner = \"x\" AND (", " fault ", "ünïcode", "\u{a0}x"].iter().enumerate() {
        let request = json!({"GroupName": format!("group-{index}"), "FilterExpression": filter});
        let group = xray.call::<CreateGroup>(&request).unwrap().group;
        assert_eq!(group.filter_expression.as_deref(), Some(*filter));
    }
}

/// Recorded: the message for a name that is taken. Documented: names are case-sensitive, and Default is reserved. Assumed:
/// the message for the reserved name, and that it is reserved in any case (a user of AWS was refused `default`).
#[test]
fn a_name_must_be_free() {
    let xray = Xray::new();
    xray.create_group("checkout");
    assert_eq!(rejection(xray.call::<CreateGroup>(&with_filter("checkout"))), rejected("checkout already exists"));
    xray.create_group("Checkout");
    for name in ["Default", "default", "DEFAULT"] {
        let refusal = rejection(xray.call::<CreateGroup>(&with_filter(name)));
        assert_eq!(refusal, rejected("The default group name is reserved"), "{name}");
    }
    assert_eq!(xray.group_names(), ["Default", "checkout", "Checkout"]);
    assert_eq!(rejection(xray.get_group(&named("CHECKOUT"))), rejected("Group not found"));
}

/// Documented: the lengths. Assumed: AWS's words for them, and that any character is accepted.
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

/// Recorded: both selectors. Assumed: neither.
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

/// Recorded: status 400 and the message. Assumed: an ARN of another account or Region, and that an update looks for the
/// group before it looks at the filter.
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

/// Recorded: the form of the ARN; the suffix stays over updates and is new after delete and create. Ours: it repeats.
#[test]
fn an_arn_ends_in_52_base32_characters_that_belong_to_one_creation() {
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

/// Recorded: `[A-Z2-7]{51}[AQ]`, since 256 bits leave one bit for the last character.
#[test]
fn suffixes_are_unpadded_base32_and_all_differ() {
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

/// Recorded: both true are echoed. Assumed: an omitted configuration stays on update, a missing member of a given one is
/// false.
#[test]
fn insights_stay_unless_an_update_replaces_them() {
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

/// Documented: Default cannot be deleted, and the console turns its insights on. Assumed: the rest.
#[test]
fn of_default_only_the_insights_can_change() {
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

/// Recorded: by its ARN; a second time it is not found. Assumed: by its name.
#[test]
fn a_deleted_group_is_gone_at_once() {
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
fn a_token_for_groups_is_rejected() {
    let xray = Xray::new();
    let request = json!({"NextToken": "not-a-valid-token"});
    assert_eq!(rejection(xray.call::<GetGroups>(&request)), rejected("Next Token not supported"));
}

/// Assumed: the limit, the code and the message.
#[test]
fn an_account_has_as_many_groups_as_the_limit_besides_default() {
    let xray = Xray::with(Settings { group_limit: 2, ..Settings::default() });
    xray.create_group("a");
    xray.create_group("b");
    let expected = rejected("The account already has the maximum of 2 groups in this Region");
    let fault = xray.call::<CreateGroup>(&with_filter("c")).unwrap_err();
    assert_eq!(fault.reason.as_deref(), Some("the limit is FakeXRay(group_limit=...)"));
    assert_eq!(rejection::<()>(Err(fault)), expected);
    assert_eq!(rejection(xray.call::<CreateGroup>(&with_filter("b"))), rejected("b already exists"));
    assert_eq!(xray.group_names(), ["Default", "a", "b"]);
    xray.call::<DeleteGroup>(&named("a")).unwrap();
    xray.create_group("c");

    let none = Xray::with(Settings { group_limit: 0, ..Settings::default() });
    assert_eq!(rejection(none.call::<CreateGroup>(&with_filter("a"))).0, Code::InvalidRequestException);
    assert_eq!(Settings::default().group_limit, 25);
}

/// Ours. The next group has the ARN that it would have had without the rejected creation.
#[test]
fn a_rejected_creation_leaves_no_trace() {
    let xray = Xray::new();
    let tag = json!({"Key": "k", "Value": "v"});
    let request = json!({"GroupName": "g", "FilterExpression": "x", "Tags": [tag, tag]});
    assert_eq!(rejection(xray.call::<CreateGroup>(&request)), (Code::InternalFailure, String::new()));
    assert_eq!(xray.group_names(), ["Default"]);
    assert_eq!(xray.create_group("g").arn, Xray::new().create_group("g").arn);
}

/// Assumed: the order of the checks of a creation.
#[test]
fn a_creation_is_checked_in_a_fixed_order() {
    let xray = Xray::with(Settings { group_limit: 1, ..Settings::default() });
    xray.create_group("taken");
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
    assert!(request("taken", "x", &Value::Null).starts_with("taken already exists"));
    assert!(request("new", "x", &Value::Null).starts_with("The account already has"));
    xray.call::<DeleteGroup>(&named("taken")).unwrap();
    assert!(request("new", "x", &Value::Null).starts_with("Caller is an end user"));
}

/// Recorded.
#[test]
fn the_tags_of_a_group_stay_over_an_update_and_go_with_the_group() {
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

/// Recorded: the members, their order, and null where Default has no filter.
#[test]
fn responses_have_the_bytes_of_the_real_service() {
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
