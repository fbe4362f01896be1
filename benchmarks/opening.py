"""A lesson opened until its first exercise is alive, beside JupyterLab running that cell.

The other side is as quick as can be: the cell is run the moment the kernel is idle, without the two
clicks and the reading that a person needs for it. Each run is a new window and a new kernel.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import BrokenPromiseError, Job, Report, SkipBenchmark, costs, take_turns
from benchmarks.pages import on_path

if TYPE_CHECKING:
    from collections.abc import Iterator

LESSON: Final = "ko/01-decision-process.ipynb"
OFF: Final = {"disabledExtensions": {"b2bcourse-lesson": True}}

# Milliseconds from the beginning of the navigation until the first exercise is drawn.
SHOWN: Final = """async () => {
  const height = () => document.querySelector(".b2b-exercise")?.getBoundingClientRect().height;
  const isShown = () => (height() ?? 0) > 0;
  while (!isShown() && performance.now() < 120000) await new Promise(requestAnimationFrame);
  return isShown() ? performance.now() : null;
}"""

RUN: Final = """async () => {
  const lesson = () => window.jupyterapp?.shell?.currentWidget;
  const status = () => lesson()?.sessionContext?.session?.kernel?.status;
  const isReady = () => status() === "idle" && lesson().content.widgets.length;
  while (!isReady()) await new Promise(requestAnimationFrame);
  const cells = lesson().content.widgets;
  lesson().content.activeCellIndex = cells.findIndex((cell) => cell.model.type === "code");
  void window.jupyterapp.commands.execute("notebook:run-cell");
}"""

FORGET: Final = "() => window.jupyterapp.serviceManager.sessions.shutdownAll()"


def run(job: Job) -> Report:
    with _both() as (browser, ours, theirs):
        runs = take_turns(
            job,
            "a lesson opened",
            lambda: _open(browser, ours, by_itself=True),
            lambda: _open(browser, theirs, by_itself=False),
            job.runs(9),
        )
    row = costs(
        "a lesson opened, until its first exercise is alive",
        runs,
        against="JupyterLab opening it and running that cell",
        unit="ms",
        says="times the time",
        under=1.5,
    )
    return Report(rows=[row])


def _open(browser: Any, lab: Any, *, by_itself: bool) -> float:
    """Milliseconds until the first exercise is drawn, in a window that has seen nothing before."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{lab.url}/lab/tree/{LESSON}?reset", wait_until="domcontentloaded")
    if not by_itself:
        page.evaluate(RUN)
    milliseconds = page.evaluate(SHOWN)
    if milliseconds is None:
        raise BrokenPromiseError(f"no exercise is shown: {page.title()}")
    page.evaluate(FORGET)
    context.close()
    return float(milliseconds)


@contextmanager
def _both() -> Iterator[tuple[Any, Any, Any]]:
    """A browser, a server with the lesson extension and one without."""
    on_path()
    import alone

    if lacking := alone.missing():
        raise SkipBenchmark(f"a browser is needed: {lacking}")
    from lessons import Computer

    with tempfile.TemporaryDirectory(prefix="b2b-bench-", ignore_cleanup_errors=True) as scratch:
        ours, theirs = Computer(Path(scratch, "ours")), Computer(Path(scratch, "theirs"))
        config = theirs.home / "config" / "labconfig"
        config.mkdir(parents=True)
        (config / "page_config.json").write_text(json.dumps(OFF), "utf-8")
        with alone.browser() as browser, ours.server() as with_it, theirs.server() as without:
            yield browser, with_it, without
