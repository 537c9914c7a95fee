"""Counts the instructions of the core's work under callgrind, and compares them with the stored ones.

Unlike times, instructions are the same in each run of the same binary, so a regression is seen on a busy machine too.
Another compiler or C library counts otherwise: then the stored counts are taken anew with `--update`.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BASELINE = HERE / "instructions.json"
# How much more, or less, is no change.
TOLERANCE = 0.03
CALLS = 1000
SCENARIOS = (
    "put-new",
    "make-document",
    "put-again",
    "put-again-in-1000-accounts",
    "put-again-large",
    "read-put",
    "parse-large",
    "list-of-one",
    "list-of-one-in-1000-accounts",
    "list-of-five",
    "delete-missing",
    "http-put",
    "http-list",
    "evaluate",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="store the counts as the new baseline")
    arguments = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("bench-check needs valgrind (Debian: apt-get install valgrind)")
    binary = build()
    counts = {scenario: per_call(binary, scenario) for scenario in SCENARIOS}
    # The document is the caller's: its making is taken off.
    counts["put-new"] -= counts.pop("make-document")
    compiler = run("rustc", "--version").strip()
    if arguments.update:
        BASELINE.write_text(json.dumps({"compiler": compiler, "instructions": counts}, indent=1) + "\n")
    stored = json.loads(BASELINE.read_text())
    if stored["compiler"] != compiler:
        print(f"The stored counts are of {stored['compiler']}, this is {compiler}: they may differ for that alone.")
    return report(counts, stored["instructions"])


def report(counts: dict[str, int], stored: dict[str, int]) -> int:
    """Print the counts beside the stored ones; return how many are out of tolerance."""
    failures = 0
    print(f"{'instructions a call':30}{'now':>10}{'stored':>10}{'change':>9}")
    for scenario, count in counts.items():
        change = count / stored.get(scenario, count) - 1
        is_far = abs(change) > TOLERANCE
        failures += is_far
        print(f"{scenario:30}{count:10,}{stored.get(scenario, count):10,}{change:+9.1%}{'  <--' if is_far else ''}")
    if failures:
        print(f"{failures} differ by more than {TOLERANCE:.0%}. If that is meant: make bench-check UPDATE=--update")
    return failures


def build() -> Path:
    """Build the bench and return its path."""
    output = run("cargo", "bench", "--locked", "--no-run", "--bench", "core", "--message-format", "json")
    messages = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    (binary,) = [
        message["executable"]
        for message in messages
        if message.get("reason") == "compiler-artifact" and message["target"]["name"] == "core"
    ]
    return Path(binary)


def per_call(binary: Path, scenario: str) -> int:
    """Count a scenario's instructions: of twice as many calls, less those of the calls, so that start-up falls out."""
    once, twice = (total(binary, scenario, count) for count in (CALLS, 2 * CALLS))
    return (twice - once) // CALLS


def total(binary: Path, scenario: str, count: int) -> int:
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(binary), scenario, str(count)]
    found = re.search(r"Collected : (\d+)", run(*command, stderr=subprocess.STDOUT))
    if found is None:
        raise RuntimeError(f"callgrind counted nothing: {command}")
    return int(found[1])


def run(*command: str, stderr: int | None = None) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=stderr, text=True, check=True, cwd=HERE.parent).stdout


if __name__ == "__main__":
    sys.exit(main())
