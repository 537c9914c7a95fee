//! Dates: ISO 8601 and seconds since 1970.

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Milliseconds since 1970, which is as fine as IAM compares (recorded).
///
/// Takes seconds since 1970, with a fraction or not, and the forms of ISO 8601 in the W3C's profile: a year and month, a
/// date, a date and time to the minute, second or fraction, with an offset or without one, which means UTC. `None` for
/// any other text.
pub(super) fn parse_date(text: &str) -> Option<i64> {
    // Chrono would skip white space.
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    parse_seconds(text).or_else(|| parse_date_and_time(text)).or_else(|| parse_day(text))
}

fn parse_seconds(text: &str) -> Option<i64> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(fraction)?;
    let thousandths: i64 = digits
        .bytes()
        .chain(*b"000")
        .take(3)
        .try_fold(0, |sum: i64, digit| Some(sum * 10 + i64::from(digit.checked_sub(b'0')?)))?;
    let signed = if seconds.starts_with('-') { -thousandths } else { thousandths };
    seconds.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(signed)
}

fn parse_date_and_time(text: &str) -> Option<i64> {
    const WITH_OFFSET: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"];
    const WITHOUT_OFFSET: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let local = text.strip_suffix('Z').unwrap_or(text);
    let utc = WITHOUT_OFFSET.iter().find_map(|form| NaiveDateTime::parse_from_str(local, form).ok());
    if let Some(utc) = utc {
        return Some(utc.and_utc().timestamp_millis());
    }
    let dated = WITH_OFFSET.iter().find_map(|form| DateTime::parse_from_str(text, form).ok());
    dated.map(|dated| dated.timestamp_millis())
}

fn parse_day(text: &str) -> Option<i64> {
    let first_of_month = || NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok();
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().or_else(first_of_month)?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}
