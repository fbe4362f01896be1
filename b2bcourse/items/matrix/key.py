"""The key of a matrix: who counts for each row and why, from the facts and the item's case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from b2bcourse.facts import Text, benefits
from b2bcourse.items.matrix.words import WORDS
from b2bcourse.items.mixing import mixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts.benefits import Interest, Member
    from b2bcourse.items.matrix.authored import Column, Form, MatrixItem, Row

MAIN: Final = 1
ALSO: Final = 2

# How strongly a person is claimed for a row, weakest first: the strongest claim wins.
_CONDITIONAL: Final = 0
_ACCEPTED: Final = 1
_ALSO: Final = 2
_FAMILY: Final = 3
_REQUIRED: Final = 4


class AnyOf(Struct, frozen=True):
    """``n`` of these people are needed; which of them does not matter."""

    n: int
    people: tuple[str, ...]


class Line(Struct, frozen=True):
    """Who counts for one row. Whoever stands nowhere here is wrong."""

    id: str
    name: Text
    point: Text | None
    required: dict[str, int]
    any_of: tuple[AnyOf, ...]
    accepted: frozenset[str]
    reasons: dict[str, Text]
    misconceptions: dict[str, Text] = field(default_factory=dict)

    @property
    def needed(self) -> int:
        """How many marks the row asks for."""
        return len(self.required) + sum(group.n for group in self.any_of)

    def fewest(self) -> dict[str, int]:
        """The fewest marks that fill the row: of a group only as many as are needed."""
        chosen = {p: MAIN for group in self.any_of for p in group.people[: group.n]}
        return {**self.required, **chosen}

    def pattern(self) -> dict[str, int]:
        """The marks that a perfect answer may show: person to mark."""
        members = {person: MAIN for group in self.any_of for person in group.people}
        return {**self.required, **members}


class Person(Struct, frozen=True):
    """A person (or department) as feedback names it."""

    id: str
    name: Text
    looks_for: Text | None = None


class MatrixKey(Struct, frozen=True):
    """What is right in a matrix, and why.

    ``lines`` are by row id, or by the id of the name that heads a row where that is asked;
    ``row_heads`` and ``column_heads`` say which names are right in each slot.
    """

    item: str
    form: Form
    marks: int
    lines: dict[str, Line]
    people: dict[str, Person]
    row_names: dict[str, Text]
    row_heads: dict[str, frozenset[str]]
    column_heads: dict[str, frozenset[str]]


def key(item: MatrixItem) -> MatrixKey:
    """The key of an item, in both languages; docs/grading.md has the rules."""
    lines = {row.key_id: _line(item, row) for row in item.rows}
    lines |= {
        decoy.key_id: _decoy_line(item, decoy.benefit) for decoy in item.row_decoys if decoy.benefit
    }
    return MatrixKey(
        item=item.id,
        form=item.form,
        marks=item.marks,
        lines=lines,
        people=_people(item),
        row_names={name: line.name for name, line in lines.items()}
        | {decoy.key_id: decoy.name for decoy in item.row_decoys if decoy.name},
        row_heads=_row_heads(item, lines) if item.form in {"left", "both"} else {},
        column_heads=_column_heads(item, lines) if item.form == "right" else {},
    )


def row_slots(item: MatrixItem) -> dict[str, str]:
    """Slot id to row id; where row heads are asked the slots are r1, r2, ..."""
    rows = [row.key_id for row in item.rows]
    if item.form == "left":
        rows = mixed(item.id, rows, str)
    if item.form in {"left", "both"}:
        return {f"r{number}": row for number, row in enumerate(rows, start=1)}
    return {row: row for row in rows}


def column_slots(item: MatrixItem) -> dict[str, str]:
    """Slot id to column id; in the form 'right' the slots are c1, c2, ... in no telling order."""
    columns = [column.key_id for column in item.columns]
    if item.form == "right":
        shuffled = mixed(item.id, columns, str)
        return {f"c{number}": column for number, column in enumerate(shuffled, start=1)}
    return {column: column for column in columns}


def shown_pattern(line: Line, marks: int) -> dict[str, int]:
    """The marks of a row as the forms 'left' and 'right' show them."""
    return {p: mark for p, mark in line.pattern().items() if marks == ALSO or mark == MAIN}


def _line(item: MatrixItem, row: Row) -> Line:
    claims: dict[str, int] = {}
    reasons: dict[str, Text] = {}
    if row.benefit:
        _claim_from_facts(item, row.benefit, claims, reasons)
    _claim_from_author(item, row, claims, reasons)
    facts_row = benefits().benefit(row.benefit) if row.benefit else None
    name = row.name or (facts_row.name if facts_row else Text("", ""))
    point = row.point or (facts_row.point if facts_row else None)
    told = {each.column: each.text for each in row.misconceptions}
    return replace(_compiled(row.key_id, name, point, claims, reasons), misconceptions=told)


def _decoy_line(item: MatrixItem, benefit: str) -> Line:
    claims: dict[str, int] = {}
    reasons: dict[str, Text] = {}
    _claim_from_facts(item, benefit, claims, reasons)
    fact = benefits().benefit(benefit)
    return _compiled(benefit, fact.name, fact.point, claims, reasons)


def _compiled(
    line_id: str,
    name: Text,
    point: Text | None,
    claims: Mapping[str, int],
    reasons: dict[str, Text],
) -> Line:
    family = tuple(person for person, claim in claims.items() if claim == _FAMILY)
    return Line(
        id=line_id,
        name=name,
        point=point,
        required={
            p: MAIN if claim == _REQUIRED else ALSO
            for p, claim in claims.items()
            if claim in {_REQUIRED, _ALSO}
        },
        any_of=(AnyOf(1, family),) if family else (),
        accepted=frozenset(p for p, claim in claims.items() if claim <= _ACCEPTED),
        reasons=reasons,
    )


def _claim_from_facts(
    item: MatrixItem, benefit: str, claims: dict[str, int], reasons: dict[str, Text]
) -> None:
    for person, members, case_reason in _answerable(item):
        # The strongest claim wins; of equal ones the person's own, before the family's.
        best: tuple[int, bool] | None = None
        for interest in benefits().benefit(benefit).members:
            claim = _strength(item, interest, members)
            own = interest.member in members
            if claim is not None and (best is None or (claim, own) > best):
                best = claim, own
                claims[person] = claim
                reasons[person] = _joined(case_reason, _reason(claim, interest, members))


def _answerable(item: MatrixItem) -> list[tuple[str, tuple[str, ...], Text | None]]:
    """Everyone an answer may name: id, members he counts as, and the case's reason."""
    asked = [(column.key_id, column.members, column.reason) for column in item.columns]
    typed = [(member.id, (member.id,), None) for member in text_only(item)]
    return [*asked, *typed]


