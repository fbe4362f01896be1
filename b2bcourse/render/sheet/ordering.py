"""An ordering as a sheet: the cards as they were placed, then those that were left."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from b2bcourse.items.ordering.value import clean
from b2bcourse.render.sheet.parts import WORDS, again, mark, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.ordering.face import Face
    from b2bcourse.render.sheet.parts import Judged


def sheet(face: Face, value: Mapping[str, Any], judged: Judged | None) -> str:
    """A row for each slot with its number; of what was left in the tray nothing is said."""
    slots = clean(face, value)[0].slots
    texts = {card.id: card.text for card in face.cards}
    rows = []
    for number in range(1, face.slots + 1):
        card = slots.get(number, "")
        cell = _card(face, card, texts, judged) if card else _empty(face)
        rows.append(f'<tr><th class="no" scope="row">{number}</th><td>{cell}</td></tr>')
    table = f'<table class="rows order"><tbody>{"".join(rows)}</tbody></table>'
    left = [name for name in texts if name not in slots.values()]
    if not left:
        return table + again(face, judged)
    cards = "".join(f"<li>{escape(texts[name])}{_reasons(name, judged)}</li>" for name in left)
    head = escape(WORDS.left[face.lang].format(n=len(left)))
    return f'{table}<p class="sub">{head}</p><ul class="left">{cards}</ul>{again(face, judged)}'


def _card(face: Face, card: str, texts: Mapping[str, str], judged: Judged | None) -> str:
    part = judged.feedback.parts.get(card) if judged else None
    state = part.state if part else ""
    put = f'<span class="put {state}">{mark(state, face.lang)}{escape(texts[card])}</span>'
    return put + _reasons(card, judged)


def _reasons(card: str, judged: Judged | None) -> str:
    part = judged.feedback.parts.get(card) if judged and judged.opened else None
    return f'<div class="why">{said(part.lines)}</div>' if part else ""


def _empty(face: Face) -> str:
    return f'<span class="none">{escape(WORDS.empty[face.lang])}</span>'
