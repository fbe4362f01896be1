"""A matrix read by persons, so that other answers can be held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.facts import LANGS, Text
from b2bcourse.items.matrix.face import face
from b2bcourse.items.matrix.value import clean
from b2bcourse.items.said import Said

if TYPE_CHECKING:
    from b2bcourse.items.matrix.authored import MatrixItem
    from b2bcourse.items.matrix.face import Face


def said(item: MatrixItem, value: Any) -> Said:
    """The benefits that an answer marks for each person.

    Args:
        item: the authored item, of the form ``cells``: in the others the persons or the benefits
            are what is asked.
        value: the response's value, any JSON.
    """
    shown = face(item, "en")
    korean, english = (_names(face(item, lang)) for lang in LANGS)
    marked, _ = clean(shown, value)
    return Said(
        title=item.title,
        marks={
            column.id: frozenset(row for row, marks in marked.cells.items() if marks.get(column.id))
            for column in shown.columns
        },
        names={name: Text(korean[name], english[name]) for name in english},
        choices=len(shown.rows),
    )


def _names(shown: Face) -> dict[str, str]:
    """What persons and benefits are called in one language."""
    people = {column.id: column.name for column in shown.columns}
    return people | {row.id: row.name for row in shown.rows}
