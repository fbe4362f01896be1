"""Grading every collected submission of an assignment; the way in is `grade`."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from b2bcourse.grading import troubles as listed
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.book import Book
from b2bcourse.grading.bulk.folders import Folders
from b2bcourse.grading.bulk.grader import Grader
from b2bcourse.grading.bulk.settings import autograde_of
from b2bcourse.grading.bulk.template import templates_of
from b2bcourse.grading.bulk.words import WORDS
from b2bcourse.grading.bulk.workers import shared_out
from b2bcourse.grading.carry_out import copy_gradebook
from b2bcourse.grading.checks import faults_in
from b2bcourse.grading.holding.extensions import extensions_of
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.loose import nbgrader_of
from b2bcourse.grading.moved import digest_of, key_files
from b2bcourse.grading.norms import norms_beside
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.records import Cell
from b2bcourse.grading.steps import OnStep, silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from b2bcourse.facts import Text
    from b2bcourse.grading.bulk.book import Assignment
    from b2bcourse.grading.bulk.folders import Aside, Submission
    from b2bcourse.grading.bulk.template import Template
    from b2bcourse.grading.bulk.work import Saved, Work
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.troubles import Seen, Trouble

OnReady = Callable[["Run"], None]


def nothing_to_tell(_run: Run) -> None:
    """For who need not know that grading begins."""


BATCH: Final = 500
"""So many submissions share a transaction: to write it through to the disk is what costs."""

COPY: Final = "gradebook-{time:%Y-%m-%d-%H%M}"


@dataclass
class Run:
    """What grading a class did, or in a dry run would do.

    Attributes:
        course: the course.
        assignment: the assignment as the gradebook has it.
        dry: whether nothing was written.
        names: every student's name, by id.
        graded: who was graded now.
        stood: who had been graded and has not handed in again.
        absent: who is in the gradebook and has handed nothing in.
        saved: of those graded, who moved or waits for a person.
        troubles: what could not be matched, read or kept whole, with who has seen it.
        corrected: by item, the key as the class was graded by and as it is now.
        faults: by item, what on the instructor's side stops it; its old grades stay.
        cells: the graded cells in the notebooks' order.
        waiting: student and cell, wherever a person must look.
        copied: the copy of the gradebook that was made first; None where there was no need.
        seconds: what grading took, start-up left out.
    """

    course: Course
    assignment: Assignment
    dry: bool
    names: dict[str, str] = field(default_factory=dict)
    graded: int = 0
    stood: int = 0
    absent: list[str] = field(default_factory=list)
    saved: list[Saved] = field(default_factory=list)
    troubles: list[tuple[Trouble, Seen | None]] = field(default_factory=list)
    corrected: dict[str, tuple[str, str]] = field(default_factory=dict)
    faults: dict[str, Text] = field(default_factory=dict)
    cells: tuple[Cell, ...] = ()
    waiting: list[tuple[str, str]] = field(default_factory=list)
    copied: Path | None = None
    seconds: float = 0.0

    @property
    def is_served(self) -> bool:
        """Whether the gradebook lies on a database server, and is no file that could be copied."""
        return _file(str(self.course.directory.db_url)) is None


def grade(
    folder: Path,
    assignment: str,
    *,
    force: bool = False,
    dry: bool = False,
    on_step: OnStep = silent,
    on_ready: OnReady = nothing_to_tell,
) -> Run:
    """Grade every collected submission that is due, as ``nbgrader autograde`` would.

    Each batch is written whole: gradebook first, then each student's folder. Stopped at any
    moment and started again, it finishes what was begun.

    Args:
        folder: the course folder.
        assignment: the assignment's name.
        force: grade again what has been graded.
        dry: write nothing, only tell.
        on_step: told how many are graded.
        on_ready: told of the run once all is checked, before the first submission is touched.

    Raises:
        GradingError: a setting, a key, the release or the gradebook is not as it must be; no
            submission has been touched, or what has been graded before stays.
    """
    course = open_course(folder)
    converter = autograde_of(course)
    with _told(), Book(_address(course, assignment), _penalties(course, converter)) as book:
        until = extensions_of(course.root, assignment)
        run = Run(course, replace(book.assignment(assignment), until=until), dry)
        grading = _Grading(run, book, Folders(course, assignment, converter), converter)
        with norms_beside(course.root, write=not dry):
            grading.grade(on_step, on_ready, force=force)
    return run


class _Grading:
    """One run, over one course and its gradebook."""

    def __init__(self, run: Run, book: Book, folders: Folders, converter: Any) -> None:
        self.run, self.book, self.folders = run, book, folders
        run.faults = _faults(run)
        items = [name for paper in run.assignment.papers for name in paper.graded]
        self.texts = dict(key_files(run.course.keys, items))
        digests = {item: digest_of(text.encode()) for item, text in self.texts.items()}
        names = [paper.name for paper in run.assignment.papers]
        templates = templates_of(run.course, converter, run.assignment.name, names)
        self.grader = Grader(run.course.keys, folders, templates, digests, run.faults)
        run.cells = tuple(_cells(run.assignment, templates))
        self._corrected(digests)

    def _corrected(self, digests: dict[str, str]) -> None:
        """Which keys have been corrected since something was graded by them."""
        for item, used in self.book.graded_by(self.run.assignment).items():
            for digest in sorted(used - {digests.get(item, ""), ""}):
                before = self.book.key_text(digest)
                if before is not None:
                    self.run.corrected[item] = (before, self.texts.get(item, ""))

    def grade(self, on_step: OnStep, on_ready: OnReady, *, force: bool) -> None:
        """Grade what is due."""
        run, started = self.run, perf_counter()
        every = list(self.folders.submissions())
        if not every:
            raise GradingError(WORDS.nothing_collected.format(assignment=run.assignment.name))
        due = [one for one in every if force or self.folders.is_due(one)]
        run.stood = len(every) - len(due)
        known = self.book.known(run.assignment)
        if not run.dry and due:
            if any(known.get(one.student, ("", False))[1] for one in due):
                run.copied = _copied(run.course)
            self.book.prepare(self.texts)
        self.folders.look_up()
        on_ready(run)
        found: dict[str, list[Trouble]] = {}
        for batch in _batches(due):
            self._batch(batch, found, on_step, len(due))
        if not run.dry and due:
            self.folders.share_root()
        self._sum_up(every, known, found)
        run.seconds = perf_counter() - started

    def _batch(
        self,
        batch: Sequence[Submission],
        found: dict[str, list[Trouble]],
        on_step: OnStep,
        total: int,
    ) -> None:
        run = self.run
        self.book.let_go()
        made: dict[int, tuple[Work, Aside | None]] = {}
        for place, one in shared_out(self._one, batch):
            made[place] = one
            run.graded += 1
            on_step("", run.graded, total)
        works = [made[place][0] for place in range(len(batch))]
        save = self.book.compare if run.dry else self.book.save
        run.saved += [one for one in save(run.assignment, works) if one.moves or one.waiting]
        for _, aside in made.values():
            if aside is not None:
                aside.put_in_place()
        found.update({work.student: list(work.troubles) for work in works})

    def _one(self, submission: Submission) -> tuple[Work, Aside | None]:
        """One submission graded, its folder written aside; the gradebook is not touched."""
        work, files = self.grader.grade(submission, write=not self.run.dry)
        return work, None if self.run.dry else self.folders.write(submission, files)

    def _sum_up(
        self,
        every: Iterable[Submission],
        known: dict[str, tuple[str, bool]],
        found: dict[str, list[Trouble]],
    ) -> None:
        run = self.run
        here = {one.student for one in every}
        run.names = {student: name for student, (name, _) in known.items()}
        run.absent = [student for student in known if student not in here]
        run.waiting = self.book.waiting(run.assignment)
        run.troubles = listed.troubles_of(run.course.root, run.assignment.name)
        if run.dry:
            have = {trouble.id for trouble, _ in run.troubles}
            new = [each for each in chain.from_iterable(found.values()) if each.id not in have]
            run.troubles += [(trouble, None) for trouble in new]
            run.waiting = [each for each in run.waiting if each[0] not in found]
            run.waiting += [(one.student, cell) for one in run.saved for cell in one.waiting]


def _faults(run: Run) -> dict[str, Text]:
    """What is wrong on the instructor's side; nothing can be graded where no language is known."""
    course = run.course
    try:
        return faults_in(course.directory, run.assignment.name, course.keys)
    except KeysError as error:
        raise GradingError(error.text) from error


