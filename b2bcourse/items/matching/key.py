"""The key of a matching: where each card belongs and why, and what guessing would earn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items.agreement import Rule
from b2bcourse.items.mixing import mixed

if TYPE_CHECKING:
    from b2bcourse.items.matching.authored import Card, MatchingItem, Mistake


class CardKey(Struct, frozen=True):
    """Where one card belongs. Any other place is wrong, and ``mistakes`` say why.

    ``lines`` of the case show it, ``lines_accepted`` cost nothing. ``names`` say how its places
    are called: a card of one side does not name the side each time. ``card`` and ``person`` are
    the author's ids, which no face shows.
    """

    required: tuple[str, ...]
    accepted: frozenset[str]
    reason: Text
    reasons: dict[str, Text]
    mistakes: dict[str, Mistake]
    names: dict[str, Text]
    free: bool
    lines: frozenset[int] = frozenset()
    lines_accepted: frozenset[int] = frozenset()
    card: str = ""
    person: str = ""


class MatchingKey(Struct, frozen=True):
    """What is right in a matching, and why.

    ``cards`` are by the slot ids that the face shows; ``chance`` is the mean share that putting
    every card to one place at random earns.
    """

    item: str
    cards: dict[str, CardKey]
    open: frozenset[str]
    chance: float
    consistent: tuple[Rule, ...] = ()
    agreement: float = 0.0

    @property
    def needed(self) -> dict[str, CardKey]:
        """The cards that belong somewhere; the others are decoys, or nothing is asked of them."""
        return {slot: card for slot, card in self.cards.items() if card.required}


def key(item: MatchingItem) -> MatchingKey:
    """The key of an item, in both languages."""
    cards = {slot: _card_key(item, card) for slot, card in card_slots(item).items()}
    # One of k places at random is right with r/k and then earns 1/r of the card: 1/k.
    chances = [1 / len(item.offered(card)) for card in item.cards if card.required]
    return MatchingKey(
        item=item.id,
        cards=cards,
        open=frozenset(item.open),
        chance=sum(chances) / len(chances),
        consistent=item.consistent,
        agreement=item.agreement if item.consistent else 0.0,
    )


def card_slots(item: MatchingItem) -> dict[str, Card]:
    """Slot id to card: c1, c2, ... in an order that tells nothing, the same on every machine."""
    cards = mixed(item.id, item.cards, lambda card: card.id)
    return {f"c{number}": card for number, card in enumerate(cards, start=1)}


def _card_key(item: MatchingItem, card: Card) -> CardKey:
    def places(names: tuple[str, ...]) -> list[str]:
        return [place for name in names for place in item.named(card, name)]

    required, accepted = places(card.required), frozenset(places(card.accepted))
    return CardKey(
        required=tuple(required),
        accepted=accepted,
        reason=card.reason,
        reasons={p: why for name, why in card.reasons.items() for p in item.named(card, name)},
        mistakes={p: m for m in card.mistakes for p in item.named(card, m.category)},
        names=_place_names(item, card),
        free=not required and accepted >= set(item.offered(card)),
        lines=frozenset(card.evidence),
        lines_accepted=frozenset(card.evidence_accepted),
        card=card.id,
        person=card.person,
    )


def _place_names(item: MatchingItem, card: Card) -> dict[str, Text]:
    names = {category.id: category.name for category in item.categories}
    sides = {} if card.side else {side.id: side.name for side in item.sides}
    return {
        place: _joined(names[place.partition("/")[0]], sides.get(place.partition("/")[2]))
        for place in item.places
    }


def _joined(category: Text, side: Text | None) -> Text:
    if side is None:
        return category
    return Text(f"{category.ko} / {side.ko}", f"{category.en} / {side.en}")
