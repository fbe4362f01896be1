"""How the points of a game come about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.reckoning import Reckoning, number
from b2bcourse.items.simulation.journal import read

if TYPE_CHECKING:
    from b2bcourse.items.base import Outcome
    from b2bcourse.items.simulation.face import Face, SimulationKey


class SimulationReckoning(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name."""

    over: Text
    unfinished: Text
    rule: Text


WORDS: Final = read_words(__package__, SimulationReckoning, "reckoning")


def reckon(face: Face, key: SimulationKey, outcome: Outcome, value: Any) -> Reckoning:
    """The five parts of a game's score, added up: see `reckoning.Reckoning`."""
    journal, _ = read(value)
    played = len(journal.turns) if journal else 0
    state = journal.states[-1] if journal else None
    words = WORDS.over if state is None or state.over else WORDS.unfinished
    turns = state.data.turns if state else 0
    most = sum(part.possible for part in outcome.parts)
    earned = " + ".join(number(part.earned) for part in outcome.parts)
    return Reckoning(
        said=words[face.lang].format(played=played, turns=turns),
        formula=f"({earned}) ÷ {number(most)}",
        rule=WORDS.rule[face.lang],
    )
