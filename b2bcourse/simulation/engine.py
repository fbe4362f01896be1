"""The game itself: beginning it, playing a turn, replaying it; one set of rules a version."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import benefits
from b2bcourse.simulation.acts import ACTS, Act
from b2bcourse.simulation.chance import between, pick, some
from b2bcourse.simulation.moves import (
    FREE,
    MOST_FREE,
    MOST_MOVES,
    STEPS,
    Move,
    cost,
    moves_of,
    problem,
    read_move,
)
from b2bcourse.simulation.scenario import AccountData, PersonData, scenario
from b2bcourse.simulation.state import Account, Event, Person, State
from b2bcourse.simulation.world import turn_passes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENGINE: Final = 2
WISHES: Final = 2
START_QUALITY: Final = 100


class Rules(Struct, frozen=True):
    """One version of the rules; a journal names the version under which it was played."""

    begin: Callable[[str, int, int], State]
    turn: Callable[[State, Any], tuple[State, tuple[Event, ...]]]


def begin(name: str, seed: int, engine: int = ENGINE) -> State:
    """The state before the first turn.

    Args:
        name: a scenario's name.
        seed: decides everything that is drawn.
        engine: the version of the rules.

    Raises:
        DataError: there is no such scenario.
        KeyError: there is no such version.
    """
    return ENGINES[engine].begin(name, seed, engine)


def step(state: State, decisions: Any) -> tuple[State, tuple[Event, ...]]:
    """Play one turn.

    Args:
        state: the game so far; it stays as it is.
        decisions: the turn's moves, any JSON. What cannot be done costs the rest of the turn.

    Returns:
        The new state, and what happened.
    """
    return ENGINES[state.engine].turn(state, decisions)


def replay(name: str, seed: int, turns: Sequence[Any], engine: int = ENGINE) -> tuple[State, ...]:
    """All states of a game, the one before the first turn included.

    Turns after the last are not played.
    """
    states = [begin(name, seed, engine)]
    for turn in turns:
        if states[-1].over:
            break
        states.append(step(states[-1], turn)[0])
    return tuple(states)


def _begin(name: str, seed: int, engine: int) -> State:
    data = scenario(name)
    resources = data.resources
    return State(
        scenario=name,
        seed=seed,
        engine=engine,
        turn=1,
        time=resources.time,
        people=resources.people,
        money=resources.money,
        capacity=resources.capacity,
        accounts={account.id: _account(account, seed) for account in data.accounts},
    )


def _account(data: AccountData, seed: int) -> Account:
    def drawn(what: str, low: int, high: int) -> int:
        return between(low, high, seed, data.id, what)

    account = Account(
        price=drawn("price", *data.price),
        service=drawn("service", *data.service),
        target=START_QUALITY + drawn("gap", *data.gap),
        room=drawn("room", *data.room),
        hazard=drawn("hazard", *data.hazard),
        short=pick(data.short, seed, data.id, "short"),
        rival=drawn("rival", *data.rival),
        trust=drawn("trust", *data.trust),
        people={person.id: _person(data, person, seed) for person in data.people},
    )
    if data.known:
        account.status, account.step, account.steps_right = "open", 1, ("search",)
    return account


def _person(account: AccountData, data: PersonData, seed: int) -> Person:
    key = (seed, account.id, data.id)
    interests = interests_of(account, data)
    wishes = some(sorted(interests), WISHES, *key, "wishes")
    return Person(
        roles=pick(data.roles, *key, "roles"),
        wishes=wishes,
        interests=tuple(sorted((b, w) for b, w in interests.items() if b not in wishes)),
        fear=pick(data.fears, *key, "fear"),
        support=between(data.support[0], data.support[1], *key, "support"),
    )


def interests_of(account: AccountData, data: PersonData) -> dict[str, int]:
    """The benefits that a person's work makes interesting: 4 where it is primary, else 2."""
    found: dict[str, int] = {}
    for benefit in benefits().benefits:
        for interest in benefit.members:
            if interest.member not in data.counts_as:
                continue
            if interest.strength == "conditional" and interest.condition not in account.conditions:
                continue
            warmth = 4 if interest.strength == "primary" else 2
            found[benefit.id] = max(warmth, found.get(benefit.id, 0))
    return found


def _turn(state: State, decisions: Any) -> tuple[State, tuple[Event, ...]]:
    if state.over:
        return state, (Event("no_turns_left"),)
    fresh = state.copied()
    events: list[Event] = []
    touched = _carry_out(state, fresh, decisions, events)
    turn_passes(fresh, frozenset(touched), events)
    fresh.happened = tuple(events)
    return fresh, fresh.happened


def _carry_out(start: State, fresh: State, decisions: Any, events: list[Event]) -> set[str]:
    """Do the turn's moves one after the other; returns the accounts where something was done.

    A move that could not even be planned ends the turn. One that could, but whose ground another
    move's failure took away, comes to nothing and only its own cost is spent.
    """
    raw = moves_of(decisions)
    if raw is None:
        events.append(Event("unreadable"))
        return set()
    planned: list[Move] = []
    touched: set[str] = set()
    budget = copy.copy(start)  # what is planned takes its price; no customer is touched by it
    for each in raw[:MOST_FREE]:
        move = read_move(each)
        wrong = trouble(budget, move, planned)
        if move is None or wrong:
            events.append(Event("illegal", values=(("problem", wrong or "unreadable"),)))
            break
        pay(budget, move)
        planned.append(move)
        _do(fresh, move, events)
        if move.do not in FREE:
            touched.add(move.account)
    return touched


def trouble(budget: State, move: Move | None, planned: Sequence[Move]) -> str:
    """Why a move cannot be planned after others; empty if it can. See `moves.problem`."""
    if move is None:
        return "unreadable"
    timed = sum(each.do not in FREE for each in planned)
    if timed >= MOST_MOVES and move.do not in FREE:
        return "too_many"
    return problem(budget, move, planned)


def pay(state: State, move: Move) -> None:
    """Take what a move costs."""
    price = cost(move)
    state.time -= price.time
    state.people -= price.people
    state.money -= price.money
    state.capacity -= price.capacity


def _do(state: State, move: Move, events: list[Event]) -> None:
    account = state.accounts[move.account]
    baseless = problem(state, move)
    pay(state, move)
    price = cost(move)
    state.profit -= price.money
    account.profit -= price.money
    account.time += price.time
    if baseless:
        events.append(Event("baseless", move.account, values=(("problem", baseless),)))
        return
    if move.do not in {"note", "credit", "give_up"}:
        account.step = max(account.step, STEPS[move.do])
    ACTS[move.do](Act(state, move, events))


ENGINES: Final = {1: Rules(_begin, _turn), 2: Rules(_begin, _turn)}
"""Every version of the rules that a journal may name. A version is never changed: a change of the
rules is a new one, and old journals go on being replayed under theirs."""
