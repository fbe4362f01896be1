"""The matrix kind: who at the customer cares about which benefit, in four forms.

``cells``: rows and columns given, mark who cares. ``left``: the marks given, name the rows.
``right``: name the columns. ``both``: only a card for each row is given; name both and mark.
"""

from __future__ import annotations

from typing import Any

from b2bcourse.items.base import refuse
from b2bcourse.items.matrix import authored
from b2bcourse.items.matrix.authored import MatrixItem
from b2bcourse.items.matrix.explain import explain, judged, staged
from b2bcourse.items.matrix.face import Face, face
from b2bcourse.items.matrix.key import MatrixKey, key, row_slots, shown_pattern
from b2bcourse.items.matrix.meaning import ids_in, meanings
from b2bcourse.items.matrix.persons import said
from b2bcourse.items.matrix.reckoning import reckon
from b2bcourse.items.matrix.samples import guess, samples
from b2bcourse.items.matrix.score import score
from b2bcourse.items.matrix.secrets import Secret
from b2bcourse.items.matrix.typed import parse, replacing, template
from b2bcourse.items.matrix.value import blank, merge, model_answer

__all__ = [
    "Face",
    "MatrixItem",
    "MatrixKey",
    "Secret",
    "blank",
    "explain",
    "face",
    "guess",
    "ids_in",
    "judged",
    "key",
    "load",
    "meanings",
    "merge",
    "model_answer",
    "parse",
    "reckon",
    "replacing",
    "said",
    "samples",
    "score",
    "staged",
    "template",
]


def load(raw: Any, where: str) -> MatrixItem:
    """A matrix item from plain data, checked as far as to its compiled key.

    Raises:
        DataError: a field is missing, unknown or of another type.
        ItemError: the item cannot be asked as it is; the message says what to change.
    """
    item = authored.load(raw, where)
    refuse(where, _unaskable(item, key(item)))
    return item


def _unaskable(item: MatrixItem, compiled: MatrixKey) -> list[str]:
    rows = row_slots(item).values()
    people = {column.key_id for column in item.columns}
    found = [
        f"row {row!r}: nobody is required in it; leave the row out or add a person"
        for row in rows
        if not people & set(compiled.lines[row].pattern())
    ]
    if item.form == "right":
        seen = {p for row in rows for p in shown_pattern(compiled.lines[row], item.marks)}
        found += [
            f"column {c.key_id!r}: no mark stands in it, so nobody could name it; leave it out"
            for c in item.columns
            if c.key_id not in seen
        ]
    if item.form == "both":
        needed = {p for row in rows for p in compiled.lines[row].fewest()}
        if item.slots and item.slots < len(needed):
            found.append(f"slots: {item.slots} are too few for {len(needed)} people")
    return found
