"""An essay as its author writes it: both languages, rubric, notes for who judges, model text."""

from __future__ import annotations

import math
from typing import Any, Literal

from msgspec import Struct

from b2bcourse.facts import LANGS, Text
from b2bcourse.items.authored import ItemBase, load_as, twice


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """How long the essay should be, in words (Korean: 어절)."""

    min: int
    max: int


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """One level of a criterion: the share of its points, from 0 to 1, and what it looks like."""

    share: float
    text: Text


class Criterion(Struct, frozen=True, forbid_unknown_fields=True):
    """One criterion of a rubric; the shares of all criteria add up to 1."""

    id: str
    points_share: float
    criterion: Text
    levels: tuple[Level, ...]


class EssayItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An essay as authored.

    A person grades it unless ``self_assessed``: then it is practice, and the student compares the
    text with the model and judges it. ``grader_notes`` and ``model`` never stand in a face.
    """

    kind: Literal["essay"]
    words: Words
    rubric: tuple[Criterion, ...]
    grader_notes: Text
    model: Text
    self_assessed: bool = False
    level: Literal["recall", "apply", "judge"] = "judge"


def field_name(item: str) -> str:
    """What the cell is called that shows a graded essay's field."""
    return f"{item}-field"


def load(raw: Any, where: str) -> EssayItem:
    """An essay: see `load_as`."""
    return load_as(raw, EssayItem, _problems, where)


def _problems(item: EssayItem) -> list[str]:
    return [*_rubric_problems(item), *_practice_problems(item)]


def count_words(text: str) -> int:
    """The words (Korean: 어절) of a text: runs between spaces that hold a letter or a digit."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def _rubric_problems(item: EssayItem) -> list[str]:
    total = sum(criterion.points_share for criterion in item.rubric)
    found = []
    if not math.isclose(total, 1.0, abs_tol=1e-6):
        found.append(f"rubric: the points_share add up to {total:g}, not to 1")
    if not 0 < item.words.min <= item.words.max:
        found.append("words: 'min' must be above 0 and not above 'max'")
    ids = [criterion.id for criterion in item.rubric]
    found += twice("rubric", ids)
    for criterion in item.rubric:
        if not all(0 <= level.share <= 1 for level in criterion.levels):
            found.append(f"rubric, {criterion.id!r}, levels: a share runs from 0 to 1")
    return found


def _practice_problems(item: EssayItem) -> list[str]:
    """What a self-assessed essay needs besides: levels to choose from, and a model that fits."""
    if not item.self_assessed:
        return []
    found = []
    for criterion in item.rubric:
        shares = [level.share for level in criterion.levels]
        if 1 not in shares or 0 not in shares:
            found.append(f"rubric, {criterion.id!r}: needs a level of share 1 and one of share 0")
    for lang in LANGS:
        length = count_words(item.model[lang])
        if not item.words.min <= length <= item.words.max:
            found.append(
                f"model.{lang}: {length} words, but {item.words.min} to {item.words.max} are asked"
            )
    return found
