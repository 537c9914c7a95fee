//! Dates: ISO 8601 and seconds since 1970.

#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// Parses a date. Returns milliseconds since 1970, which is the precision of IAM's comparisons (recorded).
///
/// A date is a number of seconds since 1970, or one of the ISO 8601 forms that IAM stores: `YEAR[-MONTH[-DAY]]`, optionally
/// followed by `T`, an optional time `HOUR[:MINUTE[:SECOND[.FRACTION]]]`, and an optional `Z` or offset. Without an offset,
/// the date is in UTC. Recorded: `01T` and `2016-12-13t2:00:00.593194+23` are dates; a fraction of ten digits, an offset of
/// one digit and a month 13 are not. Returns `None` for any other text, and for a year beyond chrono's range.
pub(super) fn parse_date(text: &str) -> Option<i128> {
    match text.split_once(['T', 't']) {
        Some((day, time)) => parse_date_and_time(day, time),
        None => parse_seconds(text).or_else(|| Some(milliseconds(parse_day(text)?.into()))),
    }
}

fn parse_seconds(text: &str) -> Option<i128> {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let thousandths = i128::from(parse_fraction(fraction)? / 1_000_000);
    let signed = if seconds.starts_with('-') { -thousandths } else { thousandths };
    Some(i128::from(seconds.parse::<i64>().ok()?) * 1000 + signed)
}

fn parse_date_and_time(day: &str, time: &str) -> Option<i128> {
    let day = parse_day(day)?;
    let (time, offset_minutes) = match time.split_once(['Z', 'z']) {
        Some((time, "")) => (time, 0),
        Some(_) => return None,
        None => split_offset(time)?,
    };
    let time = if time.is_empty() { NaiveTime::MIN } else { parse_time(time)? };
    Some(milliseconds(day.and_time(time)) - i128::from(offset_minutes) * 60_000)
}

fn milliseconds(moment: NaiveDateTime) -> i128 {
    moment.and_utc().timestamp_millis().into()
}

/// Parses `YEAR[-MONTH[-DAY]]`. The year may have a sign.
fn parse_day(text: &str) -> Option<NaiveDate> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = unsigned.splitn(3, '-');
    let year = i32::try_from(parse_digits(parts.next()?, 9)?).ok()?;
    let month = parts.next().map_or(Some(1), |month| parse_digits(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| parse_digits(day, 2))?;
    NaiveDate::from_ymd_opt(if text.starts_with('-') { -year } else { year }, month, day)
}

/// Parses `HOUR[:MINUTE[:SECOND[.FRACTION]]]`.
fn parse_time(text: &str) -> Option<NaiveTime> {
    let (text, fraction) = match text.split_once('.') {
        // Only seconds have a fraction.
        Some((time, fraction)) if !fraction.is_empty() && time.split(':').count() == 3 => (time, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let mut parts = text.splitn(3, ':');
    let hour = parse_digits(parts.next()?, 2)?;
    let minute = parts.next().map_or(Some(0), |minute| parse_digits(minute, 2))?;
    let second = parts.next().map_or(Some(0), |second| parse_digits(second, 2))?;
    NaiveTime::from_hms_nano_opt(hour, minute, second, parse_fraction(fraction)?)
}

/// Splits `TIME+HH`, `TIME+HH:MM` or `TIME+HHMM` into the time and the offset in minutes.
fn split_offset(text: &str) -> Option<(&str, i32)> {
    let Some(at) = text.find(['+', '-']) else { return Some((text, 0)) };
    let (time, offset) = text.split_at_checked(at)?;
    let (hours, rest) = offset.get(1..)?.split_at_checked(2)?;
    let minutes = if rest.is_empty() { "00" } else { rest.strip_prefix(':').unwrap_or(rest) };
    let (hours, minutes) = (parse_digits(hours, 2)?, parse_digits(minutes, 2).filter(|_| minutes.len() == 2)?);
    let is_offset = hours < 24 && minutes < 60;
    let total = i32::try_from(hours * 60 + minutes).ok().filter(|_| is_offset)?;
    Some((time, if offset.starts_with('-') { -total } else { total }))
}

/// The nanoseconds of a fraction of a second with up to nine digits.
fn parse_fraction(text: &str) -> Option<u32> {
    const DIGITS: usize = 9;
    if text.is_empty() {
        return Some(0);
    }
    let scale = 10_u32.pow(u32::try_from(DIGITS.checked_sub(text.len())?).ok()?);
    Some(parse_digits(text, DIGITS)? * scale)
}

/// Parses one to `most` digits.
fn parse_digits(text: &str, most: usize) -> Option<u32> {
    let is_number = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
