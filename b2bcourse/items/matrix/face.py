"""The face of a matrix: what a student sees, in one language, without the key."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType, field

from b2bcourse.facts import Lang, benefits
from b2bcourse.items.authored import shown_of_all
from b2bcourse.items.base import FaceBase
from b2bcourse.items.matrix.authored import Column, Decoy, Form, MatrixItem, Row
from b2bcourse.items.matrix.key import column_slots, key, row_slots, shown_pattern, text_only


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """A name with its id."""

    id: str
    name: str


class RowFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A row: its name where it is given, its card where only the reason is."""

    id: str
    name: str = ""
    card: str = ""


class ColumnFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A column: its name where it is given, and the group it stands in."""

    id: str
    name: str = ""
    group: str = ""


class Face(FaceBase, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What a student sees of a matrix. ``given`` holds the marks that the task itself shows."""

    kind: Literal["matrix"] = "matrix"
    form: Form
    marks: Literal[1, 2]
    mark_means: str | UnsetType = UNSET  # unset, it is not in the file: older faces keep their hash
    corner: str | UnsetType = UNSET
    rows: tuple[RowFace, ...]
    columns: tuple[ColumnFace, ...]
    groups: tuple[Choice, ...] = ()
    row_choices: tuple[Choice, ...] = ()
    column_choices: tuple[Choice, ...] = ()
    given: dict[str, dict[str, int]] = field(default_factory=dict)
    text_columns: tuple[Choice, ...] = ()

    @property
    def blank_rows(self) -> bool:
        """Whether the student names the rows."""
        return self.form in {"left", "both"}

    @property
    def blank_columns(self) -> bool:
        """Whether the student names the columns."""
        return self.form in {"right", "both"}

    @property
    def marks_cells(self) -> bool:
        """Whether the student marks cells."""
        return self.form in {"cells", "both"}


def face(item: MatrixItem, lang: Lang) -> Face:
    """The face of an item in one language."""
    lang = item.spoken(lang)
    columns = _columns(item, lang)
    return Face(
        **shown_of_all(item, lang),
        form=item.form,
        marks=item.marks,
        mark_means=item.mark_means[lang] if item.mark_means else UNSET,
        corner=item.corner[lang] if item.corner else UNSET,
        rows=_rows(item, lang),
        columns=columns,
        groups=_groups(item, columns, lang),
        row_choices=_row_choices(item, lang) if item.form in {"left", "both"} else (),
        column_choices=_column_choices(item, lang) if item.form in {"right", "both"} else (),
        given=_given(item) if item.form in {"left", "right"} else {},
        text_columns=tuple(Choice(m.id, m.name[lang]) for m in text_only(item)),
    )


def _rows(item: MatrixItem, lang: Lang) -> tuple[RowFace, ...]:
    by_id = {row.key_id: row for row in item.rows}
    named = item.form in {"cells", "right"}
    return tuple(
        RowFace(
            id=slot,
            name=_row_name(by_id[row], lang) if named else "",
            card=_card(by_id[row], lang) if item.form == "both" else "",
        )
        for slot, row in row_slots(item).items()
    )


def _row_name(row: Row, lang: Lang) -> str:
    return row.name[lang] if row.name else benefits().benefit(row.benefit).name[lang]


def _card(row: Row, lang: Lang) -> str:
    return row.card[lang] if row.card else benefits().benefit(row.benefit).card[lang]


def _columns(item: MatrixItem, lang: Lang) -> tuple[ColumnFace, ...]:
    if item.form == "both":
        slots = item.slots or len(item.columns)
        return tuple(ColumnFace(id=f"c{number}") for number in range(1, slots + 1))
    if item.form == "right":
        return tuple(ColumnFace(id=slot) for slot in column_slots(item))
    return tuple(
        ColumnFace(id=c.key_id, name=_column_name(c, lang), group=_group(c)) for c in item.columns
    )


def _column_name(column: Column, lang: Lang) -> str:
    return column.name[lang] if column.name else benefits().member(column.member).name[lang]


def _group(column: Column) -> str:
    if column.group or not column.member:
        return column.group
    return benefits().member(column.member).group


def _groups(item: MatrixItem, columns: tuple[ColumnFace, ...], lang: Lang) -> tuple[Choice, ...]:
    used = {column.group for column in columns}
    known = (*benefits().groups, *item.groups)
    return tuple(Choice(g.id, g.name[lang]) for g in known if g.id in used)


def _row_choices(item: MatrixItem, lang: Lang) -> tuple[Choice, ...]:
    rows = [Choice(row.key_id, _row_name(row, lang)) for row in item.rows]
    return _by_name([*rows, *(_decoy(decoy, lang) for decoy in item.row_decoys)])


def _column_choices(item: MatrixItem, lang: Lang) -> tuple[Choice, ...]:
    people = [Choice(column.key_id, _column_name(column, lang)) for column in item.columns]
    return _by_name([*people, *(_decoy(decoy, lang) for decoy in item.column_decoys)])


def _decoy(decoy: Decoy, lang: Lang) -> Choice:
    if decoy.name:
        return Choice(decoy.key_id, decoy.name[lang])
    fact = benefits().benefit(decoy.benefit) if decoy.benefit else benefits().member(decoy.member)
    return Choice(decoy.key_id, fact.name[lang])


def _by_name(choices: list[Choice]) -> tuple[Choice, ...]:
    """Sorted as a reader looks them up; the order tells nothing of which are decoys."""
    return tuple(sorted(choices, key=lambda choice: choice.name.casefold()))


def _given(item: MatrixItem) -> dict[str, dict[str, int]]:
    lines = key(item).lines
    rows, columns = row_slots(item), column_slots(item)
    shown = {slot: shown_pattern(lines[row], item.marks) for slot, row in rows.items()}
    return {
        slot: {c: shown[slot][person] for c, person in columns.items() if person in shown[slot]}
        for slot in rows
    }
