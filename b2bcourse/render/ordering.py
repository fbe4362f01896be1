"""An ordering as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.ordering.value import clean
from b2bcourse.items.ordering.words import WORDS
from b2bcourse.items.words import NOTES
from b2bcourse.render.frame import SHAPES, framed, html_said, part_of, svg, text_said, unless_right

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.feedback import Feedback, PartFeedback
    from b2bcourse.items.ordering.face import Face


def html(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """A row for each slot with its number, then the cards that are left."""
    head = escape(WORDS.head_order[face.lang])
    body = "".join(_html_row(face, *row, feedback) for row in _slots(face, value))
    left = _left(face, value)
    tray = "".join(_html_row(face, "", card, feedback) for card in left)
    tray_head = escape(WORDS.head_tray[face.lang].format(n=len(left)))
    table = (
        f'<table><thead><tr><th scope="col" colspan="2">{head}</th></tr></thead>'
        f'<tbody>{body}<tr><th scope="colgroup" colspan="2">{tray_head}</th></tr>{tray}</tbody>'
        "</table>"
    )
    return framed(face, table, feedback)


def text(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """The same as lines of text: one a slot, then one a card that is left."""
    lines = [face.title, face.task, *face.case, ""]
    if feedback:
        lines += [f"{feedback.big} {feedback.text}", *feedback.notes, ""]
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


def _part(card: str, feedback: Feedback | None) -> PartFeedback | None:
    """What was said of a card; of a card that nobody tried to place nothing is."""
    part = part_of(feedback, card)
    return part if part.state in SHAPES else None


def _word(face: Face, state: str) -> str:
    word: Text = getattr(NOTES.verdicts, state)
    return word[face.lang]


def _html_row(face: Face, number: str, card: str, feedback: Feedback | None) -> str:
    part = _part(card, feedback)
    cell = escape(_name(face, card))
    if part:
        cell = f"{svg(part.state)} {cell} ({escape(_word(face, part.state))})"
        cell += html_said(unless_right(part), face.lang)
    head = f'<th scope="row">{number}</th>' if number else "<td></td>"
    return f"<tr>{head}<td>{cell}</td></tr>"


def _text_row(face: Face, number: str, card: str, feedback: Feedback | None) -> list[str]:
    part = _part(card, feedback)
    if part is None:
        return [f"{number} {_name(face, card)}"]
    verdict = _word(face, part.state)
    return [f"{number} {_name(face, card)} ({verdict})", *text_said(part, "    ")]
