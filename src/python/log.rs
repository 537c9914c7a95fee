//! The call log: every call and its outcome.

use std::borrow::Cow;
use std::sync::Arc;

use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::operation::Scope;

/// The calls of a fake, oldest first. Logging a call is cheap, because entries are converted to `Call` objects only when a
/// test reads them.
#[derive(Default)]
pub(super) struct Log(Mutex<Vec<Entry>>);

/// The attributes of a `fake_xray._calls.Call`.
pub(super) struct Entry {
    pub(super) operation: Cow<'static, str>,
    pub(super) parameters: Py<PyDict>,
    pub(super) scope: Arc<Scope>,
    /// AWS's error code, or the name of an exception that was raised before the call reached the service.
    pub(super) error: Option<Cow<'static, str>>,
}

/// The operation, its parameters, the account, the Region and the error code.
type Row = (String, Py<PyDict>, String, String, Option<String>);

impl Entry {
    fn clone_ref(&self, py: Python<'_>) -> Self {
        let Self { operation, parameters, scope, error } = self;
        let parameters = parameters.clone_ref(py);
        Self { operation: operation.clone(), parameters, scope: scope.clone(), error: error.clone() }
    }
}

impl Log {
    /// A copy of the log, for [`Log::restore`].
    pub(super) fn snapshot(&self, py: Python<'_>) -> Self {
        Self(Mutex::new(self.0.lock().iter().map(|entry| entry.clone_ref(py)).collect()))
    }

    pub(super) fn restore(&self, py: Python<'_>, snapshot: &Self) {
        let Self(entries) = snapshot.snapshot(py);
        let before = std::mem::replace(&mut *self.0.lock(), entries.into_inner());
        // Drop the objects after the lock is released, because dropping them can run Python code.
        drop(before);
    }

    pub(super) fn push(&self, entry: Entry) {
        self.0.lock().push(entry);
    }

    pub(super) fn rows(&self, py: Python<'_>) -> Vec<Row> {
        let row = |Entry { operation, parameters, scope, error }: &Entry| {
            let Scope { account_id, region_name } = &**scope;
            let error = error.as_deref().map(str::to_owned);
            (operation.to_string(), parameters.clone_ref(py), account_id.to_string(), region_name.to_string(), error)
        };
        self.0.lock().iter().map(row).collect()
    }

    pub(super) fn clear(&self) {
        let entries = std::mem::take(&mut *self.0.lock());
        // Drop the objects after the lock is released, because dropping them can run Python code.
        drop(entries);
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // If the lock is held, another thread is using the log. The garbage collector then treats its objects as reachable,
        // which they are.
        let Some(entries) = self.0.try_lock() else { return Ok(()) };
        entries.iter().try_for_each(|entry| visit.call(&entry.parameters))
    }
}
