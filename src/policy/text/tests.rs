use super::{closest, edits, quoted, quoted_list};

#[test]
fn quotes_and_control_characters_in_messages_are_escaped() {
    assert_eq!(quoted("plain é"), "'plain é'");
    assert_eq!(quoted("it's \"\n\u{7f}"), r#"'it\'s "\n\u{7f}'"#);
    assert_eq!(quoted_list(["a", "b c"]), "'a', 'b c'");
}

#[test]
fn edit_distance_counts_insertions_deletions_and_replacements() {
    let table =
        [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("abc", "bc", 1)];
    for (one, other, distance) in table {
        assert_eq!(edits(one, other), distance, "{one} {other}");
    }
}

#[test]
fn only_a_similar_name_is_suggested() {
    let names = ["StringEquals", "StringLike", "Bool", "Null"];
    let table = [
        ("StringEqual", Some("StringEquals")),
        ("stringequal", Some("StringEquals")),
        ("StrinLike", Some("StringLike")),
        ("Boolean", None),
        ("Bol", Some("Bool")),
        ("bool", Some("Bool")),
        ("x", None),
        ("", None),
    ];
    for (text, name) in table {
        assert_eq!(closest(text, names), name, "{text}");
    }
    assert_eq!(closest(&"x".repeat(100_000), names), None);
}
