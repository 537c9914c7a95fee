"""The chart of the README."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from pathlib import Path

    from timing import Row

MEASURES = {
    "put, 357 B, new document": "put, new document",
    "put, 357 B, same document": "put, same document",
    "list of five": "list of five",
    "expected error, caught": "expected error",
}
CONTENDERS = {
    "fake-xray": "#1a7f5a",
    "hand-written Python": "#5b8db8",
    "MagicMock": "#b8a45b",
    "Stubber": "#c98a5a",
    "before-send hook": "#b86a6a",
    "moto (CloudWatch Logs)": "#8a6ab8",
}


def draw(rows: list[Row], path: Path, machine: str) -> None:
    """Draw the medians of some measures as bars on a logarithmic scale, with the tenth and ninetieth percentile."""
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "fake-xray", "font.family": "sans-serif"})
    chosen = [row for row in rows if row.name in MEASURES]
    figure = Figure(figsize=(9, 5.2), layout="constrained")
    axes = figure.add_subplot()
    height = 0.8 / len(CONTENDERS)
    for place, (contender, colour) in enumerate(CONTENDERS.items()):
        at = [index + place * height for index in range(len(chosen))]
        medians = [row.median(contender) for row in chosen]
        spreads = [row.spread(contender) for row in chosen]
        low = [max(median - one, 0) for median, (one, _) in zip(medians, spreads, strict=True)]
        high = [max(other - median, 0) for median, (_, other) in zip(medians, spreads, strict=True)]
        axes.barh(at, medians, height, xerr=(low, high), color=colour, ecolor="#888888", label=contender)
        for y, median, above in zip(at, medians, high, strict=True):
            label = f"{median:,.3g}" if median < 100 else f"{median:,.0f}"
            axes.annotate(label, ((median + above) * 1.08, y), va="center", size=8)
    axes.set_xscale("log")
    axes.set_yticks([index + 0.4 - height / 2 for index in range(len(chosen))], [MEASURES[row.name] for row in chosen])
    axes.invert_yaxis()
    axes.set_xlabel("microseconds a call, median, logarithmic; thin lines: tenth to ninetieth percentile")
    axes.set_title(machine, size=7, loc="left", wrap=True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, -0.32), ncols=3, frameon=False)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
