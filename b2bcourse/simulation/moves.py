"""What a player can do in a turn: reading a move from JSON, its cost, whether it is possible."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from b2bcourse.facts import benefits
from b2bcourse.simulation.scenario import FEARS, ROLES, TESTS
from b2bcourse.simulation.state import Account, State

MOST_MOVES: Final = 8
"""So many moves that cost time fit into a turn."""
MOST_FREE: Final = 40
"""So many moves of all kinds are looked at in a turn."""
MESSAGES: Final = 3
"""An offer carries up to three messages; more is a heap of them."""
SPEC_DUMP: Final = 6
TRY_OUT: Final = 3
MOST_CUT: Final = 20
MOST_VISITS: Final = 6

_Id = Annotated[str, Meta(max_length=40)]
_Number = Annotated[int, Meta(ge=-1000, le=1000)]


class Message(Struct, frozen=True):
    """A benefit told to a person."""

    person: _Id
    benefit: _Id


class Move(Struct, frozen=True):
    """One thing to do; which fields count depends on ``do``."""

    do: _Id
    account: _Id
    person: _Id = ""
    what: _Id = ""
    how: _Id = ""
    which: _Id = ""
    fear: _Id = ""
    cut: _Number = -1
    visits: _Number = -1
    opening: _Number = -1
    reserve: _Number = -1
    order: _Number = 0
    messages: Annotated[tuple[Message, ...], Meta(max_length=SPEC_DUMP)] = ()
    persons: Annotated[tuple[_Id, ...], Meta(max_length=SPEC_DUMP)] = ()
    roles: Annotated[tuple[_Id, ...], Meta(max_length=6)] = ()
    interests: Annotated[tuple[_Id, ...], Meta(max_length=10)] = ()


class Cost(Struct, frozen=True):
    """What a move takes: days, colleagues, million won, units of capacity."""

    time: int = 0
    people: int = 0
    money: int = 0
    capacity: int = 0

    def within(self, state: State) -> bool:
        """Whether there is enough of everything."""
        return (
            self.time <= state.time
            and self.people <= state.people
            and self.money <= state.money
            and self.capacity <= state.capacity
        )


FREE: Final = frozenset({"note", "accept", "decline", "give_up"})
VARIANT: Final = {"test": "which", "fix": "how", "partner": "how"}
COSTS: Final = {
    "search": Cost(1),
    "credit": Cost(1, 0, 1),
    "map": Cost(1),
    "partner agent": Cost(1, 0, 3),
    "partner consortium": Cost(2, 1, 2),
    "give_up": Cost(),
    "probe": Cost(1),
    "relay": Cost(1, 1, 2),
    "offer": Cost(2),
    "demo": Cost(2, 1, 1),
    "reference": Cost(1, 0, 1),
    "reassure": Cost(1),
    "answer": Cost(1),
    "negotiate": Cost(2),
    "test pilot1": Cost(1, 1, 1, 1),
    "test pilot2": Cost(1, 1, 1, 2),
    "test pilot3": Cost(2, 1, 2, 2),
    "test mass": Cost(2, 2, 2, 3),
    "test audit": Cost(1, 1, 1),
    "contract": Cost(1),
    "accept": Cost(),
    "decline": Cost(),
    "care": Cost(1),
    "watch": Cost(1),
    "fix joint": Cost(2, 1, 1),
    "fix alone": Cost(1, 1),
    "expand": Cost(2, 1, 1),
    "note": Cost(),
}
STEPS: Final = {
    "search": 1,
    "credit": 1,
    "map": 2,
    "partner": 2,
    "give_up": 2,
    "note": 2,
    "probe": 3,
    "relay": 4,
    "offer": 5,
    "demo": 5,
    "reference": 5,
    "reassure": 5,
    "answer": 6,
    "negotiate": 7,
    "test": 8,
    "contract": 9,
    "accept": 9,
    "decline": 9,
    "care": 10,
    "watch": 10,
    "fix": 10,
    "expand": 10,
}
"""The step of the ten to which a move belongs."""
PROBES: Final = ("price", "service", "performance")


def moves_of(turn: Any) -> list[Any] | None:
    """The moves of a turn as it stands in a journal, still unread; `None` if it is no turn."""
    found = turn.get("decisions") if isinstance(turn, dict) else turn
    return list(found) if isinstance(found, list | tuple) else None


def read_move(raw: Any) -> Move | None:
    """A move from any JSON; `None` if it is none."""
    if isinstance(raw, Move):
        return raw
    try:
        move = msgspec.convert(raw, Move, strict=True)
    except (msgspec.ValidationError, TypeError, ValueError, OverflowError, RecursionError):
        return None
    return move if cost_name(move) in COSTS else None


def cost_name(move: Move) -> str:
    """The name under which a move's cost stands."""
    variant = VARIANT.get(move.do)
    return f"{move.do} {getattr(move, variant)}" if variant else move.do


