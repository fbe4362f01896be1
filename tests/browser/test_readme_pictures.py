"""The pictures of the README can be made anew: a lesson, the game, the class report; copy them to docs/."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts
from lessons import Computer, Reader
from PIL import Image
from playwright.sync_api import expect
from simulation_page import put

from b2bcourse.grading.demo import demo
from b2bcourse.grading.opening import open_course
from b2bcourse.report.making import findings_of, write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_BYTES = 160_000
SIZE = (1080, 780)


@pytest.fixture(scope="module")
def running(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    computer = Computer(tmp_path_factory.mktemp("computer"))
    for lang in ("ko", "en"):
        put(computer.root / lang, "sim-software", 6, lang)
    with computer.server() as lab:
        yield lab


def keep(page: Page, name: str) -> None:
    """A picture of the window, small enough for a README."""
    path = artefacts() / f"{name}.png"
    page.mouse.move(2, 2)
    page.wait_for_timeout(1000)
    page.screenshot(path=path)
    with Image.open(path) as drawn:
        drawn.convert("RGB").save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES


def opened(reader: Reader, lesson: str, item: str) -> Locator:
    """An exercise in its lesson, at the top of the window."""
    reader.open(f"{lesson}.ipynb")
    reader.expect_alive()
    shown = reader.page.locator(f'.b2b-exercise[data-item="{item}"]')
    shown.scroll_into_view_if_needed()
    reader.page.wait_for_timeout(1000)
    shown.evaluate("e => e.scrollIntoView({ block: 'start' })")
    return shown


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_lesson_with_an_answer_checked(
    running: Lab, new_page: Callable[..., Page], lang: str
) -> None:
    reader = Reader(running, new_page(*SIZE))
    shown = opened(reader, f"{lang}/04-benefit-matrix", "mx-people")
    cells = shown.locator("td.b2b-cell")
    for number in (0, 2, 6, 7, 14):
        cells.nth(number).click()
    shown.locator('[data-do="main"]').click()
    expect(shown.locator("td.b2b-cell[data-look=right]").first).to_be_visible()
    shown.evaluate("e => e.scrollIntoView({ block: 'start' })")
    keep(reader.page, f"lesson-{lang}")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_game_under_way(running: Lab, new_page: Callable[..., Page], lang: str) -> None:
    reader = Reader(running, new_page(*SIZE))
    opened(reader, f"{lang}/09-simulation", "sim-software")
    keep(reader.page, f"game-{lang}")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_class_report(
    new_page: Callable[..., Page], tmp_path_factory: pytest.TempPathFactory, lang: str
) -> None:
    folder = tmp_path_factory.mktemp(f"demo-{lang}")
    demo(folder, students=24, seed=1, lang=lang)
    made = folder / "report.html"
    course = open_course(folder / "course")
    write_page(findings_of(course, "a3-benefit-matrix", dt.datetime.now(dt.UTC)), made)
    page = new_page(*SIZE)
    page.goto(made.as_uri())
    keep(page, f"report-{lang}")
