//! The time, read and shown as Python has it.

use std::collections::HashMap;

use parking_lot::Mutex;
use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDateTime, PyModule, PyType, PyTzInfo};

/// Now, in whole seconds since 1970: AWS's resolution.
///
/// `time.time` is looked up anew each time, since freezegun and time-machine replace it.
///
/// # Errors
/// A time that `datetime` cannot hold, so that no policy is ever stored with one.
pub(super) fn now(py: Python<'_>) -> PyResult<i64> {
    let now: f64 = time(py)?.getattr(intern!(py, "time"))?.call0()?.extract()?;
    // Seconds beyond 2**53 are refused just below.
    #[allow(clippy::cast_possible_truncation)]
    let seconds = now.floor() as i64;
    if now.is_nan() {
        return Err(PyValueError::new_err("time.time() is not a number"));
    }
    datetime(py, seconds).map(|_| seconds)
}

/// A moment as botocore's parser makes it: an aware `datetime` in the local zone, `dateutil.tz.tzlocal()`.
///
/// Those made last are kept, since making one costs microseconds and a test's calls mostly fall into few seconds.
pub(super) fn datetime(py: Python<'_>, seconds: i64) -> PyResult<Bound<'_, PyDateTime>> {
    static MADE: Mutex<Option<Made>> = Mutex::new(None);
    let zone = time(py)?.getattr(intern!(py, "tzname"))?;
    let known = MADE.lock().as_ref().and_then(|made| made.get(py, seconds, &zone));
    if let Some(datetime) = known {
        return Ok(datetime);
    }
    let datetime = local(py, seconds)?;
    let mut slot = MADE.lock();
    // What is forgotten is dropped after the lock is gone: dropping may run Python.
    let forgotten = slot.take_if(|made| made.is_stale(&zone));
    let made = slot.get_or_insert_with(|| Made { zone: zone.unbind(), datetimes: HashMap::new() });
    made.datetimes.entry(seconds).or_insert_with(|| datetime.clone().unbind());
    drop(slot);
    drop(forgotten);
    Ok(datetime)
}

/// The datetimes made in one local zone, by their seconds since 1970.
///
/// `tzlocal()` reads the zone when it is made, and `time.tzset` replaces `time.tzname`: another tuple there is another
/// zone.
struct Made {
    zone: Py<PyAny>,
    datetimes: HashMap<i64, Py<PyDateTime>>,
}

impl Made {
    const MOST: usize = 64;

    fn get<'py>(&self, py: Python<'py>, seconds: i64, zone: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDateTime>> {
        if !self.zone.is(zone) {
            return None;
        }
        self.datetimes.get(&seconds).map(|datetime| datetime.bind(py).clone())
    }

    fn is_stale(&self, zone: &Bound<'_, PyAny>) -> bool {
        !self.zone.is(zone) || self.datetimes.len() >= Self::MOST
    }
}

fn local(py: Python<'_>, seconds: i64) -> PyResult<Bound<'_, PyDateTime>> {
    static TZLOCAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let zone = TZLOCAL.import(py, "dateutil.tz", "tzlocal")?.call0()?.cast_into::<PyTzInfo>()?;
    // Exact: datetime refuses what lies beyond the year 9999.
    #[allow(clippy::cast_precision_loss)]
    PyDateTime::from_timestamp(py, seconds as f64, Some(&zone))
}

fn time(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static TIME: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    TIME.get_or_try_init(py, || py.import("time").map(Bound::unbind)).map(|module| module.bind(py))
}
