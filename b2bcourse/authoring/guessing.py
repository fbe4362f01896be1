"""What somebody earns who answers without having read the question."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final, get_args

from msgspec import Struct

from b2bcourse.items import agreement, kind_of
from b2bcourse.items.base import Guess
from b2bcourse.items.kind import ByHand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.items.authored import ItemBase

GUESSES: Final[tuple[Guess, ...]] = get_args(Guess)
ITEM_LIMIT: Final = 0.25
"""No blind way of guessing may reach this on any item, on average over its tries."""
BLIND: Final[tuple[Guess, ...]] = ("random", "all", "none")
"""Ways that look at no place: the first option must be right sometimes, as often as any other."""
MEAN_LIMIT: Final = 0.15
"""What the guessers may reach on average over the items of an assignment or a lesson."""
_TRIES: Final = 200


class Guessed(Struct, frozen=True):
    """The mean fraction that each way of guessing earns on an item."""

    item: str
    earned: dict[str, float]

    @property
    def best(self) -> float:
        """What the most successful blind way of guessing earns."""
        return max(self.earned[how] for how in BLIND)


def guessed(
    item: ItemBase, tries: int = _TRIES, seed: int = 1, others: Sequence[ItemBase] = ()
) -> Guessed | None:
    """What guessing earns on an item; `None` where a person grades it.

    Args:
        item: an authored item.
        tries: how often chance is tried.
        seed: the same seed, the same tries.
        others: the items that it is held against; they are guessed in the same way.
    """
    kind = kind_of(item.kind)
    if isinstance(kind, ByHand):
        return None
    face, key = kind.face(item, "en"), kind.key(item)
    earned = {}
    for how in GUESSES:
        rng = Random(seed)  # noqa: S311 - chance, not secrecy
        times = tries if how == "random" else 1
        fractions = []
        for _ in range(times):
            known = _guessed_too(others, how, rng)
            outcome = kind.score(face, key, kind.guess(face, how, rng), known)
            fractions.append(outcome.fraction)
        earned[str(how)] = sum(fractions) / times
    return Guessed(item.id, earned)


def _guessed_too(others: Sequence[ItemBase], how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody said in the other items who guessed there too."""
    values = {}
    for item in others:
        kind = kind_of(item.kind)
        values[item.id] = kind.guess(kind.face(item, "en"), how, rng)
    return agreement.context(others, values)


def means(groups: Mapping[str, Iterable[Guessed]]) -> dict[str, dict[str, float]]:
    """The mean of each way of guessing over the items of each assignment or lesson."""
    found = {}
    for name, items in groups.items():
        listed = list(items)
        if listed:
            found[name] = {
                str(how): sum(one.earned[how] for one in listed) / len(listed) for how in GUESSES
            }
    return found
