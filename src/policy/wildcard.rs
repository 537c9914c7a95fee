//! Matching with the wildcards `*` and `?`.
//!
//! A pattern works on UTF-16 units, as the real IAM does: `?` stands for one unit, so that a character outside the
//! basic plane takes two (recorded). `*` stands for any run of units, `/`, `:` and line breaks included.

#[cfg(test)]
mod tests;

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Exactly this UTF-16 unit.
    Unit(u16),
    /// `?`
    AnyUnit,
    /// `*`
    AnyRun,
}

impl Token {
    fn accepts(self, unit: u16) -> bool {
        match self {
            Self::Unit(own) => own == unit,
            Self::AnyUnit => true,
            Self::AnyRun => false,
        }
    }
}

/// A text with wildcards, put together from parts in which `*` and `?` are wildcards and parts in which they are not.
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

    /// Appends a text in which `*` and `?` stand for themselves.
    pub(super) fn push_literal(&mut self, text: &str) {
        self.0.extend(text.encode_utf16().map(Token::Unit));
    }

    /// Whether the pattern matches the whole of `text`.
    pub(super) fn matches(&self, text: &str) -> bool {
        matches(&self.0, &units(text))
    }

    /// Whether the pattern, read as an ARN, matches the ARN `text`, each of the six segments on its own; `None` if the
    /// pattern is no ARN.
    pub(super) fn matches_arn(&self, text: &str) -> Option<bool> {
        if !self.is_arn() {
            return None;
        }
        let units = units(text);
        let segments = || units.splitn(ARN_SEGMENTS, |unit| *unit == COLON);
        let is_arn = segments().count() == ARN_SEGMENTS;
        Some(is_arn && self.segments().zip(segments()).all(|(tokens, units)| matches(tokens, units)))
    }

    fn is_arn(&self) -> bool {
        let mut segments = self.segments();
        segments.next().is_some_and(|first| first == Self::new("arn").0) && segments.count() == ARN_SEGMENTS - 1
    }

    fn segments(&self) -> impl Iterator<Item = &[Token]> {
        self.0.splitn(ARN_SEGMENTS, |token| *token == Token::Unit(COLON))
    }
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

/// Calls `step` once per step: at most one per token, and per unit of the text one for each token of the longest part
/// between two stars. For only the last star is ever gone back to: what an earlier one could still take, the last
/// one can take as well.
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
            // What is left of the pattern needs more text, and going back to a star would only leave it less.
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
