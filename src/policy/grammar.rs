//! From a JSON tree to a typed policy: the grammar of resource-based policies.
//!
//! Source: IAM User Guide, "Grammar of the IAM JSON policy language" and the element reference.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::arn::Arn;
use super::condition::{Condition, Operator};
use super::context::compare_keys;
use super::document::{Effect, Element, Policy, Statement, Strings, Version};
use super::json::{Json, Text};
use super::malformed::Malformed;
use super::principal::{AwsPrincipal, Named, Principals, is_service, is_unique_id};
use super::variable;

const STATEMENT_ELEMENTS: &str =
    "Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition";

type Members<'a> = [(Text<'a>, Json<'a>)];

impl<'a> Policy<'a> {
    /// Checks a JSON tree against the whole grammar.
    ///
    /// # Errors
    /// [`Malformed`] with the path of the first fault that is met.
    pub fn from_json(json: &'a Json<'a>) -> Result<Self, Malformed> {
        let (mut version, mut id, mut statement) = (None, None, None);
        for (name, value) in members(json)? {
            let element = match &**name {
                "Version" => &mut version,
                "Id" => &mut id,
                "Statement" => &mut statement,
                _ => return Err(unknown(name, "Version, Id, Statement")),
            };
            fill(element, name, value)?;
        }
        let version = version.map_or(Ok(Version::V2008), |json| read("Version", json, read_version))?;
        let id = id.map(|json| read("Id", json, string)).transpose()?;
        let statements = read("Statement", required(statement, "Statement")?, |json| statements(json, version))?;
        Ok(Self { version, id, statements })
    }
}

fn read_version(json: &Json) -> Result<Version, Malformed> {
    Version::parse(string(json)?).ok_or_else(|| Malformed::here("neither 2012-10-17 nor 2008-10-17"))
}

fn statements<'a>(json: &'a Json<'a>, version: Version) -> Result<Vec<Statement<'a>>, Malformed> {
    let items = match json {
        Json::Array(items) => items,
        Json::Object(_) => return Ok(vec![statement(json, version)?]),
        _ => return Err(Malformed::here("neither an object nor a list of objects")),
    };
    if items.is_empty() {
        return Err(Malformed::here("an empty list"));
    }
    let statements = each(items, |json| statement(json, version))?;
    check_sids(&statements)?;
    Ok(statements)
}

