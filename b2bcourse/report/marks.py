"""What a student got wrong as a set of names, so that two students' mistakes can be compared.

A belief that fills a column is one mistake, not eight: whoever shares it with another has not
copied eight times. So a column or a row that is marked all over, and one that is marked as another
one should be, count once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from b2bcourse.items.ordering.value import clean as clean_order
from b2bcourse.items.simulation.journal import read as read_journal
from b2bcourse.report.grids import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.report.grids import Sheet
    from b2bcourse.report.seen import Answer, Exercise, Pupil

_ALL_OVER: Final = 3
_SWAPPED: Final = 2
_TURNS: Final = 5
"""A shorter game may be the same by chance."""

_Wrong = set[tuple[str, str]]


def wrong_marks(pupil: Pupil, exercises: Iterable[Exercise]) -> frozenset[str]:
    """The mistakes of one student in some exercises."""
    found: set[str] = set()
    for one in exercises:
        answer = pupil.answers.get(one.id)
        if answer is not None and answer.outcome is not None and one.question is not None:
            found |= {f"{one.number}:{name}" for name in _in_exercise(one, answer)}
    return frozenset(found)


def exercise_of(mark: str) -> int:
    """The number of the exercise that a mistake of `wrong_marks` was made in."""
    return int(mark.partition(":")[0])


def moves_of(answer: Answer) -> str:
    """A digest of the moves of a game, whatever its seed; empty of a short one or of none."""
    journal, _ = read_journal(answer.value)
    if journal is None:
        return ""
    moves = [turn["decisions"] for turn in journal.turns]
    if len(moves) < _TURNS or sum(map(bool, moves)) < _TURNS:
        return ""
    plain = msgspec.json.encode([journal.scenario, moves], order="deterministic")
    return hashlib.sha256(plain).hexdigest()


def _in_exercise(exercise: Exercise, answer: Answer) -> set[str]:
    assert exercise.question is not None
    assert answer.outcome is not None
    kind = exercise.question.item.kind
    if kind == "matrix":
        return _in_matrix(exercise, answer.value)
    if kind == "ordering":
        return _in_order(exercise, answer)
    if kind == "allocation":
        return _in_plan(answer)
    if kind in {"choice", "matching"}:
        return {part.id for part in answer.outcome.parts if part.verdict == "wrong"}
    return set()


def _in_order(exercise: Exercise, answer: Answer) -> set[str]:
    """Cards that stand wrong, each with its place."""
    assert exercise.question is not None
    assert answer.outcome is not None
    placed = clean_order(exercise.question.face, answer.value)[0].placed
    wrong = {part.id for part in answer.outcome.parts if part.verdict == "wrong"}
    return {f"{card}@{place}" for place, card in enumerate(placed) if card in wrong}


def _in_plan(answer: Answer) -> set[str]:
    """A plan is one answer: either the same in all its numbers, or another one."""
    assert answer.outcome is not None
    plan = next((part for part in answer.outcome.parts if part.id == "plan"), None)
    if plan is None or plan.verdict in {"right", "not attempted"}:
        return set()
    digest = hashlib.sha256(msgspec.json.encode(answer.value, order="deterministic"))
    return {f"plan={digest.hexdigest()[:12]}"}


def _in_matrix(exercise: Exercise, value: Any) -> set[str]:
    assert exercise.question is not None
    sheet = sheet_of(exercise.question, [value])
    marks = sheet.marks[0]
    if sheet.is_everything(marks):
        return {"everything"}
    wrong = {
        (row.id, column)
        for row in sheet.rows
        for column, mark in marks.get(row.id, {}).items()
        if mark and column not in sheet.allowed(row.id)
    }
    beliefs = _columns(sheet, wrong) | _rows(sheet, wrong)
    return beliefs | {f"{row}/{column}" for row, column in wrong}


def _columns(sheet: Sheet, wrong: _Wrong) -> set[str]:
    """Beliefs about a column; their marks are taken out of ``wrong``."""
    found = set()
    for column in sheet.columns:
        own = {cell for cell in wrong if cell[1] == column.id}
        free = sum(column.id not in sheet.allowed(row.id) for row in sheet.rows)
        if name := _belief(own, free, _taken_for_column(sheet, column.id, own)):
            found.add(f"column {column.id} {name}")
            wrong -= own
    return found


def _rows(sheet: Sheet, wrong: _Wrong) -> set[str]:
    found = set()
    for row in sheet.rows:
        own = {cell for cell in wrong if cell[0] == row.id}
        free = len(sheet.columns) - len(sheet.allowed(row.id))
        if name := _belief(own, free, _taken_for_row(sheet, row.id, own)):
            found.add(f"row {row.id} {name}")
            wrong -= own
    return found


def _belief(own: _Wrong, free: int, other: str) -> str:
    if len(own) >= _ALL_OVER and 2 * len(own) >= free:
        return "all over"
    return f"as {other}" if other else ""


def _taken_for_column(sheet: Sheet, column: str, own: _Wrong) -> str:
    """Another column of which this one has all marks that itself should not have."""
    rows = {row for row, _ in own}
    for other in sheet.columns:
        theirs = {row.id for row in sheet.rows if other.id in sheet.needed(row.id)}
        extra = {row for row in theirs if column not in sheet.allowed(row)}
        if other.id != column and len(extra) >= _SWAPPED and extra <= rows:
            return other.id
    return ""


def _taken_for_row(sheet: Sheet, row: str, own: _Wrong) -> str:
    columns = {column for _, column in own}
    for other in sheet.rows:
        extra = sheet.needed(other.id) - sheet.allowed(row)
        if other.id != row and len(extra) >= _SWAPPED and extra <= columns:
            return other.id
    return ""
