"""Where the report's data come from: the gradebook for points, `submitted/` for answers.

Both hold alike after nbgrader's own autograde and after the kit's; what is not graded yet is
scored here by the same function that grading calls.
"""

from __future__ import annotations

import glob
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.grading import second_looks, troubles
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.files import MAX_NOTEBOOK_BYTES
from b2bcourse.grading.handed import answers_in, look_into
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.marking import mark
from b2bcourse.grading.records import Record, records_of
from b2bcourse.grading.steps import OnStep, silent
from b2bcourse.items.base import ResponseError
from b2bcourse.items.simulation.journal import read as read_journal
from b2bcourse.report.dates import local
from b2bcourse.report.seen import Answer, ClassSeen, Exercise, Pupil, Trace
from b2bcourse.responses.bounded import read_bounded
from b2bcourse.simulation import seed_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from b2bcourse.grading.answers import Answers
    from b2bcourse.grading.keys import Keys
    from b2bcourse.grading.marking import Marked
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Cell, Grade, Records
    from b2bcourse.grading.second_looks import Asked
    from b2bcourse.items import Response
    from b2bcourse.report.seen import State

_CLOSE: Final = 1e-4
"""Points that differ less are the same: a gradebook keeps six decimals."""


def read_class(
    course: Course, assignment: str, now: dt.datetime, on_step: OnStep = silent
) -> ClassSeen:
    """Everything that the report tells of one assignment.

    Args:
        course: the course.
        assignment: the assignment's name.
        now: when it is looked at, with the zone in which dates are told.
        on_step: told of each student.

    Raises:
        GradingError: the gradebook knows no such assignment, or a key cannot be used.
    """
    records = records_of(course, assignment)
    exercises = _exercises(course.keys, records.cells)
    folders = handed_in(course, assignment)
    elsewhere = _Elsewhere(course, records)
    waiting = _waiting(course.root, assignment)
    everybody = _everybody(records, folders)
    pupils = []
    for number, record in enumerate(everybody):
        on_step(assignment, number, len(everybody))
        name = record.student
        asked = second_looks.asked_of(course.root, assignment, name)
        pupil = _pupil(course.keys, exercises, record, folders.get(name), asked)
        before, trace = elsewhere.share(name), elsewhere.trace(name)
        pupils.append(replace(pupil, before=before, trace=trace, troubles=waiting.get(name, 0)))
    on_step(assignment, len(everybody), len(everybody))
    return ClassSeen(
        assignment=assignment,
        title=title_of(course, assignment),
        lang=course.lang,
        now=now,
        due=local(records.due, now) if records.due else None,
        exercises=exercises,
        pupils=tuple(pupils),
        before=elsewhere.before.assignment if elsewhere.before else "",
        troubles=(sum(waiting.values()), len(troubles.troubles_of(course.root, assignment))),
    )


def handed_in(course: Course, assignment: str) -> dict[str, Path]:
    """The folders that were collected, by student, wherever nbgrader is told to keep them."""
    pattern = course.folder("submitted", assignment, "*")
    place = pattern.parts.index("*")
    found = (Path(name) for name in glob.glob(str(pattern)))  # noqa: PTH207 - a pattern in mid-path
    return {path.parts[place]: path for path in sorted(found) if path.is_dir()}


def title_of(course: Course, assignment: str) -> str:
    """An assignment's title: the first heading of its first notebook, or its name."""
    for path in sorted(course.folder("source", assignment).glob("*.ipynb")):
        try:
            cells = json.loads(read_bounded(path, MAX_NOTEBOOK_BYTES))["cells"]
            sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
            heads = (line for text in sources for line in text.splitlines() if line[:2] == "# ")
            if head := next(heads, ""):
                return head.removeprefix("# ").strip()
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return assignment


def _exercises(keys: Keys, cells: Iterable[Cell]) -> tuple[Exercise, ...]:
    return tuple(_exercise(keys, number, cell) for number, cell in enumerate(cells, start=1))


def _exercise(keys: Keys, number: int, cell: Cell) -> Exercise:
    bare = Exercise(number, cell.item, cell.item, cell.maximum, cell.by_hand)
    if cell.item not in keys:  # a cell of the instructor's own
        return bare
    try:
        question = keys.asked(cell.item)
    except KeysError as error:
        raise GradingError(error.text) from error
    return replace(bare, title=question.face.title, question=question)


def _everybody(records: Records, folders: Mapping[str, Path]) -> list[Record]:
    """Everybody in the gradebook, and those whom only their folder tells of."""
    known = {record.student for record in records.students}
    unknown = [Record(name, name) for name in folders if name not in known]
    return [*records.students, *unknown]


def _pupil(
    keys: Keys,
    exercises: Iterable[Exercise],
    record: Record,
    folder: Path | None,
    asked: Mapping[str, list[Asked]],
) -> Pupil:
    handed = folder is not None or record.handed_in is not None or bool(record.grades)
    made = Pupil(record.student, record.name, handed, record.late, record.penalty)
    if not handed:
        return made
    exercises = list(exercises)
    places = None if folder is None else _places(folder, exercises)
    answers = {
        one.id: _answer(keys, one, record.grades.get(one.id), places, asked) for one in exercises
    }
    others = tuple(one.id for one in exercises if _is_other_seed(one, record, answers[one.id]))
    return replace(made, answers=answers, other_seeds=others)


