"""How a class marked a matrix, held against the key: the heat map's cells as data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from b2bcourse.items.matrix.key import AnyOf, Line
from b2bcourse.items.matrix.score import people_marked, rows_that_count
from b2bcourse.items.matrix.value import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.grading.keys import AnyQuestion
    from b2bcourse.report.seen import ClassSeen, Exercise

Shows = Literal["right", "partly", "missed", "wrong", "accepted"]
Marks = dict[str, dict[str, int]]
"""One student's marks: row to column to mark."""

FEWEST: Final = 3
_SMALL: Final = 10
_TENTH: Final = 0.1
_RIGHT_STEPS: Final = (1 / 2, 5 / 7, 6 / 7)
_WRONG_STEPS: Final = (1 / 10, 2 / 7, 1 / 2)
_SEVERAL: Final = 2
_NEARLY_ALL: Final = 0.8


@dataclass(frozen=True)
class Named:
    """A row or a column; ``group`` is the id of the group that a column stands in."""

    id: str
    name: str
    group: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell with something to show.

    Attributes:
        shows: the mark; what it says is what ``count`` counts.
        count: how many students did so.
        depth: how deep its tint is, from 0 (none) to 3.
    """

    shows: Shows
    count: int
    depth: int = 0


@dataclass(frozen=True)
class Grid:
    """A class's marks in one matrix.

    Attributes:
        exercise: the matrix.
        rows, columns: in the face's order.
        groups: id to name of the columns' groups, in order; empty where there are none.
        cells: by row and column; what has nothing to show is not there.
        right: by row, how many needed marks a student made on average, and how many are needed.
        students: how many answers it counts.
        everything: how many it does not, since they marked nearly every cell.
        floor: fewer wrong marks than these stay blank.
        empty: the column that most left empty; None where none stands out.
        full: the column that was marked too often; None where none stands out.
    """

    exercise: Exercise
    rows: tuple[Named, ...]
    columns: tuple[Named, ...]
    groups: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]
    right: Mapping[str, tuple[float, int]]
    students: int
    everything: int
    floor: int
    empty: Named | None = None
    full: Named | None = None

    @property
    def worst(self) -> tuple[Named, Named, Cell] | None:
        """The one cell that went wrong most often, by row and column."""
        found = [
            (cell.count, row, column, cell)
            for row in self.rows
            for column in self.columns
            if (cell := self.cells.get((row.id, column.id))) and cell.shows in {"missed", "wrong"}
        ]
        if not found:
            return None
        _, row, column, cell = max(found, key=lambda one: one[0])
        return row, column, cell


@dataclass(frozen=True)
class Sheet:
    """What a matrix asks, and how each student marked it, whatever its form."""

    rows: tuple[Named, ...]
    columns: tuple[Named, ...]
    lines: Mapping[str, Line]
    marks: Sequence[Marks]
    groups: Mapping[str, str] = field(default_factory=dict)

    def needed(self, row: str) -> set[str]:
        """Everybody of whom a row asks a mark, of a group all who will do."""
        return set(self.lines[row].pattern())

    def allowed(self, row: str) -> set[str]:
        """Everybody whose mark in a row costs nothing."""
        return self.needed(row) | set(self.lines[row].accepted)

    def is_everything(self, marks: Marks) -> bool:
        """Whether a student marked nearly every cell, the wrong ones too.

        That shows no belief about any of them: somebody guessed. Rows and columns that were not
        used at all may not have been on the student's page.
        """
        made = {(row, one) for row, found in marks.items() for one, mark in found.items() if mark}
        rows, columns = ({cell[side] for cell in made} for side in (0, 1))
        if min(len(rows), len(columns)) < FEWEST:
            return False
        free = {(row, one) for row in rows for one in columns if one not in self.allowed(row)}
        return bool(free) and len(free & made) >= _NEARLY_ALL * len(free)

    def without_everything(self) -> Sheet:
        """The same without those who marked everything; with them where nobody else answered."""
        others = [marks for marks in self.marks if not self.is_everything(marks)]
        return replace(self, marks=others) if others else self


def grids(seen: ClassSeen) -> list[Grid]:
    """A grid for each matrix that anybody answered."""
    found = []
    for exercise in seen.exercises:
        if exercise.question and exercise.question.item.kind == "matrix":
            values = [answer.value for _, answer in seen.scored(exercise)]
            if values:
                found.append(grid(exercise, values))
    return found


def floor_of(students: int) -> int:
    """Fewer students than these are no finding: a tenth of the class, and at least three."""
    if students < _SMALL:
        return _SEVERAL
    return max(FEWEST, math.ceil(_TENTH * students))


def grid(exercise: Exercise, values: Iterable[Any]) -> Grid:
    """The marks of some students against the key of a matrix."""
    assert exercise.question is not None
    whole = sheet_of(exercise.question, values)
    sheet = whole.without_everything()
    students, floor = len(sheet.marks), floor_of(len(sheet.marks))
    cells: dict[tuple[str, str], Cell] = {}
    for row in sheet.rows:
        line = sheet.lines[row.id]
        marked = [marks.get(row.id, {}) for marks in sheet.marks]
        for column in sheet.columns:
            cell = _cell(line, column.id, marked, floor)
            if cell is not None:
                cells[row.id, column.id] = cell
    right = {row.id: _right(sheet, row.id) for row in sheet.rows}
    return Grid(
        exercise,
        sheet.rows,
        sheet.columns,
        sheet.groups,
        cells,
        right,
        students,
        len(whole.marks) - students,
        floor,
        empty=_most(sheet.columns, cells, "missed"),
        full=_most(sheet.columns, cells, "wrong"),
    )


def _cell(line: Line, column: str, marked: Sequence[Mapping[str, int]], floor: int) -> Cell | None:
    made = sum(bool(marks.get(column)) for marks in marked)
    if column in line.required:
        return _needed(line.required[column], column, marked)
    for group in line.any_of:
        if column in group.people:
            return _of_group(group, column, marked, made)
    if made < floor:
        return None
    if column in line.accepted:
        return Cell("accepted", made)
    return Cell("wrong", made, _depth(made / len(marked), _WRONG_STEPS))


def _needed(wanted: int, column: str, marked: Sequence[Mapping[str, int]]) -> Cell:
    right = sum(marks.get(column) == wanted for marks in marked)
    partly = sum(marks.get(column, wanted) not in {0, wanted} for marks in marked)
    missed = len(marked) - right - partly
    if 2 * missed > len(marked):
        return Cell("missed", missed)
    if partly > right:
        return Cell("partly", partly)
    return Cell("right", right, _depth(right / len(marked), _RIGHT_STEPS))


def _of_group(
    group: AnyOf, column: str, marked: Sequence[Mapping[str, int]], made: int
) -> Cell | None:
    """Of a group any will do: that none was marked is told once, at its first member."""
    missed = sum(sum(bool(marks.get(one)) for one in group.people) < group.n for marks in marked)
    if 2 * missed > len(marked) and column == group.people[0]:
        return Cell("missed", missed)
    return Cell("right", made, _depth(made / len(marked), _RIGHT_STEPS)) if made else None


def _depth(share: float, steps: Sequence[float]) -> int:
    return sum(share >= step for step in steps)


def _right(sheet: Sheet, row: str) -> tuple[float, int]:
    line = sheet.lines[row]
    made = [_made(line, marks.get(row, {})) for marks in sheet.marks]
    return sum(made) / len(made), line.needed


def _made(line: Line, marks: Mapping[str, int]) -> int:
    """How many of the marks that a row needs were made; which mark it was does not matter here."""
    required = sum(bool(marks.get(person)) for person in line.required)
    return required + sum(
        min(group.n, sum(bool(marks.get(one)) for one in group.people)) for group in line.any_of
    )


def _most(
    columns: Iterable[Named], cells: Mapping[tuple[str, str], Cell], shows: Shows
) -> Named | None:
    """The column of which a mark tells most; None where no column has two cells of it."""
    counts: dict[str, list[int]] = {}
    for (_, name), cell in cells.items():
        if cell.shows == shows:
            counts.setdefault(name, []).append(cell.count)
    several = {name: sum(found) for name, found in counts.items() if len(found) >= _SEVERAL}
    best = max(several, key=lambda name: several[name], default="")
    return next((column for column in columns if column.id == best), None)


# ---------------------------------------------------------------- forms


def sheet_of(question: AnyQuestion, values: Iterable[Any]) -> Sheet:
    """A matrix of any form as rows, columns, lines of the key, and marks."""
    answers = [clean(question.face, value)[0] for value in values]
    if question.face.form == "cells":
        return _cells_sheet(question, answers)
    if question.face.form == "both":
        return _both_sheet(question, answers)
    return _heads_sheet(question, answers)


def _cells_sheet(question: AnyQuestion, answers: Iterable[Any]) -> Sheet:
    face = question.face
    return Sheet(
        rows=tuple(Named(row.id, row.name) for row in face.rows),
        columns=tuple(Named(one.id, one.name, one.group) for one in face.columns),
        lines=question.key.lines,
        marks=[answer.cells for answer in answers],
        groups={group.id: group.name for group in face.groups},
    )


def _both_sheet(question: AnyQuestion, answers: Iterable[Any]) -> Sheet:
    """Rows and columns by the names that the student gave them.

    A row is the benefit chosen; whoever did not choose it has marked nobody for it.
    """
    face, key = question.face, question.key
    rows = [name for names in key.row_heads.values() for name in sorted(names)]
    lines = {name: key.lines[name] for name in dict.fromkeys(rows)}
    asked = {person for line in lines.values() for person in line.pattern()}
    people = [one for one in face.column_choices if one.id in asked]
    others = [one for one in face.column_choices if one.id not in asked]
    return Sheet(
        rows=tuple(Named(name, key.row_names[name][face.lang]) for name in lines),
        columns=tuple(Named(one.id, one.name) for one in (*people, *others)),
        lines=lines,
        marks=[_by_name(key, answer) for answer in answers],
    )


def _by_name(key: Any, answer: Any) -> Marks:
    return {answer.rows[row]: people_marked(answer, row) for row in rows_that_count(key, answer)}


def _heads_sheet(question: AnyQuestion, answers: Iterable[Any]) -> Sheet:
    """Where heads are named: a row a slot, called by its right name, and a column a choice."""
    face, key = question.face, question.key
    left = face.form == "left"
    heads = key.row_heads if left else key.column_heads
    choices = face.row_choices if left else face.column_choices
    names = {choice.id: choice.name for choice in choices}
    lines = {slot: _head_line(slot, right) for slot, right in heads.items()}
    given = [answer.rows if left else answer.columns for answer in answers]
    return Sheet(
        rows=tuple(Named(slot, _first(names, right)) for slot, right in heads.items()),
        columns=tuple(Named(choice.id, choice.name) for choice in choices),
        lines=lines,
        marks=[{slot: {name: 1} for slot, name in one.items()} for one in given],
    )


def _first(names: Mapping[str, str], right: Iterable[str]) -> str:
    return next((names[name] for name in sorted(right) if name in names), "")


def _head_line(slot: str, right: frozenset[str]) -> Line:
    from b2bcourse.facts.statements import NO_TEXT

    group = AnyOf(1, tuple(sorted(right)))
    return Line(slot, NO_TEXT, None, {}, (group,), frozenset(), {})
