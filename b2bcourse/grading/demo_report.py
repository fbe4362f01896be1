"""The demo's result, told on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from b2bcourse.grading.demo_words import WORDS
from b2bcourse.grading.marking import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from b2bcourse.facts import Lang
    from b2bcourse.grading.demo import ClassMatrix, DemoResult, GradedStudent


def tell(result: DemoResult, out: Console) -> None:
    """Print each student's points, the class's marks, and where everything is."""
    if result.students:
        out.print(_points_table(result))
    if result.matrix:
        out.print(_matrix_table(result.matrix, result.lang))
        out.print(escape(WORDS.matrix_note[result.lang]), soft_wrap=True)
    places = WORDS.places[result.lang].format(
        course=result.course,
        gradebook=result.gradebook,
        feedback=result.course / "feedback",
        pages=len(result.feedback),
        seconds=f"{result.seconds:.1f}",
    )
    out.print(escape(places), soft_wrap=True, highlight=False)


def _points_table(result: DemoResult) -> Table:
    lang = result.lang
    table = Table(title=result.assignment, title_justify="left", box=None, pad_edge=False)
    table.add_column(WORDS.student[lang])
    shared = _shared_start(result.maximum)
    for item, maximum in result.maximum.items():
        name = item.removeprefix(shared)
        table.add_column(f"{name}\n/ {shown(maximum)}", justify="right")
    table.add_column(WORDS.total[lang], justify="right")
    table.add_column(WORDS.habit[lang])
    for graded in result.students:
        points = [_cell(graded, item) for item in result.maximum]
        total = shown(sum(p or 0.0 for p in graded.points.values())) if graded.points else "-"
        table.add_row(graded.student.id, *points, total, _about(graded, lang))
    return table


def _shared_start(items: Iterable[str]) -> str:
    """What all ids begin with, such as ``a2-``: told once, in the title, it leaves room."""
    starts = {item.split("-")[0] for item in items}
    return f"{starts.pop()}-" if len(starts) == 1 else ""


def _cell(graded: GradedStudent, item: str) -> str:
    if item not in graded.points:
        return "-"
    points = graded.points[item]
    return "?" if points is None else shown(points)


def _about(graded: GradedStudent, lang: Lang) -> str:
    fate = WORDS.fates[graded.student.fate][lang]
    return escape(", ".join(filter(None, (graded.student.habit.told[lang], fate))))


def _matrix_table(matrix: ClassMatrix, lang: Lang) -> Table:
    title = f"{matrix.title} ({WORDS.share[lang]})"
    table = Table(
        title=escape(title), title_justify="left", box=None, pad_edge=False, padding=(0, 0, 0, 1)
    )
    table.add_column("", no_wrap=True, max_width=22)
    for name in matrix.columns.values():
        table.add_column(escape(name), justify="right", overflow="fold", min_width=4)
    for row, name in matrix.rows.items():
        cells = [_share(matrix, row, column) for column in matrix.columns]
        table.add_row(escape(name), *cells)
    return table


def _share(matrix: ClassMatrix, row: str, column: str) -> str:
    share = f"{100 * matrix.marked[row, column]:.0f}"
    return f"[bold]{share}*[/bold]" if (row, column) in matrix.wanted else f"{share} "
