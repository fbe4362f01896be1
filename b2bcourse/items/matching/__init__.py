"""The matching kind: put each card to the category it belongs to, or to several.

With ``sides`` the categories are rows and the sides columns, and a card lies in a cell of them.
"""

from __future__ import annotations

from b2bcourse.items.base import merge_parts as merge
from b2bcourse.items.matching.authored import MatchingItem, load
from b2bcourse.items.matching.explain import explain, judged, staged
from b2bcourse.items.matching.face import Face, face
from b2bcourse.items.matching.key import MatchingKey, key
from b2bcourse.items.matching.meaning import ids_in, meanings
from b2bcourse.items.matching.persons import said
from b2bcourse.items.matching.reckoning import reckon
from b2bcourse.items.matching.samples import guess, samples
from b2bcourse.items.matching.score import score
from b2bcourse.items.matching.secrets import Secret
from b2bcourse.items.matching.typed import parse, replacing, template
from b2bcourse.items.matching.value import blank, model_answer

__all__ = [
    "Face",
    "MatchingItem",
    "MatchingKey",
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
