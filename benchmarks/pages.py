"""Notebooks with one exercise each in a real JupyterLab, and how long they take to show it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.measure import ROOT, BrokenPromiseError, SkipBenchmark

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from b2bcourse.items.matrix.face import Face


def on_path() -> None:
    """The browser tests' JupyterLab and Chromium serve here as well."""
    place = str(ROOT / "tests" / "browser")
    if place not in sys.path:
        sys.path.insert(0, place)


on_path()

HERE: Final = Path(__file__).parent
AGAINST: Final = "plain ipywidgets"
# Tall enough for every matrix to be seen as a whole.
VIEWPORT: Final = {"width": 1280, "height": 1600}
LINE_MODULE: Final = """import anywidget


class Line(anywidget.AnyWidget):
    _esm = '''export default { render({ el }) {
      const line = document.createElement("div");
      line.className = "bench-line";
      line.textContent = "one line";
      el.append(line);
    } }'''
"""
LINE: Final = "import line; line.Line()"


@dataclass(frozen=True)
class Shown:
    """A notebook of one cell, open on a page.

    Attributes:
        page: the page.
        selector: finds the parts that must be seen: a matrix's cells.
        cells: how many there must be.
        file: where an answer goes.
    """

    page: Page
    selector: str
    cells: int
    file: Path

    def run(self) -> float:
        """Milliseconds from running the cell to its last part painted."""
        self._clear()
        return self._time()

    def run_twice(self) -> tuple[float, float]:
        """The same in a kernel that has run nothing, and then once more.

        A new kernel each time: what ipywidgets showed stays in the memory of page and kernel
        though its cell is run again, and would slow down each further run.
        """
        from lab import restart_kernel

        self._clear()
        restart_kernel(self.page)
        return self._time(), self.run()

    def whole(self) -> tuple[float, float]:
        """Milliseconds from running all cells in a new kernel to the last part drawn, and how many
        of processor time the page's main thread worked until the kernel was idle again.
        """
        from lab import command, restart_kernel, wait_idle

        command(self.page, "notebook:clear-all-cell-outputs")
        restart_kernel(self.page)
        self.page.wait_for_timeout(500)
        ask = "([what, count]) => window.bench.time('notebook:run-all-cells', what, count, true)"
        with self._clock() as worked:
            before = worked()
            milliseconds = self.page.evaluate(ask, [self.selector, self.cells])
            if milliseconds is None:
                seen = self.page.locator(self.selector).count()
                raise BrokenPromiseError(f"{seen} of {self.cells} {self.selector}")
            wait_idle(self.page)
            return float(milliseconds), worked() - before

    @contextmanager
    def _clock(self) -> Iterator[Callable[[], float]]:
        """Tells how many milliseconds of processor time the page's main thread has worked."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

        def worked() -> float:
            metrics = session.send("Performance.getMetrics")["metrics"]
            named = {one["name"]: one["value"] for one in metrics}
            return float(named["ThreadTime"]) * 1000

        yield worked
        session.detach()

    def traffic(self, *, first: bool = False) -> dict[str, int]:
        """Bytes over the kernel's socket, and models opened, in one run of the cell.

        Args:
            first: as the first exercise that the page shows of this kernel.
        """
        from lab import restart_kernel

        self._clear()
        if first:
            restart_kernel(self.page)
        self.forget()
        self._time()
        self.page.wait_for_timeout(500)
        counts: dict[str, int] = self.page.evaluate("() => window.bench.traffic()")
        return counts

    def forget(self) -> None:
        """Forget what passed over the socket."""
        self.page.evaluate("() => { window.bench.frames.length = 0; }")

    def _time(self) -> float:
        from lab import wait_idle

        self.page.bring_to_front()
        ask = "([selector, count]) => window.bench.time('notebook:run-cell', selector, count)"
        milliseconds = self.page.evaluate(ask, [self.selector, self.cells])
        if milliseconds is None:
            shown = self.page.locator(".jp-OutputArea").all_inner_texts()
            raise BrokenPromiseError(f"not {self.cells} of {self.selector}, but {shown}"[:500])
        wait_idle(self.page)
        return float(milliseconds)

    def _clear(self) -> None:
        """Take what is shown off the page, and let both sides come to rest."""
        from lab import command, wait_idle

        self.page.bring_to_front()
        command(self.page, "notebook:clear-all-cell-outputs")
        self.page.wait_for_function("s => !document.querySelector(s)", arg=self.selector)
        self.page.wait_for_timeout(500)
        wait_idle(self.page)


class Desk:
    """JupyterLab and a browser, to open notebooks with."""

    def __init__(self, lab: Any, context: Any) -> None:
        self._lab, self._context = lab, context

    @property
    def root(self) -> Path:
        """The server's folder."""
        root: Path = self._lab.root
        return root

    def ours(self, item: str, selector: str = ".b2b-cell", count: int = 0) -> Shown:
        """An item of the practice bank, as a lesson shows it.

        Args:
            item: its id.
            selector: what finds its parts.
            count: how many there are; else a matrix's cells.
        """
        folder = self._write(item, f'import b2bcourse as b2b\nb2b.practice("{item}")')
        return self._open(folder, selector, count or _cells(face_of(item)), item)

    def plain(
        self,
        item: str,
        module: str = "plain_matrix",
        selector: str = ".widget-toggle-button",
        count: int = 0,
    ) -> Shown:
        """The same in ipywidgets alone, made from the same face by a ``module`` of this folder."""
        from b2bcourse.items import face_bytes

        face = face_of(item)
        folder = self._write(f"{item}-plain", f'import {module}\n{module}.show("{item}.json")')
        shutil.copyfile(HERE / f"{module}.py", folder / f"{module}.py")
        (folder / f"{item}.json").write_bytes(face_bytes(face))
        return self._open(folder, selector, count or _cells(face), item)

    def line(self) -> Shown:
        """An anywidget that shows one line: the least that a widget can be asked to show."""
        return self._open(self._lines("line", 1), ".bench-line", 1, "line")

    def lines(self, count: int) -> Shown:
        """A notebook of as many such widgets."""
        return self._open(self._lines("lines", count), ".bench-line", count, "line")

    def lesson(self, notebook: Path, selector: str, count: int) -> Shown:
        """A lesson as it is written."""
        folder = self._write("lesson")
        shutil.copyfile(notebook, folder / "one.ipynb")
        return self._open(folder, selector, count, "lesson")

    def _lines(self, name: str, count: int) -> Path:
        folder = self._write(name, *[LINE] * count)
        (folder / "line.py").write_text(LINE_MODULE, encoding="utf-8")
        return folder

    def _write(self, name: str, *sources: str) -> Path:
        from lab import context_of, write_notebook

        folder: Path = self._lab.root / "bench" / name
        write_notebook(folder / "one.ipynb", *sources)
        context_of(folder, "ko")
        return folder

    def _open(self, folder: Path, selector: str, cells: int, item: str) -> Shown:
        page = self._context.new_page()
        self._lab.open(page, (folder / "one.ipynb").relative_to(self._lab.root).as_posix())
        return Shown(page, selector, cells, folder / "responses" / f"{item}.json")


@contextmanager
def desk() -> Iterator[Desk]:
    """A new JupyterLab on a working copy of the course, and a browser.

    Raises:
        SkipBenchmark: there is no browser.
    """
    import alone

    if lacking := alone.missing():
        raise SkipBenchmark(f"a browser is needed: {lacking}")
    from lab import running_lab

    with (
        tempfile.TemporaryDirectory(prefix="b2b-bench-", ignore_cleanup_errors=True) as scratch,
        running_lab(Path(scratch)) as lab,
        alone.browser() as browser,
    ):
        context = browser.new_context(viewport=VIEWPORT)
        context.add_init_script(path=HERE / "watch.js")
        yield Desk(lab, context)


def face_of(item: str) -> Face:
    """The Korean face of an item of the practice bank."""
    from b2bcourse.context import practice_item
    from b2bcourse.items import kind_of

    authored = practice_item(item)
    face: Face = kind_of(authored.kind).face(authored, "ko")
    return face


def _cells(face: Face) -> int:
    return len(face.rows) * len(face.columns)
