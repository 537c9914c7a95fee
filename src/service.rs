//! The fake service: the state of every account and Region behind one lock, and the way each call takes through it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::authorization::Evaluation;
use crate::fault::Fault;
use crate::operation::{Caller, Circumstances, Moment, Operation, Scope, Settings};
use crate::policy::{self, Malformed};
use crate::resource_policies::{ResourcePolicies, ResourcePolicy};
use crate::sampling::SamplingRules;
use crate::tags::Tags;

/// What X-Ray keeps for one [`Scope`]. A family of operations has a field each.
#[derive(Debug, Default)]
pub struct State {
    pub(crate) resource_policies: ResourcePolicies,
    pub(crate) sampling_rules: SamplingRules,
    pub(crate) tags: Tags,
}

/// One call that was handled.
#[derive(Debug)]
pub struct Reply<T> {
    /// Counts the calls of this service from 1 in the order in which they took effect, so that a test run repeats exactly.
    pub request_number: u64,
    /// The response, or the fault that rejected the request.
    pub outcome: Result<T, Fault>,
}

/// A whole X-Ray: every account and Region, empty at first.
#[derive(Debug, Default)]
pub struct Service {
    settings: Settings,
    shared: Mutex<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    requests: u64,
    states: HashMap<Scope, State, RandomState>,
}

impl Service {
    /// An empty service with these limits and switches.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, shared: Mutex::default() }
    }

    /// Its limits and switches.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Runs one request.
    pub fn call<O: Operation>(&self, caller: &Caller, request: O::Request<'_>, now: Moment) -> Reply<O::Response> {
        let circumstances = Circumstances { caller, now, settings: &self.settings };
        let mut shared = self.shared.lock();
        let request_number = shared.next_request_number();
        let outcome = O::run(request, shared.state(&caller.scope), circumstances);
        Reply { request_number, outcome }
    }

    /// The number of a request that no operation runs.
    pub fn next_request_number(&self) -> u64 {
        self.shared.lock().next_request_number()
    }

    /// The resource policies of one account and Region, in order of creation. Reading them is not a request.
    #[must_use]
    pub fn resource_policies(&self, scope: &Scope) -> Vec<Arc<ResourcePolicy>> {
        self.shared.lock().states.get(scope).map(|state| state.resource_policies.to_vec()).unwrap_or_default()
    }

    /// Evaluates a request by the resource policies of one account and Region.
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

    /// Forgets every account and Region. Request numbers go on.
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

    fn state(&mut self, scope: &Scope) -> &mut State {
        self.states.entry(scope.clone()).or_default()
    }
}
