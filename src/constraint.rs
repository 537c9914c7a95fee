//! The constraints that the API model puts on the members of a request, and AWS's words for a value that breaks one.
//!
//! Recorded: the form of the message, one broken constraint at a time. Assumed: the order of several, length before
//! pattern, and the words for the items of a list and the keys and values of a map.

use std::borrow::Cow;
use std::fmt;

use crate::fault::{Code, Fault};

/// One constraint of the API model.
#[derive(Debug, Clone, Copy)]
pub enum Constraint {
    /// The least and the greatest length: UTF-16 units of a string (assumed, as Java counts), items of a list, entries of
    /// a map.
    Length(usize, usize),
    /// The least value.
    AtLeast(i32),
    /// The least and the greatest value.
    Between(i32, i32),
    /// The regular expression that the whole string must match.
    Pattern(Pattern),
    /// The values that exist, in the order of the model.
    Enum(&'static [&'static str]),
    /// The constraints of each item of a list.
    Items(&'static [Constraint]),
    /// The constraints of each key of a map.
    Keys(&'static [Constraint]),
    /// The constraints of each value of a map.
    Values(&'static [Constraint]),
}

/// A regular expression of the model, and the predicate that decides it.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The expression as the model spells it.
    pub text: &'static str,
    /// Whether a string matches as a whole.
    pub matches: fn(&str) -> bool,
}

/// No upper bound.
pub const UNBOUNDED: usize = usize::MAX;

/// A value as a constraint sees it.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A string.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A list or a map of that many entries.
    Entries(usize),
    /// A value that no constraint is about.
    Other,
}

impl Constraint {
    /// Whether a value satisfies this constraint. What is said of items, keys and values, their own check decides.
    #[allow(clippy::inline_always)] // Where the constraints are known, only their comparisons are left.
    #[inline(always)]
    pub(crate) fn admits(&self, value: Value<'_>) -> bool {
        match (*self, value) {
            (Self::Length(least, most), Value::Text(text)) => {
                // A text has no more UTF-16 units than bytes, and no fewer than a third of them.
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

    /// What AWS demands of a value that breaks this constraint.
    fn demand(&self, value: Value<'_>) -> String {
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
            Self::Items(constraints) => format!("Member must satisfy constraint: {}", all_demands(constraints)),
            Self::Keys(constraints) => format!("Map keys must satisfy constraint: {}", all_demands(constraints)),
            Self::Values(constraints) => format!("Map value must satisfy constraint: {}", all_demands(constraints)),
        }
    }

    /// All that this constraint demands, whatever the value.
    fn demands(&self) -> Vec<String> {
        match *self {
            Self::Length(least, most) => {
                let most = (most != UNBOUNDED).then(|| at_most("length", most));
                most.into_iter().chain([at_least("length", least)]).collect()
            }
            Self::Between(least, most) => vec![at_most("value", most), at_least("value", least)],
            _ => vec![self.demand(Value::Other)],
        }
    }
}

fn all_demands(constraints: &[Constraint]) -> String {
    format!("[{}]", constraints.iter().flat_map(Constraint::demands).collect::<Vec<_>>().join(", "))
}

fn at_least(what: &str, least: impl fmt::Display) -> String {
    format!("Member must have {what} greater than or equal to {least}")
}

fn at_most(what: &str, most: impl fmt::Display) -> String {
    format!("Member must have {what} less than or equal to {most}")
}

/// Where a value is in its request, from the request's root.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// The request itself.
    Root,
    /// A member of a structure, by its name in the model.
    Member(&'a At<'a>, &'static str),
    /// An item of a list, by its index from 0.
    Item(&'a At<'a>, usize),
}

/// `samplingStatisticsDocuments.1.member.clientID`: names begin in lower case, items count from 1 (recorded).
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

/// A member's name as the messages spell it.
pub(crate) fn lower_camel(name: &str) -> Cow<'_, str> {
    match name.split_at_checked(1) {
        Some((first, rest)) => Cow::Owned(first.to_ascii_lowercase() + rest),
        None => Cow::Borrowed(name),
    }
}

/// Collects what is wrong with a request. All of it goes into one message.
#[derive(Debug, Default)]
pub struct Report {
    demands: Vec<String>,
    /// Whether a member is missing that the model requires, though the service does not.
    is_lenient: bool,
}

impl Report {
    /// Reports a required member that is missing or null.
    pub(crate) fn missing(&mut self, at: &At<'_>) {
        self.demands.push(format!("Value null at '{at}' failed to satisfy constraint: Member must not be null"));
    }

    /// Reports that a value breaks a constraint. `shown` is the value as Java prints it.
    #[cold]
    pub(crate) fn broken(&mut self, at: &At<'_>, constraint: &Constraint, value: Value<'_>, shown: &str) {
        self.demand(at, shown, &constraint.demand(value));
    }

    /// Reports a demand in words.
    pub(crate) fn demand(&mut self, at: &At<'_>, shown: &str, demand: &str) {
        self.demands.push(format!("Value '{shown}' at '{at}' failed to satisfy constraint: {demand}"));
    }

    /// Reports each constraint that a value breaks.
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
                self.broken(at, constraint, value, &shown());
            }
        }
    }

    /// Notes that a member is missing without which the service does, though the model requires it.
    pub(crate) fn forgive(&mut self) {
        self.is_lenient = true;
    }

    /// Whether the service accepts the request.
    pub(crate) fn is_empty(&self) -> bool {
        self.demands.is_empty()
    }

    /// Whether botocore accepts the request as well, as far as required members go.
    pub(crate) fn suits_model(&self) -> bool {
        self.demands.is_empty() && !self.is_lenient
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.demands.extend(other.demands);
        self.is_lenient |= other.is_lenient;
    }

    /// The fault that says all of it.
    #[must_use]
    pub fn into_fault(self) -> Fault {
        let errors = match self.demands.len() {
            1 => "1 validation error".to_owned(),
            count => format!("{count} validation errors"),
        };
        Fault::new(Code::ValidationException, format!("{errors} detected: {}", self.demands.join("; ")))
    }
}
