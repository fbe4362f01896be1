"""A learner's computer for the tests of the lesson extension: laid as `start` lays, servers that come and go."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from lab import free_port, lay, serving, wait_idle
from playwright.sync_api import expect

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Locator, Page

LESSON = "ko/01-decision-process.ipynb"
FIRST = "dmp-next-move"

# Notes whether «model not found» is ever to be seen, from before JupyterLab's own code.
WATCH = """
window.sawError = [];
const look = () => {
  for (const output of document.querySelectorAll(".jp-OutputArea-output")) {
    const text = output.textContent || "";
    if (text.length < 200 && /Error displaying widget/.test(text) && output.checkVisibility()) window.sawError.push(text);
  }
};
addEventListener("DOMContentLoaded", () => new MutationObserver(look).observe(document, { childList: true, subtree: true }));
"""


class Computer:
    """One learner's computer: a working copy, a home, and a server that can be stopped and begun anew."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.root, self.home, self.port = folder / "work", folder / "home", free_port()
        self.home.mkdir(exist_ok=True)
        lay(self.root, self.home, "ko", "en")

    def server(self, **more: Any) -> AbstractContextManager[Lab]:
        return serving(self.root, self.home, self.port, **more)


class Reader:
    """Somebody before a page."""

    def __init__(self, lab: Lab, page: Page) -> None:
        self.lab, self.page = lab, page
        page.add_init_script(WATCH)
        page.set_default_timeout(45_000)

    def open(self, path: str = LESSON, *, reset: bool = True) -> None:
        query = "?reset" if reset else ""
        self.page.goto(f"{self.lab.url}/lab/tree/{path}{query}", wait_until="domcontentloaded")

    @property
    def first(self) -> Locator:
        return self.page.locator(".b2b-exercise").first

    def expect_alive(self) -> None:
        """Every exercise is on the page, nobody having clicked, and none waits any more."""
        expect(self.first).to_be_visible(timeout=45_000)
        self.page.wait_for_function(
            "() => document.querySelector('.b2b-alive') && !document.querySelector('.b2b-waking')"
        )
        wait_idle(self.page)
        assert self.page.evaluate("window.sawError") == []

    def answer(self, item: str = FIRST) -> None:
        """An answer that comes to be on disk, which takes a kernel that listens."""
        file = self.lab.responses(LESSON) / f"{item}.json"
        before = file.read_bytes() if file.exists() else b""
        shown = self.page.locator(f'.b2b-exercise[data-item="{item}"]')
        # An exercise that has just woken stands in another's place: it is asked for anew until it stays.
        shown.locator("input:not(:checked)").first.check()
        expect(shown.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
        assert file.exists()
        assert file.read_bytes() != before

    def expect_asleep(self) -> None:
        """It is told why nothing runs, and nothing has run."""
        expect(self.notice).to_be_visible(timeout=45_000)
        wait_idle(self.page)
        self.page.wait_for_timeout(1500)
        assert self.page.locator(".b2b-exercise").count() == 0
        counts = "() => jupyterapp.shell.currentWidget.content.widgets.map(c => c.model.executionCount ?? 0)"
        assert sum(self.page.evaluate(counts)) == 0

    @property
    def notice(self) -> Locator:
        return self.page.locator(".b2b-notice")

    def is_dirty(self) -> bool:
        return bool(self.page.evaluate("() => jupyterapp.shell.currentWidget.context.model.dirty"))

    def wait_saved(self, path: str = LESSON) -> None:
        """The outputs are on disk, and the page says that nothing is unsaved."""
        file = self.lab.root / path
        wait_until(lambda: bool(outputs(file)) and not self.is_dirty(), "it is not saved")

    def cull(self) -> None:
        """The server ends the kernel of the lesson in front, as one does that nobody has used for long."""
        mine = self.page.evaluate(KERNEL)
        cookies = {cookie["name"]: cookie["value"] for cookie in self.page.context.cookies()}
        headers = {"X-XSRFToken": cookies["_xsrf"]}
        address = f"{self.lab.url}/api/kernels/{mine}"
        assert self.page.context.request.delete(address, headers=headers).status == 204


KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"


def outputs(file: Path) -> list[Any]:
    """What the cells of a notebook on disk show; nothing of one that is just being written."""
    try:
        cells = json.loads(file.read_bytes())["cells"]
    except ValueError:
        return []
    return [output for cell in cells for output in cell.get("outputs", ())]


def wait_until(true: Any, told: str, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, told
        time.sleep(0.05)
