"""The face and the key of a game. Nothing in it is secret: scenarios lie open on the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from b2bcourse.items.authored import shown_of_all
from b2bcourse.items.base import FaceBase
from b2bcourse.simulation.scenario import pinned

if TYPE_CHECKING:
    from b2bcourse.facts import Lang
    from b2bcourse.items.simulation.authored import SimulationItem


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of a game before it begins; ``seed`` is `None` where it is one's own."""

    kind: Literal["simulation"] = "simulation"
    scenario: str
    seed: int | None = None
    again: bool = False


class SimulationKey(Struct, frozen=True):
    """What an answer is held against: the scenario's rules, and the seed where it is given."""

    item: str
    scenario: str
    seed: int | None


def face(item: SimulationItem, lang: Lang) -> Face:
    """The face of an item in one language."""
    lang = item.spoken(lang)
    return Face(
        **shown_of_all(item, lang),
        scenario=pinned(item.scenario),
        seed=_fixed(item),
        again=item.again,
    )


def key(item: SimulationItem) -> SimulationKey:
    """The key of an item."""
    return SimulationKey(item=item.id, scenario=pinned(item.scenario), seed=_fixed(item))


def _fixed(item: SimulationItem) -> int | None:
    return item.seed if isinstance(item.seed, int) else None
