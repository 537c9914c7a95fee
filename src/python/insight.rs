//! Checks the arguments of `FakeXRay.add_insight`, `update_insight` and `close_insight`, and changes the insights.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyMapping, PyString};

use super::clock::REPRESENTABLE_IN_EVERY_ZONE;
use super::parameters::{invalid, string};
use super::{clock, module};
use crate::insights::{Impact, NewInsight, Rejection};
use crate::operation::{Moment, Scope};
use crate::service::Service;

type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The arguments of `add_insight`.
pub(super) struct Insight<'a, 'py> {
    pub(super) group: Given<'a, 'py>,
    pub(super) id: Given<'a, 'py>,
    pub(super) root_cause: &'a Bound<'py, PyAny>,
    pub(super) callers: Given<'a, 'py>,
    pub(super) service_type: Given<'a, 'py>,
    pub(super) start: Given<'a, 'py>,
    pub(super) end: Given<'a, 'py>,
    pub(super) event: Event<'a, 'py>,
    pub(super) events: Given<'a, 'py>,
}

/// The arguments that describe an event of an insight.
pub(super) struct Event<'a, 'py> {
    pub(super) fault: Given<'a, 'py>,
    pub(super) ok: Given<'a, 'py>,
    pub(super) summary: Given<'a, 'py>,
}

impl Insight<'_, '_> {
    /// Adds the insight and returns its id.
    pub(super) fn add(&self, py: Python<'_>, service: &Service, scope: &Scope) -> PyResult<String> {
        let new = NewInsight {
            group: text("group", self.group)?.unwrap_or_else(|| "Default".to_owned()),
            id: text("id", self.id)?,
            root_cause: string("root_cause", self.root_cause.as_borrowed())?,
            callers: self.callers.map_or_else(|| Ok(Vec::new()), names)?,
            service_type: text("service_type", self.service_type)?.unwrap_or_else(|| "AWS::ECS::Container".to_owned()),
            start: moment_or_now(py, "start", self.start)?,
            end: self.end.map(|end| moment("end", end)).transpose()?,
            first: with_default_counts(self.event.impact("")?),
            events: self.events.map_or_else(|| Ok(Vec::new()), events)?,
        };
        Ok(service.add_insight(scope, new)?)
    }
}

impl Event<'_, '_> {
    /// Adds the event to an insight.
    pub(super) fn add(
        &self,
        service: &Service,
        scope: &Scope,
        id: &Bound<'_, PyAny>,
        time: Given<'_, '_>,
    ) -> PyResult<()> {
        let time = moment_or_now(id.py(), "time", time)?;
        let id = string("id", id.as_borrowed())?;
        Ok(service.update_insight(scope, &id, time, &self.impact("")?)?)
    }

    /// The checked numbers and summary. Error messages add `prefix` to the names of the arguments.
    fn impact(&self, prefix: &str) -> PyResult<Impact> {
        Ok(Impact {
            fault: self.fault.map(|given| count(&format!("{prefix}fault"), given)).transpose()?,
            ok: self.ok.map(|given| count(&format!("{prefix}ok"), given)).transpose()?,
            summary: text(&format!("{prefix}summary"), self.summary)?,
        })
    }
}

/// Closes an insight.
pub(super) fn close(service: &Service, scope: &Scope, id: &Bound<'_, PyAny>, end: Given<'_, '_>) -> PyResult<()> {
    let end = moment_or_now(id.py(), "end", end)?;
    Ok(service.close_insight(scope, &string("id", id.as_borrowed())?, end)?)
}

impl From<Rejection> for PyErr {
    fn from(rejection: Rejection) -> Self {
        PyValueError::new_err(rejection.to_string())
    }
}

fn with_default_counts(Impact { fault, ok, summary }: Impact) -> Impact {
    Impact { fault: fault.or(Some(40)), ok: ok.or(Some(60)), summary }
}

fn text(name: &str, given: Given<'_, '_>) -> PyResult<Option<String>> {
    given.map(|given| string(name, given.as_borrowed())).transpose()
}

fn count(name: &str, given: &Bound<'_, PyAny>) -> PyResult<i64> {
    let count = given.extract().ok().filter(|count| *count >= 0 && !given.is_instance_of::<PyBool>());
    count.ok_or_else(|| invalid(name, "an int of at least 0", given))
}

fn names(given: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let wanted = || PyTypeError::new_err(format!("callers must be a list of names of services, not {given:?}"));
    if given.is_instance_of::<PyString>() {
        return Err(wanted());
    }
    let names = given.try_iter().map_err(|_| wanted())?;
    names.map(|name| string("each item of callers", name?.as_borrowed())).collect()
}

fn events(given: &Bound<'_, PyAny>) -> PyResult<Vec<(Moment, Impact)>> {
    let wanted = |_| PyTypeError::new_err(format!("events must be a list of dicts, not {given:?}"));
    given.try_iter().map_err(wanted)?.enumerate().map(|(index, event)| event_of(index, &event?)).collect()
}

fn event_of(index: usize, given: &Bound<'_, PyAny>) -> PyResult<(Moment, Impact)> {
    const KEYS: [&str; 4] = ["time", "fault", "ok", "summary"];
    let name = format!("events[{index}]");
    let wanted = "a dict with the key time and, optionally, fault, ok and summary";
    let event = given.cast::<PyMapping>().map_err(|_| invalid(&name, wanted, given))?;
    for key in event.keys()?.iter() {
        if !KEYS.iter().any(|known| key.eq(known).unwrap_or(false)) {
            return Err(invalid(&name, wanted, given));
        }
    }
    let member = |key| if event.contains(key)? { event.get_item(key).map(Some) } else { Ok(None) };
    let time = member("time")?.ok_or_else(|| invalid(&name, wanted, given))?;
    let (fault, ok, summary) = (member("fault")?, member("ok")?, member("summary")?);
    let event = Event { fault: fault.as_ref(), ok: ok.as_ref(), summary: summary.as_ref() };
    Ok((moment(&format!("{name}: time"), &time)?, event.impact(&format!("{name}: "))?))
}

fn moment_or_now(py: Python<'_>, name: &str, given: Given<'_, '_>) -> PyResult<Moment> {
    given.map_or_else(|| clock::now(py), |given| moment(name, given))
}

/// Converts a time of any type that botocore accepts.
fn moment(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Moment> {
    let parse = module::attribute(given.py(), "botocore.utils", "parse_to_aware_datetime")?;
    let parsed = parse.call1((given,)).and_then(|datetime| datetime.call_method0("timestamp")?.extract::<f64>());
    let wanted = "a time, such as a datetime or seconds since 1970";
    let seconds = parsed.map_err(|_| invalid(name, wanted, given))?.floor();
    // The check below rejects a number of seconds beyond 64 bits.
    #[allow(clippy::cast_possible_truncation)]
    let seconds = seconds as i64;
    if !REPRESENTABLE_IN_EVERY_ZONE.contains(&seconds) {
        return Err(invalid(name, "a time from the year 2 to 9998", given));
    }
    Ok(Moment::from_seconds(seconds))
}
