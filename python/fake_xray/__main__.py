"""The command line, `python -m fake_xray`: report the versions and supported operations, or check policy documents."""

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
    """Return the evidence for each operation of X-Ray: "recorded", "documented", or None if it is not supported."""
    from fake_xray._client import operation_names
    from fake_xray._core import describe_operations

    supported: dict[str, dict[str, str]] = json.loads(describe_operations())
    names = sorted({*operation_names(), *supported})
    return {name: supported[name]["evidence"] if name in supported else None for name in names}


def report() -> str:
    """Return the installed versions, and a list of X-Ray's operations with their evidence."""
    evidence_of = operations()
    supported = sum(evidence is not None for evidence in evidence_of.values())
    return "\n".join(
        [
            f"fake-xray {version('fake-xray')}, botocore {version('botocore')}",
            f"{supported} of {len(evidence_of)} operations of X-Ray are supported:",
            *(
                f"  {name:<32}{f'supported, {evidence}' if evidence else 'not supported'}"
                for name, evidence in evidence_of.items()
            ),
            "recorded: based mostly on recorded responses of AWS.",
            "documented: based mostly on AWS's documentation and API model.",
            "not supported: a call raises NotImplementedError. To provide a response, use FakeXRay.respond().",
            "For the documentation, run: python -m pydoc fake_xray.FakeXRay",
        ]
    )


def check(files: Iterable[str]) -> int:
    """Check resource policy documents and print a line for each invalid one.

    Parameters
    ----------
    files : iterable of str
        The paths of the documents, or "-" for standard input.

    Returns
    -------
    int
        The exit status: 0 if all documents are valid, otherwise 1.
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
        description="An in-process fake of AWS X-Ray. Without a command, this prints the installed versions, and which "
        "operations of X-Ray are supported.",
    )
    parser.add_argument("--version", action="version", version=f"fake-xray {version('fake-xray')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    checker = commands.add_parser(
        "check",
        help="check resource policy documents",
        description="Check resource policy documents against the grammar of IAM policies and the limit of 5120 bytes. "
        "For each invalid document, print a line with the file, the place and the problem. The exit status is 0 if all "
        "documents are valid, and 1 otherwise.",
    )
    checker.add_argument("files", nargs="+", metavar="FILE", help='a JSON file, or "-" for standard input')
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        The arguments of the command line. Default: the arguments of the process.
    """
    parsed = _parser().parse_args(arguments)
    if parsed.command == "check":
        return check(parsed.files)
    print(report())
    return 0


if __name__ == "__main__":
    sys.exit(main())
