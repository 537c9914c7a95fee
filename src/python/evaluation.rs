//! `FakeXRay.evaluate`: its arguments and its result.

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyTzInfo};

use super::parameters::refusal;
use crate::authorization::{self, StatementOf};
use crate::operation::Scope;
use crate::policy::{Context, Decision, Principal, Request, Value};

/// The result of `FakeXRay.evaluate`. True if the stored resource policies allow the request.
#[pyclass(frozen, module = "fake_xray")]
pub(super) struct Evaluation {
    answer: authorization::Evaluation,
    question: String,
    /// The explanation if the place has no policies.
    nothing_stored: Option<String>,
    needs_identity_policy: bool,
}

#[pymethods]
impl Evaluation {
    /// The decision: `"allowed"`, `"explicitDeny"` or `"implicitDeny"`, as in IAM's policy simulator.
    #[getter]
    fn decision(&self) -> &'static str {
        self.answer.decision.as_str()
    }

    /// The statements that decided: all that deny, or else all that allow. Empty for an implicit deny.
    #[getter]
    fn matched<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.answer.matched.iter().cloned().map(MatchedStatement))
    }

    /// Whether the principal's identity policies must allow the action too. This is so for every AWS principal: a grant in a
    /// resource policy of X-Ray is not enough (recorded).
    #[getter]
    fn needs_identity_policy(&self) -> bool {
        self.needs_identity_policy
    }

    fn __bool__(&self) -> bool {
        self.answer.decision == Decision::Allowed
    }

    fn __repr__(&self) -> String {
        let authorization::Evaluation { decision, matched, unmatched } = &self.answer;
        let why = match decision {
            Decision::Allowed => format!("allowed by {}", join(matched.iter())),
            Decision::ExplicitDeny => format!("denied by {}", join(matched.iter())),
            Decision::ImplicitDeny => {
                let mismatches =
                    unmatched.iter().map(|(statement, mismatch)| format!("{statement} does not match: {mismatch}"));
                let reasons = mismatches.chain(self.nothing_stored.clone()).collect::<Vec<_>>().join("; ");
                format!("no statement allows it{}{reasons}", if reasons.is_empty() { "" } else { ": " })
            }
        };
        let also = if self.needs_identity_policy && *decision == Decision::Allowed {
            "; an identity policy must allow it too"
        } else {
            ""
        };
        format!("<Evaluation {}: {}; {why}{also}>", decision.as_str(), self.question)
    }
}

impl Evaluation {
    /// The result for a question about a place. `places` returns all places that have policies.
    pub(super) fn new(
        answer: authorization::Evaluation,
        question: &Question<'_>,
        scope: &Scope,
        places: impl FnOnce() -> Vec<Scope>,
    ) -> Self {
        let Question { action, principal_name, principal, resource, .. } = question;
        let question = match *resource {
            "*" => format!("{action} by {principal_name}"),
            resource => format!("{action} on {resource} by {principal_name}"),
        };
        let is_open = answer.decision == Decision::ImplicitDeny;
        let places = is_open.then(places).filter(|places| !places.contains(scope));
        let nothing_stored = places.map(|places| nothing_stored(scope, &places));
        Self { answer, question, nothing_stored, needs_identity_policy: principal.is_aws() }
    }
}

/// How many places a text lists at most.
const NAMED: usize = 5;

fn nothing_stored(scope: &Scope, places: &[Scope]) -> String {
    let named = join(places.iter().take(NAMED));
    let elsewhere = match places.len() {
        0 => String::new(),
        1..=NAMED => format!(", but in {named}"),
        count => format!(", but in {named} and {} more", count - NAMED),
    };
    format!("there is no resource policy in {scope}{elsewhere}")
}

fn join(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// A statement that decided an evaluation.
#[pyclass(frozen, eq, hash, module = "fake_xray")]
#[derive(PartialEq, Eq, Hash)]
pub(super) struct MatchedStatement(StatementOf);

#[pymethods]
impl MatchedStatement {
    /// The name of the policy.
    #[getter]
    fn policy_name(&self) -> &str {
        &self.0.policy_name
    }

    /// The index of the statement in the policy, from 0.
    #[getter]
    fn statement_index(&self) -> usize {
        self.0.index
    }

    /// The statement's `Sid`, or None if it has no `Sid`.
    #[getter]
    fn sid(&self) -> Option<&str> {
        self.0.sid.as_deref()
    }

    fn __repr__(&self) -> String {
        format!("<MatchedStatement {}>", self.0)
    }
}

/// The checked arguments of `evaluate`.
pub(super) struct Question<'a> {
    pub(super) action: &'a str,
    pub(super) principal_name: &'a str,
    pub(super) principal: Principal<'a>,
    pub(super) resource: &'a str,
    pub(super) context: Context,
}

