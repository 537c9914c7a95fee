//! The operations on resource policies: `PutResourcePolicy`, `ListResourcePolicies`, `DeleteResourcePolicy`.
//!
//! Source of the shapes: the API model. Source of the rules: docs/fidelity.md, which lists each rule with its evidence
//! and its test.

mod document;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use document::Document;

pub use document::check_document;

use crate::authorization::{self, Evaluation};
use serde::{Serialize, Serializer};

use crate::constraint::Pattern;
use crate::fault::{Code, Fault};
use crate::operation::{CallContext, Operation};
use crate::policy::{Malformed, Request};
use crate::service::State;
use crate::shape::{Shape, Text, Timestamp, Type, shape};

/// The revision of a policy that does not exist. A put that expects this revision creates a policy but never replaces one
/// (recorded).
const MISSING: u64 = 0;

/// The names that policies may have.
const POLICY_NAME: Pattern = Pattern { text: r"[\w+=,.@-]+", matches: is_policy_name };

/// Whether the text matches `[\w+=,.@-]+`. Assumed: `\w` is ASCII, as it is by default in Java.
fn is_policy_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

shape! {
    /// A stored resource policy.
    struct ResourcePolicy {
        "PolicyName" name: present Arc<str> where Length(1, 128), Pattern(POLICY_NAME);
        "PolicyDocument" document: present Arc<str>;
        "PolicyRevisionId" revision: present Revision;
        "LastUpdatedTime" last_updated: present Timestamp;
    }
}

/// How often a policy was put. It is 1 when the policy is created and increases by 1 with each put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision(pub u64);

impl Shape for Revision {
    const TYPE: Type = Type::String;
}

impl fmt::Display for Revision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Written as a string of digits (recorded).
impl Serialize for Revision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Whether a policy has the revision that the caller expects. `None` expects any revision. Revisions are compared as text
/// (assumed), so `01` is not `1`.
fn is_current(expected: Option<&str>, revision: u64) -> bool {
    expected.is_none_or(|expected| expected == revision.to_string())
}

/// The resource policies of one account and Region, in order of creation.
#[derive(Debug, Clone, Default)]
pub struct ResourcePolicies(Vec<Arc<ResourcePolicy>>);

impl ResourcePolicies {
    /// Whether there are no policies.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A copy of the list. It shares the policies with the original.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Arc<ResourcePolicy>> {
        self.0.clone()
    }

    /// Evaluates all policies together for a request.
    ///
    /// # Errors
    /// Never, because stored documents are valid.
    pub fn evaluate(&self, request: &Request<'_>) -> Result<Evaluation, Malformed> {
        let named = |policy: &Arc<ResourcePolicy>| (Arc::clone(&policy.name), Arc::clone(&policy.document));
        authorization::evaluate(&self.0.iter().map(named).collect::<Vec<_>>(), request)
    }
}

shape! {
    /// The request of `PutResourcePolicy`.
    input struct PutResourcePolicyRequest<'a> {
        "PolicyName" policy_name: required Text<'a> where Length(1, 128), Pattern(POLICY_NAME);
        "PolicyDocument" policy_document: required Text<'a>;
        "PolicyRevisionId" policy_revision_id: optional Text<'a>;
        "BypassPolicyLockoutCheck" bypass_policy_lockout_check: optional bool;
    }
}

shape! {
    /// The response of `PutResourcePolicy`.
    struct PutResourcePolicyResult {
        "ResourcePolicy" resource_policy: present Arc<ResourcePolicy>;
    }
}

/// Creates a policy or replaces its document.
///
/// A document has at most 5120 bytes. An account has at most [`Settings::policy_limit`](crate::operation::Settings)
/// policies in a Region, by default 5. With `PolicyRevisionId`, the put succeeds only if the policy has this revision. A
/// document that denies the caller `PutResourcePolicy` is rejected, unless `BypassPolicyLockoutCheck` is true.
#[derive(Debug)]
pub struct PutResourcePolicy;

impl Operation for PutResourcePolicy {
    const NAME: &'static str = "PutResourcePolicy";
    const PATH: &'static str = "/PutResourcePolicy";
    type Request<'a> = PutResourcePolicyRequest<'a>;
    type Response = PutResourcePolicyResult;

