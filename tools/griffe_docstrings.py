"""Prepare the docstrings for the API reference.

The reference reads the stub of the extension, which has the types. Members without a docstring in the stub get the
docstring that they have in the built extension.

Some parts of docstrings are written for a reader of the source. They are changed so that they look right on the page.
"""

from __future__ import annotations

import importlib
import inspect
from typing import Any

import griffe

EXTENSION = "fake_xray._core"
# What the reference shows instead of the default `...` of a stub.
OMITTED = "omitted"


class ExtensionDocstrings(griffe.Extension):
    """Copy docstrings from the built extension to the members of the stub that have none."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:  # noqa: ARG002 - griffe passes more
        """Read the docstrings of the built extension, and tidy those of the whole package."""
        if pkg.name == EXTENSION.partition(".")[0]:
            _describe(pkg[EXTENSION.partition(".")[2]], importlib.import_module(EXTENSION))
            _tidy(pkg, pkg["exceptions"])


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


def _tidy(parent: griffe.Object, exceptions: griffe.Module) -> None:
    """Change the parsed docstrings of an object and of its members."""
    for section in parent.docstring.parsed if parent.docstring else ():
        if isinstance(section.value, list):
            for element in section.value:
                _tidy_element(element, exceptions)
    for member in parent.members.values():
        if not member.is_alias:
            _tidy(member, exceptions)


def _tidy_element(element: Any, exceptions: griffe.Module) -> None:
    """Change a row of a section: a parameter, a return value or an exception."""
    annotation = getattr(element, "annotation", None)
    if isinstance(annotation, griffe.ExprName) and annotation.name in exceptions.members:
        annotation.parent = exceptions  # so that the reference links to it
    if isinstance(annotation, griffe.ExprTuple):
        annotation.implicit = True  # "TypeError, ValueError" is a list of types, not a tuple
    if isinstance(element, griffe.DocstringParameter):
        # Markdown would read the asterisks as the beginning and the end of emphasis.
        element.description = element.description.replace('"*"', '`"*"`')
        default = str(element.value)
        choices = str(annotation).split(", ")
        if default.strip('"') in choices:
            element.annotation = " or ".join(f'"{choice}"' for choice in choices)
        if default == "...":
            element.value = OMITTED
