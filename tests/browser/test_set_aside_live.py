"""Answers to an exercise that has changed since, in a real JupyterLab: two of them on one page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alone import axe, words
from lab import artefacts, context_of, restart_kernel, run_all, write_notebook
from playwright.sync_api import expect

from b2bcourse.context import practice_item
from b2bcourse.items import choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

KO = words("ko", "choice")
OLD = Path(__file__).parents[1] / "responses" / "schema_1"
ITEMS = ("ch-risks", "mx-cells")


@pytest.fixture
def page(lab: Lab, new_page: Callable[..., Page]) -> Page:
    """A lesson with two answers of an older release; of the first the options were others then."""
    folder = lab.root / "tests" / "set aside (1)"
    write_notebook(
        folder / "바뀐 문제.ipynb",
        "import b2bcourse as b2b",
        *(f'b2b.practice("{item}")' for item in ITEMS),
    )
    context_of(folder, "ko")
    shutil.rmtree(folder / "responses", ignore_errors=True)
    (folder / "responses").mkdir()
    for item in ITEMS:
        file_of(lab, item).write_text(json.dumps(old(item)), "utf-8")
    shown = new_page()
    lab.open(shown, "tests/set aside (1)/바뀐 문제.ipynb")
    run_all(shown)
    return shown


def file_of(lab: Lab, item: str) -> Path:
    return lab.root / "tests" / "set aside (1)" / "responses" / f"{item}.json"


def exercise(page: Page, item: str) -> Locator:
    return page.locator(f'.b2b-exercise[data-item="{item}"]')


def on_disk(lab: Lab, item: str) -> dict[str, Any]:
    return json.loads(file_of(lab, item).read_bytes())


def old(item: str) -> dict[str, Any]:
    """An answer of an older release; of ``ch-risks`` another option was wrong then."""
    if item == "mx-cells":
        return json.loads((OLD / f"{item}.json").read_bytes())
    value = {"chosen": dict.fromkeys(choice.key(practice_item(item)).right, 1)}
    return json.loads((OLD / f"{item}.json").read_bytes()) | {"value": value, "face": "0" * 64}


def test_the_old_answer_is_offered_put_back_by_keys_and_there_the_next_day(
    lab: Lab, page: Page
) -> None:
    shown, other = (exercise(page, item) for item in ITEMS)
    expect(shown.locator(".is-offer")).to_be_visible()
    expect(shown.locator("input:checked")).to_have_count(0)
    expect(shown.locator(".b2b-saved")).to_have_text("")  # what is shown is no saved answer
    expect(other.locator(".is-offer")).to_have_count(0)
    assert on_disk(lab, "ch-risks")["schema"] == 1
    assert axe(page) == []
    shown.screenshot(path=artefacts() / "set-aside-ko.png")

    shown.get_by_role("button", name=KO["put_back"]).focus()
    page.keyboard.press("Enter")
    expect(shown.locator(".is-offer")).to_have_count(0)
    expect(shown.locator("input:checked")).to_have_count(2)
    assert on_disk(lab, "ch-risks")["value"] == old("ch-risks")["value"]
    assert on_disk(lab, "mx-cells") == old("mx-cells")

    restart_kernel(page)
    run_all(page)
    expect(shown.locator("input:checked")).to_have_count(2)
    expect(shown.locator(".is-offer")).to_have_count(0)


def test_a_new_answer_leaves_it_in_the_file(lab: Lab, page: Page) -> None:
    shown = exercise(page, "ch-risks")
    shown.get_by_role("checkbox").first.check()
    expect(shown.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
    found = on_disk(lab, "ch-risks")
    assert len(found["value"]["chosen"]) == 1
    assert [kept["value"] for kept in found["kept"]] == [old("ch-risks")["value"]]


@pytest.mark.slow
def test_two_questions_on_a_page_are_two(lab: Lab, new_page: Callable[..., Page]) -> None:
    """An arrow key in one moves within it; its ids are its own."""
    items = ("dmp-next-move", "dmp-first-guess")
    folder = lab.root / "tests" / "two questions"
    write_notebook(
        folder / "two.ipynb", "import b2bcourse as b2b", *(f'b2b.practice("{i}")' for i in items)
    )
    context_of(folder, "ko")
    page = new_page()
    lab.open(page, "tests/two questions/two.ipynb")
    run_all(page)
    first, second = (exercise(page, item) for item in items)
    first.get_by_role("radio").nth(1).check()
    expect(first.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
    second.get_by_role("radio").nth(0).check()
    page.keyboard.press("ArrowDown")
    expect(second.get_by_role("radio").nth(1)).to_be_checked()
    expect(second.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
    expect(first.get_by_role("radio").nth(1)).to_be_checked()
    kept = json.loads((folder / "responses" / f"{items[0]}.json").read_bytes())
    assert kept["revision"] == 1
    ids = page.evaluate("[...document.querySelectorAll('.b2b-exercise [id]')].map(one => one.id)")
    assert len(ids) == len(set(ids)) > 1
    assert axe(page) == []
    run_all(page)
    expect(first.get_by_role("radio").nth(1)).to_be_checked()
    expect(second.get_by_role("radio").nth(1)).to_be_checked()
