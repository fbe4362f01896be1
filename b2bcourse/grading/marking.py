"""One answer marked: the response file in a handed-in folder, the instructor's key, and points.

The kit's preprocessors and nbgrader's stock Execute both end here, so that both give the same
points. Nothing a student can write makes this raise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse import render
from b2bcourse.facts import Lang, Text
from b2bcourse.grading.files import RESPONSES, read_answer
from b2bcourse.grading.keys import KeysError
from b2bcourse.items import ResponseError, agreement, face_hash
from b2bcourse.items.base import clamp
from b2bcourse.items.response import Response, decode_response

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.grading.keys import Keys, Question


@dataclass(frozen=True)
class Marked:
    """What one answer got.

    Attributes:
        points: from 0 to the cell's maximum, a plain float.
        message: what the student reads first: the points, and what could not be used.
        html: the answer as a table, the student's own marks judged; empty where there is none.
        text: the same as plain text.
        trouble: for the instructor's log: what on the instructor's side is wrong; mostly empty.
    """

    points: float
    message: str
    html: str = ""
    text: str = ""
    trouble: str = ""


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
        response = _response(question, folder, item_id)
        if response is None:
            return _unanswered(question, lang, maximum)
        known = _said_elsewhere(others, folder)
        return _scored(question, response, known, lang, maximum)
    except ResponseError as error:
        return Marked(0.0, _broken(item_id, maximum, error.text[lang], lang))
    except Exception as error:  # noqa: BLE001 - one answer must not stop a class's run
        detail = f"{type(error).__name__}: {error}"[:200]
        message = _broken(item_id, maximum, _NOT_SCORED[lang], lang)
        return Marked(0.0, message, trouble=f"{item_id}: {detail}")


def points_of(fraction: float, maximum: float) -> float:
    """A fraction of a cell's points: a plain float from 0 to ``maximum``, as nbgrader needs it.

    Rounded far below what counts, so that nobody reads 3.6000000000000005 on a feedback page.
    """
    return min(float(maximum), round(clamp(fraction) * float(maximum), 6))


def shown(points: float) -> str:
    """Points as people write them: two decimals at most."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _response(question: Question, folder: Path, item_id: str) -> Response | None:
    data = read_answer(folder, item_id)
    if data is None:
        return None
    response = decode_response(data)
    if (response.item, response.kind) != (item_id, question.face.kind):
        raise ResponseError(_OTHER_ITEM.format(other=response.item[:80], item=item_id))
    return response


def _said_elsewhere(others: list[Question], folder: Path) -> dict[str, Any]:
    """What the student said in other items; an answer that cannot be read says nothing."""
    values = {}
    for question in others:
        name = question.item.id
        try:
            response = _response(question, folder, name)
        except ResponseError:
            continue
        if response is not None:
            values[name] = response.value
    return agreement.context([question.item for question in others], values)


def _scored(
    question: Question, response: Response, known: dict[str, Any], lang: Lang, maximum: float
) -> Marked:
    kind, face, key = question.kind, question.face, question.key
    outcome = kind.score(face, key, response.value, known)
    points = points_of(outcome.fraction, maximum)
    feedback = kind.judged(face, key, outcome, response.value)
    # The item knows no points, the cell does. What a plan is worth is no count of right answers.
    words = _SUMMARY if " / " in feedback["big"] else _POINTS
    feedback["text"] = words[lang].format(points=shown(points), maximum=shown(maximum))
    notes = [note[lang] for note in outcome.notes]
    if response.face != face_hash(face):
        notes.append(_OTHER_FACE[lang])
    lines = [_headline(face, points, maximum, lang), *notes]
    return Marked(
        points,
        "\n".join(lines),
        html=render.html(face, response.value, feedback),
        text=render.text(face, response.value, feedback),
    )


def _unanswered(question: Question, lang: Lang, maximum: float) -> Marked:
    face = question.face
    lines = [_headline(face, 0.0, maximum, lang), _UNANSWERED[lang].format(path=_path(face.id))]
    blank = question.kind.blank(face)
    return Marked(0.0, "\n".join(lines), render.html(face, blank), render.text(face, blank))


def _headline(face: Any, points: float, maximum: float, lang: Lang) -> str:
    return _HEADLINE[lang].format(title=face.title, points=shown(points), maximum=shown(maximum))


def _broken(item_id: str, maximum: float, problem: str, lang: Lang) -> str:
    return _BROKEN[lang].format(path=_path(item_id), problem=problem, maximum=shown(maximum))


def _path(item_id: str) -> str:
    return f"{RESPONSES}/{item_id}.json"


_HEADLINE: Final = Text(
    ko="{title}: {maximum}점 중 {points}점",
    en="{title}: {points} of {maximum} points",
)
_SUMMARY: Final = Text(
    ko="맞음. {maximum}점 중 {points}점.",
    en="right. {points} of {maximum} points.",
)
_POINTS: Final = Text(ko="{maximum}점 중 {points}점.", en="{points} of {maximum} points.")
_UNANSWERED: Final = Text(
    ko="답하지 않았습니다. {path} 파일이 제출물에 없습니다.",
    en="Not answered: {path} was not handed in.",
)
_BROKEN: Final = Text(
    ko="{path}: {problem}\n{maximum}점 중 0점으로 채점했습니다.",
    en="{path}: {problem}\nGraded 0 of {maximum} points.",
)
_OTHER_ITEM: Final = Text(
    ko="다른 문항({other})의 답안입니다. {item}의 답안이어야 합니다.",
    en="This is an answer to another item ({other}), not to {item}.",
)
_OTHER_FACE: Final = Text(
    ko="이 답안은 문제의 다른 판에 쓴 것입니다. 지금의 정답으로 채점했습니다.",
    en="This answer was given to another version of the item; it was graded by the current key.",
)
_NOT_SCORED: Final = Text(
    ko="답안을 채점하지 못했습니다. 강사에게 알리십시오.",
    en="The answer could not be scored. Tell your instructor.",
)
