"""The findings as one long table: a line a number, for who goes on reckoning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.report.plain import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.report.findings import Findings
    from b2bcourse.report.grids import Grid

HEAD: Final = ("part", "exercise", "name", "measure", "value", "low", "high", "students")
"""What the columns are; in English in both languages, since programs read them."""

Row = tuple[str, ...]


def rows(found: Findings) -> Iterator[Row]:
    """Head and lines; texts that a spreadsheet would take for a formula are made harmless."""
    yield HEAD
    for row in _rows(found):
        yield tuple(harmless(cell) for cell in row)


def _rows(found: Findings) -> Iterator[Row]:
    yield from _students(found)
    yield from _items(found)
    if found.reliability is not None:
        alpha, n = found.reliability.alpha, str(found.measured)
        yield ("class", "", "", "alpha", _n(alpha.value), _n(alpha.low), _n(alpha.high), n)
        yield ("class", "", "", "standard error", _n(found.reliability.error), "", "", n)
    for grid in found.grids:
        yield from _grid(grid)
    for wrong in found.wrongs:
        number, count = str(wrong.exercise.number), str(wrong.count)
        yield ("mistake", number, wrong.said, "count", count, "", "", str(wrong.students))
    for goal in found.goals:
        numbers = " ".join(map(str, goal.exercises))
        students = str(goal.students)
        yield ("objective", numbers, goal.text, "below half", str(goal.below), "", "", students)
        yield ("objective", numbers, goal.text, "mean share", _n(goal.share), "", "", students)


def _students(found: Findings) -> Iterator[Row]:
    for total in found.totals:
        name, known = total.pupil.name, _n(total.known)
        yield ("student", "", name, "points", _n(total.points), "", known, "")
        for exercise in found.seen.exercises:
            answer = total.pupil.answers[exercise.id]
            value = "" if answer.points is None else _n(answer.points)
            most = _n(exercise.maximum)
            yield ("student", str(exercise.number), name, "points", value, "", most, "")
    for help_ in found.help:
        yield ("student", "", help_.pupil.name, "needs help", help_.reason, "", "", "")
    for pupil in found.stopped:
        seen = pupil.trace.at.isoformat(timespec="minutes") if pupil.trace else ""
        yield ("student", "", pupil.name, "stopped", seen, "", "", "")


def _items(found: Findings) -> Iterator[Row]:
    for item in found.items:
        place = ("exercise", str(item.exercise.number), item.exercise.title)
        n = str(len(item.points))
        yield (*place, "full points", _n(item.exercise.maximum), "", "", n)
        if item.spread is not None:
            low, high = _n(item.spread.low), _n(item.spread.high)
            yield (*place, "mean", _n(item.spread.mean), "", "", n)
            yield (*place, "median", _n(item.spread.median), low, high, n)
        if item.goes is not None:
            goes = (_n(item.goes.value), _n(item.goes.low), _n(item.goes.high))
            yield (*place, "discrimination", *goes, str(found.measured))


def _grid(grid: Grid) -> Iterator[Row]:
    for row in grid.rows:
        for column in grid.columns:
            cell = grid.cells.get((row.id, column.id))
            if cell is not None:
                name = f"{row.name} / {column.name}"
                number, count = str(grid.exercise.number), str(cell.count)
                yield ("cell", number, name, cell.shows, count, "", "", str(grid.students))


def _n(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
