//! The Python front end, the extension module `fake_xray._core`.
//!
//! It turns keyword arguments into requests, and responses and faults into dictionaries and exceptions.

// The doc comments here become Python docstrings, which are not written in rustdoc's Markdown.
#![allow(clippy::doc_link_with_quotes, clippy::doc_markdown)]

mod arranged;
mod check;
mod clock;
mod error;
mod evaluation;
mod fake;
mod insight;
mod log;
mod module;
mod operations;
mod parameters;
mod policies;
mod read;
mod response;
mod to_python;
mod unsupported;

/// The Rust core of fake-xray. Use it through the package `fake_xray`.
#[pyo3::pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::check::check_document;
    #[pymodule_export]
    use super::evaluation::{Evaluation, MatchedStatement};
    #[pymodule_export]
    use super::fake::{FakeXRay, Snapshot, active_fake, set_active_fake};
    #[pymodule_export]
    use super::operations::{Operations, describe_operations};

    #[pymodule_export]
    const OPERATIONS: [&str; crate::operations::NAMES.len()] = crate::operations::NAMES;
}
