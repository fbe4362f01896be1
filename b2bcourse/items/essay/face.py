"""The face and the key of an essay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.items.authored import read_again
from b2bcourse.items.base import FaceBase
from b2bcourse.items.essay.authored import Criterion, EssayItem, Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class CriterionFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A criterion by which students judge their own text, with its levels, the best first."""

    id: str
    text: str
    levels: tuple[str, ...]


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of an essay: the task, its length, and what it is judged by.

    ``rubric`` is empty where a person grades the essay.
    """

    kind: Literal["essay"] = "essay"
    words: Words
    criteria: tuple[str, ...]
    rubric: tuple[CriterionFace, ...] = ()


class EssayKey(Struct, frozen=True):
    """What a text is compared with and judged by.

    Attributes:
        self_assessed: whether the student judges it; otherwise a person does.
        weights: by criterion, its share of the whole.
        shares: by criterion, what each level earns of it.
        model: the model text.
        guide: what to look at when judging.
    """

    item: str
    self_assessed: bool
    weights: Mapping[str, float]
    shares: Mapping[str, tuple[float, ...]]
    model: Text
    guide: Text


def face(item: EssayItem, lang: Lang) -> Face:
    """The face of an essay in one language."""
    lang = item.spoken(lang)
    return Face(
        id=item.id,
        lang=lang,
        title=item.title[lang],
        task=item.task[lang],
        case=item.case[lang],
        read=read_again(item.read, lang) if item.self_assessed else None,
        words=item.words,
        criteria=tuple(criterion.criterion[lang] for criterion in item.rubric),
        rubric=tuple(_criterion(each, lang) for each in item.rubric) if item.self_assessed else (),
    )


def key(item: EssayItem) -> EssayKey:
    """The key of an essay, in both languages."""
    return EssayKey(
        item=item.id,
        self_assessed=item.self_assessed,
        weights={criterion.id: criterion.points_share for criterion in item.rubric},
        shares={
            criterion.id: tuple(level.share for level in criterion.levels)
            for criterion in item.rubric
        },
        model=item.model,
        guide=item.grader_notes,
    )


def _criterion(criterion: Criterion, lang: Lang) -> CriterionFace:
    levels = tuple(level.text[lang] for level in criterion.levels)
    return CriterionFace(criterion.id, criterion.criterion[lang], levels)
