use super::{OPERATORS, Operator};
use crate::policy::Version;

/// IAM User Guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys". Assumed: an operator's
/// name is not case-sensitive.
#[test]
fn an_operator_is_parsed_regardless_of_case_with_set_operator_and_if_exists() {
    for (name, _) in OPERATORS.iter().filter(|(name, _)| *name != "Null") {
        for text in [
            (*name).to_owned(),
            format!("{name}IfExists"),
            format!("ForAllValues:{name}"),
            format!("ForAnyValue:{name}IfExists"),
        ] {
            for spelling in [text.clone(), text.to_lowercase(), text.to_uppercase()] {
                let operator = Operator::parse(&spelling).unwrap();
                assert_eq!(operator.to_string(), text);
            }
        }
    }
    for text in [
        "",
        "String",
        "StringEqual",
        "IfExists",
        "ForAllValues:",
        "ForAll:StringEquals",
        "StringEqualsIfExistsIfExists",
    ] {
        assert_eq!(Operator::parse(text), None, "{text}");
    }
    for text in ["BinaryNotEquals", "StringEquals ", "forallvalues:é", "éIfExists", "ForAnyValue:ForAllValues:Bool"] {
        assert_eq!(Operator::parse(text), None, "{text}");
    }
}

/// IAM User Guide, "IAM JSON policy elements: Condition operators": every operator except `Null` can have `IfExists`.
/// Assumed: `Null` cannot have a set operator.
#[test]
fn null_cannot_have_a_set_operator_or_if_exists() {
    assert!(Operator::parse("null").is_some());
    for text in ["NullIfExists", "ForAllValues:Null", "ForAnyValue:Null"] {
        assert_eq!(Operator::parse(text), None, "{text}");
    }
}

/// Recorded when user policies were stored in IAM, 2026-09.
#[test]
fn an_operand_must_have_the_type_of_its_operator() {
    let table = [
        ("NumericEquals", "01", true),
        ("NumericEquals", "NaN", false),
        ("NumericEquals", "no-number", false),
        ("NumericLessThan", "", false),
        ("NumericEquals", "${a:b}", false),
        ("Bool", "TRUE", true),
        ("Bool", "yes", true),
        ("Null", "TRUE", true),
        ("Null", "yes", true),
        ("DateEquals", "not-a-date", false),
        ("DateGreaterThan", "2030-01-01", true),
        ("ArnLike", "not-an-arn", false),
        ("ArnLike", "*", true),
        ("ArnNotEquals", "*", true),
        ("ArnLike", "**", false),
        ("DateEquals", "01T", true),
        ("DateLessThan", "9223372036854775808", false),
        ("ArnEquals", "arn:aws:iam::*:user/*", true),
        ("ArnLike", "${a:b}", true),
        ("ArnLike", "${a:b", false),
        ("IpAddress", "not-an-ip", false),
        ("NotIpAddress", "192.0.2.0/24", true),
        ("BinaryEquals", "no-binary", false),
        ("BinaryEquals", "YQ==", true),
        ("StringEquals", "", true),
        ("StringLike", "${a:b}*", true),
        ("StringLike", "${}", false),
    ];
    for (operator, operand, is_of_type) in table {
        let checked = Operator::parse(operator).unwrap().check_operand(operand, Version::V2012);
        assert_eq!(checked.is_ok(), is_of_type, "{operator} {operand}");
    }
    let operator = Operator::parse("ArnLike").unwrap();
    assert_eq!(operator.check_operand("${a:b}", Version::V2008), Err("is neither '*' nor an ARN of six segments"));
}
