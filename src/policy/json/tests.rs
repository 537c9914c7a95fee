use proptest::prelude::*;

use super::{Arena, Json, Text};

#[test]
fn json_members_keep_their_order_and_duplicates() {
    let text = r#"{"b":1,"a":[true,null],"b":{"c":"d"}}"#;
    let arena = Arena::new();
    let json = Json::parse(text, &arena).unwrap();
    assert_eq!(json.to_string(), text);
}

#[test]
fn json_strings_borrow_from_the_text_unless_they_contain_an_escape() {
    let arena = Arena::new();
    let text = r#"["plain","\u0041"]"#;
    let json = Json::parse(text, &arena).unwrap();
    let Json::Array([plain, escaped]) = &json else { panic!("{json:?}") };
    assert_eq!(plain.as_str().map(str::as_ptr), Some(text[2..].as_ptr()));
    assert_eq!(escaped.as_str(), Some("A"));
}

proptest! {
    #[test]
    fn json_strings_are_written_as_serde_json_writes_them(string in any::<String>(), plain in "[ -~é]*") {
        for string in [string, plain] {
            let written = serde_json::to_string(&string).unwrap();
            prop_assert_eq!(&Json::String(string.as_str().into()).to_string(), &written);
            let arena = Arena::new();
            let json = Json::parse(&written, &arena).unwrap();
            prop_assert_eq!(&json, &Json::String(Text::from(string.as_str())));
            prop_assert_eq!(json.to_string(), written);
        }
    }
}

#[test]
fn only_json_strings_numbers_and_booleans_can_be_operands() {
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
        let arena = Arena::new();
        assert_eq!(Json::parse(text, &arena).unwrap().as_operand().as_deref(), operand, "{text}");
    }
}
