use proptest::prelude::*;

use super::{Pattern, matches_counting, units};

/// IAM User Guide, "IAM JSON policy elements: Condition operators" (`StringLike`); recorded decisions of the real IAM,
/// 2026-09.
#[test]
fn a_star_matches_any_text_and_a_question_mark_one_utf_16_unit() {
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

/// Recorded decisions of the real IAM, 2026-09.
#[test]
fn a_character_outside_the_basic_multilingual_plane_is_two_utf_16_units() {
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

/// Recorded decisions of the real IAM, 2026-09.
#[test]
fn brackets_and_backslashes_in_a_pattern_are_literal() {
    assert!(!Pattern::new("a[b]").matches("ab"));
    assert!(!Pattern::new(r"a\*b").matches("a*b"));
    assert!(Pattern::new(r"a\*b").matches(r"a\xb"));
}

#[test]
fn wildcards_in_a_literal_part_of_a_pattern_are_literal() {
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
        ("*", "arn:aws:iam::123456789012:user/test", Some(true)),
        ("*", "arn:aws:sns:topic", Some(false)),
        ("*", "topic", Some(false)),
        ("**", "arn:aws:iam::123456789012:user/test", None),
        ("not-an-arn", "arn:aws:iam::123456789012:user/test", None),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(Pattern::new(pattern).matches_arn(text), expected, "{pattern} on {text}");
    }
}

/// IAM User Guide, "IAM JSON policy elements: Resource": a `*` that ends a segment also matches beyond the colon. Recorded,
/// IAM's simulator, 2026-09: wildcards in the resource segment.
#[test]
fn a_star_that_ends_a_segment_of_a_resource_also_matches_beyond_the_colon() {
    let group = "arn:aws:xray:us-east-1:123456789012:group/a:b/c";
    let table = [
        ("arn:aws:xray:*", group, true),
        ("arn:aws:xray:us-east-1:*", group, true),
        ("arn:aws:xray:us-*", group, true),
        ("arn:aws:xray:eu-*", group, false),
        ("arn:aws:xray:*:group/*", group, true),
        ("arn:aws:xray:us-*:group/a:b/c", group, true),
        ("arn:aws:xray:*:*:*:*:*", group, false),
        ("arn:aws:xray:*:*:*:*", group, true),
        ("arn:aws:xray:us-*1:123456789012:group/*", group, true),
        ("arn:aws:xray:*up/a:b/c", group, false),
        ("arn:aws:xray:us-east-1:123456789012:g*c", group, true),
        ("arn:aws:xray:us-east-1:123456789012:group/a?b/c", group, true),
        ("arn:aws:xray:us-east-1?123456789012:group/a:b/c", group, false),
        ("arn:*", group, true),
        ("arn:aws:xray", group, false),
        ("arn:aws:xray:us-east-1:123456789012", group, false),
        ("arn:aws:fdsasf", group, false),
        ("arn:aws:xray:*:*:group/*/*", group, true),
        ("arn:aws:xray:*:*:group/*/d", group, false),
        ("arn:aws:xray:*", "arn:aws:xray:us-east-1", false),
        ("arn:aws:xray:*", "*", false),
        ("arn:aws:xray:*", "", false),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(Pattern::new(pattern).matches_resource(text), expected, "{pattern} on {text}");
    }
}

/// The rule of the documentation as a recursive function, which is slow but easy to check.
fn matches_resource_slowly(pattern: &[char], text: &[char], colons: usize) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
    let crosses = rest.first().is_none_or(|next| *next == ':');
    let taken = text.split_first().map(|(unit, after)| {
        let colons = colons + usize::from(*unit == ':');
        (*unit, after, colons, *unit == ':' && colons < 6)
    });
    match (first, taken) {
        ('*', Some((_, after, next, separates))) => {
            matches_resource_slowly(rest, text, colons)
                || ((crosses || !separates) && matches_resource_slowly(pattern, after, next))
        }
        ('*', None) => matches_resource_slowly(rest, text, colons),
        ('?', Some((_, after, next, separates))) => !separates && matches_resource_slowly(rest, after, next),
        (literal, Some((unit, after, next, _))) => *literal == unit && matches_resource_slowly(rest, after, next),
        (_, None) => false,
    }
}

proptest! {
    #[test]
    fn resource_matching_agrees_with_a_recursive_definition(pattern in "arn:[ab:*?]{0,12}", text in "arn:[ab:]{4,12}") {
        let is_arn = text.matches(':').count() >= 5;
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        let expected = is_arn && matches_resource_slowly(&characters(&pattern), &characters(&text), 0);
        prop_assert_eq!(Pattern::new(&pattern).matches_resource(&text), expected, "{} on {}", pattern, text);
    }
}

#[test]
fn wildcard_matching_takes_at_most_text_length_times_longest_part_steps() {
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

/// The definition of a match as a recursive function, which is slow but easy to check.
fn matches_by_definition(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        (['*', rest @ ..], _) => (0..=text.len()).any(|taken| matches_by_definition(rest, &text[taken..])),
        (['?', rest @ ..], [_, after @ ..]) => matches_by_definition(rest, after),
        ([literal, rest @ ..], [unit, after @ ..]) => literal == unit && matches_by_definition(rest, after),
        (pattern, text) => pattern.is_empty() && text.is_empty(),
    }
}

proptest! {
    #[test]
    fn wildcard_matching_agrees_with_a_recursive_definition(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        let expected = matches_by_definition(&characters(&pattern), &characters(&text));
        prop_assert_eq!(Pattern::new(&pattern).matches(&text), expected);
    }
}
