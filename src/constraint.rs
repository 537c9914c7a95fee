//! The API model's constraints on the members of a request, and AWS's messages for values that violate them.
//!
//! Recorded: the form of the message for one violated constraint. Assumed: the order of several (length before pattern), and
//! the messages for the items of a list and for the keys and values of a map.

use std::borrow::Cow;
use std::fmt;

use crate::fault::{Code, Fault};

/// One constraint of the API model.
#[derive(Debug, Clone, Copy)]
pub enum Constraint {
    /// The minimum and maximum length: UTF-16 code units of a string (assumed, because Java counts them), items of a list,
    /// or entries of a map.
    Length(usize, usize),
    /// The minimum value.
    AtLeast(i32),
    /// The minimum and maximum value.
    Between(i32, i32),
    /// The regular expression that the whole string must match.
    Pattern(Pattern),
    /// The allowed values, in the order of the model.
    Enum(&'static [&'static str]),
    /// The constraints of each item of a list.
    Items(&'static [Constraint]),
    /// The constraints of each key of a map.
    Keys(&'static [Constraint]),
    /// The constraints of each value of a map.
    Values(&'static [Constraint]),
}

/// A regular expression of the model, and a function that matches it.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The expression as it appears in the model.
    pub text: &'static str,
    /// Returns whether the whole string matches.
    pub matches: fn(&str) -> bool,
}

/// The maximum of a length without an upper bound.
pub const UNBOUNDED: usize = usize::MAX;

/// The part of a value that constraints check.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A string.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A list or a map with this number of entries.
    Entries(usize),
    /// A value without constraints.
    Other,
}

impl Constraint {
    /// Whether a value satisfies this constraint. It does not check constraints on items, keys and values; the checks of
    /// lists and maps do.
    #[allow(clippy::inline_always)] // When the compiler knows the constraints, only their comparisons remain.
    #[inline(always)]
    pub(crate) fn admits(&self, value: Value<'_>) -> bool {
        match (*self, value) {
            (Self::Length(least, most), Value::Text(text)) => {
                // The number of UTF-16 code units is at most the number of bytes, and at least a third of it.
                text.len() <= most && text.len().div_ceil(3) >= least
                    || (least..=most).contains(&text.encode_utf16().count())
            }
            (Self::Length(least, most), Value::Entries(count)) => (least..=most).contains(&count),
            (Self::AtLeast(least), Value::Number(number)) => number >= f64::from(least),
            (Self::Between(least, most), Value::Number(number)) => {
                (f64::from(least)..=f64::from(most)).contains(&number)
            }
            (Self::Pattern(pattern), Value::Text(text)) => (pattern.matches)(text),
            (Self::Enum(known), Value::Text(text)) => known.contains(&text),
            _ => true,
        }
    }

    /// The sentence with which AWS describes the violated constraint. It depends on `value`: a text is too short or too
    /// long.
    fn sentence(&self, value: Value<'_>) -> String {
        let is_below = |least: usize| match value {
            Value::Text(text) => text.encode_utf16().count() < least,
            Value::Entries(count) => count < least,
            Value::Number(_) | Value::Other => false,
        };
        match *self {
            Self::Length(least, _) if is_below(least) => at_least("length", least),
            Self::Length(_, most) => at_most("length", most),
            Self::AtLeast(least) => at_least("value", least),
            Self::Between(least, most) => match value {
                Value::Number(number) if number < f64::from(least) => at_least("value", least),
                _ => at_most("value", most),
            },
            Self::Pattern(pattern) => format!("Member must satisfy regular expression pattern: {}", pattern.text),
            Self::Enum(known) => format!("Member must satisfy enum value set: [{}]", known.join(", ")),
            Self::Items(constraints) => format!("Member must satisfy constraint: {}", all_sentences(constraints)),
            Self::Keys(constraints) => format!("Map keys must satisfy constraint: {}", all_sentences(constraints)),
            Self::Values(constraints) => format!("Map value must satisfy constraint: {}", all_sentences(constraints)),
        }
    }

