"""Points for Moodle, checked so that its import does not fail as a whole.

As Moodle reads it (grade/import/csv/classes/load_data.php of moodle/moodle): a user is found by id,
idnumber, email or username; one that is not found, or a grade over 100 (unless the site allows
more), fails the whole import, and ``-`` is no grade. A row without a user would go to the user
before it, so none is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from b2bcourse.grading.base import GradingError
from b2bcourse.report.export_words import WORDS
from b2bcourse.report.plain import harmless
from b2bcourse.report.scores import Export, few, filled_in, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from b2bcourse.grading.records import Record, Records
    from b2bcourse.report.scores import Score
    from b2bcourse.report.sheets import Sheet

By = Literal["username", "email", "idnumber", "id"]
BYS: Final[tuple[By, ...]] = get_args(By)
NONE: Final = "-"
MOST: Final = 100.0
"""What Moodle takes where the site's settings are as they came."""


def made(
    records: Records, scores: Sequence[Score], title: str, by: By, *, allow_over: bool = False
) -> Export:
    """A file from nothing.

    Args:
        records: the assignment.
        scores: everybody's points.
        title: the total's column.
        by: by what Moodle finds a user.
        allow_over: whether the site takes more than 100 points.

    Raises:
        GradingError: somebody with points has no such value, two have the same, or a value is over
            what Moodle takes.
    """
    _check_most(scores, allow_over=allow_over)
    named = [(identity(score.record, by), score) for score in scores]
    bare = [score.record.name for name, score in named if not name and score.total is not None]
    if bare:
        raise GradingError(WORDS.no_email.format(field=by, **few(bare)))
    _check_twice(named, by)
    rows = [_head(records, by, title)]
    rows += [_row(records, name, score) for name, score in named if name]
    return Export(rows, [WORDS.how_moodle.format(column=by, field=by)])


def filled(
    records: Records,
    sheet: Sheet,
    scores: Sequence[Score],
    title: str,
    by: By | None = None,
    *,
    allow_over: bool = False,
) -> Export:
    """A file for those alone whom the instructor's own export of Moodle's grades knows.

    The column by which people are found is the one whose values are the course's own; ``by`` says
    which of these.

    Raises:
        GradingError: it knows none of the students, or a value is over what Moodle takes.
    """
    _check_most(scores, allow_over=allow_over)
    column, found_by = _identifying(sheet, scores, (by,) if by else BYS)
    known = {identity(score.record, found_by).casefold(): score for score in scores}
    head = sheet.rows[0][column]
    rows, found, left = [_head(records, head, title)], set[str](), []
    for row in sheet.rows[1:]:
        value = row[column].strip() if column < len(row) else ""
        score = known.get(value.casefold()) if value else None
        if score is None:
            left += [value] if value else []
            continue
        # Written as the file has it: Moodle tells capitals in an address apart.
        rows.append(_row(records, value, score))
        found.add(score.record.student)
    field = "email" if found_by == "email" else head
    said = [
        *filled_in(sheet.path, scores, found, left),
        WORDS.how_moodle.format(column=head, field=field),
    ]
    return Export(rows, said)


def identity(record: Record, by: By) -> str:
    """What Moodle calls a student; empty where the gradebook does not know."""
    if by == "username":
        return record.student
    return record.email if by == "email" else record.lms_user_id


def _identifying(sheet: Sheet, scores: Sequence[Score], bys: Iterable[By]) -> tuple[int, By]:
    """The column, and by what, that finds most students."""
    best: tuple[int, int, By] = (0, 0, "username")
    width = len(sheet.rows[0]) if sheet.rows else 0
    for by in bys:
        ours = {identity(score.record, by).casefold() for score in scores} - {""}
        for column in range(width):
            theirs = {row[column].strip().casefold() for row in sheet.rows[1:] if column < len(row)}
            if len(ours & theirs) > best[0]:
                best = (len(ours & theirs), column, by)
    if not best[0]:
        raise GradingError(WORDS.no_match.format(path=sheet.path))
    return best[1], best[2]


def _check_most(scores: Iterable[Score], *, allow_over: bool) -> None:
    for score in scores:
        if score.total is not None and score.total > MOST and not allow_over:
            told = {"name": score.record.name, "points": number(score.total), "maximum": int(MOST)}
            raise GradingError(WORDS.over_hundred.format(**told))


def _check_twice(named: Iterable[tuple[str, Score]], by: By) -> None:
    seen: dict[str, Score] = {}
    for value, score in named:
        other = seen.setdefault(value.casefold(), score) if value else score
        if other is not score:
            names = ", ".join(sorted((other.record.student, score.record.student)))
            raise GradingError(WORDS.twice.format(value=value, by=f" ({by})", names=names))


def _head(records: Records, name: str, title: str) -> list[str]:
    items = [f"{cell.item} ({number(cell.maximum)})" for cell in records.cells]
    return [harmless(name), *items, harmless(title)]


def _row(records: Records, name: str, score: Score) -> list[str]:
    items = [number(score.items[cell.item], NONE) for cell in records.cells]
    return [harmless(name), *items, number(score.total, NONE)]
