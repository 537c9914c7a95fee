//! Formats values like Java. The messages and responses of the service have Java's formats.

use chrono::DateTime;

/// Formats a number like `Double.toString`: `0.05`, `1.0`, `1.790149691E9` (recorded).
#[must_use]
pub fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number == 0.0 || (1e-3..1e7).contains(&number.abs()) {
        let plain = number.to_string();
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    let scientific = format!("{number:e}");
    match scientific.split_once('e') {
        Some((mantissa, exponent)) if mantissa.contains('.') => format!("{mantissa}E{exponent}"),
        Some((mantissa, exponent)) => format!("{mantissa}.0E{exponent}"),
        None => scientific,
    }
}

/// Formats seconds since 1970 like `Date.toString` in UTC: `Wed Sep 23 10:32:52 UTC 2026` (recorded).
#[must_use]
pub fn date(seconds: f64) -> String {
    // A number of seconds beyond 64 bits is also beyond the years that chrono supports.
    #[allow(clippy::cast_possible_truncation)]
    let moment = DateTime::from_timestamp(seconds.floor() as i64, 0);
    moment.map_or_else(|| double(seconds), |moment| moment.format("%a %b %d %H:%M:%S UTC %Y").to_string())
}

/// The index of the hash bucket in which a `java.util.HashMap` with `entries` entries keeps a string. Java iterates
/// over the map bucket by bucket.
#[must_use]
pub fn bucket(key: &str, entries: usize) -> usize {
    let hash = key.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit.into()));
    let mut buckets = 16;
    while entries > buckets / 4 * 3 {
        buckets *= 2;
    }
    (hash ^ hash >> 16) as usize & (buckets - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_formats_numbers_like_java() {
        let table = [
            (0.0, "0.0"),
            (1.0, "1.0"),
            (0.05, "0.05"),
            (0.1, "0.1"),
            (-0.25, "-0.25"),
            (100.0, "100.0"),
            (9_999_999.0, "9999999.0"),
            (10_000_000.0, "1.0E7"),
            (1_790_149_691.0, "1.790149691E9"),
            (1_790_159_520.0, "1.79015952E9"),
            (1_790_162_000.0, "1.790162E9"),
            (-1_790_149_691.5, "-1.7901496915E9"),
            (0.001, "0.001"),
            (0.000_99, "9.9E-4"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (number, expected) in table {
            assert_eq!(double(number), expected);
        }
    }

    #[test]
    fn date_formats_times_like_java() {
        assert_eq!(date(1_790_159_572.713), "Wed Sep 23 10:32:52 UTC 2026");
    }

    /// The expected values follow the definition of `String.hashCode` in Java's documentation.
    #[test]
    fn bucket_of_a_text_is_its_bucket_in_a_java_hash_map() {
        let table = [
            ("", 1, 0),
            ("a", 1, 97 % 16),
            ("ab", 1, (97 * 31 + 98) % 16),
            // Java doubles the number of buckets if the entries exceed three quarters of it.
            ("a", 12, 97 % 16),
            ("a", 13, 97 % 32),
            ("a", 24, 97 % 32),
            ("a", 25, 97 % 64),
            // Java also uses the upper half of the hash code. 98 * 31^3 + 99 * 31^2 + 100 * 31 + 101 is 0x2e0c82.
            ("bcde", 1, (0x2e_0c82 ^ 0x2e) % 16),
            // Java hashes UTF-16 code units. 0xd83d * 31 + 0xde00 is 0x1b0d63.
            ("\u{1f600}", 1, (0x1b_0d63 ^ 0x1b) % 16),
        ];
        for (key, entries, expected) in table {
            assert_eq!(bucket(key, entries), expected, "{key:?} among {entries}");
        }
    }
}
