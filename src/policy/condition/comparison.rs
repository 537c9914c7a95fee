//! Compares a value of the request's context with an operand of the policy. The operator determines their type.

use std::cmp::Ordering;

use super::address::{Network, parse_address};
use super::binary::is_base64;
use super::case::eq_ignoring_case;
use super::date::parse_date;
use super::number::Number;
use super::truth::Truth;
use crate::policy::arn::Arn;
use crate::policy::document::Version;
use crate::policy::variable::{self, VariableScope};

/// The comparison of a positive operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparison {
    String,
    StringIgnoringCase,
    Pattern,
    Number(Relation),
    Date(Relation),
    Boolean,
    Binary,
    Address,
    Arn,
}

/// The relation that a value must have to an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    fn is(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

impl Comparison {
    /// Checks that `operand` has the comparison's type, as IAM does when it stores a policy (recorded for numbers, dates,
    /// booleans, binaries, addresses and ARNs; assumed for the ARN operand `*`).
    ///
    /// # Errors
    /// The problem, as a phrase that follows the operand.
    pub(super) fn check_operand(self, operand: &str, version: Version) -> Result<(), &'static str> {
        let (is_of_type, problem) = match self {
            Self::String | Self::StringIgnoringCase | Self::Pattern | Self::Arn
                if variable::is_in(operand, version) =>
            {
                return variable::check(operand);
            }
            Self::String | Self::StringIgnoringCase | Self::Pattern | Self::Boolean => return Ok(()),
            Self::Number(_) => (Number::parse(operand).is_some(), "is not a number"),
            Self::Date(_) => {
                (parse_date(operand).is_some(), "is neither an ISO 8601 date nor a number of seconds since 1970")
            }
            Self::Binary => (is_base64(operand), "is not base64 with padding"),
            Self::Address => {
                (Network::parse(operand).is_some(), "is neither an IP address nor a network such as '192.0.2.0/24'")
            }
            Self::Arn => (operand == "*" || Arn::parse(operand).is_some(), "is neither '*' nor an ARN of six segments"),
        };
        if is_of_type { Ok(()) } else { Err(problem) }
    }

    /// Whether the comparison accepts a value of this form. If the value is not an address, neither an address operator
    /// nor its negation holds. If the value is not an ARN, neither an ARN operator nor its negation holds. All other
    /// operators accept any value. A value of the wrong type is unequal to every operand (recorded).
    pub(super) fn accepts(self, value: &str) -> bool {
        match self {
            Self::Address => parse_address(value).is_some(),
            Self::Arn => Arn::parse(value).is_some(),
            _ => true,
        }
    }

    /// Whether a value matches an operand. An operand with a variable that has no value matches nothing (recorded).
    pub(super) fn compare(self, value: &str, operand: &str, scope: VariableScope<'_>) -> Truth {
        let matches = match self {
            Self::String => variable::resolve(operand, scope).map(|operand| operand == value),
            Self::StringIgnoringCase => {
                variable::resolve(operand, scope).map(|operand| eq_ignoring_case(&operand, value))
            }
            Self::Pattern => variable::resolve_pattern(operand, scope).map(|pattern| pattern.matches(value)),
            Self::Arn => return compare_arns(value, operand, scope),
            Self::Number(relation) => compare_parsed(value, operand, relation, Number::parse),
            Self::Date(relation) => compare_parsed(value, operand, relation, parse_date),
            Self::Boolean => Some(is_true(value) == is_true(operand)),
            // Recorded: different base64 texts of the same bytes are unequal.
            Self::Binary => Some(value == operand),
            Self::Address => address_is_in(value, operand),
        };
        Truth::from(matches.unwrap_or(false))
    }
}

/// Only `true` is true, in upper or lower case (recorded).
pub(super) fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

fn compare_parsed<'a, T: Ord>(
    value: &'a str,
    operand: &'a str,
    relation: Relation,
    parse: impl Fn(&'a str) -> Option<T>,
) -> Option<bool> {
    Some(relation.is(parse(value)?.cmp(&parse(operand)?)))
}

fn address_is_in(value: &str, operand: &str) -> Option<bool> {
    Some(Network::parse(operand)?.contains(parse_address(value)?))
}

fn compare_arns(value: &str, operand: &str, scope: VariableScope<'_>) -> Truth {
    let Some(pattern) = variable::resolve_pattern(operand, scope) else { return Truth::False };
    pattern.matches_arn(value).map_or(Truth::Undecided, Truth::from)
}
