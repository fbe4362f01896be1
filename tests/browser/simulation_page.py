"""A game's widget alone on a page, with the real game behind it instead of a kernel.

What the widget sends goes to `Game` in this process, and what the game then says and shows goes back:
all of the way of a turn but JupyterLab's wires.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import alone
from playwright.sync_api import expect

from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
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
    for (const reply of replies) fake.reply(reply);
    for (const [name, data] of Object.entries(traits)) fake.set(name, data);
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
        self,
        item: str = "sim-tutorial",
        lang: str = "ko",
        theme: str = "light",
        width: int = 1280,
        height: int = 900,
        mode: str = "practice",
    ) -> Locator:
        """The game as the cell shows it when it is run, with what was played before."""
        authored = load_item(bank_folder() / f"{item}.yaml")
        face = KIND.face(authored, lang)
        store = Store(self.folder, face)
        self.game = Game(
            face, None if mode == "preview" else store, authored if mode == "practice" else None
        )
        self.game.view.send = self.replies.append
        self._looks = (theme, mode, width, height)
        return self.reload()

    def reload(self) -> Locator:
        """The page anew, as it is when it is loaded again while the kernel lives."""
        theme, mode, width, height = self._looks
        view = self.game.view
        more = {name: getattr(view, name) for name in ("game", "desk", "page", "place")}
        html = alone.html(
            view.face, view.value, theme, mode, "simulation", saved=view.saved, traits=more
        )
        # A widget may have something to say as soon as it stands: the wire comes before it.
        shown = '  await fake.show("one");'
        assert shown in html
        self.bench.show(html.replace(shown, f"  ({WIRE})();\n{shown}"), width, height)
        return self.page.locator("#one .b2b-simulation")

    def _hear(self, message: str) -> str:
        view = self.game.view
        names = ("value", "saved", "desk", "page", "game")
        before = {name: getattr(view, name) for name in names}
        self.replies.clear()
        view._handle_custom_msg(json.loads(message), [])
        changed = {
            name: getattr(view, name) for name in names if getattr(view, name) is not before[name]
        }
        return json.dumps({"traits": changed, "replies": self.replies}, ensure_ascii=False)


WHY = {"ko": "들은 다음에 말합니다", "en": "Listen before you talk"}


def put(folder: Path, item: str, turns: int, lang: str = "ko") -> None:
    """On disk a game that has come so far; the best there is."""
    authored = load_item(bank_folder() / f"{item}.yaml")
    face = KIND.face(authored, lang)
    best = KIND.model_answer(face, KIND.key(authored))
    played = [{"decisions": turn["decisions"], "why": WHY[lang]} for turn in best["turns"][:turns]]
    Store(folder, face).save({**best, "turns": played})


class Player:
    """Somebody who plays with the mouse: every move is found on the board, never sent from behind."""

    def __init__(self, root: Locator) -> None:
        self.root, self.page = root, root.page

    def at(self, name: str) -> Locator:
        return self.root.locator(f'[data-at="{name}"]')

    def press(self, name: str) -> None:
        self.at(name).click()

    def tick(self, name: str) -> None:
        self.press(name)

    def write(self, name: str, text: str) -> None:
        self.at(name).fill(text)

    def choose(self, name: str, value: str) -> None:
        self.at(name).select_option(value)

    def turn(self, moves: list[dict[str, Any]], why: str) -> None:
        """Plan the moves, write the reason, end the turn and wait for what came of it."""
        for move in moves:
            self.plan(move)
        done = self.root.locator(".b2b-segments .is-done")
        before = done.count()
        self.write("why", why)
        self.press("commit")
        if any(self.root.locator(".b2b-doubt").all_inner_texts()):
            self.press("commit")  # an empty turn, or next to no reason: it is asked about once
        expect(done).to_have_count(before + 1)

    def plan(self, move: dict[str, Any]) -> None:
        """Find one move on the board, fill it in and put it into the plan."""
        self.open_account(move["account"])
        if move.get("person"):
            self.open_person(move["account"], move["person"])
        planned = self.root.locator(".b2b-plan > li")
        again = move["do"] == "note" and self.is_noted(move)
        count = planned.count() + (0 if again else 1)
        who = move.get("person") or move.get("order") or ""
        key = f"move/{move['do']}/{move['account']}/{who}"
        self.press(key)
        if self.at("put-in").count():
            self.fill_in(move)
            self.press("put-in")
        expect(planned).to_have_count(count)
        expect(self.at("put-in")).to_have_count(0)

    def is_noted(self, move: dict[str, Any]) -> bool:
        key = f"move/note/{move['account']}/{move['person']}"
        return self.at(key).locator(".b2b-choose.is-planned").count() > 0

    def open_account(self, account: str) -> None:
        name = f"account/{account}"
        if self.at(name).get_attribute("aria-pressed") != "true":
            self.press(name)

    def open_person(self, account: str, person: str) -> None:
        name = f"person/{account}/{person}"
        if self.at(name).get_attribute("aria-pressed") != "true":
            self.press(name)

    def fill_in(self, move: dict[str, Any]) -> None:
        for name in ("cut", "visits", "opening", "reserve"):
            if self.at(f"field/{name}").count():
                self.write(f"field/{name}", str(move.get(name, 0)))
        for name in ("how", "what", "which"):
            if move.get(name) and self.at(f"field/{name}/{move[name]}").count():
                self.tick(f"field/{name}/{move[name]}")
        for name in ("roles", "interests", "persons"):
            self.set_all(name, move.get(name, []))
        self.fear(move)
        for number, message in enumerate(move.get("messages", [])):
            self.press("message/more")
            for name in ("person", "benefit"):
                self.choose(f"message/{number}/{name}", message[name])

    def fear(self, move: dict[str, Any]) -> None:
        if self.at("field/fear").count():
            self.choose("field/fear", move.get("fear", ""))
        elif move.get("fear"):
            self.tick(f"field/fear/{move['fear']}")

    def set_all(self, name: str, wanted: list[str]) -> None:
        """Tick these boxes of a field and no others; first those that are to go."""
        boxes = self.root.locator(f'[data-at^="field/{name}/"]')
        marks = [(box.get_attribute("data-at"), box.is_checked()) for box in boxes.all()]
        for is_going in (True, False):
            for at, checked in marks:
                asked = at.rpartition("/")[2] in wanted
                if checked != asked and checked is is_going:
                    self.tick(at)


class KeyPlayer(Player):
    """Somebody who has no mouse: Tab to come near, arrows among cards and choices, Enter and Space."""

    def press(self, name: str) -> None:
        self.go(name)
        self.page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        if self.at(name).get_attribute("type") == "radio":
            self.go_to_radio(name)
            return
        self.go(name)
        self.page.keyboard.press("Space")

    def write(self, name: str, text: str) -> None:
        self.go(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        self.go(name)
        values = self.at(name).locator("option").evaluate_all("all => all.map(o => o.value)")
        self.page.keyboard.press("Home")
        for _ in range(values.index(value)):
            self.page.keyboard.press("ArrowDown")
        expect(self.at(name)).to_have_value(value)

    def go(self, name: str) -> None:
        """Tab, or Shift+Tab, to an element; the cards of people are one stop, arrows go on from there."""
        group = name.startswith("person/")
        for _ in range(120):
            here = self.page.evaluate("document.activeElement.dataset.at ?? ''")
            if here == name:
                return
            if group and here.startswith("person/"):
                self.page.keyboard.press(self._way(name, "ArrowRight", "ArrowLeft"))
            else:
                self.page.keyboard.press(self._way(name, "Tab", "Shift+Tab"))
        raise AssertionError(f"keys never reach {name}")

    def go_to_radio(self, name: str) -> None:
        group = name.rpartition("/")[0]
        checked = self.root.locator(f'[data-at^="{group}/"]:checked')
        self.go(checked.get_attribute("data-at"))
        for _ in range(12):
            if self.at(name).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never reach {name}")

    def _way(self, name: str, forth: str, back: str) -> str:
        after = self.page.evaluate(
            """(name) => {
              const to = document.querySelector(`#one [data-at="${name}"]`);
              const from = document.activeElement;
              return from === document.body || !(from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING);
            }""",
            name,
        )
        return forth if after else back
