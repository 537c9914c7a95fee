//! The time, read and shown as Python has it.

use std::collections::BTreeMap;

use parking_lot::Mutex;
use pyo3::exceptions::{PyAttributeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyType};

use crate::operation::Moment;

/// Seconds since 1970 that `datetime` holds in any zone: the years 2 to 9998.
pub(super) const SURE_TO_HOLD: std::ops::Range<i64> = -62_104_000_000..253_370_000_000;

/// Now, as `time.time()` has it. It is looked up each time, since freezegun and time-machine replace it.
///
/// # Errors
/// A time that `datetime` cannot hold, so that nothing is ever stored with one.
pub(super) fn now(py: Python<'_>) -> PyResult<Moment> {
    let now: f64 = of_time(intern!(py, "time"))?.call0()?.extract()?;
    if now.is_nan() {
        return Err(PyValueError::new_err("time.time() returned NaN; make the clock that replaces it return a time"));
    }
    // A time beyond what an i64 holds becomes the largest one, which is rejected just below.
    #[allow(clippy::cast_possible_truncation)]
    let milliseconds = (now * 1000.0).floor() as i64;
    if !(SURE_TO_HOLD.start * 1000..SURE_TO_HOLD.end * 1000).contains(&milliseconds) {
        Zone::local(py)?.datetime(milliseconds.div_euclid(1000))?;
    }
    Ok(Moment::from_milliseconds(milliseconds))
}

/// What makes datetimes as botocore's parser makes them, aware ones in the local zone, `dateutil.tz.tzlocal()`: the class
/// `datetime.datetime`, which freezegun replaces, and that zone. `tzlocal()` reads the zone when it is made, and
/// `time.tzset` replaces `time.tzname`: another tuple there is another zone.
pub(super) struct Zone<'py> {
    class: Bound<'py, PyAny>,
    names: Bound<'py, PyAny>,
}

impl<'py> Zone<'py> {
    /// The local zone at present.
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

    /// A moment, given in seconds since 1970.
    ///
    /// Those made last are kept, since making one costs microseconds and a test's calls mostly fall into few seconds.
    ///
    /// # Errors
    /// For a moment that `datetime` cannot hold.
    pub(super) fn datetime(&self, seconds: i64) -> PyResult<Bound<'py, PyAny>> {
        static MADE: Mutex<Option<Made>> = Mutex::new(None);
        let known = MADE.lock().as_ref().and_then(|made| made.get(seconds, self));
        if let Some(datetime) = known {
            return Ok(datetime);
        }
        let datetime = self.make_datetime(seconds)?;
        let mut slot = MADE.lock();
        // What is forgotten is dropped after the lock is gone: dropping may run Python.
        let forgotten = slot.take_if(|made| made.is_stale(self));
        let made = slot.get_or_insert_with(|| Made { zone: self.keep(), datetimes: BTreeMap::new() });
        made.datetimes.entry(seconds).or_insert_with(|| datetime.clone().unbind());
        drop(slot);
        drop(forgotten);
        Ok(datetime)
    }

    /// A moment that may lie between two seconds.
    ///
    /// # Errors
    /// For a moment that `datetime` cannot hold.
    pub(super) fn moment(&self, seconds: f64) -> PyResult<Bound<'py, PyAny>> {
        if seconds.fract() != 0.0 {
            return self.make_datetime(seconds);
        }
        // It is whole, and far within 64 bits.
        #[allow(clippy::cast_possible_truncation)]
        self.datetime(seconds as i64)
    }

    fn make_datetime(&self, seconds: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
        static TZLOCAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let py = self.py();
        let zone = TZLOCAL.import(py, "dateutil.tz", "tzlocal")?.call0()?;
        self.class.call_method1(intern!(py, "fromtimestamp"), (seconds, zone))
    }
}

/// A [`Zone`] to compare later ones with.
pub(super) struct KeptZone {
    class: Py<PyAny>,
    names: Py<PyAny>,
}

impl KeptZone {
    pub(super) fn is(&self, zone: &Zone<'_>) -> bool {
        self.class.is(&zone.class) && self.names.is(&zone.names)
    }
}

/// The datetimes made in one zone, by their seconds since 1970.
struct Made {
    zone: KeptZone,
    datetimes: BTreeMap<i64, Py<PyAny>>,
}

impl Made {
    const MOST: usize = 64;

    fn get<'py>(&self, seconds: i64, zone: &Zone<'py>) -> Option<Bound<'py, PyAny>> {
        let datetime = self.datetimes.get(&seconds).filter(|_| self.zone.is(zone));
        datetime.map(|datetime| datetime.bind(zone.py()).clone())
    }

    fn is_stale(&self, zone: &Zone<'_>) -> bool {
        !self.zone.is(zone) || self.datetimes.len() >= Self::MOST
    }
}

/// An attribute of the module `time`, or of `datetime`, at present: straight from its dictionary, which is what freezegun
/// and time-machine change.
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
