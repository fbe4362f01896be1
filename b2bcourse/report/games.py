"""A class's games for the talk afterwards, from the journals alone: how they opened, turned, ended.

Nothing here is a mark. A team that plays one game together would be a pupil with several names.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.simulation.journal import read as read_journal
from b2bcourse.simulation import debrief
from b2bcourse.simulation.moves import FREE, moves_of, read_move
from b2bcourse.simulation.words import moves_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.items.simulation.journal import Journal
    from b2bcourse.report.seen import ClassSeen, Exercise, Pupil

_REASONS: Final = 5
"""So many reasons are worth reading aloud."""
_SHORTEST: Final = 12
"""A reason of fewer letters says nothing to a class."""
_OPENING: Final = 2
"""So many moves of an opening are told."""


@dataclass(frozen=True)
class Turned:
    """The turn that decided most: its number, what it was worth, and why it was played."""

    turn: int
    told: str
    why: str
    paid: bool


@dataclass(frozen=True)
class Played:
    """One pupil's game: opening and its reason, the turn that decided most, and the end."""

    pupil: Pupil
    opening: str
    why: str
    turned: Turned | None
    points: int
    customers: tuple[str, ...]
    finished: bool


@dataclass(frozen=True)
class Chosen:
    """A firm and how the class dealt with it: worked for, won, left alone, days in the mean."""

    name: str
    worked: int
    won: int
    days: float


@dataclass(frozen=True)
class Games:
    """A class's games in one exercise.

    Attributes:
        exercise: the exercise.
        played: the games, the best first.
        chosen: the firms, those that most worked for first.
        reasons: reasons of turns that paid: whose, which turn, and what was written.
    """

    exercise: Exercise
    played: tuple[Played, ...]
    chosen: tuple[Chosen, ...]
    reasons: tuple[tuple[Pupil, int, str], ...]


def games(seen: ClassSeen) -> tuple[Games, ...]:
    """The games of every exercise that is one and that somebody has begun."""
    found = (_of(seen, one) for one in seen.exercises if _is_game(one))
    return tuple(one for one in found if one.played)


def _is_game(exercise: Exercise) -> bool:
    return exercise.question is not None and exercise.question.item.kind == "simulation"


def _of(seen: ClassSeen, exercise: Exercise) -> Games:
    journals = [
        (pupil, journal)
        for pupil, answer in seen.scored(exercise)
        if (journal := read_journal(answer.value)[0]) is not None and journal.turns
    ]
    played = [_played(pupil, journal, seen.lang) for pupil, journal in journals]
    return Games(
        exercise,
        tuple(sorted(played, key=lambda one: (-one.points, one.pupil.name))),
        tuple(_chosen([journal for _, journal in journals], seen.lang)),
        tuple(_reasons(played)),
    )


def _played(pupil: Pupil, journal: Journal, lang: Lang) -> Played:
    told = debrief(journal.scenario, journal.seed, journal.turns, lang, journal.engine)
    state = journal.states[0]
    first = [move for raw in moves_of(journal.turns[0]) or () if (move := read_move(raw))]
    opening = [move for move in first if move.do not in FREE][:_OPENING]
    won = [one["name"] for one in told["accounts"] if one["state"] == "signed"]
    return Played(
        pupil,
        moves_text(state.data, opening, lang),
        _said(journal.turns[0]),
        _turned(told),
        told["result"]["points"],
        tuple(won),
        bool(journal.states[-1].over),
    )


def _turned(told: dict[str, Any]) -> Turned | None:
    """Of the turns that can be told the one that was worth most, for better or for worse."""
    points = [one for one in told["turning_points"] if one["told"]]
    if not points:
        return None
    most = max(points, key=lambda one: abs(one["gain"]))
    return Turned(most["turn"], most["text"], str(most["reason"]).strip(), most["gain"] < 0)


def _chosen(journals: Sequence[Journal], lang: Lang) -> Iterator[Chosen]:
    worked: Counter[str] = Counter()
    won: Counter[str] = Counter()
    days: Counter[str] = Counter()
    names = {}
    for journal in journals:
        end = journal.states[-1]
        for name, account in end.accounts.items():
            names[name] = end.about(name).name[lang]
            worked[name] += bool(account.time)
            won[name] += account.status == "signed"
            days[name] += account.time
    for name in sorted(names, key=lambda one: (-worked[one], -won[one], names[one])):
        yield Chosen(names[name], worked[name], won[name], days[name] / len(journals))


def _reasons(played: Sequence[Played]) -> list[tuple[Pupil, int, str]]:
    """Reasons of turns that paid, one a pupil, the longest first: there is most to talk about."""
    good = [
        (one.pupil, one.turned.turn, one.turned.why)
        for one in played
        if one.turned and one.turned.paid and len(one.turned.why) >= _SHORTEST
    ]
    return sorted(good, key=lambda each: (-len(each[2]), each[0].name))[:_REASONS]


def _said(turn: Any) -> str:
    return str(turn.get("why", "")).strip() if isinstance(turn, dict) else ""
