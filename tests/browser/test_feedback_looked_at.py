"""Feedback pages as a student sees them: on a desk, on a phone, in the dark, for who hears them."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from practice_bank import PRACTICE as BANK

from b2bcourse.context import bank_folder
from b2bcourse.facts import LANGS, Lang
from b2bcourse.grading.course import copy_items
from b2bcourse.grading.criteria import Given
from b2bcourse.grading.feedback.exercises import Answer, exercise_of
from b2bcourse.grading.feedback.page import Page, Trouble, html
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.marking import Marked, points_of
from b2bcourse.grading.records import Cell, Grade
from b2bcourse.items import kind_of
from b2bcourse.items.judging import judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.grading.feedback.page import Exercise

ESSAY = "es-meeting"
MAXIMUM = 10.0


def one_of_each() -> list[str]:
    """An item of every kind and form that is scored, the widest matrix among them."""
    scored = {name: item for name, item in BANK.items() if item.kind != "essay"}
    forms = {
        (item.kind, getattr(item, "form", ""), getattr(item, "evidence", False)): name
        for name, item in scored.items()
    }
    matrices = [name for name, item in scored.items() if item.kind == "matrix"]
    widest = max(matrices, key=lambda n: len(kind_of("matrix").face(BANK[n], "en").columns))
    return sorted({*forms.values(), widest})


@pytest.fixture(scope="module", params=LANGS)
def keys(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Practice items as a course's keys."""
    root = tmp_path_factory.mktemp("feedback-keys")
    (root / "solutions").mkdir()
    (root / "solutions" / "items").symlink_to(bank_folder())
    copy_items(root / "solutions", root / "items", request.param)
    return Keys(root / "items")


def exercises(keys: Keys, *, opened: bool = False) -> list[Exercise]:
    """Each kind answered partly rightly; one essay that waits and one that was read."""
    made = []
    for number, name in enumerate(one_of_each(), 1):
        question = keys.asked(name)
        kind, face, key = question.kind, question.face, question.key
        samples = list(kind.samples(question.item))
        sample = next((s for s in samples if 0 < s.fraction < 1), samples[0])
        outcome = judge(kind, face, key, sample.value)
        points = points_of(outcome.fraction, MAXIMUM)
        marked = Marked(points, face.title, outcome=outcome, value=sample.value)
        cell = Cell(name, "all", MAXIMUM, by_hand=False)
        answer = Answer(marked)
        made.append(
            exercise_of(keys, cell, Grade(auto=points), answer, number=number, opened=opened)
        )
    cell = Cell(ESSAY, "all", 20.0, by_hand=True)
    text = "첫 문단입니다.\n\n- 한 가지\n- 두 가지"
    waiting = Grade(waits=True)
    made.append(exercise_of(keys, cell, waiting, Answer(text=text), number=len(made) + 1))
    rubric = keys.item(ESSAY).rubric
    given = Given(points={c.id: 3.0 for c in rubric}, by="민지원", at="2026-12-01T00:00:00+00:00")
    read = Grade(manual=3.0 * len(rubric), comment="한 문장으로 이어 보십시오.")
    graded = exercise_of(
        keys, Cell(ESSAY, "all", 20.0, by_hand=True), read, Answer(text=text), number=0, given=given
    )
    return [*made, replace(graded, id=f"{ESSAY}-read", number=len(made) + 1)]


def page_of(keys: Keys, *, opened: bool = False) -> str:
    lang: Lang = keys.lang
    trouble = Trouble("사진 " * 12 + ".jpg", "25 MB라서 큽니다.", "나머지는 채점했습니다.")
    title = {"ko": "과제 2 · 혜택 매트릭스", "en": "Assignment 2 · The benefit matrix"}[lang]
    return html(
        Page(
            lang,
            title,
            "유하린",
            "11월 27일 22:40 KST 제출 · 2시간 늦음",
            tuple(exercises(keys, opened=opened)),
            penalty=2.0,
            troubles=(trouble,),
            opened=opened,
        )
    )


@pytest.fixture
def shown(keys: Keys, new_page: Callable[..., Any], tmp_path: Path) -> Callable[[int, str], Any]:
    """The page in a browser that reports whatever it asks the network for."""

    def show(width: int, theme: str = "light", *, opened: bool = False) -> Any:
        file = tmp_path / "page.html"
        file.write_text(page_of(keys, opened=opened), "utf-8")
        page = new_page(width=width, theme=theme)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri())
        return page

    return show


def axe(page: Any) -> list[Any]:
    found = importlib.util.find_spec("axe_core_python")
    assert found is not None
    assert found.origin is not None
    page.add_script_tag(path=str(Path(found.origin).parent / "axe.min.js"))
    violations = page.evaluate("axe.run(document).then(r => r.violations)")
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in violations
        for node in rule["nodes"]
    ]


WIDER = """limit => [...document.querySelectorAll('main *')]
    .filter(e => !e.closest('.sr') && e.getBoundingClientRect().width > 1)
    .map(e => [e.tagName, e.className.baseVal ?? e.className, e.getBoundingClientRect()])
    .filter(([, , box]) => box.right > limit || box.left < 0)
    .map(([tag, name, box]) => `${tag}.${name} ${box.left} ${box.right}`)"""


def test_on_a_phone_nothing_is_wider_than_what_stands_there(shown: Callable[..., Any]) -> None:
    page = shown(390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(WIDER, 16 + 358 + 0.5) == []


@pytest.mark.parametrize("width", [800, 1280])
def test_on_a_desk_nothing_leaves_the_page(shown: Callable[..., Any], width: int) -> None:
    page = shown(width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(WIDER, width) == []


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), pytest.param(390, "dark", marks=pytest.mark.slow)]
)
def test_axe_finds_nothing(shown: Callable[..., Any], width: int, theme: str) -> None:
    assert axe(shown(width, theme)) == []


@pytest.mark.slow
def test_with_the_key_open_axe_finds_nothing_and_a_phone_still_holds_it(
    shown: Callable[..., Any],
) -> None:
    page = shown(390, opened=True)
    assert page.evaluate(WIDER, 16 + 358 + 0.5) == []
    assert axe(page) == []


def test_nothing_is_asked_for_but_the_page_itself(shown: Callable[..., Any]) -> None:
    page = shown(1280)
    assert page.asked == [page.url]


def test_the_contents_lead_to_each_exercise_by_keys(shown: Callable[..., Any]) -> None:
    page = shown(1280)
    link = page.locator(".contents a").nth(2)
    link.focus()
    page.keyboard.press("Enter")
    name = link.get_attribute("href").removeprefix("#")
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#{name}"
    box = page.locator(f"[id='{name}']").bounding_box()
    assert box is not None
    assert abs(box["y"]) < 30 or page.evaluate(
        "innerHeight + scrollY >= document.body.scrollHeight"
    )


def test_paper_is_white_for_who_reads_in_the_dark(shown: Callable[..., Any]) -> None:
    page = shown(1280, "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(17, 17, 17)"
    )
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )


def test_no_row_is_torn_between_two_sheets_of_paper(shown: Callable[..., Any]) -> None:
    page = shown(1280)
    page.emulate_media(media="print")
    breaks = page.evaluate(
        "[...new Set([...document.querySelectorAll('tbody tr')]"
        ".map(row => getComputedStyle(row).breakInside))]"
    )
    assert breaks == ["avoid"]
