//! The rules of tags, tested with groups. "Recorded" means that the real service responded this way in September 2026.

use serde_json::{Value, json};

use super::*;
use crate::groups::{CreateGroup, GetGroups};
use crate::operation::Settings;
use crate::testing::{Xray, rejection};

/// A fake with one group, and the group's ARN.
fn with_group(settings: Settings) -> (Xray, String) {
    let xray = Xray::with(settings);
    let request = json!({"GroupName": "g", "FilterExpression": "fault"});
    let arn = xray.call::<CreateGroup>(&request).unwrap().group.arn.to_string();
    (xray, arn)
}

fn tags_of(pairs: &[(&str, &str)]) -> Value {
    pairs.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect()
}

/// Tags with distinct keys.
fn many(range: std::ops::Range<usize>) -> Value {
    range.map(|index| json!({"Key": format!("key{index}"), "Value": "x"})).collect()
}

fn over_limit(limit: usize) -> (Code, String) {
    let message = format!("The resultant tag set must not have more than {limit} user tags.");
    (Code::InvalidRequestException, message)
}

fn system() -> (Code, String) {
    (Code::InvalidRequestException, "Caller is an end user and not allowed to mutate system tags".to_owned())
}

impl Xray {
    fn tag(&self, arn: &str, tags: &Value) -> Result<(), Fault> {
        self.call::<TagResource>(&json!({"ResourceARN": arn, "Tags": tags})).map(drop)
    }

    fn untag(&self, arn: &str, keys: &[&str]) -> Result<(), Fault> {
        self.call::<UntagResource>(&json!({"ResourceARN": arn, "TagKeys": keys})).map(drop)
    }

