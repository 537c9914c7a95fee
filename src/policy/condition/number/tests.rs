use std::cmp::Ordering;

use proptest::prelude::*;

use super::Number;

fn compare(one: &str, other: &str) -> Option<Ordering> {
    Some(Number::parse(one)?.cmp(&Number::parse(other)?))
}

/// Recorded decisions of the real IAM and of its simulator, 2026-09.
#[test]
fn a_number_is_decimal_with_optional_sign_point_and_exponent() {
    for text in ["1", "01", "+1", "-1", "1.", ".5", "1.0", "1e0", "1E+2", "1e9999", "01.00", "1e-5", "0", "-0.0"] {
        assert!(Number::parse(text).is_some(), "{text}");
    }
    let others = [
        "",
        " 1 ",
        "0x10",
        "NaN",
        "Infinity",
        "no-number",
        ".",
        "+",
        "-",
        "e1",
        "1e",
        "1e1.5",
        "1e99999999999",
        "--1",
        "1.2.3",
        "1,5",
        "１",
    ];
    for text in others {
        assert!(Number::parse(text).is_none(), "{text}");
    }
}

/// Recorded decisions of the real IAM, 2026-09: the spellings of 1, and integers that a double cannot represent.
#[test]
fn numbers_compare_by_value_at_any_precision() {
    let equal = [
        ("1", "01"),
        ("1", "+1"),
        ("1", "1."),
        ("1", "1.000"),
        ("1", "1e0"),
        ("100", "1e2"),
        ("0", "-0e5"),
        (".5", "5e-1"),
    ];
    for (one, other) in equal {
        assert_eq!(compare(one, other), Some(Ordering::Equal), "{one} {other}");
    }
    let ascending = [
        ("9007199254740992", "9007199254740993"),
        ("-2", "-1"),
        ("-1", "0"),
        ("0", "1e-9999"),
        ("1e-9999", "1e9999"),
        ("9", "10"),
        ("0.009", "0.01"),
        ("1.5", "1.50000000000000000000000000001"),
        ("-1e9999", "-1"),
    ];
    for (less, greater) in ascending {
        assert_eq!(compare(less, greater), Some(Ordering::Less), "{less} {greater}");
        assert_eq!(compare(greater, less), Some(Ordering::Greater), "{greater} {less}");
    }
}

/// The text of `value` / 10^`places`, with further zeros on both sides.
fn written(value: i64, places: usize, zeros: usize) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}{whole}.{fraction}{}", "0".repeat(zeros), "0".repeat(zeros))
}

proptest! {
    #[test]
    fn number_comparison_agrees_with_integer_comparison(
        one in -2000..2000_i64,
        other in -2000..2000_i64,
        places in 0..5_usize,
        zeros in 0..3_usize,
        exponent in -20..20_i32,
    ) {
        let one_text = format!("{}e{exponent}", written(one, places, zeros));
        let other_text = format!("{}e{exponent}", written(other, places, 0));
        prop_assert_eq!(compare(&one_text, &other_text), Some(one.cmp(&other)));
    }
}
