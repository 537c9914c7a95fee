//! The arguments and the result of `FakeXRay.evaluate`.

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyTzInfo};

use super::parameters::invalid;
use crate::authorization::{self, StoredStatement};
use crate::operation::Scope;
use crate::policy::{Context, Decision, Principal, Request, Value};

/// The result of `FakeXRay.evaluate`. In a boolean context it is True if the stored resource policies allow the request.
///
/// Its `repr` explains the decision, so a failing `assert` on an evaluation shows why.
///
/// Examples
/// --------
/// >>> from fake_xray import FakeXRay
/// >>> evaluation = FakeXRay().evaluate("xray:GetGroups", principal="sns.amazonaws.com")
/// >>> bool(evaluation)
/// False
/// >>> evaluation
/// <Evaluation implicitDeny: xray:GetGroups by sns.amazonaws.com;
/// no statement allows it: there is no resource policy in 123456789012 us-east-1>
#[pyclass(frozen, module = "fake_xray")]
pub(super) struct Evaluation {
    result: authorization::Evaluation,
    /// The action, the resource and the principal.
    request: String,
    /// The explanation if the account and Region have no policies.
    nothing_stored: Option<String>,
    needs_identity_policy: bool,
}

#[pymethods]
impl Evaluation {
    /// The decision: "allowed", "explicitDeny" or "implicitDeny", the words of IAM's policy simulator.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> FakeXRay().evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").decision
    /// 'implicitDeny'
    #[getter]
    fn decision(&self) -> &'static str {
        self.result.decision.as_str()
    }

    /// The statements that led to the decision, as a tuple of `MatchedStatement` objects.
    ///
    /// If the decision is "explicitDeny", these are all matching Deny statements. If it is "allowed", these are all matching
    /// Allow statements. If it is "implicitDeny", the tuple is empty.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> FakeXRay().evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched
    /// ()
    #[getter]
    fn matched<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.result.matched.iter().cloned().map(MatchedStatement))
    }

    /// Whether an identity-based policy of the principal must allow the action too.
    ///
    /// This is True for every principal of an AWS account: recorded calls of AWS show that an Allow in a resource policy of
    /// X-Ray is not enough. It is False for a service, which has no identity-based policies.
    ///
    /// Examples
    /// --------
    /// >>> from fake_xray import FakeXRay
    /// >>> FakeXRay().evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").needs_identity_policy
    /// False
    #[getter]
    fn needs_identity_policy(&self) -> bool {
        self.needs_identity_policy
    }

    fn __bool__(&self) -> bool {
        self.result.decision == Decision::Allowed
    }

    fn __repr__(&self) -> String {
        let authorization::Evaluation { decision, matched, unmatched } = &self.result;
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
            "; an identity-based policy of the principal must allow it too"
        } else {
            ""
        };
        format!("<Evaluation {}: {}; {why}{also}>", decision.as_str(), self.request)
    }
}

impl Evaluation {
    /// The result of an evaluation in an account and Region. `scopes` returns all accounts and Regions that have policies.
    pub(super) fn new(
        result: authorization::Evaluation,
        arguments: &Arguments<'_>,
        scope: &Scope,
        scopes: impl FnOnce() -> Vec<Scope>,
    ) -> Self {
        let Arguments { action, principal_name, principal, resource, .. } = arguments;
        let request = match *resource {
            "*" => format!("{action} by {principal_name}"),
            resource => format!("{action} on {resource} by {principal_name}"),
        };
        let is_implicit_deny = result.decision == Decision::ImplicitDeny;
        let scopes = is_implicit_deny.then(scopes).filter(|scopes| !scopes.contains(scope));
        let nothing_stored = scopes.map(|scopes| nothing_stored(scope, &scopes));
        Self { result, request, nothing_stored, needs_identity_policy: principal.is_aws() }
    }
}

/// The maximum number of accounts and Regions that the explanation lists.
const MAX_LISTED: usize = 5;

fn nothing_stored(scope: &Scope, scopes: &[Scope]) -> String {
    let named = join(scopes.iter().take(MAX_LISTED));
    let elsewhere = match scopes.len() {
        0 => String::new(),
        1..=MAX_LISTED => format!(", but there are policies in {named}"),
        count => format!(", but there are policies in {named} and {} more", count - MAX_LISTED),
    };
    format!("there is no resource policy in {scope}{elsewhere}")
}

