use super::parse_date;

/// IAM User Guide, "Date condition operators"; W3C, "Date and Time Formats"; recorded answers of the real IAM, 2026-09
/// (the day, no offset, seconds with a sign, fractions cut at the millisecond). A fraction of seconds is assumed.
#[test]
fn a_date_is_iso_8601_or_seconds_since_1970() {
    let start = 1_893_456_000_000;
    let table = [
        ("2030-01-01T00:00:00Z", start),
        ("2030-01-01T00:00:00", start),
        ("2030-01-01T00:00Z", start),
        ("2030-01-01T00:00", start),
        ("2030-01-01", start),
        ("2030-01", start),
        ("1893456000", start),
        ("+1893456000", start),
        ("2030-01-01T02:00:00+02:00", start),
        ("2030-01-01T02:00:00+0200", start),
        ("2029-12-31T19:00-05:00", start),
        ("2030-01-01T00:00:00.0001Z", start),
        ("2030-01-01T00:00:00.1239Z", start + 123),
        ("2030-01-01T00:00:00.5", start + 500),
        ("2030-01-01T01:00:00.25+01:00", start + 250),
        ("1893456000.1239", start + 123),
        ("1893456000.", start),
        ("-1", -1000),
        ("-1.5", -1500),
        ("0", 0),
    ];
    for (text, milliseconds) in table {
        assert_eq!(parse_date(text), Some(milliseconds), "{text}");
    }
}

/// Recorded answers of the real IAM, 2026-09 (the empty text and `not-a-date`); the others are assumed.
#[test]
fn what_is_neither_is_no_date() {
    let table = [
        "",
        "not-a-date",
        "tomorrow",
        "2030-13-01",
        "2030-02-30",
        "2030-01-01T25:00:00Z",
        "2030-01-01 00:00:00Z",
        " 2030-01-01",
        "2030-01-01 ",
        "2030-01-01T",
        "2030-01-01T00:00:00ZZ",
        "1e3",
        "1.x",
        ".5",
        "9223372036854775807",
        "é",
        "20300101T000000Z",
        "2030-1-1T",
    ];
    for text in table {
        assert_eq!(parse_date(text), None, "{text}");
    }
}
