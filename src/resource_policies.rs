//! The operations on resource policies: `PutResourcePolicy`, `ListResourcePolicies`, `DeleteResourcePolicy`.
//!
//! Source of the shapes: the X-Ray API reference. Source of the rules: docs/fidelity.md, where each one stands with its
//! evidence and its test.

mod document;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use document::Document;

pub use document::check_document;

use crate::authorization::{self, Evaluation};
use crate::constraint::{self, Constraint, Pattern};
use crate::fault::{Code, Fault};
use crate::operation::{Circumstances, Operation};
use crate::policy::{Malformed, Request};

/// The revision of a policy that does not exist: a put that expects it creates only (recorded).
const NOT_YET: u64 = 0;

const POLICY_NAME: Constraint = Constraint {
    member: "policyName",
    longest: 128,
    pattern: Some(Pattern { text: r"[\w+=,.@-]+", matches: is_policy_name }),
};

const NEXT_TOKEN: Constraint = Constraint { member: "nextToken", longest: 100, pattern: None };

/// `[\w+=,.@-]+`; assumed: `\w` is ASCII, as it is by default in Java.
fn is_policy_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

/// A stored resource policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourcePolicy {
    /// Unique in its account and Region.
    pub name: Arc<str>,
    /// The document in AWS's normal form.
    pub document: Arc<str>,
    /// 1 when it was created, one more with each put.
    pub revision: u64,
    /// In whole seconds since 1970.
    pub last_updated: i64,
}

/// Whether a caller who expects a revision, or any, meets it. Revisions are compared as text (assumed), so `01` is not `1`.
fn is_current(expected: Option<&str>, revision: u64) -> bool {
    expected.is_none_or(|expected| expected == revision.to_string())
}

/// The resource policies of one account and Region, in order of creation.
#[derive(Debug, Clone, Default)]
pub struct ResourcePolicies(Vec<Arc<ResourcePolicy>>);

impl ResourcePolicies {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What these policies together say of a request.
    ///
    /// # Errors
    /// Never: what is stored was checked.
    pub fn evaluate(&self, request: &Request<'_>) -> Result<Evaluation, Malformed> {
        let named = |policy: &Arc<ResourcePolicy>| (Arc::clone(&policy.name), Arc::clone(&policy.document));
        authorization::evaluate(&self.0.iter().map(named).collect::<Vec<_>>(), request)
    }
}

/// Creates a policy or replaces its document.
#[derive(Debug, Clone, Copy)]
pub struct PutResourcePolicy<'a> {
    /// 1 to 128 characters of `[\w+=,.@-]`.
    pub policy_name: &'a str,
    /// A JSON policy document of at most 5120 bytes.
    pub policy_document: &'a str,
    /// The revision that the caller expects to replace, `0` to create only; absent: any.
    pub policy_revision_id: Option<&'a str>,
    /// Whether a policy that locks its caller out is accepted.
    pub bypass_policy_lockout_check: bool,
}

impl Operation for PutResourcePolicy<'_> {
    const NAME: &'static str = "PutResourcePolicy";
    type State = ResourcePolicies;
    type Answer = Arc<ResourcePolicy>;

    fn run(
        self,
        policies: &mut ResourcePolicies,
        circumstances: Circumstances<'_>,
    ) -> Result<Arc<ResourcePolicy>, Fault> {
        constraint::check(&[(POLICY_NAME, self.policy_name)])?;
        let document = Document::known(self.policy_document)?;
        let ResourcePolicies(policies) = policies;
        let is_full = policies.len() >= circumstances.policy_limit;
        let existing = policies.iter_mut().find(|policy| *policy.name == *self.policy_name);
        let revision = existing.as_ref().map_or(NOT_YET, |policy| policy.revision);
        if !is_current(self.policy_revision_id, revision) {
            return Err(stale_put(self.policy_name));
        }
        if is_full && existing.is_none() {
            return Err(too_many(self.policy_name, circumstances.policy_limit));
        }
        if document.denies && !self.bypass_policy_lockout_check {
            authorization::prevent_lockout(&document.text, circumstances.caller, circumstances.now)?;
        }
        let policy = Arc::new(ResourcePolicy {
            name: existing.as_ref().map_or_else(|| self.policy_name.into(), |existing| Arc::clone(&existing.name)),
            document: document.text,
            revision: revision + 1,
            last_updated: circumstances.now,
        });
        match existing {
            Some(existing) => existing.clone_from(&policy),
            None => policies.push(Arc::clone(&policy)),
        }
        Ok(policy)
    }
}

/// Answers all policies of the account and Region in order of creation (recorded).
#[derive(Debug, Clone, Copy)]
pub struct ListResourcePolicies<'a> {
    /// Not supported by X-Ray: any token is refused (recorded).
    pub next_token: Option<&'a str>,
}

impl Operation for ListResourcePolicies<'_> {
    const NAME: &'static str = "ListResourcePolicies";
    type State = ResourcePolicies;
    type Answer = Vec<Arc<ResourcePolicy>>;

    fn run(self, policies: &mut ResourcePolicies, _: Circumstances<'_>) -> Result<Vec<Arc<ResourcePolicy>>, Fault> {
        if let Some(token) = self.next_token {
            constraint::check(&[(NEXT_TOKEN, token)])?;
            return Err(Fault::new(Code::InvalidRequestException, "NextToken is currently not supported"));
        }
        Ok(policies.0.clone())
    }
}

/// Deletes a policy.
#[derive(Debug, Clone, Copy)]
pub struct DeleteResourcePolicy<'a> {
    /// 1 to 128 characters of `[\w+=,.@-]`.
    pub policy_name: &'a str,
    /// The revision that the caller expects to delete; absent: any.
    pub policy_revision_id: Option<&'a str>,
}

impl Operation for DeleteResourcePolicy<'_> {
    const NAME: &'static str = "DeleteResourcePolicy";
    type State = ResourcePolicies;
    type Answer = ();

    fn run(self, policies: &mut ResourcePolicies, _: Circumstances<'_>) -> Result<(), Fault> {
        constraint::check(&[(POLICY_NAME, self.policy_name)])?;
        let ResourcePolicies(policies) = policies;
        let Some((at, policy)) = policies.iter().enumerate().find(|(_, policy)| *policy.name == *self.policy_name)
        else {
            return Err(match self.policy_revision_id {
                Some(_) => stale_delete(self.policy_name),
                None => missing(self.policy_name),
            });
        };
        if !is_current(self.policy_revision_id, policy.revision) {
            return Err(stale_delete(self.policy_name));
        }
        policies.remove(at);
        Ok(())
    }
}

fn too_many(name: &str, limit: usize) -> Fault {
    let message = format!(
        "The resource policy {name} would exceed the limit of {limit} resource policies in this account and Region."
    );
    let reason = format!(
        "this fake accepts {limit} resource policies in each account and Region. The API reference says 5, but several \
         public reports say that real accounts hold 10. To change the limit, use FakeXRay(policy_limit=...)"
    );
    Fault { reason: Some(reason), ..Fault::new(Code::PolicyCountLimitExceededException, message) }
}

fn stale_put(name: &str) -> Fault {
    Fault::new(
        Code::InvalidPolicyRevisionIdException,
        format!("Another concurrent request has modified the resource policy {name}"),
    )
}

fn stale_delete(name: &str) -> Fault {
    Fault::new(
        Code::InvalidPolicyRevisionIdException,
        format!("Another concurrent request has modified or deleted the resource policy {name}"),
    )
}

fn missing(name: &str) -> Fault {
    Fault::new(Code::InvalidRequestException, format!("The resource policy {name} does not exist."))
}
