"""``import b2bcourse`` and the first exercise, in a new Python each time."""

from __future__ import annotations

from typing import Final

from benchmarks.measure import (
    BrokenPromiseError,
    Job,
    Report,
    costs,
    fresh_python,
    saves,
    take_turns,
)

HEAVY: Final = ("pandas", "matplotlib", "scipy", "nbgrader")

_TIMED: Final = """
import time
start = time.perf_counter()
{code}
print(time.perf_counter() - start)
"""
_EXERCISE: Final = """
import b2bcourse
shown = b2bcourse.practice("mx-cells")
assert shown is not None
"""
_FIGURE: Final = """
import b2bcourse
shown = b2bcourse.figure("benefit-matrix")
assert shown.png
"""
_DRAWN: Final = """
from b2bcourse.figures import draw
assert draw("benefit-matrix", "ko").png
"""
_WIDGET: Final = """
import anywidget
class Widget(anywidget.AnyWidget):
    _esm = "export default {render({el}) {}}"
Widget()
"""
_LOADED: Final = """
import sys
{code}
print(*[name for name in {heavy!r} if name in sys.modules])
"""


def run(job: Job) -> Report:
    runs = job.runs(21)
    times = take_turns(
        job,
        "import",
        lambda: _milliseconds("import b2bcourse"),
        lambda: _milliseconds("import anywidget"),
        runs,
    )
    shown = take_turns(
        job, "import, show", lambda: _milliseconds(_EXERCISE), lambda: _milliseconds(_WIDGET), runs
    )
    figures = take_turns(
        job, "figure", lambda: _milliseconds(_FIGURE), lambda: _milliseconds(_DRAWN), job.runs(11)
    )
    return Report(
        rows=[
            costs(
                "`import b2bcourse`",
                times,
                against="`import anywidget`",
                unit="ms",
                says="times the time",
                under=1.3,
            ),
            costs(
                "import and make the 10 × 18 exercise",
                shown,
                against="import and make an empty anywidget",
                unit="ms",
                says="times the time",
            ),
            saves(
                "import and show a figure",
                figures,
                against="the same drawn by Matplotlib",
                unit="ms",
            ),
        ],
        lines=[
            _heavy("`import b2bcourse`", "import b2bcourse"),
            _heavy("Showing an exercise", _EXERCISE),
            _heavy("Showing a figure", _FIGURE),
        ],
    )


def _milliseconds(code: str) -> float:
    """Milliseconds that ``code`` takes in a new Python."""
    return float(fresh_python(_TIMED.format(code=code))) * 1000


def _heavy(what: str, code: str) -> str:
    """A sentence on what ``code`` does not load."""
    loaded = fresh_python(_LOADED.format(code=code, heavy=HEAVY))
    if loaded:
        raise BrokenPromiseError(f"{what} loads {loaded}")
    return f"{what} loads none of {', '.join(HEAVY)}."
