"""Essays as whoever grades them needs them: who wrote, what, and what has been given so far.

Reads gradebook and ``autograded``; a grade goes into the gradebook as formgrader would put it
there, its points by criterion beside it (`criteria`). Two who grade the same essay are told of
each other: what is given names the state that it was given upon, and is refused upon another one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from b2bcourse.facts import Text
from b2bcourse.facts.faults import of_json, of_system
from b2bcourse.facts.reading import read_words
from b2bcourse.grading import criteria, second_looks, troubles
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.criteria import Given, Worth, worths
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.texts import Texts, texts_for
from b2bcourse.items.essay import EssayItem
from b2bcourse.responses import read_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Cell, Records
    from b2bcourse.items.response import Response


class EssayWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    no_essay: Text
    no_text: Text
    every_criterion: Text
    too_much: Text
    long_comment: Text
    busy: Text


SAID: Final = read_words(__package__, EssayWords, name="essays")

MAX_COMMENT: Final = 20_000
"""Characters."""
ALL: Final = "all"
"""The one criterion of an essay without a rubric: its points."""

State = Literal["waits", "given", "empty"]
"""Nobody has graded it; somebody has; nothing was written, so there is nothing to grade."""


class Level(msgspec.Struct, frozen=True):
    """One level of a criterion: its points and what it looks like."""

    points: float
    text: str


class Criterion(msgspec.Struct, frozen=True):
    """One criterion in the course's language."""

    id: str
    text: str
    maximum: float
    levels: tuple[Level, ...]


class Rubric(msgspec.Struct, frozen=True, kw_only=True):
    """What one essay is graded by.

    Attributes:
        number: the place of its cell among the assignment's graded cells, from 1.
        min_words, max_words: how long it should be; 0 where nobody said.
        notes, model: for the grader alone.
    """

    item: str
    number: int
    title: str
    maximum: float
    criteria: tuple[Criterion, ...]
    min_words: int = 0
    max_words: int = 0
    notes: str = ""
    model: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One student's essay in the queue; ``total`` is what was given by hand or by the kit."""

    student: str
    name: str
    state: State
    handed_in: str = ""
    total: float | None = None


class Essay(msgspec.Struct, frozen=True, kw_only=True):
    """One student's essay, whole.

    Attributes:
        texts: what was written, each with name, HTML and words.
        notes: what the kit tells about them.
        troubles: what went wrong with this submission and has not been seen yet.
        saved: when the answer in the field was saved (ISO 8601); empty where nobody knows.
        points: by criterion; empty where nobody gave any, or the sum was changed elsewhere.
        total: what the gradebook holds.
        comment: to the student.
        by, at: who gave the points, and when.
        version: names this state; see `give`.
        asked: what the student asks to be looked at a second time.
    """

    item: str
    student: str
    texts: list[dict[str, Any]]
    notes: list[str]
    troubles: list[dict[str, str]]
    saved: str = ""
    points: dict[str, float] = {}
    total: float | None = None
    comment: str = ""
    by: str = ""
    at: str = ""
    version: str = ""
    asked: str = ""


class Giving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person gives one essay.

    Attributes:
        points: for every criterion.
        comment: to the student.
        was: the version that the grader saw.
    """

    points: dict[str, float]
    comment: str
    was: str


class ClashError(Exception):
    """Somebody else gave this essay something since it was read; ``essay`` is how it stands."""

    def __init__(self, essay: Essay) -> None:
        super().__init__(f"{essay.item}, {essay.student}: {essay.total}")
        self.essay = essay


class UnfitError(GradingError):
    """What should be given cannot be: it is no grade for this essay, or the gradebook is busy."""


# ---------------------------------------------------------------- what there is to grade


def essays_in(course: Course, records: Records) -> list[Rubric]:
    """The rubrics of an assignment's essays, in the notebooks' order.

    Raises:
        GradingError: an essay's item cannot be used.
    """
    return [
        _rubric(course, cell, number)
        for number, cell in enumerate(records.cells, start=1)
        if cell.by_hand
    ]


def _rubric(course: Course, cell: Cell, number: int) -> Rubric:
    """The rubric of an item; of a cell without one, its points as the only criterion."""
    item = _item(course, cell.item)
    if item is None:
        only = (Criterion(ALL, "", cell.maximum, ()),)
        return Rubric(
            item=cell.item, number=number, title=cell.item, maximum=cell.maximum, criteria=only
        )
    lang = course.lang
    return Rubric(
        item=cell.item,
        number=number,
        title=item.title[lang],
        maximum=cell.maximum,
        criteria=tuple(
            _criterion(told, worth, lang)
            for told, worth in zip(item.rubric, worths(item, cell.maximum), strict=True)
        ),
        min_words=item.words.min,
        max_words=item.words.max,
        notes=item.grader_notes[lang],
        model=item.model[lang],
    )


def _criterion(told: Any, worth: Worth, lang: Lang) -> Criterion:
    levels = tuple(
        Level(points, level.text[lang])
        for points, level in zip(worth.levels, told.levels, strict=True)
    )
    return Criterion(told.id, told.criterion[lang], worth.maximum, levels)


def _item(course: Course, name: str) -> EssayItem | None:
    if name not in course.keys:
        return None
    try:
        found = course.keys.item(name)
    except KeysError as error:
        raise GradingError(error.text) from error
    return found if isinstance(found, EssayItem) else None


def queue(records: Records, item: str) -> list[Place]:
    """Everybody whose work holds this essay, in the order in which it was handed in."""
    graded = [record for record in records.students if item in record.grades]
    graded.sort(key=lambda each: (each.handed_in is None, each.handed_in, each.student))
    return [
        Place(
            student=record.student,
            name=record.name,
            state=_state(waits=record.grades[item].waits, manual=record.grades[item].manual),
            handed_in="" if record.handed_in is None else f"{record.handed_in.isoformat()}Z",
            total=record.grades[item].points,
        )
        for record in graded
    ]


def _state(*, waits: bool, manual: float | None) -> State:
    if waits:
        return "waits"
    return "empty" if manual is None else "given"


def states(course: Course, assignment: str, item: str) -> dict[str, tuple[State, float | None]]:
    """How far everybody's essay is, in one query of one cell."""
    with course.gradebook() as gradebook:
        return {
            student: (
                _state(waits=grade.needs_manual_grade, manual=grade.manual_score),
                _points(grade),
            )
            for student, grade in _grades(gradebook, assignment, item)
        }


