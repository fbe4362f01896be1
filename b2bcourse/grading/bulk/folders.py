"""Submissions on disk, and the folders of graded notebooks: written aside, then put in place whole.

A run that is killed leaves each student's folder as it was or as it should be; what it had begun
lies aside under a hidden name, and the next run sweeps it.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbgrader.utils import find_all_files

from b2bcourse.grading.mending import TIMESTAMP, time_of
from b2bcourse.responses.bounded import TooLargeError, read_bounded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from b2bcourse.grading.opening import Course

_AT_ONCE: Final = 1_000_000
"""Bytes of a file that is read and written whole; a larger one is left to the system's copying."""
_ASIDE: Final = ".{name}.{process}.{state}"


@dataclass(frozen=True)
class Submission:
    """A collected submission: whose, where it lies, and where its graded notebooks belong."""

    student: str
    folder: Path
    place: Path


@dataclass(frozen=True)
class Aside:
    """A finished folder of graded notebooks that is not in its place yet.

    Attributes:
        made: where it lies.
        place: where it belongs.
    """

    made: Path
    place: Path

    def put_in_place(self) -> None:
        """Put it where it belongs; what stood there goes."""
        old = _aside(self.place, "old")
        stood = True
        try:
            self.place.rename(old)
        except FileNotFoundError:
            stood = False
        self.made.rename(self.place)
        if stood:
            shutil.rmtree(old)


@dataclass(frozen=True)
class Folders:
    """An assignment's folders in a course.

    Attributes:
        course: the course.
        assignment: the assignment's name.
        converter: nbgrader's Autograde with the course's settings.
    """

    course: Course
    assignment: str
    converter: Any

    def submissions(self) -> Iterator[Submission]:
        """Every collected submission, in nbgrader's order."""
        directory = self.course.directory
        step = directory.submitted_directory
        whose = re.compile(
            directory.format_path(step, "(?P<student>.*)", self.assignment, escape=True)
        )
        found = self.course.root.glob(_within(directory, step, self.assignment))
        excluded = set(filter(None, directory.student_id_exclude.split(",")))
        for folder in sorted(map(str, found)):
            match = whose.fullmatch(folder)
            if match and match["student"] not in excluded and Path(folder).is_dir():
                student = match["student"]
                place = self.course.folder("autograded", self.assignment, student)
                yield Submission(student, Path(folder), place)

    def is_due(self, submission: Submission) -> bool:
        """Whether a submission has not been graded, or has come again since, as nbgrader tells."""
        if not submission.place.exists():
            return True
        new, old = handed_in(submission.folder), handed_in(submission.place)
        return new is not None and old is not None and new > old

    def write(self, submission: Submission, files: Mapping[str, bytes]) -> Aside:
        """Write a student's folder of graded notebooks beside the place where it belongs.

        Args:
            submission: whose; what was handed in beside the notebooks is copied.
            files: the graded notebooks, by name.
        """
        made = self._aside(submission.place)
        into = _Into(str(made), self._permissions)
        self._copy(submission, into)
        for name, data in files.items():
            into.write(name, data)
        if self.course.directory.groupshared:
            for folder in into.folders:
                _share(Path(folder))
        return Aside(made, submission.place)

    def _aside(self, place: Path) -> Path:
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in _left_over(place):
            shutil.rmtree(old)
        made = _aside(place, "new")
        made.mkdir()
        return made

    def _copy(self, submission: Submission, into: _Into) -> None:
        """Copy what was handed in beside the notebooks; the source folder's files come instead.

        What cannot be read stays where it was handed in, and is one of the troubles already.
        """
        folder = str(submission.folder)
        for name in self._files(submission.folder):
            if self._gives_way(name):
                continue
            with contextlib.suppress(OSError):
                into.copy(name, f"{folder}/{name}")
        for name, (path, data) in self._from_source.items():
            if data is None:
                into.copy(name, path)
            else:
                into.write(name, data)

    def _gives_way(self, name: str) -> bool:
        """Whether a file of the source folder stands where this one would, or within it."""
        parts = name.split("/")
        within = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return name in self._source_places or any(each in self._from_source for each in within)

    @cached_property
    def _source_places(self) -> frozenset[str]:
        """The names of the source folder's files and of the folders in which they lie."""
        parts = [name.split("/") for name in self._from_source]
        return frozenset("/".join(one[:end]) for one in parts for end in range(1, len(one) + 1))

    def _files(self, folder: Path) -> list[str]:
        if self._ignored is None:
            files = find_all_files(str(folder), self._globs)
            return [os.path.relpath(path, folder) for path in files]
        return list(_walked(str(folder), "", self._ignored))

    def look_up(self) -> None:
        """Find out what is the same for all submissions, before they are shared out."""
        _ = self._ignored, self._from_source, self._source_places, self._permissions

    @cached_property
    def _globs(self) -> list[str]:
        return [*self.course.directory.ignore, "*.ipynb"]

    @cached_property
    def _ignored(self) -> re.Pattern[str] | None:
        """All patterns as one; None where only globbing the disk can tell what they mean."""
        if any(set("/\\") & set(each) or "**" in each for each in self._globs):
            return None
        # A glob's wildcard never stands for a leading dot.
        parts = [
            ("" if each[:1] == "." else r"(?!\.)") + fnmatch.translate(each) for each in self._globs
        ]
        return re.compile("|".join(parts))

    @cached_property
    def _permissions(self) -> int:
        """What every file of a graded folder gets."""
        return int(str(self.converter.permissions), 8)

    @cached_property
    def _from_source(self) -> Mapping[str, tuple[str, bytes | None]]:
        """The files of the source folder, which nbgrader copies over every student's.

        Each by its name: its path, and what it holds unless that is large or no plain file.
        """
        source = self.course.folder("source", self.assignment)
        spared = set(self.converter.exclude_overwriting.get(self.assignment, []))
        files = find_all_files(str(source), self._globs)
        names = {os.path.relpath(path, source): path for path in files}
        return {name: (path, _held(path)) for name, path in names.items() if name not in spared}

    def share_root(self) -> None:
        """In a course that a group grades, the folder of graded notebooks is the group's too."""
        if self.course.directory.groupshared:
            _share(self.course.folder("autograded", ".", "."))


