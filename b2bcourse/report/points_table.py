"""Points as a plain table: everybody, every item, and the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.report.plain import harmless
from b2bcourse.report.scores import Export, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.grading.records import Records
    from b2bcourse.report.scores import Score

HEAD: Final = ("student", "name", "email", "lms_user_id", "handed_in_utc", "seconds_late")
"""In English in both languages, since programs read them."""


def table(records: Records, scores: Sequence[Score]) -> Export:
    """A row a student; what nobody has graded yet is no number."""
    items = [f"{cell.item} ({number(cell.maximum)})" for cell in records.cells]
    rows = [[*HEAD, *items, "penalty", f"total ({number(records.maximum)})"]]
    for score in scores:
        record = score.record
        when = record.handed_in.isoformat(" ", "seconds") if record.handed_in else ""
        late = str(round(record.late)) if record.handed_in else ""
        known = (record.student, record.name, record.email, record.lms_user_id)
        rows.append(
            [
                *map(harmless, known),
                when,
                late,
                *(number(score.items[cell.item]) for cell in records.cells),
                number(record.penalty) if record.grades else "",
                number(score.total),
            ]
        )
    return Export(rows, [])
