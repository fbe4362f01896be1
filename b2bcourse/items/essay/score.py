"""The score of an essay: what the student's own judgement of it amounts to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.base import Outcome, Part, Verdict, clamp
from b2bcourse.items.essay.authored import count_words
from b2bcourse.items.essay.value import clean
from b2bcourse.items.essay.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.essay.face import EssayKey, Face
    from b2bcourse.items.essay.value import Value


def score(
    face: Face, key: EssayKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What a self-assessed essay is worth: the sum of the levels that the student chose.

    No judgement counts for a text below the minimum of words, so that who only ticks the best
    levels earns nothing. An essay that a person grades earns 0 here, and a note says so.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: unused; other kinds look at the student's other responses.

    Returns:
        An outcome with a part, called after the criterion, for every criterion.
    """
    answer, notes = clean(face, value)
    if not key.self_assessed:
        return Outcome(fraction=0.0, notes=(WORDS.by_person, *notes))
    parts = _parts(face, key, answer)
    earned = sum(part.earned for part in parts)
    return Outcome(fraction=clamp(earned), parts=parts, notes=notes)


def long_enough(face: Face, text: str) -> bool:
    """Whether a text has the words asked for, so that it may be compared and judged."""
    return count_words(text) >= face.words.min


def _parts(face: Face, key: EssayKey, answer: Value) -> tuple[Part, ...]:
    counted = long_enough(face, answer.text)
    return tuple(
        _judged(key, criterion.id, answer.levels.get(criterion.id) if counted else None)
        for criterion in face.rubric
    )


def _judged(key: EssayKey, criterion: str, level: int | None) -> Part:
    weight = key.weights[criterion]
    if level is None:
        return Part(criterion, "not attempted", 0.0, weight)
    share = key.shares[criterion][level]
    return Part(criterion, _verdict(share), weight * share, weight)


def _verdict(share: float) -> Verdict:
    if share == 1:
        return "right"
    return "partly" if share else "wrong"
