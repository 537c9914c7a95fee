"""Prepare the docstrings for the API reference.

The reference reads the stub of the extension, to which tools/stub.py has copied the docstrings. Some parts of them are
written for a reader of the source. They are changed so that they look right on the page.
"""

from __future__ import annotations

from typing import Any

import griffe

PACKAGE, EXTENSION = "fake_xray", "_core"
# What the reference shows instead of the default `...` of a stub.
OMITTED = "omitted"


class TidyDocstrings(griffe.Extension):
    """Change what griffe reads from the stub and from the Python modules."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:  # noqa: ARG002 - griffe passes more
        """Tidy the docstrings of the whole package."""
        if pkg.name == PACKAGE:
            _rename_constructors(pkg[EXTENSION])
            _tidy(pkg, pkg["exceptions"])


def _rename_constructors(stub: griffe.Module) -> None:
    """Rename __new__ to __init__, because the reference takes the parameters of a class from __init__."""
    for member in list(stub.members.values()):
        if isinstance(member, griffe.Class) and "__new__" in member.members:
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
