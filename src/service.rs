//! The fake service: the state of every account and Region behind one lock, and the way each call takes through it.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use crate::authorization::{self, Evaluation};
use crate::fault::{Failure, Fault};
use crate::policy::{self, Malformed};
use crate::resource_policies::{DeleteResourcePolicy, ListResourcePolicies, PutResourcePolicy, ResourcePolicies};

/// Where X-Ray keeps state apart: one account in one Region.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    /// Twelve digits.
    pub account_id: Arc<str>,
    /// Such as `us-east-1`.
    pub region_name: Arc<str>,
}

/// Who calls, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account and Region that the call is about.
    pub scope: Scope,
    /// The ARN of an AWS principal: a user, a role, a session or an account's root.
    pub arn: String,
}

/// What X-Ray keeps for one [`Scope`]. A family of operations has a field each.
#[derive(Debug, Default)]
pub struct State {
    pub(crate) resource_policies: ResourcePolicies,
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
    /// What it answers when it succeeds.
    type Answer;

    /// Runs the request.
    ///
    /// # Errors
    /// What AWS would refuse it with; the state is then as it was.
    fn run(self, state: &mut State, circumstances: Circumstances<'_>) -> Result<Self::Answer, Fault>;
}

/// The operations that are built, by their names in the API model.
pub const OPERATIONS: [&str; 3] = [PutResourcePolicy::NAME, ListResourcePolicies::NAME, DeleteResourcePolicy::NAME];

/// One answered call.
#[derive(Debug)]
pub struct Reply<T> {
    /// Counts the calls of this service from 1, so that a test run repeats exactly.
    pub request_number: u64,
    /// The answer, or why there is none.
    pub outcome: Result<T, Failure>,
}

/// A whole X-Ray: every account and Region, empty at first.
#[derive(Debug)]
pub struct Service {
    policy_limit: usize,
    requests: AtomicU64,
    shared: Mutex<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    states: HashMap<Scope, State>,
    /// What the next calls of an operation fail with and how often, by the operation's name; the next one first.
    injected: HashMap<&'static str, VecDeque<(Failure, usize)>>,
}

impl Service {
    /// An empty service that allows `policy_limit` resource policies in each account and Region.
    #[must_use]
    pub fn new(policy_limit: usize) -> Self {
        Self { policy_limit, requests: AtomicU64::new(0), shared: Mutex::default() }
    }

    /// Answers one request, at `now` in whole seconds since 1970. An injected failure comes before everything else.
    pub fn call<O: Operation>(&self, caller: &Caller, request: O, now: i64) -> Reply<O::Answer> {
        let circumstances = Circumstances { caller, now, policy_limit: self.policy_limit };
        let mut shared = self.shared.lock();
        let outcome = match shared.next_injected(O::NAME) {
            Some(failure) => Err(failure),
            None => request.run(shared.state(&caller.scope), circumstances).map_err(Failure::from),
        };
        drop(shared);
        Reply { request_number: self.next_request_number(), outcome }
    }

    /// The number of a request that is answered without an operation, because its bytes form none.
    pub fn next_request_number(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Makes the next `times` calls of an operation fail, after those injected before. The state is left alone by them.
    pub fn inject(&self, operation: &'static str, failure: Failure, times: usize) {
        if times > 0 {
            self.shared.lock().injected.entry(operation).or_default().push_back((failure, times));
        }
    }

    /// What the resource policies of one account and Region say of a request.
    ///
    /// # Errors
    /// Never: what is stored was checked.
    pub fn evaluate(&self, scope: &Scope, request: &policy::Request<'_>) -> Result<Evaluation, Malformed> {
        let shared = self.shared.lock();
        let policies = shared.states.get(scope).map(|state| state.resource_policies.list()).unwrap_or_default();
        drop(shared);
        authorization::evaluate(&policies, request)
    }

    /// Forgets every account and Region and all injected failures. Request numbers go on.
    pub fn reset(&self) {
        *self.shared.lock() = Shared::default();
    }
}

impl Shared {
    fn next_injected(&mut self, operation: &str) -> Option<Failure> {
        let queue = self.injected.get_mut(operation)?;
        let (failure, times) = queue.front_mut()?;
        *times -= 1;
        if *times == 0 { queue.pop_front().map(|(failure, _)| failure) } else { Some(failure.clone()) }
    }

    fn state(&mut self, scope: &Scope) -> &mut State {
        self.states.entry(scope.clone()).or_default()
    }
}
