use std::borrow::Cow;

use super::Json;

#[test]
fn members_keep_their_order_and_their_repetitions() {
    let text = r#"{"b":1,"a":[true,null],"b":{"c":"d"}}"#;
    let json = Json::parse(text).unwrap();
    assert_eq!(json.to_string(), text);
}

#[test]
fn strings_borrow_unless_they_hold_an_escape() {
    let json = Json::parse(r#"["plain","\u0041"]"#).unwrap();
    let Json::Array(items) = &json else { panic!("{json:?}") };
    assert!(matches!(&items[0], Json::String(Cow::Borrowed("plain"))));
    assert!(matches!(&items[1], Json::String(Cow::Owned(text)) if text == "A"));
    assert_eq!(items[1].as_str(), Some("A"));
}

#[test]
fn strings_numbers_and_booleans_are_operands() {
    let table = [
        (r#""x""#, Some("x")),
        ("9223372036854775807", Some("9223372036854775807")),
        ("-0.01", Some("-0.01")),
        ("false", Some("false")),
        ("null", None),
        ("[]", None),
        ("{}", None),
    ];
    for (text, operand) in table {
        assert_eq!(Json::parse(text).unwrap().as_operand().as_deref(), operand, "{text}");
    }
}
