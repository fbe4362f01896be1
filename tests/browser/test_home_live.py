"""From the first page into a lesson and back, and an assignment handed in, in a real JupyterLab."""

from __future__ import annotations

import importlib.util
import os
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lessons import Computer, Reader
from playwright.sync_api import expect

from b2bcourse.context import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = "a1-process-and-unit"


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    return Computer(tmp_path_factory.mktemp("computer"))


@pytest.fixture(scope="module")
def running(chromium: Any, computer: Computer) -> Iterator[Lab]:
    with computer.server(base="/user/%EA%B9%80%20a") as lab:
        yield lab


def violations(page: Page) -> list[Any]:
    """What axe finds in a whole page."""
    found = importlib.util.find_spec("axe_core_python")
    assert found is not None
    assert found.origin is not None
    page.add_script_tag(path=str(Path(found.origin).parent / "axe.min.js"))
    told = page.evaluate("axe.run().then(r => r.violations)")
    return [(rule["id"], node["target"]) for rule in told for node in rule["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("width", [1280, 800, 400])
def test_every_page_is_whole_at_every_width_and_clean_for_ears(
    running: Lab, new_page: Callable[..., Page], lang: str, theme: str, width: int
) -> None:
    page = new_page(width, 800, theme)
    folder = f"{lang}/assignments/{FIRST}"
    for where in (f"home/{lang}", f"handin?folder={folder}", "grades", "carry"):
        page.goto(f"{running.url}/b2bcourse/{where}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        assert page.locator("html").get_attribute("lang") == lang
        assert violations(page) == [], where


def test_the_language_is_the_browsers_until_she_chooses(
    running: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page(1280, 800)
    page.set_extra_http_headers({"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.8"})
    page.goto(f"{running.url}/b2bcourse/home")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{running.url}/b2bcourse/home")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_by_keys_alone_one_goes_into_a_lesson_and_home_again(
    running: Lab, new_page: Callable[..., Page]
) -> None:
    reader = Reader(running, new_page(1280, 800))
    page = reader.page
    page.goto(f"{running.url}/b2bcourse/home/en")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Start", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    reader.expect_alive()
    home = page.locator(".b2b-bar").get_by_role("button", name="Home")
    home.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^00 "))).to_be_visible()
    assert page.url.endswith("/b2bcourse/home")


def test_an_assignment_is_written_and_a_file_of_it_handed_out(
    running: Lab, new_page: Callable[..., Page], computer: Computer, tmp_path: Path
) -> None:
    reader = Reader(running, new_page(1280, 800))
    page = reader.page
    page.goto(f"{running.url}/b2bcourse/home/en")
    page.get_by_role("link", name=re.compile("^Assignment 1 .*people$")).click()
    essay = page.get_by_role("region", name="Three meetings before the end of July")
    essay.get_by_role("textbox").fill("Three meetings, and no demonstration before July ends.")
    folder = computer.root / "en" / "assignments" / FIRST
    expect(essay).to_contain_text("Saved")
    page.locator(".b2b-bar").get_by_role("button", name="Hand in").click()
    beside = page.frame_locator(".b2b-handin")
    beside.get_by_role("button", name="Make a file to hand in").click()
    with page.expect_download() as waiting:
        beside.get_by_role("link", name=re.compile("^Download")).click()
    waiting.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        assert "responses/unit-essay.json" in archive.namelist()
    assert (folder / "responses" / "unit-essay.json").is_file()
    expect(beside.get_by_text("No answer has changed since")).to_be_visible()
    beside.get_by_role("button", name="Make the file again").click()
    expect(beside.get_by_text("No answer has changed since")).to_be_visible()
    page.locator(".b2b-bar").get_by_role("button", name="Home").click()
    expect(page.get_by_text("File made")).to_be_visible()


def test_no_page_outside_of_the_served_folder_is_shown(
    running: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page(800, 800)
    for where in ("handin?folder=../home", "feedback?path=../home/feedback/x.html"):
        answer = page.goto(f"{running.url}/b2bcourse/{where}")
        assert answer is not None
        assert answer.status == 404, where


def test_nobody_hands_in_from_another_site(running: Lab, new_page: Callable[..., Page]) -> None:
    page = new_page(800, 800)
    answer = page.request.post(
        f"{running.url}/b2bcourse/handin", form={"folder": f"ko/assignments/{FIRST}"}
    )
    assert answer.status == 403


@pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange is not for Windows")
def test_through_an_exchange_it_is_fetched_handed_in_and_handed_in_again(
    chromium: Any, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    from b2bcourse.course_files import course_root

    computer = Computer(tmp_path / "computer")
    released = tmp_path / "exchange" / "b2b" / "outbound" / FIRST
    (tmp_path / "exchange" / "b2b" / "inbound").mkdir(parents=True)
    source = course_root() / "exercises" / "en" / FIRST
    for path in source.rglob("*"):
        if path.is_file() and "responses" not in path.parts:
            (released / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (released / path.relative_to(source)).write_bytes(path.read_bytes())
    (computer.root / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "b2b"\n'
        f"c.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
        f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n",
        "utf-8",
    )
    with computer.server() as lab:
        page = Reader(lab, new_page(1280, 800)).page
        page.goto(f"{lab.url}/b2bcourse/home/en")
        page.get_by_role("button", name="Fetch").click()
        expect(page.get_by_text("Not begun")).to_be_visible()
        page.get_by_role("link", name=re.compile("^Assignment 1 .*Hand in$")).click()
        expect(page.get_by_text("The last one counts")).to_be_visible()
        page.get_by_role("button", name="Hand in", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Taken on")
        with page.expect_navigation():
            page.get_by_role("button", name="Hand in again").click()
        expect(page.get_by_role("status")).to_contain_text("Taken on")
        assert len(list((tmp_path / "exchange" / "b2b" / "inbound").iterdir())) == 2
        page.get_by_role("link", name="Home").click()
        expect(page.get_by_text("Handed in")).to_be_visible()


def test_what_this_browser_holds_and_no_file_does_is_told(
    running: Lab, new_page: Callable[..., Page], computer: Computer
) -> None:
    page = new_page(800, 800)
    folder = computer.root / "ko" / "assignments" / FIRST
    where = f"{running.url}/b2bcourse/handin?folder=ko/assignments/{FIRST}"
    page.goto(where)
    told = page.locator("#b2b-told")
    expect(told).to_be_hidden()
    key = f"b2b-draft:{place(folder / 'responses' / 'unit-essay.json')}:page"
    page.evaluate(
        "([key]) => localStorage.setItem(key, JSON.stringify({ patch: { text: 'x' }, time: 1 }))",
        [key],
    )
    page.reload()
    expect(told).to_contain_text("7월 말까지의 세 만남")
    page.evaluate("([key]) => localStorage.removeItem(key)", [key])
    page.reload()
    expect(told).to_be_hidden()


def test_feedback_reaches_nothing_of_the_server(
    running: Lab, new_page: Callable[..., Page], computer: Computer
) -> None:
    where = f"ko/assignments/{FIRST}/feedback/then/{FIRST}.html"
    path = computer.root / where
    path.parent.mkdir(parents=True)
    path.write_text(
        "<!doctype html><p id=who>x</p><script>who.textContent = origin</script>", "utf-8"
    )
    page = new_page(800, 800)
    answer = page.goto(f"{running.url}/b2bcourse/feedback?path={where}")
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("#who")).to_have_text("null")
