"""One exercise of a page: its points and how they come about, the answer judged, what was said."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts.korean import Name
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.criteria import worths
from b2bcourse.grading.feedback.page import Criterion, Exercise, points_of
from b2bcourse.grading.feedback.times import day
from b2bcourse.grading.feedback.words import WORDS
from b2bcourse.grading.marking import shown
from b2bcourse.grading.shown import shown as shown_markdown
from b2bcourse.items.base import attempted
from b2bcourse.items.essay import EssayItem
from b2bcourse.items.essay.authored import count_words
from b2bcourse.items.kind import Reckoned
from b2bcourse.items.reckoning import factor
from b2bcourse.items.standing import fits
from b2bcourse.render.sheet import Judged, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.facts import Lang, Text
    from b2bcourse.grading.criteria import Given, Worth
    from b2bcourse.grading.keys import AnyQuestion, Keys
    from b2bcourse.grading.marking import Marked
    from b2bcourse.grading.moved import Move
    from b2bcourse.grading.records import Cell, Grade

_TAG: Final = re.compile(r"<[^>]*>")
_CLOSE: Final = 1e-6


class StaleError(GradingError):
    """A grade that does not follow from the key as it is now."""


@dataclass(frozen=True)
class Answer:
    """What was handed in for one graded cell.

    Attributes:
        marked: what it is worth; None where a person grades it.
        text: what stands in its cell, as Markdown; empty where nothing was written.
        attachments: the pictures pasted into that cell.
    """

    marked: Marked | None = None
    text: str = ""
    attachments: Any = None


def exercise_of(
    keys: Keys,
    cell: Cell,
    grade: Grade,
    answer: Answer,
    *,
    number: int,
    given: Given | None = None,
    opened: bool = False,
) -> Exercise:
    """An exercise as the page shows it.

    Args:
        keys: the course's keys.
        cell: the graded cell.
        grade: what the gradebook holds for it.
        answer: what was handed in.
        number: its number on the page.
        given: what a person gave by criteria.
        opened: whether the key is open.

    Raises:
        KeysError: the key cannot be used.
        StaleError: the grade does not follow from the key and the answer.
    """
    points = None if grade.waits else grade.points
    made = Exercise(
        id=cell.item,
        number=number,
        title=cell.item,
        maximum=cell.maximum,
        points=points,
        how="",
        notes=tuple(_extra(grade, keys.lang)),
        comment=shown_markdown(grade.comment, lang=keys.lang) if grade.comment.strip() else "",
    )
    if cell.item not in keys:
        return _written(made, grade, answer, keys.lang)
    question = keys.asked(cell.item)
    made = replace(made, title=question.face.title)
    if isinstance(question.item, EssayItem):
        made = _written(made, grade, answer, keys.lang)
        return _essay(made, keys, question, grade, given, opened=opened)
    return _scored(made, question, grade, answer.marked, opened=opened)


def with_moves(exercise: Exercise, moves: Sequence[Move], lang: Lang) -> Exercise:
    """The same with what has become of its points since a student saw them first."""
    told = tuple(_moved(move, lang) for move in moves)
    return replace(exercise, notes=(*told, *exercise.notes)) if told else exercise


def _moved(move: Move, lang: Lang) -> str:
    gap = move.after - move.before
    way = WORDS.up if gap > 0 else WORDS.down if gap < 0 else WORDS.same
    return WORDS.moved[move.why][lang].format(
        date=day(move.at, lang),
        before=points_of(move.before),
        after=points_of(move.after),
        way=way[lang],
    )


def _extra(grade: Grade, lang: Lang) -> list[str]:
    return [WORDS.extra[lang].format(points=shown(grade.extra))] if grade.extra else []


# ---------------------------------------------------------------- scored by the kit


def _scored(
    made: Exercise, question: AnyQuestion, grade: Grade, marked: Marked | None, *, opened: bool
) -> Exercise:
    lang = question.face.lang
    if made.waits or marked is None or marked.outcome is None:
        return _unjudged(made, question, grade, marked)
    _refuse_other_points(made, grade, marked)
    face, key, outcome, value = question.face, question.key, marked.outcome, marked.value
    feedback = (question.kind.explain if opened else question.kind.judged)(
        face, key, outcome, value
    )
    judged = Judged(feedback, opened=opened)
    kind: Any = question.kind  # a module, which is hashable though its protocol does not say so
    if (reckoned := _reckoned(kind)) is not None:
        told = reckoned.reckon(face, key, outcome, value)
        made = replace(made, how=told.said, formula=factor(told.formula), rule=told.rule)
        judged = Judged(feedback, told.missing, opened)
    if not attempted(outcome):
        made = replace(made, how=WORDS.unanswered[lang], formula="")
    made = replace(
        made,
        notes=(*made.notes, *marked.message.splitlines()[1:]),
        body=sheet(face, value, judged),
        solved=_solved(question) if opened and outcome.fraction < 1 else "",
    )
    return _by_hand(made, grade, lang)


@cache
def _reckoned(kind: Any) -> Reckoned | None:
    """A kind, if it can say how its points come about; to ask a protocol takes its time."""
    return kind if isinstance(kind, Reckoned) else None


def _unjudged(
    made: Exercise, question: AnyQuestion, grade: Grade, marked: Marked | None
) -> Exercise:
    """What waits for a person, was not answered, or could not be read: no verdict on anything."""
    lang, value = question.face.lang, marked.value if marked else None
    body = ""
    if value and fits(question.face, value):
        body = sheet(question.face, value)
    if made.waits:
        return replace(made, how=WORDS.waits_item[lang], body=body)
    words = WORDS.unanswered if marked is None or marked.problem is None else marked.problem
    return _by_hand(replace(made, how=words[lang], body=body), grade, lang)


def _by_hand(made: Exercise, grade: Grade, lang: Lang) -> Exercise:
    """What a person gave counts in place of what the kit gave, and the page says so."""
    if grade.manual is None:
        return made
    how = WORDS.by_person[lang].format(points=points_of(grade.manual))
    if grade.auto is not None:
        how = WORDS.manual[lang].format(points=points_of(grade.manual), auto=points_of(grade.auto))
    return replace(made, how=how, formula="")


def _refuse_other_points(made: Exercise, grade: Grade, marked: Marked) -> None:
    if grade.auto is None or math.isclose(grade.auto, marked.points, abs_tol=_CLOSE):
        return
    places = {
        "item": made.id,
        "points": shown(grade.auto),
        "now": shown(marked.points),
        "assignment": "{assignment}",
    }
    raise StaleError(WORDS.points_differ.format(**places))


def _solved(question: AnyQuestion) -> str:
    """The exercise as it should have been answered."""
    face = question.face
    return sheet(face, question.kind.model_answer(face, question.key))


# ---------------------------------------------------------------- read by a person


def _written(made: Exercise, grade: Grade, answer: Answer, lang: Lang) -> Exercise:
    """A cell that a person grades: the text, and who said what of it."""
    text = shown_markdown(answer.text, answer.attachments, lang) if answer.text.strip() else ""
    made = replace(made, text=text, own=WORDS.own_text[lang])
    if made.waits:
        return replace(made, how=WORDS.waits_essay[lang])
    if grade.manual is not None:
        how = WORDS.by_person[lang].format(points=points_of(grade.manual))
        return replace(made, how=how)
    return replace(made, how=(WORDS.unread if text else WORDS.no_text)[lang])


def _essay(
    made: Exercise,
    keys: Keys,
    question: AnyQuestion,
    grade: Grade,
    given: Given | None,
    *,
    opened: bool,
) -> Exercise:
    """An essay of the kit's: its criteria, with what each got where that is known."""
    item, lang = question.item, question.face.lang
    known = given if given and not made.waits and given.fits(grade.manual) else None
    criteria = tuple(
        _criterion(criterion, worth, known, lang)
        for criterion, worth in zip(item.rubric, _worths(keys, item.id, made.maximum), strict=True)
    )
    made = replace(made, criteria=criteria)
    if made.text:
        n = count_words(unescape(_TAG.sub(" ", made.text)))
        length = WORDS.length[lang].format(n=n, min=item.words.min, max=item.words.max)
        made = replace(made, own=f"{made.own} · {length}")
    if known:
        total = " + ".join(shown(criterion.points or 0.0) for criterion in criteria)
        how = WORDS.by_criteria[lang].format(sum=total)
        by = WORDS.read_by[lang].format(by=Name(known.by)) if known.by else ""
        made = replace(made, how=f"{how} {by}".strip(), by=known.by)
    return replace(made, solved=_model(question)) if opened else made


@lru_cache(maxsize=64)
def _worths(keys: Keys, item: str, maximum: float) -> tuple[Worth, ...]:
    """What criteria are worth: the same for everybody, and reckoned in fractions."""
    return worths(keys.item(item), maximum)


def _model(question: AnyQuestion) -> str:
    paragraphs = question.item.model[question.face.lang].split("\n\n")
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def _criterion(criterion: Any, worth: Worth, known: Given | None, lang: Lang) -> Criterion:
    text: Text = criterion.criterion
    if known is None:
        best = max(criterion.levels, key=lambda level: level.share, default=None)
        return Criterion(text[lang], best.text[lang] if best else "", worth.maximum)
    level = known.level(worth)
    told = criterion.levels[level].text[lang] if level is not None else ""
    return Criterion(text[lang], told, worth.maximum, known.points.get(worth.id, 0.0))
