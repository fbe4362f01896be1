"""What is kept of one student, to hand out and to delete, as the law asks of whoever teaches."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts.faults import of_system
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding import extensions
from b2bcourse.grading.holding.rows import remove_rows, rows_of
from b2bcourse.grading.holding.traces import Trace, traces
from b2bcourse.grading.holding.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.grading.opening import Course

_OWNERS: Final = 0o300
_GRADERS: Final = "autograded"
"""Notebooks as graders see them, with rubric and model answer: nothing of the student's own."""


@dataclass(frozen=True)
class Left:
    """A place that could not be cleared, and why."""

    place: Path
    why: str


def export(course: Course, student: str, out: Path) -> Path:
    """Write all that is kept of a student into one archive that the student may have.

    What she handed in, her grades and comments, feedback and troubles; no key: the notebooks that
    graders see hold rubric and model answer and stay behind, as do copies of the gradebook.

    Args:
        course: the course.
        student: nbgrader's id.
        out: the archive to write; one that is there is never overwritten.

    Raises:
        GradingError: nothing is kept of that student, or ``out`` exists.
    """
    found = traces(course, student)
    if not any(trace.removable for trace in found):
        raise GradingError(WORDS.nothing_kept.format(student=student))
    if out.exists():
        raise GradingError(WORDS.file_exists.format(file=out))
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _members(course, student, found):
            archive.writestr(name, data)
    out.chmod(0o600)
    return out


def _members(course: Course, student: str, found: list[Trace]) -> Iterator[tuple[str, bytes]]:
    listed = "\n".join(
        f"- {trace.told[course.lang]}: {trace.short(course.root)}"
        for trace in found
        if trace.removable
    )
    about = WORDS.export_about[course.lang].format(student=student, listed=listed)
    yield "README.txt", about.encode()
    yield "gradebook.json", _json(rows_of(course.directory.db_url, student))
    granted = {
        name: until[student].isoformat()
        for name, until in extensions.extensions(course.root).items()
        if student in until
    }
    yield extensions.FILE, _json(granted)
    for trace in found:
        if trace.what in {"files", "exchange", "feedback"}:
            yield from _files(course, trace.place)


def _files(course: Course, place: Path) -> Iterator[tuple[str, bytes]]:
    inside = place.is_relative_to(course.root)
    home = course.root if inside else place.parent
    prefix = "" if inside else "exchange/"
    if inside and place.relative_to(course.root).parts[0] == _GRADERS:
        return
    for path in [place] if place.is_file() else sorted(place.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{prefix}{path.relative_to(home).as_posix()}", path.read_bytes()


def _json(value: Any) -> bytes:
    def told(other: object) -> str | float:
        if isinstance(other, dt.timedelta):
            return other.total_seconds()
        return other.isoformat() if isinstance(other, dt.datetime) else str(other)

    return json.dumps(value, ensure_ascii=False, indent=1, default=told).encode()


def delete(course: Course, student: str) -> list[Left]:
    """Delete all that is kept of a student, the gradebook last; then look again.

    Returns:
        What is still there, with the reason; empty when all is gone. What is merely mentioned in
        a file about others is not deleted and not in this list.
    """
    reasons: dict[Path, str] = {}
    for trace in traces(course, student):
        try:
            _remove(course, student, trace)
        except OSError as error:
            reasons[trace.place] = of_system(error)[course.lang]
        except Exception as error:  # noqa: BLE001 - a locked or foreign database; told, not hidden
            reasons[trace.place] = str(error)
    return [
        Left(trace.place, reasons.get(trace.place, WORDS.still_there[course.lang]))
        for trace in traces(course, student)
        if trace.removable
    ]


def _remove(course: Course, student: str, trace: Trace) -> None:
    if trace.what in {"gradebook", "copy"}:
        remove_rows(trace.url, student)
    elif trace.what == "extension":
        extensions.forget(course.root, student)
    elif trace.what != "mentioned":
        _remove_files(trace.place)


def _remove_files(place: Path) -> None:
    """Remove a file, or a folder with all in it that may be removed.

    Raises:
        OSError: something is left; what stood in the way first.
    """
    errors: list[OSError] = []
    for parent, folders, files in os.walk(place, topdown=False):
        _open(Path(parent))
        for name in (*files, *folders):
            _try(Path(parent, name), errors)
    _open(place.parent)
    _try(place, errors)
    if errors:
        raise errors[0]


def _try(path: Path, errors: list[OSError]) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    except OSError as error:
        errors.append(error)


def _open(folder: Path) -> None:
    """Collected and graded folders are closed to their own owner; others' are left as they are."""
    mode = folder.stat().st_mode
    if mode & _OWNERS != _OWNERS and folder.stat().st_uid == os.geteuid():
        folder.chmod(mode | _OWNERS)
