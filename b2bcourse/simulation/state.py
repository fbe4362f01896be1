"""The state of a game: whole numbers, names and tuples, so that it is the same everywhere.

A state is never changed once it has been handed out: `State.copied` is what the rules work on.
"""

from __future__ import annotations

import copy
from typing import Final

import msgspec
from msgspec import Struct, structs

from b2bcourse.simulation.numbers import NUMBERS, Numbers
from b2bcourse.simulation.scenario import AccountData, Scenario, known

MOST: Final = 20
"""Support runs from -20 (against us) to 20; a decider agrees from 10."""


class Event(Struct, frozen=True):
    """Something that happened, told by `words`; ``values`` fill the places of its sentence."""

    name: str
    account: str = ""
    person: str = ""
    values: tuple[tuple[str, int | str], ...] = ()


class Note(Struct, frozen=True):
    """What the player believes about a person."""

    roles: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    fear: str = ""

    def __bool__(self) -> bool:
        return bool(self.roles or self.interests or self.fear)


class Person(Struct):
    """Somebody at a customer: what is drawn and hidden, and how it stands between us.

    Attributes:
        roles, wishes, fear: hidden until they show.
        interests: benefits this person cares about beyond the wishes, with 4 or 2 points of warmth.
        met: how often met, up to 2.
        told: benefits this person has been told about.
        gains: whether this person sees what there is to gain.
    """

    roles: tuple[str, ...]
    wishes: tuple[str, ...]
    interests: tuple[tuple[str, int], ...]
    fear: str
    support: int
    met: int = 0
    told: tuple[str, ...] = ()
    reassured: bool = False
    gains: bool = False
    tried: bool = False
    referred: bool = False
    stopped_us: bool = False
    note: Note = Note()

    def warm(self, by: int) -> None:
        """Move this person's support, within its bounds."""
        self.support = max(-MOST, min(MOST, self.support + by))


class Order(Struct, frozen=True):
    """An order: when it must be delivered at the latest, and how many units are still to make."""

    id: int
    units: int
    due: int
    left: int


class Account(Struct):
    """A customer in the game. The first fields are drawn and hidden."""

    price: int
    service: int
    target: int
    room: int
    hazard: int
    short: str
    rival: int
    trust: int
    people: dict[str, Person]
    status: str = "closed"
    performance: int = 100
    credit: bool = False
    probed: tuple[str, ...] = ()
    partner: str = ""
    relays: tuple[int, ...] = ()
    cut: int = -1
    visits: int = -1
    offers: int = 0
    false_claims: tuple[tuple[str, str], ...] = ()
    question: str = ""
    asked: bool = False
    promises: int = 0
    agreed: int = -1
    sour: bool = False
    passed: tuple[str, ...] = ()
    failed: str = ""
    skipped: int = 0
    signed: int = 0
    orders: tuple[Order, ...] = ()
    making: tuple[Order, ...] = ()
    ordered: int = 0
    delivered: int = 0
    on_time: int = 0
    defect: int = 0
    expanded: bool = False
    watched: int = 0
    quiet: int = 0
    step: int = 0
    steps_right: tuple[str, ...] = ()
    steps_wrong: tuple[str, ...] = ()
    time: int = 0
    profit: int = 0
    unpaid: tuple[tuple[int, int], ...] = ()
    bought: bool = False

    @property
    def alive(self) -> bool:
        """Whether anything can still be done here."""
        return self.status in {"open", "signed"}

    @property
    def trust_of_5(self) -> int:
        """Trust as a player sees it, from 0 to 5."""
        return (self.trust + 10) // 20

    def trusts(self, by: int) -> None:
        """Move this customer's trust, from 0 to 100."""
        self.trust = max(0, min(100, self.trust + by))

    def having(self, role: str) -> list[str]:
        """Ids of the people with a role."""
        return [name for name, person in self.people.items() if role in person.roles]

    def gate(self) -> str:
        """Who keeps us from the deciders; empty where the way is free."""
        shut = (name for name in self.having("gatekeeper") if self.people[name].support < 0)
        return next(shut, "")


class State(Struct):
    """A game between two turns. ``turn`` is the one to be played, from 1."""

    scenario: str
    seed: int
    engine: int
    turn: int
    time: int
    people: int
    money: int
    capacity: int
    accounts: dict[str, Account]
    profit: int = 0
    happened: tuple[Event, ...] = ()

    @property
    def data(self) -> Scenario:
        """The scenario that is played."""
        return known(self.scenario)[0]

    @property
    def numbers(self) -> Numbers:
        """What this game's version of the rules says where versions differ."""
        return NUMBERS[self.engine]

    def about(self, account: str) -> AccountData:
        """What the scenario says of a customer."""
        return known(self.scenario)[1][account]

    @property
    def over(self) -> bool:
        """Whether all turns have been played."""
        return self.turn > self.data.turns

    def copied(self) -> State:
        """A state of its own, down to every person."""
        fresh = copy.copy(self)
        fresh.accounts = {name: _copied(account) for name, account in self.accounts.items()}
        return fresh


def _copied(account: Account) -> Account:
    # By msgspec itself: copy.copy takes twice as long, and a debrief plays fifty games.
    people = {name: structs.replace(person) for name, person in account.people.items()}
    return structs.replace(account, people=people)


def fingerprint(state: State) -> bytes:
    """A state as bytes, the same for the same state on every machine and under every version."""
    if state.engine > 1:
        return msgspec.json.encode(state, order="deterministic")
    plain = msgspec.to_builtins(state, order="deterministic")
    for account in plain["accounts"].values():
        for field in _SINCE_2:  # what the first version did not know of is no part of its marks
            del account[field]
    return msgspec.json.encode(plain)


_SINCE_2: Final = ("unpaid", "bought")
