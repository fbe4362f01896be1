"""A graded essay's whole way: typed in a browser, handed in, read and graded in formgrader, fed back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lab import artefacts, free_port, run_all, serving
from nbgrader.exchange.default import ExchangeFetchAssignment
from playwright.sync_api import expect
from test_formgrader import grading

from b2bcourse.grading import demo
from b2bcourse.grading.steps import silent
from b2bcourse.grading.students import classroom

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own use of SQLAlchemy
]

LINES = ["First I see Han about the stocks.", "Then Mi-ru: 2 < 3 & <b>not</b> bold."]


def write(page: Page) -> None:
    """Two paragraphs, typed; saved by themselves, and there again after a reload."""
    field = page.locator(".b2b-essay textarea")
    field.click()
    for number, line in enumerate(LINES):
        for _ in range(2 if number else 0):
            page.keyboard.press("Enter")
        page.keyboard.type(line)
    expect(page.locator(".b2b-essay .b2b-saved")).to_contain_text("Saved")
    expect(page.locator(".b2b-essay .b2b-count")).to_contain_text("write 50 to 120")
    expect(page.locator(".b2b-essay .b2b-by")).to_contain_text("start from a person's interest?")
    expect(page.locator(".b2b-essay .b2b-foot button:visible")).to_have_count(0)
    page.screenshot(path=artefacts() / "essay-graded-field.png", full_page=True)


def test_an_essay_is_typed_collected_graded_by_hand_and_fed_back(
    chromium: object, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    held = demo._Held(tmp_path / "held", "en", silent, tiny.write_repo(tmp_path / "repo"))
    assert held._release(), held.result.failed
    ann = classroom(3, 1)[0]
    home = held.home / "students" / ann.id
    home.mkdir(parents=True)
    assert held._exchange(ExchangeFetchAssignment, ann)["success"]

    notebook = f"{tiny.ASSIGNMENT}/{tiny.ASSIGNMENT}.ipynb"
    with serving(home, tmp_path / "student", free_port()) as lab:
        page = new_page(height=1400)
        lab.open(page, notebook)
        run_all(page)
        write(page)
        lab.open(page, notebook)
        run_all(page)
        expect(page.locator(".b2b-essay textarea")).to_have_value("\n\n".join(LINES))
        page.close()
    saved = json.loads((home / tiny.ASSIGNMENT / "responses" / f"{tiny.ESSAY}.json").read_bytes())
    assert saved["value"]["text"] == "\n\n".join(LINES)

    held._submit(ann)
    assert held.api.collect(tiny.ASSIGNMENT)["success"]
    assert held._grade(1), held.result.failed
    with held.api.gradebook as gradebook:
        written = gradebook.find_submission_notebook(tiny.ASSIGNMENT, tiny.ASSIGNMENT, ann.id).id

    with grading(held.course, tmp_path) as formgrader:
        page = new_page(height=1400)
        page.goto(f"{formgrader}/submissions/{written}/", wait_until="networkidle")
        cell = page.locator(".nbgrader_cell:has(textarea.comment)")
        paragraphs = cell.locator(".rendered_html p")
        expect(paragraphs).to_have_text(LINES)
        page.screenshot(path=artefacts() / "essay-graded-formgrader.png", full_page=True)
        with page.expect_response(lambda told: "/api/grade" in told.url and told.ok):
            page.locator("input.score:not([disabled])").last.fill("7")
            page.keyboard.press("Tab")
        with page.expect_response(lambda told: "/api/comment" in told.url and told.ok):
            cell.locator("textarea.comment").fill("A good order.")
            page.keyboard.press("Tab")

    held._feedback([ann])
    assert held.result.failed == []
    [sheet] = held.result.feedback
    page = new_page(height=1400)
    page.goto(sheet.as_uri())
    expect(page.locator("body")).to_contain_text("A good order.")
    for line in LINES:
        expect(page.locator(".essay p", has_text=line)).to_be_visible()
    expect(page.locator("body")).to_contain_text("7 / 8")
    page.screenshot(path=artefacts() / "essay-graded-feedback.png", full_page=True)
