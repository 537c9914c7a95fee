//! Reads the current time from Python's `time` module, and creates Python datetimes.

use std::collections::BTreeMap;

use parking_lot::Mutex;
use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyType};

use crate::operation::Moment;

/// Seconds since 1970 that a `datetime` can represent in every time zone: the years 2 to 9998.
pub(super) const REPRESENTABLE_IN_EVERY_ZONE: std::ops::Range<i64> = -62_104_000_000..253_370_000_000;

/// The current time according to `time.time()`. The function is looked up each time because freezegun and time-machine
/// replace it.
///
/// # Errors
/// Fails for a time that a `datetime` cannot represent, so no such time is ever stored.
pub(super) fn now(py: Python<'_>) -> PyResult<Moment> {
    let now: f64 = of_time(intern!(py, "time"))?.call0()?.extract()?;
    if now.is_nan() {
        return Err(PyValueError::new_err(
            "time.time() returned NaN; the clock that replaces it must return a number of seconds",
        ));
    }
    // A time that an i64 cannot hold becomes the largest or smallest i64, which the check below rejects.
    #[allow(clippy::cast_possible_truncation)]
    let milliseconds = (now * 1000.0).floor() as i64;
    if !(REPRESENTABLE_IN_EVERY_ZONE.start * 1000..REPRESENTABLE_IN_EVERY_ZONE.end * 1000).contains(&milliseconds) {
        Zone::local(py)?.datetime(milliseconds.div_euclid(1000))?;
    }
    Ok(Moment::from_milliseconds(milliseconds))
}

/// Creates datetimes like botocore's parser: aware datetimes in the local time zone, `dateutil.tz.tzlocal()`.
///
/// Two zones are the same if they have the same `datetime` class and the same `time.tzname`.
pub(super) struct Zone<'py> {
    /// `datetime.datetime`, which freezegun replaces.
    class: Bound<'py, PyAny>,
    /// The tuple `time.tzname`. `time.tzset` replaces it when the local time zone changes.
    names: Bound<'py, PyAny>,
}

impl<'py> Zone<'py> {
    /// The current local time zone.
    pub(super) fn local(py: Python<'py>) -> PyResult<Self> {
        static DATETIME: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
        let class = attribute(&DATETIME, "datetime", intern!(py, "datetime"))?;
        Ok(Self { class, names: of_time(intern!(py, "tzname"))? })
    }

    pub(super) fn py(&self) -> Python<'py> {
        self.class.py()
    }

    pub(super) fn keep(&self) -> KeptZone {
        KeptZone { class: self.class.clone().unbind(), names: self.names.clone().unbind() }
    }

    /// A datetime for whole seconds since 1970.
    ///
    /// The latest datetimes are cached: creating one takes microseconds, and most calls of a test happen within a few
    /// seconds.
    ///
    /// # Errors
    /// Fails for a moment that a `datetime` cannot represent.
    pub(super) fn datetime(&self, seconds: i64) -> PyResult<Bound<'py, PyAny>> {
        static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
        let cached = CACHE.lock().as_ref().and_then(|cache| cache.get(seconds, self));
        if let Some(datetime) = cached {
            return Ok(datetime);
        }
        let datetime = self.create_datetime(seconds)?;
        let mut slot = CACHE.lock();
        let stale = slot.take_if(|cache| cache.is_stale(self));
        let cache = slot.get_or_insert_with(|| Cache { zone: self.keep(), datetimes: BTreeMap::new() });
        cache.datetimes.entry(seconds).or_insert_with(|| datetime.clone().unbind());
        // Drop the objects after the lock is released, because dropping them can run Python code.
        drop(slot);
        drop(stale);
        Ok(datetime)
    }

    /// A datetime for seconds since 1970, which may have a fraction.
    ///
    /// # Errors
    /// Fails for a moment that a `datetime` cannot represent.
    pub(super) fn moment(&self, seconds: f64) -> PyResult<Bound<'py, PyAny>> {
        if seconds.fract() != 0.0 {
            return self.create_datetime(seconds);
        }
        // This is a whole number of seconds of a stored time, so it fits into 64 bits.
        #[allow(clippy::cast_possible_truncation)]
        self.datetime(seconds as i64)
    }

    fn create_datetime(&self, seconds: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
        static TZLOCAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let py = self.py();
        let zone = TZLOCAL.import(py, "dateutil.tz", "tzlocal")?.call0()?;
        self.class.call_method1(intern!(py, "fromtimestamp"), (seconds, zone))
    }
}

/// A [`Zone`] that is kept between calls, to compare it with later zones.
pub(super) struct KeptZone {
    class: Py<PyAny>,
    names: Py<PyAny>,
}

impl KeptZone {
    pub(super) fn is(&self, zone: &Zone<'_>) -> bool {
        self.class.is(&zone.class) && self.names.is(&zone.names)
    }
}

/// The datetimes that were created in one zone, by their seconds since 1970.
struct Cache {
    zone: KeptZone,
    datetimes: BTreeMap<i64, Py<PyAny>>,
}

impl Cache {
    const CAPACITY: usize = 64;

    fn get<'py>(&self, seconds: i64, zone: &Zone<'py>) -> Option<Bound<'py, PyAny>> {
        let datetime = self.datetimes.get(&seconds).filter(|_| self.zone.is(zone));
        datetime.map(|datetime| datetime.bind(zone.py()).clone())
    }

    fn is_stale(&self, zone: &Zone<'_>) -> bool {
        !self.zone.is(zone) || self.datetimes.len() >= Self::CAPACITY
    }
}

/// The current attribute of the module `time` or `datetime`. It is read from the module's dictionary, which freezegun and
/// time-machine change.
fn attribute<'py>(
    names: &'static PyOnceLock<Py<PyDict>>,
    module: &'static str,
    name: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = name.py();
    let names = names.get_or_try_init(py, || py.import(module).map(|module| module.dict().unbind()))?;
    names.bind(py).get_item(name)?.ok_or_else(|| PyAttributeError::new_err(format!("module {module} has no {name}")))
}

fn of_time<'py>(name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    static TIME: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    attribute(&TIME, "time", name)
}
