"""An essay as static HTML and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.essay.authored import count_words
from b2bcourse.items.essay.value import clean
from b2bcourse.items.essay.words import WORDS
from b2bcourse.render.frame import framed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.essay.face import Face
    from b2bcourse.items.essay.value import Value

    Feedback = Mapping[str, Any] | None


def html(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """The text as written; judged, the model text below it; then the criteria."""
    answer, _ = clean(face, value)
    told = feedback or {}
    body = _html_text(WORDS.own[face.lang], _paragraphs(face, answer.text))
    body += f"<p><small>{escape(_length(face, answer))}</small></p>"
    if told.get("model"):
        body += _html_text(WORDS.model[face.lang], told["model"])
        body += _html_text(WORDS.guide[face.lang], [told["guide"]])
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(said)}</td></tr>'
        for name, said in _criteria(face, answer, feedback)
    )
    head = f"<p><b>{escape(WORDS.judged_by[face.lang])}</b></p>"
    return framed(face, f"{body}{head}<table><tbody>{rows}</tbody></table>", feedback)


def _html_text(head: str, paragraphs: Iterable[str]) -> str:
    written = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"<p><b>{escape(head)}</b></p>{written}"


def text(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """The same as lines of text."""
    answer, _ = clean(face, value)
    lang, told = face.lang, feedback or {}
    lines = [face.title, *face.case, face.task, ""]
    if feedback:
        lines += [f"{told['big']} {told['text']}".strip(), *told.get("notes", ()), ""]
    lines += [WORDS.own[lang], *_paragraphs(face, answer.text), _length(face, answer), ""]
    if told.get("model"):
        lines += [WORDS.model[lang], *told["model"], "", WORDS.guide[lang], told["guide"], ""]
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


def _criteria(face: Face, answer: Value, feedback: Feedback) -> list[tuple[str, str]]:
    """Every criterion, and the level that the student chose for it, with its share once judged."""
    if not face.rubric:
        return [(criterion, "") for criterion in face.criteria]
    parts = feedback["parts"] if feedback else {}
    found = []
    for criterion in face.rubric:
        level = answer.levels.get(criterion.id)
        said = criterion.levels[level] if level is not None else WORDS.not_chosen[face.lang]
        share = parts.get(criterion.id, {}).get("score", "")
        found.append((criterion.text, f"{said} ({share})" if share else said))
    return found
