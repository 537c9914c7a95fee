use chrono::DateTime;

use super::{Context, Value};

/// IAM User Guide, "IAM JSON policy elements: Condition": condition keys are not case-sensitive.
#[test]
fn condition_keys_ignore_case() {
    let mut context = Context::new();
    assert_eq!(context.insert("aws:SourceArn", "one"), None);
    assert_eq!(context.insert("AWS:SOURCEARN", "two"), Some(Value::from("one")));
    assert_eq!(context.get("aws:sourcearn"), Some(&Value::from("two")));
    assert_eq!(context.get("aws:SourceAccount"), None);
}

#[test]
fn a_condition_key_is_found_among_many() {
    let mut context = Context::new();
    for number in [5, 3, 9, 1, 7] {
        context.insert(&format!("k:{number}"), number.to_string());
    }
    for number in [1, 3, 5, 7, 9] {
        assert_eq!(context.get(&format!("K:{number}")), Some(&Value::One(number.to_string())));
    }
    assert_eq!(context.get("k:2"), None);
}

/// Recorded from the real IAM, 2026-09: a request without tags has no `aws:TagKeys`.
#[test]
fn a_multivalued_key_without_values_is_absent() {
    let mut context = Context::new();
    context.insert("aws:TagKeys", Vec::new());
    assert_eq!(context.get("aws:TagKeys"), None);
}

#[test]
fn context_values_become_the_text_that_conditions_compare() {
    let date = DateTime::from_timestamp_millis(1_893_456_000_123).unwrap();
    let table = [
        (Value::from(true), "true"),
        (Value::from(-7), "-7"),
        (Value::from(date), "2030-01-01T00:00:00.123Z"),
        (Value::from("text".to_owned()), "text"),
    ];
    for (value, text) in table {
        assert_eq!(value, Value::One(text.to_owned()));
    }
}
