"""An in-process fake of AWS X-Ray for test suites.

Everything public is here. Each name is loaded when it is first used, so a pytest run that has the plugin installed but
never uses it loads neither the extension nor botocore.
"""

from __future__ import annotations

# Type checkers treat this like typing's own, whose import takes longer than everything else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from fake_xray import exceptions
    from fake_xray._calls import Call, Calls
    from fake_xray._client import FakeXRayClient
    from fake_xray._core import Evaluation, FakeXRay, MatchedStatement, active_fake
    from fake_xray._patch import mock_xray
    from fake_xray._policies import StoredPolicy

__all__ = [
    "Call",
    "Calls",
    "Evaluation",
    "FakeXRay",
    "FakeXRayClient",
    "MatchedStatement",
    "StoredPolicy",
    "active_fake",
    "exceptions",
    "mock_xray",
]

_HOME = {
    "Call": "._calls",
    "Calls": "._calls",
    "Evaluation": "._core",
    "FakeXRay": "._core",
    "FakeXRayClient": "._client",
    "MatchedStatement": "._core",
    "StoredPolicy": "._policies",
    "active_fake": "._core",
    "mock_xray": "._patch",
}


if not TYPE_CHECKING:  # for type checkers, only the names above exist

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name == "exceptions":
            return import_module(".exceptions", __name__)
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
        value = globals()[name] = getattr(import_module(_HOME[name], __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
