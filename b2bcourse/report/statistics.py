"""What can be said of points in numbers: difficulty, discrimination, reliability, the middle.

Nothing is estimated that a class of this size cannot tell: see `said_of`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

CONFIDENCE: Final = 0.95
FEWEST: Final = 10
"""Of fewer students neither discrimination nor reliability is told: one of them would turn it."""
ENOUGH: Final = 20
"""From so many on a number is more than a hint."""
FEWEST_ITEMS: Final = 3
LOW: Final = 0.2
"""An item that goes with the others less than this is worth a look."""
GOOD: Final = 0.8
FAIR: Final = 0.7

Size = Literal["small", "hint", "enough"]
Worth = Literal["ranks", "finds", "practises"]
"""What a reliability is good for."""


@dataclass(frozen=True)
class Estimate:
    """A number with the interval that it may well lie in."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """The middle of some numbers, and between what the middle half of them lie."""

    mean: float
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha of an assignment, and by how many points one student's sum may be off."""

    alpha: Estimate
    error: float

    @property
    def worth(self) -> Worth:
        """What it is good for: to rank neighbours, to find who needs help, or neither."""
        if self.alpha.low >= GOOD:
            return "ranks"
        return "finds" if self.alpha.value >= FAIR else "practises"


def said_of(students: int) -> Size:
    """What may be said of a class: nothing uncertain, a hint with its interval, or the number."""
    if students < FEWEST:
        return "small"
    return "hint" if students < ENOUGH else "enough"


def spread(numbers: Sequence[float]) -> Spread:
    """Mean, median and quartiles; of no numbers there are none.

    Raises:
        ValueError: there are no numbers.
    """
    if not numbers:
        raise ValueError("no numbers")
    low, median, high = np.quantile(numbers, (0.25, 0.5, 0.75))
    return Spread(float(np.mean(numbers)), float(median), float(low), float(high))


def is_flat(numbers: Numbers) -> bool:
    """Whether all are the same: then nothing goes with them."""
    return bool(np.ptp(numbers) <= 1e-9 * max(1.0, float(np.max(np.abs(numbers)))))


def discrimination(points: Numbers) -> list[Estimate | None]:
    """The corrected item-total correlation of each item, by SciPy's ``pearsonr``.

    An item is held against the sum of the others, so that it does not go with itself. The interval
    is Fisher's: z = artanh r is about normal with standard deviation 1 / sqrt(n - 3).

    Args:
        points: students by items, none missing.

    Returns:
        An estimate an item; None where the item or the sum of the others is flat.
    """
    totals = points.sum(axis=1)
    return [correlation(item, totals - item) for item in points.T]


def correlation(one: Numbers, other: Numbers) -> Estimate | None:
    """Pearson's correlation with Fisher's interval; None where either is flat or n is under 4."""
    if len(one) < 4 or is_flat(one) or is_flat(other):  # noqa: PLR2004 - n - 3 under a root
        return None
    found = _stats().pearsonr(one, other)
    interval = found.confidence_interval(CONFIDENCE)
    return Estimate(float(found.statistic), float(interval.low), float(interval.high))


def is_doubtful(found: Estimate | None) -> bool:
    """Whether an item is worth a look: it hardly goes with the others, or against them."""
    return found is not None and found.low <= 0 and found.value < LOW


def reliability(points: Numbers) -> Reliability | None:
    """Cronbach's alpha (1951) with Feldt's interval (1965), and the standard error of a sum.

    alpha = k / (k - 1) (1 - sum of the items' variances / variance of the sums). With F of n - 1
    and (n - 1)(k - 1) degrees of freedom the interval runs from 1 - (1 - alpha) F(0.975) to
    1 - (1 - alpha) F(0.025): Feldt, Woodruff and Salih (1987), formulas 6 and 7. The standard
    error of measurement is the sums' standard deviation times sqrt(1 - alpha).

    Args:
        points: students by items, none missing.

    Returns:
        None where there are too few items or all sums are the same.
    """
    students, items = points.shape
    totals = points.sum(axis=1)
    if items < FEWEST_ITEMS or students < 2 or is_flat(totals):  # noqa: PLR2004 - a variance
        return None
    variance = float(np.var(totals, ddof=1))
    inner = float(np.var(points, axis=0, ddof=1).sum())
    alpha = items / (items - 1) * (1 - inner / variance)
    error = float(np.sqrt(variance * max(0.0, 1 - alpha)))
    return Reliability(feldt(alpha, students, items), error)


def feldt(alpha: float, students: int, items: int) -> Estimate:
    """An alpha with Feldt's interval: see `reliability`."""
    freedom = (students - 1, (students - 1) * (items - 1))
    tail = (1 - CONFIDENCE) / 2
    low, high = (1 - (1 - alpha) * float(_stats().f.ppf(q, *freedom)) for q in (1 - tail, tail))
    return Estimate(alpha, low, high)


def _stats() -> Any:
    # Looked up by name: SciPy brings no types.
    return importlib.import_module("scipy.stats")
