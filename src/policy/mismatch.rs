//! Why a statement does not apply to a request. A mismatch shows both the policy's value and the request's value.

use std::borrow::Cow;
use std::fmt;

use super::condition::Condition;
use super::context::{Context, Value};
use super::document::{Element, Strings};
use super::principal::Principals;
use super::text::{quoted, quoted_list};

/// The first element of a statement that does not match the request. Displayed as
/// `aws:SourceAccount is '1', but StringEquals requires '2'`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The name of the element or of the condition operator, such as `Principal`, `NotAction` or `StringEquals`.
    pub element: Cow<'static, str>,
    /// The part of the request that the element tests: `the principal`, `the action`, `the resource`, or a condition key
    /// as the policy spells it.
    pub subject: Cow<'static, str>,
    /// The request's value, or `None` if the request does not have the condition key.
    pub found: Option<Value>,
    /// What the policy requires.
    pub requirement: Requirement,
}

/// What an element requires of the request's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// The value must match one of these.
    OneOf(Vec<String>),
    /// The value must not match any of these.
    NoneOf(Vec<String>),
    /// The value must be a single value. Operators without `ForAllValues:` or `ForAnyValue:` never match a list.
    SingleValue,
    /// The request must have the key.
    Present,
    /// The request must not have the key.
    Absent,
}

impl Mismatch {
    pub(super) fn of_principal(principals: &Element<Principals>, found: &str) -> Self {
        Self::of_element(
            ["Principal", "NotPrincipal"],
            "the principal",
            principals.map(|principals| principals.names()),
            found,
        )
    }

    pub(super) fn of_action(actions: &Element<Strings>, found: &str) -> Self {
        Self::of_element(["Action", "NotAction"], "the action", actions.map(listed), found)
    }

    pub(super) fn of_resource(resources: &Element<Strings>, found: &str) -> Self {
        Self::of_element(["Resource", "NotResource"], "the resource", resources.map(listed), found)
    }

    fn of_element(
        [positive, negated]: [&'static str; 2],
        subject: &'static str,
        listed: Element<Vec<String>>,
        found: &str,
    ) -> Self {
        let (element, requirement) = match listed {
            Element::Listed(listed) => (positive, Requirement::OneOf(listed)),
            Element::NotListed(listed) => (negated, Requirement::NoneOf(listed)),
        };
        Self { element: element.into(), subject: subject.into(), found: Some(found.into()), requirement }
    }

    pub(super) fn of_condition(condition: &Condition, context: &Context) -> Self {
        let found = context.get(condition.key).cloned();
        Self {
            element: condition.operator.spelling(),
            subject: Cow::Owned(condition.key.to_owned()),
            requirement: condition.requirement(found.as_ref()),
            found,
        }
    }
}

fn listed(strings: &Strings) -> Vec<String> {
    strings.iter().map(str::to_owned).collect()
}

impl fmt::Display for Mismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { element, subject, found, requirement } = self;
        match found {
            None => write!(out, "the request has no {subject}, but {element} ")?,
            Some(Value::One(value)) => write!(out, "{subject} is {}, but {element} ", quoted(value))?,
            Some(Value::Many(values)) => {
                write!(out, "{subject} is the list [{}], but {element} ", quoted_list(values))?;
            }
        }
        requirement.fmt(out)
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(values) => match &**values {
                [] => out.write_str("lists no value"),
                [value] => write!(out, "requires {}", quoted(value)),
                values => write!(out, "requires one of {}", quoted_list(values)),
            },
            Self::NoneOf(values) => write!(out, "excludes {}", quoted_list(values)),
            Self::SingleValue => out.write_str("requires a single value; ForAllValues: and ForAnyValue: compare lists"),
            Self::Present => out.write_str("requires it to be present"),
            Self::Absent => out.write_str("requires it to be absent"),
        }
    }
}
