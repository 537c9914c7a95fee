//! Decimal numbers of any precision, compared without conversion.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

/// A number: `negative` × `0.DIGITS` × 10^`magnitude`, where the first digit is not zero. Zero has no digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'a> {
    negative: bool,
    magnitude: i64,
    /// The digits from the first that is not zero. They include the decimal point if it comes after that digit.
    digits: &'a str,
}

impl<'a> Number<'a> {
    /// Parses an optional sign, digits with an optional decimal point at any place, and an optional exponent of 32 bits.
    /// Recorded: `01`, `+1`, `1.` and `1e0` are numbers; white space, `0x10`, `NaN` and `Infinity` are not.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || whole.len() + fraction.len() == 0 {
            return None;
        }
        let digits = mantissa.trim_start_matches(['0', '.']);
        if digits.is_empty() {
            return Some(Self { negative: false, magnitude: 0, digits });
        }
        let magnitude = match whole.trim_start_matches('0').len() {
            0 => -i64::try_from(fraction.len() - digits.len()).ok()?,
            before_point => i64::try_from(before_point).ok()?,
        };
        Some(Self { negative, magnitude: magnitude + i64::from(exponent), digits })
    }

    fn is_zero(self) -> bool {
        self.digits.is_empty()
    }

    /// The digits, followed by an infinite number of zeros.
    fn digits(self) -> impl Iterator<Item = u8> {
        self.digits.bytes().filter(u8::is_ascii_digit).chain(std::iter::repeat(b'0'))
    }

    fn cmp_size(self, other: Self) -> Ordering {
        let length = self.digits.len().max(other.digits.len());
        match (self.is_zero(), other.is_zero()) {
            (false, false) => self
                .magnitude
                .cmp(&other.magnitude)
                .then_with(|| self.digits().take(length).cmp(other.digits().take(length))),
            (one, another) => another.cmp(&one),
        }
    }
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.cmp_size(*other),
            (true, true) => other.cmp_size(*self),
            (negative, other_negative) => other_negative.cmp(&negative),
        }
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number<'_> {}
