"""A reader who comes back: from a late server, a lost net, a crash, another page, another day."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from lab import artefacts, run_all, serving, wait_idle, write_notebook
from lessons import FIRST, KERNEL, Computer, Reader, wait_until
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECOND = "ko/02-decision-unit.ipynb"
TOP = """(id) => {
  const { content } = jupyterapp.shell.currentWidget;
  const cell = content.widgets.find((one) => one.model.sharedModel.getId() === id);
  return cell.node.getBoundingClientRect().top;
}"""
SCROLLED = "() => jupyterapp.shell.currentWidget.content.outerNode.scrollTop"
ANOTHER = """(before) => {
  const { session } = jupyterapp.shell.currentWidget.sessionContext;
  return Boolean(session?.kernel) && session.kernel.id !== before;
}"""
PID = "ps -ww -eo pid,args | grep '[i]pykernel_launcher' | grep {kernel}"


def title(page: Page) -> Any:
    return page.locator(".b2b-bar-title")


class TestFirstOpening:
    def test_a_server_that_fails_at_first_is_asked_again(self, reader: Reader) -> None:
        asked: list[str] = []

        def fail(route: Route) -> None:
            asked.append(route.request.url)
            if len(asked) > 2:
                route.fallback()
            else:
                route.fulfill(status=503, body="starting")

        reader.page.route("**/b2bcourse/lesson*", fail)
        reader.open()
        reader.expect_alive()
        assert len(asked) > 2

    def test_a_server_that_answers_late_is_waited_for(self, reader: Reader) -> None:
        def late(route: Route) -> None:
            reader.page.wait_for_timeout(8000)
            route.continue_()

        reader.page.route("**/b2bcourse/lesson*", late, times=1)
        reader.open(SECOND)
        reader.expect_alive()

    def test_all_comes_from_this_computer(self, reader: Reader) -> None:
        """As on a train: what would be fetched from elsewhere is not there."""
        elsewhere: list[str] = []

        def local_only(route: Route) -> None:
            if route.request.url.startswith((reader.lab.url, "data:", "blob:")):
                route.continue_()
            else:
                elsewhere.append(route.request.url)
                route.abort("internetdisconnected")

        reader.page.route("**/*", local_only)
        reader.open("en/04-benefit-matrix.ipynb")
        reader.expect_alive()
        reader.page.goto(f"{reader.lab.url}/b2bcourse/home/en")
        expect(reader.page.locator("a.go")).to_be_visible()
        assert elsewhere == []


def test_a_model_that_is_missed_is_seen_by_the_watcher(reader: Reader) -> None:
    """What `Reader.expect_alive` looks for is what JupyterLab shows; else it could never fail."""
    view = {"model_id": "gone", "version_major": 2, "version_minor": 0}
    shown = {"application/vnd.jupyter.widget-view+json": view, "text/plain": "w"}
    write_notebook(reader.lab.root / "missed.ipynb", f"display({shown}, raw=True)")
    reader.open("missed.ipynb")
    wait_idle(reader.page)
    run_all(reader.page)
    wait_until(lambda: reader.page.evaluate("window.sawError.length") > 0, "nothing was seen")


def test_run_by_the_menu_it_waits_no_longer(reader: Reader, computer: Computer) -> None:
    path = computer.root / "by-menu" / "02-decision-unit.ipynb"
    path.parent.mkdir()
    path.write_bytes((computer.root / SECOND).read_bytes())
    for name in ("items", ".b2bcourse.json"):
        if (computer.root / "ko" / name).exists():
            (path.parent / name).symlink_to(computer.root / "ko" / name)
    reader.open("by-menu/02-decision-unit.ipynb")
    reader.expect_asleep()
    run_all(reader.page)
    expect(reader.first).to_be_visible()
    expect(reader.notice).to_be_hidden()


class TestPlace:
    def test_she_comes_back_to_where_she_was(self, reader: Reader) -> None:
        page = reader.page
        reader.open("ko/03-vendor-and-customer.ipynb")
        reader.expect_alive()
        reader.wait_saved("ko/03-vendor-and-customer.ipynb")
        cell = self.read_on(page)
        before = page.evaluate(TOP, cell)
        other = Reader(reader.lab, page.context.new_page())
        page.close()
        other.open("ko/03-vendor-and-customer.ipynb")
        other.expect_alive()
        other.page.wait_for_timeout(1500)
        assert abs(other.page.evaluate(TOP, cell) - before) <= 2
        # In the other language it is the same place, whose text has another height.
        other.page.get_by_role("link", name="English").click()
        expect(title(other.page)).to_contain_text("Vendor", timeout=30_000)
        other.expect_alive()
        assert other.page.evaluate(SCROLLED) > 0

    @staticmethod
    def read_on(page: Page) -> str:
        """Some screens on by the wheel; the id of a cell that is in view then."""
        page.mouse.move(640, 500)
        for _ in range(8):
            page.mouse.wheel(0, 350)
            page.wait_for_timeout(150)
        page.wait_for_timeout(1500)
        found: str = page.evaluate(
            "() => jupyterapp.shell.currentWidget.content.widgets"
            ".find((one) => one.node.getBoundingClientRect().bottom > 60).model.sharedModel.getId()"
        )
        return found

    def test_whoever_has_not_moved_begins_at_the_top(self, reader: Reader) -> None:
        reader.open("en/08-choosing-customers.ipynb")
        reader.expect_alive()
        reader.page.wait_for_timeout(1500)
        assert reader.page.evaluate(SCROLLED) == 0


class TestWayBack:
    def test_back_leads_to_the_lesson_before(self, reader: Reader) -> None:
        page = reader.page
        page.goto(f"{reader.lab.url}/b2bcourse/home/ko")
        page.goto(f"{reader.lab.url}/lab/tree/ko/01-decision-process.ipynb?reset")
        reader.expect_alive()
        wait_until(lambda: page.url.endswith("01-decision-process.ipynb"), page.url)
        page.get_by_role("link", name="다음 02").click()
        expect(title(page)).to_contain_text("02 ", timeout=30_000)
        wait_until(lambda: page.url.endswith("02-decision-unit.ipynb"), page.url)
        page.go_back()
        expect(title(page)).to_contain_text("01 ", timeout=30_000)
        assert page.url.endswith("01-decision-process.ipynb")
        # At once, while the lesson that was left is still being closed.
        page.go_forward()
        expect(title(page)).to_contain_text("02 ", timeout=30_000)
        assert page.url.endswith("02-decision-unit.ipynb")
        reader.expect_alive()

    def test_a_hasty_reader_ends_where_the_address_says(self, reader: Reader) -> None:
        page = reader.page
        reader.open("ko/05-ten-steps-to-the-offer.ipynb")
        reader.expect_alive()
        wait_until(lambda: "/05-" in page.url, page.url)
        page.get_by_role("link", name="다음 06").click()
        expect(title(page)).to_contain_text("06 ", timeout=30_000)
        wait_until(lambda: "/06-" in page.url, page.url)
        page.evaluate("() => { history.back(); setTimeout(() => history.forward(), 50); }")
        page.wait_for_timeout(3000)
        expect(title(page)).to_contain_text("06 ", timeout=30_000)
        assert "/06-" in page.url
        page.go_back()
        expect(title(page)).to_contain_text("05 ", timeout=30_000)
        reader.expect_alive()

    def test_lessons_of_before_are_not_kept_open_unseen(self, reader: Reader) -> None:
        page = reader.page
        reader.open("en/01-decision-process.ipynb")
        reader.expect_alive()
        page.wait_for_timeout(2500)
        page.goto(f"{reader.lab.url}/b2bcourse/home/en")
        reader.open("en/02-decision-unit.ipynb", reset=False)
        expect(title(page)).to_contain_text("02 ", timeout=30_000)
        reader.expect_alive()
        wait_until(lambda: page.locator(".jp-NotebookPanel").count() == 1, "another one is open")
        assert page.locator(".jp-Dialog").count() == 0


def test_one_lesson_in_two_tabs_lives_in_both_and_nobody_is_asked(reader: Reader) -> None:
    reader.open()
    reader.expect_alive()
    other = Reader(reader.lab, reader.page.context.new_page())
    other.open()
    other.expect_alive()
    other.answer()
    reader.answer()
    other.wait_saved()
    for tab in (reader, other):
        assert tab.page.locator(".jp-Dialog").count() == 0
    reader.page.close()
    other.answer()
    again = Reader(other.lab, other.page.context.new_page())
    other.page.close()
    again.open()
    again.expect_alive()
    again.answer()


class TestLost:
    def test_a_kernel_that_crashes_is_there_again_without_a_word(self, reader: Reader) -> None:
        reader.open()
        reader.expect_alive()
        page = reader.page
        kernel = page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
        found = subprocess.run(
            ["sh", "-c", PID.format(kernel=kernel)], capture_output=True, text=True, check=True
        )
        os.kill(int(found.stdout.split()[0]), signal.SIGKILL)
        page.wait_for_selector(".b2b-waking", state="attached", timeout=30_000)
        reader.expect_alive()
        assert page.locator(".jp-Dialog").count() == 0
        reader.answer()

    def test_a_server_that_is_begun_anew_wakes_the_page_by_one_click(
        self, new_page: Callable[..., Page], tmp_path: Path
    ) -> None:
        """A computer that was shut down while the page stayed open, and then the same course again."""
        computer = Computer(tmp_path / "anew")
        page = new_page(1280, 800)
        with computer.server() as lab:
            reader = Reader(lab, page)
            reader.open()
            reader.expect_alive()
            reader.answer()
            reader.wait_saved()
            before = page.evaluate(KERNEL)
        expect(reader.notice).to_contain_text("연결", timeout=30_000)
        page.screenshot(path=artefacts() / "server-gone-ko-light-1280.png")
        with computer.server():
            reader.notice.get_by_role("button").click()
            page.wait_for_function(ANOTHER, arg=before, timeout=60_000)
            reader.expect_alive()
            expect(reader.notice).to_be_hidden()
            assert page.locator(".jp-Dialog").count() == 0
            reader.answer()

    def test_an_answer_that_is_not_saved_has_a_button_and_is_saved_later(
        self, reader: Reader
    ) -> None:
        reader.open()
        reader.expect_alive()
        page = reader.page
        shown = page.locator(f'.b2b-exercise[data-item="{FIRST}"]')
        shown.scroll_into_view_if_needed()
        page.context.set_offline(True)
        shown.locator("input:not(:checked)").first.check()
        expect(shown.locator(".b2b-saved")).to_contain_text("문제를 다시 불러", timeout=15_000)
        expect(reader.notice.get_by_role("button")).to_be_visible()
        page.wait_for_timeout(3000)
        assert page.locator(".jp-Dialog").count() == 0
        page.screenshot(path=artefacts() / "lost-ko-light-1280.png")
        page.context.set_offline(False)
        # It may be saved by itself before anybody has pressed: then the notice is gone.
        with suppress(Late):
            reader.notice.get_by_role("button").click(timeout=5_000)
        expect(shown.locator(".b2b-saved")).to_have_attribute("data-kind", "saved", timeout=30_000)
        expect(reader.notice).to_be_hidden(timeout=30_000)


class TestEverywhere:
    @pytest.mark.parametrize("user", ["%ED%95%9C", "bada%20kim", "a%40b.kr"])
    def test_below_a_hubs_address_with_odd_characters(
        self, new_page: Callable[..., Page], tmp_path: Path, user: str
    ) -> None:
        computer = Computer(tmp_path)
        with serving(computer.root, computer.home, computer.port, base=f"/user/{user}") as lab:
            reader = Reader(lab, new_page(1280, 800))
            reader.page.goto(f"{lab.url}/b2bcourse/home/ko")
            reader.page.locator("a.go").click()
            reader.expect_alive()
            page = reader.page
            page.get_by_role("link", name="다음 01").click()
            expect(title(page)).to_contain_text("01 ", timeout=30_000)
            reader.expect_alive()
            wait_until(lambda: page.url.endswith("01-decision-process.ipynb"), page.url)
            page.go_back()
            expect(title(page)).to_contain_text("00 ", timeout=30_000)
            page.get_by_role("button", name="첫 화면").click()
            expect(page.locator("a.go")).to_be_visible()

    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_at_twice_the_size_and_with_less_motion(self, reader: Reader, lang: str) -> None:
        """200 % of a laptop of 1,280 by 800: half as many pixels of the page's own."""
        browser = reader.page.context.browser
        assert browser
        context: BrowserContext = browser.new_context(
            viewport={"width": 640, "height": 400}, device_scale_factor=2, reduced_motion="reduce"
        )
        try:
            near = Reader(reader.lab, context.new_page())
            near.open(f"{lang}/04-benefit-matrix.ipynb")
            near.expect_alive()
            near.page.screenshot(path=artefacts() / f"zoom-{lang}-light-640.png")
            over = near.page.evaluate(
                "() => [...document.querySelectorAll('.b2b-bar *')].filter(e => e.checkVisibility()"
                " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"
            )
            assert over == []
            moving = "() => document.getAnimations().filter(a => a.playState === 'running').length"
            assert near.page.evaluate(moving) == 0
            width = "e => e.scrollWidth - e.clientWidth"
            assert near.page.locator(".jp-WindowedPanel-outer").evaluate(width) <= 1
        finally:
            context.close()