def comments(course: Course, assignment: str, item: str) -> list[tuple[str, int]]:
    """The lines of all comments on an essay, with how often each was written, the most first."""
    from nbgrader import api

    with course.gradebook() as gradebook:
        written = [
            comment
            for (comment,) in _rows(gradebook, assignment, item, api.Comment)
            .with_entities(api.Comment.manual_comment)
            .all()
        ]
    lines = Counter(
        line for comment in written for line in dict.fromkeys(_lines(comment or "")) if line
    )
    return sorted(lines.items(), key=lambda each: (-each[1], each[0]))


def _lines(comment: str) -> Iterator[str]:
    return (line.strip() for line in comment.splitlines())


# ---------------------------------------------------------------- one essay


def essay_of(course: Course, assignment: str, item: str, student: str) -> Essay:
    """One student's essay.

    Raises:
        GradingError: the gradebook holds no such essay.
    """
    with course.gradebook() as gradebook:
        grade, comment = _found(gradebook, assignment, item, student)
        notebook = grade.notebook.name
        known = _known(course, assignment, item, student, grade, comment)
    path = course.folder("autograded", assignment, student) / f"{notebook}.ipynb"
    texts = _texts(path, item, course.lang)
    saved = _saved(course, assignment, item, student)
    asked = second_looks.asked_of(course.root, assignment, student)
    return msgspec.structs.replace(
        known,
        texts=[
            {"name": each.name, "html": each.html, "words": each.words} for each in texts.written
        ],
        notes=list(texts.notes),
        troubles=_troubles(course, assignment, item, student),
        saved=saved.time if saved is not None else "",
        asked=second_looks.told(item, saved, asked) or "",
    )


def _known(
    course: Course, assignment: str, item: str, student: str, grade: Any, comment: Any
) -> Essay:
    """How an essay stands in gradebook and criteria; without its text."""
    given = criteria.criteria_of(course.root, assignment, student).get(item)
    fits = given is not None and given.fits(grade.manual_score)
    said = (comment.manual_comment if comment is not None else "") or ""
    return Essay(
        item=item,
        student=student,
        texts=[],
        notes=[],
        troubles=[],
        points=given.points if given is not None and fits else {},
        total=grade.manual_score,
        comment=said,
        by=given.by if given is not None and fits else "",
        at=given.at if given is not None and fits else "",
        version=_version(grade, said, given),
    )


def _version(grade: Any, comment: str, given: Given | None) -> str:
    parts = (grade.manual_score, bool(grade.needs_manual_grade), comment, given and given.at)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _texts(path: Any, item: str, lang: Lang) -> Texts:
    try:
        return texts_for(json.loads(path.read_bytes()), item, lang)
    except (OSError, ValueError) as error:
        detail = of_system(error) if isinstance(error, OSError) else of_json(error)
        return Texts(notes=(SAID.no_text.format(detail=detail)[lang],))


def _troubles(course: Course, assignment: str, item: str, student: str) -> list[dict[str, str]]:
    lang = course.lang
    return [
        {"found": trouble.found[lang], "done": trouble.done[lang], "id": trouble.id}
        for trouble in troubles.waiting(course.root, assignment, student)
        if trouble.item in ("", item)
    ]


def _saved(course: Course, assignment: str, item: str, student: str) -> Response | None:
    """What was saved in the field, as the student's own file says: when, and what is asked."""
    folder = course.folder("submitted", assignment, student) / "responses"
    try:
        return read_answer(folder, item, "essay")
    except Exception:  # noqa: BLE001 - a student's file; what it tells is a help and no more
        return None


# ---------------------------------------------------------------- giving


