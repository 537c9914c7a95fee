//! The fake service. It keeps the state of every account and Region behind one lock, and runs operations on it.

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
use crate::operation::{CallContext, Caller, Moment, Operation, Scope, Settings};
use crate::policy::{self, Malformed};
use crate::resource_policies::{ResourcePolicies, ResourcePolicy};
use crate::sampling::SamplingRules;
use crate::tags::Tags;

/// The state of one [`Scope`]. Each family of operations has one field.
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
    /// The initial state of an account and Region.
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

/// The result of a call.
#[derive(Debug)]
pub struct Reply<T> {
    /// The number of the call. The service numbers its calls from 1, in the order in which they take effect, so request ids
    /// are the same in every run of a test.
    pub request_number: u64,
    /// The response, or the fault that rejected the request.
    pub outcome: Result<T, Fault>,
}

/// A copy of the state of every account and Region.
#[derive(Debug)]
pub struct Snapshot(HashMap<Arc<Scope>, State, RandomState>);

/// An in-memory X-Ray with the state of every account and Region, which is empty at first.
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
    /// Creates an empty service with these settings.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, shared: Mutex::default() }
    }

    /// The settings of the service.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Runs one request.
    pub fn call<O: Operation>(&self, caller: &Caller, request: O::Request<'_>, now: Moment) -> Reply<O::Response> {
        let context = CallContext { caller, now, settings: &self.settings };
        let mut shared = self.shared.lock();
        let request_number = shared.next_request_number();
        let outcome = O::run(request, shared.state(&caller.scope, &self.settings), context);
        Reply { request_number, outcome }
    }

    /// Changes the state of one account and Region in a way that no operation of X-Ray can, such as adding an insight.
    pub(crate) fn change_state<T>(&self, scope: &Scope, change: impl FnOnce(&mut State) -> T) -> T {
        change(self.shared.lock().state(&Arc::new(scope.clone()), &self.settings))
    }

    /// Counts a request that no operation runs, and returns its number.
    pub fn next_request_number(&self) -> u64 {
        self.shared.lock().next_request_number()
    }

    /// The resource policies of one account and Region, in order of creation. Reading them does not count as a request.
    #[must_use]
    pub fn resource_policies(&self, scope: &Scope) -> Vec<Arc<ResourcePolicy>> {
        self.shared.lock().states.get(scope).map(|state| state.resource_policies.to_vec()).unwrap_or_default()
    }

    /// Evaluates a request against the resource policies of one account and Region.
    ///
    /// # Errors
    /// Never, because documents are checked before they are stored.
    pub fn evaluate(&self, scope: &Scope, request: &policy::Request<'_>) -> Result<Evaluation, Malformed> {
        let shared = self.shared.lock();
        let policies = shared.states.get(scope).map(|state| state.resource_policies.clone()).unwrap_or_default();
        drop(shared);
        policies.evaluate(request)
    }

    /// The accounts and Regions that have resource policies, sorted.
    #[must_use]
    pub fn scopes_with_policies(&self) -> Vec<Scope> {
        let shared = self.shared.lock();
        let with_policies = shared.states.iter().filter(|(_, state)| !state.resource_policies.is_empty());
        let mut scopes: Vec<Scope> = with_policies.map(|(scope, _)| Scope::clone(scope)).collect();
        drop(shared);
        scopes.sort();
        scopes
    }

    /// A copy of the state of every account and Region, for [`Service::restore`].
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.shared.lock().states.clone())
    }

    /// Restores the state of every account and Region. Request numbers continue.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.shared.lock().states.clone_from(&snapshot.0);
    }

    /// Removes the state of every account and Region. Request numbers continue.
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
