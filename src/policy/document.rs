//! The typed policy. It borrows from the JSON tree that it was created from.

#[cfg(test)]
mod tests;

use std::fmt;

use super::condition::Condition;
use super::json::{Arena, Json};
use super::principal::Principals;

/// A policy that satisfies the grammar. [`Policy::from_json`](Policy::from_json) is the only way to create one.
///
/// A policy is displayed as JSON that parses to an equal policy. Policies are equal even if their documents differ in these
/// points: a missing `Version` equals 2008-10-17, a single statement equals a list of one statement, and a single string
/// equals a list of one string.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy<'a> {
    pub(super) version: Version,
    pub(super) id: Option<&'a str>,
    pub(super) statements: Vec<Statement<'a>>,
}

impl<'a> Policy<'a> {
    /// The version of the policy language that the policy uses.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The statements in the document's order.
    #[must_use]
    pub fn statements(&self) -> &[Statement<'a>] {
        &self.statements
    }

    fn to_json(&self, arena: &'a Arena) -> Json<'a> {
        let statements = self.statements.iter().map(|statement| statement.to_json(arena));
        let version = ("Version", text(self.version.name()));
        let id = self.id.map(|id| ("Id", text(id)));
        let statements = Json::Array(arena.alloc_slice_fill_iter(statements));
        object(arena, [Some(version), id, Some(("Statement", statements))])
    }
}

/// Compact JSON.
impl fmt::Display for Policy<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_json(&Arena::new()).fmt(out)
    }
}

/// The version of the policy language. Source: IAM User Guide, "IAM JSON policy elements: Version".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// `2008-10-17`, the version of a policy without a `Version`. It has no policy variables.
    V2008,
    /// `2012-10-17`.
    V2012,
}

impl Version {
    pub(super) fn parse(name: &str) -> Option<Self> {
        [Self::V2008, Self::V2012].into_iter().find(|version| version.name() == name)
    }

    /// The version as it is written in a policy.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }

    pub(super) fn has_variables(self) -> bool {
        self == Self::V2012
    }
}

/// Whether a statement allows or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
}

impl Effect {
    fn name(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

/// One statement of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement<'a> {
    pub(super) sid: Option<&'a str>,
    pub(super) effect: Effect,
    pub(super) principals: Element<Principals<'a>>,
    pub(super) actions: Element<Strings<'a>>,
    pub(super) resources: Element<Strings<'a>>,
    pub(super) conditions: Vec<Condition<'a>>,
}

impl<'a> Statement<'a> {
    /// The statement's id, if it has one.
    #[must_use]
    pub fn sid(&self) -> Option<&'a str> {
        self.sid
    }

    /// Whether the statement allows or denies.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }

    fn to_json(&self, arena: &'a Arena) -> Json<'a> {
        let principals = self.principals.map(|principals| principals.to_json(arena));
        let actions = self.actions.map(|actions| actions.to_json());
        let resources = self.resources.map(|resources| resources.to_json());
        let conditions = || Condition::block_to_json(&self.conditions, arena);
        let members = [
            self.sid.map(|sid| ("Sid", text(sid))),
            Some(("Effect", text(self.effect.name()))),
            Some(principals.named("Principal", "NotPrincipal")),
            Some(actions.named("Action", "NotAction")),
            Some(resources.named("Resource", "NotResource")),
            (!self.conditions.is_empty()).then(|| ("Condition", conditions())),
        ];
        object(arena, members)
    }
}

/// An element that exists in a positive and a negated form, such as `Action` and `NotAction`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element<T> {
    /// The statement applies to what is listed.
    Listed(T),
    /// The statement applies to everything except what is listed.
    NotListed(T),
}

impl<T> Element<T> {
    pub(super) fn map<U>(&self, convert: impl FnOnce(&T) -> U) -> Element<U> {
        match self {
            Self::Listed(value) => Element::Listed(convert(value)),
            Self::NotListed(value) => Element::NotListed(convert(value)),
        }
    }

    fn named(self, positive: &'static str, negated: &'static str) -> (&'static str, T) {
        match self {
            Self::Listed(value) => (positive, value),
            Self::NotListed(value) => (negated, value),
        }
    }
}

/// A string or a list of strings. The grammar has checked that it contains only strings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Strings<'a>(pub(super) &'a [Json<'a>]);

impl<'a> Strings<'a> {
    pub(super) fn iter(self) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(Json::as_str)
    }

    pub(super) fn to_json(self) -> Json<'a> {
        one_or_list(self.0)
    }
}

/// A list of one item as that item.
pub(super) fn one_or_list<'a>(items: &'a [Json<'a>]) -> Json<'a> {
    match items {
        [one] => one.clone(),
        many => Json::Array(many),
    }
}

pub(super) fn text(text: &str) -> Json<'_> {
    Json::String(text.into())
}

/// An object of the members that are present.
pub(super) fn object<'a>(arena: &'a Arena, members: impl IntoIterator<Item = Option<(&'a str, Json<'a>)>>) -> Json<'a> {
    let members: Vec<_> = members.into_iter().flatten().map(|(name, value)| (name.into(), value)).collect();
    Json::Object(arena.alloc_slice_fill_iter(members))
}
