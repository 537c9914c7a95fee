//! Evaluates policies for a request.
//!
//! Source: IAM User Guide, "Policy evaluation logic": an explicit deny overrides an allow, and a request that no statement
//! allows is denied implicitly.

#[cfg(test)]
mod tests;

use super::condition::{Condition, Truth};
use super::context::Context;
use super::document::{Effect, Element, Policy, Statement, Strings};
use super::misfit::Misfit;
use super::principal::{Principal, Principals};
use super::variable::{self, Scope};
use super::wildcard::Pattern;

/// A request to decide.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// For example `xray:PutTraceSegments`. ASCII case does not matter.
    pub action: &'a str,
    /// An ARN, or `*` for an action that is not about a resource.
    pub resource: &'a str,
    /// Who makes the request.
    pub principal: Principal<'a>,
    /// All condition keys of the request and their values. Evaluation adds none, not even `aws:PrincipalArn`.
    pub context: &'a Context,
}

/// The decision of policies on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows the request, and no statement denies it.
    Allowed,
    /// A statement denies the request.
    ExplicitDeny,
    /// No statement allows or denies the request.
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

/// Identifies a statement by its position, since its id is optional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The index of the policy among those evaluated.
    pub policy: usize,
    /// The index of the statement in that policy.
    pub statement: usize,
}

/// A decision and the statements that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The decision.
    pub decision: Decision,
    /// For an explicit deny, all matching Deny statements. For an allow, all matching Allow statements. Otherwise empty.
    pub matched: Vec<Place>,
    /// For an implicit deny, the Allow statements and why each of them does not apply. Otherwise empty.
    pub unmatched: Vec<(Place, Misfit)>,
}

/// Decides a request by all statements of all policies together.
#[must_use]
pub fn evaluate(policies: &[Policy], request: &Request) -> Evaluation {
    let judged = |effect| {
        let of_effect = statements(policies).filter(move |(_, _, statement)| statement.effect == effect);
        of_effect.map(|(place, policy, statement)| (place, statement.mismatch(request, policy.scope(request))))
    };
    let applies = |(place, mismatch): (Place, Option<Mismatch>)| mismatch.is_none().then_some(place);
    let denying: Vec<_> = judged(Effect::Deny).filter_map(applies).collect();
    if !denying.is_empty() {
        return Evaluation { decision: Decision::ExplicitDeny, matched: denying, unmatched: Vec::new() };
    }
    let (mut allowing, mut mismatches) = (Vec::new(), Vec::new());
    for (place, mismatch) in judged(Effect::Allow) {
        match mismatch {
            None => allowing.push(place),
            Some(mismatch) => mismatches.push((place, mismatch)),
        }
    }
    if !allowing.is_empty() {
        return Evaluation { decision: Decision::Allowed, matched: allowing, unmatched: Vec::new() };
    }
    let unmatched = mismatches.into_iter().map(|(place, mismatch)| (place, mismatch.describe(request))).collect();
    Evaluation { decision: Decision::ImplicitDeny, matched: Vec::new(), unmatched }
}

/// All statements of all policies.
fn statements<'a>(policies: &'a [Policy]) -> impl Iterator<Item = (Place, &'a Policy<'a>, &'a Statement<'a>)> {
    policies.iter().enumerate().flat_map(|(index, policy)| {
        let place = move |statement| Place { policy: index, statement };
        policy.statements.iter().enumerate().map(move |(statement, own)| (place(statement), policy, own))
    })
}

impl Policy<'_> {
    fn scope<'a>(&self, request: &Request<'a>) -> Scope<'a> {
        Scope { version: self.version, context: request.context }
    }
}

/// The element of a statement that does not match a request.
enum Mismatch<'a> {
    Principal(&'a Element<Principals<'a>>),
    Action(&'a Element<Strings<'a>>),
    Resource(&'a Element<Strings<'a>>),
    Condition(&'a Condition<'a>),
}

impl Mismatch<'_> {
    fn describe(&self, request: &Request) -> Misfit {
        match self {
            Self::Principal(principals) => Misfit::of_principal(principals, &request.principal.to_string()),
            Self::Action(actions) => Misfit::of_action(actions, request.action),
            Self::Resource(resources) => Misfit::of_resource(resources, request.resource),
            Self::Condition(condition) => Misfit::of_condition(condition, request.context),
        }
    }
}

impl<'a> Statement<'a> {
    /// The first element that keeps the statement from applying; `None` if it applies.
    fn mismatch(&self, request: &Request, scope: Scope) -> Option<Mismatch<'_>> {
        if !self.principals.concerns(request.principal, self.effect) {
            Some(Mismatch::Principal(&self.principals))
        } else if !self.actions.contain(|actions| action_is_in(actions, request.action)) {
            Some(Mismatch::Action(&self.actions))
        } else if !self.resources.contain(|resources| resource_is_in(resources, request.resource, scope)) {
            Some(Mismatch::Resource(&self.resources))
        } else {
            self.failing_condition(scope).map(Mismatch::Condition)
        }
    }

    /// The condition that keeps the statement from applying: a false one, at any position (assumed); for an Allow also one
    /// that cannot be decided (recorded).
    fn failing_condition(&self, scope: Scope) -> Option<&Condition<'a>> {
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
    let matches = |pattern: &str| Pattern::new(&pattern.to_ascii_lowercase()).matches(&action.to_ascii_lowercase());
    actions.iter().any(|pattern| {
        // Most actions have no wildcard, and comparing texts is much faster than matching a pattern.
        if pattern.contains(['*', '?']) { matches(pattern) } else { pattern.eq_ignore_ascii_case(action) }
    })
}

fn resource_is_in(resources: Strings, resource: &str, scope: Scope) -> bool {
    resources.iter().any(|pattern| {
        pattern == "*"
            || variable::resolve_pattern(pattern, scope).is_some_and(|pattern| pattern.matches_resource(resource))
    })
}
