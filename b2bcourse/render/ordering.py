"""An ordering as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.ordering.value import clean
from b2bcourse.items.ordering.words import WORDS
from b2bcourse.render.words import WORDS as SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.items.ordering.face import Face

    Feedback = Mapping[str, Any] | None

# Drawn, not typed: glyphs differ from face to face. Shapes after look.md.
_SHAPES = {
    "right": '<path d="M3 8.5l3.2 3.2L13 5" fill="none" stroke="#1565c0" stroke-width="2"/>',
    "wrong": '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="#b84300" stroke-width="2.2"/>',
    "missed": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="#b84300" stroke-width="2.2" '
    'stroke-dasharray="4.3 4.3"/>',
}
_BOX = 'width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"'

_STYLE = (
    "<style>.b2b-static{font-size:14px;line-height:1.5;word-break:keep-all}"
    ".b2b-static table{border-collapse:collapse;margin:8px 0;font-size:13px}"
    ".b2b-static th,.b2b-static td{border:0;border-bottom:1px solid #b0b0b0;padding:4px 8px;"
    "text-align:left;vertical-align:top;background:none}"
    ".b2b-static td svg{vertical-align:-2px}.b2b-static p{margin:4px 0}"
    ".b2b-static small{font-size:12px}</style>"
)


def html(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """A row for each slot with its number, then the cards that are left."""
    head = escape(WORDS.head_order[face.lang])
    body = "".join(_html_row(face, *row, feedback) for row in _slots(face, value))
    left = _left(face, value)
    tray = "".join(_html_row(face, "", card, feedback) for card in left)
    tray_head = escape(WORDS.head_tray[face.lang].format(n=len(left)))
    return (
        f'<div class="b2b-static" data-item="{escape(face.id)}" lang="{face.lang}">{_STYLE}'
        f"<p><b>{escape(face.title)}</b></p><p>{escape(face.task)}</p>{_html_summary(feedback)}"
        f'<table><thead><tr><th scope="col" colspan="2">{head}</th></tr></thead>'
        f'<tbody>{body}<tr><th scope="colgroup" colspan="2">{tray_head}</th></tr>{tray}</tbody>'
        "</table>"
        f"{'' if feedback else f'<p><small>{escape(SHARED.static[face.lang])}</small></p>'}</div>"
    )


def text(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """The same as lines of text: one a slot, then one a card that is left."""
    lines = [face.title, face.task, *face.case, ""]
    if feedback:
        lines += [f"{feedback['big']} {feedback['text']}", *feedback.get("notes", ()), ""]
    for number, card in _slots(face, value):
        lines += _text_row(face, f"{number}.", card, feedback)
    left = _left(face, value)
    lines += ["", WORDS.head_tray[face.lang].format(n=len(left))]
    for card in left:
        lines += _text_row(face, "-", card, feedback)
    return "\n".join(lines)


def _slots(face: Face, value: object) -> Iterator[tuple[str, str]]:
    """Slot number and the card in it; an empty text where none is."""
    slots = clean(face, value)[0].slots
    for number in range(1, face.slots + 1):
        yield str(number), slots.get(number, "")


def _left(face: Face, value: object) -> list[str]:
    placed = clean(face, value)[0].placed
    return [card.id for card in face.cards if card.id not in placed]


def _name(face: Face, card: str) -> str:
    return next((each.text for each in face.cards if each.id == card), WORDS.empty[face.lang])


def _part(card: str, feedback: Feedback) -> Mapping[str, Any]:
    """What was said of a card; of a card that nobody tried to place nothing is."""
    part: Mapping[str, Any] = feedback["parts"].get(card, {}) if feedback else {}
    return part if part.get("state") in _SHAPES else {}


def _word(face: Face, state: str) -> str:
    word: str = getattr(WORDS, f"word_{state}")[face.lang]
    return word


def _html_summary(feedback: Feedback) -> str:
    if not feedback:
        return ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in feedback.get("notes", ()))
    return f"<p><b>{escape(feedback['big'])}</b> {escape(feedback['text'])}</p>{notes}"


def _html_row(face: Face, number: str, card: str, feedback: Feedback) -> str:
    part = _part(card, feedback)
    cell = escape(_name(face, card))
    if part:
        state = part["state"]
        cell = f"<svg {_BOX}>{_SHAPES[state]}</svg> {cell} ({escape(_word(face, state))})"
        cell += "".join(
            f"<p><b>{escape(line['lead'])}</b> {escape(line['text'])}</p>"
            for line in part["lines"]
        )
        cell += _html_read(face, part)
    head = f'<th scope="row">{number}</th>' if number else "<td></td>"
    return f"<tr>{head}<td>{cell}</td></tr>"


def _html_read(face: Face, part: Mapping[str, Any]) -> str:
    read = part.get("read")
    if not read or part["state"] == "right":
        return ""
    return f"<p><small>{escape(SHARED.read_again[face.lang])}: {escape(read['label'])}</small></p>"


def _text_row(face: Face, number: str, card: str, feedback: Feedback) -> list[str]:
    part = _part(card, feedback)
    verdict = f" ({_word(face, part['state'])})" if part else ""
    said = [f"    {line['lead']} {line['text']}".rstrip() for line in part.get("lines", ())]
    return [f"{number} {_name(face, card)}{verdict}", *said]
