"""A choice question as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.choice.value import clean
from b2bcourse.items.words import NOTES
from b2bcourse.render.frame import framed, html_read, part_of, text_said
from b2bcourse.render.words import WORDS as SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.choice.face import Face, OptionFace
    from b2bcourse.items.feedback import Feedback


def html(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """One table row for each option: its number and text, whether it was chosen, and why."""
    chosen, _ = clean(face, value)
    rows = "".join(
        _html_row(face, number, option, _said(face, option, chosen, feedback), feedback)
        for number, option in enumerate(face.options, start=1)
    )
    return framed(face, f"<table><tbody>{rows}</tbody></table>", feedback)


def _html_row(
    face: Face, number: int, option: OptionFace, said: str, feedback: Feedback | None
) -> str:
    cell = f"<b>{escape(said)}</b>" if said else ""
    part = part_of(feedback, option.id)
    for line in part.lines:
        cell += f"<p>{escape(f'{line.lead} {line.text}'.strip())}</p>"
    cell += html_read(part.read, face.lang)
    head = f"{number}. {escape(option.text)}"
    return f'<tr><th scope="row">{head}</th><td>{cell}</td></tr>'


def text(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """The question as lines of text, its options numbered as `template` numbers them."""
    chosen, _ = clean(face, value)
    lines = [face.title, *face.case, face.task, ""]
    if feedback:
        lines += [f"{feedback.big} {feedback.text}", *feedback.notes, ""]
    for number, option in enumerate(face.options, start=1):
        said = _said(face, option, chosen, feedback)
        lines.append(f"{number}. {option.text}" + (f" [{said}]" if said else ""))
        part = part_of(feedback, option.id)
        lines += text_said(part, "    ")
        if part.read:
            lines.append(f"    {SHARED.read_again[face.lang]}: {part.read.label}")
    return "\n".join(lines)


def _said(face: Face, option: OptionFace, chosen: Iterable[str], feedback: Feedback | None) -> str:
    """Whether an option was chosen; once it is judged its lines say the rest."""
    if option.id in chosen:
        return NOTES.verdicts.chosen[face.lang]
    missed = part_of(feedback, option.id).state == "missed"
    return NOTES.verdicts.missed[face.lang] if missed else ""