def cost(move: Move) -> Cost:
    """What a move takes."""
    return COSTS.get(move.do) or COSTS[cost_name(move)]


def problem(state: State, move: Move, planned: Sequence[Move] = ()) -> str:
    """Why a move cannot be made; empty if it can.

    Args:
        state: the game as it stands.
        move: what is to be done.
        planned: moves before it in the same turn, which count as having succeeded.

    Returns:
        The name of a sentence in ``words.yaml``, without its ``problem_``.
    """
    account = state.accounts.get(move.account)
    if state.over or account is None:
        return "over" if state.over else "no_account"
    if not cost(move).within(state):
        return "unaffordable"
    return _account_problem(account, move) or _RULES[move.do](
        state, account, move, [each for each in planned if each.account == move.account]
    )


def _account_problem(account: Account, move: Move) -> str:
    """What the customer's state or the people named rule out, whatever the move's own rule."""
    if move.do == "search":
        return "" if account.status == "closed" else "searched"
    if account.status == "closed":
        return "" if move.do == "credit" else "not_searched"
    if not account.alive and move.do != "note":
        return "left"
    named = {move.person, *move.persons, *(each.person for each in move.messages)} - {""}
    return "no_person" if named - set(account.people) else ""


def _none(_state: State, _account: Account, _move: Move, _here: Sequence[Move]) -> str:
    return ""


def _credit(_state: State, account: Account, _move: Move, _here: Sequence[Move]) -> str:
    return "done_already" if account.credit else ""


