"""What shuffling earns, so that a score can start above it."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Final

from b2bcourse.items.ordering.pairs import Pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENUMERATED: Final = 7
"""Up to so many cards every order is counted; of more cards a fixed sample is drawn."""
SAMPLE: Final = 3000
GUESSER: Final = 0.12
"""What somebody who shuffles the cards earns at most, on average."""
LUCK: Final = 0.05
"""How often a shuffle may be all right; more often, and there is nothing to take from its score."""


@lru_cache(maxsize=256)
def zero_point(order: tuple[str, ...], readings: tuple[Pairs, ...], decoys: int) -> float:
    """The raw score from which on an answer earns something.

    It is what shuffling scores on average (0 for a sequence, where as many pairs fall right as
    reversed; more for a cycle, where the best of its readings counts), or as much more as is
    needed for a shuffler to earn no more than `GUESSER` on average, since a score never falls
    below 0; full orders of eight cards or more need no more. Counted over every order up to
    `ENUMERATED` cards, else over a sample that is the same on every machine.

    Args:
        order: one right order of the real cards.
        readings: the pairs that count, for each start of a cycle.
        decoys: how many cards besides may be placed by mistake.
    """
    return _zero(_shuffles(order, readings, decoys), is_cycle=len(readings) > 1)


@lru_cache(maxsize=256)
def _shuffles(order: tuple[str, ...], readings: tuple[Pairs, ...], decoys: int) -> Counter[float]:
    """How often a shuffle gets each raw score."""
    return Counter(_raw_scores(order, readings, decoys))


def _zero(found: Counter[float], *, is_cycle: bool) -> float:
    # In a sequence a shuffle reverses as many pairs as not: 0, without the sample's noise.
    mean = sum(raw * times for raw, times in found.items()) / found.total()
    low = max(0.0, mean) if is_cycle else 0.0
    if _earned(found, low) <= GUESSER:
        return low
    high = 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if _earned(found, middle) <= GUESSER else (middle, high)
    return high


def luck(order: tuple[str, ...], readings: tuple[Pairs, ...], decoys: int) -> float:
    """How often a shuffle is all right, from 0 to 1; counted as in `zero_point`."""
    found = _shuffles(order, readings, decoys)
    return found[1.0] / found.total()


def _earned(found: Counter[float], zero: float) -> float:
    """What a shuffler earns on average when scores start at ``zero``."""
    gained = sum(max(0.0, raw - zero) * times for raw, times in found.items())
    return gained / found.total() / (1 - zero)


def _raw_scores(
    order: tuple[str, ...], readings: tuple[Pairs, ...], decoys: int
) -> Iterator[float]:
    """The best raw score of each way to fill all slots, as `score` computes it."""
    size, count = len(order), len(readings[0])
    # sign[reading][a][b]: what a before b adds; a decoy (a number from `size` on) adds nothing.
    signs = [_signs(order, reading, decoys) for reading in readings]
    for placed in _ways(size, decoys):
        best = max(_sum(sign, turned) for turned in _turns(placed, len(readings)) for sign in signs)
        yield best / count - sum(card >= size for card in placed) / size


def _signs(order: Sequence[str], reading: Pairs, decoys: int) -> list[list[int]]:
    names = [*order, *(f"{number} is no id" for number in range(decoys))]
    return [[((a, b) in reading) - ((b, a) in reading) for b in names] for a in names]


def _sum(sign: list[list[int]], placed: Sequence[int]) -> int:
    return sum(sign[a][b] for at, a in enumerate(placed) for b in placed[at + 1 :])


def _turns(placed: Sequence[int], starts: int) -> list[Sequence[int]]:
    """What has several readings is a cycle, and is read from each of its places."""
    if starts == 1:
        return [placed]
    return [[*placed[at:], *placed[:at]] for at in range(len(placed))]


def _ways(size: int, decoys: int) -> Iterator[Sequence[int]]:
    cards = range(size + decoys)
    if len(cards) <= ENUMERATED:
        yield from permutations(cards, size)
        return
    rng = Random(math.comb(len(cards), size))  # noqa: S311 - a fixed sample, no secret
    for _ in range(SAMPLE):
        yield rng.sample(cards, size)
