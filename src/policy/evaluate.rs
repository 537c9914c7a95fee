//! Evaluates policies for a request.
//!
//! Source: IAM User Guide, "Policy evaluation logic": an explicit deny overrides an allow, and a request that no statement
//! allows is denied implicitly.

#[cfg(test)]
mod tests;

use super::condition::{Condition, Truth};
use super::context::Context;
use super::document::{Effect, Element, Policy, Statement, Strings};
use super::mismatch::Mismatch;
use super::principal::{Principal, Principals};
use super::variable::{self, VariableScope};
use super::wildcard::Pattern;

/// A request to decide.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The action, for example `xray:PutTraceSegments`. ASCII case is ignored.
    pub action: &'a str,
    /// An ARN, or `*` for an action that does not apply to a resource.
    pub resource: &'a str,
    /// The principal that makes the request.
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
    /// The decision as IAM's policy simulator writes it: `allowed`, `explicitDeny` or `implicitDeny`.
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
pub struct StatementPosition {
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
    pub matched: Vec<StatementPosition>,
    /// For an implicit deny, the Allow statements, each with the reason why it does not apply. Otherwise empty.
    pub unmatched: Vec<(StatementPosition, Mismatch)>,
}

/// Evaluates all statements of all policies for a request.
#[must_use]
pub fn evaluate(policies: &[Policy], request: &Request) -> Evaluation {
    let with_mismatch = |effect| {
        let of_effect = statements(policies).filter(move |(_, _, statement)| statement.effect == effect);
        of_effect.map(|(position, policy, statement)| (position, statement.mismatch(request, policy.scope(request))))
    };
    let applies =
        |(position, mismatch): (StatementPosition, Option<FailedElement>)| mismatch.is_none().then_some(position);
    let denying: Vec<_> = with_mismatch(Effect::Deny).filter_map(applies).collect();
    if !denying.is_empty() {
        return Evaluation { decision: Decision::ExplicitDeny, matched: denying, unmatched: Vec::new() };
    }
    let (mut allowing, mut mismatches) = (Vec::new(), Vec::new());
    for (position, mismatch) in with_mismatch(Effect::Allow) {
        match mismatch {
            None => allowing.push(position),
            Some(mismatch) => mismatches.push((position, mismatch)),
        }
    }
    if !allowing.is_empty() {
        return Evaluation { decision: Decision::Allowed, matched: allowing, unmatched: Vec::new() };
    }
    let unmatched = mismatches.into_iter().map(|(position, mismatch)| (position, mismatch.describe(request))).collect();
    Evaluation { decision: Decision::ImplicitDeny, matched: Vec::new(), unmatched }
}

/// All statements of all policies.
fn statements<'a>(
    policies: &'a [Policy],
) -> impl Iterator<Item = (StatementPosition, &'a Policy<'a>, &'a Statement<'a>)> {
    policies.iter().enumerate().flat_map(|(index, policy)| {
        let position = move |statement| StatementPosition { policy: index, statement };
        policy.statements.iter().enumerate().map(move |(index, statement)| (position(index), policy, statement))
    })
}

impl Policy<'_> {
    fn scope<'a>(&self, request: &Request<'a>) -> VariableScope<'a> {
        VariableScope { version: self.version, context: request.context }
    }
}

/// The element of a statement that does not match a request. `describe` creates a [`Mismatch`] from it. That copies
/// texts, so it is done only for statements that are reported.
enum FailedElement<'a> {
    Principal(&'a Element<Principals<'a>>),
    Action(&'a Element<Strings<'a>>),
    Resource(&'a Element<Strings<'a>>),
    Condition(&'a Condition<'a>),
}

impl FailedElement<'_> {
    fn describe(&self, request: &Request) -> Mismatch {
        match self {
            Self::Principal(principals) => Mismatch::of_principal(principals, &request.principal.to_string()),
            Self::Action(actions) => Mismatch::of_action(actions, request.action),
            Self::Resource(resources) => Mismatch::of_resource(resources, request.resource),
            Self::Condition(condition) => Mismatch::of_condition(condition, request.context),
        }
    }
}

impl<'a> Statement<'a> {
    /// Returns the first element that prevents the statement from applying, or `None` if the statement applies.
    fn mismatch(&self, request: &Request, scope: VariableScope) -> Option<FailedElement<'_>> {
        if !self.principals.apply_to(request.principal, self.effect) {
            Some(FailedElement::Principal(&self.principals))
        } else if !self.actions.contain(|actions| action_is_in(actions, request.action)) {
            Some(FailedElement::Action(&self.actions))
        } else if !self.resources.contain(|resources| resource_is_in(resources, request.resource, scope)) {
            Some(FailedElement::Resource(&self.resources))
        } else {
            self.failing_condition(scope).map(FailedElement::Condition)
        }
    }

    /// Returns the condition that prevents the statement from applying. A false condition prevents it at any position,
    /// even after an undecided condition (assumed). An undecided condition prevents an Allow but not a Deny (recorded).
    fn failing_condition(&self, scope: VariableScope) -> Option<&Condition<'a>> {
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

fn resource_is_in(resources: Strings, resource: &str, scope: VariableScope) -> bool {
    resources.iter().any(|pattern| {
        pattern == "*"
            || variable::resolve_pattern(pattern, scope).is_some_and(|pattern| pattern.matches_resource(resource))
    })
}