/// An empty `Sid` counts as none: Terraform writes one into every statement that was given no id.
fn check_sids<'a>(statements: &[Statement<'a>]) -> Result<(), Malformed> {
    let sid_at = |(index, statement): (usize, &Statement<'a>)| Some((statement.sid?, index));
    let sids = statements.iter().enumerate().filter_map(sid_at).filter(|(sid, _)| !sid.is_empty());
    match repeated(sids, |(sid, _), (other, _)| sid.cmp(other)) {
        Some((sid, index)) => {
            Err(Malformed::here(format!("repeated statement id {sid}")).within("Sid").within_item(index))
        }
        None => Ok(()),
    }
}

fn statement<'a>(json: &'a Json<'a>, version: Version) -> Result<Statement<'a>, Malformed> {
    let (mut sid, mut effect, mut condition) = (None, None, None);
    let (mut principal, mut not_principal) = (None, None);
    let (mut action, mut not_action) = (None, None);
    let (mut resource, mut not_resource) = (None, None);
    for (name, value) in members(json)? {
        let element = match &**name {
            "Sid" => &mut sid,
            "Effect" => &mut effect,
            "Principal" => &mut principal,
            "NotPrincipal" => &mut not_principal,
            "Action" => &mut action,
            "NotAction" => &mut not_action,
            "Resource" => &mut resource,
            "NotResource" => &mut not_resource,
            "Condition" => &mut condition,
            _ => return Err(unknown(name, STATEMENT_ELEMENTS)),
        };
        fill(element, name, value)?;
    }
    Ok(Statement {
        sid: sid.map(|json| read("Sid", json, string)).transpose()?,
        effect: read("Effect", required(effect, "Effect")?, read_effect)?,
        principals: either(("Principal", principal), ("NotPrincipal", not_principal), principals)?,
        actions: either(("Action", action), ("NotAction", not_action), |json| strings(json, check_action))?,
        resources: either(("Resource", resource), ("NotResource", not_resource), |json| {
            strings(json, |text| check_resource(text, version))
        })?,
        conditions: condition
            .map_or(Ok(Vec::new()), |json| read("Condition", json, |json| conditions(json, version)))?,
    })
}

fn read_effect(json: &Json) -> Result<Effect, Malformed> {
    match string(json)? {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        _ => Err(Malformed::here("neither Allow nor Deny")),
    }
}

fn principals<'a>(json: &'a Json<'a>) -> Result<Principals<'a>, Malformed> {
    if let Some(text) = json.as_str() {
        return if text == "*" { Ok(Principals::Everyone) } else { Err(Malformed::here("neither * nor an object")) };
    }
    let (mut aws, mut service, mut federated, mut canonical_user) = (None, None, None, None);
    for (name, value) in members(json)? {
        let element = match &**name {
            "AWS" => &mut aws,
            "Service" => &mut service,
            "Federated" => &mut federated,
            "CanonicalUser" => &mut canonical_user,
            _ => return Err(unknown(name, "AWS, Service, Federated, CanonicalUser")),
        };
        fill(element, name, value)?;
    }
    if [aws, service, federated, canonical_user].iter().all(Option::is_none) {
        return Err(Malformed::here("an empty object"));
    }
    let of_type = |name, json: Option<&'a Json<'a>>, check: fn(&str) -> Result<(), Malformed>| {
        json.map_or(Ok(Strings::default()), |json| read(name, json, |json| strings(json, check)))
    };
    Ok(Principals::Named(Named {
        aws: of_type("AWS", aws, check_aws_principal)?,
        service: of_type("Service", service, check_service)?,
        federated: of_type("Federated", federated, |_| Ok(()))?,
        canonical_user: of_type("CanonicalUser", canonical_user, |_| Ok(()))?,
    }))
}

fn check_aws_principal(text: &str) -> Result<(), Malformed> {
    if text == "*" || is_unique_id(text) {
        return Ok(());
    }
    AwsPrincipal::parse(text).map(drop).map_err(|bad| {
        if is_service(text) {
            return Malformed::here("a service principal, which stands under Service");
        }
        Malformed::here(bad.to_string())
    })
}

fn check_service(text: &str) -> Result<(), Malformed> {
    check(is_service(text), "not a service principal such as sns.amazonaws.com")
}

/// `*`, or `vendor:name` with wildcards in the name. Whether the vendor has such an action is not asked.
fn check_action(text: &str) -> Result<(), Malformed> {
    let in_vendor = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let in_name = |byte: &u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'?' | b'-' | b'_');
    let mut parts = text.as_bytes().splitn(2, |byte| *byte == b':');
    let is_action = match (parts.next(), parts.next()) {
        (Some(vendor), Some(name)) => {
            !vendor.is_empty() && vendor.iter().all(in_vendor) && !name.is_empty() && name.iter().all(in_name)
        }
        _ => false,
    };
    check(text == "*" || is_action, "neither * nor an action such as xray:PutTraceSegments")
}

/// `*`, or an ARN with wildcards. Where variables stand, only the request can tell whether it is an ARN.
fn check_resource(text: &str, version: Version) -> Result<(), Malformed> {
    if variable::is_in(text, version) {
        return variable::check(text).map_err(Malformed::here);
    }
    check(text == "*" || Arn::parse(text).is_some(), "neither * nor an ARN")
}

/// Operators and keys are case-insensitive, so two spellings of one are a repetition (assumed).
fn conditions<'a>(json: &'a Json<'a>, version: Version) -> Result<Vec<Condition<'a>>, Malformed> {
    let blocks = members(json)?;
    let mut operators = Vec::with_capacity(blocks.len());
    let mut conditions = Vec::with_capacity(blocks.len());
    for (name, keys) in blocks {
        let operator =
            Operator::parse(name).ok_or_else(|| Malformed::here(format!("unknown condition operator {}", &**name)))?;
        operators.push(operator);
        read(name, keys, |json| add_conditions(&mut conditions, operator, json, version))?;
    }
    match repeated(operators, Ord::cmp) {
        Some(operator) => Err(Malformed::here(format!("repeated condition operator {operator}"))),
        None => Ok(conditions),
    }
}

