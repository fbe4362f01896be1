"""A game's widget alone on a page, with the real game behind it instead of a kernel.

What the widget sends goes to `Game` in this process, and what the game then says and shows goes back:
all of the way of a turn but JupyterLab's wires.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import alone

from b2bcourse.items import face_hash, kind_of, load_item
from b2bcourse.place import bank_folder
from b2bcourse.responses import Store
from b2bcourse.widgets.simulation import Game

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

KIND = kind_of("simulation")

# The page's stand-in for a kernel hands every message on and takes over what came back.
WIRE = """() => {
  fake.hear = async (message) => {
    fake.sent.push(message);
    if (fake.kernel === "dead") throw new Error("comm is closed");
    if (fake.kernel === "gone") return;
    const { traits, replies } = JSON.parse(await window.toGame(JSON.stringify(message)));
    for (const [name, data] of Object.entries(traits)) fake.set(name, data);
    for (const reply of replies) fake.reply(reply);
  };
}"""


class GameOnPage:
    """A practice game in a browser; ``folder`` is where its journal lies."""

    def __init__(self, bench: alone.Bench, folder: Path) -> None:
        self.bench, self.folder = bench, folder
        self.page = bench.page
        self.page.expose_function("toGame", self._hear)
        self.replies: list[Any] = []

    def show(
        self, item: str = "sim-tutorial", lang: str = "ko", theme: str = "light", width: int = 1280,
        height: int = 900, mode: str = "practice",
    ) -> Locator:
        """The game as the cell shows it when it is run, with what was played before."""
        authored = load_item(bank_folder() / f"{item}.yaml")
        face = KIND.face(authored, lang)
        store = Store(self.folder, item, "simulation", face_hash(face))
        self.game = Game(face, None if mode == "preview" else store, authored if mode == "practice" else None)
        self.game.view.send = self.replies.append
        view = self.game.view
        more = {name: getattr(view, name) for name in ("game", "page")}
        html = alone.html(view.face, view.value, theme, mode, "simulation", saved=view.saved, traits=more)
        self.bench.show(html, width, height)
        self.page.evaluate(WIRE)
        return self.page.locator("#one .b2b-simulation")

    def _hear(self, message: str) -> str:
        view = self.game.view
        names = ("game", "page", "value")
        before = {name: getattr(view, name) for name in names}
        self.replies.clear()
        view._handle_custom_msg(json.loads(message), [])
        changed = {name: getattr(view, name) for name in names if getattr(view, name) is not before[name]}
        return json.dumps({"traits": changed, "replies": self.replies}, ensure_ascii=False)
