"""Write the extension's stub from the built extension: `make stub`. With `--check`, only report whether it is current.

The operations and all docstrings are written in Rust, but type checkers, editors and the API reference read the stub.
This script writes the operations into it, and copies the docstrings of the public classes. The rest of the stub is
written by hand.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from generated import write_or_check

from fake_xray import _core

if TYPE_CHECKING:
    from collections.abc import Iterator

STUB = Path(__file__).parent.parent / "python" / "fake_xray" / "_core.pyi"
BEGIN = "    # Written by tools/stub.py: begin.\n"
END = "    # Written by tools/stub.py: end.\n"
# The public names whose docstrings are copied.
PUBLIC = ("FakeXRay", "Evaluation", "MatchedStatement", "active_fake")
SCALARS = {
    "string": "str",
    "integer": "int",
    "long": "int",
    "double": "float",
    "boolean": "bool",
    "timestamp": "datetime | float | str",
}


def main() -> int:
    """Write or check the stub, and return the exit status."""
    stub = with_docstrings(with_operations(STUB.read_text(encoding="utf-8")))
    return write_or_check(STUB, stub, "differs from the built extension. Run `make stub`.")


def with_operations(stub: str) -> str:
    """Return the stub with the operations of the extension between the two markers."""
    head, _, rest = stub.partition(BEGIN)
    _, _, tail = rest.partition(END)
    operations = json.loads(_core.describe_operations())
    return head + BEGIN + "".join(method(name, shapes) for name, shapes in operations.items()) + END + tail


def method(operation: str, shapes: dict[str, Any]) -> str:
    """Return the stub of the method for an operation."""
    name = xform_name(operation)
    text = inspect.getdoc(getattr(_core.Operations, name)) or ""
    request = shapes["request"]
    parameters = "".join(
        f"        {member['name']}: {type_of(member['shape'])}{default_of(member, request)},\n"
        for member in sorted(request["members"], key=lambda member: member["name"] not in request["required"])
    )
    signature = f"(\n        self,\n        *,\n{parameters}    )" if parameters else "(self)"
    return f"    def {name}{signature} -> dict[str, Any]:\n{docstring(text, 8)}\n\n"


def default_of(member: dict[str, Any], request: dict[str, Any]) -> str:
    """Return the default of an argument. It is empty for a required argument."""
    return "" if member["name"] in request["required"] else " = ..."


def type_of(shape: dict[str, Any]) -> str:
    """Return the type of an argument."""
    if shape["type"] == "list":
        return f"Sequence[{type_of(shape['items'])}]"
    if shape["type"] == "structure":
        return "Mapping[str, Any]"
    if shape["type"] == "map":
        return f"Mapping[str, {type_of(shape['values'])}]"
    return "str" if "enum" in shape else SCALARS[shape["type"]]


def with_docstrings(stub: str) -> str:
    """Return the stub with the docstrings of the public names and of the members of public classes."""
    lines = stub.splitlines()
    # Edit from bottom to top, so that the line numbers of the other nodes stay valid.
    for node, text in sorted(documented(stub), key=lambda found: found[0].lineno, reverse=True):
        indented = docstring(text, node.col_offset + 4).splitlines()
        first = node.body[0]
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is None:
            above = min([first.lineno, *(decorator.lineno for decorator in getattr(first, "decorator_list", ()))]) - 1
            lines[above:above] = [*indented, ""]
        else:
            # The body of a function is a docstring, or `...` on the line of its signature.
            signature = lines[first.lineno - 1][: first.col_offset].rstrip()
            lines[first.lineno - 1 : first.end_lineno] = [*([signature] if signature else []), *indented]
    return "\n".join(lines) + "\n"


def documented(stub: str) -> Iterator[tuple[ast.ClassDef | ast.FunctionDef, str]]:
    """Yield the public names of the stub and their public methods, with the docstrings that they have in Rust."""
    for node in ast.parse(stub).body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name not in PUBLIC:
            continue
        built = getattr(_core, node.name)
        found = [(node, built)]
        found += [
            (member, getattr(built, member.name))
            for member in (node.body if isinstance(node, ast.ClassDef) else ())
            if isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
        ]
        yield from ((each, text) for each, counterpart in found if (text := inspect.getdoc(counterpart)))


def docstring(text: str, indentation: int) -> str:
    """Return the source of a docstring."""
    prefix = "r" if "\\" in text else ""
    end = "\n" if "\n" in text else ""
    return textwrap.indent(f'{prefix}"""{text}{end}"""', " " * indentation)


if __name__ == "__main__":
    sys.exit(main())
