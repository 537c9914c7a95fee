"""The docstrings of the extension, for the API reference: stubs have its types, only the built module its words."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import griffe

EXTENSION = "fake_xray._core"


class ExtensionDocstrings(griffe.Extension):
    """Gives each class and member of the stubs the docstring that it has in Rust."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:  # noqa: ARG002 - griffe passes more
        """Read the docstrings of the built extension."""
        if pkg.name != EXTENSION.partition(".")[0]:
            return
        _describe(pkg[EXTENSION.partition(".")[2]], importlib.import_module(EXTENSION))


def _describe(stub: griffe.Module | griffe.Class, built: Any) -> None:
    for name, member in list(stub.members.items()):
        if member.is_alias or not hasattr(built, name):
            continue
        counterpart = getattr(built, name)
        text = inspect.getdoc(counterpart)
        # A special method of pyo3 has Python's general words for it.
        if text and not name.startswith("__"):
            # The operations take keyword arguments of AWS's names, which no signature of theirs has.
            options = {"warn_unknown_params": False}
            member.docstring = griffe.Docstring(text, parent=member, parser="numpy", parser_options=options)
        if isinstance(member, griffe.Class):
            _describe(member, counterpart)
            if "__new__" in member.members:
                # The reference shows the parameters of a class by its __init__; the stub's is __new__.
                made = member.members.pop("__new__")
                made.name = "__init__"
                member.set_member("__init__", made)
