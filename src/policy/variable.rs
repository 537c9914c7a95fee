//! Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the literal characters.
//!
//! Source: IAM User Guide, "IAM policy elements: Variables and tags". Variables exist only in version 2012-10-17. In
//! version 2008-10-17 they are plain text.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::context::{Context, Value};
use super::document::Version;
use super::wildcard::Pattern;

/// What the value of a variable depends on: the version of its policy and the context of the request.
#[derive(Debug, Clone, Copy)]
pub(super) struct VariableScope<'a> {
    pub(super) version: Version,
    pub(super) context: &'a Context,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    /// Text without variables. A `*` or `?` in it is a wildcard.
    Text(&'a str),
    /// `${*}`, `${?}` or `${$}`, which is that literal character.
    Character(&'a str),
    Variable {
        key: &'a str,
        default: Option<&'a str>,
    },
}

/// Checks that every `${` in `text` begins a valid variable.
///
/// # Errors
/// The problem of the first invalid variable, as a phrase that follows the text. Source: IAM Access Analyzer policy check
/// reference, the errors about variables (empty, missing brace, missing quote, space).
pub(super) fn check(mut text: &str) -> Result<(), &'static str> {
    while !text.is_empty() {
        (_, text) = split_part(text)?;
    }
    Ok(())
}

/// The part of `text` before its first variable.
///
/// # Errors
/// The same as [`check`].
pub(super) fn literal_prefix(text: &str, version: Version) -> Result<&str, &'static str> {
    if !is_in(text, version) {
        return Ok(text);
    }
    check(text)?;
    Ok(text.split_once("${").map_or(text, |(prefix, _)| prefix))
}

/// Whether `text` contains a variable in that version.
pub(super) fn is_in(text: &str, version: Version) -> bool {
    // Most texts have no `$`. Searching for one character is several times as fast as searching for two.
    version.has_variables() && text.contains('$') && text.contains("${")
}

/// The text with its variables replaced, or `None` if a variable has no value.
pub(super) fn resolve<'a>(text: &'a str, scope: VariableScope<'a>) -> Option<Cow<'a, str>> {
    if !is_in(text, scope.version) {
        return Some(Cow::Borrowed(text));
    }
    let mut resolved = String::new();
    for_each_part(text, scope, |part, _| resolved.push_str(part))?;
    Some(Cow::Owned(resolved))
}

/// The text as a pattern, with its variables replaced, or `None` if a variable has no value. A `*` or `?` in the text
/// itself is a wildcard. In the value of a variable it is a literal character (assumed).
pub(super) fn resolve_pattern(text: &str, scope: VariableScope<'_>) -> Option<Pattern> {
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

/// Calls `push` for each part, with its text and whether the text is literal. Returns `None` if a variable has no value.
fn for_each_part<'a>(mut text: &'a str, scope: VariableScope<'a>, mut push: impl FnMut(&'a str, bool)) -> Option<()> {
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

/// The value of a variable. A variable of a multivalued key has no value, and its default is not used either (recorded).
fn value_of<'a>(key: &str, default: Option<&'a str>, context: &'a Context) -> Option<&'a str> {
    match context.get(key) {
        Some(Value::One(value)) => Some(value),
        Some(Value::Many(_)) => None,
        None => default,
    }
}

/// Splits a text into its first part and the rest.
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
    let end = inside.find(['}', ',']).ok_or("has a policy variable without a closing brace; the form is ${key}")?;
    let (key, rest) = inside.split_at(end);
    check_key(key)?;
    if let Some(rest) = rest.strip_prefix('}') {
        return Ok((Part::Variable { key, default: None }, rest));
    }
    let (default, rest) = split_default(rest).ok_or(
        "has a policy variable with an invalid default; the form is ${key, 'default'}, with the default in single quotes",
    )?;
    Ok((Part::Variable { key, default: Some(default) }, rest))
}

fn check_key(key: &str) -> Result<(), &'static str> {
    if key.is_empty() {
        return Err("has an empty policy variable; the form is ${key} with a condition key");
    }
    if key.contains(|character: char| character.is_whitespace() || "${'\"".contains(character)) {
        return Err("has a policy variable that is not a condition key; a key has no white space, quotes, '$' or '{'");
    }
    Ok(())
}

/// Reads `, 'default'}`.
fn split_default(text: &str) -> Option<(&str, &str)> {
    let quoted = text.strip_prefix(',')?.trim_start_matches(' ').strip_prefix('\'')?;
    let (default, rest) = quoted.split_once('\'')?;
    Some((default, rest.trim_start_matches(' ').strip_prefix('}')?))
}
