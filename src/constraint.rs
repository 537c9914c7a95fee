//! The constraints that the API model puts on strings, and the words in which AWS refuses what breaks them.

use crate::fault::{Code, Fault};

/// What the model says of one string member. Its least length is always 1 where a front has not already refused an empty
/// text.
#[derive(Clone, Copy)]
pub(crate) struct Constraint {
    /// The member's name as the service's messages spell it.
    pub(crate) member: &'static str,
    /// The most characters; assumed: UTF-16 units, Java's.
    pub(crate) longest: usize,
    pub(crate) pattern: Option<Pattern>,
}

/// A pattern of the model, and the predicate that decides it.
#[derive(Clone, Copy)]
pub(crate) struct Pattern {
    pub(crate) text: &'static str,
    pub(crate) matches: fn(&str) -> bool,
}

/// Checks values against their constraints. All that is wrong goes into one message, in the order of the values;
/// assumed: for one value its length before its pattern.
pub(crate) fn check(values: &[(Constraint, &str)]) -> Result<(), Fault> {
    if values.iter().all(|(constraint, value)| constraint.surely_admits(value)) {
        return Ok(());
    }
    refuse_any(&values.iter().flat_map(|(constraint, value)| constraint.broken_by(value)).collect::<Vec<_>>())
}

/// The values of members that must be there. Assumed: others are not looked at before that.
pub(crate) fn present<'a, const N: usize>(members: [(&str, Option<&'a str>); N]) -> Result<[&'a str; N], Fault> {
    let missing = members.iter().filter(|(_, value)| value.is_none());
    let refusals: Vec<_> = missing.map(|(member, _)| refusal("null", member, "Member must not be null")).collect();
    refuse_any(&refusals)?;
    Ok(members.map(|(_, value)| value.unwrap_or_default()))
}

fn refuse_any(refusals: &[String]) -> Result<(), Fault> {
    let errors = match refusals.len() {
        0 => return Ok(()),
        1 => "1 validation error".to_owned(),
        count => format!("{count} validation errors"),
    };
    Err(Fault::new(Code::ValidationException, format!("{errors} detected: {}", refusals.join("; "))))
}

fn refusal(value: &str, member: &str, demand: &str) -> String {
    format!("Value {value} at '{member}' failed to satisfy constraint: {demand}")
}

impl Constraint {
    /// Tells quickly of most values that they break nothing. A text has no more UTF-16 units than bytes.
    fn surely_admits(&self, value: &str) -> bool {
        (1..=self.longest).contains(&value.len()) && self.pattern.is_none_or(|pattern| (pattern.matches)(value))
    }

    fn broken_by(&self, value: &str) -> Vec<String> {
        let mut demands = Vec::new();
        if value.is_empty() {
            demands.push("Member must have length greater than or equal to 1".to_owned());
        }
        if value.encode_utf16().count() > self.longest {
            demands.push(format!("Member must have length less than or equal to {}", self.longest));
        }
        match self.pattern {
            Some(pattern) if !(pattern.matches)(value) => {
                demands.push(format!("Member must satisfy regular expression pattern: {}", pattern.text));
            }
            _ => {}
        }
        demands.iter().map(|demand| refusal(&format!("'{value}'"), self.member, demand)).collect()
    }
}
