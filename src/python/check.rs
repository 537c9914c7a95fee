//! `check_document`, the function behind `python -m fake_xray check`.

use pyo3::prelude::*;

use crate::resource_policies;

/// Check a policy document as `put_resource_policy` does: its syntax, its size and its grammar.
///
/// Parameters
/// ----------
/// text : str
///     The policy document as JSON.
///
/// Returns
/// -------
/// tuple of (str, str), or None
///     None if the document is valid. Otherwise the place and the problem, for example
///     `("Statement[0].Effect", "'allow' is neither 'Allow' nor 'Deny'")`. The place is empty if the problem concerns the
///     whole document.
#[pyfunction]
pub(super) fn check_document(text: &str) -> Option<(String, String)> {
    let malformed = resource_policies::check_document(text).err()?;
    Some((malformed.place().to_owned(), malformed.problem().to_owned()))
}
