use super::{VariableScope, check, resolve, resolve_pattern};
use crate::policy::Version;
use crate::policy::tests::{context, multivalued};

/// IAM User Guide, "IAM policy elements: Variables and tags".
#[test]
fn variables_are_replaced_by_their_values() {
    let context = context(&[("aws:username", "bob"), ("aws:empty", "")]);
    let table = [
        ("plain", Some("plain")),
        ("${aws:username}", Some("bob")),
        ("${AWS:UserName}", Some("bob")),
        ("a/${aws:username}/${aws:username}b", Some("a/bob/bobb")),
        ("${aws:username, 'nobody'}", Some("bob")),
        ("${aws:missing, 'nobody'}", Some("nobody")),
        ("${aws:missing,''}", Some("")),
        ("${aws:empty, 'nobody'}", Some("")),
        ("${aws:missing}", None),
        ("a ${aws:username} ${aws:missing}", None),
        ("${*}${?}${$}", Some("*?$")),
        ("$aws {aws} $", Some("$aws {aws} $")),
    ];
    for (text, expected) in table {
        let scope = VariableScope { version: Version::V2012, context: &context };
        assert_eq!(resolve(text, scope).as_deref(), expected, "{text}");
    }
}

/// IAM User Guide, "IAM JSON policy elements: Version".
#[test]
fn a_policy_with_version_2008_10_17_has_no_variables() {
    let context = context(&[("aws:username", "bob")]);
    let scope = VariableScope { version: Version::V2008, context: &context };
    assert_eq!(resolve("${aws:username}", scope).as_deref(), Some("${aws:username}"));
    assert!(resolve_pattern("${aws:username}", scope).unwrap().matches("${aws:username}"));
}

/// Recorded decisions of the real IAM, 2026-09.
#[test]
fn a_variable_of_a_multivalued_key_has_no_value() {
    for values in [&["team"][..], &["team", "env"]] {
        let context = multivalued("aws:TagKeys", values);
        let scope = VariableScope { version: Version::V2012, context: &context };
        assert_eq!(resolve("${aws:TagKeys}", scope), None);
        assert_eq!(resolve("${aws:TagKeys, 'fallback'}", scope), None);
    }
}

/// Assumed. The variables `${*}` and `${?}`: IAM User Guide, "IAM policy elements: Variables and tags".
#[test]
fn wildcards_from_a_variable_are_literal() {
    let context = context(&[("a:star", "*")]);
    let scope = VariableScope { version: Version::V2012, context: &context };
    for text in ["x${a:star}*", "x${*}*", "x${a:missing, '*'}*"] {
        let pattern = resolve_pattern(text, scope).unwrap();
        assert!(pattern.matches("x*yz"), "{text}");
        assert!(!pattern.matches("xyz"), "{text}");
    }
}

/// IAM Access Analyzer policy check reference: a missing brace, a missing quote, an empty variable, a space in a variable.
#[test]
fn an_invalid_variable_is_malformed() {
    for text in ["${a:b}", "x${a:b, 'c d'}", "${a:b,'c'}", "${*}", "$", "{}", "${a:b/c-d.e}"] {
        assert_eq!(check(text), Ok(()), "{text}");
    }
    let invalid = [
        "${",
        "${}",
        "${a:b",
        "${a:b${c:d}}",
        "${a b}",
        "${a:b, 'c}",
        "${a:b, c}",
        "${a:b, 'c' d}",
        "${,'c'}",
        "${a:b,",
        "${**}x${",
        "${'}",
    ];
    for text in invalid {
        assert!(check(text).is_err(), "{text}");
    }
}
