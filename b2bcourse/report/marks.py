"""What a student got wrong as a set of names, so that two students' mistakes can be compared.

Whoever shares a belief with another has copied nothing: a column or a row that is marked all over,
or as another one should be, and a matrix in which everything is marked, are left out. What is left
are slips, which two students rarely share by themselves.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from b2bcourse.items.matching.score import LINES
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
    if kind in {"choice", "matching"}:  # which lines were cited, the verdict on them does not tell
        wrong = {part.id for part in answer.outcome.parts if part.verdict == "wrong"}
        return {name for name in wrong if not name.endswith(f"/{LINES}")}
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
        return set()
    wrong = {
        (row.id, column)
        for row in sheet.rows
        for column, mark in marks.get(row.id, {}).items()
        if mark and column not in sheet.allowed(row.id)
    }
    left = wrong - _columns(sheet, wrong)
    left -= _rows(sheet, left)
    return {f"{row}/{column}" for row, column in left}


def _columns(sheet: Sheet, wrong: _Wrong) -> _Wrong:
    """The wrong marks that a belief about a column explains."""
    found: _Wrong = set()
    for column in sheet.columns:
        own = {cell for cell in wrong if cell[1] == column.id}
        free = sum(column.id not in sheet.allowed(row.id) for row in sheet.rows)
        if _is_all_over(own, free) or _taken_for_column(sheet, column.id, own):
            found |= own
    return found


def _rows(sheet: Sheet, wrong: _Wrong) -> _Wrong:
    """The same of a row."""
    found: _Wrong = set()
    for row in sheet.rows:
        own = {cell for cell in wrong if cell[0] == row.id}
        free = len(sheet.columns) - len(sheet.allowed(row.id))
        if _is_all_over(own, free) or _taken_for_row(sheet, row.id, own):
            found |= own
    return found


def _is_all_over(own: _Wrong, free: int) -> bool:
    return len(own) >= _ALL_OVER and 2 * len(own) >= free


def _taken_for_column(sheet: Sheet, column: str, own: _Wrong) -> bool:
    """Whether a column has all those marks of another one that it should not have itself."""
    rows = {row for row, _ in own}
    for other in sheet.columns:
        theirs = {row.id for row in sheet.rows if other.id in sheet.needed(row.id)}
        extra = {row for row in theirs if column not in sheet.allowed(row)}
        if other.id != column and len(extra) >= _SWAPPED and extra <= rows:
            return True
    return False


def _taken_for_row(sheet: Sheet, row: str, own: _Wrong) -> bool:
    columns = {column for _, column in own}
    for other in sheet.rows:
        extra = sheet.needed(other.id) - sheet.allowed(row)
        if other.id != row and len(extra) >= _SWAPPED and extra <= columns:
            return True
    return False
