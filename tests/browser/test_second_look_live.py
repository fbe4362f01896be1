"""A whole assignment from the student's side: fetched, handed in in time, graded, looked at again."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from lessons import Computer, Reader
from nbgrader.apps import NbGraderAPI
from playwright.sync_api import expect
from test_home_live import violations

from b2bcourse.course_files import course_root
from b2bcourse.grading.bulk.run import grade
from b2bcourse.grading.course import new_course
from b2bcourse.grading.feedback.writing import write_feedback
from b2bcourse.grading.holding.dates import set_due
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.records import records_of
from b2bcourse.report.reading import read_class

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from b2bcourse.grading.opening import Course

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange is not for Windows"),
]

FIRST = "a1-process-and-unit"
ESSAY = "unit-essay"
SAID = "The second paragraph names the buyer. Please look at it again."
EARLIER = "Please look at my last line."


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with an exchange, and one assignment released in it."""
    home = tmp_path_factory.mktemp("taught")
    root = new_course(home / "course", "en", course_root(), exchange=home / "exchange")
    made = open_course(root)
    set_due(made, FIRST, now() + dt.timedelta(days=3, minutes=5))
    for step in (api(made).generate_assignment, api(made).release_assignment):
        assert step(FIRST)["success"]
    return made


def api(course: Course) -> NbGraderAPI:
    return NbGraderAPI(config=course.config)


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory, course: Course) -> Computer:
    made = Computer(tmp_path_factory.mktemp("learnt") / "computer")
    exchange = course.root.parent / "exchange"
    (made.root / "nbgrader_config.py").write_text(
        f'c = get_config()\nc.CourseDirectory.course_id = "{course.directory.course_id}"\n'
        f"c.Exchange.root = {str(exchange)!r}\n"
        f"c.Exchange.cache = {str(made.root.parent / 'cache')!r}\n",
        "utf-8",
    )
    return made


def inbound(course: Course) -> list[Path]:
    return sorted((course.root.parent / "exchange" / course.directory.course_id).glob("inbound/*"))


def ask(page: Page, said: str, button: str) -> None:
    page.locator(f"#ask-{ESSAY} summary").click()
    field = page.locator(f"#said-{ESSAY}")
    field.fill(said)
    page.locator(f"#ask-{ESSAY}").get_by_role("button", name=button).click()


def test_from_fetching_to_ones_own_grades(
    chromium: Any, new_page: Callable[..., Page], course: Course, computer: Computer
) -> None:
    with computer.server() as lab:
        page = Reader(lab, new_page(1280, 800)).page
        fetch_and_answer(page, f"{lab.url}/b2bcourse/home/en")
        hand_in_twice(page, f"{lab.url}/b2bcourse/home/en")
        assert len(inbound(course)) == 2
        where = page.url
    before = collected_and_graded(course)
    set_due(course, FIRST, now() + dt.timedelta(seconds=1))
    time.sleep(2)
    with computer.server() as lab:
        page = Reader(lab, new_page(1280, 800)).page
        page.goto(where)
        ask_after_it_was_due(page)
        assert len(inbound(course)) == 3
        assert collected_and_graded(course) == before
        seen = read_class(course, FIRST, dt.datetime.now(dt.UTC))
        asked = [pupil.answers[ESSAY].asked for pupil in seen.pupils if pupil.handed_in]
        assert asked == [f"{EARLIER}\n{SAID}"]
        give_back(course)
        look_at_grades(page, f"{lab.url}/b2bcourse/home/en")


def fetch_and_answer(page: Page, home: str) -> None:
    page.goto(home)
    expect(page.locator(".assignments .when")).to_contain_text(re.compile(r"\d+ \w{3}"))
    page.get_by_role("button", name="Fetch").click()
    expect(page.get_by_text("Not begun")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Assignment 1 .*people$")).click()
    essay = page.get_by_role("region", name="Three meetings before the end of July")
    essay.get_by_role("textbox").fill("Three meetings, and no demonstration before July ends.")
    expect(essay).to_contain_text("Saved")


def hand_in_twice(page: Page, home: str) -> None:
    """Before it is due a request waits for the next hand-in, through a reload."""
    page.goto(home)
    page.get_by_role("link", name=re.compile("^Assignment 1 .*Hand in$")).click()
    expect(page.locator("main")).to_contain_text("3 days left")
    expect(page.get_by_text("Ask for a second look")).to_have_count(0)
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_text("Taken on")).to_be_visible()
    ask(page, EARLIER, "Keep it")
    expect(page.locator(".said")).to_have_text(f"Goes with your next hand-in: {EARLIER}")
    page.reload()
    expect(page.locator(".said")).to_contain_text(EARLIER)
    page.get_by_role("button", name="Hand in again").click()
    expect(page.locator(".said")).to_have_text(f"You asked for a second look: {EARLIER}")


def collected_and_graded(course: Course) -> Any:
    """What the gradebook says after ``nbgrader collect --update`` and grading."""
    assert api(course).collect(FIRST, update=True)["success"]
    grade(course.root, FIRST)
    return records_of(course, FIRST).students


def ask_after_it_was_due(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("It was due")
    expect(page.get_by_role("button", name="Hand in anew")).to_be_hidden()
    assert violations(page) == []
    ask(page, SAID, "Send it")
    expect(page.locator(".said")).to_have_text(f"You asked for a second look: {SAID}")


def give_back(course: Course) -> None:
    with course.gradebook() as gradebook:
        [sent] = gradebook.find_assignment(FIRST).submissions
        for one in (each for notebook in sent.notebooks for each in notebook.grades):
            if one.needs_manual_grade:
                one.manual_score, one.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    write_feedback(course, FIRST)
    assert api(course).release_feedback(FIRST)["success"]


def look_at_grades(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("button", name="Fetch feedback").click()
    expect(page.get_by_role("link", name="Feedback")).to_be_visible()
    page.get_by_role("link", name="Grades").click()
    row = page.locator(".graded li", has_text="Three meetings before the end of July")
    expect(row.locator(".n")).to_contain_text("3.5")
    expect(page.locator(".sum")).to_contain_text("points so far")
    assert violations(page) == []
    row.get_by_role("link", name=re.compile("Ask for a second look$")).click()
    expect(page.locator(f"#said-{ESSAY}")).to_be_visible()
