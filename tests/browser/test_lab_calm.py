"""A lesson is calm: one bar, its code folded away, the next lesson in the same tab, all of it by keys and for ears."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts, wait_idle
from lessons import LESSON, Computer, Reader, wait_until
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opened(reader: Reader, path: str = LESSON) -> Page:
    reader.open(path)
    reader.expect_alive()
    return reader.page


TOOLS = ["#jp-top-panel", "#jp-left-stack", "#jp-bottom-panel", ".jp-NotebookPanel-toolbar"]
CODE = [".jp-CodeCell .jp-Cell-inputWrapper", ".jp-InputPrompt", ".jp-OutputPrompt", ".b2b-press"]


def seen(page: Page, selector: str) -> int:
    return page.locator(f"{selector}:visible").count()


class TestCalm:
    def test_nothing_but_the_bar_and_the_lesson_is_seen(self, reader: Reader) -> None:
        page = opened(reader)
        for selector in (*TOOLS, ".jp-SideBar", ".lm-DockPanel-tabBar", *CODE):
            assert seen(page, selector) == 0, selector
        bar = page.locator(".b2b-bar").bounding_box()
        assert bar == {"x": 0, "y": 0, "width": 1280, "height": 44}
        lesson = page.locator(".jp-WindowedPanel-outer").bounding_box()
        assert lesson
        found = {side: round(length) for side, length in lesson.items()}
        assert found == {"x": 0, "y": 44, "width": 1280, "height": 756}

    def test_bar_text_and_exercises_share_an_edge(self, reader: Reader) -> None:
        page = opened(reader)
        edges = page.evaluate(
            """() => [".b2b-bar-in > :first-child", ".jp-MarkdownCell h1", ".b2b-exercise .b2b-title"]
              .map((s) => Math.round(document.querySelector(s).getBoundingClientRect().left))"""
        )
        assert len(set(edges)) == 1, edges

    def test_korean_breaks_between_words(self, reader: Reader) -> None:
        page = opened(reader)
        style = page.locator(".jp-MarkdownCell .jp-RenderedMarkdown").first.evaluate(
            "e => [getComputedStyle(e).wordBreak, e.closest('[lang]').lang]"
        )
        assert style == ["keep-all", "ko"]

    def test_jupyterlabs_tools_are_one_click_away_and_so_is_the_way_back(
        self, reader: Reader
    ) -> None:
        page = opened(reader)
        page.get_by_role("button", name="JupyterLab 도구").click()
        expect(page.locator("#jp-top-panel")).to_be_visible()
        assert seen(page, ".jp-NotebookPanel-toolbar") == 1
        assert seen(page, ".jp-CodeCell .jp-InputPlaceholder") > 0
        page.reload(wait_until="domcontentloaded")
        reader.expect_alive()
        expect(page.locator("#jp-top-panel")).to_be_visible()
        page.get_by_role("button", name="수업 화면으로").click()
        expect(page.locator("#jp-top-panel")).to_be_hidden()

    def test_a_slip_of_the_finger_changes_nothing(self, reader: Reader) -> None:
        page = opened(reader, "ko/03-vendor-and-customer.ipynb")
        cells = "() => jupyterapp.shell.currentWidget.content.widgets.length"
        before = page.evaluate(cells)
        text = page.locator(".jp-MarkdownCell p:visible").nth(1)
        text.click()
        for key in ("d", "d", "b", "a", "x", "m", "Enter"):
            page.keyboard.press(key)
        text.dblclick()
        page.wait_for_timeout(300)
        assert page.evaluate(cells) == before
        assert page.locator(".jp-MarkdownCell .cm-editor:visible").count() == 0

    def test_each_answer_is_marked_in_the_bar(self, reader: Reader) -> None:
        page = opened(reader, "en/01-decision-process.ipynb")
        told = page.locator(".b2b-bar-told")
        expect(told).to_contain_text("0 of")
        shown = page.locator('.b2b-exercise[data-item="dmp-next-move"]')
        shown.locator("input").first.check()
        expect(told).to_contain_text("1 of", timeout=15_000)
        assert page.locator(".b2b-bar-marks .is-half").count() == 1
        marks = page.locator(".b2b-bar-marks")
        expect(marks).to_have_attribute(
            "aria-label", "The exercises one by one: " + told.inner_text()
        )

    def test_the_part_that_one_reads_is_underlined(self, reader: Reader) -> None:
        page = opened(reader)
        at = "() => [...document.querySelectorAll('.b2b-bar-part')].findIndex(p => p.matches('.is-here'))"
        page.wait_for_function(f"() => ({at})() === 0")
        page.locator(".b2b-exercise").last.scroll_into_view_if_needed()
        page.wait_for_function(f"() => ({at})() > 1")


class TestTheWayOn:
    def test_the_next_lesson_opens_in_the_same_tab(self, reader: Reader) -> None:
        page = opened(reader, "ko/05-ten-steps-to-the-offer.ipynb")
        page.get_by_role("link", name="다음 06").click()
        expect(page.locator(".b2b-bar-title")).to_contain_text("06 ", timeout=30_000)
        wait_until(
            lambda: page.locator(".jp-NotebookPanel").count() == 1, "the lesson before stays open"
        )
        reader.expect_alive()
        assert len(page.context.pages) == 1
        assert "06-ten-steps" in page.url
        assert page.locator(".jp-Dialog").count() == 0

    def test_it_is_a_link_as_any_other_with_a_key_held(self, reader: Reader) -> None:
        page = opened(reader)
        link = page.get_by_role("link", name="이전 00")
        assert link.get_attribute("href") == f"{reader.lab.url}/lab/tree/ko/00-start.ipynb"

    def test_the_other_language_has_the_same_lesson(self, reader: Reader) -> None:
        page = opened(reader, "ko/07-value-cycle.ipynb")
        page.get_by_role("link", name="English").click()
        expect(page.locator(".b2b-bar-title")).to_contain_text("The value cycle", timeout=30_000)
        reader.expect_alive()
        expect(page.get_by_role("link", name="한국어")).to_be_visible()


class TestEverybody:
    def test_keys_alone_reach_the_bar_and_the_first_exercise(self, reader: Reader) -> None:
        page = opened(reader)
        page.locator(".b2b-bar a").first.focus()
        names = []
        for _ in range(40):
            page.keyboard.press("Tab")
            where = page.evaluate(
                "() => [document.activeElement.closest('.b2b-bar, .b2b-exercise')?.className ?? '',"
                " document.activeElement.textContent]"
            )
            names.append(where)
            if "b2b-exercise" in where[0]:
                break
        assert "b2b-exercise" in names[-1][0], names
        assert any("JupyterLab" in text for _, text in names)

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_axe_finds_nothing_in_bar_and_lesson(
        self, running: Lab, new_page: Callable[..., Page], theme: str
    ) -> None:
        page = opened(Reader(running, new_page(1280, 800, theme)))
        page.wait_for_selector(
            f'body[data-jp-theme-light="{str(theme == "light").lower()}"]', state="attached"
        )
        found = importlib.util.find_spec("axe_core_python")
        assert found is not None
        assert found.origin is not None
        page.add_script_tag(path=str(Path(found.origin).parent / "axe.min.js"))
        page.wait_for_timeout(500)
        run = "axe.run('.b2b-bar, .b2b-lesson .jp-Cell').then(r => r.violations)"
        bad = [
            (rule["id"], node["target"], node["failureSummary"])
            for rule in page.evaluate(run)
            for node in rule["nodes"]
        ]
        assert bad == []

    @pytest.mark.parametrize(
        ("lang", "width"), [("ko", 1280), ("en", 800), ("ko", 400), ("en", 400)]
    )
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_nothing_runs_over_the_edge(
        self, running: Lab, new_page: Callable[..., Page], lang: str, width: int, theme: str
    ) -> None:
        reader = Reader(running, new_page(width, 800, theme))
        page = opened(reader, f"{lang}/04-benefit-matrix.ipynb")
        page.wait_for_timeout(1000)
        page.screenshot(path=artefacts() / f"calm-{lang}-{theme}-{width}.png")
        wide = page.evaluate(
            "() => [...document.querySelectorAll('.b2b-bar *')].filter(e => e.checkVisibility()"
            " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"
        )
        assert wide == []
        view = "e => e.scrollWidth - e.clientWidth"
        assert page.locator(".jp-WindowedPanel-outer").evaluate(view) <= 1


class TestElsewhere:
    def test_without_the_extension_a_line_says_what_to_press_and_that_works(
        self, new_page: Callable[..., Page], tmp_path: Any
    ) -> None:
        computer = Computer(tmp_path)
        config = computer.home / "config" / "labconfig"
        config.mkdir(parents=True)
        off = {"disabledExtensions": {"b2bcourse-lesson": True}}
        (config / "page_config.json").write_text(json.dumps(off), "utf-8")
        with computer.server() as lab:
            reader = Reader(lab, new_page(1280, 800))
            reader.open("en/01-decision-process.ipynb")
            wait_idle(reader.page)
            expect(reader.page.locator(".b2b-press").first).to_be_visible()
            assert reader.page.locator(".b2b-bar").count() == 0
            reader.page.get_by_role("menuitem", name="Run", exact=True).click()
            reader.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            expect(reader.first).to_be_visible(timeout=30_000)

    def test_in_notebook_7_the_line_is_seen(self, reader: Reader) -> None:
        reader.lab.open(reader.page, "en/06-ten-steps-from-feedback.ipynb", app="notebook")
        expect(reader.page.locator(".b2b-press").first).to_be_visible()

    def test_whoever_teaches_switches_it_off_by_a_setting(
        self, new_page: Callable[..., Page], tmp_path: Any
    ) -> None:
        computer = Computer(tmp_path)
        settings = computer.home / "config" / "lab" / "user-settings" / "b2bcourse-lesson"
        settings.mkdir(parents=True)
        (settings / "plugin.jupyterlab-settings").write_text('{"calm": false}', "utf-8")
        with computer.server() as lab:
            reader = Reader(lab, new_page(1280, 800))
            page = opened(reader)
            assert seen(page, "#jp-top-panel") == 1
            assert page.locator("body.b2b-calm").count() == 0
