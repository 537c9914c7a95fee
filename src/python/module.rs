//! Access to attributes of Python modules.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// Returns an attribute of a module.
///
/// The attribute is looked up at each call and never cached. A test suite can clear `sys.modules`, as pytest's fixture for
/// testing plugins does. It then imports the modules again and must be able to catch exceptions with the new classes.
///
/// A lookup in `sys.modules` takes a tenth of the time of an import. If another thread is still loading the module, the
/// attribute may be missing; then an import waits until the module is loaded.
pub(super) fn attribute<'py>(py: Python<'py>, module: &str, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let modules = MODULES.get_or_try_init(py, || -> PyResult<_> {
        Ok(py.import("sys")?.getattr(intern!(py, "modules"))?.cast_into::<PyDict>()?.unbind())
    })?;
    let loaded = modules.bind(py).get_item(module)?.and_then(|module| module.getattr(name).ok());
    loaded.map_or_else(|| py.import(module)?.getattr(name), Ok)
}
