//! Evaluates resource policies for a principal. Also contains the lockout check, which rejects a policy that would prevent
//! its caller from changing the policy again.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use chrono::DateTime;

use crate::fault::{Code, Fault};
use crate::operation::Caller;
use crate::policy::{self, Arena, Context, Decision, Json, Malformed, Mismatch, Policy, Principal, Request};

/// The condition keys of a request and their values. A test can override them.
///
/// `now` is in whole seconds since 1970. For a time that chrono cannot represent, `aws:CurrentTime` is missing.
///
/// Source: IAM User Guide, "AWS global condition context keys". Assumed: every request uses TLS.
#[must_use]
pub fn default_context(principal: Principal<'_>, region_name: &str, now: i64) -> Context {
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
pub struct StoredStatement {
    /// The policy's name.
    pub policy_name: Arc<str>,
    /// The index of the statement in the policy, from 0.
    pub index: usize,
    /// The statement's id, if it has one.
    pub sid: Option<String>,
}

/// `statement 0 (SNSAccess) of policy 'sns'`
impl fmt::Display for StoredStatement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of policy '{}'", name_of_statement(self.index, self.sid.as_deref()), self.policy_name)
    }
}

/// `statement 0 (SNSAccess)`, or `statement 1` without a statement id.
fn name_of_statement(index: usize, sid: Option<&str>) -> String {
    match sid {
        Some(sid) if !sid.is_empty() => format!("statement {index} ({sid})"),
        _ => format!("statement {index}"),
    }
}

/// The result of evaluating a request against the policies of one account and Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The decision.
    pub decision: Decision,
    /// The statements that decided: for an explicit deny all matching Deny statements, otherwise all matching Allow
    /// statements.
    pub matched: Vec<StoredStatement>,
    /// For an implicit deny, the Allow statements and why each of them does not apply. Otherwise empty.
    pub unmatched: Vec<(StoredStatement, Mismatch)>,
}

/// Evaluates a request against all policies together. Each policy is a name and a document.
///
/// # Errors
/// Fails for a malformed document. Stored policies are never malformed, because they are checked before they are stored.
pub fn evaluate(policies: &[(Arc<str>, Arc<str>)], request: &Request<'_>) -> Result<Evaluation, Malformed> {
    let arena = Arena::new();
    let documents =
        policies.iter().map(|(_, document)| Json::parse(document, &arena)).collect::<Result<Vec<_>, _>>()?;
    let parsed = documents.iter().map(Policy::from_json).collect::<Result<Vec<_>, _>>()?;
    let policy::Evaluation { decision, matched, unmatched } = policy::evaluate(&parsed, request);
    let statement_of = |at: policy::StatementPosition| {
        let sid = parsed.get(at.policy)?.statements().get(at.statement)?.sid();
        let (policy_name, _) = policies.get(at.policy)?;
        Some(StoredStatement { policy_name: Arc::clone(policy_name), index: at.statement, sid: sid.map(str::to_owned) })
    };
    Ok(Evaluation {
        decision,
        matched: matched.into_iter().filter_map(statement_of).collect(),
        unmatched: unmatched.into_iter().filter_map(|(at, mismatch)| Some((statement_of(at)?, mismatch))).collect(),
    })
}

/// Rejects a policy that denies its caller `xray:PutResourcePolicy`.
///
/// Recorded: a Deny for the caller's ARN is rejected, a Deny for a service is not. Recorded by the authors of test
/// suites that run against AWS: a policy does not have to allow its caller anything. Assumed: conditions are evaluated
/// with [`default_context`].
///
/// # Errors
/// Returns a `LockoutPreventionException`. Its reason names the statements that deny.
pub(crate) fn prevent_lockout(document: &Arc<str>, caller: &Caller, now: i64) -> Result<(), Fault> {
    const ACTION: &str = "xray:PutResourcePolicy";
    // The two errors below cannot occur, because the caller's ARN and the document were checked before.
    let Ok(principal) = Principal::parse(&caller.arn) else { return Ok(()) };
    let context = default_context(principal, &caller.scope.region_name, now);
    let request = Request { action: ACTION, resource: "*", principal, context: &context };
    let Ok(evaluation) = evaluate(&[(Arc::default(), Arc::clone(document))], &request) else { return Ok(()) };
    if evaluation.decision != Decision::ExplicitDeny {
        return Ok(());
    }
    let statements: Vec<String> =
        evaluation.matched.iter().map(|at| name_of_statement(at.index, at.sid.as_deref())).collect();
    let verb = if statements.len() == 1 { "denies" } else { "deny" };
    Err(Fault {
        code: Code::LockoutPreventionException,
        message: Some(LOCKED_OUT.to_owned()),
        reason: Some(format!("{} {verb} {ACTION} to the caller, {}", statements.join(", "), caller.arn)),
        resource_name: None,
    })
}

/// AWS's message (recorded).
const LOCKED_OUT: &str =
    "The new resource policy will not allow the caller of this request to call PutResourcePolicy in the future.";
