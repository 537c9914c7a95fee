"""`python -m fake_xray`: what is installed, and which operations it answers."""

import textwrap
from importlib.metadata import version

from fake_xray._client import operation_names
from fake_xray._core import OPERATIONS


def report() -> str:
    """Return the versions, the operations that are built and those that are not, and where the documentation is."""
    not_built = sorted(operation_names().difference(OPERATIONS))
    return "\n".join(
        [
            f"fake-xray {version('fake-xray')}, botocore {version('botocore')}",
            _paragraph("built", OPERATIONS),
            _paragraph("not built (NotImplementedError)", not_built),
            "documentation: README.md and docs/ of the source distribution; python -m pydoc fake_xray.FakeXRay",
        ]
    )


def _paragraph(title: str, names: list[str]) -> str:
    return textwrap.fill(f"{title}: {', '.join(names)}", width=100, subsequent_indent="  ")


if __name__ == "__main__":
    print(report())