def give(
    course: Course, rubric: Rubric, assignment: str, student: str, giving: Giving, by: str
) -> Essay:
    """Put down what a person gives one essay.

    Args:
        course: the course.
        rubric: the essay's.
        assignment: the assignment's name.
        student: nbgrader's id.
        giving: what is given.
        by: the grader's name.

    Returns:
        How the essay stands now, without its text.

    Raises:
        ClashError: it has another version by now; nothing was changed.
        UnfitError: a criterion is missing or gets more than there is.
        GradingError: the gradebook holds no such essay.
    """
    _check(rubric, giving)
    from sqlalchemy.exc import OperationalError

    now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    given = Given(points=giving.points, by=by, at=now)
    try:
        found = _put(course, assignment, student, rubric.item, giving, given)
    except OperationalError as error:  # such as a class's grading that has not come to its end
        raise UnfitError(SAID.busy) from error
    _see(course, assignment, rubric.item, student, by)
    return found


def _put(
    course: Course, assignment: str, student: str, item: str, giving: Giving, given: Given
) -> Essay:
    place = (course, assignment, item, student)
    with course.gradebook() as gradebook:
        grade, said = _found(gradebook, *place[1:])
        was = _known(*place, grade, said).version
        if was != giving.was or not _write(gradebook, grade, given):
            gradebook.db.rollback()
            raise ClashError(essay_of(*place))
        _say(gradebook, grade, said, giving.comment.strip())
        criteria.keep(course.root, assignment, student, {item: given})
        gradebook.db.commit()
        return _known(*place, *_found(gradebook, *place[1:]))


def _check(rubric: Rubric, giving: Giving) -> None:
    points = giving.points
    if set(points) != {criterion.id for criterion in rubric.criteria}:
        raise UnfitError(SAID.every_criterion)
    for criterion in rubric.criteria:
        if not 0 <= points[criterion.id] <= criterion.maximum:  # of NaN too this is false
            told = criterion.text or criterion.id
            maximum = f"{criterion.maximum:g}"
            raise UnfitError(SAID.too_much.format(criterion=told, maximum=maximum))
    if len(giving.comment) > MAX_COMMENT:
        raise UnfitError(SAID.long_comment.format(limit=MAX_COMMENT))


def _write(gradebook: Any, grade: Any, given: Given) -> bool:
    """The sum into the gradebook, where it still holds what was read; in one step of its own."""
    from nbgrader import api

    same = api.Grade.manual_score == grade.manual_score  # None is told as IS NULL
    changed = (
        gradebook.db.query(api.Grade)
        .filter(api.Grade.id == grade.id, same)
        .update(
            {"manual_score": given.total, "needs_manual_grade": False}, synchronize_session=False
        )
    )
    gradebook.db.expire(grade)
    return bool(changed)


def _say(gradebook: Any, grade: Any, said: Any, comment: str) -> None:
    from nbgrader import api

    if said is None:
        cell = gradebook.find_solution_cell(
            grade.cell.name, grade.notebook.name, grade.notebook.assignment.name
        )
        said = api.Comment(notebook=grade.notebook, cell=cell)
        gradebook.db.add(said)
    said.manual_comment = comment or None


def _see(course: Course, assignment: str, item: str, student: str, by: str) -> None:
    """What went wrong with this essay has been seen by whoever gives points for it."""
    about = [
        trouble
        for trouble in troubles.waiting(course.root, assignment, student)
        if trouble.item == item
    ]
    if about:
        troubles.see(course.root, assignment, student, about, by)


# ---------------------------------------------------------------- the gradebook


def _found(gradebook: Any, assignment: str, item: str, student: str) -> tuple[Any, Any]:
    """Grade and comment of one student's cell; a cell without text has no comment."""
    from nbgrader import api

    grade = next(
        (grade for who, grade in _grades(gradebook, assignment, item, student) if who == student),
        None,
    )
    if grade is None:
        raise GradingError(SAID.no_essay.format(item=item, student=student))
    comment = (
        _rows(gradebook, assignment, item, api.Comment)
        .filter(api.SubmittedAssignment.student_id == student)
        .one_or_none()
    )
    return grade, comment


def _grades(gradebook: Any, assignment: str, item: str, student: str = "") -> list[tuple[str, Any]]:
    from nbgrader import api

    rows = _rows(gradebook, assignment, item, api.Grade)
    if student:
        rows = rows.filter(api.SubmittedAssignment.student_id == student)
    return list(rows.with_entities(api.SubmittedAssignment.student_id, api.Grade).all())


def _rows(gradebook: Any, assignment: str, item: str, table: Any) -> Any:
    """The rows of one cell in everybody's submission."""
    from nbgrader import api

    return (
        gradebook.db.query(table)
        .join(api.BaseCell, api.BaseCell.id == table.cell_id)
        .join(api.SubmittedNotebook, api.SubmittedNotebook.id == table.notebook_id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id,
        )
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .filter(api.Assignment.name == assignment, api.BaseCell.name == item)
    )


def _points(grade: Any) -> float | None:
    given = grade.auto_score if grade.manual_score is None else grade.manual_score
    return None if given is None else float(given + (grade.extra_credit or 0.0))
