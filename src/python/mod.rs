//! The Python front end: keyword arguments in, dictionaries and exceptions out. The extension module `fake_xray._core`.

// Doc comments here are Python's docstrings.
#![allow(clippy::doc_link_with_quotes, clippy::doc_markdown)]

mod answer;
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
mod show;
mod unsupported;

/// The core of fake-xray, in Rust. Use it through the package `fake_xray`.
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
