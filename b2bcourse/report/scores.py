"""The points of a class as an LMS wants them: a number, or none where none is known yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from b2bcourse.report.export_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from b2bcourse.facts import Text
    from b2bcourse.grading.records import Record, Records

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Score:
    """What one student has.

    Attributes:
        record: the student in the gradebook.
        items: points by item; None where a person has still to say.
        total: the sum, the penalty taken off; None as long as one of them is None.
        waits: whether it is None since a person has still to grade, and not since nothing came.
    """

    record: Record
    items: Mapping[str, float | None]
    total: float | None
    waits: bool


@dataclass(frozen=True)
class Export:
    """A file to write and what is to be said of it, each line in both languages."""

    rows: Sequence[Sequence[str]]
    said: Sequence[Text]
    delimiter: str = ","
    bom: bool = False


def scores(records: Records, scale: float | None = None) -> list[Score]:
    """Everybody's points.

    Args:
        records: the assignment.
        scale: the full points in the LMS, where these are other ones.
    """
    factor = scale / records.maximum if scale and records.maximum else 1.0
    return [_score(records, record, factor) for record in records.students]


def _score(records: Records, record: Record, factor: float) -> Score:
    items: dict[str, float | None] = {}
    for cell in records.cells:
        grade = record.grades.get(cell.item)
        known = grade.settled if grade else None
        items[cell.item] = None if known is None else known * factor
    if not record.grades:
        return Score(record, items, None, waits=record.handed_in is not None)
    if None in items.values():
        return Score(record, items, None, waits=True)
    return Score(record, items, record.points * factor, waits=False)


def number(points: float | None, none: str = "") -> str:
    """Points with two decimals, halves rounded up as people do; ``none`` where there are none."""
    if points is None:
        return none
    return str(Decimal(repr(points)).quantize(_CENT, ROUND_HALF_UP))


def few(names: Iterable[str]) -> dict[str, object]:
    """How many, and the first names, to fill a sentence."""
    listed = list(names)
    more = ", …" if len(listed) > _SHOWN else ""
    return {"n": len(listed), "names": ", ".join(listed[:_SHOWN]) + more}


_SHOWN: Final = 8


def filled_in(
    path: str, scores: Sequence[Score], found: set[str], left: Sequence[str]
) -> Iterator[Text]:
    """What is told of an LMS's own export that has been filled.

    Args:
        path: where it was read.
        scores: what was to be put in.
        found: the students who stand in it, by nbgrader's ids.
        left: the names that stand only there.
    """
    missing = [score.record.name for score in scores if score.record.student not in found]
    yield WORDS.rows.format(path=path, students=len(found), left=len(left))
    if missing:
        yield WORDS.not_there.format(**few(missing))
    if left:
        yield WORDS.only_here.format(**few(left))
