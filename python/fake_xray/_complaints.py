"""The checks at the end of a strict test.

A test can pass by accident in two ways: calls did not use up an injected error or a canned response, or the application
caught a `NotImplementedError` of the fake. A test that expects the `NotImplementedError`, with `pytest.raises` or
`assertRaises`, does not pass by accident. The traceback distinguishes the two cases. Its outermost frame is the frame
that caught the error. The error was expected if that frame is inside a `with` statement with one of these functions.
"""

from __future__ import annotations

import ast
import linecache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

# Functions that expect an exception when they are called in a `with` statement.
_EXPECTING = frozenset({"raises", "RaisesExc", "RaisesGroup", "assertRaises", "assertRaisesRegex"})
# With a callable as argument, such functions call it themselves, so a frame of these packages catches the error.
_EXPECTING_MODULES = ("_pytest", "pytest", "unittest")


# The last line of an AssertionError of `mock_xray`.
TO_TURN_OFF = "(To turn this check off, use mock_xray(strict=False).)"


def complaints(
    unused: Iterable[tuple[Any, int, int]], unsupported: Iterable[tuple[str, NotImplementedError]]
) -> list[str]:
    """Return messages for outcomes that were not used up, and for errors that the application swallowed.

    Parameters
    ----------
    unused : iterable of tuple
        An outcome, how many more calls could use it, and how many calls could use it at first.
    unsupported : iterable of tuple
        An operation that is not supported, and the error that a call of it raised.
    """
    messages = [f"{outcome!r} was {_how_often(total - left, total)}" for outcome, left, total in unused]
    swallowed = dict.fromkeys(name for name, error in unsupported if not _is_expected(error.__traceback__))
    messages += [
        f"The application called {operation}, which fake-xray does not support, and swallowed the NotImplementedError. "
        f'Provide a response with fake.respond("{operation}", {{...}}).'
        for operation in swallowed
    ]
    return messages


def _how_often(used: int, times: int) -> str:
    if used == 0:
        return "not used by any call" + (f" (times={times})" if times > 1 else "")
    return f"used by {used} call{'s' if used > 1 else ''}, but times={times} (times=None allows any number of calls)"


def _is_expected(traceback: TracebackType | None) -> bool:
    """Return whether the frame that caught an error expected an error."""
    if traceback is None:
        return True  # unittest's assertRaises removes the traceback
    frame = traceback.tb_frame
    module = str(frame.f_globals.get("__name__", ""))
    if module.partition(".")[0] in _EXPECTING_MODULES:
        return True
    source = "".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals))
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.With | ast.AsyncWith))
    return any(
        with_.lineno <= traceback.tb_lineno <= (with_.end_lineno or 0) and any(map(_expects, with_.items))
        for with_ in statements
    )


def _expects(item: ast.withitem) -> bool:
    call = item.context_expr
    if not isinstance(call, ast.Call):
        return False
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in _EXPECTING