    fn tags(&self, arn: &str) -> Result<Vec<(String, String)>, Fault> {
        let listed = self.call::<ListTagsForResource>(&json!({"ResourceARN": arn}))?;
        Ok(listed.tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
    }

    fn tag_keys(&self, arn: &str) -> Vec<String> {
        self.tags(arn).unwrap().into_iter().map(|(key, _)| key).collect()
    }
}

/// Documented: keys are case-sensitive. Recorded: the rest.
#[test]
fn tags_are_added_and_replaced() {
    let (xray, arn) = with_group(Settings::default());
    assert_eq!(xray.tags(&arn), Ok(vec![]));
    xray.tag(&arn, &tags_of(&[("Owner", "ann"), ("Empty", ""), ("Case", "first")])).unwrap();
    xray.tag(&arn, &tags_of(&[("Case", "second"), ("e@mail", "ann@example.com")])).unwrap();
    xray.tag(&arn, &tags_of(&[("case", "third")])).unwrap();
    xray.tag(&arn, &tags_of(&[])).unwrap();
    let mut tags = xray.tags(&arn).unwrap();
    tags.sort();
    let expected =
        [("Case", "second"), ("Empty", ""), ("Owner", "ann"), ("case", "third"), ("e@mail", "ann@example.com")];
    assert_eq!(tags, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

/// Recorded: the first four rows, which are in Java's hash order. Assumed: longer lists are in this order too, and keys
/// in the same bucket are in alphabetical order (`Aa` and `BB` have the same hash code).
#[test]
fn tags_are_listed_in_the_order_of_a_java_hash_map() {
    let table: [(&[&str], &[&str]); 5] = [
        (&["Owner", "email@owner", "Email"], &["Owner", "Email", "email@owner"]),
        (&["Owner", "Empty", "Case"], &["Empty", "Owner", "Case"]),
        (&["owner", "phase"], &["owner", "phase"]),
        (&["Case", "Owner"], &["Owner", "Case"]),
        (&["BB", "Aa"], &["Aa", "BB"]),
    ];
    for (added, listed) in table {
        let (xray, arn) = with_group(Settings::default());
        for key in added {
            xray.tag(&arn, &tags_of(&[(key, "v")])).unwrap();
        }
        assert_eq!(xray.tag_keys(&arn), listed);
    }
}

/// Assumed: the map grows with its entries, so the thirteenth tag changes the order of the others. The hash code of `p`
/// is 112, which selects bucket 0 of 16, or bucket 16 of 32.
#[test]
fn the_order_of_tags_depends_on_their_number() {
    let (xray, arn) = with_group(Settings::default());
    let twelve = ["p", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    xray.tag(&arn, &twelve.iter().map(|key| json!({"Key": key, "Value": ""})).collect()).unwrap();
    assert_eq!(xray.tag_keys(&arn), twelve);
    xray.tag(&arn, &tags_of(&[("l", "")])).unwrap();
    assert_eq!(xray.tag_keys(&arn), ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "p"]);
}

/// Recorded for `TagResource`: status 500 and a null message. Assumed: the same when a group is created.
#[test]
fn a_repeated_tag_key_returns_an_internal_failure() {
    let (xray, arn) = with_group(Settings::default());
    let repeated = tags_of(&[("k", "one"), ("other", ""), ("k", "two")]);
    let on_creation = json!({"GroupName": "new", "FilterExpression": "fault", "Tags": repeated});
    for outcome in [xray.tag(&arn, &repeated), xray.call::<CreateGroup>(&on_creation).map(drop)] {
        let fault = outcome.unwrap_err();
        assert_eq!((fault.code, fault.message, fault.code.status()), (Code::InternalFailure, None, 500));
        assert_eq!(fault.reason.as_deref(), Some("the request has the tag key \"k\" twice"));
    }
    assert_eq!(xray.tags(&arn), Ok(vec![]));
    let body = json!({"ResourceARN": arn, "Tags": repeated}).to_string();
    let response = xray.post("/TagResource", body);
    assert_eq!((response.status, response.body.as_str()), (500, r#"{"message":null}"#));
}

/// Recorded for `TagResource`: system tags cannot be added. Documented: they cannot be removed. Assumed: the errors when
/// they are removed, and when a group is created with them.
#[test]
fn system_tags_can_neither_be_added_nor_removed() {
    let (xray, arn) = with_group(Settings::default());
    xray.tag(&arn, &tags_of(&[("awsKey", "v")])).unwrap();
    let tags = tags_of(&[("k", "v"), ("aws:owned", "x")]);
    assert_eq!(rejection(xray.tag(&arn, &tags)), system());
    let on_creation = json!({"GroupName": "new", "FilterExpression": "fault", "Tags": tags});
    assert_eq!(rejection(xray.call::<CreateGroup>(&on_creation)), system());
    assert_eq!(rejection(xray.untag(&arn, &["awsKey", "aws:owned"])), system());
    assert_eq!(xray.tag_keys(&arn), ["awsKey"]);
    assert_eq!(xray.call::<GetGroups>(&json!({})).unwrap().groups.len(), 2);
}

/// Recorded: 51 tags in one request, and a 51st tag after 50, are rejected and nothing changes. Assumed: a replaced tag
/// does not count twice, and the limit also applies when a group is created.
#[test]
fn a_resource_has_at_most_50_tags() {
    let (xray, arn) = with_group(Settings::default());
    assert_eq!(rejection(xray.tag(&arn, &many(0..51))), over_limit(50));
    assert_eq!(xray.tags(&arn), Ok(vec![]));
    xray.tag(&arn, &many(0..50)).unwrap();
    let overflow = tags_of(&[("key1", "changed"), ("overflow", "x")]);
    assert_eq!(rejection(xray.tag(&arn, &overflow)), over_limit(50));
    assert!(xray.tags(&arn).unwrap().iter().all(|(key, value)| key.starts_with("key") && value == "x"));
    xray.tag(&arn, &tags_of(&[("key1", "changed")])).unwrap();
    assert_eq!(xray.tag_keys(&arn).len(), 50);
    let on_creation = |count| json!({"GroupName": "new", "FilterExpression": "fault", "Tags": many(0..count)});
    assert_eq!(rejection(xray.call::<CreateGroup>(&on_creation(51))), over_limit(50));
    xray.call::<CreateGroup>(&on_creation(50)).unwrap();
}

/// A feature of the fake: `tag_limit`.
#[test]
fn the_tag_limit_can_be_changed() {
    let (xray, arn) = with_group(Settings { tag_limit: 2, ..Settings::default() });
    xray.tag(&arn, &many(0..2)).unwrap();
    let fault = xray.tag(&arn, &many(2..3)).unwrap_err();
    assert_eq!(fault.reason.as_deref(), Some("to change the limit, use FakeXRay(tag_limit=...)"));
    assert_eq!(rejection::<()>(Err(fault)), over_limit(2));
}

/// Recorded.
#[test]
fn untagging_ignores_keys_that_are_absent() {
    let (xray, arn) = with_group(Settings::default());
    xray.tag(&arn, &tags_of(&[("kept", "v"), ("removed", "v")])).unwrap();
    xray.untag(&arn, &["removed", "absent", "absent", "Kept"]).unwrap();
    xray.untag(&arn, &[]).unwrap();
    assert_eq!(xray.tag_keys(&arn), ["kept"]);
}

/// Recorded: `ListTagsForResource`. Assumed: the other operations, which look up the resource before they check the tags.
#[test]
fn a_missing_resource_is_not_found_and_the_error_names_it() {
    let (xray, arn) = with_group(Settings::default());
    let repeated = tags_of(&[("k", ""), ("k", "")]);
    let without_suffix = "arn:aws:xray:us-east-1:123456789012:group/g";
    let missing_rule = "arn:aws:xray:us-east-1:123456789012:sampling-rule/missing";
    let elsewhere = arn.replace("us-east-1", "us-west-2");
    for missing in ["not an ARN", without_suffix, missing_rule, &elsewhere] {
        let outcomes = [xray.tag(missing, &repeated), xray.untag(missing, &["aws:x"]), xray.tags(missing).map(drop)];
        for outcome in outcomes {
            let fault = outcome.unwrap_err();
            assert_eq!(fault.code, Code::ResourceNotFoundException);
            assert_eq!(fault.message, Some(format!("Resource {missing} not found")));
            assert_eq!(fault.resource_name.as_deref(), Some(missing));
        }
    }
}

/// Assumed: the order of the checks.
#[test]
fn tags_are_checked_for_repetition_then_system_keys_then_the_limit() {
    let (xray, arn) = with_group(Settings { tag_limit: 0, ..Settings::default() });
    let repeated = tags_of(&[("aws:k", ""), ("aws:k", "")]);
    assert_eq!(rejection(xray.tag(&arn, &repeated)).0, Code::InternalFailure);
    assert_eq!(rejection(xray.tag(&arn, &tags_of(&[("aws:k", "")]))), system());
    assert_eq!(rejection(xray.tag(&arn, &tags_of(&[("k", "")]))), over_limit(0));
}

/// Recorded.
#[test]
fn a_next_token_for_tags_is_ignored() {
    let (xray, arn) = with_group(Settings::default());
    xray.tag(&arn, &tags_of(&[("k", "v")])).unwrap();
    for token in ["not-a-valid-token", ""] {
        let request = json!({"ResourceARN": arn, "NextToken": token});
        assert_eq!(xray.call::<ListTagsForResource>(&request).unwrap().tags.len(), 1);
    }
}

/// Assumed.
#[test]
fn the_default_group_can_be_tagged() {
    let xray = Xray::new();
    let arn = "arn:aws:xray:us-east-1:123456789012:group/Default";
    assert_eq!(xray.tags(arn), Ok(vec![]));
    xray.tag(arn, &tags_of(&[("k", "v")])).unwrap();
    xray.untag(arn, &["k"]).unwrap();
    assert_eq!(xray.tags(arn), Ok(vec![]));
}

/// Documented: the lengths. Assumed: the texts of the messages, and that any character is accepted.
#[test]
fn tags_must_satisfy_the_models_constraints() {
    let (xray, arn) = with_group(Settings::default());
    let long = "k".repeat(129);
    let table = [
        ("/TagResource", json!({"Tags": []}), "Value null at 'resourceARN'"),
        ("/TagResource", json!({"ResourceARN": "", "Tags": []}), "Value '' at 'resourceARN'"),
        ("/TagResource", json!({"ResourceARN": arn}), "Value null at 'tags'"),
        ("/TagResource", json!({"ResourceARN": arn, "Tags": [{"Value": ""}]}), "Value null at 'tags.1.member.key'"),
        ("/TagResource", json!({"ResourceARN": arn, "Tags": [{"Key": "k"}]}), "Value null at 'tags.1.member.value'"),
        ("/TagResource", json!({"ResourceARN": arn, "Tags": tags_of(&[("", "")])}), "Value '' at 'tags.1.member.key'"),
        (
            "/TagResource",
            json!({"ResourceARN": arn, "Tags": many(0..201)}),
            "Value '[Tag(key=key0, value=x), Tag(key=key1, value=x), ",
        ),
        ("/UntagResource", json!({"ResourceARN": arn}), "Value null at 'tagKeys'"),
        ("/UntagResource", json!({"ResourceARN": arn, "TagKeys": ["a", ""]}), "Value '[a, ]' at 'tagKeys'"),
        ("/UntagResource", json!({"ResourceARN": arn, "TagKeys": [long]}), "Value '[kkkkkkkkkk"),
        ("/ListTagsForResource", json!({}), "Value null at 'resourceARN'"),
    ];
    for (path, request, start) in table {
        let response = xray.post(path, request.to_string());
        let message = serde_json::from_str::<Value>(&response.body).unwrap()["message"].to_string();
        assert_eq!(response.status, 400, "{message}");
        assert!(message.starts_with(&format!("\"1 validation error detected: {start}")), "{message}");
    }
    let longest = ("ü".repeat(128), "ü".repeat(256));
    xray.tag(&arn, &tags_of(&[(&longest.0, &longest.1), ("*?\n", "$%")])).unwrap();
    assert!(xray.tags(&arn).unwrap().contains(&longest));
}

/// Recorded: the members, their order, and the null `NextToken`.
#[test]
fn tag_responses_have_the_same_bytes_as_in_the_real_service() {
    let (xray, arn) = with_group(Settings::default());
    let listing = json!({"ResourceARN": arn}).to_string();
    let empty = xray.post("/ListTagsForResource", &listing);
    assert_eq!((empty.status, empty.body.as_str()), (200, r#"{"NextToken":null,"Tags":[]}"#));
    let tagged = xray.post("/TagResource", json!({"ResourceARN": arn, "Tags": tags_of(&[("k", "")])}).to_string());
    assert_eq!((tagged.status, tagged.body.as_str()), (200, "{}"));
    let listed = xray.post("/ListTagsForResource", &listing).body;
    assert_eq!(listed, r#"{"NextToken":null,"Tags":[{"Key":"k","Value":""}]}"#);
    let untagged = xray.post("/UntagResource", json!({"ResourceARN": arn, "TagKeys": ["k"]}).to_string());
    assert_eq!((untagged.status, untagged.body.as_str()), (200, "{}"));
    let missing = xray.post("/ListTagsForResource", r#"{"ResourceARN":"x"}"#);
    assert_eq!(
        (missing.status, missing.body.as_str()),
        (404, r#"{"Message":"Resource x not found","ResourceName":"x"}"#)
    );
}

/// The interface for the modules whose resources have tags.
#[test]
fn tags_exist_as_long_as_their_resource() {
    let mut tags = Tags::new(1, ["first".to_owned()]);
    let tag = |key: &str| Tag { key: key.to_owned(), value: String::new() };
    assert!(tags.of_resource("first").unwrap().is_empty());
    tags.add_resource("rule".to_owned(), None).unwrap();
    assert!(tags.of_resource("rule").unwrap().is_empty());
    tags.add_resource("tagged".to_owned(), Some(vec![tag("k")])).unwrap();
    assert_eq!(tags.of_resource("tagged").unwrap().len(), 1);
    tags.add_resource("rejected".to_owned(), Some(vec![tag("k"), tag("l")])).unwrap_err();
    assert_eq!(tags.of_resource("rejected").unwrap_err().code, Code::ResourceNotFoundException);
    tags.remove_resource("tagged");
    assert_eq!(tags.of_resource("tagged").unwrap_err().code, Code::ResourceNotFoundException);
}
