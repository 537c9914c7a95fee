"""Take samples of several contenders in turn, and compute medians, spreads and ratios."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Sample(NamedTuple):
    """The work to time, the number of its calls, and what to do after it."""

    work: Callable[[], object]
    calls: int
    undo: Callable[[], object] = lambda: None


@dataclass
class Row:
    """One measure: the time per call of each contender in each round, in `unit`."""

    name: str
    unit: str
    samples: dict[str, list[float]] = field(default_factory=dict)

    def median(self, contender: str) -> float:
        return statistics.median(self.samples[contender])

    def spread(self, contender: str) -> tuple[float, float]:
        """Return the 10th and the 90th percentile."""
        ordered = sorted(self.samples[contender])
        last = len(ordered) - 1
        return ordered[round(last * 0.1)], ordered[round(last * 0.9)]

    def ratio(self, contender: str, baseline: str) -> float:
        """Return how many times as long as the baseline a contender takes: the median of the ratios in each round."""
        pairs = zip(self.samples[contender], self.samples[baseline], strict=True)
        return statistics.median(one / other for one, other in pairs)

    def difference(self, contender: str, baseline: str) -> float:
        """Return how much longer than the baseline a contender takes: the median of the differences in each round."""
        pairs = zip(self.samples[contender], self.samples[baseline], strict=True)
        return statistics.median(one - other for one, other in pairs)

    def as_json(self, baseline: str) -> dict[str, object]:
        return {
            "measure": self.name,
            "unit": self.unit,
            "contenders": {
                name: {
                    "median": self.median(name),
                    "p10": self.spread(name)[0],
                    "p90": self.spread(name)[1],
                    **({"times_as_long": self.ratio(name, baseline)} if baseline in self.samples else {}),
                }
                for name in self.samples
            },
        }


def interleave(name: str, unit: str, rounds: int, contenders: dict[str, Callable[[], Sample]]) -> Row:
    """Take a sample of each contender in each round. Each round starts with a different contender.

    Parameters
    ----------
    name : str
        The name of the measure.
    unit : str
        The unit of the samples: "us" (microseconds) or "s" (seconds).
    rounds : int
        The number of rounds.
    contenders : dict
        For each contender, a function that prepares a sample. The preparation is not timed.

    Returns
    -------
    Row
        All samples of the measure.
    """
    factor = {"us": 1e6, "s": 1.0}[unit]
    row = Row(name, unit, {contender: [] for contender in contenders})
    order = list(contenders)
    for _ in range(rounds):
        for contender in order:
            sample = contenders[contender]()
            gc.collect()
            start = time.perf_counter()
            sample.work()
            row.samples[contender].append((time.perf_counter() - start) / sample.calls * factor)
            sample.undo()
        order = order[1:] + order[:1]
    return row
