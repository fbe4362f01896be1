"""Answering an ordering in text: the cards' names, one after the other, in either language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import ResponseError
from b2bcourse.items.names import Named, find
from b2bcourse.items.ordering.words import WORDS
from b2bcourse.items.shape import ShapeError, shaped_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.ordering.face import Face


def template(face: Face) -> str:
    """A call of ``respond`` to copy and fill in: a numbered line for every card, and the cards."""
    names = ", ".join(card.text for card in face.cards)
    lines = [
        f"b2b.respond({face.id!r}, [",
        *(f"    '',  # {number}" for number in range(1, face.slots + 1)),
        "])",
        f"# {WORDS.typed_cards[face.lang]}: {names}",
    ]
    if face.spare:
        lines.append(f"# {WORDS.typed_spare[face.lang].format(n=face.spare)}")
    return "\n".join(lines)


def parse(face: Face, typed: Any) -> dict[str, Any]:
    """The value of a response from what a person typed.

    Args:
        face: the item's face.
        typed: a list of cards in order, an empty text where a slot stays empty; or a dict of slot
            number and card. A card goes by its text in either language or by its id; case, spaces
            and punctuation do not matter.

    Raises:
        ResponseError: a card is not known or named twice, or there are too many.
    """
    with shaped_like(face, [card.text for card in face.cards[:2]]):
        return _parse(face, typed)


def _parse(face: Face, typed: Any) -> dict[str, Any]:
    order: dict[str, str] = {}
    for slot, name in _entries(face, typed):
        if not isinstance(name, str):
            raise ShapeError
        if not name.strip():
            continue
        card = _find(face, name)
        if card in order.values():
            raise ResponseError(WORDS.typed_twice.format(name=name))
        order[str(slot)] = card
    return {"order": order}


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes ``value`` the whole answer: slots it does not name are emptied."""
    order = value["order"]
    return {"order": {str(n): order.get(str(n)) for n in range(1, face.slots + 1)}}


def _entries(face: Face, typed: object) -> Iterable[tuple[int, object]]:
    if isinstance(typed, dict):
        return [(_slot(face, slot), name) for slot, name in typed.items()]
    if not isinstance(typed, list | tuple):
        raise ShapeError
    if len(typed) > face.slots:
        raise ResponseError(WORDS.typed_many.format(slots=face.slots, n=len(typed)))
    return list(enumerate(typed, start=1))


def _slot(face: Face, slot: object) -> int:
    found = re.fullmatch(r"\s*([0-9]{1,3})\s*[.번]?\s*", str(slot)[:_LONGEST])
    number = int(found[1]) if found else 0
    if not 1 <= number <= face.slots:
        what = str(slot)[:_LONGEST]
        raise ResponseError(WORDS.bad_slot.format(what=what, slots=face.slots))
    return number


_LONGEST: Final = 40


def _find(face: Face, name: str) -> str:
    """The id of the card that a person calls ``name``."""
    names = ", ".join(card.text for card in face.cards)
    known = (Named(card.id, card.text, card.spellings) for card in face.cards)
    return find(
        name,
        known,
        lambda near: WORDS.typed_unknown.format(name=name, names=names, meant=near),
    )
