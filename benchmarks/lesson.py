"""A whole lesson in a new kernel beside as many one-line widgets, and how large it is when saved.

The lesson is a copy of lesson 04 of November 2026, so that figures stay comparable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import nbformat

from benchmarks.measure import Job, Report, costs, take_turns
from benchmarks.pages import HERE, Shown, desk

if TYPE_CHECKING:
    from pathlib import Path

LESSON: Final = HERE / "lesson-04.ipynb"
MOST: Final = 120
"""kB that the saved notebook may take."""

CHECK: Final = '.b2b-button[data-do="main"]:not([aria-disabled="true"])'


def run(job: Job) -> Report:
    exercises, cells = _counts(LESSON)
    with desk() as open_desk:
        ours = open_desk.lesson(LESSON, ".b2b-exercise", exercises)
        lines = open_desk.lines(cells)
        runs = take_turns(job, "lesson 04", ours.whole, lines.whole, job.runs(11))
        size = _saved(ours, open_desk.root / "bench" / "lesson" / "one.ipynb")
    whole = [(mine[0], other[0]) for mine, other in runs]
    work = [(mine[1], other[1]) for mine, other in runs]
    return Report(
        rows=[
            costs(
                f"lesson 04 whole ({exercises} exercises), in a new kernel",
                whole,
                against=f"{cells} anywidgets of one line",
                unit="ms",
                says="times the time",
                under=2,
            ),
            costs(
                "of it, processor time of the page's main thread",
                work,
                against=f"{cells} anywidgets of one line",
                unit="ms",
                says="times the time",
            ),
            costs(
                "lesson 04 saved after all checks",
                [(size / 1000, MOST)],
                against="the most it may be",
                unit="kB",
                says="of it",
                under=1,
            ),
        ]
    )


def _answer(path: Path) -> None:
    """Answer every exercise of the lesson as its key does."""
    from b2bcourse.context import practice_item
    from b2bcourse.items import kind_of
    from b2bcourse.responses import Store

    for name in re.findall(r'practice\(\\?"([a-z0-9-]+)', path.read_text("utf-8")):
        item = practice_item(name)
        kind = kind_of(item.kind)
        face = kind.face(item, "ko")
        Store(path.parent, face, item).save(kind.model_answer(face, kind.key(item)))


def _counts(path: Path) -> tuple[int, int]:
    """How many exercises a lesson shows at once, and how many of its cells run."""
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return sum("b2b.figure" not in source for source in sources), len(sources)


def _saved(shown: Shown, path: Path) -> int:
    """Bytes of the notebook once every exercise has been answered and checked."""
    page = shown.page
    _answer(path)
    shown.whole()
    for button in page.locator(CHECK).all():
        button.click()
        page.wait_for_timeout(200)
    page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")
    page.wait_for_timeout(1000)
    return path.stat().st_size
