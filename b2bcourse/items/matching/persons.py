"""A matching read by whom its cards are about, to be held against other answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.items.agreement import Mine
from b2bcourse.items.matching.face import face
from b2bcourse.items.matching.key import card_slots
from b2bcourse.items.matching.value import clean
from b2bcourse.items.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.items.matching.authored import MatchingItem
    from b2bcourse.items.matching.key import MatchingKey


def said(item: MatchingItem, value: Any) -> Said:
    """Where an answer puts each person of an item.

    Args:
        item: the authored item.
        value: the response's value, any JSON.
    """
    places, _ = clean(face(item, "en"), value)
    slots = {slot: card for slot, card in card_slots(item).items() if card.person}
    return Said(
        title=item.title,
        marks={card.person: frozenset(places.get(slot, ())) for slot, card in slots.items()},
        names={card.person: card.text for card in item.cards if card.person}
        | {category.id: category.name for category in item.categories},
        choices=len(item.places),
    )


def mine(key: MatchingKey, places: Mapping[str, tuple[str, ...]]) -> Mine:
    """This answer by persons; a card that belongs nowhere names nobody of whom something is asked.

    Args:
        key: the item's key.
        places: where each card lies, by the slots that the face shows.
    """
    lies = {slot: frozenset(places.get(slot, ())) for slot in key.cards}
    one = next(iter(key.cards.values()))
    return Mine(
        marks={key.cards[s].person: where for s, where in lies.items() if key.cards[s].person},
        people=frozenset(card.person for card in key.needed.values() if card.person),
        chosen={key.cards[slot].card: where for slot, where in lies.items()},
        names=one.names,
        choices=len(one.names),
    )
