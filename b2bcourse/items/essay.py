"""The essay kind: written by the student, graded by hand after the item's rubric.

In an assignment it is nbgrader's own manually graded Markdown cell; the item holds the rubric and
the notes for the grader.
"""

from __future__ import annotations

import math
from typing import Any, Literal

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.reading import convert
from b2bcourse.items.base import FaceBase, ItemError
from b2bcourse.items.matrix.authored import Paragraphs, ReadAgain


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


class EssayItem(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An essay as authored. ``grader_notes`` and ``model`` never reach a student before grading."""

    schema: Literal[1]
    id: str
    kind: Literal["essay"]
    title: Text
    task: Text
    words: Words
    rubric: tuple[Criterion, ...]
    grader_notes: Text
    model: Text
    level: Literal["recall", "apply", "judge"] = "judge"
    case: Paragraphs = Paragraphs()
    read: ReadAgain | None = None
    facts: tuple[str, ...] = ()
    source: str = ""


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of an essay: the task, its length, and the criteria."""

    kind: Literal["essay"] = "essay"
    words: Words
    criteria: tuple[str, ...]


def load(raw: Any, where: str) -> EssayItem:
    """An essay from plain data.

    Raises:
        DataError: a field is missing, unknown or of another type.
        ItemError: the rubric's shares do not add up to 1.
    """
    item = convert(raw, EssayItem, where)
    total = sum(criterion.points_share for criterion in item.rubric)
    if not math.isclose(total, 1.0, abs_tol=1e-6):
        raise ItemError(f"{where}: rubric: the points_share add up to {total:g}, not to 1")
    return item


def face(item: EssayItem, lang: Lang) -> Face:
    """The face of an essay in one language."""
    return Face(
        id=item.id,
        lang=lang,
        title=item.title[lang],
        task=item.task[lang],
        case=item.case[lang],
        words=item.words,
        criteria=tuple(criterion.criterion[lang] for criterion in item.rubric),
    )


def rests_on(item: EssayItem) -> tuple[str, ...]:
    """Ids of the facts that an essay rests on."""
    return item.facts
