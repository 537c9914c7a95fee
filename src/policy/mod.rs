//! The IAM policy language of resource-based policies: its grammar and its evaluation. These are pure functions that do
//! not depend on X-Ray, on stored state or on Python.
//!
//! [`Json::parse`] parses a text, [`Policy::from_json`] checks the grammar, [`evaluate()`] decides a [`Request`].

mod arn;
mod condition;
mod context;
mod document;
mod evaluate;
mod grammar;
mod json;
mod malformed;
mod mismatch;
mod principal;
mod text;
mod variable;
mod wildcard;

#[cfg(test)]
mod tests;

pub use context::{Context, Value};
pub use document::{Effect, Policy, Statement, Version};
pub use evaluate::{Decision, Evaluation, Request, StatementPosition, evaluate};
pub use json::{Arena, Json, Text};
pub use malformed::Malformed;
pub use mismatch::{Mismatch, Requirement};
pub use principal::{BadPrincipal, Principal};
