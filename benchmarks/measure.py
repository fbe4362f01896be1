"""Taking turns, medians and ratios."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

ROOT: Final = Path(__file__).resolve().parents[1]

Step = Callable[[str, int, int], None]
Measured = TypeVar("Measured")


class SkipBenchmark(Exception):  # noqa: N818 - nothing is wrong
    """The benchmark cannot run here; the message says what is missing."""


class BrokenPromiseError(Exception):
    """The two sides did not do the same work, or the kit did what it promises not to do."""


@dataclass(frozen=True)
class Job:
    """What a benchmark is asked to do.

    Attributes:
        quick: few runs, to see that it works; the numbers mean little.
        step: told what is being done, how much of it is done, of how much.
    """

    quick: bool
    step: Step

    def runs(self, usual: int, quick: int = 2) -> int:
        """How many runs to make."""
        return quick if self.quick else usual


@dataclass(frozen=True)
class Spread:
    """The middle of several runs, and between what the middle half of them lies."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        if len(values) == 1:
            return cls(values[0], values[0], values[0])
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high)


@dataclass(frozen=True)
class Row:
    """One line of the table: the kit beside an alternative.

    Attributes:
        what: what was measured.
        against: the alternative.
        unit: of both sides: s, ms, us, MB, kB or a word to count by.
        ours, instead: the two sides, run by run; each pair was measured one after the other.
        ratio: the median of the pairs' ratios.
        says: how the ratio reads after its number, such as "times as fast".
        reach: what design and issue ask for, in words; empty where nothing is asked.
        reached: whether that was reached.
    """

    what: str
    against: str
    unit: str
    ours: Spread
    instead: Spread
    ratio: Spread
    says: str
    reach: str = ""
    reached: bool | None = None


@dataclass
class Report:
    """What a benchmark found: rows for the table, and sentences that stand under it."""

    rows: list[Row] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def take_turns(
    job: Job,
    what: str,
    ours: Callable[[], Measured],
    instead: Callable[[], Measured],
    runs: int,
) -> list[tuple[Measured, Measured]]:
    """Measure both sides by turns; who begins changes each time."""
    pairs: list[tuple[Measured, Measured]] = []
    for turn in range(runs):
        job.step(what, turn, runs)
        if turn % 2:
            other = instead()
            pairs.append((ours(), other))
        else:
            pairs.append((ours(), instead()))
    job.step(what, runs, runs)
    return pairs


Pairs = Sequence[tuple[float, float]]


def saves(
    what: str,
    pairs: Pairs,
    *,
    against: str,
    unit: str,
    says: str = "times as fast",
    at_least: float | None = None,
) -> Row:
    """A row whose ratio is alternative ÷ kit: more is better."""
    ratio = Spread.of([instead / ours for ours, instead in pairs])
    reached = None if at_least is None else ratio.median >= at_least
    reach = "" if at_least is None else f"{at_least:g} times"
    return _row(what, pairs, ratio, (against, unit, says), (reach, reached))


def costs(
    what: str,
    pairs: Pairs,
    *,
    against: str,
    unit: str,
    says: str,
    under: float | None = None,
) -> Row:
    """A row whose ratio is kit ÷ alternative: less is better."""
    ratio = Spread.of([ours / instead for ours, instead in pairs])
    reached = None if under is None else ratio.median < under
    reach = "" if under is None else f"under {under:g} times"
    return _row(what, pairs, ratio, (against, unit, says), (reach, reached))


def _row(
    what: str,
    pairs: Pairs,
    ratio: Spread,
    words: tuple[str, str, str],
    aim: tuple[str, bool | None],
) -> Row:
    ours = Spread.of([pair[0] for pair in pairs])
    instead = Spread.of([pair[1] for pair in pairs])
    against, unit, says = words
    return Row(what, against, unit, ours, instead, ratio, says, *aim)


def fresh_python(code: str) -> str:
    """What a new Python prints when it runs ``code`` at the top of the repository."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BrokenPromiseError(f"{code!r} failed:\n{done.stderr[-2000:]}")
    return done.stdout.strip()
