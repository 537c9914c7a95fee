"""An in-process fake of AWS X-Ray for test suites.

Start with `mock_xray`, or in pytest with the fixture `fake_xray`. Both give a test its `FakeXRay`.

The public API is this module, `fake_xray.exceptions` and the pytest plugin. Each name is imported when it is first
used. A pytest run that has the plugin installed but does not use it therefore imports neither the extension nor
botocore.
"""

from __future__ import annotations

# Type checkers treat this name like typing.TYPE_CHECKING. Importing typing would take longer than all of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fake_xray import exceptions
    from fake_xray._calls import Call, Calls
    from fake_xray._client import FakeXRayClient
    from fake_xray._core import Evaluation, FakeXRay, MatchedStatement, active_fake
    from fake_xray._patch import XRayMock, mock_xray
    from fake_xray._policies import StoredPolicy

__all__ = [
    "Call",
    "Calls",
    "Evaluation",
    "FakeXRay",
    "FakeXRayClient",
    "MatchedStatement",
    "StoredPolicy",
    "XRayMock",
    "active_fake",
    "exceptions",
    "mock_xray",
]

# The module that defines each name.
_MODULES = {
    "Call": "._calls",
    "Calls": "._calls",
    "Evaluation": "._core",
    "FakeXRay": "._core",
    "FakeXRayClient": "._client",
    "MatchedStatement": "._core",
    "StoredPolicy": "._policies",
    "XRayMock": "._patch",
    "active_fake": "._core",
    "mock_xray": "._patch",
}


if not TYPE_CHECKING:  # With __getattr__, type checkers would accept any name.

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name == "exceptions":
            return import_module(".exceptions", __name__)
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