impl<'a> Question<'a> {
    /// # Errors
    /// `ValueError`, which names the argument and the value.
    pub(super) fn new(
        action: &'a Bound<'_, PyAny>,
        principal: &'a Bound<'_, PyAny>,
        context: Option<&Bound<'_, PyAny>>,
        resource: &'a Bound<'_, PyAny>,
        region_name: &str,
        now: i64,
    ) -> PyResult<Self> {
        let action = check(
            "action",
            action,
            "an action of the form 'service:Name', such as 'xray:PutTraceSegments'",
            is_action,
        )?;
        let resource = check("resource", resource, "'*' or an ARN", |text| text == "*" || text.starts_with("arn:"))?;
        let principal_name = string("principal", principal)?;
        let principal = Principal::parse(principal_name).map_err(|why| {
            PyValueError::new_err(format!(
                "principal must be a service such as 'sns.amazonaws.com', an account id, or the ARN of a user, a \
                     role or a session; {principal:?} is {why}"
            ))
        })?;
        let mut known = authorization::known_context(principal, region_name, now);
        if let Some(given) = context {
            add_to_context(&mut known, given)?;
        }
        Ok(Self { action, principal_name, principal, resource, context: known })
    }

    pub(super) fn request(&self) -> Request<'_> {
        Request { action: self.action, resource: self.resource, principal: self.principal, context: &self.context }
    }
}

fn is_action(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.split_once(':').is_some_and(|(vendor, name)| is_word(vendor) && is_word(name))
}

fn check<'a>(
    name: &str,
    given: &'a Bound<'_, PyAny>,
    wanted: &str,
    is_wanted: impl FnOnce(&str) -> bool,
) -> PyResult<&'a str> {
    let text = string(name, given)?;
    if is_wanted(text) { Ok(text) } else { Err(refusal(name, wanted, given)) }
}

fn string<'a>(name: &str, given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    given.cast::<PyString>().ok().and_then(|text| text.to_str().ok()).ok_or_else(|| refusal(name, "a str", given))
}

fn add_to_context(context: &mut Context, given: &Bound<'_, PyAny>) -> PyResult<()> {
    let Ok(given) = given.cast::<PyMapping>() else {
        return Err(refusal("context", "a mapping of condition keys to their values", given));
    };
    let mut keys = Context::new();
    for item in given.items()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let key = string("a key of context", &key)?;
        if keys.insert(key, true).is_some() {
            return Err(PyValueError::new_err(format!(
                "context has the key {key:?} twice in different case; keep one, because condition keys ignore case"
            )));
        }
        context.insert(key, context_value(key, &value)?);
    }
    Ok(())
}

fn context_value(key: &str, given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let items: Vec<Bound<'_, PyAny>> = if let Ok(list) = given.cast::<PyList>() {
        list.iter().collect()
    } else if let Ok(tuple) = given.cast::<PyTuple>() {
        tuple.iter().collect()
    } else {
        return single_value(key, given).map(Value::One);
    };
    items.iter().map(|item| single_value(key, item)).collect::<PyResult<_>>().map(Value::Many)
}

/// The text of a value, which is what conditions compare.
fn single_value(key: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = given.py();
    let name = format!("the context value of {key:?}");
    if let Ok(flag) = given.cast::<PyBool>() {
        return Ok(flag.is_true().to_string());
    }
    if given.is_instance_of::<PyString>() {
        return string(&name, given).map(str::to_owned);
    }
    // The method of the class itself, because an enum overrides it to show its name.
    if given.is_instance_of::<PyInt>() {
        let digits = py.get_type::<PyInt>().call_method1(intern!(py, "__repr__"), (given,));
        return digits
            .map_err(|_| {
                // Python limits the number of digits that it prints, so the value itself cannot be shown either.
                PyValueError::new_err(format!("{name} must be a number of fewer digits, or a str"))
            })?
            .extract();
    }
    if let Ok(number) = given.cast::<PyFloat>() {
        if !number.value().is_finite() {
            return Err(refusal(&name, "a finite number", given));
        }
        return py.get_type::<PyFloat>().call_method1(intern!(py, "__repr__"), (given,))?.extract();
    }
    if given.is_instance_of::<PyDateTime>() {
        return moment(&name, given);
    }
    Err(refusal(&name, "a str, a number, a bool, an aware datetime or a list of them", given))
}

/// ISO 8601 in UTC with milliseconds.
fn moment(name: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = given.py();
    if given.call_method0(intern!(py, "utcoffset"))?.is_none() {
        return Err(refusal(name, "a datetime with a time zone", given));
    }
    let utc = given
        .call_method1(intern!(py, "astimezone"), (PyTzInfo::utc(py)?,))
        .map_err(|_| refusal(name, "a datetime within the years 1 to 9999 of UTC", given))?;
    let options = PyDict::new(py);
    options.set_item(intern!(py, "timespec"), intern!(py, "milliseconds"))?;
    let text: String = utc.call_method(intern!(py, "isoformat"), (), Some(&options))?.extract()?;
    Ok(text.replace("+00:00", "Z"))
}
