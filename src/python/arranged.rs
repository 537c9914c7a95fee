//! Arrangements: the injected errors and canned responses that a test prepares for later calls.
//!
//! This module decides which arrangement applies to a call. The Python module `fake_xray._arranged` then creates the
//! response or the exception, because that needs botocore.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::fake::FakeXRay;
use super::module;
use crate::operation::Scope;
use crate::wire::request_id;

/// The arrangements of a fake, oldest first. The oldest arrangement that matches a call handles it.
#[derive(Default)]
pub(super) struct Arranged {
    /// Whether the list has an arrangement. If the list is empty, a call reads only this flag and takes no lock.
    any: AtomicBool,
    list: Mutex<Vec<Arc<Arrangement>>>,
}

/// One injected error or canned response.
pub(super) struct Arrangement {
    /// The operation that it applies to. None means every operation.
    pub(super) operation: Option<String>,
    /// The account that it applies to. None means every account.
    pub(super) account_id: Option<String>,
    /// The Region that it applies to. None means every Region.
    pub(super) region_name: Option<String>,
    /// A Python callable that receives the `Call` and decides whether the arrangement applies. If there is none, the
    /// arrangement always applies.
    pub(super) when: Option<Py<PyAny>>,
    /// How often the arrangement can be used. None means any number of times.
    pub(super) times: Option<Times>,
    /// A `fake_xray._arranged.Outcome`, which creates the response or the exception.
    pub(super) outcome: Py<PyAny>,
}

/// How often an arrangement can be used.
pub(super) struct Times {
    total: usize,
    left: AtomicUsize,
}

impl Times {
    pub(super) const fn new(total: usize) -> Self {
        Self { total, left: AtomicUsize::new(total) }
    }
}

/// The front end that a call came through. It decides what form the outcome has.
#[derive(Clone, Copy)]
pub(super) enum FrontEnd<'a> {
    /// A method of a `FakeXRayClient`. It returns a dictionary or raises an exception.
    Client,
    /// An HTTP request to a URL. It returns a status, headers and a body, or raises an exception for a failed connection.
    Http { url: &'a str },
}

/// The arrangement that applies to a call.
struct Match<'py> {
    outcome: Bound<'py, PyAny>,
    call: Bound<'py, PyAny>,
}

/// An arrangement that calls used less often than the test expected: its outcome, the number of uses that are left, and
/// the expected number of uses.
pub(super) type Unused = (Py<PyAny>, usize, usize);

impl Arranged {
    pub(super) fn push(&self, arrangement: Arrangement) {
        let mut list = self.list.lock();
        list.push(Arc::new(arrangement));
        self.any.store(true, Ordering::Release);
    }

    pub(super) fn is_any(&self) -> bool {
        self.any.load(Ordering::Acquire)
    }

    pub(super) fn clear(&self) {
        let removed = self.retain(|_| false);
        // Drop the objects after the lock is released, because dropping them can run Python code.
        drop(removed);
    }

    /// Removes and returns the arrangements that calls used less often than the test expected.
    pub(super) fn take_unused(&self, py: Python<'_>) -> Vec<Unused> {
        let unused = self.retain(|arrangement| arrangement.times.is_none());
        let row = |arrangement: &Arc<Arrangement>| {
            let times = arrangement.times.as_ref()?;
            Some((arrangement.outcome.clone_ref(py), times.left.load(Ordering::Relaxed), times.total))
        };
        unused.iter().filter_map(row).collect()
    }

    /// Keeps the arrangements for which `is_kept` is true, and returns the others.
    fn retain(&self, is_kept: impl Fn(&Arc<Arrangement>) -> bool) -> Vec<Arc<Arrangement>> {
        let mut list = self.list.lock();
        let (kept, removed) = std::mem::take(&mut *list).into_iter().partition(is_kept);
        *list = kept;
        self.any.store(!list.is_empty(), Ordering::Release);
        removed
    }

    /// Finds the oldest arrangement that matches a call, and uses it once. No lock is held while `when` runs.
    fn use_match<'py>(
        &self,
        operation: &str,
        scope: &Scope,
        parameters: &Bound<'py, PyDict>,
    ) -> PyResult<Option<Match<'py>>> {
        let py = parameters.py();
        let candidates: Vec<_> =
            self.list.lock().iter().filter(|candidate| candidate.is_for(operation, scope)).cloned().collect();
        if candidates.is_empty() {
            return Ok(None);
        }
        let Scope { account_id, region_name } = scope;
        let create = module::attribute(py, "fake_xray._calls", "Call")?.getattr(intern!(py, "_coming"))?;
        let call = create.call1((operation, parameters, &**account_id, &**region_name))?;
        for candidate in candidates {
            let matches = match &candidate.when {
                Some(when) => when.bind(py).call1((&call,))?.is_truthy()?,
                None => true,
            };
            if matches && self.use_once(&candidate) {
                return Ok(Some(Match { outcome: candidate.outcome.bind(py).clone(), call }));
            }
        }
        Ok(None)
    }

    /// Uses an arrangement once. Returns false if another thread has just used it up.
    fn use_once(&self, arrangement: &Arc<Arrangement>) -> bool {
        let Some(times) = &arrangement.times else { return true };
        let before = times.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if before == Ok(1) {
            drop(self.retain(|other| !Arc::ptr_eq(other, arrangement)));
        }
        before.is_ok()
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // If the lock is held, another thread is using the list. The garbage collector then treats its objects as reachable,
        // which they are.
        let Some(list) = self.list.try_lock() else { return Ok(()) };
        list.iter().try_for_each(|arrangement| {
            visit.call(&arrangement.outcome)?;
            arrangement.when.as_ref().map_or(Ok(()), |when| visit.call(when))
        })
    }
}

impl Arrangement {
    fn is_for(&self, operation: &str, scope: &Scope) -> bool {
        let matches = |wanted: &Option<String>, given: &str| wanted.as_deref().is_none_or(|wanted| wanted == given);
        matches(&self.operation, operation)
            && matches(&self.account_id, &scope.account_id)
            && matches(&self.region_name, &scope.region_name)
    }
}

/// What an arrangement made of a call: the response or the exception, and the error code for the call log.
pub(super) type Handled<'py> = (PyResult<Bound<'py, PyAny>>, Option<String>);

/// Handles a call with the oldest arrangement that matches it. Returns None if no arrangement matches.
///
/// The front ends call this once for each tracked call, after they validate the parameters and before the operation runs.
pub(super) fn handle<'py>(
    fake: &Bound<'py, FakeXRay>,
    scope: &Scope,
    operation: &str,
    parameters: &Bound<'py, PyDict>,
    front_end: FrontEnd<'_>,
) -> Option<Handled<'py>> {
    let py = fake.py();
    let found = fake.get().arranged().use_match(operation, scope, parameters).transpose()?;
    let mut error_code = None;
    let response = found.and_then(|Match { outcome, call }| {
        error_code = outcome.getattr(intern!(py, "error_code"))?.extract::<Option<String>>()?;
        let id = request_id(fake.get().service().next_request_number());
        match front_end {
            FrontEnd::Client => outcome.call_method1(intern!(py, "response"), (call, id)),
            FrontEnd::Http { url } => outcome.call_method1(intern!(py, "http_response"), (call, id, url)),
        }
    });
    Some((response, error_code))
}