    /// All sentences with which AWS can describe this constraint. AWS uses them for the items of a list, and for the
    /// keys and values of a map.
    fn sentences(&self) -> Vec<String> {
        match *self {
            Self::Length(least, most) => {
                let most = (most != UNBOUNDED).then(|| at_most("length", most));
                most.into_iter().chain([at_least("length", least)]).collect()
            }
            Self::Between(least, most) => vec![at_most("value", most), at_least("value", least)],
            _ => vec![self.sentence(Value::Other)],
        }
    }
}

fn all_sentences(constraints: &[Constraint]) -> String {
    format!("[{}]", constraints.iter().flat_map(Constraint::sentences).collect::<Vec<_>>().join(", "))
}

fn at_least(what: &str, least: impl fmt::Display) -> String {
    format!("Member must have {what} greater than or equal to {least}")
}

fn at_most(what: &str, most: impl fmt::Display) -> String {
    format!("Member must have {what} less than or equal to {most}")
}

/// The location of a value in its request.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// The request itself.
    Root,
    /// A member of a structure, by its name in the model.
    Member(&'a At<'a>, &'static str),
    /// An item of a list, by its index from 0.
    Item(&'a At<'a>, usize),
}

/// `samplingStatisticsDocuments.1.member.clientID`: names start with a lower-case letter, and items are numbered from 1
/// (recorded).
impl fmt::Display for At<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (parent, step) = match *self {
            Self::Root => return Ok(()),
            Self::Member(parent, name) => (parent, lower_camel(name)),
            Self::Item(parent, index) => (parent, Cow::Owned(format!("{}.member", index + 1))),
        };
        match parent {
            Self::Root => out.write_str(&step),
            _ => write!(out, "{parent}.{step}"),
        }
    }
}

/// A member's name as it appears in messages.
pub(crate) fn lower_camel(name: &str) -> Cow<'_, str> {
    match name.split_at_checked(1) {
        Some((first, rest)) => Cow::Owned(first.to_ascii_lowercase() + rest),
        None => Cow::Borrowed(name),
    }
}

/// Collects the violated constraints of a request. One message contains all of them.
#[derive(Debug, Default)]
pub struct Report {
    violations: Vec<String>,
    /// Whether a member is missing that the API model requires and the service does not.
    lacks_lenient: bool,
}

impl Report {
    /// Reports a required member that is missing or null.
    pub(crate) fn missing(&mut self, at: &At<'_>) {
        self.violations.push(format!("Value null at '{at}' failed to satisfy constraint: Member must not be null"));
    }

    /// Reports that a value violates a constraint. `shown` is the value in Java's format.
    #[cold]
    pub(crate) fn violated(&mut self, at: &At<'_>, constraint: &Constraint, value: Value<'_>, shown: &str) {
        self.add(at, shown, &constraint.sentence(value));
    }

    /// Reports that a value violates a constraint, which `sentence` describes in AWS's words.
    pub(crate) fn add(&mut self, at: &At<'_>, shown: &str, sentence: &str) {
        self.violations.push(format!("Value '{shown}' at '{at}' failed to satisfy constraint: {sentence}"));
    }

    /// Reports each constraint that a value violates.
    #[inline]
    pub(crate) fn check(
        &mut self,
        at: &At<'_>,
        constraints: &[Constraint],
        value: Value<'_>,
        shown: impl Fn() -> String,
    ) {
        for constraint in constraints {
            if !constraint.admits(value) {
                self.violated(at, constraint, value, &shown());
            }
        }
    }

    /// Notes that a member is missing that the API model requires and the service does not.
    pub(crate) fn missing_lenient(&mut self) {
        self.lacks_lenient = true;
    }

    /// Whether the service accepts the request.
    pub(crate) fn is_empty(&self) -> bool {
        self.violations.is_empty()
    }

    /// Whether the service accepts the request, and the request has every member that the API model requires.
    pub(crate) fn satisfies_model(&self) -> bool {
        self.violations.is_empty() && !self.lacks_lenient
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.violations.extend(other.violations);
        self.lacks_lenient |= other.lacks_lenient;
    }

    /// The fault whose message contains all violated constraints.
    #[must_use]
    pub fn into_fault(self) -> Fault {
        let errors = match self.violations.len() {
            1 => "1 validation error".to_owned(),
            count => format!("{count} validation errors"),
        };
        Fault::new(Code::ValidationException, format!("{errors} detected: {}", self.violations.join("; ")))
    }
}
