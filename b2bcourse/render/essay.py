"""An essay as static HTML and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.essay.authored import count_words
from b2bcourse.items.essay.value import clean
from b2bcourse.items.essay.words import WORDS
from b2bcourse.render.frame import framed, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.essay.explain import EssayFeedback
    from b2bcourse.items.essay.face import Face
    from b2bcourse.items.essay.value import Value


def html(face: Face, value: Mapping[str, Any], feedback: EssayFeedback | None) -> str:
    """The text as written; judged, the model text below it; then the criteria."""
    answer, _ = clean(face, value)
    body = _html_text(WORDS.own[face.lang], _paragraphs(face, answer.text))
    body += f"<p><small>{escape(_length(face, answer))}</small></p>"
    if feedback and feedback.model:
        body += _html_text(WORDS.model[face.lang], feedback.model)
        body += _html_text(WORDS.guide[face.lang], [feedback.guide])
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(said)}</td></tr>'
        for name, said in _criteria(face, answer, feedback)
    )
    head = f"<p><b>{escape(WORDS.judged_by[face.lang])}</b></p>"
    return framed(face, f"{body}{head}<table><tbody>{rows}</tbody></table>", feedback)


def _html_text(head: str, paragraphs: Iterable[str]) -> str:
    written = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"<p><b>{escape(head)}</b></p>{written}"


def text(face: Face, value: Mapping[str, Any], feedback: EssayFeedback | None) -> str:
    """The same as lines of text."""
    answer, _ = clean(face, value)
    lang = face.lang
    lines = [face.title, *face.case, face.task, ""]
    if feedback:
        lines += [f"{feedback.big} {feedback.text}".strip(), *feedback.notes, ""]
    lines += [WORDS.own[lang], *_paragraphs(face, answer.text), _length(face, answer), ""]
    if feedback and feedback.model:
        lines += [WORDS.model[lang], *feedback.model, "", WORDS.guide[lang], feedback.guide, ""]
    lines.append(WORDS.judged_by[lang])
    for name, said in _criteria(face, answer, feedback):
        lines += [f"- {name}", *([f"    {said}"] if said else [])]
    return "\n".join(lines)


def _paragraphs(face: Face, written: str) -> list[str]:
    found = [line.strip() for line in written.splitlines() if line.strip()]
    return found or [WORDS.no_text[face.lang]]


def _length(face: Face, answer: Value) -> str:
    n = count_words(answer.text)
    return WORDS.length[face.lang].format(n=n, min=face.words.min, max=face.words.max)


def _criteria(face: Face, answer: Value, feedback: EssayFeedback | None) -> list[tuple[str, str]]:
    """Every criterion, and the level that the student chose for it, with its share once judged."""
    if not face.rubric:
        return [(criterion, "") for criterion in face.criteria]
    found = []
    for criterion in face.rubric:
        level = answer.levels.get(criterion.id)
        said = criterion.levels[level] if level is not None else WORDS.not_chosen[face.lang]
        share = part_of(feedback, criterion.id).score
        found.append((criterion.text, f"{said} ({share})" if share else said))
    return found
