"""What waits until somebody has seen it, and what «seen» does in the gradebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from b2bcourse.grading.troubles import see, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from b2bcourse.grading.reading import ReadSubmission
    from b2bcourse.grading.troubles import Trouble


class Course(Protocol):
    """What of a course (`opening.Course`) is needed here."""

    @property
    def root(self) -> Path:
        """The course folder."""

    def gradebook(self) -> AbstractContextManager[Any]:
        """The gradebook, open for writing."""


def unseen(root: Path, assignment: str, student: str, read: ReadSubmission) -> frozenset[str]:
    """The cells that a person is called to and has not looked at yet.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        read: what was read of the submission; its troubles have been put down.
    """
    return called_by(waiting(root, assignment, student), read)


def called_by(troubles: Iterable[Trouble], read: ReadSubmission) -> frozenset[str]:
    """The cells that a person is called to by these troubles, which nobody has seen."""
    # What was refused is not the student's own work, and calls nobody to it.
    items = {trouble.item for trouble in troubles if trouble.what != "refused"}
    called = frozenset(read.waiting)
    if "" not in items:
        return called & items
    return called | ({read.first} if read.first else frozenset())


def mark_seen(
    course: Course, assignment: str, student: str, by: str, which: Iterable[Trouble] | None = None
) -> tuple[list[Trouble], list[str]]:
    """Put down that somebody has seen a student's troubles, and let their cells wait no longer.

    A cell without points that the kit grades gets 0, which a person may still change. An essay
    goes on waiting: what is in it has to be scored.

    Args:
        course: the course.
        assignment: the assignment's name.
        student: nbgrader's id.
        by: who has seen them.
        which: the troubles; by default all that wait.

    Returns:
        The troubles that were marked, and the cells that wait all the same.
    """
    open_before = waiting(course.root, assignment, student)
    ids = None if which is None else {trouble.id for trouble in which}
    marked = [one for one in open_before if ids is None or one.id in ids]
    if not marked:
        return [], []
    see(course.root, assignment, student, marked, by)
    still = {trouble.item for trouble in waiting(course.root, assignment, student)}
    return marked, _let_go(course, assignment, student, {one.item for one in marked}, still)


def _let_go(
    course: Course, assignment: str, student: str, items: set[str], still: set[str]
) -> list[str]:
    """Take the flag off cells of which everything has been seen; those that wait all the same."""
    from nbgrader.api import MissingEntry

    staying = []
    with course.gradebook() as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:  # seen before it was graded: grading finds nothing to wait for
            return []
        for grade in _grades(submission):
            called = grade.needs_manual_grade and ("" in items or grade.name in items)
            if called and ("" in still or grade.name in still or not _release(grade)):
                staying.append(grade.name)
        gradebook.db.commit()
    return staying


def _grades(submission: Any) -> list[Any]:
    return [grade for notebook in submission.notebooks for grade in notebook.grades]


def _release(grade: Any) -> bool:
    """Let a grade wait no longer; whether that can be."""
    by_hand = grade.cell.cell_type != "code"
    if by_hand and grade.auto_score is None and grade.manual_score is None:
        return False
    if grade.auto_score is None and grade.manual_score is None:
        grade.auto_score = 0.0
    grade.needs_manual_grade = False
    return True
