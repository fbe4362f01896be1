"""How a placed order is read: where a cycle begins, against which pairs, and who stands right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from b2bcourse.items.ordering.pairs import Pairs, agreement, largest_fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bcourse.items.ordering.key import OrderingKey


class Judged(Struct, frozen=True):
    """The placed cards as judged: as they were read, against which pairs, and who stands right.

    ``placed`` begins anywhere if it is a cycle; decoys are not in it.
    """

    placed: tuple[str, ...]
    reading: Pairs
    fitting: frozenset[str]


def raw_score(key: OrderingKey, placed: Sequence[str]) -> float:
    """The sum over all pairs, from -1 to 1, before chance is taken into account."""
    real = [card for card in placed if card in key.cards]
    best = max(
        agreement(turned, reading) for turned in turns(key, real) for reading in key.readings
    )
    return best / key.count - (len(placed) - len(real)) / len(key.order)


def turns(key: OrderingKey, placed: Sequence[str]) -> list[tuple[str, ...]]:
    """The ways to read an answer: as it stands, and of a cycle from each of its cards on."""
    starts = range(len(placed)) if key.mode == "cycle" and placed else (0,)
    return [(*placed[at:], *placed[:at]) for at in starts]


def judge(key: OrderingKey, placed: Sequence[str]) -> Judged:
    """Which cards stand right: the most that agree with each other, in the best reading."""
    real = [card for card in placed if card in key.cards]
    ways = [
        Judged(turned, reading, largest_fit(turned, reading))
        for turned in turns(key, real)
        for reading in key.readings
    ]
    return max(ways, key=lambda way: (agreement(way.placed, way.reading), len(way.fitting)))
