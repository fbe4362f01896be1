"""The essay kind: written by the student, judged after the item's rubric.

The student writes in a widget. In an assignment autograde puts the text into nbgrader's own
manually graded Markdown cell, and a person grades it after the item's rubric. In practice the
student compares it with the model and judges it, criterion by criterion.
"""

from typing import Final

from b2bcourse.items.essay.authored import (
    Criterion,
    EssayItem,
    Level,
    Words,
    count_words,
    field_name,
    load,
)
from b2bcourse.items.essay.explain import explain, judged, staged
from b2bcourse.items.essay.face import EssayKey, Face, face, key
from b2bcourse.items.essay.meaning import ids_in, meanings
from b2bcourse.items.essay.samples import guess, samples
from b2bcourse.items.essay.score import score
from b2bcourse.items.essay.secrets import Secret
from b2bcourse.items.essay.typed import parse, replacing, template
from b2bcourse.items.essay.value import blank, merge, model_answer

__all__ = [
    "BY_HAND",
    "Criterion",
    "EssayItem",
    "EssayKey",
    "Face",
    "Level",
    "Secret",
    "Words",
    "blank",
    "count_words",
    "explain",
    "face",
    "field_name",
    "guess",
    "ids_in",
    "judged",
    "key",
    "load",
    "meanings",
    "merge",
    "model_answer",
    "parse",
    "replacing",
    "samples",
    "score",
    "staged",
    "template",
]

BY_HAND: Final = True
"""In an assignment a person grades it; only practice is judged, and by the student."""
