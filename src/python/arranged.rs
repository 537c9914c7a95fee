//! What a test has arranged for coming calls: injected errors and canned responses.
//!
//! The extension decides which arrangement a call meets. What the arrangement then answers is up to
//! `fake_xray._arranged`, where botocore is at hand.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::fake::FakeXRay;
use super::log::Entry;
use super::module;
use crate::operation::Scope;
use crate::wire::request_id;

/// The arrangements of a fake, in the order in which they were made. The first one that fits a call answers it.
#[derive(Default)]
pub(super) struct Arranged {
    /// Whether there is any. A call of a test that arranges nothing reads only this.
    any: AtomicBool,
    list: Mutex<Vec<Arc<Arrangement>>>,
}

/// One injected error or canned response.
pub(super) struct Arrangement {
    /// None: every operation.
    pub(super) operation: Option<String>,
    /// None: every account.
    pub(super) account_id: Option<String>,
    /// None: every Region.
    pub(super) region_name: Option<String>,
    /// Called with the `Call`. None: always true.
    pub(super) when: Option<Py<PyAny>>,
    /// None: it is never used up.
    pub(super) times: Option<Times>,
    /// A `fake_xray._arranged.Outcome`.
    pub(super) outcome: Py<PyAny>,
}

/// How often an arrangement is used.
pub(super) struct Times {
    total: usize,
    left: AtomicUsize,
}

impl Times {
    pub(super) const fn new(total: usize) -> Self {
        Self { total, left: AtomicUsize::new(total) }
    }
}

/// Which front end a call came through: that decides what an outcome becomes.
#[derive(Clone, Copy)]
pub(super) enum Front<'a> {
    /// A method of a `FakeXRayClient`: a dictionary or an exception.
    Client,
    /// An HTTP request to a URL: a status, headers and a body, or an exception where the connection fails.
    Http { url: &'a str },
}

/// The arrangement that a call met.
struct Met<'py> {
    outcome: Bound<'py, PyAny>,
    call: Bound<'py, PyAny>,
}

/// An arrangement with a number of times that is not used up: its outcome, how often it is left, how often it was meant.
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
        let dropped = self.keep(|_| false);
        // After the lock is released: dropping may run Python.
        drop(dropped);
    }

    /// Removes and returns those that calls have not used as often as the test said.
    pub(super) fn take_unused(&self, py: Python<'_>) -> Vec<Unused> {
        let unused = self.keep(|arrangement| arrangement.times.is_none());
        let row = |arrangement: &Arc<Arrangement>| {
            let times = arrangement.times.as_ref()?;
            Some((arrangement.outcome.clone_ref(py), times.left.load(Ordering::Relaxed), times.total))
        };
        unused.iter().filter_map(row).collect()
    }

    /// Keeps some and returns the others.
    fn keep(&self, is_kept: impl Fn(&Arc<Arrangement>) -> bool) -> Vec<Arc<Arrangement>> {
        let mut list = self.list.lock();
        let (kept, removed) = std::mem::take(&mut *list).into_iter().partition(is_kept);
        *list = kept;
        self.any.store(!list.is_empty(), Ordering::Release);
        removed
    }

    /// Finds the first arrangement that fits a call, and uses it once. `when` is called with no lock held.
    fn meet<'py>(&self, operation: &str, scope: &Scope, parameters: &Bound<'py, PyDict>) -> PyResult<Option<Met<'py>>> {
        let py = parameters.py();
        let candidates: Vec<_> =
            self.list.lock().iter().filter(|candidate| candidate.is_for(operation, scope)).cloned().collect();
        if candidates.is_empty() {
            return Ok(None);
        }
        let Scope { account_id, region_name } = scope;
        let make = module::attribute(py, "fake_xray._calls", "Call")?.getattr(intern!(py, "_coming"))?;
        let call = make.call1((operation, parameters, &**account_id, &**region_name))?;
        for candidate in candidates {
            let fits = match &candidate.when {
                Some(when) => when.bind(py).call1((&call,))?.is_truthy()?,
                None => true,
            };
            if fits && self.uses(&candidate) {
                return Ok(Some(Met { outcome: candidate.outcome.bind(py).clone(), call }));
            }
        }
        Ok(None)
    }

    /// Uses an arrangement once, unless another thread has just used it up.
    fn uses(&self, arrangement: &Arc<Arrangement>) -> bool {
        let Some(times) = &arrangement.times else { return true };
        let before = times.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if before == Ok(1) {
            drop(self.keep(|other| !Arc::ptr_eq(other, arrangement)));
        }
        before.is_ok()
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // If the lock is held, someone is using the list; its objects then count as reachable, as they are.
        let Some(list) = self.list.try_lock() else { return Ok(()) };
        list.iter().try_for_each(|arrangement| {
            visit.call(&arrangement.outcome)?;
            arrangement.when.as_ref().map_or(Ok(()), |when| visit.call(when))
        })
    }
}

impl Arrangement {
    fn is_for(&self, operation: &str, scope: &Scope) -> bool {
        let is = |wanted: &Option<String>, given: &str| wanted.as_deref().is_none_or(|wanted| wanted == given);
        is(&self.operation, operation)
            && is(&self.account_id, &scope.account_id)
            && is(&self.region_name, &scope.region_name)
    }
}

/// Answers a call with the first arrangement that fits it, and logs it. None if the test has arranged nothing for it.
///
/// Front ends ask this once for each tracked call, after its parameters are validated and before the operation runs.
pub(super) fn answer<'py>(
    fake: &Bound<'py, FakeXRay>,
    scope: &Scope,
    operation: &str,
    parameters: &Bound<'py, PyDict>,
    front: Front<'_>,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    let met = fake.get().arranged().meet(operation, scope, parameters).transpose()?;
    Some(deliver(fake, scope, operation, parameters, front, met))
}

fn deliver<'py>(
    fake: &Bound<'py, FakeXRay>,
    scope: &Scope,
    operation: &str,
    parameters: &Bound<'py, PyDict>,
    front: Front<'_>,
    met: PyResult<Met<'py>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = fake.py();
    let mut error_code = None;
    let answer = met.and_then(|Met { outcome, call }| {
        error_code = outcome.getattr(intern!(py, "error_code"))?.extract::<Option<String>>()?;
        let id = request_id(fake.get().service().next_request_number());
        match front {
            Front::Client => outcome.call_method1(intern!(py, "answer"), (call, id)),
            Front::Http { url } => outcome.call_method1(intern!(py, "answer_http"), (call, id, url)),
        }
    });
    if let Some(log) = fake.get().log() {
        if let (Err(error), None) = (&answer, &error_code) {
            error_code = Some(error.get_type(py).name()?.to_string());
        }
        let snapshot = module::attribute(py, "fake_xray._calls", "snapshot")?.call1((parameters,))?;
        log.push(Entry {
            operation: Cow::Owned(operation.to_owned()),
            parameters: snapshot.cast_into::<PyDict>()?.unbind(),
            scope: Arc::new(scope.clone()),
            error: error_code.map(Cow::Owned),
        });
    }
    answer
}
