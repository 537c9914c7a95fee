//! The grammar of resource-based policies. It checks a JSON tree and creates a typed policy from it.
//!
//! Source: IAM User Guide, "Grammar of the IAM JSON policy language" and the element reference.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::arn;
use super::condition::{Condition, Operator};
use super::context::compare_keys;
use super::document::{Effect, Element, Policy, Statement, Strings, Version};
use super::json::{Json, Text};
use super::malformed::Malformed;
use super::principal::{AwsPrincipal, Named, Principals, is_service, is_unique_id};
use super::text::{closest, quoted};
use super::variable;

const POLICY_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS: [&str; 9] =
    ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
const PRINCIPAL_TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

type Members<'a> = [(Text<'a>, Json<'a>)];

impl<'a> Policy<'a> {
    /// Checks a JSON tree against the grammar and creates the policy.
    ///
    /// # Errors
    /// [`Malformed`], which is the first problem that is found.
    pub fn from_json(json: &'a Json<'a>) -> Result<Self, Malformed> {
        let (mut version, mut id, mut statement) = (None, None, None);
        for (name, value) in members(json)? {
            let element = match &**name {
                "Version" => &mut version,
                "Id" => &mut id,
                "Statement" => &mut statement,
                _ => return Err(unknown(name, &POLICY_ELEMENTS)),
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
    let text = string(json)?;
    Version::parse(text)
        .ok_or_else(|| Malformed::here(format!("{} is neither '2012-10-17' nor '2008-10-17'", quoted(text))))
}

fn statements<'a>(json: &'a Json<'a>, version: Version) -> Result<Vec<Statement<'a>>, Malformed> {
    let items = match json {
        Json::Array(items) => items,
        Json::Object(_) => return Ok(vec![statement(json, version)?]),
        _ => return Err(Malformed::expected("an object or an array of objects", json)),
    };
    if items.is_empty() {
        return Err(empty_array());
    }
    let statements = read_items(items, |json| statement(json, version))?;
    check_sids(&statements)?;
    Ok(statements)
}

/// Checks that no `Sid` is repeated. Only an empty `Sid` may be repeated (recorded). Terraform writes an empty `Sid`
/// into every statement without an id.
fn check_sids<'a>(statements: &[Statement<'a>]) -> Result<(), Malformed> {
    let sid_at = |(index, statement): (usize, &Statement<'a>)| Some((statement.sid?, index));
    let sids = statements.iter().enumerate().filter_map(sid_at).filter(|(sid, _)| !sid.is_empty());
    match repeated(sids, |(sid, _), (other, _)| sid.cmp(other)) {
        Some((sid, index)) => Err(Malformed::here(format!("the statement id {} is repeated", quoted(sid)))
            .within("Sid")
            .within_item(index)),
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
            _ => return Err(unknown(name, &STATEMENT_ELEMENTS)),
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
        text => Err(Malformed::here(format!("{} is neither 'Allow' nor 'Deny'", quoted(text)))),
    }
}

fn principals<'a>(json: &'a Json<'a>) -> Result<Principals<'a>, Malformed> {
    if let Some(text) = json.as_str() {
        return if text == "*" {
            Ok(Principals::Everyone)
        } else {
            let kind = if is_service(text) { "Service" } else { "AWS" };
            let object = format!("{{\"{kind}\": ...}}");
            Err(Malformed::here(format!("{} is neither '*' nor an object such as {object}", quoted(text))))
        };
    }
    let (mut aws, mut service, mut federated, mut canonical_user) = (None, None, None, None);
    for (name, value) in members(json)? {
        let element = match &**name {
            "AWS" => &mut aws,
            "Service" => &mut service,
            "Federated" => &mut federated,
            "CanonicalUser" => &mut canonical_user,
            _ => return Err(unknown(name, &PRINCIPAL_TYPES)),
        };
        fill(element, name, value)?;
    }
    if [aws, service, federated, canonical_user].iter().all(Option::is_none) {
        return Err(Malformed::here(format!(
            "the object is empty; expected at least one of {}",
            PRINCIPAL_TYPES.join(", ")
        )));
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
    AwsPrincipal::parse(text).map(drop).map_err(|why| {
        if is_service(text) {
            return Malformed::here(format!("{} is a service principal, which belongs under 'Service'", quoted(text)));
        }
        Malformed::here(format!("{} is {why}", quoted(text)))
    })
}

fn check_service(text: &str) -> Result<(), Malformed> {
    if is_service(text) {
        return Ok(());
    }
    Err(Malformed::here(format!("{} is not a service principal such as 'sns.amazonaws.com'", quoted(text))))
}

/// Checks an action as IAM does when it stores a policy (recorded): `*`, or a service, one colon and any name. The
/// service consists of letters, digits, `-` and `.`. The action does not have to exist. A name that no action has
/// matches nothing (assumed).
fn check_action(text: &str) -> Result<(), Malformed> {
    let in_service = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    let problem = match text.split_once(':') {
        None if text == "*" => return Ok(()),
        None => "is neither '*' nor an action of the form 'service:Name', such as 'xray:PutTraceSegments'",
        Some((_, name)) if name.contains(':') => "has more than one colon; an action has the form 'service:Name'",
        Some(("", _)) => "has no service before the colon; an action has the form 'service:Name'",
        Some((service, _)) if !service.bytes().all(in_service) => {
            "has an invalid service before the colon; a service consists of letters, digits, '-' and '.'"
        }
        Some(_) => return Ok(()),
    };
    Err(Malformed::here(format!("{} {problem}", quoted(text))))
}

/// Checks a resource: `*`, or an ARN, which may contain wildcards. Only the part of the ARN before the first variable is
/// checked.
fn check_resource(text: &str, version: Version) -> Result<(), Malformed> {
    if text == "*" {
        return Ok(());
    }
    let prefix = variable::literal_prefix(text, version).map_err(|problem| problem_of(text, problem))?;
    arn::check_resource(text, prefix).map_err(Malformed::here)
}

/// A problem of a text, such as `'x' is not a number`.
fn problem_of(text: &str, problem: &str) -> Malformed {
    Malformed::here(format!("{} {problem}", quoted(text)))
}

/// Reads a condition block. Operators and keys are case-insensitive, so the same one in another case is a repetition
/// (assumed). An unknown operator without keys is accepted and has no effect (recorded).
fn conditions<'a>(json: &'a Json<'a>, version: Version) -> Result<Vec<Condition<'a>>, Malformed> {
    let blocks = members(json)?;
    let mut operators = Vec::with_capacity(blocks.len());
    let mut unknown = Vec::new();
    let mut conditions = Vec::with_capacity(blocks.len());
    for (name, keys) in blocks {
        match (Operator::parse(name), keys) {
            (Some(operator), _) => {
                operators.push(operator);
                read(name, keys, |json| add_conditions(&mut conditions, operator, json, version))?;
            }
            (None, Json::Object([])) => unknown.push(&**name),
            (None, _) => return Err(unknown_operator(name)),
        }
    }
    let operator = repeated(operators, Ord::cmp).map(|operator| operator.to_string());
    match operator.or_else(|| repeated(unknown, Ord::cmp).map(str::to_owned)) {
        Some(operator) => Err(Malformed::here(format!("the condition operator {} is repeated", quoted(&operator)))),
        None => Ok(conditions),
    }
}

fn unknown_operator(name: &str) -> Malformed {
    let hint = match Operator::closest(name) {
        Some(operator) => format!("did you mean {}?", quoted(&operator)),
        None => "expected an operator of the IAM User Guide, such as 'StringEquals'".to_owned(),
    };
    Malformed::here(format!("unknown condition operator {}; {hint}", quoted(name)))
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
                let operand =
                    value.as_operand().ok_or_else(|| Malformed::expected("a string, number or boolean", value))?;
                operator.check_operand(&operand, version).map_err(|problem| problem_of(&operand, problem))
            })
        })?;
        conditions.push(Condition { operator, key, operands });
    }
    match repeated(members.iter().map(|(key, _)| &**key), |key, other| compare_keys(key, other)) {
        Some(key) => Err(Malformed::here(format!("the condition key {} is repeated", quoted(key)))),
        None => Ok(()),
    }
}

