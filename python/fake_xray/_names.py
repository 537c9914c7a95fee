"""The names of X-Ray's operations, in both spellings, and suggestions for misspelled names."""

from __future__ import annotations

import difflib
from typing import Any

ALL = "*"


def operation_name(given: Any, *, wildcard: bool = False) -> str:
    """Return the name of an operation in the API model, from either spelling.

    Parameters
    ----------
    given : str
        The name in the API model ("PutResourcePolicy") or of the client's method ("put_resource_policy").
    wildcard : bool
        Whether "*" is allowed as well.

    Raises
    ------
    ValueError
        If the installed botocore has no such operation of X-Ray.
    """
    from fake_xray._core import OPERATIONS

    # Check the supported operations first, because loading botocore takes long.
    if given in OPERATIONS or (wildcard and given == ALL):
        return str(given)
    from fake_xray._client import methods

    names = methods()
    if isinstance(given, str) and (given in names or given in names.values()):
        return names.get(given, given)
    every = ', or "*" for all' if wildcard else ""
    raise ValueError(
        f"operation must be an operation of X-Ray, such as 'PutResourcePolicy' or 'put_resource_policy'{every}, "
        f"not {given!r}{did_you_mean(given, [*names, *names.values()])}"
    )


def did_you_mean(given: Any, known: list[str], cutoff: float = 0.6) -> str:
    """Return a suggestion to append to an error message. It is empty if no known name is similar."""
    close = closest(given, known, cutoff)
    return f"; did you mean {close!r}?" if close else ""


def closest(given: Any, known: list[str], cutoff: float) -> str | None:
    """Return the known name that is most similar to the given one, ignoring case, or None if none is similar."""
    by_lower = {name.lower(): name for name in known}
    matches = difflib.get_close_matches(str(given).lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[matches[0]] if matches else None
