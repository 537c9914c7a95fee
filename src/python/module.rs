//! What the front needs of Python modules.

use pyo3::prelude::*;

/// An attribute of a module, looked up anew each time: a suite that clears `sys.modules` (as pytest's
/// own fixture for testing plugins does) gets classes anew, and must be able to catch what is raised.
pub(super) fn attribute<'py>(py: Python<'py>, module: &str, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import(module)?.getattr(name)
}
