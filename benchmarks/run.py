"""Run every benchmark. Print the results, and write results.json, chart.svg and the results in docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import calls
import growth
import processes
import report
from contenders import BASELINE, OURS
from timing import Row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--rounds",
        type=int,
        default=25,
        help="number of samples of each contender; test suites use a fifth of this number (default: 25)",
    )
    parser.add_argument("--keep", action="store_true", help="only print the results, and do not change any file")
    arguments = parser.parse_args()
    rounds: int = arguments.rounds
    few = max(rounds // 5, 3)

    sections = {
        "One call": (calls.per_call(rounds, calls.MEASURES), OURS),
        "Other operations": (calls.per_call(rounds, calls.OTHER_MEASURES), OURS),
        "Before the first call": (calls.per_test(rounds), OURS),
        "Test suites": (processes.suites(few), "empty tests"),
        "Start-up": (processes.start_up(rounds), "pass"),
        "Accounts and Regions": (growth.scopes(rounds), "1 pair"),
        "Threads": (growth.threads(rounds), "fake-xray, 1 thread"),
    }
    memory = growth.memory()
    targets = check_targets({row.name: row for rows, _ in sections.values() for row in rows}, memory)
    results = {
        "machine": machine(),
        "rounds": rounds,
        "rounds_of_suites": few,
        "sections": {
            name: {"baseline": baseline, "rows": [row.as_json(baseline) for row in rows]}
            for name, (rows, baseline) in sections.items()
        },
        "memory": memory,
        "targets": targets,
    }
    if arguments.keep:
        print(report.tables(results))
        return
    report.RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(report.render())


def machine() -> str:
    """Return the date, the processor, and the versions of the software."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("fake-xray", "boto3", "moto", "pytest"))
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    python = f"{platform.python_implementation()} {platform.python_version()}"
    today = f"{datetime.now(timezone.utc):%Y-%m-%d}"
    return f"{today}, {model}, {os.cpu_count()} cores, {platform.system()}, {python}, {packages}"


def check_targets(rows: dict[str, Row], memory: dict[str, float]) -> list[dict[str, Any]]:
    """Return each target with the measured value and whether it is met."""

    def faster(measure: str, other: str, least: float) -> tuple[str, str, str, bool]:
        times = rows[measure].ratio(other, OURS)
        return (
            f"{measure}, compared with {other}",
            f"at least {least:g} times as fast" if least > 1 else "at least as fast",
            f"{report.number(times)} times",
            times >= least,
        )

    suite = rows[f"{processes.TESTS:,} tests"]
    few = rows[f"{processes.MOTO_TESTS} tests"]
    empty, ours, moto = "empty tests", "fake-xray", "moto (CloudWatch Logs)"
    floor = "the same calls on an object that does nothing"
    moto_suite = suite.median(empty) + (few.median(moto) - few.median(empty)) * processes.TESTS / processes.MOTO_TESTS
    block = rows["mock_xray() entered and exited"].median(OURS)
    loaded = rows["python -c"].difference("import fake_xray", "pass") * 1000
    unused = rows["pytest, one empty test"].difference("with the plugin, unused", "without the plugin") * 1000
    grown = memory["growth after one million mixed calls with record_calls=False"]
    table = [
        faster("put, 357 B, new document", BASELINE, 2.5),
        faster("put, 357 B, same document", BASELINE, 5),
        faster("put, 4.8 KB, same document", BASELINE, 20),
        faster("list, 5 policies", BASELINE, 1),
        faster("rejected put, error caught", BASELINE, 1),
        faster("create a client, put one policy", "Stubber", 150),
        ("mock_xray() entered and exited", "at most 20 µs", f"{report.number(block)} µs", block <= 20),
        (
            f"{suite.name}, compared with empty tests",
            "at most 1.05 times as long",
            f"{suite.ratio(ours, empty):.2f} times ({floor}: {suite.ratio(floor, empty):.2f})",
            suite.ratio(ours, empty) <= 1.05,
        ),
        (
            f"{suite.name}, compared with moto (estimated from {processes.MOTO_TESTS} tests)",
            "at least 100 times as fast",
            f"{moto_suite / suite.median(ours):.0f} times",
            moto_suite / suite.median(ours) >= 100,
        ),
        ("import fake_xray, compared with python -c pass", "at most 3 ms more", f"{loaded:.1f} ms", loaded <= 3),
        (
            "pytest with the plugin unused, compared with no plugin",
            "at most 2 ms more",
            f"{unused:.1f} ms",
            unused <= 2,
        ),
        (
            "one million mixed calls with record_calls=False",
            "less than 1 MB of growth in resident memory",
            f"{grown:,.0f} bytes",
            grown < 1_000_000,
        ),
    ]
    return [dict(zip(("measure", "target", "measured", "met"), line, strict=True)) for line in table]


if __name__ == "__main__":
    main()
