"""`python -m fake_xray`: report what is installed and supported; `check` checks policy documents."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def operations() -> dict[str, str | None]:
    """Return how each operation of X-Ray is known, by its name: "recorded" or "documented"; None if it is not built."""
    from fake_xray._client import operation_names
    from fake_xray._core import describe_operations

    built: dict[str, dict[str, str]] = json.loads(describe_operations())
    return {name: built[name]["evidence"] if name in built else None for name in sorted({*operation_names(), *built})}


def report() -> str:
    """Return the versions, and the operations of X-Ray with their state and their evidence."""
    known = operations()
    built = sum(evidence is not None for evidence in known.values())
    return "\n".join(
        [
            f"fake-xray {version('fake-xray')}, botocore {version('botocore')}",
            f"{built} of {len(known)} operations are built:",
            *(f"  {name:<32}{f'built, {evidence}' if evidence else 'not built'}" for name, evidence in known.items()),
            "recorded: mostly from recorded responses of AWS; documented: mostly from its documentation and API model.",
            "An operation that is not built raises NotImplementedError; FakeXRay.respond() provides a response for it.",
            "documentation: python -m pydoc fake_xray.FakeXRay",
        ]
    )


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
