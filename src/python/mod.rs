//! The Python front: keyword arguments in, dictionaries and exceptions out. The extension module `fake_xray._core`.

// Doc comments here are Python's docstrings.
#![allow(clippy::doc_markdown)]

mod answer;
mod arguments;
mod clock;
mod error;
mod evaluation;
mod fake;
mod injection;
mod log;
mod module;
mod operations;
mod parameters;

/// The core of fake-xray, in Rust. Use it through the package `fake_xray`.
#[pyo3::pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::evaluation::{Evaluation, MatchedStatement};
    #[pymodule_export]
    use super::fake::{FakeXRay, Snapshot, active_fake, set_active_fake};
    #[pymodule_export]
    use super::operations::Operations;

    #[pymodule_export]
    const OPERATIONS: [&str; 3] = crate::service::OPERATIONS;
}
