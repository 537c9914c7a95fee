//! Tests of the whole module, and helpers for the tests of its parts.
//!
//! The comments of these tests name the evidence for a rule. "Recorded" means that the real service responded or decided
//! this way at that time. "Assumed" means that there is neither a recording nor documentation.

mod documents;
mod properties;

use super::{Arena, Context, Decision, Json, Policy, Principal, Request, evaluate};

/// The reason why a document is malformed, as it is displayed, or `None` if the document is valid.
pub(super) fn problem_in(document: &str) -> Option<String> {
    let arena = Arena::new();
    let json = match Json::parse(document, &arena) {
        Ok(json) => json,
        Err(malformed) => return Some(malformed.to_string()),
    };
    Policy::from_json(&json).err().map(|malformed| malformed.to_string())
}

/// The decision of a document on the request of a principal for `action` on `resource`.
pub(super) fn decide(document: &str, principal: &str, action: &str, resource: &str, context: &Context) -> Decision {
    let arena = Arena::new();
    let json = Json::parse(document, &arena).unwrap();
    let policy = Policy::from_json(&json).unwrap();
    let principal = Principal::parse(principal).unwrap();
    evaluate(&[policy], &Request { action, resource, principal, context }).decision
}

/// A document with one statement. It allows every principal every action on every resource, unless `members` override that.
pub(super) fn document(members: &[(&str, &str)]) -> String {
    let mut all = vec![("Effect", r#""Allow""#), ("Principal", r#""*""#), ("Action", r#""*""#), ("Resource", r#""*""#)];
    for (name, value) in members {
        all.retain(|(present, _)| name.strip_prefix("Not").unwrap_or(name) != *present);
        all.push((name, value));
    }
    let members: Vec<_> = all.iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
    format!(r#"{{"Version":"2012-10-17","Statement":[{{{}}}]}}"#, members.join(","))
}

/// A context of single-valued keys.
pub(super) fn context(entries: &[(&str, &str)]) -> Context {
    let mut context = Context::new();
    for (key, value) in entries {
        context.insert(key, *value);
    }
    context
}

/// A context with one multivalued key.
pub(super) fn multivalued(key: &str, values: &[&str]) -> Context {
    let mut context = Context::new();
    context.insert(key, values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>());
    context
}
