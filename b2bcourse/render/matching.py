"""A matching as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from b2bcourse.items.matching.score import LINES
from b2bcourse.items.matching.value import cited, clean
from b2bcourse.items.matching.words import WORDS as OWN
from b2bcourse.render.frame import SHAPES, framed, html_said, part_of, svg, text_said, told_case
from b2bcourse.render.words import state_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.feedback import Feedback, PartFeedback
    from b2bcourse.items.matching.face import CardFace, Face
    from b2bcourse.items.matching.value import Places


_INDENT: Final = "     "


def html(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """A row for each category with its cards (a column for each side), then the cards left."""
    answer, _ = clean(face, value)
    face = _citing(face, value)
    rows = "".join(_html_row(face, answer, category.id, feedback) for category in face.categories)
    table = f"<table>{_html_head(face)}<tbody>{rows}</tbody></table>"
    return framed(face, f"{table}{_html_left(face, answer, feedback)}", feedback)


def _html_head(face: Face) -> str:
    sides = "".join(f'<th scope="col">{escape(side.name)}</th>' for side in face.sides)
    caption = f"<caption><small>{escape(face.heading)}</small></caption>"
    return f"{caption}<thead><tr><td></td>{sides}</tr></thead>" if sides else caption


def _html_row(face: Face, answer: Places, category: str, feedback: Feedback | None) -> str:
    places = [place for place in face.places if place.partition("/")[0] == category]
    cells = "".join(f"<td>{_html_cell(face, answer, place, feedback)}</td>" for place in places)
    name = next(c.name for c in face.categories if c.id == category)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _html_cell(face: Face, answer: Places, place: str, feedback: Feedback | None) -> str:
    shown = _cards_in(face, answer, place, feedback)
    if not shown:
        empty = OWN.undescribed if place in face.open else OWN.nobody
        return f"<small>{escape(empty[face.lang])}</small>"
    cards = "".join(
        f"<li>{_html_verdict(face, part.state)}{escape(card.text)}{html_said(part, face.lang)}</li>"
        for card, part in shown
    )
    return f"<ul>{cards}</ul>"


def _html_verdict(face: Face, state: str) -> str:
    if state not in SHAPES:
        return ""
    return f"{svg(state)} ({escape(state_word(state, face.lang))}) "


def _html_left(face: Face, answer: Places, feedback: Feedback | None) -> str:
    left = [card for card in face.cards if card.id not in answer]
    if not left:
        return ""
    cards = "".join(
        f"<li>{escape(card.text)}{html_said(part_of(feedback, card.id), face.lang)}</li>"
        for card in left
    )
    return f"<p>{escape(OWN.left[face.lang])}</p><ul>{cards}</ul>"


def text(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """The matching as lines of text: title, task, and the cards under each place."""
    answer, _ = clean(face, value)
    lines = [face.title, face.task, *told_case(face), ""]
    face = _citing(face, value)
    if feedback:
        lines += [f"{feedback.big} {feedback.text}", *feedback.notes, ""]
    for place in face.places:
        lines += _text_place(face, answer, place, feedback)
    return "\n".join(lines + _text_left(face, answer, feedback))


def _text_place(face: Face, answer: Places, place: str, feedback: Feedback | None) -> list[str]:
    shown = _cards_in(face, answer, place, feedback)
    empty = (OWN.undescribed if place in face.open else OWN.nobody)[face.lang]
    lines = [f"{face.place_name(place)}:{'' if shown else f' {empty}'}"]
    for card, part in shown:
        verdict = f" ({state_word(part.state, face.lang)})" if part.state in SHAPES else ""
        lines += [f"  {_number(face, card)}. {card.text}{verdict}", *text_said(part, _INDENT)]
    return lines


def _text_left(face: Face, answer: Places, feedback: Feedback | None) -> list[str]:
    left = [card for card in face.cards if card.id not in answer]
    lines = ["", f"{OWN.left[face.lang]}:"] if left else []
    for card in left:
        lines += [
            f"  {_number(face, card)}. {card.text}",
            *text_said(part_of(feedback, card.id), _INDENT),
        ]
    return lines


def _cards_in(
    face: Face, answer: Places, place: str, feedback: Feedback | None
) -> list[tuple[CardFace, PartFeedback]]:
    """The cards of a place with verdict and what is said of them: put there, or missed there.

    What is said of a card as a whole (how much it lacks) stands with its first place.
    """
    shown: list[tuple[CardFace, PartFeedback]] = []
    for card in face.cards:
        part = part_of(feedback, f"{card.id}/{place}")
        where = answer.get(card.id, ())
        if place in where or part.state == "missed":
            names = (card.id, f"{card.id}/{LINES}") if where[:1] == (place,) else ()
            more = [line for name in names for line in part_of(feedback, name).lines]
            shown.append((card, replace(part, lines=[*part.lines, *more])))
    return shown


def _citing(face: Face, value: object) -> Face:
    """The face with the lines cited for a card told after its text."""
    lines = cited(face, value)
    if not lines:
        return face
    words = OWN.cites[face.lang]
    cards = tuple(
        replace(card, text=f"{card.text} ({words.format(lines=', '.join(map(str, found)))})")
        if (found := lines.get(card.id))
        else card
        for card in face.cards
    )
    return replace(face, cards=cards)


def _number(face: Face, card: CardFace) -> int:
    return face.cards.index(card) + 1
