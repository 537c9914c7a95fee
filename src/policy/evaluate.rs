//! What policies say of a request.
//!
//! Source: IAM User Guide, "Policy evaluation logic": an explicit deny beats an allow, and what no statement allows is
//! denied implicitly.

#[cfg(test)]
mod tests;

use std::fmt;

use super::condition::{Condition, Truth};
use super::context::Context;
use super::document::{Effect, Element, Policy, Statement, Strings};
use super::principal::Principal;
use super::variable::{self, Scope};
use super::wildcard::Pattern;

/// A request to be decided.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Such as `xray:PutTraceSegments`; compared without regard to ASCII case.
    pub action: &'a str,
    /// An ARN, or `*` for an action that is not about a resource.
    pub resource: &'a str,
    /// Who asks.
    pub principal: Principal<'a>,
    /// The condition keys and their values. None is added here, not even `aws:PrincipalArn`.
    pub context: &'a Context,
}

/// What policies say of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows it and none denies it.
    Allowed,
    /// A statement denies it.
    ExplicitDeny,
    /// No statement is about it.
    ImplicitDeny,
}

impl Decision {
    /// The words of IAM's policy simulator: `allowed`, `explicitDeny`, `implicitDeny`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
        }
    }
}

/// Which statement, by its place: a statement need not have an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The index of the policy among those evaluated.
    pub policy: usize,
    /// The index of the statement in that policy.
    pub statement: usize,
}

/// What keeps a statement from applying: the first of its elements that does not fit the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// `Principal` or `NotPrincipal`
    Principal,
    /// `Action` or `NotAction`
    Action,
    /// `Resource` or `NotResource`
    Resource,
    /// One key of the condition block under its operator.
    Condition {
        /// In the reference's spelling.
        operator: String,
        /// As the policy spells it.
        key: String,
        /// Whether the request lacks the key.
        is_absent: bool,
    },
}

/// `Principal`, `Condition StringEquals aws:SourceAccount, which the request lacks`
impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal => out.write_str("Principal"),
            Self::Action => out.write_str("Action"),
            Self::Resource => out.write_str("Resource"),
            Self::Condition { operator, key, is_absent } => {
                write!(out, "Condition {operator} {key}{}", if *is_absent { ", which the request lacks" } else { "" })
            }
        }
    }
}

/// A decision and the statements that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// What the policies say.
    pub decision: Decision,
    /// All matching Deny statements of an explicit deny, all matching Allow statements of an allow; none otherwise.
    pub matched: Vec<Place>,
    /// Of an implicit deny, the Allow statements and why each of them does not apply; none otherwise.
    pub unmatched: Vec<(Place, Misfit)>,
}

/// Decides a request by all statements of all policies together.
#[must_use]
pub fn evaluate(policies: &[Policy], request: &Request) -> Evaluation {
    let (denying, _) = sort_out(policies, request, Effect::Deny);
    if !denying.is_empty() {
        return Evaluation { decision: Decision::ExplicitDeny, matched: denying, unmatched: Vec::new() };
    }
    let (matched, unmatched) = sort_out(policies, request, Effect::Allow);
    if !matched.is_empty() {
        return Evaluation { decision: Decision::Allowed, matched, unmatched: Vec::new() };
    }
    Evaluation { decision: Decision::ImplicitDeny, matched, unmatched }
}

/// The statements of one effect: those that apply, and those that do not.
fn sort_out(policies: &[Policy], request: &Request, effect: Effect) -> (Vec<Place>, Vec<(Place, Misfit)>) {
    let (mut matched, mut unmatched) = (Vec::new(), Vec::new());
    for (policy_index, policy) in policies.iter().enumerate() {
        let scope = Scope { version: policy.version, context: request.context };
        for (statement_index, statement) in policy.statements.iter().enumerate() {
            if statement.effect == effect {
                let place = Place { policy: policy_index, statement: statement_index };
                match statement.misfit(request, scope) {
                    None => matched.push(place),
                    Some(misfit) => unmatched.push((place, misfit)),
                }
            }
        }
    }
    (matched, unmatched)
}

impl Statement<'_> {
    /// What keeps the statement from applying; `None` if it applies.
    fn misfit(&self, request: &Request, scope: Scope) -> Option<Misfit> {
        if !self.principals.concerns(request.principal, self.effect) {
            Some(Misfit::Principal)
        } else if !self.actions.contain(|actions| action_is_in(actions, request.action)) {
            Some(Misfit::Action)
        } else if !self.resources.contain(|resources| resource_is_in(resources, request.resource, scope)) {
            Some(Misfit::Resource)
        } else {
            let condition = self.failing_condition(scope)?;
            Some(Misfit::Condition {
                operator: condition.operator.to_string(),
                key: condition.key.to_owned(),
                is_absent: request.context.get(condition.key).is_none(),
            })
        }
    }

    /// The condition that keeps the statement from applying: a false one, wherever it stands (assumed); of an Allow, also
    /// one that cannot be decided (recorded).
    fn failing_condition(&self, scope: Scope) -> Option<&Condition<'_>> {
        let first = |truth: Truth| self.conditions.iter().find(|condition| condition.holds(scope) == truth);
        first(Truth::False).or_else(|| first(Truth::Undecided).filter(|_| self.effect == Effect::Allow))
    }
}

impl<'a> Element<Strings<'a>> {
    fn contain(&self, is_in: impl FnOnce(Strings<'a>) -> bool) -> bool {
        match self {
            Self::Listed(strings) => is_in(*strings),
            Self::NotListed(strings) => !is_in(*strings),
        }
    }
}

fn action_is_in(actions: Strings, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    actions.iter().any(|pattern| Pattern::new(&pattern.to_ascii_lowercase()).matches(&action))
}

fn resource_is_in(resources: Strings, resource: &str, scope: Scope) -> bool {
    resources.iter().any(|pattern| {
        pattern == "*"
            || variable::resolve_pattern(pattern, scope)
                .is_some_and(|pattern| pattern.matches_arn(resource) == Some(true))
    })
}
