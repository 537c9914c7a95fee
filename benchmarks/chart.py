"""Draw the chart of docs/performance.md: an SVG that follows the colour scheme of its reader."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# The measures and contenders of the chart, with the names that it shows.
MEASURES = {
    "put, 357 B, new document": "put_resource_policy, new document",
    "list, 5 policies": "list_resource_policies, 5 policies",
    "rejected put, error caught": "put_resource_policy, rejected",
}
CONTENDERS = {
    "fake-xray": "fake-xray",
    "hand-written Python": "hand-written Python",
    "MagicMock": "MagicMock",
    "Stubber": "botocore Stubber",
    "moto (CloudWatch Logs)": "moto (Logs)",
}
# The ends of the logarithmic axis and its lines, in microseconds.
LOWEST, HIGHEST = 0.5, 2500.0
LINES = {1: "1 µs", 10: "10 µs", 100: "100 µs", 1000: "1 ms"}
# Narrow, so that the text is large enough on a phone.
LEFT, RIGHT, WIDTH = 164, 340, 410
ROW, GAP, TOP = 24, 36, 12
# docs/site.css sets the same variables to the colours of the site.
STYLE = """<style>
.drawing { --ink: #23252b; --muted: #5c5f66; --paper: #ffffff; --line: #8a8d94; --ours: #5e35b1;
  background: var(--paper); max-width: 480px; margin: 0 auto }
@media (prefers-color-scheme: dark) { .drawing { --ink: #e6e7ea; --muted: #a9adb6; --paper: #1d1f25; --line: #7f838c;
  --ours: #b39ddb } }
.drawing text { fill: var(--ink); font: 14px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif }
.drawing .title { font-weight: 600; font-size: 15px }
.drawing .end { text-anchor: end }
.drawing .axis { fill: var(--muted); font-size: 13px; text-anchor: middle }
.drawing .grid { stroke: var(--line); stroke-opacity: 0.35 }
.drawing .range { stroke: var(--muted); stroke-opacity: 0.6 }
.drawing .dot { fill: var(--muted) }
.drawing .ours { fill: var(--ours) }
.drawing text.ours { font-weight: 600 }
</style>"""


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Draw the median time of each contender as a dot on a logarithmic axis."""
    chosen = [(title, row) for name, title in MEASURES.items() for row in rows if row["measure"] == name]
    group = GAP + ROW * len(CONTENDERS)
    bottom = TOP + group * len(chosen)
    height = bottom + 50
    label = "Median time of one call of each contender, on a logarithmic axis"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">',
        STYLE,
    ]
    for value, text in LINES.items():
        lines.append(f'<path class="grid" d="M{x(value):.1f} {TOP}V{bottom + 6}"/>')
        lines.append(f'<text class="axis" x="{x(value):.1f}" y="{bottom + 22}">{text}</text>')
    lines.append(
        f'<text class="axis" x="{WIDTH / 2:g}" y="{bottom + 42}">median time of one call (logarithmic axis)</text>'
    )
    for index, (title, row) in enumerate(chosen):
        top = TOP + group * index
        lines.append(f'<text class="title" x="6" y="{top + 16}">{escape(title)}</text>')
        for place, (contender, name) in enumerate(CONTENDERS.items()):
            y = top + GAP + ROW * place
            median = row["contenders"][contender]["median"]
            ours = " ours" if contender == "fake-xray" else ""
            lines.append(f'<text class="end{ours}" x="{LEFT - 10}" y="{y + 5}">{escape(name)}</text>')
            lines.append(f'<path class="range" d="M{LEFT} {y}H{x(median):.1f}"/>')
            lines.append(f'<circle class="dot{ours}" cx="{x(median):.1f}" cy="{y}" r="5"/>')
            lines.append(f'<text class="value{ours}" x="{x(median) + 10:.1f}" y="{y + 5}">{number(median)} µs</text>')
    path.write_text("\n".join([*lines, "</svg>", ""]), encoding="utf-8")


def x(microseconds: float) -> float:
    """Return the horizontal position of a time."""
    share = math.log(microseconds / LOWEST) / math.log(HIGHEST / LOWEST)
    return LEFT + share * (RIGHT - LEFT)


def number(value: float) -> str:
    """Return a number with two significant digits."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:#.2g}"
