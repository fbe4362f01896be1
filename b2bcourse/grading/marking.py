"""One answer marked: the response file in a handed-in folder, the instructor's key, and points.

The kit's preprocessors and nbgrader's stock Execute both end here, so that both give the same
points. Nothing a student can write makes this raise.
"""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse import render
from b2bcourse.facts import LANGS, Lang, Text
from b2bcourse.facts.faults import of_system
from b2bcourse.grading.answers import Answers
from b2bcourse.grading.files import RESPONSES
from b2bcourse.grading.keys import KeysError
from b2bcourse.grading.words import WORDS
from b2bcourse.items import ResponseError, agreement, face_hash
from b2bcourse.items.base import clamp, holds_answer
from b2bcourse.items.judging import judge
from b2bcourse.items.response import MAX_RESPONSE_BYTES, NewerError, Response
from b2bcourse.items.standing import fits, is_present
from b2bcourse.responses.bounded import read_bounded

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
        trouble: for the instructor's log and for nobody else: what is wrong; mostly empty.
        waiting: a person must look at it: no points were given, and none were taken away.
        stopped: the instructor's side is at fault, so that a grade given before stays.
        problem: why the answer waits, or why there is none; to be told to instructor and student.
        outcome: what the answer is worth, part by part; None where it was not scored.
        value: the answer as it was scored.
    """

    points: float
    message: str
    html: str = ""
    text: str = ""
    trouble: str = ""
    waiting: bool = False
    stopped: bool = False
    problem: Text | None = None
    outcome: Outcome | None = None
    value: Any = None


def mark(
    keys: Keys, item_id: str, folder: Path | Answers, maximum: float, *, rendered: bool = True
) -> Marked:
    """Mark the answer to one item.

    Args:
        keys: the instructor's keys; face and language come from there too.
        item_id: the graded cell's id.
        folder: the handed-in folder, with ``responses`` in it; or where its answers are.
        maximum: the cell's points, 0 or more.
        rendered: whether an answer that was scored is to be shown too, as a table and as text.

    Returns:
        The points and what to show. Where a key cannot be had, no points and one sentence; the
        reason is for the instructor alone. Where an answer cannot be read, it waits for a person.
    """
    answers = folder if isinstance(folder, Answers) else Answers(folder / RESPONSES)
    try:
        question, lang = keys.question(item_id), keys.lang
        others = [keys.question(name) for name in agreement.wanted(question.key)]
    except KeysError as error:
        return stopped(item_id, error.text)
    try:
        return _marked(question, others, answers, lang, maximum, rendered=rendered)
    except NewerError as error:
        return _newer(question, error.schema, None, lang)
    except ResponseError as error:
        return _unread(question, answers, error.text, lang, maximum)
    except Exception as error:  # noqa: BLE001 - one answer must not stop a class's run
        detail = f"{item_id}: {type(error).__name__}: {error}"[:200]
        message = WORDS.not_graded[lang].format(title=question.face.title)
        html, text = _shown(question, _value(question, answers))
        return Marked(0.0, message, html, text, detail, waiting=True, problem=WORDS.scoring_failed)


def stopped(item_id: str, why: Text) -> Marked:
    """What an item gets whose key cannot be used; the student reads nothing of the reason."""
    name = Text(item_id, item_id)
    message = "\n".join(WORDS.not_graded.format(title=name)[lang] for lang in LANGS)
    return Marked(0.0, message, trouble=f"{item_id}: {why.ko}\n{why.en}", stopped=True)


def _marked(
    question: AnyQuestion,
    others: list[AnyQuestion],
    answers: Answers,
    lang: Lang,
    maximum: float,
    *,
    rendered: bool,
) -> Marked:
    response = _response(answers, question)
    if response is None:
        return _unanswered(question, lang, maximum)
    if response.newer:
        return _newer(question, response.schema, response.value, lang)
    if is_present(response, question.face):
        items = [other.item for other in others]
        said = answers.values(items, lang) if items else {}
        kind, face, key = question.kind, question.face, question.key
        outcome = judge(kind, face, key, response.value, items, said)
        marked = _scored(question, response, outcome, lang, maximum)
        return _rendered(marked, question, outcome, maximum) if rendered else marked
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


def _response(answers: Answers, question: AnyQuestion) -> Response | None:
    try:
        return answers.read(question.item.id, question.item.kind)
    except OSError as error:
        raise ResponseError(WORDS.unreadable.format(detail=of_system(error))) from error


def _scored(
    question: AnyQuestion, response: Response, outcome: Outcome, lang: Lang, maximum: float
) -> Marked:
    face = question.face
    points = points_of(outcome.fraction, maximum)
    notes = [note[lang] for note in outcome.notes]
    if not response.meaning and response.face != face_hash(face):
        notes.append(WORDS.other_face[lang])
    lines = [_headline(face, points, maximum, lang), *notes]
    return Marked(points, "\n".join(lines), outcome=outcome, value=response.value)


def _rendered(marked: Marked, question: AnyQuestion, outcome: Outcome, maximum: float) -> Marked:
    """A scored answer with what is shown of it."""
    face, value = question.face, marked.value
    feedback = question.kind.judged(face, question.key, outcome, value)
    # The item knows no points, the cell does. What a plan is worth is no count of right answers.
    words = WORDS.summary if feedback.counts else WORDS.points
    feedback.text = words[face.lang].format(points=shown(marked.points), maximum=shown(maximum))
    return replace(
        marked,
        html=render.html(face, value, feedback),
        text=render.text(face, value, feedback),
    )


def _newer(question: AnyQuestion, schema: int, value: Any, lang: Lang) -> Marked:
    """An answer that a newer release saved: not understood here, so not judged here."""
    why = WORDS.newer.format(schema=schema)
    return _waiting(question, why, WORDS.why_newer.format(schema=schema), value, lang)


def _old(question: AnyQuestion, response: Response, lang: Lang) -> Marked:
    """An answer to the exercise as it was: what it is worth, a person must say."""
    return _waiting(question, WORDS.old, WORDS.why_old, response.value, lang)


def _waiting(question: AnyQuestion, why: Text, problem: Text, value: Any, lang: Lang) -> Marked:
    face = question.face
    html, text = _shown(question, value)
    return Marked(
        0.0,
        f"{face.title}: {why[lang]}",
        html,
        text,
        f"{face.id}: {why.en}",
        waiting=True,
        problem=problem,
    )


def _unread(
    question: AnyQuestion, answers: Answers, problem: Text, lang: Lang, maximum: float
) -> Marked:
    """A file in which an answer may be and cannot be read: a person looks, unless it is empty."""
    face = question.face
    if _is_empty(answers.path(face.id)):
        why = WORDS.empty_file.format(path=_path(face.id))
        lines = [_headline(face, 0.0, maximum, lang), why[lang]]
        return Marked(0.0, "\n".join(lines), problem=why)
    why = WORDS.unread.format(path=_path(face.id), problem=problem)
    return _waiting(question, why, problem, None, lang)


def _is_empty(path: Path) -> bool:
    """Whether no answer was handed in at a path: an empty file or answer, a link, a device."""
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            return not stat.S_ISDIR(mode)
        data = read_bounded(path, MAX_RESPONSE_BYTES)
        found = json.loads(data) if data else {"value": None}
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "value" in found and not holds_answer(found["value"])


def _value(question: AnyQuestion, answers: Answers) -> Any:
    try:
        response = answers.read(question.item.id, question.item.kind)
    except (OSError, ResponseError):
        return None
    return response.value if response else None


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


def _path(item_id: str) -> str:
    return f"{RESPONSES}/{item_id}.json"
