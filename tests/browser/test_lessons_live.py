"""Every lesson in a real JupyterLab: nothing goes wrong in a cell, every exercise can be answered rightly."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts, run_all, set_theme, wait_idle
from playwright.sync_api import expect
from test_every_kind_live import GIVE, Exercise, Shown, without_empty
from test_matrix_live import fill_by_hand

from b2bcourse.course_files import course_root
from b2bcourse.facts.lessons import lessons

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSONS = [lesson.id for lesson in lessons()]
BAD = (
    '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], '
    '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'
)
VIEW = 2400  # px of the notebook that is seen at once; a lesson is several such pages


def practised(lesson: str) -> list[str]:
    book = json.loads((course_root() / "notebooks" / "ko" / f"{lesson}.ipynb").read_bytes())
    sources = ["".join(cell["source"]) for cell in book["cells"]]
    return [
        found[1] for source in sources if (found := re.match(r'b2b\.practice\("(.+)"\)', source))
    ]


def opened(
    lab: Lab, new_page: Callable[..., Page], lesson: str, lang: str, width: int, theme: str
) -> Page:
    """The lesson with all its cells run, and nothing but the notebook on the page."""
    page = new_page(width, VIEW, theme)
    lab.open(page, f"{lang}/{lesson}.ipynb")
    set_theme(page, theme)
    page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    # All cells are drawn, also those out of sight.
    page.evaluate(
        "window.jupyterapp.shell.currentWidget.content.notebookConfig = "
        "{...window.jupyterapp.shell.currentWidget.content.notebookConfig, windowingMode: 'none'}"
    )
    run_all(page)
    return page


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_of_a_lesson_can_be_answered_rightly(
    lab: Lab, new_page: Callable[..., Page], lesson: str
) -> None:
    page = opened(lab, new_page, lesson, "ko", 1280, "light")
    folder = lab.root / "ko" / "responses"
    for item in practised(lesson):
        answer_rightly(page, item, folder)
    listing = page.locator(".b2b-lists")
    further = next(one for one in lessons() if one.id == lesson).more
    for item in further if listing.count() else ():
        listing.locator(f'[data-at="{item}"]').click()
        if answer_rightly(page, item, folder):
            expect(listing.locator(f'[data-at="{item}"] .b2b-entry-state')).to_have_text("맞음")
    assert page.locator(BAD).count() == 0


def answer_rightly(page: Page, item: str, folder: Path) -> bool:
    """Give the right answer and check it; a game is only looked at, which is told by False."""
    exercise = Exercise(item)
    file = folder / f"{item}.json"
    file.unlink(missing_ok=True)
    shown = Shown(page, exercise, file)
    shown.root.scroll_into_view_if_needed()
    if exercise.name == "simulation":
        return False  # a game is played in a test of its own
    value = exercise.sample("right").value
    if exercise.name == "matrix":
        fill_by_hand(page, shown.root, item, "ko")
    else:
        shown.root.locator("[data-at], textarea").first.focus()
        GIVE[exercise.name](shown, value)
    shown.wait_on_disk(value) if exercise.name != "matrix" else None
    shown.check()
    assert shown.tries()[-1] == pytest.approx(1.0), item
    assert without_empty(shown.value())
    return True


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize(
    ("lang", "width", "theme"),
    [("ko", 1280, "light"), ("en", 800, "dark"), ("en", 1280, "light"), ("ko", 800, "dark")],
)
def test_every_page_of_a_lesson_can_be_looked_at(
    lab: Lab, new_page: Callable[..., Page], lesson: str, lang: str, width: int, theme: str
) -> None:
    page = opened(lab, new_page, lesson, lang, width, theme)
    try:
        page.wait_for_function(
            "n => document.querySelectorAll('.b2b-exercise').length >= n",
            arg=len(practised(lesson)),
        )
        assert page.locator(BAD).count() == 0
        picture_of_all(page, f"lesson-{lesson}-{lang}-{theme}-{width}")
    finally:
        set_theme(page, "light")


def picture_of_all(page: Page, name: str) -> None:
    """The whole notebook, a picture for each screen of it."""
    outer = "document.querySelector('.jp-WindowedPanel-outer')"
    wait_idle(page)
    height: Any = page.evaluate(f"{outer}.scrollHeight")
    seen: Any = page.evaluate(f"{outer}.clientHeight")
    box = page.locator(".jp-WindowedPanel-outer").bounding_box()
    assert box is not None
    for number in range(math.ceil(height / seen)):
        page.evaluate(f"{outer}.scrollTop = {number * seen}")
        page.wait_for_timeout(150)
        page.screenshot(path=artefacts() / f"{name}-{number}.png", clip=box)