def handed_in(folder: Path) -> dt.datetime | None:
    """A submission's time stamp as nbgrader reads it; None where there is none that can be read."""
    try:
        text = (folder / TIMESTAMP).read_text("utf-8").strip()
        return time_of(text) if text else None
    except (OSError, ValueError, OverflowError):
        return None


def _within(directory: Any, step: str, assignment: str) -> str:
    path = directory.directory_structure.format(
        nbgrader_step=step, student_id="*", assignment_id=assignment
    )
    return str(path)


def _aside(place: Path, state: str) -> Path:
    return place.with_name(_ASIDE.format(name=place.name, process=os.getpid(), state=state))


def _left_over(place: Path) -> list[Path]:
    """What a run that was killed has left beside a place; nearly always there is nothing there."""
    start = _ASIDE.partition("{process}")[0].format(name=place.name)
    with os.scandir(place.parent) as entries:
        return [Path(entry.path) for entry in entries if entry.name.startswith(start)]


def _walked(folder: str, within: str, ignored: re.Pattern[str]) -> Iterator[str]:
    """The paths of all files that are not ignored; nothing below an ignored folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if ignored.match(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walked(entry.path, f"{within}{entry.name}/", ignored)
            elif entry.is_file(follow_symlinks=False):
                yield f"{within}{entry.name}"


class _Into:
    """A new folder that is filled with files.

    Args:
        folder: the folder; it is there and empty.
        permissions: what each file gets.
    """

    def __init__(self, folder: str, permissions: int) -> None:
        self._folder, self._permissions = folder, permissions
        self.folders = {folder}

    def write(self, name: str, data: bytes) -> None:
        """Write a file by its name within the folder."""
        path = self._place(name)
        with open(path, "xb") as file:  # noqa: PTH123 - some ten files a student
            file.write(data)
        os.chmod(path, self._permissions)  # noqa: PTH101

    def copy(self, name: str, source: str) -> None:
        """Copy a file to its name within the folder.

        Raises:
            OSError: it cannot be read or written.
        """
        try:
            data = read_bounded(source, _AT_ONCE)
        except TooLargeError:
            path = self._place(name)
            shutil.copyfile(source, path, follow_symlinks=False)
            os.chmod(path, self._permissions)  # noqa: PTH101
        else:
            self.write(name, data)

    def _place(self, name: str) -> str:
        path = f"{self._folder}/{name}"
        parent = path.rpartition("/")[0]
        if parent not in self.folders:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            while parent not in self.folders:
                self.folders.add(parent)
                parent = parent.rpartition("/")[0]
        return path


def _held(path: str) -> bytes | None:
    """What a file holds that is the same for all; None where it is copied each time."""
    try:
        return read_bounded(path, _AT_ONCE)
    except OSError:
        return None


def _share(folder: Path) -> None:
    mode = folder.stat().st_mode
    with contextlib.suppress(PermissionError):
        folder.chmod((mode | 0o2770) & 0o2777)
