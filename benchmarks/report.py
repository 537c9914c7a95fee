"""The tables of docs/performance.md and the chart, from results.json: `make bench-render`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chart import draw, number

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
RESULTS = HERE / "results.json"
BEGIN, END = "<!-- tables: make bench -->", "<!-- end of tables -->"
# With more columns, times and ratios are two tables: both in one would be wider than a page.
MOST_COLUMNS = 4


def render() -> str:
    """Write the tables into the page and draw the chart. Return the tables."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    report = tables(results)
    draw(results["sections"]["One call"]["rows"], HERE / "chart.svg")
    text = PAGE.read_text(encoding="utf-8")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{head}{BEGIN}\n\n{report}\n\n{END}{tail}", encoding="utf-8")
    return report


def tables(results: dict[str, Any]) -> str:
    """Return all tables as Markdown."""
    parts = [f"{results['machine']}; {results['rounds']} rounds, {results['rounds_of_suites']} of suites."]
    parts += [section(name, one["rows"], one["baseline"]) for name, one in results["sections"].items()]
    memory = [[measure, f"{value:,.0f}"] for measure, value in results["memory"].items()]
    parts.append("\n\n".join(["### Memory", table(["Measure", "Bytes"], memory)]))
    targets = [
        [one["measure"], one["target"], one["measured"], "met" if one["met"] else "**not met**"]
        for one in results["targets"]
    ]
    parts.append("\n\n".join(["### Targets", table(["Measure", "Target", "Measured", ""], targets, numbers=False)]))
    return "\n\n".join(parts)


def section(name: str, rows: list[dict[str, Any]], baseline: str) -> str:
    """Return the table or tables of measures and contenders."""
    contenders = list(dict.fromkeys(contender for row in rows for contender in row["contenders"]))
    measures, ratios = [], []
    for row in rows:
        unit, factor = scale(row)
        title = f"{row['measure']} ({unit})"
        cells = [row["contenders"].get(contender) for contender in contenders]
        times = [number(cell["median"] * factor) if cell else "" for cell in cells]
        compared = [times_as_long(cell, contender, baseline) for contender, cell in zip(contenders, cells, strict=True)]
        measures.append([title, *times])
        ratios.append([row["measure"], *compared])
    columns = min(len(contenders), len(rows))
    head = ["", *contenders]
    notes = f"Spread: {spread(rows)}."
    if columns > MOST_COLUMNS:
        relative = table(head, ratios, leave_out=baseline)
        return "\n\n".join([f"### {name}", notes, table(head, measures), f"Relative to *{baseline}*:", relative])
    both = [
        [title, *(f"{time} ({ratio})" if ratio else time for time, ratio in zip(times, compared, strict=True))]
        for (title, *times), (_, *compared) in zip(measures, ratios, strict=True)
    ]
    if len(contenders) > len(rows):
        head, *both = (list(column) for column in zip(head, *both, strict=True))
    return "\n\n".join([f"### {name}", f"In parentheses: relative to *{baseline}*. {notes}", table(head, both)])


def scale(row: dict[str, Any]) -> tuple[str, float]:
    """Return the unit in which a row is shown, and the factor for its values."""
    if row["unit"] == "us":
        return "µs", 1
    is_short = all(cell["median"] < 0.5 for cell in row["contenders"].values())
    return ("ms", 1000) if is_short else ("s", 1)


def times_as_long(cell: dict[str, float] | None, contender: str, baseline: str) -> str:
    """Return how many times as long as the baseline a contender takes."""
    if cell is None or contender == baseline or "times_as_long" not in cell:
        return ""
    return f"{number(cell['times_as_long'])}x"


def spread(rows: list[dict[str, Any]]) -> str:
    """Return half the range from the 10th to the 90th percentile relative to the median: typical and largest."""
    cells = [cell for row in rows for cell in row["contenders"].values()]
    spreads = sorted((cell["p90"] - cell["p10"]) / 2 / cell["median"] for cell in cells)
    return f"typically ±{spreads[len(spreads) // 2]:.0%}, at most ±{spreads[-1]:.0%}"


def table(head: list[str], body: list[list[str]], *, numbers: bool = True, leave_out: str | None = None) -> str:
    """Return a Markdown table. Numbers are on the right of their columns."""
    kept = [index for index, title in enumerate(head) if title != leave_out]
    head, *body = ([line[index] for index in kept] for line in [head, *body])
    rule = "|---" + ("|---:" if numbers else "|---") * (len(head) - 1) + "|"
    lines = [f"| {' | '.join(line)} |".replace("|  ", "| ") for line in [head, *body]]
    return "\n".join([lines[0], rule, *lines[1:]])


if __name__ == "__main__":
    print(render())
