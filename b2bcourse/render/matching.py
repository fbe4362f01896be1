"""A matching as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from b2bcourse.items.matching.score import LINES
from b2bcourse.items.matching.value import cited, clean
from b2bcourse.items.matching.words import WORDS as OWN
from b2bcourse.items.once import made_once
from b2bcourse.render.frame import SHAPES, framed, html_said, part_of, svg, text_said, told_case
from b2bcourse.render.words import state_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.feedback import Feedback, PartFeedback
    from b2bcourse.items.matching.face import CardFace, Face
    from b2bcourse.items.matching.value import Places

    Shown = list[tuple[CardFace, PartFeedback]]

_INDENT: Final = "     "


def html(face: Face, value: Mapping[str, Any], feedback: Feedback | None) -> str:
    """A row for each category with its cards (a column for each side), then the cards left."""
    answer, _ = clean(face, value)
    citing = _citing(face, value)
    shown = _cards_in(citing, answer, feedback)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"{''.join(f'<td>{_html_cell(face, place, shown[place])}</td>' for place in places)}</tr>"
        for name, places in _rows(face)
    )
    table = f"<table>{_html_head(face)}<tbody>{rows}</tbody></table>"
    return framed(face, f"{table}{_html_left(citing, answer, feedback)}", feedback)


@made_once
def _rows(face: Face) -> list[tuple[str, list[str]]]:
    """Every category's name with its places."""
    places = face.places
    return [
        (one.name, [place for place in places if place.partition("/")[0] == one.id])
        for one in face.categories
    ]


@made_once
def _html_head(face: Face) -> str:
    sides = "".join(f'<th scope="col">{escape(side.name)}</th>' for side in face.sides)
    caption = f"<caption><small>{escape(face.heading)}</small></caption>"
    return f"{caption}<thead><tr><td></td>{sides}</tr></thead>" if sides else caption


def _html_cell(face: Face, place: str, shown: Shown) -> str:
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
    if feedback:
        lines += [f"{feedback.big} {feedback.text}", *feedback.notes, ""]
    citing = _citing(face, value)
    for place, shown in _cards_in(citing, answer, feedback).items():
        lines += _text_place(face, place, shown)
    return "\n".join(lines + _text_left(citing, answer, feedback))


def _text_place(face: Face, place: str, shown: Shown) -> list[str]:
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


def _cards_in(face: Face, answer: Places, feedback: Feedback | None) -> dict[str, Shown]:
    """The cards of every place with verdict and what is said of them: put there, or missed there.

    What is said of a card as a whole (how much it lacks) stands with its first place.
    """
    shown: dict[str, Shown] = {place: [] for place in face.places}
    for card in face.cards:
        where = answer.get(card.id, ())
        for place, there in shown.items():
            part = part_of(feedback, f"{card.id}/{place}")
            if place in where or part.state == "missed":
                names = (card.id, f"{card.id}/{LINES}") if where[:1] == (place,) else ()
                more = [line for name in names for line in part_of(feedback, name).lines]
                there.append((card, replace(part, lines=[*part.lines, *more])))
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
    """A card's number, whatever is cited for it."""
    return next(n for n, one in enumerate(face.cards, 1) if one.id == card.id)
