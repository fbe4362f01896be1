"""What a gradebook says of one assignment, as plain data: who handed in when, and what it got."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    import datetime as dt

    from b2bcourse.grading.opening import Course


@dataclass(frozen=True)
class Cell:
    """A graded cell of an assignment: ``item`` is its id, ``maximum`` its points."""

    item: str
    notebook: str
    maximum: float
    by_hand: bool


@dataclass(frozen=True)
class Grade:
    """What the gradebook holds for one cell of one student.

    Attributes:
        auto: the points that were given by the kit; None where there are none.
        manual: the points that a person gave, which count in place of ``auto``.
        extra: points beyond the maximum.
        waits: whether a person has still to look.
        comment: what a person wrote.
    """

    auto: float | None = None
    manual: float | None = None
    extra: float = 0.0
    waits: bool = False
    comment: str = ""

    @property
    def points(self) -> float | None:
        """What counts, extra credit included; None while no points have been given."""
        given = self.auto if self.manual is None else self.manual
        return None if given is None else given + self.extra

    @property
    def settled(self) -> float | None:
        """What counts once nobody has to look any more; None until then.

        What a person gave counts, also where nbgrader still asks to look. Report and exports both
        ask this, so that they never tell two truths of one gradebook.
        """
        return None if self.waits and self.manual is None else self.points


@dataclass(frozen=True)
class Record:
    """One student, and what the student got.

    Attributes:
        student: nbgrader's id.
        name: the full name by the gradebook; the id where it has none.
        handed_in: when, in UTC without a zone as nbgrader keeps it; None where nobody knows.
        late: seconds after the due date, an extension taken off.
        penalty: points taken off for being late.
        grades: by item; empty for who has not been graded.
    """

    student: str
    name: str
    email: str = ""
    lms_user_id: str = ""
    handed_in: dt.datetime | None = None
    late: float = 0.0
    penalty: float = 0.0
    graded: bool = False
    grades: dict[str, Grade] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether a person must still look at something, or something has no points yet."""
        return any(grade.waits or grade.points is None for grade in self.grades.values())

    @property
    def points(self) -> float:
        """The sum of what has been given, the penalty taken off, never below 0."""
        given = sum(grade.points or 0.0 for grade in self.grades.values())
        return max(0.0, given - self.penalty)


@dataclass(frozen=True)
class Records:
    """One assignment: its cells in the notebooks' order, and every student in the gradebook."""

    assignment: str
    due: dt.datetime | None
    cells: tuple[Cell, ...]
    students: tuple[Record, ...]

    @property
    def maximum(self) -> float:
        """All points of the assignment."""
        return sum(cell.maximum for cell in self.cells)


def records_of(course: Course, assignment: str) -> Records:
    """What the gradebook says of an assignment.

    Raises:
        GradingError: the gradebook knows no such assignment.
    """
    from nbgrader.api import MissingEntry

    with course.gradebook() as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry as error:
            raise GradingError(WORDS.no_release.format(assignment=assignment)) from error
        cells = tuple(_cells(found))
        return Records(assignment, found.duedate, cells, tuple(_students(gradebook, found)))


def _cells(assignment: Any) -> list[Cell]:
    """The graded cells in the order in which they stand in their notebooks."""
    made = []
    for notebook in assignment.notebooks:
        places = {cell.name: place for place, cell in enumerate(notebook.source_cells)}
        graded = [*notebook.grade_cells, *notebook.task_cells]
        solutions = {cell.name for cell in notebook.solution_cells}
        for cell in sorted(graded, key=lambda cell: places.get(cell.name, len(places))):
            by_hand = cell.name in solutions or cell.type == "TaskCell"
            made.append(Cell(cell.name, notebook.name, float(cell.max_score), by_hand))
    return made


def full_name(first: str | None, last: str | None) -> str:
    """A name as it is written where it is at home: Hangul with the family's first, in one word."""
    if first and last and all(_is_hangul(part) for part in (first, last)):
        return last + first
    return " ".join(filter(None, (first, last)))


def _is_hangul(text: str) -> bool:
    return all("가" <= letter <= "힣" for letter in text)


def _students(gradebook: Any, assignment: Any) -> list[Record]:
    grades = _grades(gradebook, assignment.id)
    handed = {entry.student_id: entry for entry in assignment.submissions}
    return [
        _record(student, handed.get(student.id), grades.get(student.id, {}))
        for student in sorted(gradebook.students, key=lambda each: str(each.id))
    ]


def _record(student: Any, entry: Any, grades: dict[str, Grade]) -> Record:
    name = full_name(student.first_name, student.last_name) or student.id
    known = Record(student.id, name, student.email or "", student.lms_user_id or "")
    if entry is None:
        return known
    return replace(
        known,
        handed_in=entry.timestamp,
        late=float(entry.total_seconds_late),
        penalty=sum(float(nb.late_submission_penalty or 0.0) for nb in entry.notebooks),
        graded=bool(grades),
        grades=grades,
    )


def _grades(gradebook: Any, assignment_id: str) -> dict[str, dict[str, Grade]]:
    """By student and item, in two queries however large the class is."""
    from nbgrader import api

    comments = {
        (student, cell): comment or ""
        for student, cell, comment in _of(
            gradebook, assignment_id, api.Comment, api.Comment.manual_comment
        )
    }
    grade = api.Grade
    rows = _of(
        gradebook,
        assignment_id,
        grade,
        grade.auto_score,
        grade.manual_score,
        grade.extra_credit,
        grade.needs_manual_grade,
    )
    found: dict[str, dict[str, Grade]] = {}
    for student, item, auto, manual, extra, waits in rows:
        said = comments.get((student, item), "")
        made = Grade(auto, manual, float(extra or 0.0), bool(waits), said)
        found.setdefault(student, {})[item] = made
    return found


def _of(gradebook: Any, assignment_id: str, table: Any, *columns: Any) -> Any:
    from nbgrader import api

    return (
        gradebook.db.query(api.SubmittedAssignment.student_id, api.BaseCell.name, *columns)
        .select_from(table)
        .join(api.BaseCell, api.BaseCell.id == table.cell_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == table.notebook_id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .filter(api.SubmittedAssignment.assignment_id == assignment_id)
        .all()
    )
