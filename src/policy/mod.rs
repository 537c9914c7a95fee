//! The IAM policy language. Knows nothing of X-Ray, of stores or of Python.

mod json;

pub use json::Json;

use std::fmt;

/// Why a text is not a policy document.
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
