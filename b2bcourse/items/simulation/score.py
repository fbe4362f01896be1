"""The score of a journal: the game replayed and held against its own seed's norms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.base import Outcome, Part, Verdict, clamp
from b2bcourse.items.simulation.journal import Journal, read
from b2bcourse.items.simulation.words import WORDS
from b2bcourse.simulation import PARTS, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.simulation.face import Face, SimulationKey

_RIGHT: Final = 0.8
"""The share of a part's points from which it is called right."""


def score(
    face: Face, key: SimulationKey, value: Any, context: Mapping[str, Any] | None = None
) -> Outcome:
    """What a journal is worth.

    The journal is replayed as far as it is as it was saved. Where the item leaves the seed to the
    student, the recorded one counts: a game is measured against its own seed's best, so no seed is
    worth more than another.

    Args:
        face: the item's face.
        key: its key.
        value: the response's value, any JSON.
        context: unused; other kinds look at the student's other responses.

    Returns:
        An outcome with the five parts of the score.
    """
    journal, notes = read(value)
    if journal is not None:
        other = _other_game(key, journal)
        journal, notes = (None, (other,)) if other else (journal, notes)
    if journal is None or not journal.turns:
        parts = [Part(name, "not attempted", 0.0, float(most)) for name, most in PARTS.items()]
        return Outcome(fraction=0.0, parts=tuple(parts), notes=notes)
    earned = points(journal.states[-1])
    parts = [
        Part(name, _verdict(earned[name] / most), earned[name], float(most))
        for name, most in PARTS.items()
    ]
    fraction = sum(earned.values()) / sum(PARTS.values())
    return Outcome(fraction=clamp(fraction), parts=tuple(parts), notes=notes)


def _other_game(key: SimulationKey, journal: Journal) -> Text | None:
    if journal.scenario != key.scenario:
        return WORDS.bad_scenario
    return WORDS.other_seed if key.seed is not None and journal.seed != key.seed else None


def _verdict(share: float) -> Verdict:
    if share >= _RIGHT:
        return "right"
    return "partly" if share > 0 else "wrong"
