"""The value of a response to a matrix: reading it from any JSON, merging, model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from b2bcourse.items.base import short
from b2bcourse.items.matrix.words import WORDS
from b2bcourse.items.once import made_once
from b2bcourse.items.words import NOTES, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.facts import Text
    from b2bcourse.items.matrix.face import Face
    from b2bcourse.items.matrix.key import MatrixKey


class Value(Struct, frozen=True):
    """An answer that fits its face: marks per row and column, chosen names per slot."""

    cells: dict[str, dict[str, int]]
    rows: dict[str, str]
    columns: dict[str, str]


def blank(face: Face) -> dict[str, Any]:
    """An empty answer."""
    return {"cells": {}, "rows": {}, "columns": {}}


def merge(value: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """``value`` with the parts of ``patch`` put in; a part that is ``None`` is taken away.

    Parts that the patch does not name stay, so that two open notebooks do not undo each other.
    """
    merged: dict[str, Any] = {
        "cells": {
            row: dict(marks)
            for row, marks in _table(value.get("cells")).items()
            if isinstance(marks, dict)
        },
        "rows": dict(_table(value.get("rows"))),
        "columns": dict(_table(value.get("columns"))),
    }
    for row, marks in _table(patch.get("cells")).items():
        _put(merged["cells"].setdefault(row, {}), _table(marks))
    for side in ("rows", "columns"):
        _put(merged[side], _table(patch.get(side)))
    merged["cells"] = {row: marks for row, marks in merged["cells"].items() if marks}
    return merged


def _put(into: dict[str, Any], patch: Mapping[str, Any]) -> None:
    for name, content in patch.items():
        if content is None or content == 0:
            into.pop(name, None)
        else:
            into[name] = content


def _table(raw: object) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}


def clean(face: Face, raw: object) -> tuple[Value, tuple[Text, ...]]:
    """What of any JSON is an answer to ``face``, and notes on what is not.

    A part that cannot be read counts for nothing; the rest of the answer still counts.
    """
    notes: list[Text] = []
    table = _table(raw)
    shaped = all(side is None or isinstance(side, dict) for side in table.values())
    if not isinstance(raw, dict) or not shaped or not set(raw) <= {"cells", "rows", "columns"}:
        notes.append(NOTES.bad_value)
    value = Value(
        cells=_cells(face, table.get("cells"), notes) if face.marks_cells else {},
        rows=_choices(face.rows, face.row_choices, table.get("rows"), notes),
        columns=_choices(face.columns, face.column_choices, table.get("columns"), notes),
    )
    return value, told(notes)


@made_once
def _rows(face: Face) -> frozenset[str]:
    return frozenset(row.id for row in face.rows)


@made_once
def _columns(face: Face) -> frozenset[str]:
    return frozenset([c.id for c in face.columns] + [c.id for c in face.text_columns])


def _cells(face: Face, raw: object, notes: list[Text]) -> dict[str, dict[str, int]]:
    rows = _rows(face)
    found: dict[str, dict[str, int]] = {}
    for row, marks in _table(raw).items():
        if row not in rows:
            notes.append(NOTES.bad_row.format(what=short(row)))
        elif not isinstance(marks, dict):
            notes.append(bad_mark(face, row))
        elif good := _marks(face, marks, notes):
            found[row] = good
    return found


def _marks(face: Face, marks: dict[str, Any], notes: list[Text]) -> dict[str, int]:
    columns = _columns(face)
    found = {}
    for column, mark in marks.items():
        if column not in columns:
            notes.append(NOTES.bad_column.format(what=short(column)))
        elif not is_mark(face, mark):
            notes.append(bad_mark(face, mark))
        elif mark:
            found[column] = mark
    return found


def _choices(
    slots: Iterable[Any], choices: Iterable[Any], raw: object, notes: list[Text]
) -> dict[str, str]:
    names = {choice.id for choice in choices}
    if not names:
        return {}
    ids = {slot.id for slot in slots}
    found = {}
    for slot, name in _table(raw).items():
        if slot not in ids:
            notes.append(NOTES.bad_row.format(what=short(slot)))
        elif not isinstance(name, str) or name not in names:
            notes.append(WORDS.bad_choice.format(what=short(name)))
        else:
            found[slot] = name
    return found


def is_mark(face: Face, mark: object) -> bool:
    """Whether ``mark`` is a mark that ``face`` knows; 0 is an empty cell."""
    return type(mark) is int and 0 <= mark <= face.marks


def bad_mark(face: Face, mark: object) -> Text:
    """The sentence that tells a mark is none, and which there are."""
    allowed = ", ".join(str(mark) for mark in range(face.marks + 1))
    return WORDS.bad_mark.format(what=short(mark), allowed=allowed)


def model_answer(face: Face, key: MatrixKey) -> dict[str, Any]:
    """An answer that earns everything, made from the key."""
    answer = blank(face)
    if face.blank_rows:
        answer["rows"] = _each_once(key.row_heads)
    if face.form == "right":
        answer["columns"] = _each_once(key.column_heads)
    if face.form == "both":
        needed = dict.fromkeys(
            person for row in answer["rows"].values() for person in key.lines[row].fewest()
        )
        answer["columns"] = dict(zip((c.id for c in face.columns), needed, strict=False))
    if face.marks_cells:
        slot_of = {person: slot for slot, person in answer["columns"].items()}
        answer["cells"] = {
            row.id: {
                slot_of.get(person, person): mark
                for person, mark in key.lines[answer["rows"].get(row.id, row.id)].fewest().items()
            }
            for row in face.rows
        }
    return answer


def _each_once(heads: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """One right name for every slot, none of them twice.

    Slots with the fewest right names choose first, and a slot that finds all of them taken makes
    another move on (a bipartite matching; the sets are tiny).
    """
    slot_of: dict[str, str] = {}

    def place(slot: str, tried: set[str]) -> bool:
        for name in sorted(heads[slot]):
            if name not in tried:
                tried.add(name)
                if name not in slot_of or place(slot_of[name], tried):
                    slot_of[name] = slot
                    return True
        return False

    for slot in heads:
        place(slot, set())
    return {slot: name for name, slot in slot_of.items()}
