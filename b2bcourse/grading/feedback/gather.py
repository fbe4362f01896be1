"""What a feedback page needs, gathered: gradebook, answers as handed in, keys, moves, troubles.

No notebook that was graded has to be on disk. Where the gradebook's points and the key as it is now
do not say the same, no page is made: a student must not read marks that do not give the points.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.criteria import criteria_of
from b2bcourse.grading.feedback.exercises import Answer, StaleError, exercise_of, with_moves
from b2bcourse.grading.feedback.page import Page, Trouble
from b2bcourse.grading.feedback.times import late_by, when
from b2bcourse.grading.feedback.words import WORDS
from b2bcourse.grading.holding.extensions import extensions_of
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.loose import nbgrader_of, text_of
from b2bcourse.grading.marking import mark
from b2bcourse.grading.mending import TIMESTAMP
from b2bcourse.grading.moved import moves_in
from b2bcourse.grading.reading import items_in, read_submission
from b2bcourse.grading.records import records_of
from b2bcourse.grading.released import released_notebooks
from b2bcourse.grading.troubles import troubles_of
from b2bcourse.grading.written import as_written

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.facts import Lang
    from b2bcourse.grading.criteria import Given
    from b2bcourse.grading.feedback.page import Exercise
    from b2bcourse.grading.marking import Marked
    from b2bcourse.grading.moved import Move
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Cell, Record, Records

_TITLE: Final = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_SAME_TIME: Final = dt.timedelta(seconds=1)
"""What a database may have rounded away."""


class NoPageError(GradingError):
    """A student for whom no page can be made now; the message says what to do first."""


@dataclass(frozen=True)
class Class:
    """A class whose feedback is made, read once.

    Attributes:
        course: the course.
        records: its gradebook's part for the assignment.
        closes: when the last student may hand in, extensions included; None where nothing says.
    """

    course: Course
    records: Records
    closes: dt.datetime | None
    moves: dict[tuple[str, str], list[Move]] = field(default_factory=dict)
    troubles: dict[str, list[Trouble]] = field(default_factory=dict)
    penalties: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def assignment(self) -> str:
        """The assignment's name."""
        return self.records.assignment

    @property
    def notebooks(self) -> list[str]:
        """The notebooks with graded cells, in their order."""
        return list(dict.fromkeys(cell.notebook for cell in self.records.cells))

    def student(self, name: str) -> Record:
        """A student who has handed in.

        Raises:
            NoPageError: there is none of this name, or nothing was handed in or graded.
        """
        for record in self.records.students:
            if record.student == name and (record.graded or record.handed_in):
                return record
        raise NoPageError(WORDS.no_student.format(student=name, assignment=self.assignment))

    def handed_in(self) -> list[Record]:
        """Every student with something to get feedback on."""
        return [each for each in self.records.students if each.graded or each.handed_in]


def read_class(course: Course, assignment: str) -> Class:
    """Read what all pages of an assignment need.

    Raises:
        GradingError: the gradebook knows no such assignment, or nothing in it is graded.
    """
    records = records_of(course, assignment)
    if not records.cells:
        raise GradingError(WORDS.no_cells.format(assignment=assignment))
    closes, penalties = _of_submissions(course, assignment, records.due)
    found = Class(course, records, closes, penalties=penalties)
    for move in moves_in(course.directory.db_url, assignment):
        found.moves.setdefault((move.student, move.item), []).append(move)
    for trouble, _seen in troubles_of(course.root, assignment):
        told = Trouble(trouble.file, trouble.found[course.lang], trouble.done[course.lang])
        found.troubles.setdefault(trouble.student, []).append(told)
    return found


@dataclass(frozen=True)
class Read:
    """What one student handed in: the notebooks with the texts in them, and the marks by item."""

    student: str
    notebooks: dict[str, dict[str, Any]]
    marks: dict[str, Marked]


