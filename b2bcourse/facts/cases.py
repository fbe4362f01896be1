"""Customers' stories: two firms, their people, and who listens to whom."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal

from msgspec import Struct

from b2bcourse.facts.reading import DataError, read_yaml
from b2bcourse.facts.statements import group
from b2bcourse.facts.text import Text


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """Someone in a case: what this person does, hopes and fears.

    ``roles`` are ids of the facts that describe them, such as ``role.user``; ``listens_to`` are
    ids of people at the same firm.
    """

    id: str
    name: Text
    title: Text
    does: Text
    wish: Text
    fear: Text
    roles: tuple[str, ...] = ()
    listens_to: tuple[str, ...] = ()


class Firm(Struct, frozen=True, forbid_unknown_fields=True):
    """A company in a case: what it makes, how many work there, and those one meets."""

    name: Text
    makes: Text
    staff: int
    people: tuple[Person, ...]


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A vendor, a customer and their people."""

    schema: Literal[1]
    id: str
    source: str
    vendor: Firm
    customer: Firm

    @property
    def influences(self) -> tuple[tuple[str, str], ...]:
        """Who is heard by whom at the customer: pairs of ids, the one who is heard first."""
        return tuple(
            (heard, person.id) for person in self.customer.people for heard in person.listens_to
        )

    def person(self, name: str) -> Person:
        """The person of that id, at either firm.

        Raises:
            DataError: there is none; the message names those there are.
        """
        people = {one.id: one for firm in (self.vendor, self.customer) for one in firm.people}
        if name not in people:
            raise DataError(f"case {self.id}: no person {name!r}; there are: {', '.join(people)}")
        return people[name]

    def playing(self, role: str) -> tuple[Person, ...]:
        """The customer's people in a role, such as ``role.user``."""
        return tuple(person for person in self.customer.people if role in person.roles)


@lru_cache
def case(name: str) -> Case:
    """A case by its id, read once.

    Raises:
        DataError: the file is missing, or it names a role or a person that there is not.
    """
    path = Path(str(resources.files("b2bcourse.facts"))) / "cases" / f"{name}.yaml"
    found = read_yaml(path, Case)
    for problem in problems(found):
        raise DataError(f"{path}: {problem}")
    return found


def problems(story: Case) -> list[str]:
    """What a case says that cannot be."""
    known_roles = {role.id for role in group("roles")}
    told: list[str] = []
    for firm in (story.vendor, story.customer):
        ids = [person.id for person in firm.people]
        told += [
            f"two people have the id {one!r}" for one in sorted(set(ids)) if ids.count(one) > 1
        ]
        for person in firm.people:
            told += [f"{person.id}: no role {r!r}" for r in person.roles if r not in known_roles]
            told += [
                f"{person.id} listens to {other!r}, who is not there"
                for other in person.listens_to
                if other not in ids or other == person.id
            ]
    return told
