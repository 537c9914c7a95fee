"""Count the instructions of the Rust core with callgrind, and compare them with the stored counts.

Unlike times, the counts are the same in each run of the same binary, so they show a regression on a busy machine too.
Another compiler or C library produces other counts. In this case, store new counts with `--update`.
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
# A smaller relative difference is not reported.
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
    # Creating the document is the caller's work, so it is subtracted.
    counts["put-new"] -= counts.pop("make-document")
    compiler = run("rustc", "--version").strip()
    if arguments.update:
        BASELINE.write_text(json.dumps({"compiler": compiler, "instructions": counts}, indent=1) + "\n")
    stored = json.loads(BASELINE.read_text())
    if stored["compiler"] != compiler:
        print(f"The stored counts are from {stored['compiler']}. This is {compiler}, so the counts may differ.")
    return report(counts, stored["instructions"])


def report(counts: dict[str, int], stored: dict[str, int]) -> int:
    """Print the counts next to the stored counts. Return how many differ by more than the tolerance."""
    failures = 0
    print(f"{'instructions per call':30}{'now':>10}{'stored':>10}{'change':>9}")
    for scenario, count in counts.items():
        change = count / stored.get(scenario, count) - 1
        is_far = abs(change) > TOLERANCE
        failures += is_far
        print(f"{scenario:30}{count:10,}{stored.get(scenario, count):10,}{change:+9.1%}{'  <--' if is_far else ''}")
    if failures:
        print(
            f"{failures} counts differ by more than {TOLERANCE:.0%}. If you intend this, store the new counts: "
            "make bench-check UPDATE=--update"
        )
    return failures


def build() -> Path:
    """Build the benchmark and return the path of its executable."""
    output = run("cargo", "bench", "--locked", "--no-run", "--bench", "core", "--message-format", "json")
    messages = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    (binary,) = [
        message["executable"]
        for message in messages
        if message.get("reason") == "compiler-artifact" and message["target"]["name"] == "core"
    ]
    return Path(binary)


def per_call(binary: Path, scenario: str) -> int:
    """Count the instructions of one call. The difference of two runs leaves out the instructions of the start-up."""
    once, twice = (total(binary, scenario, count) for count in (CALLS, 2 * CALLS))
    return (twice - once) // CALLS


def total(binary: Path, scenario: str, count: int) -> int:
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", str(binary), scenario, str(count)]
    found = re.search(r"Collected : (\d+)", run(*command, stderr=subprocess.STDOUT))
    if found is None:
        raise RuntimeError(f"callgrind printed no count. The command was {command}")
    return int(found[1])


def run(*command: str, stderr: int | None = None) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=stderr, text=True, check=True, cwd=HERE.parent).stdout


if __name__ == "__main__":
    sys.exit(main())
