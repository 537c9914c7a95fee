"""`python -m fake_xray`: report what is installed and supported; `check` checks policy documents."""

from __future__ import annotations

import argparse
import sys
import textwrap
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def report() -> str:
    """Return the versions, and which operations are supported."""
    from fake_xray._client import operation_names
    from fake_xray._core import OPERATIONS

    not_built = sorted(operation_names().difference(OPERATIONS))
    return "\n".join(
        [
            f"fake-xray {version('fake-xray')}, botocore {version('botocore')}",
            _paragraph("built", OPERATIONS),
            _paragraph("not built (NotImplementedError)", not_built),
            "documentation: python -m pydoc fake_xray.FakeXRay",
        ]
    )


def _paragraph(title: str, names: Iterable[str]) -> str:
    return textwrap.fill(f"{title}: {', '.join(names)}", width=100, subsequent_indent="  ")


def check(files: Iterable[str]) -> int:
    """Print what is wrong with resource policy documents; return 1 if anything is, else 0.

    Parameters
    ----------
    files : iterable of str
        Paths; "-" is the standard input.
    """
    problems = [f"{file}: {problem}" for file in files if (problem := _problem_of(file)) is not None]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _problem_of(file: str) -> str | None:
    from fake_xray._core import check_document

    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = content.decode()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        return f"byte {error.start}: the document is not UTF-8"
    found = check_document(text)
    if found is None:
        return None
    place, problem = found
    return f"{place}: {problem}" if place else problem


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m fake_xray",
        description="Without a command: report the installed versions and which operations fake-xray supports.",
    )
    parser.add_argument("--version", action="version", version=f"fake-xray {version('fake-xray')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    checker = commands.add_parser(
        "check",
        help="check resource policy documents",
        description="Check resource policy documents by the grammar of IAM policies. Print FILE: PLACE: what is wrong, "
        "and exit with 1 if anything is.",
    )
    checker.add_argument("files", nargs="+", metavar="FILE", help='a JSON file, or "-" for the standard input')
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    given = _parser().parse_args(arguments)
    if given.command == "check":
        return check(given.files)
    print(report())
    return 0


if __name__ == "__main__":
    sys.exit(main())
