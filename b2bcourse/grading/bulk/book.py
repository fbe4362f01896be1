"""The gradebook's rows for a batch of submissions, in one transaction, as nbgrader leaves them.

nbgrader opens the database some twenty times a submission and commits after every row. Here the
rows of a batch are read at once, compared, and written together. What nbgrader keeps is kept:
extensions, flags, scores and comments by hand, extra credit, a time stamp whose file has gone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import uuid4

import sqlalchemy as sa
from nbgrader import api

from b2bcourse.grading import moved
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.words import WORDS
from b2bcourse.grading.bulk.work import Saved
from b2bcourse.grading.holding.extensions import extension
from b2bcourse.grading.moved import By
from b2bcourse.grading.records import full_name
from b2bcourse.grading.regrade import regraded
from b2bcourse.grading.standing import Standing, settle
from b2bcourse.grading.words import WORDS as GRADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from b2bcourse.grading.bulk.work import CellWork, NotebookWork, Work
    from b2bcourse.grading.moved import Move

_PATIENCE: Final = 20.0  # seconds to wait for formgrader to finish writing

_STUDENT: Final = api.Student.__table__
_ASSIGNMENT: Final = api.Assignment.__table__
_NOTEBOOK: Final = api.Notebook.__table__
_CELL: Final = api.BaseCell.__table__
_HANDED: Final = api.SubmittedAssignment.__table__
_PAPER: Final = api.SubmittedNotebook.__table__
_GRADE: Final = api.Grade.__table__
_COMMENT: Final = api.Comment.__table__

INDEXES: Final = {
    "b2bcourse_grade_notebook": "grade (notebook_id)",
    "b2bcourse_comment_notebook": "comment (notebook_id)",
    "b2bcourse_submitted_notebook_assignment": "submitted_notebook (assignment_id)",
    "b2bcourse_submitted_assignment_student": "submitted_assignment (student_id)",
}
"""nbgrader looks all of these up, and has an index of none."""


@dataclass(frozen=True)
class Paper:
    """A notebook of the assignment: its cells that have grades, and those that have comments."""

    id: str
    name: str
    graded: Mapping[str, str]
    commented: Mapping[str, str]
    maximum: Mapping[str, float]
    by_hand: frozenset[str]


@dataclass(frozen=True)
class Assignment:
    """An assignment as the gradebook has it."""

    id: str
    name: str
    due: dt.datetime | None
    papers: tuple[Paper, ...]
    until: Mapping[str, dt.datetime] = field(default_factory=dict)
    """Who has more time than all, and until when."""

    def extension(self, student: str, kept: dt.timedelta | None) -> dt.timedelta | None:
        """What a student has beyond the due date; ``kept`` is what the gradebook holds."""
        if student not in self.until:
            return kept
        return extension(self.due, self.until[student])

    @property
    def by_itself(self) -> dict[str, float]:
        """The cells that the kit grades by itself, with their points."""
        return {
            name: points
            for paper in self.papers
            for name, points in paper.maximum.items()
            if name not in paper.by_hand
        }


@dataclass
class _Grade:
    """A row of grades; ``id`` is empty until it is written."""

    id: str
    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    waits: bool = True

    @property
    def score(self) -> float:
        """As nbgrader sums it: extra credit counts only beside a score."""
        given = self.auto if self.manual is None else self.manual
        return 0.0 if given is None else given + (self.extra or 0.0)


class Book:
    """A course's gradebook, opened for grading one assignment.

    Args:
        db_url: its address.
        penalties: nbgrader's preprocessor that assigns late penalties, with the course's plugin.
    """

    def __init__(self, db_url: str, penalties: Any) -> None:
        self.penalties = penalties
        waits = {"timeout": _PATIENCE} if db_url.startswith("sqlite") else {}
        self.engine = sa.create_engine(db_url, connect_args=waits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def assignment(self, name: str) -> Assignment:
        """The assignment and its cells.

        Raises:
            GradingError: the gradebook knows no such assignment, or nothing was released in it.
        """
        with self._reading() as connection:
            found = connection.execute(
                sa.select(_ASSIGNMENT).where(_ASSIGNMENT.c.name == name)
            ).one_or_none()
            papers = tuple(_papers(connection, found.id)) if found else ()
        if found is None or not papers:
            raise GradingError(GRADING.no_release.format(assignment=name))
        return Assignment(found.id, name, found.duedate, papers)

    def known(self, assignment: Assignment) -> dict[str, tuple[str, bool]]:
        """Every student: name, and whether the gradebook has a submission of this assignment."""
        mine = sa.select(_HANDED.c.student_id).where(_HANDED.c.assignment_id == assignment.id)
        with self._reading() as connection:
            handed = set(connection.scalars(mine))
            rows = connection.execute(sa.select(_STUDENT).order_by(_STUDENT.c.id)).all()
        return {
            row.id: (
                full_name(row.first_name, row.last_name) or row.id,
                row.id in handed,
            )
            for row in rows
        }

    def prepare(self, keys: Mapping[str, str]) -> None:
        """Make what grading needs beside nbgrader's tables, and keep the keys that it grades by."""
        with self._writing() as connection:
            moved.make_tables(connection)
            for name, columns in INDEXES.items():
                connection.execute(sa.text(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}"))
            moved.write_keys(connection, keys)

    def let_go(self) -> None:
        """Hold no connection: processes that are forked now must not share one."""
        self.engine.dispose()

    def save(self, assignment: Assignment, works: Sequence[Work]) -> list[Saved]:
        """Write a batch, all of it or nothing."""
        with self._writing() as connection:
            batch = _Batch(connection, assignment, works, self.penalties)
            saved = batch.compared()
            batch.write()
        return saved

    def compare(self, assignment: Assignment, works: Sequence[Work]) -> list[Saved]:
        """What `save` would do; nothing is written."""
        with self._reading() as connection:
            return _Batch(connection, assignment, works, self.penalties).compared()

    def graded_by(self, assignment: Assignment) -> dict[str, set[str]]:
        """The digests of the keys by which each item of an assignment has been graded so far."""
        mine = (
            sa.select(_PAPER.c.id)
            .join(_HANDED, _HANDED.c.id == _PAPER.c.assignment_id)
            .where(_HANDED.c.assignment_id == assignment.id)
        )
        found: dict[str, set[str]] = defaultdict(set)
        with self._reading() as connection:
            for by in moved.all_by(connection, mine):
                for item, each in by.items():
                    found[item].add(each.key)
        return found

    def waiting(self, assignment: Assignment) -> list[tuple[str, str]]:
        """Every student and cell of an assignment that a person must look at."""
        wanted = (
            sa.select(_HANDED.c.student_id, _CELL.c.name)
            .join_from(_GRADE, _CELL, _CELL.c.id == _GRADE.c.cell_id)
            .join(_PAPER, _PAPER.c.id == _GRADE.c.notebook_id)
            .join(_HANDED, _HANDED.c.id == _PAPER.c.assignment_id)
            .where(_HANDED.c.assignment_id == assignment.id, _GRADE.c.needs_manual_grade)
            .order_by(_HANDED.c.student_id)
        )
        with self._reading() as connection:
            return [(row.student_id, row.name) for row in connection.execute(wanted)]

    def key_text(self, digest: str) -> str | None:
        """A key as it was graded by."""
        with self._reading() as connection:
            return moved.key_text(connection, digest)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One transaction that nobody else's writing falls between its reading and its writing."""
        with self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()


def _papers(connection: sa.Connection, assignment: str) -> Iterator[Paper]:
    notebooks = connection.execute(
        sa.select(_NOTEBOOK)
        .where(_NOTEBOOK.c.assignment_id == assignment)
        .order_by(_NOTEBOOK.c.name)
    ).all()
    points: dict[str, float] = {}
    for table in (api.GradeCell.__table__, api.TaskCell.__table__):
        rows = connection.execute(sa.select(table.c.id, table.c.max_score))
        points |= {row.id: float(row.max_score) for row in rows}
    for notebook in notebooks:
        cells = connection.execute(sa.select(_CELL).where(_CELL.c.notebook_id == notebook.id)).all()
        kinds = defaultdict(dict)  # type: ignore[var-annotated]
        for cell in cells:
            kinds[cell.type][cell.name] = cell.id
        tasks, solutions = kinds["TaskCell"], kinds["SolutionCell"]
        graded = {**kinds["GradeCell"], **tasks}
        yield Paper(
            notebook.id,
            notebook.name,
            graded,
            {**solutions, **tasks},
            {name: points[cell] for name, cell in graded.items()},
            frozenset({*solutions, *tasks}),
        )


class _Batch:
    """Some submissions beside what the gradebook holds of them, and what is to be written."""

    def __init__(
        self,
        connection: sa.Connection,
        assignment: Assignment,
        works: Sequence[Work],
        penalties: Any,
    ) -> None:
        self.connection, self.assignment = connection, assignment
        self.works, self.penalties = works, penalties
        self.inserts: dict[sa.Table, list[dict[str, Any]]] = defaultdict(list)
        self.updates: dict[tuple[sa.Table, str], list[dict[str, Any]]] = defaultdict(list)
        self.by: dict[str, dict[str, By]] = {}
        self.moves: list[tuple[str, Move]] = []
        self._read()

    def _read(self) -> None:
        connection, students = self.connection, [work.student for work in self.works]
        wanted = sa.select(_STUDENT.c.id).where(_STUDENT.c.id.in_(students))
        self.students = set(connection.scalars(wanted))
        mine = sa.select(_HANDED).where(
            _HANDED.c.assignment_id == self.assignment.id, _HANDED.c.student_id.in_(students)
        )
        self.handed = {row.student_id: row for row in connection.execute(mine)}
        papers = _rows(
            connection, _PAPER, "assignment_id", [row.id for row in self.handed.values()]
        )
        self.papers = {(row.assignment_id, row.notebook_id): row for row in papers}
        ids = [row.id for row in papers]
        # Locked where the database can: a score that a person gives meanwhile must not be missed.
        self.grades = {
            (row.notebook_id, row.cell_id): row
            for row in _rows(connection, _GRADE, "notebook_id", ids)
        }
        self.comments = {
            (row.notebook_id, row.cell_id): row
            for row in _rows(connection, _COMMENT, "notebook_id", ids)
        }
        self.known_by = moved.read_by(connection, ids)

    def compared(self) -> list[Saved]:
        """What becomes of every student."""
        return [self._student(work) for work in self.works]

    def write(self) -> None:
        """Write what comparing has found."""
        for table in (_STUDENT, _HANDED, _PAPER, _GRADE, _COMMENT):
            if rows := self.inserts[table]:
                self.connection.execute(sa.insert(table), rows)
        for (table, _), rows in self.updates.items():
            changed: dict[str, Any] = {
                name: sa.bindparam(f"new_{name}") for name in rows[0] if name != "row"
            }
            values = [{_param(name): value for name, value in row.items()} for row in rows]
            where = table.c.id == sa.bindparam("row")
            self.connection.execute(sa.update(table).where(where).values(changed), values)
        moved.write_by(self.connection, self.by)
        moved.write_moves(self.connection, self.moves)

    def _student(self, work: Work) -> Saved:
        if work.student not in self.students:
            self.inserts[_STUDENT].append({"id": work.student})
        handed, late = self._handed_in(work)
        moves: list[Move] = []
        waiting: dict[str, bool] = {}
        before = after = 0.0
        known = {paper.name: paper for paper in self.assignment.papers}
        for notebook in work.notebooks:
            paper = known[notebook.name]
            one = _Notebook(self, paper, handed, work.student)
            one.grade(notebook)
            if not notebook.missing:
                one.penalize(late)
            moves += one.moves
            waiting |= one.waiting
            before, after = before + one.before, after + one.after
        return Saved(work.student, tuple(moves), before, after, waiting)

    def _handed_in(self, work: Work) -> tuple[str, float]:
        """The submission's id, and how late it came."""
        row = self.handed.get(work.student)
        if row is None:
            made = _new(assignment_id=self.assignment.id, student_id=work.student)
            more = self.assignment.extension(work.student, None)
            self.inserts[_HANDED].append({**made, "timestamp": work.handed_in, "extension": more})
            return made["id"], self._late(work.handed_in, more)
        if work.handed_in is not None and work.handed_in != row.timestamp:
            self.update(_HANDED, row.id, timestamp=work.handed_in)
        more = self.assignment.extension(work.student, row.extension)
        if more != row.extension:
            self.update(_HANDED, row.id, extension=more)
        return row.id, self._late(work.handed_in or row.timestamp, more)

    def _late(self, handed_in: dt.datetime | None, extension: dt.timedelta | None) -> float:
        due = self.assignment.due
        if handed_in is None or due is None:
            return 0.0
        return max(0.0, (handed_in - (due + (extension or dt.timedelta()))).total_seconds())

    def update(self, table: sa.Table, row: str, **values: Any) -> None:
        """Change a row when all is written; rows that change alike are written together."""
        self.updates[table, ",".join(values)].append({"row": row, **values})


class _Notebook:
    """One notebook of one student beside its rows."""

    def __init__(self, batch: _Batch, paper: Paper, handed: str, student: str) -> None:
        self.batch, self.paper, self.student = batch, paper, student
        row = batch.papers.get((handed, paper.id))
        self.is_new = row is None
        if row is None:
            self.row = _new(notebook_id=paper.id, assignment_id=handed)
            self.row |= {"flagged": False, "late_submission_penalty": None}
            batch.inserts[_PAPER].append(self.row)
        else:
            self.row = {"id": row.id, "late_submission_penalty": row.late_submission_penalty}
        self.id: str = self.row["id"]
        self.known = batch.known_by.get(self.id, {})
        self.grades = {name: self._grade(cell) for name, cell in paper.graded.items()}
        self.moves: list[Move] = []
        self.waiting: dict[str, bool] = {}
        self.before = self._sum()
        self.after = 0.0

    def _grade(self, cell: str) -> _Grade:
        row = self.batch.grades.get((self.id, cell))
        if row is None:
            return _Grade("")
        return _Grade(
            row.id, row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade
        )

    def _sum(self) -> float:
        mine = (g for name, g in self.grades.items() if name not in self.paper.by_hand)
        return sum(grade.score for grade in mine)

    def grade(self, found: NotebookWork) -> None:
        """Put in what grading found, and note what is to be written."""
        cells = {cell.name: cell for cell in found.cells}
        again = self._answers_differ(cells)
        for name, grade in self.grades.items():
            before = (grade.auto, grade.waits)
            if found.missing:
                grade.auto, grade.waits = 0.0, False
            elif name in cells:
                self._put_in(cells[name], grade, again=again)
            self._note(name, grade, before)
            if grade.waits:
                self.waiting[name] = not before[1] or not grade.id
        self._comment(found)
        if not found.missing:
            self.batch.by[self.id] = {**self.known, **{n: c.by for n, c in cells.items()}}
        self.after = self._sum()

    def _answers_differ(self, cells: Mapping[str, CellWork]) -> bool:
        """Whether the student has answered anew anything that the kit grades by itself."""
        scored = cells.keys() & self.known.keys() - self.paper.by_hand
        return any(self.known[name].answer != cells[name].by.answer for name in scored)

    def _put_in(self, cell: CellWork, grade: _Grade, *, again: bool) -> None:
        known = self.known.get(cell.name, By())
        before = Standing(grade.auto, grade.waits, grade.manual)
        now = regraded(before, cell.auto, same=known.answer == cell.by.answer)
        after = settle(before, now, stopped=cell.stopped, waiting=cell.waiting, unseen=cell.unseen)
        grade.auto, grade.waits = after.auto, after.waits
        why = moved.why_moved(known, cell.by, again=again)
        move = moved.move_of(self.student, cell.name, before, after, why)
        if move is not None:
            self.moves.append(move)
            self.batch.moves.append((self.id, move))

    def _note(self, name: str, grade: _Grade, before: tuple[float | None, bool]) -> None:
        values = {"auto_score": grade.auto, "needs_manual_grade": grade.waits}
        if not grade.id:
            made = _new(notebook_id=self.id, cell_id=self.paper.graded[name])
            rest = {"manual_score": None, "extra_credit": None}
            self.batch.inserts[_GRADE].append({**made, **rest, **values})
        elif before != (grade.auto, grade.waits):
            self.batch.update(_GRADE, grade.id, **values)

    def _comment(self, found: NotebookWork) -> None:
        for name, cell in self.paper.commented.items():
            row = self.batch.comments.get((self.id, cell))
            said = found.comments.get(name, row.auto_comment if row else None)
            if row is None:
                made = _new(notebook_id=self.id, cell_id=cell)
                values = {"auto_comment": said, "manual_comment": None}
                self.batch.inserts[_COMMENT].append({**made, **values})
            elif row.auto_comment != said:
                self.batch.update(_COMMENT, row.id, auto_comment=said)

    def penalize(self, late: float) -> None:
        """Take off what the course's plugin says, from a score with everything in it."""
        penalty = None
        if late > 0:
            score = sum(grade.score for grade in self.grades.values())
            penalty = self._penalty(score, late)
        if self.is_new:
            self.row["late_submission_penalty"] = penalty
        elif self.row["late_submission_penalty"] != penalty:
            self.batch.update(_PAPER, self.id, late_submission_penalty=penalty)

    def _penalty(self, score: float, late: float) -> float | None:
        penalties = self.batch.penalties
        penalties.init_plugin()
        plugin = penalties.plugin_inst
        try:
            said = plugin.late_submission_penalty(self.student, score, late)
            if said is None:
                return None
            return float(penalties._check_late_penalty(SimpleNamespace(score=score), said))  # noqa: SLF001
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"
            name = type(plugin).__name__
            raise GradingError(
                WORDS.bad_plugin.format(plugin=name, student=self.student, detail=detail)
            ) from error


def _rows(connection: sa.Connection, table: sa.Table, column: str, ids: Iterable[str]) -> list[Any]:
    wanted = sa.select(table).where(table.c[column].in_(list(ids)))
    return list(connection.execute(wanted.with_for_update()))


def _new(**values: str) -> dict[str, Any]:
    return {"id": uuid4().hex, **values}


def _param(name: str) -> str:
    return name if name == "row" else f"new_{name}"
