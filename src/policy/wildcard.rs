//! Matching with the wildcards `*` and `?`.
//!
//! As in the real IAM, a pattern matches UTF-16 code units, which this module calls units. `?` matches one unit, so a
//! character outside the Basic Multilingual Plane needs `??` (recorded). `*` matches any sequence of units, including
//! `/`, `:` and line breaks.

#[cfg(test)]
mod tests;

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Exactly this UTF-16 code unit.
    Unit(u16),
    /// `?`
    AnyUnit,
    /// `*`
    AnyRun,
}

impl Token {
    fn accepts(self, unit: u16) -> bool {
        match self {
            Self::Unit(expected) => expected == unit,
            Self::AnyUnit => true,
            Self::AnyRun => false,
        }
    }
}

/// A text with wildcards. It consists of parts in which `*` and `?` are wildcards and parts in which they are literal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Token>);

impl Pattern {
    /// A pattern in which every `*` and `?` is a wildcard.
    pub(super) fn new(text: &str) -> Self {
        let mut pattern = Self::default();
        pattern.push_pattern(text);
        pattern
    }

    /// Appends a text in which `*` and `?` are wildcards.
    pub(super) fn push_pattern(&mut self, text: &str) {
        self.0.extend(text.encode_utf16().map(|unit| match unit {
            STAR => Token::AnyRun,
            QUESTION_MARK => Token::AnyUnit,
            _ => Token::Unit(unit),
        }));
    }

    /// Appends a text in which `*` and `?` are literal.
    pub(super) fn push_literal(&mut self, text: &str) {
        self.0.extend(text.encode_utf16().map(Token::Unit));
    }

    /// Whether the pattern matches the whole of `text`.
    pub(super) fn matches(&self, text: &str) -> bool {
        matches(&self.0, &units(text))
    }

    /// Whether the pattern, as the operand of an ARN operator, matches the ARN `text`. The pattern `*` matches every ARN. A
    /// pattern of six segments is compared segment by segment. Returns `None` for any other pattern.
    pub(super) fn matches_arn(&self, text: &str) -> Option<bool> {
        let units = units(text);
        let segments = || units.splitn(ARN_SEGMENTS, |unit| *unit == COLON);
        let is_arn = is_arn(&units);
        if matches!(*self.0, [Token::AnyRun]) {
            return Some(is_arn);
        }
        self.is_arn().then(|| is_arn && self.segments().zip(segments()).all(|(tokens, units)| matches(tokens, units)))
    }

    /// Whether the pattern, as an ARN in `Resource`, matches the ARN `text`. A `*` that ends a segment also matches beyond
    /// the colon; any other wildcard stays within its segment.
    ///
    /// Takes one step for each token and unit.
    pub(super) fn matches_resource(&self, text: &str) -> bool {
        let units = units(text);
        if !is_arn(&units) {
            return false;
        }
        let ends_segment = |next: Option<&Token>| next.is_none_or(|next| *next == Token::Unit(COLON));
        let following = self.0.iter().skip(1).map(Some).chain([None]);
        let tokens: Vec<_> = self.0.iter().zip(following).map(|(token, next)| (*token, ends_segment(next))).collect();
        // For each token, whether the tokens before it match the part of the text that was read so far.
        let mut reached = Vec::with_capacity(tokens.len());
        let mut is_reached = true;
        for (token, _) in &tokens {
            reached.push(is_reached);
            is_reached &= *token == Token::AnyRun;
        }
        let mut colons = 0;
        for unit in units {
            colons += usize::from(unit == COLON);
            let separates = unit == COLON && colons < ARN_SEGMENTS;
            is_reached = false;
            for ((token, ends_segment), reached) in tokens.iter().zip(&mut reached) {
                let was_reached = *reached;
                let is_run = *token == Token::AnyRun;
                *reached = is_reached || was_reached && is_run && (!separates || *ends_segment);
                is_reached = if is_run {
                    *reached
                } else {
                    was_reached && token.accepts(unit) && (!separates || *token == Token::Unit(COLON))
                };
            }
        }
        is_reached
    }

    fn is_arn(&self) -> bool {
        let mut segments = self.segments();
        segments.next().is_some_and(|first| first == Self::new("arn").0) && segments.count() == ARN_SEGMENTS - 1
    }

    fn segments(&self) -> impl Iterator<Item = &[Token]> {
        self.0.splitn(ARN_SEGMENTS, |token| *token == Token::Unit(COLON))
    }
}

/// Whether the units have the form of an ARN: six segments, of which the first is `arn`.
fn is_arn(units: &[u16]) -> bool {
    let mut segments = units.splitn(ARN_SEGMENTS, |unit| *unit == COLON);
    segments.next().is_some_and(|first| first.iter().copied().eq("arn".encode_utf16()))
        && segments.count() == ARN_SEGMENTS - 1
}

const STAR: u16 = b'*' as u16;
const QUESTION_MARK: u16 = b'?' as u16;
const COLON: u16 = b':' as u16;
const ARN_SEGMENTS: usize = 6;

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

fn matches(pattern: &[Token], text: &[u16]) -> bool {
    matches_counting(pattern, text, || ())
}

/// Matches a text, and calls `step` once for each step. There is at most one step for each token, plus, for each unit
/// of the text, one step for each token of the longest part between two stars. Backtracking returns to the last star
/// only, because the last star can match everything that an earlier star could.
fn matches_counting(mut pattern: &[Token], mut text: &[u16], mut step: impl FnMut()) -> bool {
    let mut retry = None;
    loop {
        step();
        match (pattern.split_first(), text.split_first()) {
            (Some((Token::AnyRun, rest)), _) => {
                retry = Some((rest, text));
                pattern = rest;
            }
            (Some((token, rest)), Some((unit, after))) if token.accepts(*unit) => {
                pattern = rest;
                text = after;
            }
            (None, None) => return true,
            // The rest of the pattern needs more text, but backtracking only leaves less text.
            (Some(_), None) => return false,
            (_, Some(_)) => {
                let Some((after_star, [_, later @ ..])) = retry else { return false };
                retry = Some((after_star, later));
                pattern = after_star;
                text = later;
            }
        }
    }
}
