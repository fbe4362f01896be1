"""An answer survives what happens to pages and kernels, in a real JupyterLab."""

from __future__ import annotations

import itertools
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from kinds import wait_until
from lab import context_of, restart_kernel, run_all, wait_idle, write_notebook
from playwright.sync_api import expect

from b2bcourse.authoring.cells import source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

NUMBERS = itertools.count(1)
LONG = "말을 아끼고 끝까지 들었습니다. " * 20


class Desk:
    """A notebook with two essays and two orderings, and what lies on disk of them."""

    ITEMS = ("es-meeting", "es-reference", "or-dmp5", "or-ten-steps")

    def __init__(self, lab: Lab, new_page: Callable[..., Page], app: str) -> None:
        self.lab, self.new_page, self.app = lab, new_page, app
        name = f"한 번 더 ({next(NUMBERS)})"  # a kernel of another test still lives in its folder
        self.folder = lab.root / "tests" / name
        self.path = f"tests/{name}/하나.ipynb"
        write_notebook(lab.root / self.path, *(source("practice", item) for item in self.ITEMS))
        context_of(self.folder, "ko")
        self.page = self.opened()
        run_all(self.page)
        expect(self.shown(self.ITEMS[-1])).to_be_visible(timeout=20_000)

    def opened(self) -> Page:
        page = self.new_page()
        self.lab.open(page, self.path, app=self.app)
        return page

    def open_again(self) -> None:
        """Close the page and open the notebook anew in the same browser."""
        again = self.page.context.new_page()
        self.page.close()
        self.page = again
        self.lab.open(again, self.path, app=self.app)
        run_all(again)
        expect(self.shown(self.ITEMS[-1])).to_be_visible(timeout=20_000)

    def shown(self, item: str) -> Locator:
        return self.page.locator(f'.b2b-exercise[data-item="{item}"]')

    def field(self, item: str) -> Locator:
        return self.shown(item).locator("textarea").first

    def raw(self, item: str) -> dict[str, Any]:
        """The file of an answer; empty before it is there."""
        path: Path = self.folder / "responses" / f"{item}.json"
        return json.loads(path.read_bytes()) if path.exists() else {}

    def value(self, item: str) -> dict[str, Any]:
        return self.raw(item).get("value", {})

    def wait_for(self, item: str, true: Callable[[dict[str, Any]], bool]) -> None:
        deadline = time.monotonic() + 10
        while not true(self.value(item)):
            assert time.monotonic() < deadline, self.value(item)
            time.sleep(0.05)

    def save_page(self) -> None:
        """Save the notebook, so that its outputs come back with it."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")


@pytest.fixture
def lab_desk(lab: Lab, new_page: Callable[..., Page]) -> Desk:
    return Desk(lab, new_page, "lab")


def test_a_reloaded_page_shows_what_is_saved_and_goes_on_from_there(lab_desk: Desk) -> None:
    desk = lab_desk
    desk.field("es-meeting").fill(LONG)
    desk.wait_for("es-meeting", lambda value: value.get("text") == LONG)
    desk.field("es-reference").fill("둘째 글")
    desk.wait_for("es-reference", lambda value: value.get("text") == "둘째 글")
    desk.save_page()
    desk.page.reload()
    wait_idle(desk.page)
    expect(desk.field("es-meeting")).to_have_value(LONG)
    expect(desk.field("es-reference")).to_have_value("둘째 글")
    desk.field("es-meeting").press("Control+End")
    desk.field("es-meeting").press_sequentially("Also")
    desk.wait_for("es-meeting", lambda value: value["text"] == f"{LONG}Also")
    assert desk.value("es-reference")["text"] == "둘째 글"


@pytest.mark.slow
def test_a_notebook_closed_at_once_loses_no_word(lab_desk: Desk) -> None:
    desk = lab_desk
    for number in range(3):
        field = desk.field("es-meeting")
        expect(field).to_be_visible()
        field.press("Control+End")
        field.press_sequentially(f"끝{number}")
        desk.open_again()
        said = "".join(f"끝{n}" for n in range(number + 1))
        expect(desk.field("es-meeting")).to_have_value(said)
        desk.wait_for("es-meeting", lambda value, said=said: value.get("text") == said)


def test_after_the_kernels_death_the_written_instruction_leads_back(lab_desk: Desk) -> None:
    desk = lab_desk
    desk.field("es-meeting").fill("vorher")
    desk.wait_for("es-meeting", lambda value: value.get("text") == "vorher")
    restart_kernel(desk.page)
    desk.field("es-meeting").press("Control+End")
    desk.field("es-meeting").press_sequentially(" 나중")
    expect(desk.shown("es-meeting").locator(".b2b-saved")).to_contain_text("문제를 다시 불러")
    desk.page.evaluate(
        """async () => {
          window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
          await window.jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    desk.wait_for("es-meeting", lambda value: value["text"] == "vorher 나중")
    expect(desk.field("es-meeting")).to_have_value("vorher 나중")


@pytest.mark.slow  # quick is the same in test_every_kind_survives
def test_a_card_put_down_after_a_reload_joins_those_that_lie_there(lab_desk: Desk) -> None:
    desk = lab_desk
    put_down(desk, "or-dmp5")
    desk.wait_for("or-dmp5", lambda value: len(value.get("order", {})) == 1)
    placed = desk.value("or-dmp5")["order"]
    desk.save_page()
    desk.page.reload()
    wait_idle(desk.page)
    put_down(desk, "or-dmp5")
    desk.wait_for("or-dmp5", lambda value: len(value["order"]) == 2)
    order = desk.value("or-dmp5")["order"]
    assert placed.items() <= order.items()
    assert len(set(order.values())) == 2
    assert desk.value("or-ten-steps").get("order", {}) == {}


def put_down(desk: Desk, item: str) -> None:
    """The first card that is left goes to the first free place, by keys."""
    cards = desk.shown(item).locator("[data-at^='card/']")
    expect(cards.first).to_be_visible()
    cards.evaluate_all("cards => cards.find((card) => !card.closest('ol')).focus()")
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("Space")


@pytest.mark.slow  # of the kernel's side tests/responses tells at once
def test_two_kernels_that_write_one_answer_lose_neither_text(lab_desk: Desk) -> None:
    """The same lesson under two names, each with a kernel of its own: both texts survive."""
    desk = lab_desk
    copied = desk.folder / "하나-Copy1.ipynb"
    copied.write_bytes((desk.lab.root / desk.path).read_bytes())
    other = desk.new_page()
    desk.lab.open(other, str(copied.relative_to(desk.lab.root)))
    run_all(other)
    theirs = other.locator('.b2b-exercise[data-item="es-meeting"]')
    expect(theirs).to_be_visible(timeout=20_000)

    desk.field("es-meeting").fill("첫 창에서 쓴 글")
    desk.wait_for("es-meeting", lambda value: value.get("text") == "첫 창에서 쓴 글")
    theirs.locator("textarea").first.fill("둘째 창에서 쓴 글")
    desk.wait_for("es-meeting", lambda value: value["text"] == "둘째 창에서 쓴 글")
    offer = theirs.locator(".is-offer")
    expect(offer).to_contain_text("다른 창에서")
    expect(offer.get_by_role("region").first).to_contain_text("둘째 창에서 쓴 글")
    expect(offer.get_by_role("region").last).to_contain_text("첫 창에서 쓴 글")
    offer.locator('[data-do="put_back"]').click()
    desk.wait_for("es-meeting", lambda value: value["text"] == "첫 창에서 쓴 글")
    expect(theirs.locator("textarea").first).to_have_value("첫 창에서 쓴 글")
    kept_texts = [kept["value"]["text"] for kept in desk.raw("es-meeting")["kept"]]
    assert kept_texts == ["둘째 창에서 쓴 글"]


@pytest.mark.slow
def test_two_kernels_that_mark_one_row_show_both_in_it_and_the_student_chooses(
    lab_desk: Desk,
) -> None:
    desk, item = lab_desk, "mx-cells-two"
    cells = []
    for name in ("표.ipynb", "표-Copy1.ipynb"):
        write_notebook(desk.folder / name, source("practice", item))
        page = desk.new_page()
        desk.lab.open(page, str((desk.folder / name).relative_to(desk.lab.root)))
        run_all(page)
        shown = page.locator(f'.b2b-exercise[data-item="{item}"]')
        expect(shown).to_be_visible(timeout=20_000)
        cells.append(shown.locator("tbody tr:has(.b2b-cell)").nth(1).locator(".b2b-cell"))
    one, other = cells
    one.nth(2).press("1")
    desk.wait_for(item, lambda value: bool(value["cells"]))
    other.nth(4).press("1")  # beside the other window's mark: nothing is written over
    desk.wait_for(item, lambda value: sum(map(len, value["cells"].values())) == 2)
    other.nth(2).press("2")  # known by now: nor is it here
    desk.wait_for(item, lambda value: 2 in next(iter(value["cells"].values())).values())
    one.nth(2).press("0")  # taken away by who has not seen that
    theirs = one.first.page.locator(f'.b2b-exercise[data-item="{item}"]')
    expect(theirs.locator("tr.b2b-other .b2b-mark")).to_have_count(2)
    [(row, now)] = desk.value(item)["cells"].items()
    assert list(now.values()) == [1]
    theirs.locator('.b2b-detail [data-do="put_back"]').press("Enter")
    desk.wait_for(item, lambda value: sorted(value["cells"][row].values()) == [1, 2])
    expect(theirs.locator("tr.b2b-other")).to_have_count(0)
    # The choice is sent after the marks: the file says a moment later that nothing is asked any more.
    wait_until(
        lambda: [kept["why"] for kept in desk.raw(item)["kept"]] == ["swapped"], "it is asked"
    )
