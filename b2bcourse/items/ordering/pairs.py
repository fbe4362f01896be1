"""What comes before what: pairs of cards, their closure, and how an order agrees with them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Pairs = frozenset[tuple[str, str]]
"""``(a, b)``: a comes before b."""


def closure(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """``pairs`` with all that follows from them: a before b and b before c is a before c."""
    known = set(pairs)
    while True:
        further = {(a, d) for a, b in known for c, d in known if b == c} - known
        if not further:
            return frozenset(known)
        known |= further


def of_order(order: Sequence[str]) -> Pairs:
    """All pairs of one order."""
    return frozenset((a, b) for at, a in enumerate(order) for b in order[at + 1 :])


def some_order(cards: Iterable[str], pairs: Pairs) -> tuple[str, ...]:
    """An order of ``cards`` that keeps all ``pairs`` (a closed set); of two free ones the first."""
    left = list(cards)
    found: list[str] = []
    while left:
        free = next(card for card in left if not any((other, card) in pairs for other in left))
        left.remove(free)
        found.append(free)
    return tuple(found)


def agreement(placed: Sequence[str], pairs: Pairs) -> int:
    """How many ``pairs`` stand in ``placed`` as they should, less those that stand reversed."""
    return sum(
        ((a, b) in pairs) - ((b, a) in pairs)
        for at, a in enumerate(placed)
        for b in placed[at + 1 :]
    )


def largest_fit(placed: Sequence[str], pairs: Pairs) -> frozenset[str]:
    """The most cards of ``placed`` of which no two stand reversed.

    What is left over is what has to move. In a full order with one card moved it is that card
    alone; of two fits of one size the one with the earlier cards is taken.
    """
    places = range(len(placed))
    against = [
        sum(1 << at for at in places if _reversed(placed, pairs, at, here)) for here in places
    ]

    @cache
    def fit(left: int) -> int:
        if not left:
            return 0
        first = left & -left
        rest = left ^ first
        clashes = against[first.bit_length() - 1] & rest
        kept = first | fit(rest & ~clashes)
        if not clashes:
            return kept
        dropped = fit(rest)
        return kept if kept.bit_count() >= dropped.bit_count() else dropped

    chosen = fit((1 << len(placed)) - 1)
    return frozenset(card for at, card in enumerate(placed) if chosen >> at & 1)


def _reversed(placed: Sequence[str], pairs: Pairs, one: int, other: int) -> bool:
    """Whether the cards at two places stand in the order that ``pairs`` forbid."""
    first, second = sorted((one, other))
    return (placed[second], placed[first]) in pairs
