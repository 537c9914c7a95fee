use super::parse_date;

/// IAM User Guide, "Date condition operators"; W3C, "Date and Time Formats". Recorded from the real IAM, 2026-09: a day
/// without a time, no offset, seconds with a sign, and fractions that are cut off at the millisecond. Recorded in 2026-02:
/// `01T`, a lower-case `t`, an hour of one digit, and an offset of hours. Assumed: a fraction of epoch seconds, and months
/// and days of one digit.
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
        ("2030-01-01T", start),
        ("2030-1-1T", start),
        ("2030-01T", start),
        ("2030T", start),
        ("2030TZ", start),
        ("2030-01-01t00:00:00z", start),
        ("2030-01-01T0Z", start),
        ("2030-01-01T02+02", start),
        ("2030-01-01T00:00:00.123456789Z", start + 123),
        ("01T", -62_135_596_800_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("-0001-01-01T00:00:00Z", -62_198_755_200_000),
        ("2016-12-13t02:00:00Z", 1_481_594_400_000),
        ("2016-12-13t2:00:00.593194+23", 1_481_511_600_593),
        ("2016-12-13T21:20:37.593194+00:00", 1_481_664_037_593),
        ("-292275054", -292_275_054_000),
        ("9223372036854775807", 9_223_372_036_854_775_807_000),
    ];
    for (text, milliseconds) in table {
        assert_eq!(parse_date(text), Some(milliseconds), "{text}");
    }
}

/// Recorded from the real IAM, 2026-09: the empty text and `not-a-date`. Recorded in 2026-02: `sdfdsf`, `234-13`, an
/// offset of one digit, a fraction of ten digits, and 2^63. Assumed: the others.
#[test]
fn invalid_dates_are_rejected() {
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
        "2030-01-01T00:00:00ZZ",
        "1e3",
        "1.x",
        ".5",
        "9223372036854775808",
        "sdfdsf",
        "234-13",
        "2016-12-13t2:00:00.593194+1",
        "2016-12-13t2:00:00.1999999999+10:59",
        "1893456000.1234567890",
        "2030-01-01T00:00:00.Z",
        "2030-01-01T00:00.5",
        "2030-01-01T000:00",
        "2030-01-01T00:00:60",
        "2030-01-01T00:60",
        "2030-01-01T24:00",
        "2030-01-01T00:00:00:00",
        "2030-01-01T00:00+24:00",
        "2030-01-01T00:00+01:60",
        "2030-01-01T00:00+01:",
        "2030-01-01T00:00+010",
        "2030-01-01T+0:00",
        "2030-01-01TT",
        "2030-01-01T00:00Z+01:00",
        "2030-001-01",
        "2030-01-01-01",
        "2030--01",
        "--2030-01-01",
        "T",
        "300000T",
        "é",
        "20300101T000000Z",
    ];
    for text in table {
        assert_eq!(parse_date(text), None, "{text}");
    }
}
