"""What an essay says of an answer: the model text to compare with, and the student's judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import field

from b2bcourse.items.essay.authored import count_words
from b2bcourse.items.essay.score import long_enough
from b2bcourse.items.essay.value import clean
from b2bcourse.items.essay.words import WORDS
from b2bcourse.items.feedback import Feedback, Line, PartFeedback, notes_of

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome, Part
    from b2bcourse.items.essay.face import EssayKey, Face


class EssayFeedback(Feedback, kw_only=True):
    """What is said of an essay: the model text's paragraphs and what to look at in it too."""

    model: list[str] = field(default_factory=list)
    guide: str = ""


def explain(
    face: Face,
    key: EssayKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> EssayFeedback:
    """Practice feedback: the model text, what to look at, and the levels that the student chose.

    The model text comes only with a text of the minimum length: before that it would be copied.

    Args:
        face: the item's face.
        key: its key.
        outcome: what `score` made of the answer.
        value: the answer.
        again: unused; a criterion has no misconception.

    Returns:
        What widgets and `render` show, with ``model`` (paragraphs) and ``guide``.
    """
    answer, _ = clean(face, value)
    feedback = judged(face, key, outcome, value)
    feedback.parts = {
        part.id: _part(face, part, answer.levels.get(part.id)) for part in outcome.parts
    }
    ready = key.self_assessed and long_enough(face, answer.text)
    feedback.model = key.model[face.lang].split("\n\n") if ready else []
    feedback.guide = key.guide[face.lang] if ready else ""
    return feedback


def staged(
    face: Face,
    key: EssayKey,
    outcome: Outcome,
    value: Any,
    again: frozenset[str] = frozenset(),
) -> EssayFeedback:
    """An essay is compared and not judged: there is no stage in that."""
    return explain(face, key, outcome, value, again)


def judged(face: Face, key: EssayKey, outcome: Outcome, value: Any) -> EssayFeedback:
    """What may be told without the key: how far the student's own judgement goes."""
    answer, _ = clean(face, value)
    done = sum(part.verdict != "not attempted" for part in outcome.parts)
    big = f"{outcome.fraction * 10:.1f} / 10" if done else ""
    return EssayFeedback(
        fraction=outcome.fraction,
        big=big,
        text=_text(face, key, answer.text, done),
        counts=False,
        notes=notes_of(face, outcome),
    )


def _text(face: Face, key: EssayKey, text: str, done: int) -> str:
    """The sentence above the texts: what to do next, or whose judgement the points are."""
    lang, total = face.lang, len(face.rubric)
    if not key.self_assessed:
        return WORDS.by_person[lang]
    if not long_enough(face, text):
        return WORDS.too_short[lang].format(n=count_words(text), min=face.words.min)
    if not done:
        return WORDS.to_compare[lang]
    if done < total:
        return WORDS.own_so_far[lang].format(n=done, total=total)
    return WORDS.own_judgement[lang]


def _part(face: Face, part: Part, level: int | None) -> PartFeedback:
    lang = face.lang
    if part.verdict == "not attempted" or level is None:
        line = Line(WORDS.not_chosen[lang])
    else:
        levels = next(each.levels for each in face.rubric if each.id == part.id)
        line = Line(WORDS.chosen[lang], levels[level])
    share = f"{part.earned * 10:.1f} / {part.possible * 10:.1f}"
    score = "" if part.verdict == "not attempted" else share
    return PartFeedback(part.verdict, [line], score)
