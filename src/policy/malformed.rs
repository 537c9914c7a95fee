//! Why a text is not a valid policy document.

use std::fmt;

use super::json::Json;

/// What is wrong with a policy document, and where.
///
/// Displayed as `Statement[1].Principal.AWS[0]: 'x' is neither an ARN nor an account id`. A problem of the whole document has an
/// empty place and is displayed without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    place: String,
    problem: String,
}

impl Malformed {
    /// A problem at `place`, such as `Statement[1].Principal.AWS[0]` or `line 1 column 2`. An empty place means the whole
    /// document.
    pub fn at(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }

    /// Where the problem is. Empty for a problem of the whole document.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// A problem of the value that is being read. Each reader of an enclosing value adds its step to the place while it
    /// returns the problem. A valid document therefore costs no time for places.
    pub(super) fn here(problem: impl Into<String>) -> Self {
        Self::at("", problem)
    }

    /// A value of the wrong JSON type: `expected an object, found the number 1`.
    pub(super) fn expected(expected: &str, found: &Json) -> Self {
        Self::here(format!("expected {expected}, found {}", found.described()))
    }

    /// The same problem with the member `name` at the front of its place.
    pub(super) fn within(self, name: &str) -> Self {
        let dot = if self.place.is_empty() || self.place.starts_with('[') { "" } else { "." };
        Self { place: format!("{name}{dot}{}", self.place), problem: self.problem }
    }

    /// The same problem with the array item `index` at the front of its place.
    pub(super) fn within_item(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            return out.write_str(&self.problem);
        }
        write!(out, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for Malformed {}
