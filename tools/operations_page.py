"""Write docs/operations.md from the built extension: `make stub`. With `--check`, only report whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

from botocore import xform_name
from generated import write_or_check

from fake_xray.__main__ import operations

PAGE = Path(__file__).parent.parent / "docs" / "operations.md"
HEAD = """# Operations

<!-- Do not edit this page. `make stub` writes it from the built extension (tools/operations_page.py). -->

AWS X-Ray has {total} operations. fake-xray supports {supported} of them. A call to one of the other operations raises a
`NotImplementedError`, unless you set a [canned response](guides/canned-responses.md) for the operation or
[let moto handle it](guides/canned-responses.md#let-moto-handle-the-rest).

The name of a supported operation links to its method in the [API reference](api.md), with its arguments, its errors and
an example. The table also shows the evidence for the behavior of each operation:

- **recorded**: the behavior is based mostly on recorded responses of the real service.
- **documented**: the behavior is based mostly on AWS's documentation and API model, and on reports of other developers.

[Fidelity](fidelity.md) lists the evidence for each rule, and the rules that are assumed.

| operation | supported | evidence |
|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    evidence_of = operations()
    supported = sum(evidence is not None for evidence in evidence_of.values())
    head = HEAD.format(total=len(evidence_of), supported=supported)
    return head + "".join(row(name, evidence) for name, evidence in evidence_of.items())


def row(name: str, evidence: str | None) -> str:
    """Return the row of an operation. If it is supported, its name links to its method in the API reference."""
    if evidence is None:
        return f"| {name} | no |  |\n"
    return f"| [{name}](api.md#fake_xray.FakeXRayClient.{xform_name(name)}) | yes | {evidence} |\n"


def main() -> int:
    """Write or check the page, and return the exit status."""
    return write_or_check(PAGE, page(), "differs from the built extension. Run `make stub`.")


if __name__ == "__main__":
    sys.exit(main())
