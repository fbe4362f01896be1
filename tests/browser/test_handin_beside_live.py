"""Handing in beside an assignment, and a form that is sent to a server that is not there any more."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from lessons import Computer, Reader
from playwright.sync_api import expect

from b2bcourse.course_files import course_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab
    from playwright.sync_api import FrameLocator, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange is not for Windows"),
]

FIRST, ESSAY = "a1-process-and-unit", "unit-essay"
TITLE = "Three meetings before the end of July"


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    home = tmp_path_factory.mktemp("beside")
    made = Computer(home / "computer")
    course = home / "exchange" / "b2b"
    (course / "inbound").mkdir(parents=True)
    shutil.copytree(course_root() / "exercises" / "en" / FIRST, course / "outbound" / FIRST)
    (made.root / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "b2b"\n'
        f"c.Exchange.root = {str(home / 'exchange')!r}\n"
        f"c.Exchange.cache = {str(home / 'cache')!r}\n",
        "utf-8",
    )
    return made


@pytest.fixture
def running(chromium: Any, computer: Computer) -> Iterator[Lab]:
    with computer.server() as lab:
        yield lab


def opened(running: Lab, page: Page) -> FrameLocator:
    reader = Reader(running, page)
    page.goto(f"{running.url}/b2bcourse/home/en")
    if page.get_by_role("button", name="Fetch").count():
        page.get_by_role("button", name="Fetch").click()
        expect(page.get_by_text("Not begun")).to_be_visible()
    reader.open(f"{FIRST}/{FIRST}.ipynb")
    reader.expect_alive()
    return page.frame_locator(".b2b-handin")


def test_beside_the_assignment_it_counts_leads_there_and_hands_in(
    running: Lab, new_page: Callable[..., Page], computer: Computer
) -> None:
    page = new_page(1280, 800)
    beside = opened(running, page)
    expect(beside.get_by_role("heading", name="Hand in")).to_be_visible()
    row = beside.locator("li", has_text=TITLE)
    expect(row).to_contain_text("empty")
    row.get_by_role("link", name=TITLE).click()
    essay = page.get_by_role("region", name=TITLE)
    expect(essay).to_be_in_viewport()
    expect(essay.get_by_role("textbox").first).to_be_focused()
    page.keyboard.type("Three meetings.")
    expect(essay).to_contain_text("Saved")
    expect(row).to_contain_text("15 characters")

    # By keys one is there from the bar, and what is written in the notebook itself is taken too.
    page.locator(".b2b-bar").get_by_role("button", name="Hand in").click()
    button = beside.get_by_role("button", name="Hand in", exact=True)
    expect(button).to_be_focused()
    page.evaluate(
        """() => {
          const { shell } = window.jupyterapp;
          const cells = shell.currentWidget.content.model.sharedModel;
          cells.addCell({ cell_type: "markdown", source: "my own note" });
        }"""
    )
    page.keyboard.press("Enter")
    expect(beside.get_by_text("Taken on")).to_be_visible()
    [taken] = (computer.root.parent.parent / "exchange" / "b2b" / "inbound").iterdir()
    assert "my own note" in (taken / f"{FIRST}.ipynb").read_text("utf-8")
    assert "Three meetings." in (taken / "responses" / f"{ESSAY}.json").read_text("utf-8")

    # A narrow window leaves the room to the assignment, and the bar leads to the page.
    page.set_viewport_size({"width": 1000, "height": 800})
    expect(page.locator(".b2b-handin")).to_have_count(0)
    page.locator(".b2b-bar").get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("link", name="Back to the assignment")).to_be_visible()


def test_what_is_typed_survives_a_reload_and_a_server_that_is_gone(
    chromium: Any, new_page: Callable[..., Page], computer: Computer
) -> None:
    page = new_page(1000, 800)
    with computer.server() as lab:
        opened(lab, page)
        page.goto(f"{lab.url}/b2bcourse/handin?folder={FIRST}")
        if page.get_by_role("button", name="Hand in", exact=True).count():
            page.get_by_role("button", name="Hand in", exact=True).click()
        expect(page.get_by_text("Taken on")).to_be_visible()
        page.locator(f"#ask-{ESSAY} summary").click()
        page.locator(f"#said-{ESSAY}").fill("Half a sentence")
        page.reload()
        expect(page.locator(f"#said-{ESSAY}")).to_have_value("Half a sentence")
    page.locator(f"#ask-{ESSAY}").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("The server could not be reached")
    expect(page.locator(f"#said-{ESSAY}")).to_have_value("Half a sentence")
    with computer.server():
        page.locator(f"#ask-{ESSAY}").get_by_role("button", name="Keep it").click()
        expect(page.locator(".said")).to_contain_text("Half a sentence")
        expect(page.locator(f"#ask-{ESSAY}")).not_to_have_attribute("open", re.compile(""))
