//! What resource policies say of a principal: whether a grant works, and whether a new policy would lock its caller out.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use chrono::DateTime;

use crate::fault::{Code, Fault};
use crate::operation::Caller;
use crate::policy::{self, Arena, Context, Decision, Json, Malformed, Misfit, Policy, Principal, Request};

/// The condition keys that a request has unless a test says otherwise.
///
/// Source: IAM User Guide, "AWS global condition context keys". Assumed: every request comes over TLS.
///
/// `now` is in whole seconds since 1970; a moment beyond chrono's years leaves `aws:CurrentTime` out.
#[must_use]
pub fn known_context(principal: Principal<'_>, region_name: &str, now: i64) -> Context {
    let mut context = Context::new();
    context.insert("aws:RequestedRegion", region_name);
    context.insert("aws:PrincipalIsAWSService", !principal.is_aws());
    context.insert("aws:EpochTime", now);
    context.insert("aws:SecureTransport", true);
    if let Some(moment) = DateTime::from_timestamp(now, 0) {
        context.insert("aws:CurrentTime", moment);
    }
    if let Some(arn) = principal.principal_arn() {
        context.insert("aws:PrincipalArn", arn);
    }
    if let Some(account) = principal.account() {
        context.insert("aws:PrincipalAccount", account);
    }
    context
}

/// A statement of a stored policy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StatementOf {
    /// The policy's name.
    pub policy_name: Arc<str>,
    /// The statement's place in the policy, from 0.
    pub index: usize,
    /// The statement's id, if it has one.
    pub sid: Option<String>,
}

/// `policy 'sns' Statement[0] (Sid SNSAccess)`
impl fmt::Display for StatementOf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "policy '{}' {}", self.policy_name, name_of_statement(self.index, self.sid.as_deref()))
    }
}

/// `Statement[0] (Sid SNSAccess)`, `Statement[1]`
fn name_of_statement(index: usize, sid: Option<&str>) -> String {
    match sid {
        Some(sid) => format!("Statement[{index}] (Sid {sid})"),
        None => format!("Statement[{index}]"),
    }
}

/// What the policies of one account and Region say of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The decision, in the words of IAM's policy simulator.
    pub decision: Decision,
    /// The statements that decided: all that deny, or else all that allow.
    pub matched: Vec<StatementOf>,
    /// The Allow statements that do not apply and why not, where nothing else decided.
    pub unmatched: Vec<(StatementOf, Misfit)>,
}

/// Decides a request by all policies together, each given by its name and its document.
///
/// # Errors
/// Never for policies that a put has stored, since it has checked them.
pub fn evaluate(policies: &[(Arc<str>, Arc<str>)], request: &Request<'_>) -> Result<Evaluation, Malformed> {
    let arena = Arena::new();
    let documents =
        policies.iter().map(|(_, document)| Json::parse(document, &arena)).collect::<Result<Vec<_>, _>>()?;
    let parsed = documents.iter().map(Policy::from_json).collect::<Result<Vec<_>, _>>()?;
    let policy::Evaluation { decision, matched, unmatched } = policy::evaluate(&parsed, request);
    let statement_of = |at: policy::Place| {
        let sid = parsed.get(at.policy)?.statements().get(at.statement)?.sid();
        let (policy_name, _) = policies.get(at.policy)?;
        Some(StatementOf { policy_name: Arc::clone(policy_name), index: at.statement, sid: sid.map(str::to_owned) })
    };
    Ok(Evaluation {
        decision,
        matched: matched.into_iter().filter_map(statement_of).collect(),
        unmatched: unmatched.into_iter().filter_map(|(at, misfit)| Some((statement_of(at)?, misfit))).collect(),
    })
}

/// Refuses a policy whose Deny would keep its caller from putting another one.
///
/// Recorded: a Deny of the caller's ARN is refused, one of a service is not. Documented by suites that run against AWS:
/// a policy need not allow its caller anything. Assumed: conditions count, with [`known_context`].
///
/// # Errors
/// `LockoutPreventionException`, whose reason names the statement.
pub(crate) fn prevent_lockout(document: &Arc<str>, caller: &Caller, now: i64) -> Result<(), Fault> {
    const ACTION: &str = "xray:PutResourcePolicy";
    // A caller's ARN was checked where it came in, and the document by who asks.
    let Ok(principal) = Principal::parse(&caller.arn) else { return Ok(()) };
    let context = known_context(principal, &caller.scope.region_name, now);
    let request = Request { action: ACTION, resource: "*", principal, context: &context };
    let Ok(evaluation) = evaluate(&[(Arc::default(), Arc::clone(document))], &request) else { return Ok(()) };
    if evaluation.decision != Decision::ExplicitDeny {
        return Ok(());
    }
    let statements: Vec<String> =
        evaluation.matched.iter().map(|at| name_of_statement(at.index, at.sid.as_deref())).collect();
    Err(Fault {
        code: Code::LockoutPreventionException,
        message: Some(LOCKED_OUT.to_owned()),
        reason: Some(format!("{} denies {ACTION} to the caller, {}", statements.join(", "), caller.arn)),
        resource_name: None,
    })
}

/// Recorded.
const LOCKED_OUT: &str =
    "The new resource policy will not allow the caller of this request to call PutResourcePolicy in the future.";