def text_only(item: MatrixItem) -> list[Member]:
    """Members that can be named in a typed answer though they head no column."""
    if item.form != "cells" or any(not column.member for column in item.columns):
        return []
    asked = {column.member for column in item.columns}
    return [m for m in benefits().members if m.text_only and m.id not in asked]


def _strength(item: MatrixItem, interest: Interest, members: tuple[str, ...]) -> int | None:
    """How strongly an interest of one member claims someone who is ``members``."""
    facts, named = benefits(), interest.member
    family = facts.member(named).family
    kin = bool(family) and any(facts.member(m).family == family for m in members)
    whole_family = facts.member(named).text_only and kin
    if named not in members and not kin:
        return None
    if named not in members and not whole_family:
        return None if item.families_apart else _ACCEPTED
    if interest.strength == "primary":
        return _FAMILY if whole_family else _REQUIRED
    # Who heads no column can only be typed: accepted, never asked for.
    typed_only = members in {(m.id,) for m in text_only(item)}
    if interest.strength == "secondary":
        return _ALSO if item.marks == ALSO and not typed_only else _ACCEPTED
    if interest.condition in item.conditions:
        asked = item.conditional_as == "required" and not typed_only
        return _REQUIRED if asked else _ACCEPTED
    return _CONDITIONAL


def _reason(claim: int, interest: Interest, members: tuple[str, ...]) -> Text:
    if interest.member not in members and claim == _ACCEPTED:
        return WORDS.kin
    if claim == _CONDITIONAL:
        condition = next(c for c in benefits().conditions if c.id == interest.condition)
        return WORDS.only_if.format(condition=condition.text)
    return interest.reason


def _joined(first: Text | None, second: Text) -> Text:
    return Text(f"{first.ko} {second.ko}", f"{first.en} {second.en}") if first else second


def _claim_from_author(
    item: MatrixItem, row: Row, claims: dict[str, int], reasons: dict[str, Text]
) -> None:
    for cell in row.members:
        claims[cell.column] = _author_strength(item, cell.strength, cell.condition)
        reasons[cell.column] = cell.reason


def _author_strength(item: MatrixItem, strength: str, condition: str) -> int:
    if strength == "primary":
        return _REQUIRED
    if strength == "either":
        return _FAMILY
    if strength == "secondary" and item.marks == ALSO:
        return _ALSO
    if strength == "conditional" and condition in item.conditions:
        return _REQUIRED if item.conditional_as == "required" else _ACCEPTED
    return _CONDITIONAL if strength == "conditional" else _ACCEPTED


def _people(item: MatrixItem) -> dict[str, Person]:
    people = {column.key_id: _person(column) for column in item.columns}
    people |= {m.id: Person(m.id, m.full, m.looks_for) for m in text_only(item)}
    for decoy in item.column_decoys:
        member = benefits().member(decoy.member) if decoy.member else None
        name = decoy.name or (member.full if member else Text("", ""))
        people[decoy.key_id] = Person(decoy.key_id, name, member.looks_for if member else None)
    return people


def _person(column: Column) -> Person:
    members = [benefits().member(name) for name in column.members]
    full = members[0].full if members else Text(column.key_id, column.key_id)
    looks_for = column.looks_for or column.reason or (members[0].looks_for if members else None)
    return Person(column.key_id, column.name or full, looks_for)


def _row_heads(item: MatrixItem, lines: Mapping[str, Line]) -> dict[str, frozenset[str]]:
    """Right names per row slot; in 'left' rows that show the same pattern are interchangeable."""
    slots = row_slots(item)
    if item.form == "both":
        return {slot: frozenset({row}) for slot, row in slots.items()}
    shown = {row: shown_pattern(lines[row], item.marks) for row in slots.values()}
    return {
        slot: frozenset(other for other in shown if shown[other] == shown[row])
        for slot, row in slots.items()
    }


def _column_heads(item: MatrixItem, lines: Mapping[str, Line]) -> dict[str, frozenset[str]]:
    """Right people per column slot: the same pattern, or another form of the same name."""
    slots = column_slots(item)
    shown = {
        person: [shown_pattern(line, item.marks).get(person, 0) for line in lines.values()]
        for person in slots.values()
    }
    same = {p: {q for q in shown if shown[q] == shown[p]} for p in shown}
    return {slot: frozenset(same[p] | _kin(item, p)) for slot, p in slots.items()}


def _kin(item: MatrixItem, person: str) -> set[str]:
    if item.families_apart:
        return set()
    families = {c.key_id: {benefits().member(m).family for m in c.members} for c in item.columns}
    mine = families[person] & {"purchasing"}
    return {other for other, theirs in families.items() if mine & theirs}
