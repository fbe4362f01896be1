"""A whole course without people: nbgrader's real exchange, simulated students, our grading."""

from __future__ import annotations

import copy
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit
from nbgrader.utils import capture_log
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from b2bcourse.context import read_index, released_face
from b2bcourse.facts import Lang
from b2bcourse.grading.base import CONFIG_FILE, GradingError, essay_cells, fields
from b2bcourse.grading.build import said_in
from b2bcourse.grading.bulk.run import grade
from b2bcourse.grading.course import assignments_in, new_course
from b2bcourse.grading.demo_words import WORDS
from b2bcourse.grading.feedback.writing import write_feedback
from b2bcourse.grading.files import RESPONSES
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.marking import points_of
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.steps import OnStep, silent
from b2bcourse.grading.students import FEWEST, Student, Value, classroom, shares
from b2bcourse.items import agreement
from b2bcourse.items.judging import judge
from b2bcourse.responses import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOLERANCE: Final = 1e-6

HELD_FIRST: Final = "a3-benefit-matrix"
"""The assignment that the demo holds where a course has it: its class matrix tells most."""


@dataclass(frozen=True)
class GradedStudent:
    """What one student got.

    Attributes:
        student: the simulated student.
        points: item id to points; None waits for a person to grade it, or was never submitted.
        late: seconds after the due date, 0 if on time.
    """

    student: Student
    points: Mapping[str, float | None]
    late: float


@dataclass(frozen=True)
class ClassMatrix:
    """How a class marked an item of the form 'cells'.

    Attributes:
        title: the item's.
        rows, columns: id to name.
        marked: (row, column) to the share of the class that marked it, from 0 to 1.
        wanted: the cells that the key asks for.
    """

    title: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    marked: Mapping[tuple[str, str], float]
    wanted: frozenset[tuple[str, str]]


@dataclass
class DemoResult:
    """What the demo did.

    Attributes:
        course: the course folder, ready for formgrader.
        lang: its language.
        assignment: the assignment that was held.
        maximum: item id to the cell's points, in the notebook's order.
        students: what each got.
        matrix: the class's marks in the first item that is a matrix to be filled.
        gradebook: the database.
        feedback: the feedback pages.
        failed: a sentence for each step that failed; empty if all went well.
        seconds: how long it took.
    """

    course: Path
    lang: Lang
    assignment: str
    maximum: dict[str, float] = field(default_factory=dict)
    students: list[GradedStudent] = field(default_factory=list)
    matrix: ClassMatrix | None = None
    gradebook: Path = Path()
    feedback: list[Path] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def demo(
    folder: Path,
    students: int = 12,
    seed: int = 1,
    lang: Lang = "ko",
    on_step: OnStep = silent,
    origin: Path | None = None,
) -> DemoResult:
    """Make a course and hold one assignment of it with simulated students.

    It is the one on the benefit matrix, or where a course has none, the first.

    Args:
        folder: where; it must not exist, or be empty.
        students: how many, at least 3: one submits nothing, one a broken file, one is late.
        seed: the same number, the same class.
        lang: the course's language.
        on_step: told each step.
        origin: a clone of the repository; default: the one this package runs from.

    Returns:
        Points, class matrix and places; `DemoResult.failed` names the steps that failed.

    Raises:
        GradingError: the folder is not empty, or there are no solutions.
    """
    if students < FEWEST:
        raise GradingError(WORDS.too_few)
    if folder.exists() and any(folder.iterdir()):
        raise GradingError(WORDS.not_empty.format(folder=folder))
    started = perf_counter()
    held = _Held(folder.absolute(), lang, on_step, origin)
    with warnings.catch_warnings():
        # nbgrader 0.9 warns of its own use of SQLAlchemy and traitlets; nobody here can mend that.
        warnings.filterwarnings("ignore", module=r"nbgrader|traitlets|sqlalchemy|nbconvert")
        held.run(classroom(students, seed))
    held.result.seconds = perf_counter() - started
    return held.result


