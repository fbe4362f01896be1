"""The style of a player, read from what was done; and a game played on in it."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.simulation.acts import settled
from b2bcourse.simulation.engine import step
from b2bcourse.simulation.moves import FREE, MESSAGES, Move, moves_of, read_move
from b2bcourse.simulation.policies import TEXTBOOK, Style, play_turn
from b2bcourse.simulation.words import WORDS, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.simulation.state import State

Played = tuple["State", Move]
"""A move, and the state at the beginning of its turn."""

_LUCK: Final = 1_000_003


def style_of(states: Sequence[State], turns: Sequence[Any]) -> Style:
    """How somebody sold, as the style that comes nearest.

    Args:
        states: all states of the game, the one before the first turn included.
        turns: the turns played, as in a journal.
    """
    played = list(_played(states, turns))
    done = {move.do for _, move in played}
    offers = [each for each in played if each[1].do == "offer"]
    end = states[-1]
    return Style(
        focus=_focus(played, len(end.accounts)),
        credit="credit" in done,
        meets=_meets(end),
        needs="probe" in done,
        messages=_messages(offers),
        offers=_most(Counter(move.account for _, move in offers)),
        demo="demo" in done,
        reference="reference" in done,
        reassure="reassure" in done,
        notes="note" in done,
        honest=not any(move.how == "promise" for _, move in played if move.do == "answer"),
        cut=round(median([move.cut for _, move in offers])) if offers else 0,
        aim=_aim(played),
        pilots=not any(account.skipped for account in end.accounts.values()),
        serve=bool(done & {"care", "fix", "expand"}),
        truthful=all(
            message.benefit in state.data.vendor.strengths
            for state, move in offers
            for message in move.messages
        ),
        sells=bool(offers),
    )


def _played(states: Sequence[State], turns: Sequence[Any]) -> Iterator[Played]:
    for state, turn in zip(states, turns, strict=False):
        for raw in moves_of(turn) or ():
            move = read_move(raw)
            if move is not None and move.account in state.accounts:
                yield state, move


def _focus(played: Sequence[Played], most: int) -> int:
    """At how many customers something was done in a turn, mostly."""
    busy: dict[int, set[str]] = {}
    for state, move in played:
        if move.do not in FREE:
            busy.setdefault(state.turn, set()).add(move.account)
    counts = [len(accounts) for accounts in busy.values()]
    return max(1, min(most, round(median(counts)))) if counts else 1


def _meets(end: State) -> int:
    met = [person.met for a in end.accounts.values() for person in a.people.values() if person.met]
    return round(sum(met) / len(met)) if met else 0


def _messages(offers: Sequence[Played]) -> str:
    counts = [len(move.messages) for _, move in offers]
    if not any(counts):
        return "none"
    return "dump" if sum(count > MESSAGES for count in counts) * 2 > len(counts) else "wish"


def _most(counts: Counter[str]) -> int:
    return max(1, min(4, max(counts.values(), default=1)))


def _aim(played: Sequence[Played]) -> int:
    """How far below the fair price negotiations opened."""
    below = [
        settled(account, account.visits) - move.opening
        for state, move in played
        if move.do == "negotiate" and (account := state.accounts[move.account]).visits >= 0
    ]
    return max(0, min(7, round(median(below)))) if below else TEXTBOOK.aim


def style_text(style: Style, lang: Lang) -> str:
    """A style in a few words."""
    at_once = "one" if style.focus == 1 else "some" if style.focus < _ALL else "all"
    traits = [
        say(WORDS.style[f"focus_{at_once}"], lang, n=style.focus),
        say(WORDS.style[f"meets_{style.meets}"], lang),
    ]
    if style.sells:
        traits.append(say(WORDS.style["cut" if style.cut else "cut_0"], lang, n=style.cut))
    return ", ".join(traits)


_ALL: Final = 4


def played_on(state: State, style: Style, luck: int) -> State:
    """The end of a game that goes on in a style, under another luck from here on.

    Args:
        state: the game so far; it stays as it is.
        style: how it goes on.
        luck: 0 for the luck of the game's own seed, else another.
    """
    fresh = state.copied()
    fresh.seed = state.seed + luck * _LUCK
    while not fresh.over:
        fresh, _ = step(fresh, play_turn(fresh, style))
    fresh = fresh.copied()
    fresh.seed = state.seed
    return fresh
