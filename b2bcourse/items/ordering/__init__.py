"""The ordering kind: cards to be put in a sequence, or round a cycle, some of which may not belong.

The key may order all cards, or only say what must come before what.
"""

from __future__ import annotations

from b2bcourse.items.ordering.authored import OrderingItem, load, rests_on
from b2bcourse.items.ordering.explain import explain, judged
from b2bcourse.items.ordering.face import Face, face
from b2bcourse.items.ordering.key import OrderingKey, key
from b2bcourse.items.ordering.samples import guess, samples
from b2bcourse.items.ordering.score import score
from b2bcourse.items.ordering.typed import parse, replacing, template
from b2bcourse.items.ordering.value import blank, merge, model_answer

__all__ = [
    "Face",
    "OrderingItem",
    "OrderingKey",
    "blank",
    "explain",
    "face",
    "guess",
    "judged",
    "key",
    "load",
    "merge",
    "model_answer",
    "parse",
    "replacing",
    "rests_on",
    "samples",
    "score",
    "template",
]
