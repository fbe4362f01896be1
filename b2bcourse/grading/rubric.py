"""A graded essay's rubric and notes, as Markdown for the person who grades it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bcourse.facts import Lang
from b2bcourse.grading.criteria import worths
from b2bcourse.grading.words import WORDS
from b2bcourse.items.essay import EssayItem

if TYPE_CHECKING:
    from b2bcourse.grading.criteria import Worth
    from b2bcourse.grading.keys import Keys
    from b2bcourse.items.essay import Criterion


def essay_notes(keys: Keys, item_id: str, points: float) -> str:
    """The rubric, notes and model answer of an essay.

    Args:
        keys: the course's keys.
        item_id: the essay cell's grade id.
        points: the cell's points; the rubric's shares are told in whole points of it.

    Returns:
        Markdown in the course's language; empty where the cell has no essay item.

    Raises:
        KeysError: the item's file cannot be used.
    """
    if item_id not in keys:
        return ""
    item, lang = keys.item(item_id), keys.lang
    if not isinstance(item, EssayItem):
        return ""
    words = WORDS.rubric_length[lang].format(min=item.words.min, max=item.words.max)
    rubric = "\n".join(
        _criterion(criterion, worth, lang)
        for criterion, worth in zip(item.rubric, worths(item, points), strict=True)
    )
    return "\n\n".join(
        [
            f"**{WORDS.rubric_head[lang]}**",
            f"**{WORDS.rubric[lang]}** ({words})\n\n{rubric}",
            f"**{WORDS.rubric_notes[lang]}**\n\n{item.grader_notes[lang]}",
            f"**{WORDS.rubric_model[lang]}**\n\n{item.model[lang]}",
        ]
    )


def _criterion(criterion: Criterion, worth: Worth, lang: Lang) -> str:
    head = f"- {criterion.criterion[lang]} ({_points(worth.maximum, lang)})"
    levels = [
        f"    - {_points(points, lang)}: {level.text[lang]}"
        for points, level in zip(worth.levels, criterion.levels, strict=True)
    ]
    return "\n".join([head, *levels])


def _points(points: float, lang: Lang) -> str:
    return WORDS.rubric_points[lang].format(points=f"{points:.2f}".rstrip("0").rstrip("."))
