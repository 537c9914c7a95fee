//! The fake service: the state of every account and Region behind one lock, and the way each call takes through it.

use std::collections::{HashMap, VecDeque};

use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::authorization::Evaluation;
use crate::fault::{Failure, Fault};
use crate::operation::{Caller, Circumstances, Operation, Scope};
use crate::policy::{self, Malformed};
use crate::resource_policies::{DeleteResourcePolicy, ListResourcePolicies, PutResourcePolicy, ResourcePolicies};

/// What X-Ray keeps for one [`Scope`]. A family of operations has a field each.
#[derive(Clone, Debug, Default)]
pub struct State {
    resource_policies: ResourcePolicies,
}

impl AsMut<ResourcePolicies> for State {
    fn as_mut(&mut self) -> &mut ResourcePolicies {
        &mut self.resource_policies
    }
}

/// The operations that are built, by their names in the API model.
pub const OPERATIONS: [&str; 3] = [PutResourcePolicy::NAME, ListResourcePolicies::NAME, DeleteResourcePolicy::NAME];

/// One answered call.
#[derive(Debug)]
pub struct Reply<T> {
    /// Counts the calls of this service from 1 in the order in which they took effect. So a test run repeats exactly.
    pub request_number: u64,
    /// The answer, or why there is none.
    pub outcome: Result<T, Failure>,
}

/// What every account and Region held at one time.
#[derive(Debug)]
pub struct Snapshot(HashMap<Scope, State, RandomState>);

/// A whole X-Ray: every account and Region, empty at first.
#[derive(Debug)]
pub struct Service {
    policy_limit: usize,
    shared: Mutex<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    requests: u64,
    states: HashMap<Scope, State, RandomState>,
    /// What the next calls of an operation fail with and how often, by the operation's name; the next one first.
    injected: HashMap<&'static str, VecDeque<(Failure, usize)>>,
}

impl Service {
    /// An empty service that allows `policy_limit` resource policies in each account and Region.
    #[must_use]
    pub fn new(policy_limit: usize) -> Self {
        Self { policy_limit, shared: Mutex::default() }
    }

    /// Answers one request, at `now` in whole seconds since 1970. An injected failure comes before everything else.
    pub fn call<O: Operation>(&self, caller: &Caller, request: O, now: i64) -> Reply<O::Answer>
    where
        State: AsMut<O::State>,
    {
        let circumstances = Circumstances { caller, now, policy_limit: self.policy_limit };
        let mut shared = self.shared.lock();
        let request_number = shared.next_request_number();
        let outcome = match shared.next_injected(O::NAME) {
            Some(failure) => Err(failure),
            None => request.run(shared.state(&caller.scope).as_mut(), circumstances).map_err(Failure::from),
        };
        Reply { request_number, outcome }
    }

    /// Refuses a request of an operation that its bytes do not form. Here too an injected failure comes first.
    pub fn refuse(&self, operation: &str, fault: Fault) -> (u64, Failure) {
        let mut shared = self.shared.lock();
        let injected = shared.next_injected(operation);
        (shared.next_request_number(), injected.unwrap_or(Failure::Fault(fault)))
    }

    /// The number of a request that is answered without an operation, because it names none.
    pub fn next_request_number(&self) -> u64 {
        self.shared.lock().next_request_number()
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
        let policies = shared.states.get(scope).map(|state| state.resource_policies.clone()).unwrap_or_default();
        drop(shared);
        policies.evaluate(request)
    }

    /// The accounts and Regions that have resource policies, in order.
    #[must_use]
    pub fn places(&self) -> Vec<Scope> {
        let shared = self.shared.lock();
        let filled = shared.states.iter().filter(|(_, state)| !state.resource_policies.is_empty());
        let mut places: Vec<Scope> = filled.map(|(scope, _)| scope.clone()).collect();
        drop(shared);
        places.sort();
        places
    }

    /// A copy of every account and Region, to which [`Service::restore`] goes back.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.shared.lock().states.clone())
    }

    /// Puts every account and Region back to what it was. Request numbers go on.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.shared.lock().states.clone_from(&snapshot.0);
    }

    /// Forgets every account and Region and all injected failures. Request numbers go on.
    pub fn reset(&self) {
        let mut shared = self.shared.lock();
        *shared = Shared { requests: shared.requests, ..Shared::default() };
    }
}

impl Shared {
    fn next_request_number(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

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
