"""Write the operations into the extension's stub, from the built extension: `python tools/stub.py [--check]`.

The shapes and docstrings of operations are declared in Rust. Type checkers, editors and the API reference read the
stub.
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

from fake_xray._core import Operations, describe_operations

STUB = Path(__file__).parent.parent / "python" / "fake_xray" / "_core.pyi"
BEGIN = "    # Written by tools/stub.py: begin.\n"
END = "    # Written by tools/stub.py: end.\n"
SCALARS = {
    "string": "str",
    "integer": "int",
    "long": "int",
    "double": "float",
    "boolean": "bool",
    "timestamp": "datetime | float | str",
}


def main() -> int:
    """Write the stub, or say whether it is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only check that the stub is current")
    arguments = parser.parse_args()
    current = STUB.read_text(encoding="utf-8")
    wanted = with_operations(current)
    if arguments.check:
        if current != wanted:
            print(f"{STUB.name} is not current: run `make stub`")
        return int(current != wanted)
    STUB.write_text(wanted, encoding="utf-8")
    return 0


def with_operations(stub: str) -> str:
    """Return the text of a stub with the operations as they are built."""
    head, _, rest = stub.partition(BEGIN)
    _, _, tail = rest.partition(END)
    operations = json.loads(describe_operations())
    return head + BEGIN + "".join(method(name, shapes) for name, shapes in operations.items()) + END + tail


def method(operation: str, shapes: dict[str, Any]) -> str:
    """Return the stub of one operation's method."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
    docstring = inspect.getdoc(getattr(Operations, name)) or ""
    request = shapes["request"]
    parameters = "".join(
        f"        {member['name']}: {type_of(member['shape'])}{default_of(member, request)},\n"
        for member in sorted(request["members"], key=lambda member: member["name"] not in request["required"])
    )
    signature = f"(\n        self,\n        *,\n{parameters}    )" if parameters else "(self)"
    prefix = "r" if "\\" in docstring else ""
    body = textwrap.indent(f'{prefix}"""{docstring}\n"""', "        ", lambda line: bool(line.strip()))
    return f"    def {name}{signature} -> dict[str, Any]:\n{body}\n\n"


def default_of(member: dict[str, Any], request: dict[str, Any]) -> str:
    """Return the default of an argument, if it has one."""
    return "" if member["name"] in request["required"] else " = ..."


def type_of(shape: dict[str, Any]) -> str:
    """Return the type of an argument."""
    if shape["type"] == "list":
        return f"Sequence[{type_of(shape['items'])}]"
    if shape["type"] in ("structure", "map"):
        return "Mapping[str, Any]" if shape["type"] == "structure" else f"Mapping[str, {type_of(shape['values'])}]"
    if "enum" in shape:
        return "str"
    return SCALARS[shape["type"]]


if __name__ == "__main__":
    sys.exit(main())
