"""A matching as a sheet: a row for each card, where it was put, and the lines that were cited."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.matching.score import LINES
from b2bcourse.items.matching.value import cited, clean
from b2bcourse.render.sheet.parts import WORDS, again, mark, missing, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.feedback import PartFeedback
    from b2bcourse.items.matching.face import CardFace, Face
    from b2bcourse.render.sheet.parts import Judged

_SHORT: Final = 24
"""Letters of a card that is a name."""


def sheet(face: Face, value: Mapping[str, Any], judged: Judged | None) -> str:
    """The cards in the order of the exercise."""
    places, lines = clean(face, value)[0], cited(face, value)
    rows = "".join(
        _row(face, card, places.get(card.id, ()), lines.get(card.id, ()), judged)
        for card in face.cards
    )
    heads = [WORDS.card[face.lang], face.heading]
    heads += [WORDS.lines_head[face.lang]] if face.evidence else []
    head = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in heads)
    head += '<td class="note" role="cell"></td>'
    short = " short" if max(len(card.text) for card in face.cards) <= _SHORT else ""
    return (
        f'<table class="rows match{short}" role="table"><thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
        f"{again(face, judged)}"
    )


def _row(
    face: Face,
    card: CardFace,
    where: tuple[str, ...],
    lines: tuple[int, ...],
    judged: Judged | None,
) -> str:
    lang = face.lang
    told = _told(face, card, judged)
    put = "".join(_put(face, card, place, judged) for place in where)
    lacks = [
        place
        for place in face.places
        if place not in where and _state(judged, f"{card.id}/{place}") == "missed"
    ]
    put += "".join(_put(face, card, place, judged) for place in lacks)
    if not put:
        put = f'<span class="none">{escape(WORDS.unplaced[lang])}</span>'
    proof = ""
    if face.evidence:
        proof = f'<td class="lines" role="cell">{_lines(face, card, lines, judged)}</td>'
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{escape(card.text)}</th>'
        f'<td role="cell">{put}</td>{proof}<td class="note" role="cell">{told}</td></tr>'
    )


def _part(judged: Judged | None, name: str) -> PartFeedback | None:
    return judged.feedback.parts.get(name) if judged else None


def _state(judged: Judged | None, name: str) -> str:
    part = _part(judged, name)
    return part.state if part else ""


def _put(face: Face, card: CardFace, place: str, judged: Judged | None) -> str:
    state = _state(judged, f"{card.id}/{place}")
    name = escape(face.place_name(place))
    return f'<span class="put {state}">{mark(state, face.lang)}{name}</span>'


def _lines(face: Face, card: CardFace, lines: tuple[int, ...], judged: Judged | None) -> str:
    """The lines cited: judged only where what they are cited for is right."""
    if not lines:
        return ""
    numbers = ", ".join(map(str, lines))
    state = _state(judged, f"{card.id}/{LINES}")
    words = WORDS.line if len(lines) == 1 else WORDS.lines
    told = words[face.lang].format(lines=numbers)
    if judged is not None and not state:
        told = WORDS.lines_unjudged[face.lang].format(lines=told)
    return f'<span class="cited {state}">{mark(state, face.lang)}{escape(told)}</span>'


def _told(face: Face, card: CardFace, judged: Judged | None) -> str:
    """What a card lacks, and what is beside the point in the lines that are cited for it."""
    if judged is None:
        return ""
    proof = _part(judged, f"{card.id}/{LINES}")
    told = said(proof.lines) if proof and proof.state != "right" else ""
    if not judged.opened:
        return missing(judged.missing.get(card.id, 0), face.lang) + told
    parts = [part for name, part in judged.feedback.parts.items() if _is_of(card, name)]
    return "".join(said(part.lines) for part in parts)


def _is_of(card: CardFace, name: str) -> bool:
    return name.partition("/")[0] == card.id
