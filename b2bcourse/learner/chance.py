"""Whether a difference is more than chance: exact, by counting, in plain Python."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

RARE: Final = Fraction(1, 20)
"""A difference is told from chance where chance alone makes one as large less often than this."""


def by_chance(differences: Sequence[int]) -> Fraction:
    """How often chance alone makes a sum at least as far from nothing as this one.

    If nothing was learnt, before and after might as well have been swapped in any objective. So
    every choice of signs is as likely as the one that was seen, and all of them are counted: the
    permutation test of paired differences, two-sided.

    Args:
        differences: for each objective, right answers after less those before.
    """
    seen, sums = abs(sum(differences)), Counter({0: 1})
    for step in filter(None, differences):
        longer: Counter[int] = Counter()
        for total, ways in sums.items():
            longer[total + step] += ways
            longer[total - step] += ways
        sums = longer
    as_far = sum(ways for total, ways in sums.items() if abs(total) >= seen)
    return Fraction(as_far, sums.total())


def is_rare(chance: Fraction) -> bool:
    """Whether chance alone is so unlikely to have made a difference that another cause is taken."""
    return chance < RARE
