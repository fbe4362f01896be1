"""A matching as a static HTML table and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.matching.value import clean
from b2bcourse.items.matching.words import WORDS as OWN
from b2bcourse.render.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matching.face import CardFace, Face
    from b2bcourse.items.matching.value import Places

    Feedback = Mapping[str, Any] | None

# Drawn, not typed: glyphs differ from face to face. Shapes after look.md.
_SHAPES = {
    "right": '<path d="M3 8.5l3.2 3.2L13 5" fill="none" stroke="#1565c0" stroke-width="2"/>',
    "wrong": '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="#b84300" stroke-width="2.2"/>',
    "missed": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="#b84300" stroke-width="2.2" '
    'stroke-dasharray="4.3 4.3"/>',
    "accepted": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="#616161" stroke-width="1.4"/>'
    '<path d="M5.5 8h5" stroke="#616161" stroke-width="1.4"/>',
}

_STYLE = (
    "<style>.b2b-static{font-size:14px;line-height:1.5;word-break:keep-all}"
    ".b2b-static table{border-collapse:collapse;margin:8px 0;font-size:13px}"
    ".b2b-static th,.b2b-static td{border:0;border-bottom:1px solid #b0b0b0;padding:4px 8px;"
    "text-align:left;vertical-align:top;background:none}"
    ".b2b-static svg{vertical-align:-2px}.b2b-static p{margin:4px 0}"
    ".b2b-static ul{margin:0;padding-left:16px}.b2b-static small{font-size:12px}</style>"
)


def html(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """A row for each category with its cards (a column for each side), then the cards left."""
    answer, _ = clean(face, value)
    rows = "".join(_html_row(face, answer, category.id, feedback) for category in face.categories)
    static = "" if feedback else f"<p><small>{escape(WORDS.static[face.lang])}</small></p>"
    return (
        f'<div class="b2b-static" data-item="{escape(face.id)}" lang="{face.lang}">{_STYLE}'
        f"<p><b>{escape(face.title)}</b></p><p>{escape(face.task)}</p>{_html_summary(feedback)}"
        f"<table>{_html_head(face)}<tbody>{rows}</tbody></table>"
        f"{_html_left(face, answer, feedback)}{static}</div>"
    )


def _html_summary(feedback: Feedback) -> str:
    if not feedback:
        return ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in feedback.get("notes", ()))
    return f"<p><b>{escape(feedback['big'])}</b> {escape(feedback['text'])}</p>{notes}"


def _html_head(face: Face) -> str:
    sides = "".join(f'<th scope="col">{escape(side.name)}</th>' for side in face.sides)
    caption = f"<caption><small>{escape(face.heading)}</small></caption>"
    return f"{caption}<thead><tr><td></td>{sides}</tr></thead>" if sides else caption


def _html_row(face: Face, answer: Places, category: str, feedback: Feedback) -> str:
    places = [place for place in face.places if place.partition("/")[0] == category]
    cells = "".join(f"<td>{_html_cell(face, answer, place, feedback)}</td>" for place in places)
    name = next(c.name for c in face.categories if c.id == category)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _html_cell(face: Face, answer: Places, place: str, feedback: Feedback) -> str:
    shown = _cards_in(face, answer, place, feedback)
    if not shown:
        empty = OWN.undescribed if place in face.open else OWN.nobody
        return f"<small>{escape(empty[face.lang])}</small>"
    cards = "".join(
        f"<li>{_html_verdict(face, state)}{escape(card.text)}{_html_part(face, part)}</li>"
        for card, state, part in shown
    )
    return f"<ul>{cards}</ul>"


def _html_verdict(face: Face, state: str) -> str:
    if state not in _SHAPES:
        return ""
    box = 'width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"'
    return f"<svg {box}>{_SHAPES[state]}</svg> ({escape(_word(face, state))}) "


def _html_part(face: Face, part: Mapping[str, Any]) -> str:
    lines = "".join(
        f"<p><b>{escape(line['lead'])}</b> {escape(line['text'])}</p>"
        for line in part.get("lines", ())
    )
    if read := part.get("read"):
        again = escape(WORDS.read_again[face.lang])
        lines += f"<p><small>{again}: {escape(read['label'])}</small></p>"
    return lines


def _html_left(face: Face, answer: Places, feedback: Feedback) -> str:
    left = [card for card in face.cards if card.id not in answer]
    if not left:
        return ""
    cards = "".join(
        f"<li>{escape(card.text)}{_html_part(face, _part(feedback, card.id))}</li>" for card in left
    )
    return f"<p>{escape(OWN.left[face.lang])}</p><ul>{cards}</ul>"


def text(face: Face, value: Mapping[str, Any], feedback: Feedback) -> str:
    """The matching as lines of text: title, task, and the cards under each place."""
    answer, _ = clean(face, value)
    lines = [face.title, face.task, *face.case, ""]
    if feedback:
        lines += [f"{feedback['big']} {feedback['text']}", *feedback.get("notes", ()), ""]
    for place in face.places:
        lines += _text_place(face, answer, place, feedback)
    return "\n".join(lines + _text_left(face, answer, feedback))


def _text_place(face: Face, answer: Places, place: str, feedback: Feedback) -> list[str]:
    shown = _cards_in(face, answer, place, feedback)
    empty = (OWN.undescribed if place in face.open else OWN.nobody)[face.lang]
    lines = [f"{face.place_name(place)}:{'' if shown else f' {empty}'}"]
    for card, state, part in shown:
        verdict = f" ({_word(face, state)})" if state in _SHAPES else ""
        lines += [f"  {_number(face, card)}. {card.text}{verdict}", *_text_lines(part)]
    return lines


def _text_left(face: Face, answer: Places, feedback: Feedback) -> list[str]:
    left = [card for card in face.cards if card.id not in answer]
    lines = ["", f"{OWN.left[face.lang]}:"] if left else []
    for card in left:
        lines += [f"  {_number(face, card)}. {card.text}", *_text_lines(_part(feedback, card.id))]
    return lines


def _text_lines(part: Mapping[str, Any]) -> list[str]:
    return [f"     {line['lead']} {line['text']}".rstrip() for line in part.get("lines", ())]


def _cards_in(
    face: Face, answer: Places, place: str, feedback: Feedback
) -> list[tuple[CardFace, str, Mapping[str, Any]]]:
    """The cards of a place with verdict and what is said of them: put there, or missed there.

    What is said of a card as a whole (how much it lacks) stands with its first place.
    """
    shown: list[tuple[CardFace, str, Mapping[str, Any]]] = []
    for card in face.cards:
        part = _part(feedback, f"{card.id}/{place}")
        where = answer.get(card.id, ())
        if place in where or part.get("state") == "missed":
            whole = _part(feedback, card.id).get("lines", []) if where[:1] == (place,) else []
            told = {**part, "lines": [*part.get("lines", []), *whole]}
            shown.append((card, part.get("state", ""), told))
    return shown


def _part(feedback: Feedback, name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = feedback["parts"].get(name, {}) if feedback else {}
    return found


def _number(face: Face, card: CardFace) -> int:
    return face.cards.index(card) + 1


def _word(face: Face, state: str) -> str:
    word: str = getattr(WORDS, state)[face.lang]
    return word
