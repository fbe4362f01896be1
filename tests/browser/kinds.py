"""Two exercises of each kind in one notebook, answered by keys alone: what survives is tested on them."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lab import context_of, restart_kernel, run_all, wait_idle, write_notebook
from playwright.sync_api import expect

from b2bcourse.authoring.cells import source

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Lab
    from playwright.sync_api import Locator, Page

HERE = Path(__file__).parent
KEY = re.compile(r"[A-Z][A-Za-z]+(\+[A-Za-z]+)?")  # a key's name; all else is typed
FILE_NAME = "모든 문제.ipynb"


class Kind(NamedTuple):
    """Two items, and three steps that answer either: what gets the focus, then the keys."""

    items: list[str]
    steps: list[list[str]]


KINDS = {
    name: Kind(**kind) for name, kind in json.loads((HERE / "kinds.json").read_bytes()).items()
}
PICTURE = (HERE / "picture.mjs").read_text("utf-8").partition("export default ")[2].rstrip(";\n")

# What the notebook says under a widget: run this cell again.
RUN_CELL = """async (at) => {
  window.jupyterapp.shell.currentWidget.content.activeCellIndex = at;
  await window.jupyterapp.commands.execute("notebook:run-cell");
}"""

ALIVE = "() => document.querySelector('.b2b-alive') && !document.querySelector('.b2b-waking')"


class Desk:
    """The notebook in a page, and what lies on disk of its exercises.

    Args:
        lab: the server.
        page: where it is opened.
        folder: its folder below the server's root.
        kinds: the kinds that are in it; all of them by default.
        app: ``lab`` or ``notebook``.
        name: the notebook's file name.
        laid: noted as laid, so that it comes alive by itself; else its cells are run.
    """

    def __init__(
        self,
        lab: Lab,
        page: Page,
        folder: str,
        kinds: tuple[str, ...] = tuple(KINDS),
        app: str = "lab",
        name: str = FILE_NAME,
        laid: bool = False,
    ) -> None:
        self.lab, self.page, self.app, self.laid = lab, page, app, laid
        self.kinds = kinds
        self.items = {item: name for name in kinds for item in KINDS[name].items}
        self.path = f"{folder}/{name}"
        self.pictures: dict[str, Any] = {}
        if not (lab.root / self.path).exists():
            write_notebook(lab.root / self.path, *(source("practice", item) for item in self.items))
            if not (lab.root / folder / "items").exists() and folder.startswith("tests/"):
                context_of(lab.root / folder, "ko")
        if laid:
            lab.record(self.path)
        self.open()
        self.run()

    def open(self) -> None:
        self.open_in(self.page)

    def open_in(self, page: Page) -> None:
        self.lab.open(page, self.path, app=self.app)
        self.settle(page)

    def reload(self) -> None:
        self.page.reload()
        wait_idle(self.page)
        self.settle(self.page)

    def settle(self, page: Page) -> None:
        """What comes alive by itself is alive."""
        if self.laid:
            page.wait_for_function(ALIVE, timeout=45_000)
            wait_idle(page)

    def restart(self) -> None:
        """Restart the kernel; what comes alive by itself shows every exercise anew."""
        old = "document.querySelectorAll('.b2b-exercise')"
        self.page.evaluate(f"() => {old}.forEach((one) => one.classList.add('of-before'))")
        restart_kernel(self.page)
        if self.laid:
            expect(self.page.locator(".of-before")).to_have_count(0, timeout=45_000)
            self.settle(self.page)

    def run(self) -> None:
        """Run every cell, where nothing runs by itself."""
        if not self.laid:
            run_all(self.page)
        for item in self.items:
            expect(self.shown(item)).to_be_attached(timeout=20_000)

    def run_cell(self, at: int) -> None:
        """The written instruction: run this cell again."""
        self.page.evaluate(RUN_CELL, at)
        wait_idle(self.page)

    def clear(self) -> None:
        """No answer is on disk."""
        for item in self.items:
            self.file(item).unlink(missing_ok=True)

    def close_page(self) -> None:
        """As somebody who closes a browser's tab: nothing is waited for."""
        context = self.page.context
        self.page.close()
        self.page = context.new_page()

    def save_notebook(self) -> None:
        """With its outputs, which come back with it."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")

    # ------------------------------------------------------------ answering

    def step(self, item: str, number: int) -> None:
        """One step of the answer, by keys; whether it is saved is not waited for."""
        selector, *keys = KINDS[self.items[item]].steps[number]
        self.shown(item).locator(selector).first.focus()
        for key in keys:
            if KEY.fullmatch(key):
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.type(key)

    def saved_step(self, item: str, number: int) -> None:
        """One step of the answer, until it is seen and on disk, and the page says so."""
        before, looked = self.value(item), self.picture(item)
        self.step(item, number)
        self.wait_saved(item, before)
        assert self.picture(item) != looked, f"{item}: no step is to be seen"

    def wait_saved(self, item: str, before: Any) -> None:
        wait_until(lambda: self.value(item) != before, f"{item} stays {before}")
        expect(self.shown(item).locator(".b2b-saved")).to_have_attribute("data-kind", "saved")

    def begin(self, number: int = 0) -> None:
        """One step in every exercise, saved; and how each looks then."""
        for item in self.items:
            self.saved_step(item, number)
        self.look()

    def look(self) -> None:
        self.pictures = {item: self.picture(item) for item in self.items}

    # ------------------------------------------------------------ looking

    def shown(self, item: str) -> Locator:
        return self.page.locator(f'.b2b-exercise[data-item="{item}"]')

    def picture(self, item: str) -> Any:
        return self.shown(item).evaluate(PICTURE)

    def expect_picture(self, item: str, wanted: Any = None) -> None:
        """The exercise looks so, or will in a moment; by default as when it was last looked at."""
        wanted = wanted or self.pictures[item]
        expect(self.shown(item)).to_be_attached(timeout=20_000)
        wait_until(
            lambda: self.picture(item) == wanted, lambda: differing(self.picture(item), wanted)
        )

    def file(self, item: str) -> Path:
        return self.lab.responses(self.path) / f"{item}.json"

    def value(self, item: str) -> Any:
        file = self.file(item)
        return json.loads(file.read_bytes())["value"] if file.exists() else {}

    # ------------------------------------------------------------ what must be true of a kind

    def expect_to_go_on(self, kind: str, number: int) -> None:
        """Both exercises look as before; a further step joins the answer, the other stays."""
        one, other = KINDS[kind].items
        for item in (one, other):
            self.expect_picture(item)
        before, untouched = self.value(one), self.file(other).read_bytes()
        self.saved_step(one, number)
        assert goes_on(self.value(one), before), (self.value(one), before)
        assert self.file(other).read_bytes() == untouched
        self.expect_picture(other)


def goes_on(new: Any, old: Any) -> bool:
    """Whether an answer holds all that an earlier one held; a single choice holds another one."""
    if isinstance(old, dict) and len(old.get("chosen", ())) == 1:
        return 1 <= len(new["chosen"]) <= 2
    if isinstance(old, dict):
        return all(goes_on(new.get(key), inner) for key, inner in old.items())
    if isinstance(old, list):
        return new[: len(old)] == old
    return new.startswith(old) if isinstance(old, str) else new == old


def differing(seen: list[str], wanted: list[str]) -> str:
    return f"seen {sorted({*seen} - {*wanted})}, wanted {sorted({*wanted} - {*seen})}"


def wait_until(
    true: Callable[[], bool], told: str | Callable[[], str], seconds: float = 10.0
) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, told if isinstance(told, str) else told()
        time.sleep(0.03)
