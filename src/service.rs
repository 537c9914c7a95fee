//! The fake service: the state of every account and Region behind one lock, and the way each call takes through it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::authorization::Evaluation;
use crate::destination::Destination;
use crate::encryption::Encryption;
use crate::fault::Fault;
use crate::groups::Groups;
use crate::indexing::Indexing;
use crate::insights::Insights;
use crate::operation::{Caller, Circumstances, Moment, Operation, Scope, Settings};
use crate::policy::{self, Malformed};
use crate::resource_policies::{ResourcePolicies, ResourcePolicy};
use crate::sampling::SamplingRules;
use crate::tags::Tags;

/// What X-Ray keeps for one [`Scope`]. A family of operations has a field each.
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) groups: Groups,
    pub(crate) resource_policies: ResourcePolicies,
    pub(crate) sampling_rules: SamplingRules,
    pub(crate) tags: Tags,
    pub(crate) encryption: Encryption,
    pub(crate) indexing: Indexing,
    pub(crate) destination: Destination,
    pub(crate) insights: Insights,
}

impl State {
    /// The state of an account and Region that nobody has used.
    fn new(scope: &Scope, settings: &Settings) -> Self {
        Self {
            groups: Groups::new(scope),
            resource_policies: ResourcePolicies::default(),
            sampling_rules: SamplingRules::default(),
            tags: Tags::new(settings.tag_limit, [Groups::default_arn(scope), scope.arn("sampling-rule/Default")]),
            encryption: Encryption::default(),
            indexing: Indexing::default(),
            destination: Destination::default(),
            insights: Insights::default(),
        }
    }
}

/// One call that was handled.
#[derive(Debug)]
pub struct Reply<T> {
    /// Counts the calls of this service from 1 in the order in which they took effect, so that a test run repeats exactly.
    pub request_number: u64,
    /// The response, or the fault that rejected the request.
    pub outcome: Result<T, Fault>,
}

/// What every account and Region held at one time.
#[derive(Debug)]
pub struct Snapshot(HashMap<Arc<Scope>, State, RandomState>);

/// A whole X-Ray: every account and Region, empty at first.
#[derive(Debug, Default)]
pub struct Service {
    settings: Settings,
    shared: Mutex<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    requests: u64,
    states: HashMap<Arc<Scope>, State, RandomState>,
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
        let outcome = O::run(request, shared.state(&caller.scope, &self.settings), circumstances);
        Reply { request_number, outcome }
    }

    /// Changes the state of one account and Region as no operation does: what a test prepares.
    pub(crate) fn arrange<T>(&self, scope: &Scope, change: impl FnOnce(&mut State) -> T) -> T {
        change(self.shared.lock().state(&Arc::new(scope.clone()), &self.settings))
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
        let mut places: Vec<Scope> = filled.map(|(scope, _)| Scope::clone(scope)).collect();
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

    fn state(&mut self, scope: &Arc<Scope>, settings: &Settings) -> &mut State {
        self.states.entry(Arc::clone(scope)).or_insert_with(|| State::new(scope, settings))
    }
}
