"""More time for single students: kept beside the gradebook, put into it when work is graded.

nbgrader keeps an extension with a submission, so nobody can be given one before handing in. Here
it is a day and an hour in ``extensions.json``: it holds whatever becomes of the due date.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from nbgrader.preprocessors import NbGraderPreprocessor

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.files import put
from b2bcourse.grading.holding.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode

FILE: Final = "extensions.json"
"""In the course folder."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    schema: int = 1
    until: dict[str, dict[str, dt.datetime]] = {}


def extensions_of(root: Path, assignment: str) -> dict[str, dt.datetime]:
    """Until when single students may hand in, by nbgrader's ids; UTC without a zone, as it has it.

    Args:
        root: the course folder.
        assignment: the assignment's name.
    """
    known = _read(root).until.get(assignment, {})
    return {student: _naive(until) for student, until in known.items()}


def extensions(root: Path) -> dict[str, dict[str, dt.datetime]]:
    """All extensions of a course, by assignment and student."""
    return {name: found for name in _read(root).until if (found := extensions_of(root, name))}


def grant(root: Path, assignment: str, student: str, until: dt.datetime | None) -> None:
    """Note until when a student may hand in; None takes an extension back.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        until: UTC, without a zone.
    """
    known = _read(root)
    granted = known.until.setdefault(assignment, {})
    if until is None:
        granted.pop(student, None)
    else:
        granted[student] = until.replace(tzinfo=dt.UTC)
    known.until = {name: found for name, found in known.until.items() if found}
    put(root / FILE, msgspec.json.format(msgspec.json.encode(known, order="sorted"), indent=1))


def forget(root: Path, student: str) -> None:
    """Take back all extensions of a student."""
    for assignment, granted in extensions(root).items():
        if student in granted:
            grant(root, assignment, student, None)


def extension(due: dt.datetime | None, until: dt.datetime | None) -> dt.timedelta | None:
    """An extension as nbgrader keeps it: what somebody has beyond the due date.

    Args:
        due: when everybody's work is due; None where nothing is.
        until: when this student's is; None where no extension was granted.
    """
    if due is None or until is None or until <= due:
        return None
    return until - due


def put_into(submission: Any, until: Mapping[str, dt.datetime]) -> None:
    """Give a submission in the gradebook the extension that was granted; none leaves it alone.

    Args:
        submission: nbgrader's ``SubmittedAssignment``.
        until: as `extensions_of` has it.
    """
    if submission.student_id in until:
        due = submission.assignment.duedate
        submission.extension = extension(due, until[submission.student_id])


class GrantExtension(NbGraderPreprocessor):  # type: ignore[misc,unused-ignore]
    """Puts an extension into the gradebook before nbgrader reckons who is late.

    Stands right before ``AssignLatePenalties`` in ``c.Autograde.autograde_preprocessors``.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        from nbgrader.api import Gradebook

        names = resources["nbgrader"]
        root = Path(self.parent.parent.coursedir.root)
        until = extensions_of(root, names["assignment"])
        if names["student"] in until:
            with Gradebook(names["db_url"]) as gradebook:
                found = gradebook.find_submission(names["assignment"], names["student"])
                put_into(found, until)
                gradebook.db.commit()
        return nb, resources


def _naive(when: dt.datetime) -> dt.datetime:
    return when.astimezone(dt.UTC).replace(tzinfo=None) if when.tzinfo else when


def _read(root: Path) -> _File:
    path = root / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return _File()
    except msgspec.DecodeError as error:
        raise GradingError(WORDS.bad_extensions.format(file=path, detail=error)) from error
