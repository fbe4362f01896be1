"""Journals with the fraction that each must get, and how those play who have not read the rules."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from b2bcourse.items.base import Sample
from b2bcourse.items.simulation.face import face
from b2bcourse.items.simulation.journal import begin_journal, merge
from b2bcourse.simulation import begin, legal
from b2bcourse.simulation.policies import play, random_turn
from b2bcourse.simulation.reference import reference

if TYPE_CHECKING:
    from random import Random

    from b2bcourse.items.base import Guess
    from b2bcourse.items.simulation.authored import SimulationItem
    from b2bcourse.items.simulation.face import Face, SimulationKey


def model_answer(shown: Face, key: SimulationKey) -> dict[str, Any]:
    """The best game found by search, as a journal."""
    head = begin_journal(shown)
    _, turns = play(key.scenario, head["seed"], reference(key.scenario, head["seed"]))
    return _journal(shown, [to_builtins(turn) for turn in turns])


def _journal(shown: Face, turns: list[Any]) -> dict[str, Any]:
    head = begin_journal(shown)
    return merge(head, {"turns": [{"decisions": turn, "why": ""} for turn in turns]})


def samples(item: SimulationItem) -> list[Sample]:
    """Journals of ``item`` with the fraction that each must get."""
    from b2bcourse.items.simulation.face import key

    shown = face(item, "ko")
    right = model_answer(shown, key(item))
    turns = right["turns"]
    edited = [{**turns[0], "why": "changed"}, *turns[1:]]
    head = {**right, "turns": []}
    malformed: tuple[Any, ...] = (
        None,
        [],
        "journal",
        {"turns": 3},
        {**head, "scenario": "nowhere"},
        {**head, "seed": -1},
        {**head, "seed": math.nan},
        {**head, "engine": 99},
        {**head, "turns": [7, None]},
        {**head, "turns": [{"decisions": [], "why": "", "mark": "forged"}]},
    )
    return [
        Sample("right", right, 1.0),
        Sample("last turns missing", {**right, "turns": turns[: len(turns) // 2]}, 0.3, 0.3),
        Sample("edited in the first turn", {**right, "turns": edited}, 0.0),
        Sample("empty", head, 0.0),
        Sample("everything ticked", _everything(shown), 0.05, tolerance=0.05),
        Sample("idle", _journal(shown, [[] for _ in turns]), 0.0),
        *(Sample(f"malformed {number}", value, 0.0) for number, value in enumerate(malformed)),
    ]


def _everything(shown: Face) -> dict[str, Any]:
    """Every turn all that can be clicked, in the order shown, whatever there is time for."""
    state = begin(shown.scenario, begin_journal(shown)["seed"])
    moves = [each["move"] for each in legal(state, "en")]
    return _journal(shown, [to_builtins(moves)] * state.data.turns)


def guess(shown: Face, how: Guess, rng: Random) -> dict[str, Any]:
    """What somebody plays who has not read the rules: see `items.base.Guess`."""
    head = begin_journal(shown)
    if how == "none":
        return head
    if how == "all":
        return _everything(shown)
    if how == "first":
        state = begin(shown.scenario, head["seed"])
        first = [each["move"] for each in legal(state, "en")][:1]
        return _journal(shown, [to_builtins(first)] * state.data.turns)
    salt = rng.randrange(1 << 30)
    _, turns = play(shown.scenario, head["seed"], lambda state: random_turn(state, salt))
    return _journal(shown, [to_builtins(turn) for turn in turns])
