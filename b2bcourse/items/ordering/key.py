"""The key of an ordering: what comes before what, and why."""

from __future__ import annotations

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.items.agreement import Rule
from b2bcourse.items.ordering.authored import Card, Mistake, Mode, OrderingItem, given_pairs
from b2bcourse.items.ordering.pairs import Pairs, closure, of_order, some_order


class OrderingKey(Struct, frozen=True):
    """What is right in an ordering.

    ``order`` is one right order of the real cards. ``readings`` holds the pairs that count: one
    set for a sequence; for a cycle one for every card that it may start with.
    """

    item: str
    mode: Mode
    order: tuple[str, ...]
    readings: tuple[Pairs, ...]
    cards: dict[str, Card]
    decoys: dict[str, Card]
    mistakes: dict[tuple[str, str], Mistake]
    consistent: tuple[Rule, ...] = ()
    agreement: float = 0.0

    @property
    def count(self) -> int:
        """How many pairs count."""
        return len(self.readings[0])

    def name(self, card: str) -> Text:
        """What a card says."""
        return (self.cards | self.decoys)[card].text


def key(item: OrderingItem) -> OrderingKey:
    """The key of an item, in both languages."""
    pairs = closure(given_pairs(item))
    order = item.order or some_order([card.id for card in item.cards], pairs)
    starts = range(len(order)) if item.mode == "cycle" else ()
    turned = tuple(of_order(order[at:] + order[:at]) for at in starts)
    return OrderingKey(
        item=item.id,
        mode=item.mode,
        order=order,
        readings=turned or (pairs,),
        cards={card.id: card for card in item.cards},
        decoys={card.id: card for card in item.decoys},
        mistakes={(each.first, each.then): each for each in item.mistakes},
        consistent=item.consistent,
        agreement=item.agreement if item.consistent else 0.0,
    )
