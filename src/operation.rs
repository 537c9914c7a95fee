//! What an operation of the X-Ray API is: a request that can be run against the state of one account and Region.

use std::fmt;
use std::sync::Arc;

use crate::fault::Fault;

/// Where X-Ray keeps state apart: one account in one Region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// Twelve digits.
    pub account_id: Arc<str>,
    /// Such as `us-east-1`.
    pub region_name: Arc<str>,
}

/// Account and Region.
impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.account_id, self.region_name)
    }
}

/// Who calls, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account and Region that the call is about.
    pub scope: Scope,
    /// The ARN of an AWS principal: a user, a role, a session or an account's root.
    pub arn: String,
}

/// What an operation knows beside its request and the state.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// Who calls.
    pub caller: &'a Caller,
    /// When the call happens, in whole seconds since 1970.
    pub now: i64,
    /// How many resource policies one [`Scope`] may hold.
    pub policy_limit: usize,
}

/// An operation of the X-Ray API: a request that can be run against a state.
pub trait Operation {
    /// The operation's name in the API model.
    const NAME: &'static str;
    /// What it looks at and changes.
    type State;
    /// What it answers when it succeeds.
    type Answer;

    /// Runs the request.
    ///
    /// # Errors
    /// What AWS would refuse it with; the state is then as it was.
    fn run(self, state: &mut Self::State, circumstances: Circumstances<'_>) -> Result<Self::Answer, Fault>;
}