/// A string or a non-empty array of strings, each of which passes `check`.
fn strings<'a>(json: &'a Json<'a>, check: impl Fn(&str) -> Result<(), Malformed>) -> Result<Strings<'a>, Malformed> {
    let items = list(json, |item| check(string(item)?))?;
    if items.is_empty() {
        return Err(empty_array());
    }
    Ok(Strings(items))
}

/// The items of an array, or a single value as an array of one item. Each of them passes `check`.
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

/// Reads each item of an array. The index becomes a part of a problem's place.
fn read_items<'a, T>(
    items: &'a [Json<'a>],
    read: impl Fn(&'a Json<'a>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let mut values = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        values.push(read(item).map_err(|malformed| malformed.within_item(index))?);
    }
    Ok(values)
}

/// Reads the value of the member `name`. The name becomes a part of a problem's place.
fn read<'a, T>(
    name: &str,
    json: &'a Json<'a>,
    read: impl FnOnce(&'a Json<'a>) -> Result<T, Malformed>,
) -> Result<T, Malformed> {
    read(json).map_err(|malformed| malformed.within(name))
}

/// Reads an element that is present in its positive or its negated form. Exactly one of the two must be present.
fn either<'a, T>(
    (positive, listed): (&str, Option<&'a Json<'a>>),
    (negated, not_listed): (&str, Option<&'a Json<'a>>),
    value: impl FnOnce(&'a Json<'a>) -> Result<T, Malformed>,
) -> Result<Element<T>, Malformed> {
    match (listed, not_listed) {
        (Some(json), None) => read(positive, json, value).map(Element::Listed),
        (None, Some(json)) => read(negated, json, value).map(Element::NotListed),
        (None, None) => Err(missing(positive)),
        (Some(_), Some(_)) => Err(Malformed::here(format!("{positive} and {negated} are both present; keep one"))),
    }
}

