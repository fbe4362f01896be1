"""The journal of a game, the value of a response: turns are only ever appended.

Every committed turn carries a mark made from all that went before it, so that a journal that was
changed by hand is told apart: it counts up to the change.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from b2bcourse.facts import DataError
from b2bcourse.items.simulation.words import WORDS
from b2bcourse.simulation import (
    ENGINE,
    ENGINES,
    SEEDS,
    begin,
    fingerprint,
    seed_for,
    step,
)
from b2bcourse.simulation.scenario import is_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.simulation.face import Face
    from b2bcourse.simulation import State

WHY: Final = 300
"""So many characters of a reason are kept."""
_MARK: Final = 12
_MOST_TURN: Final = 8 * 1024
"""So many bytes of moves are kept of a turn; a full one has about two thousand."""


class Journal(Struct, frozen=True):
    """A journal that could be read: what was played, and the states before and after each turn.

    ``states`` has one more than the turns that count; ``notes`` tell what does not.
    """

    scenario: str
    seed: int
    engine: int
    turns: tuple[dict[str, Any], ...]
    states: tuple[Any, ...]
    notes: tuple[Any, ...] = ()


def blank(face: Face) -> dict[str, Any]:
    """A journal in which nothing has been played."""
    return begin_journal(face)


def begin_journal(face: Face, learner: str = "") -> dict[str, Any]:
    """A journal in which nothing has been played, with the learner's own seed where that is asked.

    Args:
        face: the item's face.
        learner: a name, such as the account on the hub; decides one's own seed.
    """
    own = seed_for(learner, face.id) if learner else 0
    return {
        "scenario": face.scenario,
        "seed": own if face.seed is None else face.seed,
        "engine": ENGINE,
        "again": face.again,
        "turns": [],
    }


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the turns appended by which ``patch`` is longer.

    A journal that is shorter, or says otherwise of a turn that has been committed, changes nothing:
    no turn comes to stand without the one that was before it when it was played. Of a journal that
    was changed by hand the turns up to the change stand; what is played goes on from there, and the
    rest is kept under ``edited``. ``{"again": true}`` alone puts a finished game aside, where the
    item allows that.
    """
    if set(patch) == {"again"}:
        return _again(value)
    saved = dict(value) if value else _opened(patch)
    turns, new = saved.get("turns"), patch.get("turns")
    if not isinstance(turns, list) or not isinstance(new, list) or not _same_game(saved, patch):
        return saved
    stand, rest = _parted(saved, turns)
    if len(new) <= len(stand) or not begins(new, stand):
        return saved
    try:
        marked = _marked(saved, stand, new[len(stand) :])
    except (DataError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return saved
    edited = {"edited": rest} if rest and len(marked) > len(stand) else {}
    return {**saved, "turns": marked, **edited}


def begins(turns: list[Any], first: list[Any]) -> bool:
    """Whether a list of turns begins with those of another, whatever their marks."""
    return [_said(turn) for turn in turns[: len(first)]] == [_said(turn) for turn in first]


def _parted(saved: Mapping[str, Any], turns: list[Any]) -> tuple[list[Any], list[Any]]:
    """The turns that are as they were saved, and those from the first one on that is not."""
    journal, _ = read({**saved, "turns": turns})
    count = len(journal.turns) if journal else 0
    return turns[:count], turns[count:]


def _again(value: Mapping[str, Any]) -> dict[str, Any]:
    journal, _ = read(value)
    if value.get("again") is not True or journal is None or not journal.states[-1].over:
        return dict(value)
    played = value.get("played", 0)
    return {**value, "turns": [], "played": (played if isinstance(played, int) else 0) + 1}


_HEAD: Final = ("scenario", "seed", "engine", "again")


def _opened(patch: Mapping[str, Any]) -> dict[str, Any]:
    """A new journal with the head that the first patch brings."""
    head = {"seed": 0, "engine": ENGINE, "again": False}
    return {**head, **{name: patch[name] for name in _HEAD if name in patch}, "turns": []}


def _same_game(saved: Mapping[str, Any], patch: Mapping[str, Any]) -> bool:
    return all(patch[name] == saved.get(name) for name in _HEAD[:3] if name in patch)


def _marked(saved: Mapping[str, Any], old: list[Any], new: list[Any]) -> list[Any]:
    """The old turns and the new ones, each of these with its mark; none after the last turn."""
    state = begin(saved["scenario"], saved["seed"], saved["engine"])
    for turn in old:
        state, _ = step(state, turn)
    turns, mark = list(old), _mark_of(old)
    for turn in new:
        if state.over:
            break
        said = _said(turn)
        state, _ = step(state, said)
        mark = _mark(mark, said, state)
        turns.append({**said, "mark": mark})
    return turns


def _mark_of(turns: list[Any]) -> str:
    last = turns[-1] if turns else {}
    return str(last.get("mark", "")) if isinstance(last, dict) else ""


def _said(turn: Any) -> dict[str, Any]:
    """What a turn says, without its mark; what is no turn or far too long says nothing."""
    raw = turn if isinstance(turn, dict) else {"decisions": turn}
    moves, why = raw.get("decisions"), raw.get("why")
    moves = list(moves) if isinstance(moves, list | tuple) else []
    if len(msgspec.json.encode(moves)) > _MOST_TURN:
        moves = []
    return {"decisions": moves, "why": why[:WHY] if isinstance(why, str) else ""}


def _mark(before: str, said: Mapping[str, Any], state: State) -> str:
    """A digest of a turn, of all before it, and of what came of it."""
    told = msgspec.json.encode([before, said["decisions"], said["why"]], order="deterministic")
    return hashlib.sha256(told + fingerprint(state)).hexdigest()[:_MARK]


def read(value: Any) -> tuple[Journal | None, tuple[Text, ...]]:
    """The journal in any JSON, as far as it can be read; `None` with a note if it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("turns"), list):
        return None, (WORDS.bad_value,)
    name, seed, engine = (value.get(field) for field in _HEAD[:3])
    if not (isinstance(name, str) and is_known(name)):
        return None, (WORDS.bad_scenario,)
    if type(seed) is not int or not 0 <= seed < SEEDS:
        return None, (WORDS.bad_seed.format(most=SEEDS - 1),)
    if type(engine) is not int or engine not in ENGINES:
        return None, (WORDS.bad_engine,)
    journal = _replayed(str(name), seed, engine, value["turns"])
    return journal, journal.notes


def _replayed(name: str, seed: int, engine: int, turns: list[Any]) -> Journal:
    """The same journal is asked for by whoever scores, explains and shows it: played once."""
    try:
        return _replayed_once(name, seed, engine, msgspec.json.encode(turns))
    except (TypeError, ValueError, OverflowError, RecursionError):
        return _played_again(name, seed, engine, turns)  # no JSON; every turn is looked at


@lru_cache(maxsize=8)
def _replayed_once(name: str, seed: int, engine: int, turns: bytes) -> Journal:
    return _played_again(name, seed, engine, msgspec.json.decode(turns))


def _played_again(name: str, seed: int, engine: int, turns: list[Any]) -> Journal:
    played: list[Any] = [begin(name, seed, engine)]
    counted: list[dict[str, Any]] = []
    notes: list[Text] = []
    illegal: list[str] = []
    mark = ""
    for number, turn in enumerate(turns, start=1):
        said = _sound(turn)
        if said is None or played[-1].over:
            notes.append(WORDS.edited.format(n=number))
            break
        state, events = step(played[-1], said)
        mark = _mark(mark, said, state)
        if turn.get("mark") != mark:
            notes.append(WORDS.edited.format(n=number))
            break
        if any(event.name in {"illegal", "unreadable"} for event in events):
            illegal.append(str(number))
        played.append(state)
        counted.append(said)
    if illegal:
        notes.append(WORDS.illegal.format(n=", ".join(illegal)))
    return Journal(name, seed, engine, tuple(counted), tuple(played), tuple(notes))


def _sound(turn: Any) -> dict[str, Any] | None:
    """What a turn says, if it is one that this module could have written."""
    if not isinstance(turn, dict) or set(turn) != {"decisions", "why", "mark"}:
        return None
    try:
        said = _said(turn)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    return said if {**said, "mark": turn["mark"]} == turn else None


def states(value: Any) -> tuple[State, ...]:
    """The states of a journal, the one before the first turn included; none if it is no journal."""
    journal, _ = read(value)
    return journal.states if journal else ()
