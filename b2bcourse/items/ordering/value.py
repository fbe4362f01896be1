"""The value of a response to an ordering: slot numbers and the cards in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from b2bcourse.facts.korean import quoted
from b2bcourse.items.base import merge_parts, short
from b2bcourse.items.ordering.words import WORDS
from b2bcourse.items.patches import one_place
from b2bcourse.items.words import NOTES, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.ordering.face import Face
    from b2bcourse.items.ordering.key import OrderingKey


class Value(Struct, frozen=True):
    """An answer that fits its face: card by slot number, in the order of the slots."""

    slots: dict[int, str]

    @property
    def placed(self) -> tuple[str, ...]:
        """The cards placed, from the first slot to the last."""
        return tuple(self.slots.values())


def blank(face: Face) -> dict[str, Any]:
    """An empty answer."""
    return {"order": {}}


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the slots of ``patch`` put in; a slot that is ``None`` is emptied."""
    return one_place({"order": {}, **merge_parts(value, patch)}, patch)


def clean(face: Face, raw: object) -> tuple[Value, tuple[Text, ...]]:
    """What of any JSON is an answer to ``face``, and notes on what is not.

    A card that stands in two slots (two windows may do that) counts in the first.
    """
    notes: list[Text] = []
    order = raw.get("order") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not set(raw) <= {"order"} or not _is_table(order):
        notes.append(NOTES.bad_value)
    found = _slots(face, order if isinstance(order, dict) else {}, notes)
    kept: dict[int, str] = {}
    for slot, card in sorted(found.items()):
        if card in kept.values():
            notes.append(WORDS.bad_twice.format(what=quoted(short(_text(face, card)))))
        else:
            kept[slot] = card
    return Value(kept), told(notes)


def _is_table(order: object) -> bool:
    return order is None or isinstance(order, dict)


def _slots(face: Face, order: Mapping[Any, Any], notes: list[Text]) -> dict[int, str]:
    cards = {card.id for card in face.cards}
    numbers = {str(number): number for number in range(1, face.slots + 1)}
    found = {}
    for slot, card in order.items():
        if slot not in numbers:
            notes.append(WORDS.bad_slot.format(what=short(slot), slots=face.slots))
        elif not isinstance(card, str) or card not in cards:
            notes.append(NOTES.bad_card.format(what=short(card)))
        else:
            found[numbers[slot]] = card
    return found


def _text(face: Face, card: str) -> str:
    return next(each.text for each in face.cards if each.id == card)


def model_answer(face: Face, key: OrderingKey) -> dict[str, Any]:
    """An answer that earns everything: of a cycle the one that starts where its author does."""
    return {"order": {str(slot): card for slot, card in enumerate(key.order, start=1)}}
