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

from nbgrader.utils import find_all_files, parse_utc

from b2bcourse.grading.mending import TIMESTAMP

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from b2bcourse.grading.opening import Course

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
        failed: what could not be copied: the path within the submission, and why.
    """

    made: Path
    place: Path
    failed: tuple[tuple[str, str], ...]

    def put_in_place(self) -> None:
        """Put it where it belongs; what stood there goes."""
        old = _aside(self.place, "old")
        with contextlib.suppress(FileNotFoundError):
            self.place.rename(old)
        self.made.rename(self.place)
        if old.exists():
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
        failed = self._copy(submission, made)
        for name, data in files.items():
            (made / name).write_bytes(data)
        self._finish(made)
        return Aside(made, submission.place, tuple(failed))

    def _aside(self, place: Path) -> Path:
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in _left_over(place):
            shutil.rmtree(old)
        made = _aside(place, "new")
        made.mkdir()
        return made

    def _copy(self, submission: Submission, made: Path) -> list[tuple[str, str]]:
        """Copy what was handed in beside the notebooks, then the source folder's files over it."""
        failed = []
        for name in self._files(submission.folder):
            try:
                _copy(submission.folder / name, made / name)
            except OSError as error:
                failed.append((name, error.strerror or str(error)))
        for name, path in self._from_source.items():
            (made / name).unlink(missing_ok=True)
            _copy(path, made / name)
        return failed

    def _files(self, folder: Path) -> list[str]:
        if self._ignored is None:
            files = find_all_files(str(folder), self._globs)
            return [os.path.relpath(path, folder) for path in files]
        return list(_walked(str(folder), "", self._ignored))

    def look_up(self) -> None:
        """Find out what is the same for all submissions, before they are shared out."""
        _ = self._ignored, self._from_source

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
    def _from_source(self) -> Mapping[str, Path]:
        """The files of the source folder, which nbgrader copies over every student's."""
        source = self.course.folder("source", self.assignment)
        spared = set(self.converter.exclude_overwriting.get(self.assignment, []))
        files = find_all_files(str(source), self._globs)
        names = {os.path.relpath(path, source): Path(path) for path in files}
        return {name: path for name, path in names.items() if name not in spared}

    def _finish(self, made: Path) -> None:
        """Give files and folders the permissions that nbgrader gives them."""
        permissions = int(str(self.converter.permissions), 8)
        shared = self.course.directory.groupshared
        for parent, _, files in os.walk(made):
            for name in files:
                os.chmod(os.path.join(parent, name), permissions)  # noqa: PTH101, PTH118 - 100,000 files
            if shared:
                _share(Path(parent))

    def share_root(self) -> None:
        """In a course that a group grades, the folder of graded notebooks is the group's too."""
        if self.course.directory.groupshared:
            _share(self.course.folder("autograded", ".", "."))


def handed_in(folder: Path) -> dt.datetime | None:
    """A submission's time stamp as nbgrader reads it; None where there is none that can be read."""
    try:
        text = (folder / TIMESTAMP).read_text("utf-8").strip()
        time: dt.datetime | None = parse_utc(text) if text else None
    except (OSError, ValueError, OverflowError):
        return None
    return time


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


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to, follow_symlinks=False)


def _share(folder: Path) -> None:
    mode = folder.stat().st_mode
    with contextlib.suppress(PermissionError):
        folder.chmod((mode | 0o2770) & 0o2777)
