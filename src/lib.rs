//! An in-process fake of AWS X-Ray for test suites.
//!
//! # Modules
//! Data flows in one direction. A front end turns a call into a typed request. An operation runs the request and returns a
//! typed response or a [`fault::Fault`]. The front end turns the result into a form that its caller understands.
//!
//! | module | what it does | does not depend on |
//! |---|---|---|
//! | [`service`] | keeps the state of accounts and Regions behind a lock, and runs operations on it | Python, the clock |
//! | [`operation`] | defines the trait `Operation`, and what an operation receives in addition to its request | any operation |
//! | [`operations`] | the table of supported operations; no other code lists them | Python |
//! | [`shape`], [`constraint`] | declare requests and responses, read and write them, check constraints | any operation |
//! | [`resource_policies`], [`groups`], [`sampling`], [`tags`], [`encryption`], [`indexing`], [`destination`], [`insights`] | each contains one family of operations: their shapes, their state, their rules | Python, the clock, locks |
//! | [`authorization`] | evaluates stored policies, and prevents lockouts | Python, the clock, locks |
//! | [`policy`] | the IAM policy language | X-Ray, stored state, Python |
//! | [`fault`] | an AWS error as data | the form of responses and exceptions |
//! | [`wire`] | the HTTP front end: reads the bytes of a request, and writes the bytes of a response (the protocol is rest-json) | Python, any operation, the clock |
//! | [`java`] | formats values like Java, because the responses of the service do | any other module |
//! | [`description`] | describes the operations as JSON, so tests can compare them with the API model | Python |
//! | `python` | the Python front end, behind the Cargo feature `python`; the only module that uses pyo3 | any operation |
//!
//! There is no unsafe code: Cargo.toml forbids it. Outside tests, no code unwraps, indexes or panics: clippy denies it.

pub mod authorization;
pub mod constraint;
pub mod description;
pub mod destination;
pub mod encryption;
pub mod fault;
pub mod groups;
pub mod indexing;
pub mod insights;
pub mod java;
pub mod operation;
pub mod operations;
pub mod policy;
pub mod resource_policies;
pub mod sampling;
pub mod service;
pub mod shape;
pub mod tags;
mod uuid;
pub mod wire;

#[cfg(feature = "python")]
mod python;

#[cfg(test)]
mod testing;
