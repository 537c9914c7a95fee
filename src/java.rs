//! Values as Java prints them, which the service is written in.

use chrono::DateTime;

/// What `Double.toString` gives: `0.05`, `1.0`, `1.790149691E9` (recorded).
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

/// What `Date.toString` gives in UTC: `Wed Sep 23 10:32:52 UTC 2026` (recorded).
#[must_use]
pub fn date(seconds: f64) -> String {
    // Beyond 64 bits it is beyond chrono's years as well.
    #[allow(clippy::cast_possible_truncation)]
    let moment = DateTime::from_timestamp(seconds.floor() as i64, 0);
    moment.map_or_else(|| double(seconds), |moment| moment.format("%a %b %d %H:%M:%S UTC %Y").to_string())
}

/// The bucket in which a `java.util.HashMap` of `entries` entries keeps a string. The map is iterated bucket by bucket.
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
    fn doubles_are_written_as_java_writes_them() {
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
        for (number, written) in table {
            assert_eq!(double(number), written);
        }
    }

    #[test]
    fn dates_are_written_as_java_writes_them() {
        assert_eq!(date(1_790_159_572.713), "Wed Sep 23 10:32:52 UTC 2026");
    }
    /// The hash codes are those of `String.hashCode`, as Java's documentation defines it.
    #[test]
    fn buckets_are_those_of_a_java_hash_map() {
        let table = [
            ("", 1, 0),
            ("a", 1, 97 % 16),
            ("ab", 1, (97 * 31 + 98) % 16),
            // More than three quarters of the buckets used: twice as many.
            ("a", 12, 97 % 16),
            ("a", 13, 97 % 32),
            ("a", 24, 97 % 32),
            ("a", 25, 97 % 64),
            // The upper half of the hash code counts as well; 98 * 31^3 + 99 * 31^2 + 100 * 31 + 101 is 0x2e0c82.
            ("bcde", 1, (0x2e_0c82 ^ 0x2e) % 16),
            // Java hashes UTF-16 units: 0xd83d * 31 + 0xde00 is 0x1b0d63.
            ("\u{1f600}", 1, (0x1b_0d63 ^ 0x1b) % 16),
        ];
        for (key, entries, expected) in table {
            assert_eq!(bucket(key, entries), expected, "{key:?} among {entries}");
        }
    }
}