fn members<'a>(json: &'a Json<'a>) -> Result<&'a Members<'a>, Malformed> {
    match json {
        Json::Object(members) => Ok(members),
        _ => Err(Malformed::expected("an object", json)),
    }
}

fn string<'a>(json: &'a Json<'a>) -> Result<&'a str, Malformed> {
    json.as_str().ok_or_else(|| Malformed::expected("a string", json))
}

/// Stores the value of an element that must not be repeated.
fn fill<'a>(element: &mut Option<&'a Json<'a>>, name: &str, value: &'a Json<'a>) -> Result<(), Malformed> {
    match element.replace(value) {
        Some(_) => Err(Malformed::here(format!("the element {} is repeated", quoted(name)))),
        None => Ok(()),
    }
}

fn required<T>(element: Option<T>, name: &str) -> Result<T, Malformed> {
    element.ok_or_else(|| missing(name))
}

fn missing(name: &str) -> Malformed {
    Malformed::here(format!("{name} is missing"))
}

fn empty_array() -> Malformed {
    Malformed::here("the array is empty; expected at least one item")
}

fn unknown(name: &str, known: &[&str]) -> Malformed {
    let hint = match closest(name, known.iter().copied()) {
        Some(name) => format!("did you mean {}?", quoted(name)),
        None => format!("expected one of {}", known.join(", ")),
    };
    Malformed::here(format!("unknown element {}; {hint}", quoted(name)))
}

/// Returns an item that occurs twice. Sorts the items, because comparing each with each would take time quadratic in the
/// length of a document.
fn repeated<T: Copy>(items: impl IntoIterator<Item = T>, compare: impl Fn(&T, &T) -> Ordering) -> Option<T> {
    let mut items = items.into_iter().peekable();
    let first = items.next()?;
    // Most objects have one member and need no sorting.
    items.peek()?;
    let mut sorted: Vec<T> = std::iter::once(first).chain(items).collect();
    sorted.sort_by(&compare);
    sorted.windows(2).find_map(|pair| match pair {
        [one, next] if compare(one, next).is_eq() => Some(*next),
        _ => None,
    })
}
