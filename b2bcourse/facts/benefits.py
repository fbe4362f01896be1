"""The ten benefits, the people who decide, and who cares about what."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct

from b2bcourse.facts.reading import DataError, read_yaml
from b2bcourse.facts.text import Text

T = TypeVar("T")
Strength = Literal["primary", "secondary", "conditional"]


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of people that stand side by side in the matrix."""

    id: str
    name: Text


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold at a customer before a conditional interest counts."""

    id: str
    text: Text


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """A person or department at the customer who decides or has a say.

    ``name`` heads a column, ``full`` stands in sentences; ``looks_for`` says what this person
    watches. Members of one ``family`` are forms of name for nearly the same person.
    ``text_only`` members are answers that can be typed but head no column.
    """

    id: str
    name: Text
    full: Text
    looks_for: Text
    group: str = ""
    text_only: bool = False
    family: str = ""
    aliases: tuple[str, ...] = ()


class Interest(Struct, frozen=True, forbid_unknown_fields=True):
    """That one member cares about one benefit, how much, and why."""

    member: str
    strength: Strength
    reason: Text
    condition: str = ""


class Benefit(Struct, frozen=True, forbid_unknown_fields=True):
    """What a vendor offers, and who at the customer cares."""

    id: str
    fact: str
    name: Text
    source: str
    section: str
    card: Text
    point: Text
    members: tuple[Interest, ...]
    aliases: tuple[str, ...] = ()


class BenefitFacts(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Everything the course says about benefits and the people who care about them."""

    schema: Literal[1]
    groups: tuple[Group, ...]
    conditions: tuple[Condition, ...]
    members: tuple[Member, ...]
    benefits: tuple[Benefit, ...]

    @cached_property
    def _members(self) -> dict[str, Member]:
        return {member.id: member for member in self.members}

    @cached_property
    def _benefits(self) -> dict[str, Benefit]:
        return {benefit.id: benefit for benefit in self.benefits}

    @cached_property
    def columns(self) -> tuple[Member, ...]:
        """The members that head a column, in the order of their groups."""
        return tuple(member for member in self.members if not member.text_only)

    def member(self, name: str) -> Member:
        """The member of that id; `DataError` if there is none."""
        return _find(self._members, name, "member")

    def benefit(self, name: str) -> Benefit:
        """The benefit of that id; `DataError` if there is none."""
        return _find(self._benefits, name, "benefit")

    def family(self, name: str) -> tuple[str, ...]:
        """Ids of the members of one family of names; empty for no family."""
        return tuple(m.id for m in self.members if name and m.family == name)


def _find(table: dict[str, T], name: str, what: str) -> T:
    try:
        return table[name]
    except KeyError:
        known = ", ".join(table)
        raise DataError(f"benefits.yaml: no {what} {name!r}; there are: {known}") from None


@lru_cache(maxsize=1)
def benefits() -> BenefitFacts:
    """The facts of the benefit matrix, read once.

    Source: «가장 적합한 가치제안 방법 찾기», «② Benefit을 DMU에 따라 분류, 연결».
    """
    path = Path(str(resources.files("b2bcourse.facts"))) / "benefits.yaml"
    facts = read_yaml(path, BenefitFacts)
    _check_references(facts)
    return facts


def _check_references(facts: BenefitFacts) -> None:
    groups = {group.id for group in facts.groups}
    conditions = {condition.id for condition in facts.conditions}
    for member in facts.columns:
        if member.group not in groups:
            raise DataError(f"benefits.yaml: member {member.id!r}: no group {member.group!r}")
    for benefit in facts.benefits:
        for interest in benefit.members:
            facts.member(interest.member)
            if interest.strength == "conditional" and interest.condition not in conditions:
                raise DataError(
                    f"benefits.yaml: {benefit.id}, {interest.member}: "
                    f"no condition {interest.condition!r}"
                )
