"""Due dates and extensions, told in the instructor's time and kept in nbgrader's, UTC.

nbgrader's own ``db assignment add --duedate`` takes a time without a zone for UTC and ``+0900`` for
nine hundred seconds; so a due date set in Seoul would be nine hours late, or a quarter of an hour.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import assignments_in
from b2bcourse.grading.holding.extensions import extensions, extensions_of, grant, put_into
from b2bcourse.grading.holding.published import publish
from b2bcourse.grading.holding.words import WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.grading.opening import Course

_END_OF_DAY: Final = dt.time(23, 59)
_DATE: Final = len("2026-12-07")


@dataclass(frozen=True)
class Dates:
    """One assignment: when it is due, and who has until when; UTC without a zone."""

    assignment: str
    due: dt.datetime | None
    extensions: dict[str, dt.datetime]


def zone_named(name: str) -> dt.tzinfo | None:
    """The zone in which an instructor tells a time; the machine's own for an empty name.

    Raises:
        GradingError: there is none of that name.
    """
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise GradingError(WORDS.no_zone.format(zone=name)) from error


def when(said: str, zone: dt.tzinfo | None) -> dt.datetime:
    """A day, or a day and a time, in UTC without a zone as nbgrader keeps it.

    Args:
        said: ``2026-12-07`` (until the end of the day), ``2026-12-07 18:00``; an offset in it,
            such as ``+09:00``, counts more than ``zone``.
        zone: in which it is told; None is the machine's.

    Raises:
        GradingError: it cannot be read.
    """
    try:
        read = dt.datetime.fromisoformat(said.strip())
    except ValueError as error:
        raise GradingError(WORDS.no_time.format(said=said)) from error
    if len(said.strip()) <= _DATE:
        read = dt.datetime.combine(read.date(), _END_OF_DAY)
    if read.tzinfo is None:
        read = read.replace(tzinfo=zone) if zone else read.astimezone()
    return read.astimezone(dt.UTC).replace(tzinfo=None)


def local(utc: dt.datetime, zone: dt.tzinfo | None) -> str:
    """A time of nbgrader's as people say it, with its zone."""
    return utc.replace(tzinfo=dt.UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")


def dates_of(course: Course) -> list[Dates]:
    """Every assignment of a course with its due date and its extensions."""
    with course.gradebook() as gradebook:
        due = {each.name: each.duedate for each in gradebook.assignments}
    known = extensions(course.root)
    names = sorted({*assignments_in(course.root / "source"), *due})
    return [Dates(name, due.get(name), known.get(name, {})) for name in names]


def set_due(course: Course, assignment: str, due: dt.datetime | None) -> list[tuple[Path, str]]:
    """Set when an assignment is due, or that it is never; extensions stay until their own hour.

    What has been handed out says so from then on too.

    Returns:
        Folders in which students still read the older date, with why.

    Raises:
        GradingError: the course has no such assignment.
    """
    _refuse_unknown(course, assignment)
    until = extensions_of(course.root, assignment)
    with course.gradebook() as gradebook:
        found = gradebook.update_or_create_assignment(assignment, duedate=due)
        for submission in found.submissions:
            put_into(submission, until)
        gradebook.db.commit()
    return publish(course.directory, course.config, assignment, due)


def extend(course: Course, assignment: str, student: str, until: dt.datetime | None) -> None:
    """Give a student more time, or take it back; who has handed in already is dated anew.

    Args:
        course: the course.
        assignment: one with a due date.
        student: an id that the gradebook knows.
        until: the last moment, UTC without a zone; None takes an extension back.

    Raises:
        GradingError: one of them is not known, nothing is due, or it is no later than for all.
    """
    from nbgrader.api import MissingEntry

    _refuse_unknown(course, assignment)
    with course.gradebook() as gradebook:
        try:
            gradebook.find_student(student)
        except MissingEntry as error:
            raise GradingError(WORDS.no_student.format(student=student)) from error
        found = gradebook.update_or_create_assignment(assignment)
        if until is not None:
            _refuse_no_later(assignment, found.duedate, until)
        grant(course.root, assignment, student, until)
        for submission in found.submissions:
            if submission.student_id == student:
                submission.extension = None
                put_into(submission, extensions_of(course.root, assignment))
        gradebook.db.commit()


def _refuse_no_later(assignment: str, due: dt.datetime | None, until: dt.datetime) -> None:
    if due is None:
        raise GradingError(WORDS.no_due.format(assignment=assignment))
    if until <= due:
        raise GradingError(WORDS.no_later.format(assignment=assignment, due=local(due, None)))


def _refuse_unknown(course: Course, assignment: str) -> None:
    known = assignments_in(course.root / "source")
    if assignment not in known:
        names = ", ".join(known)
        raise GradingError(WORDS.no_assignment.format(assignment=assignment, known=names))