def _cells(assignment: Assignment, templates: Mapping[str, Template]) -> Iterator[Cell]:
    """The graded cells in the order in which they stand in their notebooks."""
    for paper in assignment.papers:
        names = [
            nbgrader_of(cell).get("grade_id") for cell in templates[paper.name].released["cells"]
        ]
        for name in sorted(
            paper.graded, key=lambda each: names.index(each) if each in names else 0
        ):
            yield Cell(name, paper.name, paper.maximum[name], name in paper.by_hand)


def _batches(submissions: Iterable[Submission]) -> Iterator[list[Submission]]:
    left = iter(submissions)
    while batch := list(islice(left, BATCH)):
        yield batch


def _penalties(course: Course, converter: Any) -> Any:
    from nbgrader.preprocessors import AssignLatePenalties

    return AssignLatePenalties(parent=converter, config=course.config)


def _address(course: Course, assignment: str) -> str:
    """The gradebook's address; SQLite would make an empty one where there is none."""
    address = str(course.directory.db_url)
    file = _file(address)
    if file is not None and not file.is_file():
        raise GradingError(WORDS.no_gradebook.format(file=file, assignment=assignment))
    return address


def _file(address: str) -> Path | None:
    url = sa.make_url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _copied(course: Course) -> Path | None:
    """A copy of the gradebook beside it; None where it is no file, and its server makes copies."""
    book = _file(str(course.directory.db_url))
    if book is None:
        return None
    name = COPY.format(time=dt.datetime.now())  # noqa: DTZ005 - her clock
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    copy = next(
        book.with_name(f"{each}.db") for each in names if not book.with_name(f"{each}.db").exists()
    )
    try:
        copy_gradebook(book, copy)
    except sqlite3.Error as error:
        raise GradingError(WORDS.not_copied.format(file=book, detail=error)) from error
    return copy


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A database that refuses is told in one sentence."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise GradingError(WORDS.busy.format(detail=error.orig)) from error