def _map(_state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    if not move.person:
        return "no_person"
    met = account.people[move.person].met + sum(
        each.do == "map" and each.person == move.person for each in here
    )
    return "nothing_more" if met > 1 else ""


def _partner(_state: State, account: Account, _move: Move, here: Sequence[Move]) -> str:
    taken = account.partner or any(each.do == "partner" for each in here)
    return "done_already" if taken else ""


def _probe(_state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    if move.what not in PROBES:
        return "unclear"
    known = move.what in account.probed or any(each.what == move.what for each in here)
    return "done_already" if known else ""


def _relay(_state: State, account: Account, _move: Move, here: Sequence[Move]) -> str:
    known = "performance" in account.probed or any(each.what == "performance" for each in here)
    return "" if known else "need_unknown"


def _offer(_state: State, account: Account, move: Move, _here: Sequence[Move]) -> str:
    if not (0 <= move.cut <= MOST_CUT and 0 <= move.visits <= MOST_VISITS):
        return "out_of_range"
    known = {benefit.id for benefit in benefits().benefits}
    if not all(each.person and each.benefit in known for each in move.messages):
        return "unclear"
    return "agreed_already" if account.agreed >= 0 and move.cut != account.agreed else ""


def _demo(_state: State, _account: Account, move: Move, _here: Sequence[Move]) -> str:
    return "" if 1 <= len(set(move.persons) - {""}) <= TRY_OUT else "unclear"


def _person(_state: State, _account: Account, move: Move, _here: Sequence[Move]) -> str:
    return "" if move.person else "no_person"


def _reassure(_state: State, account: Account, move: Move, _here: Sequence[Move]) -> str:
    if not move.person:
        return "no_person"
    if move.fear not in FEARS:
        return "unclear"
    return "" if account.people[move.person].met else "not_met"


def _answer(_state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    if move.how not in {"honest", "promise"}:
        return "unclear"
    if not account.question or any(each.do == "answer" for each in here):
        return "no_question"
    return ""


def _negotiate(_state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    if not 0 <= move.opening <= move.reserve <= MOST_CUT:
        return "out_of_range"
    if account.agreed >= 0 or any(each.do == "negotiate" for each in here):
        return "agreed_already"
    offered = next((each.cut for each in reversed(here) if each.do == "offer"), account.cut)
    if offered < 0:
        return "no_offer"
    if move.opening < offered:
        return "below_offer"
    if account.question and not any(each.do == "answer" for each in here):
        return "question_open"
    return ""


def _test(state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    asked = state.about(move.account).tests
    if move.which not in asked:
        return "unclear" if move.which not in TESTS else "not_asked"
    if account.agreed < 0 and not any(each.do == "negotiate" for each in here):
        return "no_agreement"
    done = {*account.passed, *(each.which for each in here if each.do == "test")}
    if move.which in done:
        return "done_already"
    at = asked.index(move.which)
    if any(asked.index(each) > at for each in done):
        return "test_order"
    pilots = [test for test in asked if test.startswith("pilot")]
    needed = {"mass": pilots[:1], "audit": [test for test in asked if test == "mass"]}
    return "test_order" if set(needed.get(move.which, ())) - done else ""


def _contract(state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    if account.status == "signed" or any(each.do == "contract" for each in here):
        return "done_already"
    if account.agreed < 0 and not any(each.do == "negotiate" for each in here):
        return "no_agreement"
    done = {*account.passed, *(each.which for each in here if each.do == "test")}
    last = state.about(move.account).tests[-1:]
    return "test_order" if set(last) - done else ""


def _order(_state: State, account: Account, move: Move, here: Sequence[Move]) -> str:
    answered = {each.order for each in here if each.do in {"accept", "decline"}}
    open_ = {order.id for order in account.orders} - answered
    return "" if move.order in open_ else "no_order"


def _signed(_state: State, account: Account, _move: Move, _here: Sequence[Move]) -> str:
    return "" if account.status == "signed" else "not_signed"


def _fix(_state: State, account: Account, _move: Move, here: Sequence[Move]) -> str:
    return "" if account.defect and not any(each.do == "fix" for each in here) else "no_defect"


def _expand(_state: State, account: Account, _move: Move, here: Sequence[Move]) -> str:
    if account.status != "signed":
        return "not_signed"
    if account.expanded or any(each.do == "expand" for each in here):
        return "done_already"
    return "" if account.delivered else "not_delivered"


@cache
def _benefit_ids() -> frozenset[str]:
    return frozenset(benefit.id for benefit in benefits().benefits)


def _note(_state: State, _account: Account, move: Move, _here: Sequence[Move]) -> str:
    if not move.person:
        return "no_person"
    wrong = set(move.roles) - set(ROLES) or set(move.interests) - _benefit_ids()
    return "unclear" if wrong or move.fear not in {"", *FEARS} else ""


_RULES: Final = {
    "search": _none,
    "credit": _credit,
    "map": _map,
    "partner": _partner,
    "give_up": _none,
    "probe": _probe,
    "relay": _relay,
    "offer": _offer,
    "demo": _demo,
    "reference": _person,
    "reassure": _reassure,
    "answer": _answer,
    "negotiate": _negotiate,
    "test": _test,
    "contract": _contract,
    "accept": _order,
    "decline": _order,
    "care": _signed,
    "watch": _none,
    "fix": _fix,
    "expand": _expand,
    "note": _note,
}
