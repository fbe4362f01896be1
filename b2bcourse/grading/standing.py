"""What a gradebook holds for a cell after it has been graded: points, and whether a person waits.

Pure. nbgrader's autograde with the kit's settings and the kit's own bulk grader both ask this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from b2bcourse.grading.reading import Graded


@dataclass(frozen=True)
class Standing:
    """What stands in the gradebook for one cell.

    Attributes:
        auto: the points that the kit gave; None where there are none.
        waits: whether a person has still to look.
        manual: the points that a person gave; None where there are none.
    """

    auto: float | None
    waits: bool
    manual: float | None = None


def settled(
    cell: str, before: Standing, now: Standing, graded: Graded, unseen: Collection[str]
) -> Standing:
    """What a cell gets in the end.

    Args:
        cell: the graded cell's id.
        before: what stood there before this run.
        now: what nbgrader's own rule gives.
        graded: what was read of the submission.
        unseen: the cells that a person must look at and nobody has.

    Returns:
        Where a key cannot be used, what stood there before, or no points and a person who waits.
        Where an answer cannot be judged, no points until a person has looked; who has looked and
        given none meant 0. Where something is only to be seen, the points and a person.
    """
    marked = graded.marks.get(cell)
    stopped = marked is not None and marked.stopped
    waiting = marked is not None and marked.waiting
    return settle(before, now, stopped=stopped, waiting=waiting, unseen=cell in unseen)


def settle(
    before: Standing, now: Standing, *, stopped: bool, waiting: bool, unseen: bool
) -> Standing:
    """The same, of a cell of which is known whether it was stopped, could be judged, was seen."""
    if stopped:
        given = before.auto is not None or before.manual is not None
        return before if given else Standing(None, waits=True)
    if waiting:
        if unseen:
            return Standing(None, waits=now.manual is None or now.waits, manual=now.manual)
        return Standing(now.auto, now.waits and now.manual is not None, now.manual)
    return Standing(now.auto, now.waits or (unseen and now.manual is None), now.manual)
