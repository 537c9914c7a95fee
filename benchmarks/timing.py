"""Samples of several contenders, taken by turns, and what they come to."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Sample(NamedTuple):
    """Work that is timed, how many calls that is, and what is to be undone after it."""

    work: Callable[[], object]
    calls: int
    undo: Callable[[], object] = lambda: None


@dataclass
class Row:
    """One measure: seconds per call of each contender, by rounds."""

    name: str
    unit: str
    samples: dict[str, list[float]] = field(default_factory=dict)

    def median(self, contender: str) -> float:
        return statistics.median(self.samples[contender])

    def spread(self, contender: str) -> tuple[float, float]:
        """Return the tenth and the ninetieth percentile."""
        ordered = sorted(self.samples[contender])
        last = len(ordered) - 1
        return ordered[round(last * 0.1)], ordered[round(last * 0.9)]

    def ratio(self, contender: str, baseline: str) -> float:
        """Return how many times as long as the baseline it takes: the median of the rounds, each compared in itself."""
        pairs = zip(self.samples[contender], self.samples[baseline], strict=True)
        return statistics.median(one / other for one, other in pairs)

    def difference(self, contender: str, baseline: str) -> float:
        """Return how much longer than the baseline it takes: the median of the rounds, each compared in itself."""
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
    """Take a sample of each contender in each round, beginning with another one each time.

    Parameters
    ----------
    unit : str
        "us" or "s", for the reader; samples are kept in it.
    contenders : dict
        Prepares a sample: its set-up is not timed.
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
