"""A matrix as its author writes it: both languages, key included, much of it from the facts."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from b2bcourse.facts import Text, benefits
from b2bcourse.facts.benefits import Group, Strength
from b2bcourse.items.authored import ItemBase, load_as, twice, unknown

Form = Literal["cells", "left", "right", "both"]


class Cell(Struct, frozen=True, forbid_unknown_fields=True):
    """That the person of a column cares about a row, how much, and why.

    Of those who are ``either`` in a row one is needed, and it does not matter which.
    """

    column: str
    strength: Strength | Literal["accepted", "either"]
    reason: Text
    condition: str = ""


class Misconception(Struct, frozen=True, forbid_unknown_fields=True):
    """What to tell who gets the same mark wrong a second time."""

    column: str
    text: Text


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """A row: a benefit of the facts, or the author's own."""

    benefit: str = ""
    id: str = ""
    name: Text | None = None
    card: Text | None = None
    point: Text | None = None
    members: tuple[Cell, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()

    @property
    def key_id(self) -> str:
        """The id that stands for this row in keys and answers."""
        return self.id or self.benefit


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """A column: a member of the facts, somebody who does members' work, or the author's own."""

    member: str = ""
    id: str = ""
    name: Text | None = None
    counts_as: tuple[str, ...] = ()
    reason: Text | None = None
    looks_for: Text | None = None
    group: str = ""

    @property
    def key_id(self) -> str:
        """The id that stands for this person in keys and answers."""
        return self.id or self.member

    @property
    def members(self) -> tuple[str, ...]:
        """The members of the facts whose interests this person has."""
        return (self.member,) if self.member else self.counts_as


class Decoy(Struct, frozen=True, forbid_unknown_fields=True):
    """A name in a picklist that heads no row or column."""

    id: str = ""
    name: Text | None = None
    benefit: str = ""
    member: str = ""

    @property
    def key_id(self) -> str:
        """The id that stands for this name in answers."""
        return self.id or self.benefit or self.member


class MatrixItem(ItemBase, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A benefit–people matrix exercise as authored; docs/items.md explains every field.

    ``mark_means`` and ``corner`` say what a mark and what the rows are where they are not interest
    and benefits.
    """

    kind: Literal["matrix"]
    form: Form
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    marks: Literal[1, 2] = 1
    mark_means: Text | None = None
    corner: Text | None = None
    groups: tuple[Group, ...] = ()
    conditions: tuple[str, ...] = ()
    conditional_as: Literal["required", "accepted"] = "accepted"
    families_apart: bool = False
    row_decoys: tuple[Decoy, ...] = ()
    column_decoys: tuple[Decoy, ...] = ()
    slots: int = 0

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Ids of the facts that the item rests on: its rows' benefits and what else it names."""
        rows = (benefits().benefit(row.benefit).fact for row in self.rows if row.benefit)
        return tuple(dict.fromkeys((*rows, *self.facts)))


def load(raw: Any, where: str) -> MatrixItem:
    """A matrix: see `load_as`."""
    return load_as(raw, MatrixItem, _problems, where)


def _problems(item: MatrixItem) -> list[str]:
    return [
        *_some("rows", [row.key_id for row in item.rows]),
        *_some("columns", [column.key_id for column in item.columns]),
        *_row_problems(item),
        *_column_problems(item),
        *_list_problems(item),
    ]


def _some(what: str, ids: list[str]) -> list[str]:
    return twice(what, ids) if ids else [f"{what}: at least one is needed"]


def _row_problems(item: MatrixItem) -> list[str]:
    columns = {column.key_id for column in item.columns}
    found = []
    for number, row in enumerate(item.rows):
        if row.benefit:
            found += unknown(f"rows[{number}].benefit", row.benefit, _benefit_ids())
        elif not (row.id and row.name and row.members):
            found.append(f"rows[{number}]: give 'benefit', or 'id', 'name' and 'members'")
        if item.form == "both" and not (row.benefit or row.card):
            found.append(f"rows[{number}].card: the form 'both' shows it; write one")
        named = [cell.column for cell in row.members]
        named += [each.column for each in row.misconceptions]
        found += [
            f"rows[{number}].members: no column {name!r}" for name in named if name not in columns
        ]
        found += twice(f"rows[{number}].members", [cell.column for cell in row.members])
        found += [f"rows[{number}].members: {problem}" for problem in _either_problems(row)]
        for cell in row.members:
            if cell.strength == "conditional":
                where = f"rows[{number}].members, {cell.column!r}, condition"
                found += unknown(where, cell.condition, _condition_ids())
    return found


def _either_problems(row: Row) -> list[str]:
    """One of several is needed only where there are several, and no benefit brings its own."""
    either = [cell.column for cell in row.members if cell.strength == "either"]
    if either and row.benefit:
        return ["'either' is for rows of your own; the facts say who counts for a benefit"]
    if len(either) == 1:
        return [f"{either[0]!r} is 'either' alone; name another one who will do, or 'primary'"]
    return []


def _column_problems(item: MatrixItem) -> list[str]:
    found = []
    groups = {group.id for group in (*benefits().groups, *item.groups)}
    for number, column in enumerate(item.columns):
        for member in column.members:
            where = f"columns[{number}].{'member' if column.member else 'counts_as'}"
            found += unknown(where, member, _member_ids())
        if not column.member and not (column.id and column.name):
            found.append(f"columns[{number}]: give 'member', or 'id' and 'name'")
        if column.group and column.group not in groups:
            found.append(f"columns[{number}].group: no group {column.group!r}")
    return found


def _list_problems(item: MatrixItem) -> list[str]:
    found = []
    for name in item.conditions:
        found += unknown("conditions", name, _condition_ids())
    found += _decoy_problems("row_decoys", item.row_decoys, [r.key_id for r in item.rows])
    found += _decoy_problems("column_decoys", item.column_decoys, [c.key_id for c in item.columns])
    if item.form in {"cells", "right"} and item.row_decoys:
        found.append(f"row_decoys: the form {item.form!r} shows no list of rows")
    if item.form in {"cells", "left"} and item.column_decoys:
        found.append(f"column_decoys: the form {item.form!r} shows no list of people")
    if item.form != "both" and item.slots:
        found.append("slots: only the form 'both' has empty columns")
    return found


def _decoy_problems(field: str, decoys: tuple[Decoy, ...], taken: list[str]) -> list[str]:
    found = []
    for number, decoy in enumerate(decoys):
        where = f"{field}[{number}]"
        if not decoy.key_id or not (decoy.name or decoy.benefit or decoy.member):
            found.append(f"{where}: give 'id' and 'name', or 'benefit', or 'member'")
        if decoy.benefit:
            found += unknown(f"{where}.benefit", decoy.benefit, _benefit_ids())
        if decoy.member:
            found += unknown(f"{where}.member", decoy.member, _member_ids())
        if decoy.key_id in taken:
            found.append(f"{where}: {decoy.key_id!r} stands in the list already; give another id")
        taken = [*taken, decoy.key_id]
    return found


def _benefit_ids() -> list[str]:
    return [benefit.id for benefit in benefits().benefits]


def _member_ids() -> list[str]:
    return [member.id for member in benefits().members]


def _condition_ids() -> list[str]:
    return [condition.id for condition in benefits().conditions]
