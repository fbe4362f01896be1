"""A test and further practice in a real JupyterLab, as a student takes them; and the gain drawn."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alone import words
from lab import artefacts, context_of, restart_kernel, run_all, set_theme, write_notebook
from playwright.sync_api import expect

from b2bcourse.context import practice_item
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.items import kind_of
from b2bcourse.items.base import DONE
from b2bcourse.responses import How, Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PRE = form(gains(), "pre")
POST = form(gains(), "post")
LEFT = [PRE[2], PRE[6]]
"""Questions that the tests answer by hand; the others have an answer already."""
MORE = next(lesson for lesson in lessons() if lesson.id == "02-decision-unit").more


class Desk:
    """A notebook in a folder of its own, open in JupyterLab with all cells run."""

    def __init__(self, lab: Lab, page: Page, name: str, lang: str) -> None:
        self.lab, self.page, self.lang, self.words = lab, page, lang, words(lang, "lists")
        self.folder = lab.root / "tests" / name
        context_of(self.folder, lang)

    def run(self, *calls: str) -> None:
        write_notebook(self.folder / "one.ipynb", "import b2bcourse as b2b", *calls)
        self.lab.open(self.page, f"tests/{self.folder.name}/one.ipynb")
        self.again()

    def again(self) -> None:
        run_all(self.page)
        expect(self.page.locator(".b2b-lists").first).to_be_visible()

    def answer(self, item: str, *, finished: bool = False, sure: int | None = None) -> None:
        """An answer as if it had been given before, judged if the test was finished."""
        authored = practice_item(item)
        kind = kind_of(authored.kind)
        face, key = kind.face(authored, self.lang), kind.key(authored)
        value = kind.model_answer(face, key)
        store = Store(self.folder, face)
        store.save(value)
        if finished:
            store.save({}, tried=kind.score(face, key, value), how=How("test", sure=sure))

    def found(self, item: str) -> list[dict[str, Any]]:
        """The tries of an item as they lie on disk; none before its file is there."""
        path = self.folder / "responses" / f"{item}.json"
        known = json.loads(path.read_bytes()) if path.is_file() else {}
        return list(known.get("tries", []))

    def tries(self, item: str) -> list[float]:
        return [one["fraction"] for one in self.found(item)]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, selector: str, way: str = "Tab") -> None:
        for _ in range(60):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.press(way)
        pytest.fail(f"{way} never reaches {selector}")

    def opened(self, item: str) -> Any:
        exercise = self.page.locator(f'.b2b-exercise[data-item="{item}"]')
        expect(exercise).to_be_visible()
        return exercise

    def violations(self) -> list[str]:
        """What axe finds in everything of ours on the page."""
        if not self.page.evaluate("'axe' in window"):
            found = importlib.util.find_spec("axe_core_python")
            assert found is not None
            assert found.origin is not None
            self.page.add_script_tag(path=str(Path(found.origin).parent / "axe.min.js"))
        self.page.mouse.move(1, 1)
        self.page.wait_for_timeout(150)
        run = "axe.run({include: [['.b2b-exercise'], ['.b2b-progress']]}).then(r => r.violations)"
        return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in self.page.evaluate(run)]


@pytest.fixture
def desk(
    lab: Lab, new_page: Callable[..., Page], request: pytest.FixtureRequest
) -> Callable[..., Desk]:
    def make(lang: str, **page: Any) -> Desk:
        return Desk(lab, new_page(**page), f"listing-{request.node.name}", lang)

    return make


def test_a_test_is_taken_with_the_keyboard_alone(desk: Callable[..., Desk]) -> None:
    one = desk("en")
    for item in set(PRE) - set(LEFT):
        one.answer(item)
    one.run('b2b.test("pre")')
    page, first, second = one.page, *LEFT
    one.opened(first)  # the first without an answer is open
    expect(page.locator('[data-do="main"]:visible')).to_have_count(0)  # nothing to check

    page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCell.node.focus()")
    one.tab_to(".b2b-number-of")
    one.press("End", "ArrowLeft", "Home", "Enter")
    one.opened(PRE[0])
    one.press("ArrowRight", "ArrowRight", "Enter")
    one.opened(first)
    one.tab_to('input[type="radio"]')
    one.press("Space")
    expect(page.locator(f'.b2b-number-of[data-at="{first}"]')).to_have_class(
        "b2b-number-of is-answered"
    )
    expect(page.locator(".b2b-number-of.is-answered")).to_have_count(len(PRE) - 1)

    one.press("3")  # from among the options, which are a widget of their own
    expect(page.locator('[data-at="sure-2"]')).to_be_checked()
    expect(page.locator(".is-foot .b2b-unseen[role=status]")).to_have_text(
        one.words["sure_told"].format(sure=one.words["sure_2"])
    )
    one.tab_to('[data-at="sure-2"]')
    one.press("ArrowLeft")
    expect(page.locator('[data-at="sure-1"]')).to_be_checked()
    expect(page.locator('[data-at="sure-1"]')).to_be_focused()

    one.tab_to('[data-at="next"]')
    one.press("Enter")
    one.opened(second)
    expect(page.locator('input[name^="b2b-sure"]:checked')).to_have_count(0)
    expect(page.locator(f'.b2b-number-of[data-at="{second}"]')).to_be_focused()
    one.tab_to('[data-at="finish"]')
    one.press("Enter")  # one question has no answer: asked once more
    expect(page.locator(".is-foot .b2b-told")).to_have_text(
        one.words["unanswered"].format(numbers="7")
    )
    assert one.tries(first) == []
    one.press("Enter")

    expect(page.locator(".is-foot")).to_have_count(0)
    right = len(PRE) - 2 + (one.tries(first)[0] >= DONE)
    expect(page.locator(".is-list .b2b-told")).to_have_text(
        one.words["result_alone"].format(right=right, all=len(PRE), skipped=1)
    )
    expect(page.locator(".b2b-entry")).to_have_count(0)  # the reasons come after the last test
    assert one.tries(second) == [0.0]
    assert one.found(first)[0]["sure"] == 1
    assert one.found(second)[0]["skipped"] is True


def test_after_the_last_test_every_question_opens_with_its_reasons(
    desk: Callable[..., Desk],
) -> None:
    one = desk("ko")
    for item in PRE:
        one.answer(item, finished=True)
    for item in POST[1:]:
        one.answer(item)
    one.run('b2b.test("post")', 'b2b.test("pre")')
    expect(one.page.locator(".b2b-entry")).to_have_count(0)
    first = one.opened(POST[0])
    first.locator("input").first.click()
    expect(one.page.locator(".b2b-number-of.is-answered")).to_have_count(len(POST))
    one.page.locator('[data-at="finish"]').click()
    expect(one.page.locator(".b2b-entry")).to_have_count(len(POST))
    one.page.locator(f'.b2b-entry[data-at="{POST[0]}"]').click()
    told = one.opened(POST[0])
    expect(told.locator(".b2b-lines").first).to_be_visible()
    assert len(one.tries(POST[0])) == 1  # to read why is no further try
    one.again()  # by now the first test's questions open as well
    expect(one.page.locator(".b2b-entry")).to_have_count(len(POST) + len(PRE))


def test_a_test_does_not_end_before_its_open_question_is_saved(desk: Callable[..., Desk]) -> None:
    one = desk("en")
    for item in PRE:
        one.answer(item)
    one.run('b2b.test("pre")')
    one.opened(PRE[0])
    status = one.page.locator(f'.b2b-exercise[data-item="{PRE[0]}"] .b2b-saved')
    status.evaluate("line => { line.dataset.kind = 'pending'; }")  # as while a change is on its way
    one.page.locator('[data-at="finish"]').click()
    one.page.wait_for_timeout(400)
    assert one.tries(PRE[0]) == []
    status.evaluate("line => { line.dataset.kind = 'saved'; }")
    expect(one.page.locator(".is-foot")).to_have_count(0)
    assert one.tries(PRE[0]) == [1.0]


def test_further_practice_says_how_far_one_is_and_survives_a_restart(
    desk: Callable[..., Desk],
) -> None:
    one = desk("ko", width=800)
    choice = next(item for item in MORE if practice_item(item).kind == "choice")
    one.run('b2b.more("02-decision-unit")')
    entry = one.page.locator(f'.b2b-entry[data-at="{choice}"]')
    entry.click()
    exercise = one.opened(choice)
    exercise.locator("input").first.click()
    expect(entry.locator(".b2b-entry-state")).to_have_text(one.words["state_begun"])
    exercise.locator('[data-do="main"]').click()
    judged = [one.words["state_done"], one.words["state_review"]]
    expect(entry.locator(".b2b-entry-state")).not_to_have_text(one.words["state_begun"])
    assert entry.locator(".b2b-entry-state").inner_text() in judged
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert one.page.locator(".b2b-lists, .b2b-entry").evaluate_all(cut) == 0

    # after a restart it says what to do, and opens again what was open
    restart_kernel(one.page)
    one.page.locator(".b2b-entry").first.click()
    expect(one.page.locator(".b2b-told.is-trouble")).to_have_text(one.words["not_replying"])
    one.again()
    one.opened(choice)
    expect(one.page.locator(".b2b-told.is-trouble")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("width", [1280, 800])
def test_a_question_and_a_gain_are_calm_at_either_width(
    desk: Callable[..., Desk], lang: str, width: int
) -> None:
    one = desk(lang, width=width)
    for number, item in enumerate(POST):
        one.answer(item, finished=True, sure=number % 3)
    for item in PRE[5:]:
        one.answer(item)
    one.run('b2b.test("pre")', "b2b.gain()")
    first = one.opened(PRE[0])
    first.locator("input").nth(1).click()
    one.press("2")
    expect(one.page.locator('[data-at="sure-1"]')).to_be_checked()
    expect(one.page.locator(".b2b-number-of.is-answered")).to_have_count(len(PRE) - 4)
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert one.page.locator(".b2b-lists, .b2b-sure").evaluate_all(cut) == 0
    one.page.screenshot(path=artefacts() / f"test-{lang}-{width}.png")
    finish = one.page.locator('[data-at="finish"]')
    finish.click()
    finish.click()
    expect(one.page.locator(".is-foot")).to_have_count(0)
    one.again()
    gain = one.page.locator(".b2b-progress.is-gain")
    expect(gain.locator("table.sure tbody tr")).to_have_count(4)  # of some it was not told
    assert gain.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    gain.screenshot(path=artefacts() / f"gain-{lang}-{width}.png")


@pytest.mark.slow
def test_nobody_is_shut_out_in_either_theme(desk: Callable[..., Desk]) -> None:
    one = desk("ko")
    for item in set(PRE) - set(LEFT):
        one.answer(item)
    one.run('b2b.test("pre")', "b2b.gain()")

    def both_themes() -> None:
        for theme in ("light", "dark"):
            set_theme(one.page, theme)
            assert one.violations() == [], theme

    both_themes()
    finish = one.page.locator('[data-at="finish"]')
    finish.click()
    finish.click()
    expect(one.page.locator(".is-foot")).to_have_count(0)
    for item in POST:
        one.answer(item, finished=True)
    one.again()
    one.page.locator(".b2b-entry").first.click()
    one.opened(PRE[0])
    expect(one.page.locator(".b2b-progress tbody tr")).to_have_count(len(gains()))
    both_themes()
