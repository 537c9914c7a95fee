"""Copy the docstrings of the built extension into its stub, where editors read them: `--check` only compares."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from pathlib import Path
from typing import Any

STUB = Path(__file__).parent.parent / "python" / "fake_xray" / "_core.pyi"
# The classes that users hold. The operations have boto3-stubs' types, and docstrings of their own.
CLASSES = ("FakeXRay", "Evaluation", "MatchedStatement")


def described(stub: str, extension: Any) -> str:
    """Return the stub with the extension's docstrings."""
    lines = stub.splitlines()
    edits = []
    for node in ast.parse(stub).body:
        if isinstance(node, ast.ClassDef) and node.name in CLASSES:
            built = getattr(extension, node.name)
            edits.append((node, built))
            edits += [
                (member, getattr(built, member.name))
                for member in node.body
                if isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
            ]
    for node, built in sorted(edits, key=lambda edit: edit[0].lineno, reverse=True):
        _describe(lines, node, inspect.getdoc(built))
    return "\n".join(lines) + "\n"


def _describe(lines: list[str], node: ast.ClassDef | ast.FunctionDef, text: str | None) -> None:
    if not text:
        return
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    head, start = lines[first.lineno - 1][: first.col_offset], first.lineno - 1
    if isinstance(node, ast.ClassDef) and not has_docstring:
        start = min([first.lineno, *(decorator.lineno for decorator in getattr(first, "decorator_list", ()))]) - 1
        end = start
    else:
        end = first.end_lineno or first.lineno
    above = [head.rstrip()] if head.strip() else []
    lines[start:end] = [*above, *_docstring(text, node.col_offset + 4)]
    if isinstance(node, ast.ClassDef) and not has_docstring:
        lines[start + len(_docstring(text, 0)) : start + len(_docstring(text, 0))] = [""]


def _docstring(text: str, indentation: int) -> list[str]:
    prefix, end = "r" if "\\" in text else "", "\n" if "\n" in text else ""
    quoted = f'{prefix}"""{text}{end}"""'
    return textwrap.indent(quoted, " " * indentation).splitlines()


def main() -> int:
    """Write the stub, or compare it; return the exit status."""
    sys.path.insert(0, str(STUB.parent.parent))
    import fake_xray._core

    before = STUB.read_text()
    after = described(before, fake_xray._core)
    if "--check" not in sys.argv[1:]:
        STUB.write_text(after)
        return 0
    if before == after:
        return 0
    print(f"{STUB.name} differs from the docstrings in Rust: run `make stub`")
    return 1


if __name__ == "__main__":
    sys.exit(main())
