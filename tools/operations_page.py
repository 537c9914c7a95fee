"""Write docs/operations.md from the table of operations of the built extension. `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_xray.__main__ import operations

PAGE = Path(__file__).parent.parent / "docs" / "operations.md"
HEAD = """# Operations

<!-- tools/operations_page.py writes this page from the table of operations. To update it, run `make stub`. -->

AWS X-Ray has {total} operations. fake-xray supports {supported} of them. An operation that is not supported raises a
`NotImplementedError`, and nothing is sent to AWS. Set a [canned response](guides/canned-responses.md) for it, or
[let moto handle it](guides/canned-responses.md#let-moto-handle-the-rest).

The column "evidence" says how the behavior of an operation is known:

- **recorded**: most of the behavior comes from recorded responses of the real service.
- **documented**: most of the behavior comes from AWS's documentation and API model, and from reports of other users.

[Fidelity](fidelity.md) lists each rule with its evidence, and says which rules are assumed.

| operation | supported | evidence |
|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    known = operations()
    head = HEAD.format(total=len(known), supported=sum(evidence is not None for evidence in known.values()))
    rows = (f"| {name} | {'yes' if evidence else 'no'} | {evidence or ''} |\n" for name, evidence in known.items())
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
