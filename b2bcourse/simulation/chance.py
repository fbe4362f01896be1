"""Chance that is the same everywhere: SplitMix64, asked by name instead of in order.

A draw depends on the seed and on what is drawn (turn, account, purpose), not on how many draws went
before. So a decision that is changed at one customer leaves the luck at all others as it was, and a
decision's worth can be told by replaying the game without it.

Source: G. Steele, D. Lea, C. Flood: Fast splittable pseudorandom number generators (2014).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

MASK: Final = (1 << 64) - 1
GAMMA: Final = 0x9E3779B97F4A7C15
_FNV_START: Final = 0xCBF29CE484222325
_FNV_PRIME: Final = 0x100000001B3


def splitmix64(state: int) -> tuple[int, int]:
    """One step of the generator: the next state and the number drawn, both of 64 bits."""
    state = (state + GAMMA) & MASK
    mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
    return state, mixed ^ (mixed >> 31)


@lru_cache(maxsize=4096)  # names of customers, people and deeds: few, and asked in every turn
def fnv1a(text: str) -> int:
    """A name as a number of 64 bits (FNV-1a of its UTF-8 bytes)."""
    number = _FNV_START
    for byte in text.encode("utf-8", "surrogatepass"):
        number = ((number ^ byte) * _FNV_PRIME) & MASK
    return number


def draw(seed: int, *keys: int | str) -> int:
    """A number of 64 bits that belongs to this seed and these keys."""
    number = splitmix64(seed & MASK)[1]
    for key in keys:
        part = fnv1a(key) if isinstance(key, str) else key
        number = splitmix64(number ^ (part & MASK))[1]
    return number


def between(low: int, high: int, seed: int, *keys: int | str) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + (draw(seed, *keys) >> 16) % (high - low + 1)


def happens(per_mille: int, seed: int, *keys: int | str) -> bool:
    """Whether something with that many chances in a thousand comes about."""
    return (draw(seed, *keys) >> 16) % 1000 < per_mille


def pick(choices: Sequence[T], seed: int, *keys: int | str) -> T:
    """One of the choices."""
    return choices[(draw(seed, *keys) >> 16) % len(choices)]


def some(choices: Sequence[T], count: int, seed: int, *keys: int | str) -> tuple[T, ...]:
    """``count`` of the choices, or all where there are fewer, in the order they stand in."""
    order = sorted(range(len(choices)), key=lambda at: draw(seed, *keys, at))
    return tuple(choices[at] for at in sorted(order[:count]))
