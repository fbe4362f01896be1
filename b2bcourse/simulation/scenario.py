"""A scenario as its author writes it: vendor, territory, people, and what may be drawn."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from b2bcourse.facts import LANGS, DataError, Text, benefits
from b2bcourse.facts.reading import convert, read_raw

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


SHIPPED: Final = ("tutorial", "software", "parts", "kitchens", "boilers")
"""The course's own scenarios, the tutorial first."""

FOLDER: Final = "scenarios"
"""Beside items: where an author's own scenarios lie."""

_OWN: Final[dict[str, Path]] = {}
_PIN: Final = "@"


def scenarios() -> tuple[str, ...]:
    """The scenarios there are: the course's, then an author's own that have been looked up."""
    return (*SHIPPED, *_OWN)


def look_beside(items: Path) -> None:
    """Let the scenarios beside a folder of items be played; none takes the name of a shipped one.

    Args:
        items: a folder of items, whether authored or released.
    """
    for path in sorted((items / FOLDER).glob("*.yaml")):
        if path.stem not in SHIPPED:
            _OWN[path.stem] = path


def file_of(name: str) -> Path:
    """Where a scenario lies.

    Raises:
        DataError: there is none of that name.
    """
    if name in SHIPPED:
        return _shipped(name)
    own, _, digest = name.rpartition(_PIN)
    path = _OWN.get(own or name)
    if path is None:
        raise DataError(f"no scenario {name!r}; there are: {', '.join(scenarios())}")
    if own and digest_of(path) != digest:
        raise DataError(f"{path}: is no longer the scenario {name!r}, which games were played on")
    return path


def pinned(name: str) -> str:
    """What faces and journals call a scenario: an author's own by its content as well.

    What was played on a scenario that has been changed since is an answer to something else.

    Raises:
        DataError: there is none of that name.
    """
    return name if name in SHIPPED else f"{name}{_PIN}{digest_of(file_of(name))}"


def digest_of(path: Path) -> str:
    """A short digest of a scenario's file.

    Raises:
        DataError: it cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error


def is_known(name: str) -> bool:
    """Whether there is a scenario of that name, and with that content where it names one."""
    try:
        file_of(name)
    except DataError:
        return False
    return True


@lru_cache(maxsize=16)
def _shipped(name: str) -> Path:
    return Path(str(resources.files("b2bcourse.simulation"))) / FOLDER / f"{name}.yaml"


def scenario(name: str) -> Scenario:
    """The scenario of that name, read once and again when its file has changed.

    Raises:
        DataError: there is none, or its file is unsound; the message names file and field.
    """
    path = file_of(name)
    try:
        found = _read(path, 0 if name in SHIPPED else path.stat().st_mtime_ns)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    if name not in _KNOWN or _KNOWN[name][0] is not found:
        _KNOWN[name] = found, {account.id: account for account in found.accounts}
    return found


_KNOWN: Final[dict[str, tuple[Scenario, dict[str, AccountData]]]] = {}
"""Every scenario as it was last read, with its customers by id."""


def known(name: str) -> tuple[Scenario, dict[str, AccountData]]:
    """A scenario as it was last read, and its customers by id: no file is looked at.

    A game asks for it at every move, and each game begins by `scenario`.
    """
    if name not in _KNOWN:
        scenario(name)
    return _KNOWN[name]


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Scenario:
    found = read_scenario(path)
    for trouble in problems(found):
        raise DataError(f"{path}: {trouble}")
    return found


def read_scenario(path: Path) -> Scenario:
    """A scenario's file as it is written, in both languages or in one; not yet held to be sound.

    Raises:
        DataError: a field is missing, unknown or of another type.
    """
    raw = read_raw(path)
    if isinstance(raw, dict) and raw.get("lang") in LANGS:
        raw = _twice({name: value for name, value in raw.items() if name != "lang"})
    return convert(raw, Scenario, path)


_TEXTS: Final = {"title", "intro", "unit", "name", "about", "suppliers", "tells"}


def _twice(raw: Any, field: str = "") -> Any:
    """The plain texts of a scenario in one language, put where both are read.

    A person's title is one; ``title`` is what an office is called as well.
    """
    if isinstance(raw, str):
        return dict.fromkeys(LANGS, raw) if field in _TEXTS else raw
    if isinstance(raw, list):
        return [_twice(each, field) for each in raw]
    return {n: _twice(v, n) for n, v in raw.items()} if isinstance(raw, dict) else raw


def problems(found: Scenario) -> Iterator[str]:
    """What is wrong with a scenario, in words."""
    ids = [account.id for account in found.accounts]
    if len(ids) != len(set(ids)):
        yield "accounts: an id stands twice"
    known = {benefit.id for benefit in benefits().benefits}
    for benefit in found.vendor.strengths:
        if benefit not in known:
            yield f"vendor.strengths: no benefit {benefit!r}; there are: {', '.join(sorted(known))}"
    if not found.accounts:
        yield "accounts: at least one customer is needed"
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
    known = {member.id for member in benefits().members}
    for member in person.counts_as:
        if member not in known:
            yield f"counts_as: nobody is called {member!r}; there are: {', '.join(sorted(known))}"
    for roles in person.roles:
        if not roles or set(roles) - set(ROLES):
            yield f"roles: {roles}; use {', '.join(ROLES)}"
    if set(person.fears) - {"", *FEARS}:
        yield f"fears: {person.fears}; use {', '.join(FEARS)} or ''"
    if set(person.ear) - set(ids):
        yield f"ear: {person.ear}; not all of them are people of this customer"
