"""Print a summary of `make test`: how many tests passed, and why the others were skipped."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

SUITES = {
    "Python package": "python.xml",
    "aiobotocore": "aiobotocore.xml",
    "aioboto3": "aioboto3.xml",
    "AgentCore toolkit": "agentcore.xml",
    "SDK samplers": "sdk.xml",
}


def main() -> None:
    """Print a line for each suite."""
    reports = Path(sys.argv[1])
    lines = [("Rust core", rust((reports / "rust.log").read_text(encoding="utf-8")), Counter[str]())]
    lines += [(name, *python(reports / file)) for name, file in SUITES.items()]
    lines.append(("Style and types", "no findings", Counter()))
    lines.append(("Documentation site", (reports / "site.log").read_text(encoding="utf-8").strip(), Counter()))
    print("\nSummary")
    for name, outcome, others in lines:
        print(f"  {name:<20}{outcome}")
        for reason, count in others.items():
            print(f"  {'':<20}{count} {reason}")


def rust(log: str) -> str:
    """Return how many Rust tests passed, from the output of cargo."""
    counts = re.findall(r"^test result: ok. (\d+) passed", log, re.MULTILINE)
    return f"{sum(map(int, counts))} passed"


def python(report: Path) -> tuple[str, Counter[str]]:
    """Return how many Python tests passed, and why the others were skipped or expected to fail, from a JUnit report."""
    cases = list(ET.parse(report).getroot().iter("testcase"))
    others = [other for case in cases for other in case.findall("skipped")]
    return f"{len(cases) - len(others)} passed", Counter(map(described, others))


def described(other: ET.Element) -> str:
    """Return why a test was skipped or was expected to fail."""
    kind = "failed as expected" if other.get("type") == "pytest.xfail" else "skipped"
    return f"{kind}: {other.get('message')}"


if __name__ == "__main__":
    main()
