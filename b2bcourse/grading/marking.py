"""One answer marked: the response file in a handed-in folder, the instructor's key, and points.

The kit's preprocessors and nbgrader's stock Execute both end here, so that both give the same
points. Nothing a student can write makes this raise.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse import render
from b2bcourse.facts import Lang
from b2bcourse.grading.files import RESPONSES, answers_of
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.words import WORDS
from b2bcourse.items import ResponseError, agreement, face_hash
from b2bcourse.items.base import clamp, holds_answer
from b2bcourse.items.judging import judge
from b2bcourse.items.response import NewerError, Response
from b2bcourse.items.standing import fits, is_present
from b2bcourse.responses import read_answer, values

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.grading.keys import AnyQuestion, Keys
    from b2bcourse.items.base import FaceBase, Outcome


@dataclass(frozen=True)
class Marked:
    """What one answer got.

    Attributes:
        points: from 0 to the cell's maximum, a plain float.
        message: what the student reads first: the points, and what could not be used.
        html: the answer as a table, the student's own marks judged; empty where there is none.
        text: the same as plain text.
        trouble: for the instructor's log: what on the instructor's side is wrong; mostly empty.
        waiting: a person must look at it: no points were given, and none were taken away.
        outcome: what the answer is worth, part by part; None where it was not scored.
        value: the answer as it was scored.
    """

    points: float
    message: str
    html: str = ""
    text: str = ""
    trouble: str = ""
    waiting: bool = False
    outcome: Outcome | None = None
    value: Any = None


def mark(keys: Keys, item_id: str, folder: Path, maximum: float) -> Marked:
    """Mark the answer to one item.

    Args:
        keys: the instructor's keys; face and language come from there too.
        item_id: the graded cell's id.
        folder: the handed-in folder, with ``responses`` in it.
        maximum: the cell's points, 0 or more.

    Returns:
        The points and what to show; 0 points and a message where anything is wrong.
    """
    try:
        question, lang = keys.question(item_id), keys.lang
        others = [keys.question(name) for name in agreement.wanted(question.key)]
    except KeysError as error:
        return Marked(0.0, f"{item_id}: {error}", trouble=str(error))
    try:
        return _marked(question, others, folder, lang, maximum)
    except NewerError as error:
        return _newer(question, error.schema, None, lang)
    except ResponseError as error:
        return Marked(0.0, _broken(item_id, maximum, error.text[lang], lang))
    except Exception as error:  # noqa: BLE001 - one answer must not stop a class's run
        detail = f"{type(error).__name__}: {error}"[:200]
        message = _broken(item_id, maximum, WORDS.not_scored[lang], lang)
        return Marked(0.0, message, trouble=f"{item_id}: {detail}")


def _marked(
    question: AnyQuestion, others: list[AnyQuestion], folder: Path, lang: Lang, maximum: float
) -> Marked:
    home = answers_of(folder)
    response = _response(home, question)
    if response is None:
        return _unanswered(question, lang, maximum)
    if response.newer:
        return _newer(question, response.schema, response.value, lang)
    if is_present(response, question.face):
        items = [other.item for other in others]
        said = values(home, items, (lang,))
        kind, face, key = question.kind, question.face, question.key
        outcome = judge(kind, face, key, response.value, items, said)
        return _scored(question, response, outcome, lang, maximum)
    if not holds_answer(response.value):
        return _unanswered(question, lang, maximum)
    return _old(question, response, lang)


def points_of(fraction: float, maximum: float) -> float:
    """A fraction of a cell's points: a plain float from 0 to ``maximum``, as nbgrader needs it.

    Rounded far below what counts, so that nobody reads 3.6000000000000005 on a feedback page.
    """
    return min(float(maximum), round(clamp(fraction) * float(maximum), 6))


def shown(points: float) -> str:
    """Points as people write them: two decimals at most."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _response(home: Path, question: AnyQuestion) -> Response | None:
    try:
        return read_answer(home, question.item.id, question.item.kind)
    except OSError as error:
        raise ResponseError(WORDS.unreadable.format(detail=error.strerror or "")) from error


def _scored(
    question: AnyQuestion, response: Response, outcome: Outcome, lang: Lang, maximum: float
) -> Marked:
    face = question.face
    points = points_of(outcome.fraction, maximum)
    feedback = question.kind.judged(face, question.key, outcome, response.value)
    # The item knows no points, the cell does. What a plan is worth is no count of right answers.
    words = WORDS.summary if feedback.counts else WORDS.points
    feedback.text = words[lang].format(points=shown(points), maximum=shown(maximum))
    notes = [note[lang] for note in outcome.notes]
    if not response.meaning and response.face != face_hash(face):
        notes.append(WORDS.other_face[lang])
    lines = [_headline(face, points, maximum, lang), *notes]
    return Marked(
        points,
        "\n".join(lines),
        html=render.html(face, response.value, feedback),
        text=render.text(face, response.value, feedback),
        outcome=outcome,
        value=response.value,
    )


def _newer(question: AnyQuestion, schema: int, value: Any, lang: Lang) -> Marked:
    """An answer that a newer release saved: not understood here, so not judged here."""
    face = question.face
    message = f"{face.title}: {WORDS.newer[lang].format(schema=schema)}"
    html, text = _shown(question, value)
    return Marked(
        0.0, message, html, text, f"{face.id}: {WORDS.newer.en.format(schema=schema)}", True
    )


def _old(question: AnyQuestion, response: Response, lang: Lang) -> Marked:
    """An answer to the exercise as it was: what it is worth, a person must say."""
    face = question.face
    message = f"{face.title}: {WORDS.old[lang]}"
    html, text = _shown(question, response.value)
    return Marked(0.0, message, html, text, f"{face.id}: {WORDS.old.en}", True)


def _shown(question: AnyQuestion, value: Any) -> tuple[str, str]:
    """An answer without a verdict: in the exercise where its ids exist, else as it lies on disk."""
    if not value:
        return "", ""
    face = question.face
    if fits(face, value):
        return render.html(face, value), render.text(face, value)
    plain = json.dumps(value, ensure_ascii=False, indent=1)
    return f"<pre>{escape(plain)}</pre>", plain


def _unanswered(question: AnyQuestion, lang: Lang, maximum: float) -> Marked:
    face = question.face
    lines = [
        _headline(face, 0.0, maximum, lang),
        WORDS.unanswered[lang].format(path=_path(face.id)),
    ]
    blank = question.kind.blank(face)
    return Marked(0.0, "\n".join(lines), render.html(face, blank), render.text(face, blank))


def _headline(face: FaceBase, points: float, maximum: float, lang: Lang) -> str:
    return WORDS.headline[lang].format(
        title=face.title, points=shown(points), maximum=shown(maximum)
    )


def _broken(item_id: str, maximum: float, problem: str, lang: Lang) -> str:
    return WORDS.broken[lang].format(path=_path(item_id), problem=problem, maximum=shown(maximum))


def _path(item_id: str) -> str:
    return f"{RESPONSES}/{item_id}.json"
