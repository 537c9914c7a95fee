//! The context of a request: the values of its condition keys, which are also the values of policy variables.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use chrono::{DateTime, SecondsFormat, Utc};

/// The value of a condition key as text, which is what conditions compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A single-valued key.
    One(String),
    /// A multivalued key. Only operators with `ForAllValues:` or `ForAnyValue:` match it, even if it has one value
    /// (recorded).
    Many(Vec<String>),
}

impl Value {
    /// All values of the key.
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::One(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::One(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::One(value.to_string())
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::One(value.to_string())
    }
}

/// ISO 8601 with milliseconds, which is the precision of IAM's comparisons.
impl From<DateTime<Utc>> for Value {
    fn from(value: DateTime<Utc>) -> Self {
        Self::One(value.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl From<Vec<String>> for Value {
    fn from(values: Vec<String>) -> Self {
        Self::Many(values)
    }
}

/// The condition keys of a request and their values. Keys are compared ignoring ASCII case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// In the order of [`compare_keys`].
    entries: Vec<(String, Value)>,
}

impl Context {
    /// An empty context.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of `key`, ignoring the case of the key, and returns its previous value.
    pub fn insert(&mut self, key: &str, value: impl Into<Value>) -> Option<Value> {
        match self.search(key) {
            Ok(found) => self.entries.get_mut(found).map(|(_, present)| std::mem::replace(present, value.into())),
            Err(place) => {
                self.entries.insert(place, (key.to_owned(), value.into()));
                None
            }
        }
    }

    /// Returns the value of `key`, ignoring the case of the key. A multivalued key without values is absent (recorded for
    /// `aws:TagKeys` in a request without tags).
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        let (_, value) = self.entries.get(self.search(key).ok()?)?;
        (!value.all().is_empty()).then_some(value)
    }

    fn search(&self, key: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(present, _)| compare_keys(present, key))
    }
}

/// Compares condition keys ignoring ASCII case.
pub(super) fn compare_keys(one: &str, other: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(lower).cmp(other.bytes().map(lower))
}