class _Held:
    """The steps of one demo, over one course folder, exchange and class."""

    def __init__(self, folder: Path, lang: Lang, on_step: OnStep, origin: Path | None) -> None:
        self.home, self.lang, self.on_step = folder, lang, on_step
        self.course = new_course(folder / "course", lang, origin)
        (folder / "exchange").mkdir()
        with (self.course / CONFIG_FILE).open("a", encoding="utf-8") as file:
            file.write(_DEMO_CONFIG)
        self.config = load_config(self.course)
        self.keys = Keys(self.course / "items")
        self.assignment = _assignment(assignments_in(self.course / "source"))
        self.result = DemoResult(self.course, lang, self.assignment)
        self.values: dict[tuple[str, str], Value] = {}
        self.api = NbGraderAPI(config=self.config)

    def run(self, students: Sequence[Student]) -> None:
        """All steps; one that nothing can follow ends the demo with what has failed."""
        if not self._release():
            return
        self._hand_in(students)
        present = [s for s in students if s.fate != "nothing"]
        if not self._step("collect", self.api.collect(self.assignment)):
            return
        if not self._grade(len(present)):
            return
        self._feedback(present)
        self._step("release_feedback", self.api.release_feedback(self.assignment))
        self._read_gradebook(students)
        self._check_against_scores(present)
        self.result.matrix = self._class_matrix(present)

    def _release(self) -> bool:
        self.on_step("generate, release", 0, 2)
        if not self._step("generate_assignment", self.api.generate_assignment(self.assignment)):
            return False
        self.on_step("generate, release", 1, 2)
        done = self._step("release_assignment", self.api.release_assignment(self.assignment))
        self.on_step("generate, release", 2, 2)
        return done

    def _hand_in(self, students: Sequence[Student]) -> None:
        """Everyone fetches and answers; those on time submit before the due date is over."""
        self._each("fetch, answer", students, self._fetch_and_answer)
        in_time = [s for s in students if s.fate in {"on time", "broken file"}]
        self._each("submit", in_time, self._submit)
        now = datetime.now(UTC).replace(tzinfo=None)
        with self.api.gradebook as gradebook:
            gradebook.update_or_create_assignment(self.assignment, duedate=now)
        for student in students:
            if student.fate == "late":
                self._submit(student)

    def _each(self, what: str, students: Sequence[Student], step: Any) -> None:
        for number, student in enumerate(students):
            self.on_step(what, number, len(students))
            step(student)
        self.on_step(what, len(students), len(students))

    def _step(self, what: str, result: dict[str, Any]) -> bool:
        if not result["success"]:
            self.result.failed.append(f"{what}: {said_in(result)}")
        return bool(result["success"])

    def _fetch_and_answer(self, student: Student) -> None:
        home = self.home / "students" / student.id
        home.mkdir(parents=True)
        fetched = self._exchange(ExchangeFetchAssignment, student)
        if not self._step(f"fetch {student.id}", fetched):
            return
        folder = home / self.assignment
        index = read_index(folder)
        if index is None:
            self.result.failed.append(f"{student.id}: no items/index.json was fetched")
            return
        for item_id in index.items:
            face = released_face(folder, index, item_id)
            if self.keys.is_by_hand(item_id):
                Store(folder, face).save({"text": student.essay(self.lang)})
                continue
            value = student.answer(self.keys.question(item_id))
            Store(folder, face).save(value)
            self.values[student.id, item_id] = value
        self._write_in_cells(folder, student)
        if student.fate == "broken file":
            self._break_first_answer(folder, student)

    def _write_in_cells(self, folder: Path, student: Student) -> None:
        """What has no field is written into its cell."""
        for path in folder.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            with_field = fields(notebook)
            for cell in essay_cells(notebook):
                if cell.metadata.nbgrader["grade_id"] not in with_field:
                    cell.source = student.essay(self.lang)
            nbformat.write(notebook, path)

    def _break_first_answer(self, folder: Path, student: Student) -> None:
        first = next(item for who, item in self.values if who == student.id)
        path = folder / RESPONSES / f"{first}.json"
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        del self.values[student.id, first]

    def _submit(self, student: Student) -> None:
        self._step(f"submit {student.id}", self._exchange(ExchangeSubmit, student))

    def _exchange(self, action: Any, student: Student) -> dict[str, Any]:
        """What a student's own ``nbgrader fetch_assignment`` or ``nbgrader submit`` does."""
        home = self.home / "students" / student.id
        config = copy.deepcopy(self.config)
        config.CourseDirectory.root = str(home)
        config.CourseDirectory.student_id = student.id
        config.CourseDirectory.assignment_id = self.assignment
        config.Exchange.assignment_dir = str(home)
        config.Exchange.cache = str(home / ".nbgrader_cache")
        coursedir = CourseDirectory(config=config)
        authenticator = Authenticator(config=config)
        app = action(coursedir=coursedir, authenticator=authenticator, config=config)
        result: dict[str, Any] = capture_log(app)
        return result

    def _grade(self, students: int) -> bool:
        """Graded as ``b2bcourse grade`` does it; whether it could be."""
        self.on_step("grade", 0, students)
        try:
            run = grade(self.course, self.assignment, on_step=self._on_step_of("grade"))
        except GradingError as error:
            self.result.failed.append(f"grade: {error.text[self.lang]}")
            return False
        faults = run.faults.items()
        self.result.failed += [f"grade {item}: {why[self.lang]}" for item, why in faults]
        return True

    def _feedback(self, students: Sequence[Student]) -> None:
        """The pages that ``b2bcourse feedback`` writes."""
        on_step = self._on_step_of("feedback")
        try:
            done = write_feedback(open_course(self.course), self.assignment, on_step=on_step)
        except GradingError as error:
            self.result.failed.append(f"feedback: {error.text[self.lang]}")
            return
        left = {name: why[self.lang] for name, why in done.left_out}
        written = {page.parent.parent.name for page in done.pages}
        for student in students:
            if student.id not in written:
                self.result.failed.append(f"feedback {student.id}: {left.get(student.id, '')}")
        self.result.feedback += done.pages

    def _on_step_of(self, what: str) -> OnStep:
        return lambda _name, number, total: self.on_step(what, number, total)

    def _read_gradebook(self, students: Sequence[Student]) -> None:
        self.result.gradebook = self.course / "gradebook.db"
        with self.api.gradebook as gradebook:
            assignment = gradebook.find_assignment(self.assignment)
            for notebook in assignment.notebooks:
                points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
                self.result.maximum.update(points)
            submitted = {s.student.id: s for s in assignment.submissions}
            for student in students:
                self.result.students.append(_graded(student, submitted.get(student.id)))

    def _check_against_scores(self, present: Sequence[Student]) -> None:
        """The gradebook must hold what the pure score says, and know who is late."""
        for graded in self.result.students:
            student = graded.student
            if (graded.late > 0) != (student.fate == "late"):
                self.result.failed.append(f"{student.id}: late by {graded.late} s")
            if bool(graded.points) != (student in present):
                self.result.failed.append(f"{student.id}: submission and gradebook differ")
            for item_id, points in graded.points.items():
                expected = self._expected(student, item_id)
                if expected is not None and abs((points or 0.0) - expected) > TOLERANCE:
                    self.result.failed.append(f"{student.id}/{item_id}: {points}, not {expected}")

    def _expected(self, student: Student, item_id: str) -> float | None:
        """What an answer must have got; None for an essay, which waits for a person."""
        if not any(item == item_id for _, item in self.values):
            return None
        value = self.values.get((student.id, item_id))
        if value is None:
            return 0.0
        question = self.keys.question(item_id)
        others = [self.keys.item(name) for name in agreement.wanted(question.key)]
        said = {item: each for (who, item), each in self.values.items() if who == student.id}
        outcome = judge(question.kind, question.face, question.key, value, others, said)
        return points_of(outcome.fraction, self.result.maximum[item_id])

    def _class_matrix(self, present: Sequence[Student]) -> ClassMatrix | None:
        asked = dict.fromkeys(item for _, item in self.values)
        questions = [self.keys.question(item) for item in asked]
        question = next((q for q in questions if getattr(q.face, "form", "") == "cells"), None)
        if question is None:
            return None
        face = question.face
        wanted = question.kind.model_answer(face, question.key)["cells"]
        ids = [student.id for student in present]
        values = [self.values[who, face.id] for who in ids if (who, face.id) in self.values]
        return ClassMatrix(
            title=face.title,
            rows={row.id: row.name for row in face.rows},
            columns={column.id: column.name for column in face.columns},
            marked=shares(values, question),
            wanted=frozenset((row, column) for row, marks in wanted.items() for column in marks),
        )


def load_config(course: Path) -> Config:
    """The settings in a course's ``nbgrader_config.py``, as nbgrader reads them."""
    return PyFileConfigLoader(CONFIG_FILE, str(course)).load_config()


def _assignment(names: Sequence[str]) -> str:
    return HELD_FIRST if HELD_FIRST in names else names[0]


def _graded(student: Student, submission: Any) -> GradedStudent:
    if submission is None:
        return GradedStudent(student, {}, 0.0)
    points = {
        grade.name: None if grade.needs_manual_grade else float(grade.score)
        for notebook in submission.notebooks
        for grade in notebook.grades
    }
    return GradedStudent(student, points, float(submission.total_seconds_late))


_DEMO_CONFIG: Final = """
# The demo's own: an exchange beside the course, and all of its students are one user.
c.Exchange.root = str(Path(__file__).resolve().parent.parent / "exchange")
c.ExchangeCollect.check_owner = False
"""
