"""On a hub without anybody's help: logged in, in the course, in one's own language; and two courses."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from hubs import ASSIGNMENT, PATIENCE
from lab import artefacts
from playwright.sync_api import expect

from b2bcourse.hub.running import stop_servers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hubs import World
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.hub]

NOTE = "Written on the hub."


def answer_in_lesson(page: Page) -> None:
    """The first exercise of the first lesson that is one click; the lesson comes alive by itself."""
    exercise = page.locator(".b2b-choice").first
    exercise.locator("input").first.click(timeout=PATIENCE)
    expect(exercise.locator(".b2b-saved")).to_contain_text(re.compile("Saved|저장"))


class TestANewUser:
    @pytest.mark.parametrize(
        ("who", "browser", "lang"), [("ann", "en-GB", "en"), ("han", "ko-KR", "ko")]
    )
    def test_logs_in_and_stands_in_the_course_in_her_language(
        self, world: World, new_person: Callable[..., Page], who: str, browser: str, lang: str
    ) -> None:
        page = new_person(browser)
        world.enter(page, who)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        assert (world.home(who) / "b2b-course" / lang / "00-start.ipynb").is_file()
        page.screenshot(path=artefacts() / f"hub-alone-{lang}.png")

    def test_is_offered_no_graded_work_and_has_none(
        self, world: World, new_person: Callable[..., Page]
    ) -> None:
        page = new_person()
        world.enter(page, "ann")
        expect(page.get_by_role("heading", name="More to try")).to_be_visible()
        assert page.get_by_text(re.compile("Assignment")).count() == 0
        assert page.get_by_role("link", name="Hand in").count() == 0
        assert not list(world.home("ann").rglob(f"*{ASSIGNMENT}*"))
        answer = page.request.get(world.page_of("ann", f"b2bcourse/handin?folder={ASSIGNMENT}"))
        assert answer.status == 404

    def test_answers_and_finds_it_again_another_day(
        self, world: World, new_person: Callable[..., Page]
    ) -> None:
        page = new_person()
        world.enter(page, "ann")
        page.get_by_role("link", name="Start", exact=True).click()
        answer_in_lesson(page)
        page.close()
        stop_servers(world.hub)
        page = new_person("ko-KR")  # on another computer, whose browser speaks Korean
        world.enter(page, "ann")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_text("This is where you were earlier today")).to_be_visible()

    def test_asks_for_the_other_language_and_gets_it(
        self, world: World, new_person: Callable[..., Page]
    ) -> None:
        page = new_person("en-US")
        world.log_in(page, "lee")
        page.wait_for_url(f"{world.page_of('lee')}*", timeout=PATIENCE)
        stop_servers(world.hub)
        page = new_person("en-US")
        page.goto(f"{world.address}/hub/login?next=%2Fhub%2Fspawn%3Flang%3Dko")
        page.get_by_label("Username").fill(world.name("kim"))
        page.get_by_label("Password").fill(world.password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{world.page_of('kim')}*", timeout=PATIENCE)
        expect(page.locator("html")).to_have_attribute("lang", "ko")

    def test_takes_home_what_she_wrote_and_somebody_else_brings_it_to_another_machine(
        self, world: World, new_person: Callable[..., Page], tmp_path: Path
    ) -> None:
        page = new_person()
        world.enter(page, "ann")
        page.get_by_role("link", name="Take home").click()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Download the file").click()
        file = tmp_path / "home.zip"
        waiting.value.save_as(file)
        with zipfile.ZipFile(file) as archive:
            answers = [name for name in archive.namelist() if "/responses/" in name]
        assert answers
        page = new_person()
        world.enter(page, "ann2")
        page.get_by_role("link", name="Take home").click()
        page.get_by_label("The zip file").set_input_files(file)
        page.get_by_role("button", name="Bring it back").click()
        expect(page.get_by_role("status")).to_contain_text("Brought back")
        for name in answers:
            assert (world.home("ann2") / "b2b-course" / name).is_file()
        page.get_by_role("link", name="Home").click()
        expect(page.get_by_text("This is where you were earlier today")).to_be_visible()


class TestTwoCourses:
    def test_a_student_of_the_korean_one_is_in_korean_whatever_her_browser_speaks(
        self, world: World, new_person: Callable[..., Page]
    ) -> None:
        page = new_person("en-US")
        world.enter(page, "student-ko")
        expect(page.locator("html")).to_have_attribute("lang", "ko")

    def test_its_instructor_comes_to_its_formgrader_and_to_no_other(
        self, world: World, new_person: Callable[..., Page]
    ) -> None:
        page = new_person()
        world.log_in(page, "teacher-ko")
        page.wait_for_url("**/services/b2b-ko/formgrader**", timeout=PATIENCE)
        expect(page.get_by_text(ASSIGNMENT, exact=True)).to_be_visible(timeout=PATIENCE)
        person = world.session("teacher-ko").log_in()
        status, _, _ = person.get("/services/b2b-en/formgrader")
        assert status == 403

    def test_who_takes_both_chooses_and_has_a_folder_for_each(
        self, world: World, new_person: Callable[..., Page]
    ) -> None:
        page = new_person()
        world.log_in(page, "student3")
        expect(page.get_by_role("radio")).to_have_count(2, timeout=PATIENCE)
        page.get_by_role("radio", name="b2b-ko").check()
        page.get_by_role("button", name="Start").click()
        page.wait_for_url(f"{world.page_of('student3')}*", timeout=PATIENCE)
        expect(page.locator("html")).to_have_attribute("lang", "ko")
