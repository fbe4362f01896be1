"""A scenario as its author writes it: vendor, territory, people, and what may be drawn."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from b2bcourse.facts import DataError, Text, benefits
from b2bcourse.facts.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLES: Final = ("initiator", "user", "buyer", "influencer", "decider", "gatekeeper")
FEARS: Final = ("job", "blame", "night", "target", "papers", "change")
TESTS: Final = ("pilot1", "pilot2", "pilot3", "mass", "audit")
SHORTFALLS: Final = ("", "agent", "consortium")

Range = tuple[int, int]


class PersonData(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody at a customer.

    Attributes:
        counts_as: the members of the benefit matrix whose work this person does.
        roles: the sets of roles that may be drawn.
        fears: the fears that may be drawn; an empty text is no fear.
        ear: ids of those to whom this person listens.
        support: from -20 (against us) to 20, drawn.
        tells: what shows this person's roles, where that is not left to the common stock.
    """

    id: str
    name: Text
    title: Text
    counts_as: tuple[str, ...] = ()
    roles: tuple[tuple[str, ...], ...]
    fears: tuple[str, ...] = ("",)
    ear: tuple[str, ...] = ()
    support: Range = (-2, 2)
    tells: Text | None = None


class AccountData(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A customer. What has two numbers is drawn between them, both included.

    Attributes:
        suppliers: who sells there now and where they are weak.
        conditions: conditions of the benefit matrix that hold here.
        price: the price cut, in per cent, that the customer's purchasing has to reach.
        service: the visits a month that are wanted.
        gap: by how much our product falls short of the customer's threshold.
        room: by how much both sides may open away from where they would settle.
        hazard: chances in a thousand, each turn, that the customer goes bankrupt.
        order: units of an order.
        unit_price, unit_cost, signing: million won; ``signing`` is paid with the contract.
        short: what our own conditions may lack here.
        rival: strength of the competitor, 1 to 3.
        fame: what this customer is worth as a reference once it has been served.
        tests: the tests it asks for, in their order.
        asks: whether it comes back with a question after an offer.
        known: whether it has been searched before the game begins.
    """

    id: str
    name: Text
    about: Text
    suppliers: Text
    size: Literal["small", "mid", "large"]
    conditions: tuple[str, ...] = ()
    price: Range
    service: Range
    gap: Range
    room: Range = (2, 4)
    hazard: Range = (0, 4)
    order: Range
    unit_price: int
    unit_cost: int
    signing: int
    short: tuple[str, ...] = ("",)
    rival: Range = (1, 3)
    fame: int = 0
    trust: Range = (20, 40)
    tests: tuple[str, ...] = TESTS
    asks: bool = True
    known: bool = False
    people: tuple[PersonData, ...]


class VendorData(Struct, frozen=True, forbid_unknown_fields=True):
    """Who sells, and the benefits it can truly give."""

    name: Text
    strengths: tuple[str, ...]


class ResourceData(Struct, frozen=True, forbid_unknown_fields=True):
    """Days of one's own and colleagues a turn, million won for the game, units a turn."""

    time: int
    people: int
    money: int
    capacity: int


class Scenario(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A territory to sell in."""

    schema: Literal[1]
    id: str
    title: Text
    intro: tuple[Text, ...]
    turns: int
    unit: Text
    vendor: VendorData
    resources: ResourceData
    accounts: tuple[AccountData, ...]

    def account(self, name: str) -> AccountData:
        """The customer of that id."""
        return next(account for account in self.accounts if account.id == name)

    def person(self, account: str, name: str) -> PersonData:
        """The person of that id at a customer."""
        return next(person for person in self.account(account).people if person.id == name)


def scenarios() -> tuple[str, ...]:
    """The scenarios there are, the tutorial first."""
    return ("tutorial", "software", "parts", "kitchens", "boilers")


@lru_cache(maxsize=8)
def scenario(name: str) -> Scenario:
    """The scenario of that name, read once.

    Raises:
        DataError: there is none, or its file is unsound; the message names file and field.
    """
    if name not in scenarios():
        raise DataError(f"no scenario {name!r}; there are: {', '.join(scenarios())}")
    path = Path(str(resources.files("b2bcourse.simulation"))) / "scenarios" / f"{name}.yaml"
    found = read_yaml(path, Scenario)
    for trouble in problems(found):
        raise DataError(f"{path}: {trouble}")
    return found


def problems(found: Scenario) -> Iterator[str]:
    """What is wrong with a scenario, in words."""
    ids = [account.id for account in found.accounts]
    if len(ids) != len(set(ids)):
        yield "accounts: an id stands twice"
    for benefit in found.vendor.strengths:
        benefits().benefit(benefit)
    for account in found.accounts:
        for trouble in _account_problems(account):
            yield f"account {account.id!r}: {trouble}"


def _account_problems(account: AccountData) -> Iterator[str]:
    ids = [person.id for person in account.people]
    if len(ids) != len(set(ids)):
        yield "people: an id stands twice"
    if list(account.tests) != [test for test in TESTS if test in account.tests]:
        yield f"tests: name some of {', '.join(TESTS)}, in this order"
    if set(account.short) - set(SHORTFALLS):
        yield f"short: {account.short}; use '', agent or consortium"
    for role in ("buyer", "decider"):
        if not any(all(role in roles for roles in person.roles) for person in account.people):
            yield f"people: nobody is sure to be the {role}"
    for person in account.people:
        for trouble in _person_problems(person, ids):
            yield f"person {person.id!r}: {trouble}"


def _person_problems(person: PersonData, ids: list[str]) -> Iterator[str]:
    for member in person.counts_as:
        benefits().member(member)
    for roles in person.roles:
        if not roles or set(roles) - set(ROLES):
            yield f"roles: {roles}; use {', '.join(ROLES)}"
    if set(person.fears) - {"", *FEARS}:
        yield f"fears: {person.fears}; use {', '.join(FEARS)} or ''"
    if set(person.ear) - set(ids):
        yield f"ear: {person.ear}; not all of them are people of this customer"
