//! Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the literal characters.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags". Variables exist only in version 2012-10-17; in version
//! 2008-10-17 they are plain text.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::context::{Context, Value};
use super::document::Version;
use super::wildcard::Pattern;

/// What a variable's value depends on: the version of its policy and the context of the request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) version: Version,
    pub(super) context: &'a Context,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    /// Text without variables. Its wildcards are wildcards.
    Text(&'a str),
    /// `${*}`, `${?}` or `${$}`.
    Character(&'a str),
    Variable {
        key: &'a str,
        default: Option<&'a str>,
    },
}

/// Whether every `${` in `text` begins a variable.
///
/// # Errors
/// What is wrong with the first that does not, as a predicate of the text. Source: IAM Access Analyzer policy check
/// reference, the errors on variables (empty, missing brace, missing quote, space).
pub(super) fn check(mut text: &str) -> Result<(), &'static str> {
    while !text.is_empty() {
        (_, text) = split_part(text)?;
    }
    Ok(())
}

/// The part of `text` before its first variable.
///
/// # Errors
/// Like [`check`].
pub(super) fn written(text: &str, version: Version) -> Result<&str, &'static str> {
    if !is_in(text, version) {
        return Ok(text);
    }
    check(text)?;
    Ok(text.split_once("${").map_or(text, |(written, _)| written))
}

/// Whether `text` contains a variable in that version.
pub(super) fn is_in(text: &str, version: Version) -> bool {
    // Most texts have no `$`, and searching for one character is several times as fast.
    version.has_variables() && text.contains('$') && text.contains("${")
}

/// The text with its variables replaced, or `None` if one of them has no value.
pub(super) fn resolve<'a>(text: &'a str, scope: Scope<'a>) -> Option<Cow<'a, str>> {
    if !is_in(text, scope.version) {
        return Some(Cow::Borrowed(text));
    }
    let mut resolved = String::new();
    for_each_part(text, scope, |part, _| resolved.push_str(part))?;
    Some(Cow::Owned(resolved))
}

/// The pattern of `text`: wildcards in the text itself are wildcards, those in the value of a variable are literal
/// (assumed). `None` if a variable has no value.
pub(super) fn resolve_pattern(text: &str, scope: Scope<'_>) -> Option<Pattern> {
    if !is_in(text, scope.version) {
        return Some(Pattern::new(text));
    }
    let mut pattern = Pattern::default();
    for_each_part(
        text,
        scope,
        |part, literal| {
            if literal { pattern.push_literal(part) } else { pattern.push_pattern(part) }
        },
    )?;
    Some(pattern)
}

/// Calls `push` with each part's text and whether it is literal.
fn for_each_part<'a>(mut text: &'a str, scope: Scope<'a>, mut push: impl FnMut(&'a str, bool)) -> Option<()> {
    while !text.is_empty() {
        let (part, rest) = split_part(text).ok()?;
        match part {
            Part::Text(part) => push(part, false),
            Part::Character(character) => push(character, true),
            Part::Variable { key, default } => push(value_of(key, default, scope.context)?, true),
        }
        text = rest;
    }
    Some(())
}

/// A variable of a multivalued key has no value, not even its default (recorded).
fn value_of<'a>(key: &str, default: Option<&'a str>, context: &'a Context) -> Option<&'a str> {
    match context.get(key) {
        Some(Value::One(value)) => Some(value),
        Some(Value::Many(_)) => None,
        None => default,
    }
}

/// The first part of a text, and the rest.
fn split_part(text: &str) -> Result<(Part<'_>, &str), &'static str> {
    let Some(inside) = text.strip_prefix("${") else {
        let (part, rest) = text.split_at(text.find("${").unwrap_or(text.len()));
        return Ok((Part::Text(part), rest));
    };
    for character in ["*", "?", "$"] {
        if let Some(rest) = inside.strip_prefix(character).and_then(|rest| rest.strip_prefix('}')) {
            return Ok((Part::Character(character), rest));
        }
    }
    let end = inside.find(['}', ',']).ok_or("has a policy variable without a closing brace")?;
    let (key, rest) = inside.split_at(end);
    check_key(key)?;
    if let Some(rest) = rest.strip_prefix('}') {
        return Ok((Part::Variable { key, default: None }, rest));
    }
    let (default, rest) = split_default(rest)
        .ok_or("has a policy variable whose default is not in single quotes before the closing brace")?;
    Ok((Part::Variable { key, default: Some(default) }, rest))
}

fn check_key(key: &str) -> Result<(), &'static str> {
    if key.is_empty() {
        return Err("has an empty policy variable");
    }
    if key.contains(|character: char| character.is_whitespace() || "${'\"".contains(character)) {
        return Err("has a policy variable that is not a condition key");
    }
    Ok(())
}

/// Reads `, 'default'}`.
fn split_default(text: &str) -> Option<(&str, &str)> {
    let quoted = text.strip_prefix(',')?.trim_start_matches(' ').strip_prefix('\'')?;
    let (default, rest) = quoted.split_once('\'')?;
    Some((default, rest.trim_start_matches(' ').strip_prefix('}')?))
}
