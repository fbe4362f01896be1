"""A game as its author sets it: which scenario, with which seed."""

from __future__ import annotations

from typing import Any, Literal

from b2bcourse.facts.reading import convert
from b2bcourse.items.authored import ItemBase
from b2bcourse.items.base import ItemError
from b2bcourse.simulation import SEEDS, scenarios


class SimulationItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A game to play.

    Attributes:
        scenario: the territory, such as ``software``.
        seed: a number, the same game for all; or ``own``, each student's own.
        again: whether a finished game may be put aside and another begun; for practice.
    """

    kind: Literal["simulation"]
    scenario: str
    seed: int | Literal["own"] = "own"
    again: bool = False
    level: Literal["recall", "apply", "judge"] = "judge"


def load(raw: Any, where: str) -> SimulationItem:
    """A game from plain data.

    Args:
        raw: what the YAML file holds.
        where: the file's name, for messages.

    Raises:
        DataError: a field is missing, unknown or of another type.
        ItemError: there is no such scenario, or the seed is out of range.
    """
    item = convert(raw, SimulationItem, where)
    if item.scenario not in scenarios():
        known = ", ".join(scenarios())
        raise ItemError(f"{where}: scenario: there is no {item.scenario!r}; there are: {known}")
    if isinstance(item.seed, int) and not 0 <= item.seed < SEEDS:
        raise ItemError(f"{where}: seed: {item.seed}; use 0 to {SEEDS - 1}, or own")
    return item


def rests_on(item: SimulationItem) -> tuple[str, ...]:
    """Ids of the facts that an item rests on."""
    return item.facts
