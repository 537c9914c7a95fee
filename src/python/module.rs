//! What the front needs of Python modules.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// An attribute of a module, looked up anew each time: a suite that clears `sys.modules` (as pytest's
/// own fixture for testing plugins does) gets classes anew, and must be able to catch what is raised.
///
/// A module that is there already is found in `sys.modules`, in a tenth of the time of an import. One that another thread
/// is loading may lack the attribute as yet: an import waits for it.
pub(super) fn attribute<'py>(py: Python<'py>, module: &str, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let modules = MODULES.get_or_try_init(py, || -> PyResult<_> {
        Ok(py.import("sys")?.getattr(intern!(py, "modules"))?.cast_into::<PyDict>()?.unbind())
    })?;
    let loaded = modules.bind(py).get_item(module)?.and_then(|module| module.getattr(name).ok());
    loaded.map_or_else(|| py.import(module)?.getattr(name), Ok)
}
