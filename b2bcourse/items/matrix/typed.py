"""Answering a matrix in text: the names a person would type, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bcourse.facts import DataError, benefits
from b2bcourse.items.base import ResponseError
from b2bcourse.items.matrix.key import ALSO, MAIN
from b2bcourse.items.matrix.value import bad_mark, is_mark
from b2bcourse.items.matrix.words import WORDS
from b2bcourse.items.names import Named, find
from b2bcourse.items.shape import ShapeError, shaped_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.items.matrix.face import Choice, ColumnFace, Face, RowFace


def template(face: Face) -> str:
    """A call of ``respond`` to copy and fill in, with the names that may be used."""
    slots = face.columns if face.form == "right" else face.rows
    rows = [f"    {s.name or s.id!r}: {_empty(face)},{_told(face, s.id)}" for s in slots]
    lines = [f"b2b.respond({face.id!r}, {{", *rows, "})"]
    if face.blank_rows:
        lines.append(f"# {WORDS.typed_rows[face.lang]}: {_names(face.row_choices)}")
    if face.form != "left":
        people = _people(face)
        lines.append(f"# {WORDS.typed_people[face.lang]}: {_names(people)}")
        if face.marks_cells and face.marks == ALSO:
            example = {person.name: mark for mark, person in enumerate(people[:ALSO], start=MAIN)}
            lines.append(f"# {WORDS.typed_marks[face.lang].format(example=example)}")
    return "\n".join(lines)


def _people(face: Face) -> list[ColumnFace | Choice]:
    return [*face.column_choices] if face.blank_columns else [*face.columns, *face.text_columns]


def _told(face: Face, slot: str) -> str:
    """What the task shows of a slot that the student names, as a comment."""
    given: list[tuple[RowFace | ColumnFace, int | None]]
    if face.form == "both":
        return "  # " + next(row.card for row in face.rows if row.id == slot)
    if face.form == "left":
        given = [(column, face.given[slot].get(column.id)) for column in face.columns]
    elif face.form == "right":
        given = [(row, face.given[row.id].get(slot)) for row in face.rows]
    else:
        return ""
    return "  # " + ", ".join(_with_mark(face, named.name, mark) for named, mark in given if mark)


def _with_mark(face: Face, name: str, mark: int) -> str:
    return WORDS.typed_also[face.lang].format(name=name) if mark == ALSO else name


def _empty(face: Face) -> str:
    return {"cells": "[]", "left": "''", "right": "''", "both": "{'': []}"}[face.form]


def _names(named: Iterable[RowFace | ColumnFace | Choice]) -> str:
    return ", ".join(choice.name for choice in named)


def parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a response from what a person typed.

    Args:
        face: the item's face.
        typed: ``cells``: row name to names, or to a dict of name and mark;
            ``left``, ``right``: slot to name; ``both``: slot to ``{benefit name: [names]}``.

    Raises:
        ResponseError: a name is not known here; the message lists those that are.
    """
    with shaped_like(face, _example(face)):
        return _parse(face, typed)


def _example(face: Face) -> dict[str, Any]:
    if face.form == "cells":
        return {face.rows[0].name or "": [person.name for person in _people(face)[:2]]}
    if face.form == "right":
        return {face.columns[0].name or face.columns[0].id: face.column_choices[0].name}
    slot, choice = face.rows[0].name or face.rows[0].id, face.row_choices[0].name
    return {slot: choice if face.form == "left" else {choice: [_people(face)[0].name]}}


def _parse(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(typed, dict):
        raise ShapeError
    if face.form == "left":
        return _blank() | {"rows": _chosen(face.rows, face.row_choices, typed)}
    if face.form == "right":
        return _blank() | {"columns": _chosen(face.columns, face.column_choices, typed)}
    return _parse_both(face, typed) if face.form == "both" else _parse_cells(face, typed)


def replacing(face: Face, value: Mapping[str, Any]) -> dict[str, Any]:
    """The patch that makes ``value`` the whole answer: all that it does not name is taken away."""
    cells = value["cells"]
    columns = [c.id for c in face.columns] + [c.id for c in face.text_columns]
    return {
        "cells": {
            row.id: {column: cells.get(row.id, {}).get(column) for column in columns}
            for row in face.rows
        },
        "rows": {row.id: value["rows"].get(row.id) for row in face.rows},
        "columns": {c.id: value["columns"].get(c.id) for c in face.columns},
    }


def _blank() -> dict[str, Any]:
    return {"cells": {}, "rows": {}, "columns": {}}


def _chosen(
    slots: Iterable[RowFace | ColumnFace], choices: Iterable[Choice], typed: Mapping[str, Any]
) -> dict[str, str]:
    return {
        _find(slots, slot): _find(choices, name)
        for slot, name in typed.items()
        if str(name).strip()
    }


def _parse_cells(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    people = _people(face)
    return _blank() | {
        "cells": {
            _find(face.rows, row): {
                _find(people, name): mark for name, mark in _marks(face, named).items()
            }
            for row, named in typed.items()
        }
    }


def _parse_both(face: Face, typed: Mapping[str, Any]) -> dict[str, Any]:
    """People take the column slots in the order in which they are first named."""
    value = _blank()
    slot_of: dict[str, str] = {}
    free = iter(column.id for column in face.columns)
    for slot, named in typed.items():
        if not isinstance(named, dict):
            raise ShapeError
        row = _find(face.rows, slot)
        for benefit, people in named.items():
            if not str(benefit).strip():
                continue
            value["rows"][row] = _find(face.row_choices, benefit)
            for name, mark in _marks(face, people).items():
                person = _find(face.column_choices, name)
                if person not in slot_of:
                    slot_of[person] = _next_slot(free)
                value["cells"].setdefault(row, {})[slot_of[person]] = mark
    return value | {"columns": {column: person for person, column in slot_of.items()}}


def _next_slot(free: Iterable[str]) -> str:
    for slot in free:
        return slot
    raise ResponseError(WORDS.typed_too_many)


def _marks(face: Face, named: object) -> dict[str, int]:
    if isinstance(named, str):
        return {named: MAIN}
    if isinstance(named, dict):
        for mark in named.values():
            if not is_mark(face, mark):
                raise ResponseError(bad_mark(face, mark))
        return named
    if isinstance(named, list | tuple | set) and all(isinstance(name, str) for name in named):
        return dict.fromkeys(named, MAIN)
    raise ShapeError


def _find(choices: Iterable[RowFace | ColumnFace | Choice], name: object) -> str:
    """The id of what a person calls ``name``: its id, its name, or any spelling the facts list."""
    return find(name, (Named(each.id, each.name, spellings(each.id)) for each in choices))


def spellings(choice_id: str) -> tuple[str, ...]:
    """What the facts call a person or a benefit besides."""
    for fact_of in (benefits().member, benefits().benefit):
        try:
            fact = fact_of(choice_id)
        except DataError:
            continue
        return (fact.name.ko, fact.name.en, *fact.aliases)
    return ()
