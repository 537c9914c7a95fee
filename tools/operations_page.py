"""Write docs/operations.md from the table of operations of the built extension: `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_xray.__main__ import operations

PAGE = Path(__file__).parent.parent / "docs" / "operations.md"
HEAD = """# Operations

<!-- Written by tools/operations_page.py from the table of operations. `make stub` writes it again. -->

AWS X-Ray has {total} operations. fake-xray has built {built} of them. An operation that is not built raises
`NotImplementedError`; give it a [canned response](guides/canned-responses.md), or let moto handle it.

- **recorded**: most of the operation's behavior comes from recorded responses of the real service.
- **documented**: most of it comes from AWS's documentation and API model, and from what others met at AWS. What is
  assumed is listed rule by rule in [Fidelity](fidelity.md).

| operation | state | evidence |
|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    known = operations()
    head = HEAD.format(total=len(known), built=sum(evidence is not None for evidence in known.values()))
    rows = (
        f"| {name} | {'built' if evidence else 'not built'} | {evidence or ''} |\n" for name, evidence in known.items()
    )
    return head + "".join(rows)


def main() -> int:
    """Write the page, or compare it; return the exit status."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE.name} is not current: run `make stub`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
