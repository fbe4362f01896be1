"""An export from a course to a file: which form, checked first, and what is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.records import records_of
from b2bcourse.report import canvas, moodle
from b2bcourse.report.export_words import WORDS
from b2bcourse.report.making import write
from b2bcourse.report.points_table import table
from b2bcourse.report.reading import title_of
from b2bcourse.report.scores import few, scores
from b2bcourse.report.sheets import as_bytes, read_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from b2bcourse.facts import Text
    from b2bcourse.grading.opening import Course
    from b2bcourse.grading.records import Records
    from b2bcourse.report.moodle import By
    from b2bcourse.report.scores import Export, Score

Form = Literal["canvas", "moodle", "csv"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)


@dataclass(frozen=True)
class Wishes:
    """What the instructor asked for.

    Attributes:
        form: what for.
        into: the LMS's own export, to be filled.
        title: the assignment's column in the LMS.
        by: by what Moodle finds a user.
        scale: the full points in the LMS.
        allow_over: whether Moodle's site takes more than 100 points.
    """

    form: Form
    into: Path | None = None
    title: str = ""
    by: By | None = None
    scale: float | None = None
    allow_over: bool = False


def export(course: Course, assignment: str, wishes: Wishes, out: Path, *, bom: bool) -> list[Text]:
    """Write the points of an assignment, and tell what the file does not hold.

    Args:
        course: the course.
        assignment: the assignment's name.
        wishes: in what form.
        out: the file to write.
        bom: begin it with a byte-order mark, by which Excel knows UTF-8.

    Raises:
        GradingError: the gradebook knows no such assignment, the LMS would refuse the file or
            misunderstand it, or it cannot be written.
    """
    _check(wishes)
    records = records_of(course, assignment)
    known = scores(records, wishes.scale)
    made = _made(course, records, known, wishes)
    write(out, as_bytes(made, bom=bom))
    written = WORDS.written.format(path=out, students=sum(s.total is not None for s in known))
    return [written, *_unknown(known), *made.said]


def _check(wishes: Wishes) -> None:
    if wishes.form == "csv" and wishes.into:
        raise GradingError(WORDS.into_csv)
    if wishes.form == "csv" and wishes.title:
        raise GradingError(WORDS.title_is_canvas)
    if wishes.form != "moodle" and wishes.by:
        raise GradingError(WORDS.by_is_moodles)


def _made(course: Course, records: Records, known: Sequence[Score], wishes: Wishes) -> Export:
    if wishes.form == "csv":
        return table(records, known)
    sheet = read_sheet(wishes.into) if wishes.into else None
    title = wishes.title or title_of(course, records.assignment)
    if wishes.form == "canvas":
        maximum = wishes.scale or records.maximum
        if sheet is None:
            return canvas.made(known, title, maximum)
        titles = (title_of(course, records.assignment), records.assignment)
        wanted = canvas.Wanted(titles, wishes.title, maximum)
        return canvas.filled(sheet, known, wanted)
    over = wishes.allow_over
    if sheet is None:
        return moodle.made(records, known, title, wishes.by or "username", allow_over=over)
    return moodle.filled(records, sheet, known, title, wishes.by, allow_over=over)


def _unknown(known: Sequence[Score]) -> list[Text]:
    """Who has no total: since somebody must still grade, and since nothing was handed in."""
    waiting = [score.record.name for score in known if score.waits]
    absent = [s.record.name for s in known if s.total is None and not s.waits]
    said = [WORDS.waiting.format(**few(waiting))] if waiting else []
    return said + ([WORDS.no_grade.format(**few(absent))] if absent else [])
