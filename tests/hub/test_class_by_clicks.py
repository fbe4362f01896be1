"""A whole class by clicks, as real users on a real hub: released, fetched, answered, handed in, collected, graded, given back."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hubs import ASSIGNMENT, PATIENCE
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from lab import artefacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubs import World
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.hub]

TITLE = re.compile("^Assignment 1 .*people$")
ESSAY = "Three meetings before the end of July"
STUDENTS = ("student1", "student2", "student3")


class Formgrader:
    """An instructor at formgrader, who clicks on what it offers."""

    def __init__(self, page: Page, world: World) -> None:
        self.page, self.world = page, world

    @property
    def row(self) -> Locator:
        return self.page.locator("tr", has=self.page.get_by_text(ASSIGNMENT, exact=True))

    def open(self) -> None:
        self.page.goto(f"{self.world.address}{self.world.course.prefix}formgrader")
        expect(self.row).to_be_visible(timeout=PATIENCE)

    def do(self, what: str) -> None:
        """Click one of the row's signs, and wait until formgrader says that it is done."""
        self.row.locator(f"td.{what} a").click()
        told = self.page.locator(".modal-dialog:visible")
        expect(told).to_contain_text(re.compile("Success", re.IGNORECASE), timeout=PATIENCE)
        told.get_by_role("button", name="OK").first.click()
        expect(told).to_have_count(0)


@pytest.fixture(scope="module")
def done() -> list[str]:
    """What earlier tests of this file have done; each next one needs it."""
    return []


def needs(done: list[str], step: str) -> None:
    if step not in done:
        pytest.fail(f"before this test must have succeeded: {step}")


def test_the_instructor_logs_in_stands_in_formgrader_and_releases(
    world: World, new_person: Callable[..., Page], done: list[str]
) -> None:
    page = new_person()
    world.log_in(page, "teacher")
    page.wait_for_url(f"**{world.course.prefix}formgrader**", timeout=PATIENCE)
    grader = Formgrader(page, world)
    grader.open()
    grader.do("assign")
    grader.do("release")
    assert (world.exchange / "outbound" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").is_file()
    page.screenshot(path=artefacts() / "hub-formgrader.png")
    done.append("released")


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_fetches_answers_by_clicks_and_hands_in(
    world: World, new_person: Callable[..., Page], done: list[str], student: str
) -> None:
    needs(done, "released")
    page = new_person()
    world.enter(page, student)
    expect(page.get_by_role("button", name="Fetch")).to_have_count(1)
    page.get_by_role("button", name="Fetch").click()
    page.get_by_role("link", name=TITLE).click()
    essay = page.get_by_role("region", name=ESSAY)
    essay.get_by_role("textbox").fill(
        f"I am {student}: first whoever decides, then who uses it.", timeout=PATIENCE
    )
    expect(essay).to_contain_text("Saved")
    choice = page.locator('[data-item="process-report"]').first
    choice.locator("input").nth(STUDENTS.index(student)).click()
    expect(choice).to_contain_text("Saved")
    page.screenshot(path=artefacts() / f"hub-{student}.png")
    page.locator(".b2b-bar").get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("The last one counts")).to_be_visible()
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Taken on", timeout=PATIENCE)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("Handed in ")).to_be_visible()
    done.append(f"handed in by {student}")


def test_the_instructor_collects_grades_by_machine_and_by_hand_and_gives_back(
    world: World, new_person: Callable[..., Page], done: list[str]
) -> None:
    for student in STUDENTS:
        needs(done, f"handed in by {student}")
    page = new_person()
    world.log_in(page, "teacher")
    page.wait_for_url(f"**{world.course.prefix}formgrader**", timeout=PATIENCE)
    grader = Formgrader(page, world)
    grader.open()
    grader.do("collect")
    grader.open()
    grader.row.locator("td.num-submissions a").click()
    for student in STUDENTS:
        row = page.locator("tr", has=page.get_by_text(world.name(student), exact=True))
        row.locator("td.autograde a").click()
        told = page.locator(".modal-dialog:visible")
        expect(told).to_contain_text(re.compile("success", re.IGNORECASE), timeout=PATIENCE)
        told.get_by_role("button", name="OK").first.click()
        expect(told).to_have_count(0)
    _grade_essays(page, world)
    grader.open()
    grader.do("generate-feedback")
    grader.do("release-feedback")
    done.append("given back")


def _grade_essays(page: Page, world: World) -> None:
    """In formgrader, submission by submission, as an instructor does who knows nothing else."""
    page.goto(f"{world.address}{world.course.prefix}formgrader/gradebook/{ASSIGNMENT}/{ASSIGNMENT}")
    links = page.locator("tbody tr td.name a.name-hidden")
    expect(links).to_have_count(3, timeout=PATIENCE)
    for address in [links.nth(at).get_attribute("href") or "" for at in range(3)]:
        page.goto(f"{world.address}{address}", wait_until="networkidle")
        cell = page.locator(".nbgrader_cell:has(textarea.comment)")
        expect(cell.locator(".rendered_html").first).to_contain_text("whoever decides")
        with page.expect_response(lambda told: "/api/grade" in told.url and told.ok):
            page.locator("input.score:not([disabled])").last.fill("5")
            page.keyboard.press("Tab")
        with page.expect_response(lambda told: "/api/comment" in told.url and told.ok):
            cell.locator("textarea.comment").fill("Name the meetings one by one.")
            page.keyboard.press("Tab")


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_opens_the_feedback_and_finds_the_instructors_words(
    world: World, new_person: Callable[..., Page], done: list[str], student: str
) -> None:
    needs(done, "given back")
    page = new_person()
    world.enter(page, student)
    page.get_by_role("button", name="Fetch feedback").click()
    page.get_by_role("link", name="Feedback").click()
    expect(page.locator("body")).to_contain_text("Name the meetings one by one.")
    expect(page.locator("body")).to_contain_text(f"I am {student}")
    page.screenshot(path=artefacts() / f"hub-feedback-{student}.png", full_page=True)


def test_what_was_answered_by_clicks_is_in_each_students_own_home_and_nobody_elses(
    world: World, done: list[str]
) -> None:
    for student in STUDENTS:
        needs(done, f"handed in by {student}")
        folder = world.home(student) / world.course.id / ASSIGNMENT / "responses"
        told = json.loads((folder / "unit-essay.json").read_bytes())
        assert f"I am {student}" in told["value"]["text"]
        assert world.home(student).stat().st_mode & 0o777 == 0o700
