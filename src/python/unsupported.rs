//! Keeps the errors that the fake raised for operations that it does not support.

use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

/// Errors hold tracebacks, which keep the application's frames alive, so only a few are kept.
const CAPACITY: usize = 100;

/// The names of operations that are not supported, and the errors of their calls, oldest first. When the list is full, later
/// errors are dropped.
#[derive(Default)]
pub(super) struct Unsupported(Mutex<Vec<(String, Py<PyAny>)>>);

impl Unsupported {
    pub(super) fn push(&self, operation: String, error: Py<PyAny>) {
        let mut errors = self.0.lock();
        let surplus = if errors.len() < CAPACITY {
            errors.push((operation, error));
            None
        } else {
            Some(error)
        };
        drop(errors);
        // Drop the objects after the lock is released, because dropping them can run Python code.
        drop(surplus);
    }

    /// Removes and returns the errors.
    pub(super) fn take(&self) -> Vec<(String, Py<PyAny>)> {
        std::mem::take(&mut *self.0.lock())
    }

    pub(super) fn clear(&self) {
        drop(self.take());
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // If the lock is held, another thread is using the list. The garbage collector then treats its objects as reachable,
        // which they are.
        let Some(errors) = self.0.try_lock() else { return Ok(()) };
        errors.iter().try_for_each(|(_, error)| visit.call(error))
    }
}
