"""A choice question as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.choice.value import clean
from b2bcourse.items.words import NOTES
from b2bcourse.render.frame import framed, html_read
from b2bcourse.render.words import WORDS as SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.choice.face import Face, OptionFace

    Feedback = Mapping[str, Any] | None


def html(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """One table row for each option: its number and text, whether it was chosen, and why."""
    chosen, _ = clean(face, value)
    rows = "".join(
        _html_row(face, number, option, _said(face, option, chosen, feedback), feedback)
        for number, option in enumerate(face.options, start=1)
    )
    return framed(face, f"<table><tbody>{rows}</tbody></table>", feedback)


def _html_row(face: Face, number: int, option: OptionFace, said: str, feedback: Feedback) -> str:
    cell = f"<b>{escape(said)}</b>" if said else ""
    for lead, text in _lines(option, feedback):
        cell += f"<p>{escape(f'{lead} {text}'.strip())}</p>"
    cell += html_read(_part(option, feedback).get("read"), face.lang)
    head = f"{number}. {escape(option.text)}"
    return f'<tr><th scope="row">{head}</th><td>{cell}</td></tr>'


def text(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """The question as lines of text, its options numbered as `template` numbers them."""
    chosen, _ = clean(face, value)
    lines = [face.title, *face.case, face.task, ""]
    if feedback:
        lines += [f"{feedback['big']} {feedback['text']}", *feedback.get("notes", ()), ""]
    for number, option in enumerate(face.options, start=1):
        said = _said(face, option, chosen, feedback)
        lines.append(f"{number}. {option.text}" + (f" [{said}]" if said else ""))
        lines += [f"    {lead} {why}".rstrip() for lead, why in _lines(option, feedback)]
        if label := _read(option, feedback):
            lines.append(f"    {SHARED.read_again[face.lang]}: {label}")
    return "\n".join(lines)


def _part(option: OptionFace, feedback: Feedback) -> Mapping[str, Any]:
    found: Mapping[str, Any] = feedback["parts"].get(option.id, {}) if feedback else {}
    return found


def _said(face: Face, option: OptionFace, chosen: Iterable[str], feedback: Feedback) -> str:
    """Whether an option was chosen; once it is judged its lines say the rest."""
    if option.id in chosen:
        return NOTES.verdicts.chosen[face.lang]
    missed = _part(option, feedback).get("state") == "missed"
    return NOTES.verdicts.missed[face.lang] if missed else ""


def _lines(option: OptionFace, feedback: Feedback) -> list[tuple[str, str]]:
    return [(line["lead"], line["text"]) for line in _part(option, feedback).get("lines", ())]


def _read(option: OptionFace, feedback: Feedback) -> str:
    return str(_part(option, feedback).get("read", {}).get("label", ""))
