"""What grading one submission has found, before the gradebook knows of it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from b2bcourse.grading.bulk.folders import Submission
    from b2bcourse.grading.moved import By, Move
    from b2bcourse.grading.troubles import Trouble


@dataclass(frozen=True)
class CellWork:
    """One graded cell.

    Attributes:
        name: its grade id.
        auto: the points that grading gave; None where a person must say.
        by: by what.
        stopped: trouble on the instructor's side: what stands in the gradebook stays.
        waiting: the answer could not be judged.
        unseen: something came up with it that a person must look at, and nobody has.
    """

    name: str
    auto: float | None
    by: By
    stopped: bool = False
    waiting: bool = False
    unseen: bool = False


@dataclass(frozen=True)
class NotebookWork:
    """One notebook of a submission; ``comments`` by grade id, None where nothing is to be said.

    A notebook that was not handed in has ``missing`` set and nothing else.
    """

    name: str
    cells: tuple[CellWork, ...] = ()
    comments: dict[str, str | None] = field(default_factory=dict)
    missing: bool = False


@dataclass(frozen=True)
class Work:
    """One submission, graded.

    Attributes:
        submission: whose, and where it lies.
        handed_in: its time stamp; None where nobody knows.
        notebooks: what was found in them.
        troubles: what could not be matched, read or kept whole.
    """

    submission: Submission
    handed_in: dt.datetime | None
    notebooks: tuple[NotebookWork, ...]
    troubles: tuple[Trouble, ...]

    @property
    def student(self) -> str:
        """The id that nbgrader has for the student."""
        return self.submission.student


@dataclass(frozen=True)
class Saved:
    """What became of one student in the gradebook.

    Attributes:
        student: nbgrader's id.
        moves: points that have changed.
        before, after: the sum of what the kit grades by itself, where points have changed.
        waiting: the cells that a person must look at, by grade id, and whether each is new.
    """

    student: str
    moves: tuple[Move, ...]
    before: float
    after: float
    waiting: dict[str, bool]
