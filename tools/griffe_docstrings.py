"""Add the docstrings of the extension to the API reference.

The reference reads the stub of the extension, which has the types. Members without a docstring in the stub get the
docstring that they have in the built extension.
"""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import griffe

EXTENSION = "fake_xray._core"


class ExtensionDocstrings(griffe.Extension):
    """Copy docstrings from the built extension to the members of the stub that have none."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:  # noqa: ARG002 - griffe passes more
        """Read the docstrings of the built extension."""
        if pkg.name == EXTENSION.partition(".")[0]:
            _describe(pkg[EXTENSION.partition(".")[2]], importlib.import_module(EXTENSION))


def _describe(stub: griffe.Module | griffe.Class, built: Any) -> None:
    for name, member in list(stub.members.items()):
        if member.is_alias or not hasattr(built, name):
            continue
        counterpart = getattr(built, name)
        text = inspect.getdoc(counterpart)
        # Skip special methods: those of a class written in Rust have generic docstrings from Python.
        if text and not member.has_docstring and not name.startswith("__"):
            # A signature in the stub can lack parameters that the docstring describes.
            options = {"warn_unknown_params": False}
            member.docstring = griffe.Docstring(text, parent=member, parser="numpy", parser_options=options)
        if isinstance(member, griffe.Class):
            _describe(member, counterpart)
            if "__new__" in member.members:
                # The reference takes the parameters of a class from __init__, but the stub has __new__.
                constructor = member.members.pop("__new__")
                constructor.name = "__init__"
                member.set_member("__init__", constructor)
