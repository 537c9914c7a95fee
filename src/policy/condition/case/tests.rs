use super::eq_ignoring_case;

/// Recorded decisions of the real IAM, 2026-09. The rows with İ were recorded from its simulator only.
#[test]
fn texts_are_equal_if_their_full_lower_cases_are_equal() {
    let table = [
        ("prod", "PrOd", true),
        ("prod", "prods", false),
        ("K", "\u{212a}", true),
        ("ß", "ẞ", true),
        ("ß", "SS", false),
        ("s", "ſ", false),
        ("I", "ı", false),
        ("i", "İ", false),
        ("İ", "i\u{307}", true),
        ("É", "é", true),
        ("é", "e\u{301}", false),
    ];
    for (one, other, expected) in table {
        assert_eq!(eq_ignoring_case(one, other), expected, "{one} {other}");
    }
}

/// Recorded decisions of the real IAM, 2026-09.
#[test]
fn a_sigma_at_the_end_of_a_word_becomes_a_final_sigma() {
    let table = [("Σ", "ς", false), ("Σ", "σ", true), ("ΟΣ", "ος", true), ("ΟΣ", "οσ", false), ("ΟΣΑ", "οσα", true)];
    for (one, other, expected) in table {
        assert_eq!(eq_ignoring_case(one, other), expected, "{one} {other}");
    }
}

/// Recorded decisions of the real IAM, 2026-09.
#[test]
fn letters_outside_the_basic_multilingual_plane_keep_their_case() {
    let table = [
        ("𐐀", "𐐨", false),
        ("𐐀", "𐐀", true),
        ("AΣ𐐀", "aς𐐀", false),
        ("AΣ𐐀", "aσ𐐀", true),
        ("𐐀Σ", "𐐀σ", false),
        ("𐐀Σ", "𐐀ς", true),
    ];
    for (one, other, expected) in table {
        assert_eq!(eq_ignoring_case(one, other), expected, "{one} {other}");
    }
}
