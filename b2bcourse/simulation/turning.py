"""Which turns decided a game: played on in the player's own style, once so and once otherwise.

A difference is told only where it does not come from luck: both games go on under the same luck,
many times over, and nearly all of the differences must lie on one side.
"""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, structs

from b2bcourse.simulation.engine import step
from b2bcourse.simulation.moves import FREE, Move, moves_of, read_move
from b2bcourse.simulation.policies import TEXTBOOK, Style, play_turn
from b2bcourse.simulation.score import points
from b2bcourse.simulation.styles import played_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from b2bcourse.simulation.state import State

SHOWN: Final = 3
"""So many turns are shown at most."""
TRIED: Final = 24
"""So many single moves are done otherwise at most."""
LUCKS: Final = 12
"""So many times a comparison is played on."""
_FIRST: Final = 2
"""So many times for a first look, under lucks that no later comparison uses."""
_LOOKED_AT: Final = 6
_LINE: Final = 6
_MATTERS: Final = 1.5
"""A difference below so many points is not worth a word."""


class Change(Struct, frozen=True):
    """A turn done otherwise, and what that is worth.

    Attributes:
        turn: its number.
        move: the move that is done otherwise; `None` where it is the turn as a whole.
        instead: what is done in its place.
        gain: points that the other way brings, in the mean.
        low, high: most of the differences lie between these.
    """

    turn: int
    move: Move | None
    instead: tuple[Move, ...]
    gain: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether the difference is more than luck, and large enough to tell."""
        return abs(self.gain) >= _MATTERS and (self.low > 0 or self.high < 0)


class Deciding(Struct, frozen=True):
    """What decided a game.

    Attributes:
        changes: the turns that mattered most, in the order of turns; those that can be told and,
            where they are fewer than three, others of which no difference can be told.
        line: what the game would come to in the style from before the first turn, from after the
            first, and so on; the last is what it did come to.
    """

    changes: tuple[Change, ...]
    line: tuple[float, ...]


class _Game:
    """A game and the ends that were played on from its states."""

    def __init__(self, states: Sequence[State], turns: Sequence[Any], style: Style) -> None:
        self.states, self.turns, self.style = states, turns, style
        self._ends: dict[tuple[int, int], float] = {}

    def end(self, number: int, luck: int) -> float:
        """What the game comes to from a state on; 0 is the state before the first turn."""
        key = (number, luck)
        if key not in self._ends:
            self._ends[key] = _total(played_on(self.states[number], self.style, luck))
        return self._ends[key]

    def difference(self, change: Change, turn: Sequence[Any], luck: int) -> float:
        """What another turn brings more, under one luck."""
        other, _ = step(self.states[change.turn - 1], turn)
        return _total(played_on(other, self.style, luck)) - self.end(change.turn, luck)


def deciding(states: Sequence[State], turns: Sequence[Any], style: Style) -> Deciding:
    """The turns that decided a game, and the way it took.

    Args:
        states: all states of the game, the one before the first turn included.
        turns: the turns played.
        style: how the games that are compared go on.
    """
    game = _Game(states, turns, style)
    looked = [
        (fmean(game.difference(change, turn, -luck) for luck in range(1, _FIRST + 1)), change, turn)
        for change, turn in _others(game)
    ]
    looked.sort(key=lambda each: -abs(each[0]))
    compared = [_compared(game, change, turn) for change, turn in _distinct(looked)]
    told = sorted(filter(lambda each: each.told, compared), key=lambda each: -abs(each.gain))
    rest = [each for each in compared if not each.told]
    shown = _different([*told, *rest])[:SHOWN]
    line = [fmean(game.end(at, luck) for luck in range(1, _LINE + 1)) for at in range(len(turns))]
    return Deciding(tuple(sorted(shown, key=lambda each: each.turn)), (*line, _total(states[-1])))


def _total(state: State) -> float:
    return sum(points(state).values())


def _distinct(
    looked: Iterable[tuple[float, Change, Sequence[Any]]],
) -> list[tuple[Change, Sequence[Any]]]:
    """The first of every turn, as many as are worth a closer look."""
    chosen: dict[int, tuple[Change, Sequence[Any]]] = {}
    for gain, change, turn in looked:
        if gain and len(chosen) < _LOOKED_AT:
            chosen.setdefault(change.turn, (change, turn))
    return list(chosen.values())


def _compared(game: _Game, change: Change, turn: Sequence[Any]) -> Change:
    found = sorted(game.difference(change, turn, luck) for luck in range(1, LUCKS + 1))
    return structs.replace(change, gain=fmean(found), low=found[1], high=found[-2])


def _different(changes: Iterable[Change]) -> list[Change]:
    """Two changes of the same kind would tell the same story twice."""
    chosen: dict[str, Change] = {}
    for change in changes:
        first = change.move or change.instead[0]
        chosen.setdefault(first.do if change.move else f"{first.do} {first.account}", change)
    return list(chosen.values())


def _others(game: _Game) -> Iterable[tuple[Change, list[Any]]]:
    yield from _moves_otherwise(game.states, game.turns)
    for number in range(len(game.turns)):
        book = play_turn(game.states[number], TEXTBOOK)
        timed = tuple(move for move in book if move.do not in FREE)
        if timed:
            yield Change(number + 1, None, timed, 0.0, 0.0, 0.0), list(book)


def _moves_otherwise(
    states: Sequence[State], turns: Sequence[Any]
) -> Iterable[tuple[Change, list[Any]]]:
    """Every move done the other way or left out, for as many as there is time to try."""
    spots = [
        (number, at, move)
        for number, turn in enumerate(turns)
        for at, raw in enumerate(moves_of(turn) or [])
        if (move := read_move(raw)) is not None and _is_choice(states[number], move)
    ]
    for number, at, move in spots[:: max(1, -(-len(spots) // TRIED))]:
        moves = list(moves_of(turns[number]) or [])
        other = _other_way(states[number], move)
        yield (
            Change(number + 1, move, other, 0.0, 0.0, 0.0),
            [*moves[:at], *other, *moves[at + 1 :]],
        )


_CHOICES: Final = frozenset(
    [
        "map",
        "partner",
        "give_up",
        "relay",
        "offer",
        "demo",
        "reference",
        "reassure",
        "answer",
        "accept",
        "decline",
        "care",
        "watch",
        "fix",
        "expand",
    ]
)
"""What can be left out or done otherwise. That a customer must be looked into and a contract signed
goes without saying."""
_FLIPPED: Final = {
    "answer": {"honest": "promise", "promise": "honest"},
    "fix": {"joint": "alone", "alone": "joint"},
}
_ORDERS: Final = {"accept": "decline", "decline": "accept"}


def _is_choice(state: State, move: Move) -> bool:
    return move.do in _CHOICES or bool(_skipped(state, move))


def _skipped(state: State, move: Move) -> str:
    """The test that a test passes over; empty where it passes over none."""
    if move.do != "test" or move.account not in state.accounts:
        return ""
    asked = state.about(move.account).tests
    before = asked[: asked.index(move.which)] if move.which in asked else ()
    return next((test for test in before if test not in state.accounts[move.account].passed), "")


def _other_way(state: State, move: Move) -> tuple[Move, ...]:
    """The move done the other way; nothing where the other way is to leave it."""
    if missing := _skipped(state, move):
        return (structs.replace(move, which=missing),)
    if move.do in _FLIPPED and move.how in _FLIPPED[move.do]:
        return (structs.replace(move, how=_FLIPPED[move.do][move.how]),)
    if move.do in _ORDERS:
        return (structs.replace(move, do=_ORDERS[move.do]),)
    return ()
