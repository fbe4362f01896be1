"""What grading again does to a grade that stands: in nbgrader's autograde and in `b2bcourse grade`.

In one thing the kit differs from nbgrader, on purpose: nbgrader puts every cell that a person has
graded before that person again, whenever a class is graded again. Here that happens only where
there is something new to look at.
"""

from __future__ import annotations

from typing import Final

from b2bcourse.grading.standing import Standing

_NOTHING: Final = 1e-9
"""Points that differ by less are the same: databases round."""


def has_moved(before: float | None, after: float | None) -> bool:
    """Whether points differ; no points differ from any."""
    if before is None or after is None:
        return before is not after
    return abs(before - after) > _NOTHING


def regraded(before: Standing, auto: float | None, *, same: bool) -> Standing:
    """What stands for a cell once it has been graded again, before anything unusual is looked at.

    Args:
        before: what stood there.
        auto: the points that grading gives now; None where only a person can.
        same: whether the answer is the one that was graded last.
    """
    if before.manual is None:
        return Standing(auto, waits=auto is None)
    waits = before.waits or not same or has_moved(before.auto, auto)
    return Standing(auto, waits, before.manual)
