"""The class report in a browser: nothing is loaded, nothing sticks out, axe finds nothing; on paper."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))
sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

from classes import GRADED, a_class, exercise, scored

from b2bcourse.grading.course import copy_items
from b2bcourse.grading.keys import Keys
from b2bcourse.report.findings import find
from b2bcourse.report.page import page as report_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not GRADED.is_dir(), reason="needs the checkout's solutions/"),
]

ITEMS = ("matrix-people", "matrix-two-marks", "matrix-both", "matrix-week", "matrix-folders")


def slipped(one: Any, number: int) -> Any:
    """An answer with a few marks left out, fewer by who comes later, and the boss marked by some."""
    question = one.question
    value = question.kind.model_answer(question.face, question.key)
    for part in (value.get("cells") or value.get("places")).values():
        for name in sorted(part)[: number % 3]:
            del part[name]
    if one.id == "matrix-people" and number % 4 == 0:
        for marks in value["cells"].values():
            marks["cheon"] = 1
    return value


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Path]:
    def make(lang: str, students: int) -> Path:
        folder = tmp_path_factory.mktemp(f"{lang}{students}")
        copy_items(GRADED.parent, folder / "items", lang)
        keys = Keys(folder / "items")
        exercises = [exercise(keys, n, item) for n, item in enumerate(ITEMS, start=1)]
        answers = {
            f"{'학생' if lang == 'ko' else 'Student'} {n:02d}": {
                one.id: scored(one, slipped(one, n + one.number)) for one in exercises
            }
            for n in range(students)
        }
        path = folder / "report.html"
        path.write_text(report_page(find(a_class(exercises, answers, lang))), encoding="utf-8")
        return path

    return make


def opened(
    new_page: Callable[..., Page], path: Path, width: int, theme: str
) -> tuple[Page, list[str]]:
    page = new_page(width=width, theme=theme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, asked


def violations(page: Page) -> list[str]:
    found = importlib.util.find_spec("axe_core_python")
    assert found
    assert found.origin
    page.add_script_tag(path=str(Path(found.origin).parent / "axe.min.js"))
    told = page.evaluate("axe.run(document).then(r => r.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in told]


@pytest.mark.parametrize(
    ("lang", "theme", "students"),
    [
        ("ko", "light", 24),
        pytest.param("en", "dark", 24, marks=pytest.mark.slow),
        pytest.param("ko", "dark", 4, marks=pytest.mark.slow),
    ],
)
def test_nothing_is_loaded_and_axe_finds_nothing(new_page, made, lang, theme, students):
    path = made(lang, students)
    page, asked = opened(new_page, path, 1280, theme)
    for summary in page.locator("summary").all():
        summary.click()
    assert asked == [path.as_uri()]
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 800, 390])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_sticks_out(new_page, made, lang, width):
    page, _ = opened(new_page, made(lang, 24), width, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for text in page.locator("svg.plot text").all():
        box, frame = text.bounding_box(), page.locator("main").bounding_box()
        assert box
        assert frame
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("students", [4, 24, 90])
def test_it_prints_on_two_pages_of_light_paper(new_page, made, lang, students):
    page, _ = opened(new_page, made(lang, students), 1280, "dark")
    data = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 2
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
