//! Condition operators: their names, and what each of them tests.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use super::comparison::{Comparison, Relation};
use crate::policy::document::Version;
use crate::policy::text::closest;

/// An operator such as `StringLike` or `ForAllValues:StringEqualsIfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::policy) struct Operator {
    pub(super) quantifier: Option<Quantifier>,
    name: &'static str,
    pub(super) if_exists: bool,
    pub(super) test: Test,
}

/// For how many values of a multivalued key the test must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

impl Quantifier {
    fn prefix(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues:",
            Self::ForAnyValue => "ForAnyValue:",
        }
    }
}

/// What an operator tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Test {
    /// Whether the key is absent.
    Null,
    /// Whether the key's value matches an operand in this comparison, or, if `negated`, whether it matches no operand.
    Value { comparison: Comparison, negated: bool },
}

const IF_EXISTS: &str = "IfExists";

/// All operators, as the IAM User Guide spells them. A negated operator uses the comparison of its positive operator.
static OPERATORS: [(&str, Test); 27] = [
    ("StringEquals", is(Comparison::String)),
    ("StringNotEquals", is_not(Comparison::String)),
    ("StringEqualsIgnoreCase", is(Comparison::StringIgnoringCase)),
    ("StringNotEqualsIgnoreCase", is_not(Comparison::StringIgnoringCase)),
    ("StringLike", is(Comparison::Pattern)),
    ("StringNotLike", is_not(Comparison::Pattern)),
    ("NumericEquals", is(Comparison::Number(Relation::Equal))),
    ("NumericNotEquals", is_not(Comparison::Number(Relation::Equal))),
    ("NumericLessThan", is(Comparison::Number(Relation::Less))),
    ("NumericLessThanEquals", is(Comparison::Number(Relation::LessOrEqual))),
    ("NumericGreaterThan", is(Comparison::Number(Relation::Greater))),
    ("NumericGreaterThanEquals", is(Comparison::Number(Relation::GreaterOrEqual))),
    ("DateEquals", is(Comparison::Date(Relation::Equal))),
    ("DateNotEquals", is_not(Comparison::Date(Relation::Equal))),
    ("DateLessThan", is(Comparison::Date(Relation::Less))),
    ("DateLessThanEquals", is(Comparison::Date(Relation::LessOrEqual))),
    ("DateGreaterThan", is(Comparison::Date(Relation::Greater))),
    ("DateGreaterThanEquals", is(Comparison::Date(Relation::GreaterOrEqual))),
    ("Bool", is(Comparison::Boolean)),
    ("BinaryEquals", is(Comparison::Binary)),
    ("IpAddress", is(Comparison::Address)),
    ("NotIpAddress", is_not(Comparison::Address)),
    ("ArnEquals", is(Comparison::Arn)),
    ("ArnLike", is(Comparison::Arn)),
    ("ArnNotEquals", is_not(Comparison::Arn)),
    ("ArnNotLike", is_not(Comparison::Arn)),
    ("Null", Test::Null),
];

const fn is(comparison: Comparison) -> Test {
    Test::Value { comparison, negated: false }
}

const fn is_not(comparison: Comparison) -> Test {
    Test::Value { comparison, negated: true }
}

impl Operator {
    /// Parses an operator's name, ignoring case. `Null` cannot be combined with a set operator or `IfExists`.
    pub(in crate::policy) fn parse(spelling: &str) -> Option<Self> {
        let (quantifier, rest) = [Quantifier::ForAllValues, Quantifier::ForAnyValue]
            .into_iter()
            .find_map(|quantifier| Some((Some(quantifier), strip_prefix(spelling, quantifier.prefix())?)))
            .unwrap_or((None, spelling));
        let (if_exists, base) = strip_suffix(rest, IF_EXISTS).map_or((false, rest), |base| (true, base));
        let &(name, test) = OPERATORS.iter().find(|(name, _)| name.eq_ignore_ascii_case(base))?;
        if test == Test::Null && (quantifier.is_some() || if_exists) {
            return None;
        }
        Some(Self { quantifier, name, if_exists, test })
    }

    /// The name as the IAM User Guide spells it.
    pub(in crate::policy) fn spelling(self) -> Cow<'static, str> {
        match self {
            Self { quantifier: None, if_exists: false, name, .. } => Cow::Borrowed(name),
            _ => Cow::Owned(self.to_string()),
        }
    }

    /// The name that `spelling` most likely misspells.
    pub(in crate::policy) fn closest(spelling: &str) -> Option<String> {
        let prefixes = ["", Quantifier::ForAllValues.prefix(), Quantifier::ForAnyValue.prefix()];
        let affixes = prefixes.iter().flat_map(|prefix| [(*prefix, ""), (*prefix, IF_EXISTS)]);
        let names = affixes
            .flat_map(|(prefix, suffix)| OPERATORS.iter().map(move |(name, _)| format!("{prefix}{name}{suffix}")));
        let names: Vec<_> = names.filter(|name| Self::parse(name).is_some()).collect();
        closest(spelling, names.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Checks that `operand` has the operator's type. `Null` accepts any operand.
    ///
    /// # Errors
    /// The problem, as a phrase that follows the operand.
    pub(in crate::policy) fn check_operand(self, operand: &str, version: Version) -> Result<(), &'static str> {
        match self.test {
            Test::Null => Ok(()),
            Test::Value { comparison, .. } => comparison.check_operand(operand, version),
        }
    }
}

/// The name as the IAM User Guide spells it.
impl fmt::Display for Operator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.quantifier.map_or("", Quantifier::prefix))?;
        out.write_str(self.name)?;
        out.write_str(if self.if_exists { IF_EXISTS } else { "" })
    }
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn strip_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    end.eq_ignore_ascii_case(suffix).then_some(rest)
}