class Maker:
    """Makes the pages of a class, one student after another.

    Args:
        of: the class.
        opened: whether the key is open to the class.
    """

    def __init__(self, of: Class, *, opened: bool = False) -> None:
        self.of, self.opened = of, opened
        self._released = released_notebooks(of.course.directory, of.assignment)
        self._scored = [each for nb in self._released.values() for each in items_in(nb)]
        self._last: Read | None = None

    def page(self, student: str, notebook: str) -> Page:
        """One student's page for one notebook.

        Raises:
            NoPageError: nothing of the student's is graded, or it has to be graded again.
            GradingError: a key cannot be used.
        """
        of, record = self.of, self.of.student(student)
        lang = of.course.lang
        read = self._read(record)
        given = criteria_of(of.course.root, of.assignment, student)
        cells = [cell for cell in of.records.cells if cell.notebook == notebook]
        exercises = []
        for number, cell in enumerate(cells, 1):
            made = self._exercise(record, cell, read, number, given.get(cell.item))
            exercises.append(with_moves(made, of.moves.get((student, cell.item), ()), lang))
        return Page(
            lang=lang,
            title=_title(self._released[notebook], notebook),
            student=record.name,
            handed_in=_handed_in(record, lang),
            exercises=tuple(exercises),
            penalty=of.penalties.get((student, notebook), 0.0),
            troubles=tuple(of.troubles.get(student, ())),
            opened=self.opened,
        )

    def _exercise(
        self, record: Record, cell: Cell, read: Read, number: int, given: Given | None
    ) -> Exercise:
        keys, assignment = self.of.course.keys, self.of.assignment
        grade = record.grades.get(cell.item)
        if grade is None:
            raise NoPageError(WORDS.not_graded.format(assignment=assignment))
        marked = read.marks.get(cell.item)
        if marked is not None and marked.stopped and not grade.waits:
            raise GradingError(WORDS.key_broken.format(item=cell.item, detail=marked.trouble))
        answer = replace(self._text(cell, read), marked=marked)
        try:
            return exercise_of(
                keys, cell, grade, answer, number=number, given=given, opened=self.opened
            )
        except StaleError as error:
            raise NoPageError(error.text.format(assignment=assignment)) from error
        except KeysError as error:
            raise GradingError(
                WORDS.key_broken.format(item=cell.item, detail=error.text.en)
            ) from error

    def _read(self, record: Record) -> Read:
        """What a student handed in, read and marked once for all notebooks."""
        if self._last is None or self._last.student != record.student:
            course, keys = self.of.course, self.of.course.keys
            read = read_submission(
                keys,
                self._released,
                _folder(self.of, record),
                assignment=self.of.assignment,
                student=record.student,
                lang=course.lang,
            )
            marks = {
                item: mark(keys, item, read.answers, points, rendered=False)
                for item, points in self._scored
            }
            self._last = Read(record.student, read.notebooks, marks)
        return self._last

    def _text(self, cell: Cell, read: Read) -> Answer:
        """What stands in a cell; where it is as it was released, nothing."""
        if not cell.by_hand:
            return Answer()
        mine = _cell_of(read.notebooks.get(cell.notebook, {}), cell.item)
        released = _cell_of(self._released[cell.notebook], cell.item)
        if mine.get("source") == released.get("source"):
            return Answer()
        if mine.get("cell_type") == "markdown":
            return Answer(text=mine["source"], attachments=mine.get("attachments"))
        return Answer(text=as_written(mine.get("source", "")))


def _cell_of(notebook: dict[str, Any], item: str) -> dict[str, Any]:
    for cell in notebook.get("cells", ()):
        if nbgrader_of(cell).get("grade_id") == item:
            return dict(cell)
    return {}


def _folder(of: Class, record: Record) -> Path:
    """What was handed in: as collected, or where that is gone, as it was copied at grading.

    Raises:
        NoPageError: it is gone, or has come again and is not graded yet.
    """
    course, student = of.course, record.student
    handed, graded = (
        course.folder(step, of.assignment, student) for step in ("submitted", "autograded")
    )
    folder = handed if handed.is_dir() else graded
    if not folder.is_dir():
        raise NoPageError(WORDS.gone.format(folder=handed))
    stamp = _stamp(course, folder)
    if stamp and record.handed_in and stamp > record.handed_in + _SAME_TIME:
        raise NoPageError(WORDS.handed_in_again.format(assignment=of.assignment))
    if not record.graded:
        raise NoPageError(WORDS.not_graded.format(assignment=of.assignment))
    return folder


def _stamp(course: Course, folder: Path) -> dt.datetime | None:
    """When a folder was handed in, as nbgrader reads it; what nbgrader writes is read faster."""
    try:
        text, _, zone = (folder / TIMESTAMP).read_text("utf-8").strip().rpartition(" ")
        plain = dt.datetime.fromisoformat(text) if zone == "UTC" else None
    except (OSError, ValueError):
        plain = None
    if plain is not None and plain.tzinfo is None:
        return plain
    found: dt.datetime | None = course.directory.get_existing_timestamp(str(folder))
    return found


def _handed_in(record: Record, lang: Lang) -> str:
    if record.handed_in is None:
        return ""
    told = WORDS.handed_in[lang].format(date=when(record.handed_in, lang))
    if record.late <= 0:
        return told
    return f"{told} · {WORDS.late[lang].format(time=late_by(record.late, lang))}"


def _title(released: dict[str, Any], name: str) -> str:
    """The first heading of a notebook; its name where it has none."""
    for cell in released["cells"]:
        found = _TITLE.search(text_of(cell)) if cell["cell_type"] == "markdown" else None
        if found:
            return found[1]
    return name


def _of_submissions(
    course: Course, assignment: str, due: dt.datetime | None
) -> tuple[dt.datetime | None, dict[tuple[str, str], float]]:
    """When the last student may hand in, and each notebook's penalty for being late."""
    from nbgrader import api

    with course.gradebook() as gradebook:
        rows = (
            gradebook.db.query(
                api.SubmittedAssignment.student_id,
                api.SubmittedAssignment.extension,
                api.Notebook.name,
                api.SubmittedNotebook.late_submission_penalty,
            )
            .select_from(api.SubmittedNotebook)
            .join(
                api.SubmittedAssignment,
                api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
            )
            .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .filter(api.Assignment.name == assignment)
            .all()
        )
    longest = max((row[1] for row in rows if row[1]), default=dt.timedelta())
    penalties = {(student, name): float(less or 0.0) for student, _, name, less in rows}
    # More time can have been given to somebody of whom the gradebook has no submission yet.
    later = extensions_of(course.root, assignment).values()
    return (max([due + longest, *later]) if due else None), penalties
