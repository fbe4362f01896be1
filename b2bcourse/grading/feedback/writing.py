"""Pages put where nbgrader looks for them, with what ``nbgrader release_feedback`` needs beside."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import stat
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.workers import shared_out
from b2bcourse.grading.feedback.gather import Maker, NoPageError, read_class
from b2bcourse.grading.feedback.page import html
from b2bcourse.grading.feedback.times import when
from b2bcourse.grading.feedback.words import WORDS
from b2bcourse.grading.mending import TIMESTAMP
from b2bcourse.grading.norms import norms_beside
from b2bcourse.grading.steps import OnStep, silent
from b2bcourse.responses.disk import persistent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.facts import Text
    from b2bcourse.grading.feedback.gather import Class
    from b2bcourse.grading.feedback.page import Page
    from b2bcourse.grading.opening import Course

SECRET: Final = "submission_secret.txt"  # noqa: S105 - a file's name
"""What nbgrader keeps of a submission: by its secret only its student finds the page."""
_MODE: Final = 0o644
_SHARED: Final = 0o664


@dataclass
class Written:
    """What was written for a class.

    Attributes:
        pages: every page.
        waiting: students on whose page something is not graded yet.
        left_out: students without a page, each with the reason.
        unsent: students whose page the exchange cannot bring: they handed in without it.
        warning: what to think of before the pages are released.
    """

    pages: list[Path] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    left_out: list[tuple[str, Text]] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    warning: Text | None = None


def write_feedback(
    course: Course,
    assignment: str,
    students: Sequence[str] = (),
    *,
    opened: bool = False,
    on_step: OnStep = silent,
) -> Written:
    """Write the pages of an assignment.

    Args:
        course: the course.
        assignment: the assignment's name.
        students: whose; all who have handed in where none is named.
        opened: whether the key is open; ask `refuse_open_key` first.
        on_step: told how many are done.

    Raises:
        GradingError: the assignment cannot be read, or a key cannot be used.
    """
    of = read_class(course, assignment)
    done = Written(warning=too_early(of))
    maker = Maker(of, opened=opened)
    names = list(students) or [record.student for record in of.handed_in()]
    made: dict[int, _One] = {}
    with norms_beside(course.root):
        for place, one in shared_out(partial(_one, maker), names):
            made[place] = one
            on_step("", len(made), len(names))
    for place, student in enumerate(names):
        _add(done, student, made[place])
    return done


@dataclass
class _One:
    """What was written for one student; or ``reason``, why nothing was."""

    pages: list[Path] = field(default_factory=list)
    waits: bool = False
    unsent: bool = False
    reason: Text | None = None


def _one(maker: Maker, student: str) -> _One:
    """Make and write one student's pages; run by several processes at once."""
    try:
        pages = {name: maker.page(student, name) for name in maker.of.notebooks}
    except NoPageError as error:
        return _One(reason=error.text)
    return _write(maker.of, student, pages)


def _add(done: Written, student: str, one: _One) -> None:
    if one.reason is not None:
        done.left_out.append((student, one.reason))
    done.pages += one.pages
    done.waiting += [student] if one.waits else []
    done.unsent += [student] if one.unsent else []


def too_early(of: Class, now: dt.datetime | None = None) -> Text | None:
    """Why feedback should not be released yet: somebody may still hand in."""
    if of.closes is None:
        return WORDS.no_due
    if of.closes <= (now or _now()):
        return None
    return WORDS.before_due.format(due=_closing(of))


def refuse_open_key(course: Course, assignment: str, now: dt.datetime | None = None) -> None:
    """Refuse to open a key to a class in which somebody may still hand in.

    Raises:
        GradingError: the due date, with the longest extension, has not passed, or there is none.
    """
    of = read_class(course, assignment)
    if of.closes is None:
        raise GradingError(WORDS.key_no_due)
    if of.closes > (now or _now()):
        raise GradingError(WORDS.key_before_due.format(due=_closing(of)))


def _closing(of: Class) -> str:
    return when(of.closes, of.course.lang) if of.closes else ""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _write(of: Class, student: str, pages: dict[str, Page]) -> _One:
    done = _One()
    course, folder = of.course, of.course.folder("feedback", of.assignment, student)
    folder.mkdir(parents=True, exist_ok=True)
    mode = _SHARED if course.directory.groupshared else _MODE
    for name, page in pages.items():
        path = folder / f"{name}.html"
        _replace(path, html(page).encode("utf-8"), mode)
        done.pages.append(path)
    done.waits = any(one.waits for page in pages.values() for one in page.exercises)
    beside = {name: _beside(of, student, name) for name in (TIMESTAMP, SECRET)}
    if not beside[SECRET]:
        done.unsent = True
        # nbgrader stops a whole class's release where there is none; nobody can know this one.
        beside[SECRET] = _own(folder / SECRET) or secrets.token_hex(32).encode()
    for name, data in beside.items():
        _put(folder / name, data, mode)
    return done


def _beside(of: Class, student: str, name: str) -> bytes:
    """A file that nbgrader put beside what was handed in; empty where there is none."""
    for step in ("autograded", "submitted"):
        found = _own(of.course.folder(step, of.assignment, student) / name)
        if found:
            return found
    return b""


def _own(path: Path) -> bytes:
    """What a file of the course's own holds; of a link, or where there is none, nothing."""
    try:
        return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""
    except FileNotFoundError:
        return b""


def _stands(path: Path, data: bytes, mode: int) -> bool:
    """Whether a file is as it should be."""
    is_file = path.is_file() and not path.is_symlink()
    return is_file and stat.S_IMODE(path.stat().st_mode) == mode and path.read_bytes() == data


def _put(path: Path, data: bytes, mode: int) -> None:
    """Write a file that the next run writes again if this one is stopped within it."""
    if _stands(path, data, mode):
        return
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    path.chmod(mode)


def _replace(path: Path, data: bytes, mode: int) -> None:
    """Write a file whole or not at all; one that is as it should be is left alone."""
    if _stands(path, data, mode):
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.chmod(mode)
    persistent(lambda: temporary.replace(path))
