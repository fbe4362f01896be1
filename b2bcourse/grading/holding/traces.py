"""Where a course keeps something of one student: every place, found by looking."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy.exc import DatabaseError

from b2bcourse.grading import second_looks, troubles
from b2bcourse.grading.holding import extensions
from b2bcourse.grading.holding.exchange import in_force
from b2bcourse.grading.holding.rows import file_of, is_sqlite, rows_of, shown
from b2bcourse.grading.holding.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Text
    from b2bcourse.grading.opening import Course

_STEPS: Final = ("submitted", "autograded", "feedback")
_BY_STUDENT: Final = (troubles.FOLDER, "criteria", second_looks.FOLDER)
"""Folders of the course with a file or a folder for each student, by assignment."""

_OWN: Final = ("source", "release", "items")
"""What a course holds of itself; nothing of a person is looked for there."""

_ID: Final = re.compile(r"[^./\\\0][^/\\\0]*")
_READ: Final = 4 * 1024 * 1024
_SECRET: Final = "submission_secret.txt"  # noqa: S105 - a file's name

What = Literal["gradebook", "copy", "files", "exchange", "feedback", "extension", "mentioned"]


@dataclass(frozen=True)
class Trace:
    """One place where something of a student is kept.

    Attributes:
        what: its sort; ``mentioned`` is a file about others too, which a person must look at.
        place: a file or a folder.
        told: what is there.
        url: of a database.
    """

    what: What
    place: Path
    told: Text
    url: str = ""

    @property
    def removable(self) -> bool:
        """Whether it is about this student alone, or can be taken out of what is about others."""
        return self.what != "mentioned"

    def short(self, root: Path) -> str:
        """The place as one reads it in the course folder ``root``."""
        inside = self.place.is_relative_to(root)
        return str(self.place.relative_to(root) if inside else self.place)


def traces(course: Course, student: str) -> list[Trace]:
    """Every place in a course, and in its exchange, that keeps something of a student.

    Args:
        course: the course.
        student: nbgrader's id; what would lead out of a folder is nobody's.
    """
    if not _ID.fullmatch(student):
        return []
    found = [
        *_in_exchange(course, student),
        *_in_folders(course, student),
        *_extension(course, student),
        *_in_gradebooks(course, student),
    ]
    return [*found, *_mentions(course, student, {trace.place for trace in found})]


def _in_gradebooks(course: Course, student: str) -> Iterator[Trace]:
    url = course.directory.db_url
    own = file_of(url)
    if (own is None or own.is_file()) and (rows := rows_of(url, student)):
        told = WORDS.trace_gradebook.format(rows=sum(map(len, rows.values())))
        yield Trace("gradebook", own or Path(shown(url)), told, url)
    for path in _files(course.root):
        if path != own and is_sqlite(path):
            yield from _in_copy(path, student)


def _in_copy(path: Path, student: str) -> Iterator[Trace]:
    url = f"sqlite:///{path}"
    try:
        rows = rows_of(url, student)
    except DatabaseError:
        yield Trace("mentioned", path, WORDS.trace_unread)
        return
    if rows:
        yield Trace("copy", path, WORDS.trace_copy.format(rows=sum(map(len, rows.values()))), url)


def _in_folders(course: Course, student: str) -> Iterator[Trace]:
    for step in _STEPS:
        # With the student's folder for all assignments, where the course has one.
        for folder in _known(course, step, student):
            count = sum(1 for path in folder.rglob("*") if path.is_file())
            yield Trace("files", folder, WORDS.trace_files.format(count=count))
    for home in _BY_STUDENT:
        for folder in sorted((course.root / home).glob("*/")):
            for place in (folder / student, folder / f"{student}.json"):
                if place.exists():
                    yield Trace("files", place, WORDS.trace_beside[home])


def _known(course: Course, step: str, student: str) -> list[Path]:
    """A student's folders at a step, by the course's own structure of folders."""
    folders = {
        course.folder(step, assignment.name, student)
        for assignment in (course.root / "source").glob("*/")
    }
    shared = {folder.parent for folder in folders if folder.parent.name == student}
    wanted = sorted(shared or folders)
    return [folder for folder in wanted if folder.is_dir() and not folder.is_symlink()]


def _extension(course: Course, student: str) -> Iterator[Trace]:
    path = course.root / extensions.FILE
    granted = [name for name, all_ in extensions.extensions(course.root).items() if student in all_]
    if granted:
        yield Trace("extension", path, WORDS.trace_extension.format(assignments=", ".join(granted)))


def _in_exchange(course: Course, student: str) -> Iterator[Trace]:
    root = in_force(course.root).root
    if root is None or not course.directory.course_id:
        return
    home = root / course.directory.course_id
    handed = sorted(_handed_in(home / "inbound", student))
    for folder in handed:
        yield Trace("exchange", folder, WORDS.trace_inbound)
    yield from _returned(course, home / "feedback", student, handed)


def _handed_in(inbound: Path, student: str) -> Iterator[Path]:
    if inbound.is_dir():
        for path in inbound.iterdir():
            if path.name.rsplit("+", 3)[0] == student:
                yield path


def _returned(course: Course, feedback: Path, student: str, handed: list[Path]) -> Iterator[Trace]:
    """Feedback in the exchange: its files' names are made from a secret in what was handed in."""
    from nbgrader.utils import notebook_hash

    homes = [folder for step in _STEPS for folder in _known(course, step, student)]
    secrets = {path.read_text("utf-8") for home in [*homes, *handed] for path in _secrets(home)}
    names = {path.stem for path in (course.root / "source").glob("*/*.ipynb")}
    for secret in sorted(secrets):
        for name in sorted(names):
            page = feedback / f"{notebook_hash(secret=secret, notebook_id=name)}.html"
            if page.is_file():
                yield Trace("feedback", page, WORDS.trace_returned)


def _secrets(home: Path) -> Iterator[Path]:
    yield from (path for path in home.rglob(_SECRET) if path.is_file() and not path.is_symlink())


def _mentions(course: Course, student: str, known: set[Path]) -> Iterator[Trace]:
    """Files that name a student among others: a report, a class list, an LMS's archive."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(student)}(?![\w-])")
    for path in _files(course.root):
        if path.name == extensions.FILE or known & {path, *path.parents} or is_sqlite(path):
            continue
        if pattern.search(path.name) or pattern.search(_text(path)):
            yield Trace("mentioned", path, WORDS.trace_mentioned)


def _files(root: Path) -> Iterator[Path]:
    """The files of a course but for its own and what is kept by student."""
    passed = {*_OWN, *_STEPS, *_BY_STUDENT}
    for top in sorted(root.iterdir()):
        if top.name in passed or top.is_symlink():
            continue
        yield from [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())


def _text(path: Path) -> str:
    """What a file says, an archive's list of names included; nothing where it cannot be read."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return "\n".join(archive.namelist())
        with path.open("rb") as file:
            return file.read(_READ).decode("utf-8", "replace")
    except (OSError, zipfile.BadZipFile):
        return ""
