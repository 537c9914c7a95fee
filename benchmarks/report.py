"""Write the summary, the tables and the chart of docs/performance.md from results.json: `make bench-render`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chart import draw, number

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
RESULTS = HERE / "results.json"
BEGIN, END = "<!-- results: make bench -->", "<!-- end of results -->"
CHART = "![Time of one call of each contender, in microseconds](../benchmarks/chart.svg)"
# With more columns, times and ratios are in two tables, because one table would be wider than a page.
MAX_COLUMNS_WITH_RATIOS = 4
# With more columns, the variants of the baseline have a table of their own.
MAX_COLUMNS = 6
# For each section, what a reader must know about its tables.
NOTES = {
    "One call": (
        "A *new document* is different in every call, the *same document* is not. The policies in the list calls have "
        "357 bytes. A *rejected put* has a revision that is not the current one, and the caller catches the exception."
    ),
    "Other operations": "The hand-written class and moto do not have these operations.",
    "Before the first call": (
        "The first column is an empty `with mock_xray()` block. The second column is what a test does first: it "
        "creates a client and puts one policy. The client of Stubber, moto and the `before-send` handler is a real "
        "client. *With its own mock_xray()* means that the time includes entering and exiting a block."
    ),
    "Test suites": (
        "Each test uses a fixture, puts a policy, lists the policies and expects one error. pytest runs in a new "
        "process."
    ),
    "Start-up": (
        "Every measurement starts a new process. The first column is `python -c` with the code in the row. The second "
        "column is pytest with one empty test."
    ),
    "Accounts and Regions": (
        "A pair is an account and a Region. The columns show how many pairs contain policies. Either all calls go to "
        "the same pair, or each call goes to the next pair."
    ),
    "Threads": (
        "All threads put policies into one fake at the same time. The time is the elapsed time divided by the number "
        "of calls of all threads."
    ),
}


def render() -> str:
    """Write the results into the page and draw the chart. Return the results as Markdown."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    report = tables(results)
    draw(results["sections"]["One call"]["rows"], HERE / "chart.svg")
    text = PAGE.read_text(encoding="utf-8")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{head}{BEGIN}\n\n{report}\n\n{END}{tail}", encoding="utf-8")
    return report


def tables(results: dict[str, Any]) -> str:
    """Return the summary and all tables as Markdown."""
    measured = (
        f"Measured: {results['machine']}; {results['rounds']} rounds, {results['rounds_of_suites']} for test suites."
    )
    parts = [summary(results), CHART, "## Figures", measured]
    parts += [section(name, one["rows"], one["baseline"]) for name, one in results["sections"].items()]
    memory = [[measure, number(value) if value else "0"] for measure, value in results["memory"].items()]
    parts.append("\n\n".join(["### Memory", table(["Measure", "Bytes"], memory)]))
    targets = [
        [one["measure"], one["target"], one["measured"], "met" if one["met"] else "**not met**"]
        for one in results["targets"]
    ]
    parts.append("\n\n".join(["### Targets", table(["Measure", "Target", "Measured", ""], targets, numbers=False)]))
    return "\n\n".join(parts)