    fn run(
        request: PutResourcePolicyRequest<'_>,
        State { resource_policies: ResourcePolicies(policies), .. }: &mut State,
        CallContext { caller, now, settings }: CallContext<'_>,
    ) -> Result<PutResourcePolicyResult, Fault> {
        let name = &*request.policy_name;
        let document = Document::cached(&request.policy_document)?;
        let is_full = policies.len() >= settings.policy_limit;
        let existing = policies.iter_mut().find(|policy| *policy.name == *name);
        let revision = existing.as_ref().map_or(MISSING, |policy| policy.revision.0);
        if !is_current(request.policy_revision_id.as_deref(), revision) {
            return Err(wrong_revision_of_put(name));
        }
        if is_full && existing.is_none() {
            return Err(too_many(name, settings.policy_limit));
        }
        if document.denies && request.bypass_policy_lockout_check != Some(true) {
            authorization::prevent_lockout(&document.text, caller, now.seconds())?;
        }
        let policy = Arc::new(ResourcePolicy {
            name: existing.as_ref().map_or_else(|| name.into(), |existing| Arc::clone(&existing.name)),
            document: document.text,
            revision: Revision(revision + 1),
            last_updated: now.timestamp(),
        });
        match existing {
            Some(existing) => existing.clone_from(&policy),
            None => policies.push(Arc::clone(&policy)),
        }
        Ok(PutResourcePolicyResult { resource_policy: policy })
    }
}

shape! {
    /// The request of `ListResourcePolicies`.
    input struct ListResourcePoliciesRequest<'a> {
        "NextToken" next_token: optional Text<'a> where Length(1, 100);
    }
}

shape! {
    /// The response of `ListResourcePolicies`.
    struct ListResourcePoliciesResult {
        "ResourcePolicies" resource_policies: present Vec<Arc<ResourcePolicy>>;
        "NextToken" next_token: optional String where Length(1, 100);
    }
}

/// Lists all policies of the account and Region in order of creation (recorded). Rejects any `NextToken` (recorded).
#[derive(Debug)]
pub struct ListResourcePolicies;

impl Operation for ListResourcePolicies {
    const NAME: &'static str = "ListResourcePolicies";
    const PATH: &'static str = "/ListResourcePolicies";
    type Request<'a> = ListResourcePoliciesRequest<'a>;
    type Response = ListResourcePoliciesResult;

    fn run(
        request: ListResourcePoliciesRequest<'_>,
        state: &mut State,
        _: CallContext<'_>,
    ) -> Result<ListResourcePoliciesResult, Fault> {
        if request.next_token.is_some() {
            return Err(Fault::new(Code::InvalidRequestException, "NextToken is currently not supported"));
        }
        Ok(ListResourcePoliciesResult { resource_policies: state.resource_policies.0.clone(), next_token: None })
    }
}

shape! {
    /// The request of `DeleteResourcePolicy`.
    input struct DeleteResourcePolicyRequest<'a> {
        "PolicyName" policy_name: required Text<'a> where Length(1, 128), Pattern(POLICY_NAME);
        "PolicyRevisionId" policy_revision_id: optional Text<'a>;
    }
}

shape! {
    /// The response of `DeleteResourcePolicy`.
    struct DeleteResourcePolicyResult {}
}

/// Deletes a policy. With `PolicyRevisionId`, the deletion succeeds only if the policy has this revision.
#[derive(Debug)]
pub struct DeleteResourcePolicy;

impl Operation for DeleteResourcePolicy {
    const NAME: &'static str = "DeleteResourcePolicy";
    const PATH: &'static str = "/DeleteResourcePolicy";
    type Request<'a> = DeleteResourcePolicyRequest<'a>;
    type Response = DeleteResourcePolicyResult;

    fn run(
        request: DeleteResourcePolicyRequest<'_>,
        State { resource_policies: ResourcePolicies(policies), .. }: &mut State,
        _: CallContext<'_>,
    ) -> Result<DeleteResourcePolicyResult, Fault> {
        let name = &*request.policy_name;
        let revision = request.policy_revision_id.as_deref();
        let Some((at, policy)) = policies.iter().enumerate().find(|(_, policy)| *policy.name == *name) else {
            return Err(match revision {
                Some(_) => wrong_revision_of_delete(name),
                None => missing(name),
            });
        };
        if !is_current(revision, policy.revision.0) {
            return Err(wrong_revision_of_delete(name));
        }
        policies.remove(at);
        Ok(DeleteResourcePolicyResult {})
    }
}

fn too_many(name: &str, limit: usize) -> Fault {
    let message = format!(
        "The resource policy {name} would exceed the limit of {limit} resource policies in this account and Region."
    );
    let reason = format!(
        "this fake accepts {limit} resource policies per account and Region. The API reference says 5, but several public \
         reports say that real accounts allow 10. To change the limit, use FakeXRay(policy_limit=...)"
    );
    Fault { reason: Some(reason), ..Fault::new(Code::PolicyCountLimitExceededException, message) }
}

fn wrong_revision_of_put(name: &str) -> Fault {
    Fault::new(
        Code::InvalidPolicyRevisionIdException,
        format!("Another concurrent request has modified the resource policy {name}"),
    )
}

fn wrong_revision_of_delete(name: &str) -> Fault {
    Fault::new(
        Code::InvalidPolicyRevisionIdException,
        format!("Another concurrent request has modified or deleted the resource policy {name}"),
    )
}

fn missing(name: &str) -> Fault {
    Fault::new(Code::InvalidRequestException, format!("The resource policy {name} does not exist."))
}