fn join(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// A statement that led to the decision of an evaluation. `Evaluation.matched` contains these objects.
///
/// Examples
/// --------
/// >>> import json
/// >>> from fake_xray import FakeXRay
/// >>> fake = FakeXRay()
/// >>> statement = {
/// ...     "Sid": "SNSAccess",
/// ...     "Effect": "Allow",
/// ...     "Principal": {"Service": "sns.amazonaws.com"},
/// ...     "Action": "xray:PutTraceSegments",
/// ...     "Resource": "*",
/// ... }
/// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
/// >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
/// >>> (matched,) = fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched
/// >>> matched.policy_name, matched.statement_index, matched.sid
/// ('sns', 0, 'SNSAccess')
#[pyclass(frozen, eq, hash, module = "fake_xray")]
#[derive(PartialEq, Eq, Hash)]
pub(super) struct MatchedStatement(StoredStatement);

#[pymethods]
impl MatchedStatement {
    /// The name of the policy that has the statement.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> statement = {"Sid": "SNSAccess", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
    /// ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
    /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    /// >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    /// >>> fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched[0].policy_name
    /// 'sns'
    #[getter]
    fn policy_name(&self) -> &str {
        &self.0.policy_name
    }

    /// The index of the statement in the policy. The first statement has index 0.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> statement = {"Sid": "SNSAccess", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
    /// ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
    /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    /// >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    /// >>> fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched[0].statement_index
    /// 0
    #[getter]
    fn statement_index(&self) -> usize {
        self.0.index
    }

    /// The `Sid` of the statement, or None if it has no `Sid`.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> from fake_xray import FakeXRay
    /// >>> fake = FakeXRay()
    /// >>> statement = {"Sid": "SNSAccess", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
    /// ...              "Action": "xray:PutTraceSegments", "Resource": "*"}
    /// >>> document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    /// >>> response = fake.client().put_resource_policy(PolicyName="sns", PolicyDocument=document)
    /// >>> fake.evaluate("xray:PutTraceSegments", principal="sns.amazonaws.com").matched[0].sid
    /// 'SNSAccess'
    #[getter]
    fn sid(&self) -> Option<&str> {
        self.0.sid.as_deref()
    }

    fn __repr__(&self) -> String {
        format!("<MatchedStatement {}>", self.0)
    }
}

/// The checked arguments of `evaluate`.
pub(super) struct Arguments<'a> {
    pub(super) action: &'a str,
    pub(super) principal_name: &'a str,
    pub(super) principal: Principal<'a>,
    pub(super) resource: &'a str,
    pub(super) context: Context,
}

impl<'a> Arguments<'a> {
    /// Checks the arguments.
    ///
    /// # Errors
    /// Raises a `ValueError` that names the invalid argument and its value.
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
        let principal = Principal::parse(principal_name)
            .map_err(|why| PyValueError::new_err(format!("principal is invalid: {principal:?} is {why}")))?;
        let mut all = authorization::default_context(principal, region_name, now);
        if let Some(given) = context {
            add_to_context(&mut all, given)?;
        }
        Ok(Self { action, principal_name, principal, resource, context: all })
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
    if is_wanted(text) { Ok(text) } else { Err(invalid(name, wanted, given)) }
}

fn string<'a>(name: &str, given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    given.cast::<PyString>().ok().and_then(|text| text.to_str().ok()).ok_or_else(|| invalid(name, "a str", given))
}

fn add_to_context(context: &mut Context, given: &Bound<'_, PyAny>) -> PyResult<()> {
    let Ok(given) = given.cast::<PyMapping>() else {
        return Err(invalid("context", "a mapping of condition keys to their values", given));
    };
    let mut keys = Context::new();
    for item in given.items()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let key = string("a key of context", &key)?;
        if keys.insert(key, true).is_some() {
            return Err(PyValueError::new_err(format!(
                "context has the key {key:?} twice, in different letter case; keep one, because condition keys are not \
                 case-sensitive"
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

/// Returns a value as text, because conditions compare texts.
fn single_value(key: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = given.py();
    let name = format!("the context value of {key:?}");
    if let Ok(flag) = given.cast::<PyBool>() {
        return Ok(flag.is_true().to_string());
    }
    if given.is_instance_of::<PyString>() {
        return string(&name, given).map(str::to_owned);
    }
    // Call `int.__repr__` directly, because subclasses such as enums override the method.
    if given.is_instance_of::<PyInt>() {
        let digits = py.get_type::<PyInt>().call_method1(intern!(py, "__repr__"), (given,));
        return digits
            .map_err(|_| {
                // Python limits the number of digits that it prints, so the message cannot show the value.
                PyValueError::new_err(format!(
                    "{name} is a number with too many digits; pass a shorter number or a str"
                ))
            })?
            .extract();
    }
    if let Ok(number) = given.cast::<PyFloat>() {
        if !number.value().is_finite() {
            return Err(invalid(&name, "a finite number", given));
        }
        return py.get_type::<PyFloat>().call_method1(intern!(py, "__repr__"), (given,))?.extract();
    }
    if given.is_instance_of::<PyDateTime>() {
        return moment(&name, given);
    }
    Err(invalid(&name, "a str, a number, a bool, an aware datetime or a list of them", given))
}

/// Returns a datetime in UTC as ISO 8601 with milliseconds.
fn moment(name: &str, given: &Bound<'_, PyAny>) -> PyResult<String> {
    let py = given.py();
    if given.call_method0(intern!(py, "utcoffset"))?.is_none() {
        return Err(invalid(name, "a datetime with a time zone", given));
    }
    let utc = given
        .call_method1(intern!(py, "astimezone"), (PyTzInfo::utc(py)?,))
        .map_err(|_| invalid(name, "a datetime within the years 1 to 9999 of UTC", given))?;
    let options = PyDict::new(py);
    options.set_item(intern!(py, "timespec"), intern!(py, "milliseconds"))?;
    let text: String = utc.call_method(intern!(py, "isoformat"), (), Some(&options))?.extract()?;
    Ok(text.replace("+00:00", "Z"))
}
