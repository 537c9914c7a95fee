//! The time, read and shown as Python has it.

use std::collections::HashMap;

use parking_lot::Mutex;
use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyModule, PyType};

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
pub(super) fn datetime(py: Python<'_>, seconds: i64) -> PyResult<Bound<'_, PyAny>> {
    static MADE: Mutex<Option<Made>> = Mutex::new(None);
    let way = Way::now(py)?;
    let known = MADE.lock().as_ref().and_then(|made| made.get(py, seconds, &way));
    if let Some(datetime) = known {
        return Ok(datetime);
    }
    let datetime = way.datetime(seconds)?;
    let mut slot = MADE.lock();
    // What is forgotten is dropped after the lock is gone: dropping may run Python.
    let forgotten = slot.take_if(|made| made.is_stale(&way));
    let made = slot.get_or_insert_with(|| Made::new(way));
    made.datetimes.entry(seconds).or_insert_with(|| datetime.clone().unbind());
    drop(slot);
    drop(forgotten);
    Ok(datetime)
}

/// What makes datetimes at present: `datetime.datetime`, which freezegun replaces, and the local zone. `tzlocal()` reads
/// the zone when it is made, and `time.tzset` replaces `time.tzname`: another tuple there is another zone.
struct Way<'py> {
    class: Bound<'py, PyAny>,
    zone: Bound<'py, PyAny>,
}

impl<'py> Way<'py> {
    fn now(py: Python<'py>) -> PyResult<Self> {
        static DATETIME: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
        let datetime = DATETIME.get_or_try_init(py, || py.import("datetime").map(Bound::unbind))?;
        let class = datetime.bind(py).getattr(intern!(py, "datetime"))?;
        Ok(Self { class, zone: time(py)?.getattr(intern!(py, "tzname"))? })
    }

    fn datetime(&self, seconds: i64) -> PyResult<Bound<'py, PyAny>> {
        static TZLOCAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let py = self.class.py();
        let zone = TZLOCAL.import(py, "dateutil.tz", "tzlocal")?.call0()?;
        self.class.call_method1(intern!(py, "fromtimestamp"), (seconds, zone))
    }
}

/// The datetimes made in one way, by their seconds since 1970.
struct Made {
    class: Py<PyAny>,
    zone: Py<PyAny>,
    datetimes: HashMap<i64, Py<PyAny>>,
}

impl Made {
    const MOST: usize = 64;

    fn new(way: Way<'_>) -> Self {
        Self { class: way.class.unbind(), zone: way.zone.unbind(), datetimes: HashMap::new() }
    }

    fn get<'py>(&self, py: Python<'py>, seconds: i64, way: &Way<'py>) -> Option<Bound<'py, PyAny>> {
        if !self.is_made_by(way) {
            return None;
        }
        self.datetimes.get(&seconds).map(|datetime| datetime.bind(py).clone())
    }

    fn is_made_by(&self, way: &Way<'_>) -> bool {
        self.class.is(&way.class) && self.zone.is(&way.zone)
    }

    fn is_stale(&self, way: &Way<'_>) -> bool {
        !self.is_made_by(way) || self.datetimes.len() >= Self::MOST
    }
}

fn time(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static TIME: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    TIME.get_or_try_init(py, || py.import("time").map(Bound::unbind)).map(|module| module.bind(py))
}
