//! The errors that the fake has raised for operations that it does not support.

use parking_lot::Mutex;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;

/// They hold tracebacks, and so the frames of the application.
const MOST: usize = 10;

/// Operations and their errors, the oldest ones. An application that ignores one error is told of by that one.
#[derive(Default)]
pub(super) struct Unsupported(Mutex<Vec<(String, Py<PyAny>)>>);

impl Unsupported {
    pub(super) fn push(&self, operation: String, error: Py<PyAny>) {
        let mut errors = self.0.lock();
        let surplus = if errors.len() < MOST {
            errors.push((operation, error));
            None
        } else {
            Some(error)
        };
        drop(errors);
        // After the lock is released: dropping may run Python.
        drop(surplus);
    }

    /// Removes and returns them.
    pub(super) fn take(&self) -> Vec<(String, Py<PyAny>)> {
        std::mem::take(&mut *self.0.lock())
    }

    pub(super) fn clear(&self) {
        drop(self.take());
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        // If the lock is held, someone is using the list; its objects then count as reachable, as they are.
        let Some(errors) = self.0.try_lock() else { return Ok(()) };
        errors.iter().try_for_each(|(_, error)| visit.call(error))
    }
}
