"""A game as its author sets it: which scenario, with which seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from b2bcourse.items.authored import ItemBase, load_as
from b2bcourse.simulation import ENGINE, SEEDS, scenarios
from b2bcourse.simulation.reference import norms
from b2bcourse.simulation.scenario import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    """A game: see `load_as`."""
    return load_as(raw, SimulationItem, _problems, where)


def _problems(item: SimulationItem) -> Iterator[str]:
    if item.scenario not in scenarios():
        known = ", ".join(scenarios())
        yield f"scenario: there is no {item.scenario!r}; there are: {known}"
    elif norms(item.scenario, ENGINE) is None:
        file = file_of(item.scenario)
        yield f"scenario: {item.scenario!r} has no norms as it is now; run: scenario finish {file}"
    if isinstance(item.seed, int) and not 0 <= item.seed < SEEDS:
        yield f"seed: {item.seed}; use 0 to {SEEDS - 1}, or own"
