"""The ordering kind: cards to be put in a sequence, or round a cycle, some of which may not belong.

The key may order all cards, or only say what must come before what.
"""

from __future__ import annotations

from typing import Any

from b2bcourse.items.base import ItemError
from b2bcourse.items.ordering import authored
from b2bcourse.items.ordering.authored import OrderingItem
from b2bcourse.items.ordering.chance import LUCK, luck
from b2bcourse.items.ordering.explain import explain, judged, staged
from b2bcourse.items.ordering.face import Face, face
from b2bcourse.items.ordering.key import OrderingKey, key
from b2bcourse.items.ordering.meaning import ids_in, meanings
from b2bcourse.items.ordering.reckoning import reckon
from b2bcourse.items.ordering.samples import guess, samples
from b2bcourse.items.ordering.score import score
from b2bcourse.items.ordering.secrets import Secret
from b2bcourse.items.ordering.typed import parse, replacing, template
from b2bcourse.items.ordering.value import blank, merge, model_answer

__all__ = [
    "Face",
    "OrderingItem",
    "OrderingKey",
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
    "samples",
    "score",
    "staged",
    "template",
]


def load(raw: Any, where: str) -> OrderingItem:
    """An ordering item from plain data, checked as far as to its compiled key.

    Raises:
        DataError: a field is missing, unknown or of another type.
        ItemError: the item cannot be asked as it is; the message says what to change.
    """
    item = authored.load(raw, where)
    compiled = key(item)
    share = luck(compiled.order, compiled.readings, len(compiled.decoys))
    if share > LUCK:
        raise ItemError(
            f"{where}: a shuffle is right by chance once in {round(1 / share)}; "
            "add cards or decoys, or order more of them"
        )
    return item