fn add_conditions<'a>(
    conditions: &mut Vec<Condition<'a>>,
    operator: Operator,
    json: &'a Json<'a>,
    version: Version,
) -> Result<(), Malformed> {
    let members = members(json)?;
    for (key, values) in members {
        let operands = read(key, values, |json| {
            list(json, |value| {
                let operand = value.as_operand().ok_or_else(|| Malformed::here("not a string, number or boolean"))?;
                operator.check_operand(&operand, version).map_err(Malformed::here)
            })
        })?;
        conditions.push(Condition { operator, key, operands });
    }
    match repeated(members.iter().map(|(key, _)| &**key), |key, other| compare_keys(key, other)) {
        Some(key) => Err(Malformed::here(format!("repeated condition key {key}"))),
        None => Ok(()),
    }
}

/// A string or a non-empty list of strings, each of which passes `check`.
fn strings<'a>(json: &'a Json<'a>, check: impl Fn(&str) -> Result<(), Malformed>) -> Result<Strings<'a>, Malformed> {
    let items = list(json, |item| check(string(item)?))?;
    if items.is_empty() {
        return Err(Malformed::here("an empty list"));
    }
    Ok(Strings(items))
}

/// The items of a list, or a single value as a list of one, each of which passes `check`.
fn list<'a>(json: &'a Json<'a>, check: impl Fn(&Json) -> Result<(), Malformed>) -> Result<&'a [Json<'a>], Malformed> {
    let Json::Array(items) = json else {
        check(json)?;
        return Ok(std::slice::from_ref(json));
    };
    for (index, item) in items.iter().enumerate() {
        check(item).map_err(|malformed| malformed.within_item(index))?;
    }
    Ok(items)
}

fn each<'a, T>(
    items: &'a [Json<'a>],
    read: impl Fn(&'a Json<'a>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let mut values = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        values.push(read(item).map_err(|malformed| malformed.within_item(index))?);
    }
    Ok(values)
}

/// Reads the value of the member `name`, which goes into the path of a fault.
fn read<'a, T>(
    name: &str,
    json: &'a Json<'a>,
    read: impl FnOnce(&'a Json<'a>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    read(json).map_err(|malformed| malformed.within(name))
}

/// Reads the one of two elements that is there.
fn either<'a, T>(
    (positive, listed): (&str, Option<&'a Json<'a>>),
    (negated, not_listed): (&str, Option<&'a Json<'a>>),
    value: impl FnOnce(&'a Json<'a>) -> Result<T, Malformed>,
) -> Result<Element<T>, Malformed> {
    match (listed, not_listed) {
        (Some(json), None) => read(positive, json, value).map(Element::Listed),
        (None, Some(json)) => read(negated, json, value).map(Element::NotListed),
        (None, None) => Err(missing(positive)),
        (Some(_), Some(_)) => Err(Malformed::here(format!("both {positive} and {negated}"))),
    }
}

fn members<'a>(json: &'a Json<'a>) -> Result<&'a Members<'a>, Malformed> {
    match json {
        Json::Object(members) => Ok(members),
        _ => Err(Malformed::here("not an object")),
    }
}

fn string<'a>(json: &'a Json<'a>) -> Result<&'a str, Malformed> {
    json.as_str().ok_or_else(|| Malformed::here("not a string"))
}

fn fill<'a>(element: &mut Option<&'a Json<'a>>, name: &str, value: &'a Json<'a>) -> Result<(), Malformed> {
    match element.replace(value) {
        Some(_) => Err(Malformed::here(format!("repeated element {name}"))),
        None => Ok(()),
    }
}

fn required<T>(element: Option<T>, name: &str) -> Result<T, Malformed> {
    element.ok_or_else(|| missing(name))
}

fn missing(name: &str) -> Malformed {
    Malformed::here(format!("{name} is missing"))
}

fn unknown(name: &str, known: &str) -> Malformed {
    Malformed::here(format!("unknown element {name}, none of {known}"))
}

fn check(is_so: bool, problem: &str) -> Result<(), Malformed> {
    if is_so { Ok(()) } else { Err(Malformed::here(problem)) }
}

/// An item that comes twice. Sorts, so that no document takes time quadratic in its length.
fn repeated<T: Copy>(items: impl IntoIterator<Item = T>, compare: impl Fn(&T, &T) -> Ordering) -> Option<T> {
    let mut items = items.into_iter().peekable();
    let first = items.next()?;
    // Most objects have one member: they need no list.
    items.peek()?;
    let mut sorted: Vec<T> = std::iter::once(first).chain(items).collect();
    sorted.sort_by(&compare);
    sorted.windows(2).find_map(|pair| match pair {
        [one, next] if compare(one, next).is_eq() => Some(*next),
        _ => None,
    })
}
