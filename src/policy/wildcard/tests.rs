use proptest::prelude::*;

use super::{Pattern, matches_counting, units};

/// IAM User Guide, "IAM JSON policy elements: Condition operators" (`StringLike`), and recorded answers of the real IAM,
/// 2026-09.
#[test]
fn a_star_stands_for_any_run_and_a_question_mark_for_one_unit() {
    let table = [
        ("*", "", true),
        ("*", "anything", true),
        ("?", "", false),
        ("a*b", "ab", true),
        ("a*b", "a/b", true),
        ("a*b", "a\nb", true),
        ("a?b", "a:b", true),
        ("a?b", "a\nb", true),
        ("a?b", "ab", false),
        ("a*b*c", "aXbXbXc", true),
        ("a*b*c", "aXbX", false),
        ("*a", "ba", true),
        ("*a", "ab", false),
        ("a**b", "ab", true),
        ("abc", "abc", true),
        ("abc", "ABC", false),
        ("abc", "abcd", false),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} on {text}");
    }
}

/// Recorded answers of the real IAM, 2026-09.
#[test]
fn a_character_outside_the_basic_plane_is_two_units() {
    let table = [
        ("?", "𐐀", false),
        ("??", "𐐀", true),
        ("?", "é", true),
        ("?", "e\u{301}", false),
        ("a?b", "a𐐀b", false),
        ("a??b", "a𐐀b", true),
        ("a*?b", "a𐐀b", true),
        ("a?*b", "a𐐀b", true),
        ("𐐀?", "𐐀x", true),
        ("𐐀?", "𐐀𐐨", false),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} on {text}");
    }
}

/// Recorded answers of the real IAM, 2026-09.
#[test]
fn brackets_and_backslashes_stand_for_themselves() {
    assert!(!Pattern::new("a[b]").matches("ab"));
    assert!(!Pattern::new(r"a\*b").matches("a*b"));
    assert!(Pattern::new(r"a\*b").matches(r"a\xb"));
}

#[test]
fn a_literal_part_has_no_wildcards() {
    let mut pattern = Pattern::new("a*");
    pattern.push_literal("*?");
    assert!(pattern.matches("axx*?"));
    assert!(!pattern.matches("axxyz"));
}

/// IAM User Guide, "Amazon Resource Name (ARN) condition operators": each of the six segments is checked on its own.
#[test]
fn an_arn_matches_segment_by_segment() {
    let table = [
        ("arn:aws:iam::*:user/*", "arn:aws:iam::123456789012:user/test", Some(true)),
        ("arn:aws:iam::*:user/*", "arn:aws:iam::123456789012:role/test", Some(false)),
        ("arn:*:*:*:*:*", "arn:aws:sns:us-east-1:123456789012:topic:and:more", Some(true)),
        ("arn:aws:sns:*:topic", "arn:aws:sns:us-east-1:123456789012:topic", None),
        ("arn:aws:sns:*:*:topic", "arn:aws:sns:us-east-1:123456789012:a:topic", Some(false)),
        ("arn:aws:sns:*:*:*topic", "arn:aws:sns:us-east-1:123456789012:a:topic", Some(true)),
        ("arn:aws:iam::*:user/*", "*", Some(false)),
        ("arn:*:*:*:*:*", "arn:aws:iam::no-resource", Some(false)),
        ("arn:*:*:*:*:*", "", Some(false)),
        ("*", "arn:aws:iam::123456789012:user/test", None),
        ("not-an-arn", "arn:aws:iam::123456789012:user/test", None),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(Pattern::new(pattern).matches_arn(text), expected, "{pattern} on {text}");
    }
}

#[test]
fn matching_takes_steps_within_the_length_of_the_text_times_the_longest_part_between_stars() {
    let table = [
        ("a*".repeat(1000) + "b", "a".repeat(2000)),
        (format!("*{}b", "a".repeat(50)), "a".repeat(5000)),
        (format!("*{}b*", "?".repeat(100)), "a".repeat(5000)),
        ("*".repeat(5000), "a".repeat(5000)),
        ("a".repeat(5000), "a".repeat(5000)),
    ];
    for (pattern, text) in table {
        let longest = pattern.split('*').map(str::len).max().unwrap();
        let bound = pattern.len() + (text.len() + 1) * (longest + 1);
        let mut steps = 0;
        matches_counting(&Pattern::new(&pattern).0, &units(&text), || steps += 1);
        assert!(steps <= bound, "{steps} steps, the bound is {bound}");
    }
}

/// The definition, without any thought for time.
fn matches_by_definition(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        (['*', rest @ ..], _) => (0..=text.len()).any(|taken| matches_by_definition(rest, &text[taken..])),
        (['?', rest @ ..], [_, after @ ..]) => matches_by_definition(rest, after),
        ([own, rest @ ..], [other, after @ ..]) => own == other && matches_by_definition(rest, after),
        (pattern, text) => pattern.is_empty() && text.is_empty(),
    }
}

proptest! {
    #[test]
    fn matching_agrees_with_the_definition(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        let expected = matches_by_definition(&characters(&pattern), &characters(&text));
        prop_assert_eq!(Pattern::new(&pattern).matches(&text), expected);
    }
}