def _is_other_seed(exercise: Exercise, record: Record, answer: Answer) -> bool:
    """Whether a game was played on a seed that is not drawn from this student's name.

    That proves nothing: on many machines the log-in is another name than the student's id.
    """
    question = exercise.question
    if question is None or question.item.kind != "simulation" or answer.state != "scored":
        return False
    journal, _ = read_journal(answer.value)
    own = getattr(question.face, "seed", None) is None
    return own and journal is not None and journal.seed != seed_for(record.student, exercise.id)


def _places(folder: Path, exercises: Iterable[Exercise]) -> Answers:
    """Where the answers are, by the rule of grading: wherever in the folder they lie."""
    return answers_in(look_into(folder), [one.id for one in exercises])[0]


def _answer(
    keys: Keys,
    exercise: Exercise,
    grade: Grade | None,
    places: Answers | None,
    asked: Mapping[str, list[Asked]],
) -> Answer:
    if places is None or exercise.question is None or exercise.by_hand:
        waits = grade is None or grade.waits
        said = second_looks.told(exercise.id, _kept(exercise, places), asked)
        return Answer("hand", grade.settled if grade else None, waits, asked=said)
    response, state = _response(exercise, places)
    marked = mark(keys, exercise.id, places, exercise.maximum, rendered=False)
    if marked.outcome is None and state == "scored":
        state = "old" if marked.waiting else "blank"
    points = _points(grade, marked, state)
    return Answer(
        state,
        points,
        waits=points is None or (grade is not None and grade.waits),
        outcome=marked.outcome,
        value=marked.value,
        asked=second_looks.told(exercise.id, response, asked),
        moved=_moved(grade, marked),
    )


def _kept(exercise: Exercise, places: Answers | None) -> Response | None:
    if places is None or exercise.question is None:
        return None
    return _response(exercise, places)[0]


def _response(exercise: Exercise, places: Answers) -> tuple[Response | None, State]:
    kind = exercise.question.item.kind if exercise.question else ""
    try:
        response = places.read(exercise.id, kind)
    except (OSError, ResponseError):
        return None, "unread"
    return response, "blank" if response is None else "scored"


def _points(grade: Grade | None, marked: Marked, state: State) -> float | None:
    """What the gradebook holds; what has not been graded yet is worth what the key says of it."""
    if grade is not None:
        return grade.settled
    return None if state in {"unread", "old"} else marked.points


def _moved(grade: Grade | None, marked: Marked) -> bool:
    if grade is None or grade.auto is None or grade.manual is not None or marked.outcome is None:
        return False
    return abs(grade.auto - marked.points) > _CLOSE


def _others(course: Course, assignment: str) -> list[Records]:
    """All other assignments of the gradebook, in the order of their due dates."""
    with course.gradebook() as gradebook:
        names = [str(one.name) for one in gradebook.assignments if one.name != assignment]
    return sorted((records_of(course, name) for name in names), key=_place)


def _place(records: Records) -> tuple[str, str]:
    """By due date, what has none at the end; then by name."""
    return records.due.isoformat() if records.due else "~", records.assignment


def _before(records: Records, others: Iterable[Records]) -> Records | None:
    """The last assignment before this one of which anything has been graded.

    Dates tell which came before, and names where there are none: the course's begin with numbers.
    """
    earlier = [one for one in others if _is_before(one, records)]
    graded = [one for one in earlier if any(student.graded for student in one.students)]
    return graded[-1] if graded else None


def _is_before(one: Records, other: Records) -> bool:
    if one.due and other.due and one.due != other.due:
        return one.due < other.due
    return one.assignment < other.assignment


class _Elsewhere:
    """What the gradebook tells of students in the other assignments."""

    def __init__(self, course: Course, records: Records) -> None:
        others = _others(course, records.assignment)
        self.before = _before(records, others)
        self.titles = {one.assignment: title_of(course, one.assignment) for one in others}
        self.records = {
            one.assignment: {each.student: each for each in one.students} for one in others
        }

    def share(self, student: str) -> float | None:
        """The share of the last assignment's points so far; None where nothing was graded."""
        if self.before is None:
            return None
        record = self.records[self.before.assignment].get(student)
        if record is None or not record.graded:
            return None
        most = {cell.item: cell.maximum for cell in self.before.cells}
        known = [name for name, grade in record.grades.items() if grade.points is not None]
        full = sum(most.get(name, 0.0) for name in known)
        return record.points / full if full else None

    def trace(self, student: str) -> Trace | None:
        """The last that was handed in."""
        found = [
            Trace(record.handed_in, self.titles[name])
            for name, records in self.records.items()
            if (record := records.get(student)) and record.handed_in
        ]
        return max(found, key=lambda trace: trace.at, default=None)


def _waiting(root: Path, assignment: str) -> dict[str, int]:
    """How many troubles nobody has seen yet, by student."""
    found: dict[str, int] = {}
    for trouble, seen in troubles.troubles_of(root, assignment):
        if seen is None:
            found[trouble.student] = found.get(trouble.student, 0) + 1
    return found
