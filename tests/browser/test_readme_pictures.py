"""The pictures of the README can be made anew: a lesson, the game, the class report; copy them to docs/."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts
from lessons import Computer, Reader
from PIL import Image
from simulation_page import put

from b2bcourse.grading.demo import demo
from b2bcourse.grading.opening import open_course
from b2bcourse.report.making import findings_of, write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_BYTES = 160_000
PICTURES = (
    ("lesson", "04-benefit-matrix", "mx-warmup"),
    ("game", "09-simulation", "sim-parts"),
)


@pytest.fixture(scope="module")
def running(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    computer = Computer(tmp_path_factory.mktemp("computer"))
    for lang in ("ko", "en"):
        put(computer.root / lang, "sim-parts", 6, lang)
    with computer.server() as lab:
        yield lab


def keep(page: Page, name: str) -> Path:
    """A picture of the window, in few colours, so that a README loads fast."""
    path = artefacts() / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as drawn:
        drawn.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES
    return path


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(("name", "lesson", "item"), PICTURES)
def test_a_lesson_and_the_game(
    running: Lab, new_page: Callable[..., Page], name: str, lesson: str, item: str, lang: str
) -> None:
    reader = Reader(running, new_page(1280, 860))
    reader.open(f"{lang}/{lesson}.ipynb")
    reader.expect_alive()
    page = reader.page
    shown = page.locator(f'.b2b-exercise[data-item="{item}"]')
    shown.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    shown.evaluate("e => e.scrollIntoView({ block: 'start' })")
    page.mouse.move(2, 2)
    page.wait_for_timeout(1000)
    keep(page, f"{name}-{lang}")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_class_report(
    new_page: Callable[..., Page], tmp_path_factory: pytest.TempPathFactory, lang: str
) -> None:
    folder = tmp_path_factory.mktemp(f"demo-{lang}")
    demo(folder, students=24, seed=1, lang=lang)
    made = folder / "report.html"
    course = open_course(folder / "course")
    write_page(findings_of(course, "a3-benefit-matrix", dt.datetime.now(dt.UTC)), made)
    page = new_page(1280, 860)
    page.goto(made.as_uri())
    keep(page, f"report-{lang}")
