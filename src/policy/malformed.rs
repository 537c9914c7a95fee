//! Why a text is not a policy document.

use std::fmt;

/// Why a text is not a policy document: where, and what is wrong there.
///
/// Displayed as `Statement[1].Principal.AWS[0]: not an ARN or account id`; a fault of the whole document has no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    path: String,
    problem: String,
}

impl Malformed {
    /// A fault at `path`, such as `Statement[1].Principal.AWS[0]`; an empty path means the whole document.
    pub fn at(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { path: path.into(), problem: problem.into() }
    }

    /// A fault of the value being read. Those who read what it stands in add their step to the path as the fault
    /// passes them on its way out, so that a document without fault never builds one.
    pub(super) fn here(problem: impl Into<String>) -> Self {
        Self::at("", problem)
    }

    /// The same fault, seen from the object whose member `name` holds it.
    pub(super) fn within(self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{name}{dot}{}", self.path), problem: self.problem }
    }

    /// The same fault, seen from the list whose item `index` holds it.
    pub(super) fn within_item(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return out.write_str(&self.problem);
        }
        write!(out, "{}: {}", self.path, self.problem)
    }
}

impl std::error::Error for Malformed {}
