"""The due date as students have it: in the release, and kept up to date in the exchange.

Only everybody's date stands there. Who has been given more time is nobody else's business, and
whoever reads the exchange could tell a name from any mark made of it; so a student's page says
that more time may have been given, and no file says to whom.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nbgrader.exchange.default import Exchange

from b2bcourse.grading.files import legible, put
from b2bcourse.grading.holding.due_file import FILE, Due, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

_FACES: Final = "items"
_READABLE: Final = 0o644
_SHARED: Final = 0o664


def due_of(coursedir: Any, assignment: str) -> dt.datetime | None:
    """When an assignment is due by the gradebook; UTC without a zone, as nbgrader has it."""
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        try:
            found: dt.datetime | None = gradebook.find_assignment(assignment).duedate
        except MissingEntry:
            return None
    return found


def due_bytes(due: dt.datetime) -> bytes:
    """A due date as its file's bytes.

    Args:
        due: UTC without a zone.
    """
    return encoded(Due(due.replace(tzinfo=dt.UTC)))


def publish(
    coursedir: Any, config: Any, assignment: str, due: dt.datetime | None
) -> list[tuple[Path, str]]:
    """Write a due date wherever an assignment lies for students; None takes it away.

    Args:
        coursedir: nbgrader's ``CourseDirectory``.
        config: nbgrader's settings, which name the exchange.
        assignment: the assignment's name.
        due: UTC without a zone.

    Returns:
        Folders in which it could not be written, with why: students read an older date there.
    """
    failed = []
    for folder in _places(coursedir, config, assignment):
        try:
            _write(folder / FILE, due, _SHARED if coursedir.groupshared else _READABLE)
        except OSError as error:
            failed.append((folder, error.strerror or legible(str(error))))
    return failed


def _places(coursedir: Any, config: Any, assignment: str) -> Iterator[Path]:
    """The folders of faces of a release, generated and handed out, as far as they are there."""
    release = Path(coursedir.format_path(coursedir.release_directory, ".", assignment))
    homes = [release]
    if coursedir.course_id:
        root = Path(Exchange(coursedir=coursedir, config=config).root)
        homes.append(root / coursedir.course_id / "outbound" / assignment)
    yield from (home / _FACES for home in homes if (home / _FACES).is_dir())


def _write(path: Path, due: dt.datetime | None, mode: int) -> None:
    if due is None:
        path.unlink(missing_ok=True)
        return
    data = due_bytes(due)
    if path.is_file() and path.read_bytes() == data:
        return
    put(path, data)
    path.chmod(mode)