def summary(results: dict[str, Any]) -> str:
    """Return the most important results as a list of sentences."""
    rows = {row["measure"]: row for one in results["sections"].values() for row in one["rows"]}
    calls = [row for row in results["sections"]["One call"]["rows"] if not row["measure"].startswith("invalid")]
    small = [row["contenders"]["fake-xray"]["median"] for row in calls if "4.8 KB" not in row["measure"]]
    large = rows["put, 4.8 KB, new document"]["contenders"]["fake-xray"]["median"]

    def times(contender: str) -> str:
        ratios = [row["contenders"][contender]["times_as_long"] for row in calls]
        return f"{number(min(ratios))} to {number(max(ratios))} times as long as a fake client"

    block = rows["mock_xray() entered and exited"]["contenders"]["fake-xray"]["median"]
    suite = rows["1,000 tests"]["contenders"]["fake-xray"]["times_as_long"]
    targets = results["targets"]
    missed = sum(not one["met"] for one in targets)
    lines = [
        f"A call through a fake client takes {number(min(small))} to {number(max(small))} µs with small policies (357 "
        f"bytes). A put of a new document of 4.8 KB takes {number(large)} µs. This summary does not include calls with "
        "invalid arguments.",
        f"A hand-written Python fake takes {times('hand-written Python')}. It does not check the grammar of policies.",
        f"A real client with botocore's Stubber takes {times('Stubber')}.",
        f"moto takes {times('moto (CloudWatch Logs)')}. moto does not support the resource policies of X-Ray, so "
        "the resource policies of its CloudWatch Logs are measured instead.",
        f"A real client with `mock_xray(real_clients=True)` takes {times('fake-xray, real_clients=True')}.",
        f"Entering and exiting `mock_xray()` takes {number(block)} µs. A suite of 1,000 tests takes {number(suite)} "
        "times as long as 1,000 empty tests.",
        f"{len(targets) - missed} of {len(targets)} [targets](#targets) are met.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def section(name: str, rows: list[dict[str, Any]], baseline: str) -> str:
    """Return the heading, the note and the tables of a section."""
    contenders = list(dict.fromkeys(contender for row in rows for contender in row["contenders"]))
    notes = f"{NOTES[name]} [Spread](#method): {spread(rows)}."
    parts = [f"### {name}", notes]
    if min(len(contenders), len(rows)) <= MAX_COLUMNS_WITH_RATIOS:
        return "\n\n".join(
            [*parts, f"In parentheses: time relative to *{baseline}*.", combined(rows, contenders, baseline)]
        )
    variants = [contender for contender in contenders if contender.startswith(f"{baseline}, ")]
    if len(contenders) <= MAX_COLUMNS or not variants:
        return "\n\n".join([*parts, *separate(rows, contenders, baseline)])
    others = [contender for contender in contenders if contender not in variants]
    parts += separate(rows, others, baseline)
    parts += [f"Variants of *{baseline}*. In parentheses: time relative to *{baseline}*."]
    return "\n\n".join([*parts, combined(rows, [baseline, *variants], baseline)])


def separate(rows: list[dict[str, Any]], contenders: list[str], baseline: str) -> list[str]:
    """Return a table of times and a table of ratios."""
    times = table(["", *contenders], [[title(row), *times_of(row, contenders)] for row in rows])
    ratios = [[row["measure"], *ratios_of(row, contenders, baseline)] for row in rows]
    return [
        times,
        f"Time relative to *{baseline}* (2.0x means twice the time):",
        table(["", *contenders], ratios, leave_out=baseline),
    ]


def combined(rows: list[dict[str, Any]], contenders: list[str], baseline: str) -> str:
    """Return one table with times, and ratios in parentheses."""
    head = ["", *contenders]
    body = [
        [
            title(row),
            *(
                f"{time} ({ratio})" if ratio else time
                for time, ratio in zip(times_of(row, contenders), ratios_of(row, contenders, baseline), strict=True)
            ),
        ]
        for row in rows
    ]
    if len(contenders) > len(rows):
        head, *body = (list(column) for column in zip(head, *body, strict=True))
    return table(head, body)


def title(row: dict[str, Any]) -> str:
    """Return the name of a measure with its unit."""
    return f"{row['measure']} ({scale(row)[0]})"


def times_of(row: dict[str, Any], contenders: list[str]) -> list[str]:
    """Return the median time of each contender."""
    cells = [row["contenders"].get(contender) for contender in contenders]
    return [number(cell["median"] * scale(row)[1]) if cell else "" for cell in cells]


def ratios_of(row: dict[str, Any], contenders: list[str], baseline: str) -> list[str]:
    """Return how many times as long as the baseline each contender takes."""
    cells = [row["contenders"].get(contender, {}) for contender in contenders]
    return [
        f"{number(cell['times_as_long'])}x" if contender != baseline and "times_as_long" in cell else ""
        for contender, cell in zip(contenders, cells, strict=True)
    ]


def scale(row: dict[str, Any]) -> tuple[str, float]:
    """Return the unit in which a row is shown, and the factor for its values."""
    if row["unit"] == "us":
        return "µs", 1
    is_short = all(cell["median"] < 0.5 for cell in row["contenders"].values())
    return ("ms", 1000) if is_short else ("s", 1)


def spread(rows: list[dict[str, Any]]) -> str:
    """Return the typical and the largest spread: half the 10th-90th percentile range, relative to the median."""
    cells = [cell for row in rows for cell in row["contenders"].values()]
    spreads = sorted((cell["p90"] - cell["p10"]) / 2 / cell["median"] for cell in cells)
    return f"typically ±{spreads[len(spreads) // 2]:.0%}, at most ±{spreads[-1]:.0%}"


def table(head: list[str], body: list[list[str]], *, numbers: bool = True, leave_out: str | None = None) -> str:
    """Return a Markdown table. Numbers are aligned to the right. The column `leave_out` is omitted."""
    kept = [index for index, column in enumerate(head) if column != leave_out]
    head, *body = ([line[index] for index in kept] for line in [head, *body])
    rule = "|---" + ("|---:" if numbers else "|---") * (len(head) - 1) + "|"
    lines = [f"| {' | '.join(line)} |".replace("|  ", "| ") for line in [head, *body]]
    return "\n".join([lines[0], rule, *lines[1:]])


if __name__ == "__main__":
    print(render())
