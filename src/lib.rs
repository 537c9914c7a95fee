//! An in-process fake of AWS X-Ray, for test suites.
//!
//! # The map of the house
//! Data flows one way. A *front* makes a typed request out of what it is given, an *operation* answers it or refuses it
//! with a [`fault::Fault`], and the front turns that into what its caller understands.
//!
//! | room | what it does | knows nothing of |
//! |---|---|---|
//! | [`service`] | the state of accounts and Regions behind its lock; runs operations on it | Python, the clock |
//! | [`operation`] | what an operation is: a request, a state, its circumstances | any operation |
//! | [`resource_policies`] | one family of operations: its requests, its state, its rules | Python, the clock, locks |
//! | [`groups`] | the operations on groups | Python, the clock, locks |
//! | [`tags`] | the tags of groups and sampling rules, and the operations on them | Python, the clock, locks |
//! | [`authorization`] | what stored policies say of a principal: does a grant work, would a policy lock its caller out | Python, the clock, locks |
//! | [`policy`] | the IAM policy language | X-Ray, stores, Python |
//! | [`fault`] | an AWS error as data | how it is shown |
//! | [`wire`] | the HTTP front: rest-json bytes in, bytes out | Python, the rules, the clock |
//! | `python` | the Python front, behind the Cargo feature `python`; the only room that names pyo3 | the rules |
//!
//! There is no unsafe code (the `unsafe_code` lint is forbidden in Cargo.toml), and outside tests nothing unwraps,
//! indexes or panics (clippy denies it).

pub mod authorization;
pub mod constraint;
pub mod description;
pub mod fault;
pub mod groups;
pub mod java;
pub mod operation;
pub mod operations;
pub mod policy;
pub mod resource_policies;
pub mod service;
pub mod shape;
pub mod tags;
pub mod wire;

#[cfg(feature = "python")]
mod python;

#[cfg(test)]
mod testing;
