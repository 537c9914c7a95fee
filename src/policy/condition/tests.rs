//! The decisions of conditions. Unless a test says otherwise, its rows are recorded decisions of the real IAM, 2026-09.
//! Each was recorded twice: for an Allow with the condition, and for a Deny with the condition together with an Allow.

use crate::policy::tests::{context, decide, document, multivalued};
use crate::policy::{Context, Decision};

/// Whether a condition on the key `a:v` holds. An Allow and a Deny with the condition must give the same result.
fn holds(operator: &str, operands: &str, context: &Context) -> bool {
    let as_allow = applies("Allow", operator, operands, context);
    let as_deny = applies("Deny", operator, operands, context);
    assert_eq!(as_allow, as_deny, "{operator} {operands}");
    as_allow
}

/// Whether a statement with that condition applies.
fn applies(effect: &str, operator: &str, operands: &str, context: &Context) -> bool {
    let condition = format!(r#"{{"{operator}":{{"a:v":{operands}}}}}"#);
    let policy = document(&[("Effect", &format!("{effect:?}")), ("Condition", &condition)]);
    decide(&policy, "arn:aws:iam::123456789012:role/r", "a:b", "*", context) != Decision::ImplicitDeny
}

/// Checks an operator and its negation. Each row has the operands, the value, and whether the positive operator holds.
fn assert_opposites(positive: &str, negated: &str, table: &[(&str, &str, bool)]) {
    for (operands, value, expected) in table {
        let context = context(&[("a:v", value)]);
        assert_eq!(holds(positive, operands, &context), *expected, "{positive} {operands} of {value:?}");
        assert_eq!(holds(negated, operands, &context), !expected, "{negated} {operands} of {value:?}");
    }
}

/// Checks one operator. Each row has the operands, the value, and whether the operator holds.
fn assert_holds(operator: &str, table: &[(&str, &str, bool)]) {
    for (operands, value, expected) in table {
        let context = context(&[("a:v", value)]);
        assert_eq!(holds(operator, operands, &context), *expected, "{operator} {operands} of {value:?}");
    }
}

#[test]
fn string_equals_compares_exactly() {
    assert_opposites(
        "StringEquals",
        "StringNotEquals",
        &[
            (r#""a""#, "a", true),
            (r#""a""#, "A", false),
            (r#""""#, "", true),
            (r#""""#, "a", false),
            (r#"["a","b"]"#, "b", true),
            (r#""*""#, "b", false),
            ("123456789012", "123456789012", true),
            ("true", "true", true),
            ("0.5", "0.5", true),
            ("[]", "a", false),
            (r#""𐐀""#, "𐐨", false),
            (r#""é""#, "e\u{301}", false),
            (r#""192.0.2.1""#, "192.000.002.1", false),
        ],
    );
}

#[test]
fn string_equals_ignore_case_compares_lower_case_texts() {
    assert_opposites(
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        &[
            (r#""prod""#, "PrOd", true),
            (r#""ΟΣ""#, "ος", true),
            (r#""I""#, "ı", false),
            (r#"["x","K"]"#, "\u{212a}", true),
        ],
    );
}

#[test]
fn string_like_compares_with_wildcards() {
    assert_opposites(
        "StringLike",
        "StringNotLike",
        &[
            (r#""a*b""#, "a/b", true),
            (r#""a?b""#, "a𐐀b", false),
            (r#""a??b""#, "a𐐀b", true),
            (r#""a[b]""#, "ab", false),
            (r#"["x*","y*"]"#, "yes", true),
            (r#""A*""#, "abc", false),
        ],
    );
}

#[test]
fn numbers_compare_by_value_and_invalid_values_are_unequal() {
    assert_opposites(
        "NumericEquals",
        "NumericNotEquals",
        &[
            (r#""1""#, "1", true),
            (r#""1""#, "2", false),
            (r#""1""#, "01", true),
            (r#""1""#, "+1", true),
            (r#""1""#, "1.0", true),
            (r#""1""#, "1e0", true),
            (r#""1.""#, "1", true),
            ("1", "1", true),
            (r#""1""#, "no-number", false),
            (r#""1""#, "", false),
            (r#""1""#, "NaN", false),
            (r#""1""#, "Infinity", false),
            (r#""9007199254740993""#, "9007199254740992", false),
        ],
    );
    assert_holds("NumericLessThan", &[(r#""9007199254740993""#, "9007199254740992", true), ("1", "x", false)]);
}

/// IAM User Guide, "Numeric condition operators" and "Date condition operators".
#[test]
fn numeric_and_date_order_operators_compare_the_value_with_the_operand() {
    for (family, values) in [("Numeric", ["-1", "5", "10"]), ("Date", ["2029-12-31", "2030-01-01", "1893542400"])] {
        let table = [
            ("LessThan", [true, false, false]),
            ("LessThanEquals", [true, true, false]),
            ("Equals", [false, true, false]),
            ("NotEquals", [true, false, true]),
            ("GreaterThanEquals", [false, true, true]),
            ("GreaterThan", [false, false, true]),
        ];
        for (relation, expected) in table {
            for (value, expected) in values.into_iter().zip(expected) {
                let operator = format!("{family}{relation}");
                let operand = format!("{:?}", values[1]);
                let holds = holds(&operator, &operand, &context(&[("a:v", value)]));
                assert_eq!(holds, expected, "{operator} {operand} of {value}");
            }
        }
    }
}

#[test]
fn dates_compare_to_the_millisecond_and_invalid_values_are_unequal() {
    assert_opposites(
        "DateEquals",
        "DateNotEquals",
        &[
            (r#""2030-01-01T00:00:00Z""#, "2030-01-01T00:00:00Z", true),
            (r#""2030-01-01T00:00:00Z""#, "2030-01-02T00:00:00Z", false),
            (r#""2030-01-01T00:00:00Z""#, "1893456000", true),
            (r#""2030-01-01T00:00:00Z""#, "+1893456000", true),
            (r#""2030-01-01T00:00:00Z""#, "2030-01-01", true),
            (r#""2030-01-01T00:00:00Z""#, "2030-01-01T00:00:00", true),
            (r#""2030-01-01T00:00:00Z""#, "2030-01-01T00:00:00.0001Z", true),
            (r#""2030-01-01T00:00:00.1231Z""#, "2030-01-01T00:00:00.1239Z", true),
            ("1893456000", "2030-01-01T00:00:00Z", true),
            (r#""2030-01-01T00:00:00Z""#, "not-a-date", false),
            (r#""2030-01-01T00:00:00Z""#, "", false),
        ],
    );
}

#[test]
fn bool_treats_true_in_any_case_as_true_and_all_other_texts_as_false() {
    for value in ["true", "True", "TRUE"] {
        assert_holds("Bool", &[(r#""true""#, value, true), (r#""false""#, value, false), ("true", value, true)]);
    }
    for value in ["false", "yes", "1", "", " true "] {
        assert_holds("Bool", &[(r#""true""#, value, false), (r#""false""#, value, true), ("false", value, true)]);
    }
    assert_holds("Bool", &[(r#""TRUE""#, "true", true), (r#""False""#, "false", true), (r#""yes""#, "false", true)]);
}

#[test]
fn binary_equals_compares_base64_texts() {
    for (value, expected) in
        [("YQ==", true), ("Yg==", false), ("YQ", false), ("YR==", false), (" YQ== ", false), ("", false)]
    {
        assert_holds("BinaryEquals", &[(r#""YQ==""#, value, expected)]);
    }
}

#[test]
fn address_operators_test_membership_in_a_network() {
    assert_opposites(
        "IpAddress",
        "NotIpAddress",
        &[
            (r#""192.0.2.0/24""#, "192.0.2.1", true),
            (r#""192.0.2.0/24""#, "192.0.3.1", false),
            (r#""::/0""#, "192.0.2.1", false),
            (r#"["2001:db8::/64","192.0.2.1"]"#, "::ffff:192.0.2.1", true),
        ],
    );
}

#[test]
fn address_and_arn_operators_and_their_negations_never_hold_for_invalid_values() {
    for value in ["not-an-ip", "", "192.0.2.1/32", "192.0.513"] {
        let table = [(r#""192.0.2.0/24""#, value, false)];
        assert_holds("IpAddress", &table);
        assert_holds("NotIpAddress", &table);
    }
    for value in ["not-an-arn", ""] {
        let table = [(r#""arn:aws:iam::*:user/*""#, value, false)];
        for operator in ["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals"] {
            assert_holds(operator, &table);
        }
    }
}

/// Also the IAM User Guide, "ARN condition operators": `ArnEquals` and `ArnLike` behave identically.
#[test]
fn arn_operators_compare_segment_by_segment() {
    let table = [
        (r#""arn:aws:iam::*:user/*""#, "arn:aws:iam::123456789012:user/test", true),
        (r#""arn:aws:iam::*:user/*""#, "arn:aws:iam::123456789012:role/test", false),
        (r#""arn:aws:s3:::b/?""#, "arn:aws:s3:::b/𐐀", false),
        (r#""arn:aws:s3:::b/??""#, "arn:aws:s3:::b/𐐀", true),
        (r#"["arn:aws:s3:::a","arn:aws:s3:::b"]"#, "arn:aws:s3:::b", true),
    ];
    assert_opposites("ArnLike", "ArnNotLike", &table);
    assert_opposites("ArnEquals", "ArnNotEquals", &table);
}

#[test]
fn a_variable_that_is_not_an_arn_prevents_an_allow_but_not_a_deny() {
    let arn = "arn:aws:iam::123456789012:user/test";
    let with_value = |value: &str| context(&[("a:v", value), ("a:p", "not-an-arn")]);
    for operator in ["ArnLike", "ArnNotLike"] {
        assert!(!applies("Allow", operator, r#""${a:p}""#, &with_value(arn)));
        assert!(applies("Deny", operator, r#""${a:p}""#, &with_value(arn)));
        assert!(!holds(operator, r#""${a:p}""#, &with_value("not-an-arn")));
    }
    // The operands are compared in order, up to the first that decides.
    let matching_first = r#"["arn:aws:iam::*:user/*","${a:p}"]"#;
    assert!(holds("ArnLike", matching_first, &with_value(arn)));
    assert!(!holds("ArnNotLike", matching_first, &with_value(arn)));
    let other_first = r#"["arn:aws:iam::*:role/*","${a:p}"]"#;
    let matching_last = r#"["${a:p}","arn:aws:iam::*:user/*"]"#;
    for (operator, operands) in [
        ("ArnLike", other_first),
        ("ArnNotLike", other_first),
        ("ArnLike", matching_last),
        ("ArnNotLike", matching_last),
    ] {
        assert!(!applies("Allow", operator, operands, &with_value(arn)));
        assert!(applies("Deny", operator, operands, &with_value(arn)));
    }
}

/// Assumed: no recorded decision combines an undecided condition with another condition.
#[test]
fn a_false_condition_takes_precedence_over_an_undecided_one() {
    for condition in [
        r#"{"ArnLike":{"a:v":"${a:p}"},"StringEquals":{"a:w":"x"}}"#,
        r#"{"StringEquals":{"a:w":"x"},"ArnLike":{"a:v":"${a:p}"}}"#,
    ] {
        let policy = document(&[("Effect", r#""Deny""#), ("Condition", condition)]);
        let decide_of = |w: &str| {
            let context = context(&[("a:v", "arn:aws:a:b:c:d"), ("a:p", "not-an-arn"), ("a:w", w)]);
            decide(&policy, "123456789012", "a:b", "*", &context)
        };
        assert_eq!(decide_of("x"), Decision::ExplicitDeny);
        assert_eq!(decide_of("y"), Decision::ImplicitDeny);
    }
}

/// Assumed: no recorded decision has an undecided condition with a set operator.
#[test]
fn set_operators_stop_at_the_first_value_that_decides() {
    let table = [
        ("ForAllValues:ArnNotLike", &["not-an-arn", "arn:aws:a:b:c:d"][..], false),
        ("ForAllValues:ArnNotLike", &["arn:aws:a:b:c:d", "not-an-arn"], true),
        ("ForAnyValue:ArnLike", &["not-an-arn", "arn:aws:a:b:c:d"], true),
    ];
    for (operator, values, denies) in table {
        let mut context = multivalued("a:v", values);
        context.insert("a:p", "not-an-arn");
        assert!(!applies("Allow", operator, r#""${a:p}""#, &context), "{operator} of {values:?}");
        assert_eq!(applies("Deny", operator, r#""${a:p}""#, &context), denies, "{operator} of {values:?}");
    }
}

#[test]
fn null_tests_whether_the_key_is_absent() {
    let absent = Context::new();
    for value in ["", "x"] {
        let present = context(&[("a:v", value)]);
        for (operand, wants_absence) in
            [(r#""true""#, true), (r#""TRUE""#, true), ("true", true), (r#""false""#, false), (r#""yes""#, false)]
        {
            assert_eq!(holds("Null", operand, &present), !wants_absence, "{operand}");
            assert_eq!(holds("Null", operand, &absent), wants_absence, "{operand}");
        }
    }
    assert!(holds("Null", "false", &multivalued("a:v", &["x"])));
    assert!(holds("Null", "true", &multivalued("a:v", &[])));
}

/// Also the IAM User Guide, "IAM JSON policy elements: Condition operators" (`IfExists`) and "Multivalued context keys".
#[test]
fn an_absent_key_fails_positive_operators_only() {
    let table = [
        ("StringEquals", false),
        ("StringNotEquals", true),
        ("StringLike", false),
        ("StringNotLike", true),
        ("StringEqualsIgnoreCase", false),
        ("StringEqualsIfExists", true),
        ("StringNotEqualsIfExists", true),
        ("ForAllValues:StringEquals", true),
        ("ForAllValues:StringNotEquals", true),
        ("ForAnyValue:StringEquals", false),
        ("ForAnyValue:StringNotEquals", false),
        ("ForAnyValue:StringEqualsIfExists", true),
    ];
    for (operator, expected) in table {
        assert_eq!(holds(operator, r#""team""#, &Context::new()), expected, "{operator}");
    }
    let typed = [("NumericLessThan", "1"), ("DateEquals", "1"), ("Bool", "false"), ("IpAddress", r#""::/0""#)];
    for (operator, operand) in typed {
        assert!(!holds(operator, operand, &Context::new()), "{operator}");
    }
    assert!(holds("NotIpAddress", r#""::/0""#, &Context::new()));
}

#[test]
fn if_exists_changes_nothing_for_a_present_key() {
    assert_holds("StringEqualsIfExists", &[(r#""a""#, "a", true), (r#""a""#, "b", false), (r#""a""#, "", false)]);
    assert_holds("StringNotEqualsIfExists", &[(r#""a""#, "a", false), (r#""a""#, "b", true)]);
}

#[test]
fn a_multivalued_key_never_matches_without_a_set_operator() {
    let operators =
        ["StringEquals", "StringNotEquals", "StringEqualsIfExists", "StringNotEqualsIfExists", "StringNotLike"];
    for operator in operators {
        for values in [&["team"][..], &["env"], &["team", "env"]] {
            assert!(!holds(operator, r#""team""#, &multivalued("a:v", values)), "{operator} of {values:?}");
        }
    }
}

#[test]
fn for_all_values_and_for_any_value_test_every_value_of_a_key() {
    let (team, env, both) = (&["team"][..], &["env"][..], &["team", "env"][..]);
    let (word, word_and_one, word_and_two) = (&["no-number"][..], &["no-number", "1"][..], &["no-number", "2"][..]);
    let table = [
        ("ForAnyValue:StringEquals", r#""team""#, [(team, true), (env, false), (both, true)]),
        ("ForAllValues:StringEquals", r#""team""#, [(team, true), (env, false), (both, false)]),
        ("ForAnyValue:StringNotEquals", r#""team""#, [(team, false), (env, true), (both, true)]),
        ("ForAllValues:StringNotEquals", r#""team""#, [(team, false), (env, true), (both, false)]),
        ("ForAllValues:StringEquals", r#"["team","env","x"]"#, [(team, true), (env, true), (both, true)]),
        ("ForAnyValue:StringLike", r#""t*""#, [(team, true), (env, false), (both, true)]),
        ("ForAnyValue:NumericEquals", "1", [(word, false), (word_and_one, true), (word_and_two, false)]),
        ("ForAllValues:NumericEquals", "1", [(word, false), (word_and_one, false), (word_and_two, false)]),
        ("ForAnyValue:NumericNotEquals", "1", [(word, true), (word_and_one, true), (word_and_two, true)]),
        ("ForAllValues:NumericNotEquals", "1", [(word, true), (word_and_one, false), (word_and_two, true)]),
    ];
    for (operator, operands, rows) in table {
        for (values, expected) in rows {
            assert_eq!(holds(operator, operands, &multivalued("a:v", values)), expected, "{operator} of {values:?}");
        }
    }
}

#[test]
fn set_operators_treat_a_single_value_as_a_list_of_one() {
    assert_holds("ForAllValues:StringEquals", &[(r#""a""#, "a", true), (r#""a""#, "b", false), (r#""a""#, "", false)]);
    assert_holds("ForAnyValue:StringEquals", &[(r#""a""#, "a", true), (r#""""#, "", true), (r#""""#, "b", false)]);
}

#[test]
fn an_operand_whose_variable_has_no_value_equals_nothing() {
    for entries in [&[("a:v", "x")][..], &[("a:v", "")]] {
        let context = context(entries);
        assert!(!holds("StringEquals", r#""${a:missing}""#, &context));
        assert!(holds("StringNotEquals", r#""${a:missing}""#, &context));
        assert!(!holds("StringLike", r#""*${a:missing}*""#, &context));
    }
    let arn = context(&[("a:v", "arn:aws:a:b:c:d")]);
    assert!(!holds("ArnLike", r#""arn:aws:a:b:c:${a:missing}""#, &arn));
    assert!(holds("ArnNotLike", r#""arn:aws:a:b:c:${a:missing}""#, &arn));
}

#[test]
fn string_operands_may_contain_variables() {
    let entries = context(&[("a:v", "ος"), ("a:p", "ΟΣ"), ("a:star", "*")]);
    assert!(holds("StringEqualsIgnoreCase", r#""${a:p}""#, &entries));
    assert!(!holds("StringEquals", r#""${a:p}""#, &entries));
    assert!(holds("StringLike", r#""${a:v}*""#, &entries));
    assert!(!holds("StringLike", r#""${a:star}""#, &entries));
    assert!(holds("StringEquals", r#""${a:none, 'ος'}""#, &entries));
}

/// Assumed, based on policies that are used in practice and on the checks of security scanners.
#[test]
fn a_star_as_the_operand_of_an_arn_operator_matches_every_arn() {
    let rows = [
        (r#""*""#, "arn:aws:sns:us-east-1:123456789012:topic", true),
        (r#"["arn:aws:s3:::b","*"]"#, "arn:aws:sns:us-east-1:123456789012:topic", true),
    ];
    assert_opposites("ArnLike", "ArnNotLike", &rows);
    assert_opposites("ArnEquals", "ArnNotEquals", &rows);
    for operator in ["ArnLike", "ArnNotLike"] {
        assert_holds(operator, &[(r#""*""#, "topic", false)]);
    }
    assert!(!holds("ArnLike", r#""*""#, &Context::new()));
}
