"""The troubles' page: what could not be matched, read or kept whole, and who has seen it."""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

import msgspec
from jupyter_server.utils import url_path_join
from tornado import web

from b2bcourse.responses.bounded import READING
from b2bcourse.serving.base import GraderHandler
from b2bcourse.serving.page import page, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Records
    from b2bcourse.grading.troubles import Seen, Trouble

_HOMES: Final = ("troubles", "submitted")
"""The folders of a course that hold what students handed in; nothing else is ever sent."""
_PART: Final = 1 << 20
_IN_MEMORY: Final = 16 << 20


class Ticked(msgspec.Struct, forbid_unknown_fields=True):
    """A trouble that somebody has seen."""

    student: str
    id: str


class TroublesHandler(GraderHandler):
    """The page, and the tick on one of its rows."""

    @web.authenticated
    def get(self, assignment: str) -> None:
        from b2bcourse.grading.troubles import troubles_of

        _ = self.xsrf_token
        course = self.course()
        records = self.records(course, assignment)
        base = url_path_join(self.base_url, "b2bcourse/grading")
        here = f"{base}/{assignment}"
        names = {record.student: record.name for record in records.students}
        by_hand = {cell.item for cell in records.cells if cell.by_hand}
        rows = [
            _row(trouble, seen, names, by_hand, here, course)
            for trouble, seen in troubles_of(course.root, assignment)
        ]
        data = {
            "assignment": assignment,
            "here": f"{here}/troubles",
            "essays": f"{here}/essays" if by_hand else "",
            "me": self.grader,
            "rows": rows,
        }
        title = f"{words('troubles', course.lang)['title']} · {assignment}"
        self.finish(page("troubles", course.lang, title, base, data))

    @web.authenticated
    def post(self, assignment: str) -> None:
        from b2bcourse.grading.seen import mark_seen

        course = self.course()
        told = self.body(Ticked)
        trouble = _one(course, self.records(course, assignment), told.student, told.id)
        _marked, waiting = mark_seen(course, assignment, told.student, self.grader, [trouble])
        self.forget_formgraders_view()
        self.send({"by": self.grader, "waiting": waiting})


def _one(course: Course, records: Records, student: str, name: str) -> Trouble:
    """A trouble by its name; 404 where there is none."""
    from b2bcourse.grading.troubles import troubles_of

    for trouble, _seen in troubles_of(course.root, records.assignment):
        if (trouble.student, trouble.id) == (student, name):
            return trouble
    raise web.HTTPError(404)


def _row(
    trouble: Trouble,
    seen: Seen | None,
    names: dict[str, str],
    by_hand: set[str],
    here: str,
    course: Course,
) -> dict[str, Any]:
    lang = course.lang
    which = {"student": trouble.student, "id": trouble.id}
    essay = {"item": trouble.item, "student": trouble.student}
    return {
        **which,
        "name": names.get(trouble.student, trouble.student),
        "what": trouble.what,
        "file": trouble.file,
        "found": trouble.found[lang],
        "done": trouble.done[lang],
        "todo": trouble.todo[lang],
        "kept": trouble.kept,
        "download": f"{here}/troubles/kept?{urlencode(which)}"
        if kept_path(course.root, trouble) is not None
        else "",
        "read": f"{here}/essays?{urlencode(essay)}" if trouble.item in by_hand else "",
        "waits": trouble.waits and seen is None,
        "seen": None if seen is None else {"by": seen.by, "at": seen.at},
    }


def kept_path(root: Path, trouble: Trouble) -> Path | None:
    """Where the original of a trouble lies; None where it has none or it is not in the folder.

    Args:
        root: the course folder.
        trouble: what went wrong.
    """
    if not trouble.kept:
        return None
    try:
        real = (root / trouble.kept).resolve(strict=True)
    except OSError:
        return None
    homes = [(root / name).resolve() for name in _HOMES]
    return real if any(home in real.parents for home in homes) else None


class KeptHandler(GraderHandler):
    """The original of what went wrong, to be saved and never to be shown."""

    @property
    def content_security_policy(self) -> str:
        """Whatever a browser takes it for, it may do nothing."""
        return "default-src 'none'; sandbox"

    @web.authenticated
    async def get(self, assignment: str) -> None:
        course = self.course()
        student, name = self.get_query_argument("student"), self.get_query_argument("id")
        trouble = _one(course, self.records(course, assignment), student, name)
        path = kept_path(course.root, trouble)
        if path is None:
            raise web.HTTPError(404)
        told = f"{path.name}.zip" if path.is_dir() else path.name
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(told)}")
        with _original(path) as file:
            while part := file.read(_PART):
                self.write(part)
                await self.flush()
        self.finish()


def _original(path: Path) -> IO[bytes]:
    """A file as it is, a folder as a zip; no link is followed and no device read."""
    try:
        if path.is_dir():
            return _zipped(path)
        return os.fdopen(_plain(path), "rb")
    except OSError as error:
        raise web.HTTPError(404) from error


def _plain(path: Path) -> int:
    found = os.open(path, READING)
    if not stat.S_ISREG(os.fstat(found).st_mode):
        os.close(found)
        raise FileNotFoundError(path)
    return found


def _zipped(folder: Path) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - who reads it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in _files(folder):
            name = path.relative_to(folder.parent).as_posix()
            with (
                os.fdopen(_plain(path), "rb") as found,
                packed.open(name, "w", force_zip64=True) as into,
            ):
                while part := found.read(_PART):
                    into.write(part)
    file.seek(0)
    return file


def _files(folder: Path) -> Iterator[Path]:
    for place, _folders, names in os.walk(folder):
        yield from (Path(place) / name for name in sorted(names) if _is_plain(Path(place) / name))


def _is_plain(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)
