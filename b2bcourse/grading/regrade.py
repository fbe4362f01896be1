"""What grading again does to a grade that stands: in nbgrader's autograde and in `b2bcourse grade`.

In one thing the kit differs from nbgrader, on purpose: nbgrader puts every cell that a person has
graded before that person again, whenever a class is graded again. Here that happens only where
there is something new to look at.
"""

from __future__ import annotations

from typing import Final

_NOTHING: Final = 1e-9
"""Points that differ by less are the same: databases round."""


def has_moved(before: float | None, after: float | None) -> bool:
    """Whether points differ; no points differ from any."""
    if before is None or after is None:
        return before is not after
    return abs(before - after) > _NOTHING


def needs_person(auto: float | None, manual: float | None, *, waited: bool, same: bool) -> bool:
    """Whether a cell waits for a person once it has been graded again.

    Args:
        auto: the points that grading gives now; None where only a person can.
        manual: the points that a person has given; None where nobody has.
        waited: whether it was waiting before.
        same: whether answer and points are what they were when it was graded last.
    """
    if manual is None:
        return auto is None
    return waited or not same
