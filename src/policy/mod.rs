//! The IAM policy language of resource-based policies: its grammar and its evaluation. Pure functions that know
//! nothing of X-Ray, of stores or of Python.
//!
//! [`Json::parse`] reads a text, [`Policy::from_json`] checks the grammar, [`evaluate()`] decides a [`Request`].

mod arn;
mod condition;
mod context;
mod document;
mod evaluate;
mod grammar;
mod json;
mod malformed;
mod principal;
mod variable;
mod wildcard;

#[cfg(test)]
mod tests;

pub use context::{Context, Value};
pub use document::{Effect, Policy, Statement, Version};
pub use evaluate::{Decision, Evaluation, Misfit, Place, Request, evaluate};
pub use json::{Arena, Json, Text};
pub use malformed::Malformed;
pub use principal::{BadPrincipal, Principal};
