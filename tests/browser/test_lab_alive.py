"""A lesson comes alive without a click, whenever its kernel is new; what the course did not lay does not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from lab import ledger_of, restart_kernel, wait_idle
from lessons import FIRST, LESSON, Computer, Reader, outputs, wait_until
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Quick are one opening, one restart and one file in the way; the rest waits for `make test-all`.
slow = pytest.mark.slow


class TestAlive:
    def test_it_opens_alive_and_is_saved_without_a_word(self, reader: Reader) -> None:
        reader.open()
        reader.expect_alive()
        reader.answer()
        reader.wait_saved()
        assert reader.page.locator(".jp-Dialog").count() == 0

    @slow
    def test_loaded_again_it_is_alive_and_runs_nothing_twice(self, reader: Reader) -> None:
        reader.open()
        reader.expect_alive()
        reader.wait_saved()
        counts = (
            "() => jupyterapp.shell.currentWidget.content.widgets.map(c => c.model.executionCount)"
        )
        before = reader.page.evaluate(counts)
        reader.page.reload(wait_until="domcontentloaded")
        reader.expect_alive()
        assert reader.page.evaluate(counts) == before
        reader.answer()

    def test_after_a_restart_it_is_alive_and_the_reader_is_where_she_was(
        self, reader: Reader
    ) -> None:
        reader.open()
        reader.expect_alive()
        page = reader.page
        page.wait_for_timeout(1500)
        seen = page.locator(".b2b-exercise").nth(3)
        seen.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        text = page.locator(".jp-MarkdownCell").nth(6)
        text.evaluate("e => e.scrollIntoView({ block: 'start' })")
        page.wait_for_timeout(500)
        before = text.bounding_box()
        restart_kernel(page)
        page.wait_for_selector(".b2b-waking", state="attached", timeout=10_000)
        reader.expect_alive()
        page.wait_for_timeout(1500)
        after = text.bounding_box()
        assert before
        assert after
        assert abs(after["y"] - before["y"]) <= 2
        reader.answer()

    @slow
    def test_a_kernel_that_was_culled_comes_back_with_its_reader(self, reader: Reader) -> None:
        reader.open()
        reader.expect_alive()
        page = reader.page
        reader.cull()
        expect(reader.notice).to_be_visible(timeout=30_000)
        page.mouse.click(640, 400)
        page.wait_for_selector(".b2b-waking", state="attached", timeout=20_000)
        reader.expect_alive()
        reader.answer()
        expect(reader.notice).to_be_hidden()

    @slow
    def test_a_second_window_is_asked_nothing(
        self, reader: Reader, new_page: Callable[..., Page]
    ) -> None:
        reader.open()
        reader.expect_alive()
        other = Reader(reader.lab, new_page(1280, 800))
        other.open()
        other.expect_alive()
        reader.answer()
        other.page.wait_for_timeout(4000)
        for each in (reader, other):
            wait_until(lambda each=each: not each.is_dirty(), "something is unsaved")
            assert each.page.locator(".jp-Dialog").count() == 0

    @slow
    def test_what_cannot_be_saved_works_unsaved(self, reader: Reader) -> None:
        """As in a folder that may only be read: the server says so, and nothing is tried."""
        page = reader.page

        def read_only(route: Any) -> None:
            reply = route.fetch()
            route.fulfill(response=reply, json={**reply.json(), "writable": False})

        page.route("**/b2bcourse/lesson*", read_only)
        saves: list[str] = []
        page.on(
            "request",
            lambda request: saves.append(request.url) if request.method == "PUT" else None,
        )
        reader.open("en/02-decision-unit.ipynb")
        reader.expect_alive()
        wait_until(lambda: not reader.is_dirty(), "it stays unsaved")
        assert outputs(reader.lab.root / "en/02-decision-unit.ipynb") == []
        assert not [url for url in saves if "/api/contents" in url]


@slow
def test_the_next_day_it_is_alive_and_no_model_is_missed(
    new_page: Callable[..., Page], tmp_path: Any
) -> None:
    computer = Computer(tmp_path)
    with computer.server() as lab:
        first = Reader(lab, new_page(1280, 800))
        first.open()
        first.expect_alive()
        first.answer()
        first.wait_saved()
        first.page.close()
    with computer.server() as lab:
        second = Reader(lab, new_page(1280, 800))
        second.open()
        second.expect_alive()
        chosen = second.page.locator(f'.b2b-exercise[data-item="{FIRST}"] input:checked')
        expect(chosen).to_have_count(1)
        second.answer()


@slow
def test_below_an_address_with_odd_characters_it_is_alive_and_leads_on(
    new_page: Callable[..., Page], tmp_path: Any
) -> None:
    """As a hub serves a user whose name is an address of e-mail."""
    computer = Computer(tmp_path)
    with computer.server(base="/user/bada%40example.com") as lab:
        reader = Reader(lab, new_page(1280, 800))
        reader.open()
        reader.expect_alive()
        reader.answer()
        link = reader.page.get_by_role("link", name="다음 02")
        assert link.get_attribute("href") == f"{lab.url}/lab/tree/ko/02-decision-unit.ipynb"


# ---------------------------------------------------------------- what does not run

SHADOWS = ["b2bcourse.py", "json.py", "sitecustomize.py", "IPython/__init__.py", "items/x.py"]


@pytest.mark.parametrize(
    "shadow", [SHADOWS[0], *(pytest.param(one, marks=slow) for one in SHADOWS[1:])]
)
def test_beside_what_could_be_taken_for_a_module_nothing_runs(
    reader: Reader, computer: Computer, shadow: str
) -> None:
    ran = computer.root / "ran"
    path = computer.root / "ko" / shadow
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"open({str(ran)!r}, 'w')", "utf-8")
    try:
        reader.open("ko/02-decision-unit.ipynb")
        reader.expect_asleep()
        expect(reader.notice).to_contain_text(shadow.partition("/")[0])
        assert not ran.exists()
    finally:
        path.unlink()
        if "/__init__" in shadow:
            path.parent.rmdir()
        forget_kernels(reader)


@slow
def test_on_the_path_before_the_environment_it_counts_too(
    new_page: Callable[..., Page], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    computer = Computer(tmp_path / "computer")
    early = tmp_path / "early"
    early.mkdir()
    (early / "anywidget.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(early)])
    )
    with computer.server() as lab:
        reader = Reader(lab, new_page(1280, 800))
        reader.open()
        reader.expect_asleep()
        expect(reader.notice).to_contain_text("anywidget.py")


@slow
class TestForeign:
    @pytest.fixture
    def unpacked(self, computer: Computer) -> Iterator[str]:
        """A lesson as it comes in somebody's archive, its folder and all."""
        folder = computer.root / "unpacked"
        shutil.copytree(computer.root / "ko", folder)
        yield "unpacked/02-decision-unit.ipynb"
        shutil.rmtree(folder)

    def test_an_unpacked_lesson_waits_and_its_button_runs_it(
        self, reader: Reader, unpacked: str
    ) -> None:
        reader.open(unpacked)
        reader.expect_asleep()
        assert not reader.page.locator("body.b2b-calm").count()
        reader.notice.get_by_role("button").click()
        expect(reader.first).to_be_visible(timeout=30_000)
        expect(reader.notice).to_be_hidden()

    @pytest.mark.parametrize(
        "code",
        [
            "import b2bcourse as b2b; b2b.practice('dmu-who'); print(1)",
            'import b2bcourse as b2b; b2b.respond("x", "y")',
            "print(1)",
        ],
    )
    def test_a_lesson_with_other_code_waits(
        self, reader: Reader, computer: Computer, code: str
    ) -> None:
        file = computer.root / "en" / "03-vendor-and-customer.ipynb"
        before = file.read_bytes()
        mark = b'import b2bcourse as b2b; b2b.practice(\\"'
        assert mark in before
        import json

        book = json.loads(before)
        cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
        cell["source"] = [code]
        file.write_text(json.dumps(book), "utf-8")
        try:
            reader.open("en/03-vendor-and-customer.ipynb")
            reader.expect_asleep()
        finally:
            file.write_bytes(before)
            forget_kernels(reader)

    def test_a_notebook_of_ones_own_is_left_alone(self, reader: Reader, computer: Computer) -> None:
        from lab import write_notebook

        write_notebook(computer.root / "own.ipynb", "1 + 1")
        reader.open("own.ipynb")
        wait_idle(reader.page)
        reader.page.wait_for_timeout(1000)
        assert reader.page.locator(".b2b-notice:not(.lm-mod-hidden)").count() == 0
        assert reader.page.locator("body.b2b-calm").count() == 0
        assert reader.page.locator("#jp-top-panel").is_visible()

    def test_what_a_page_holds_and_the_server_has_not_read_does_not_run(
        self, reader: Reader
    ) -> None:
        """A file that changes between the page's reading and the server's."""
        page = reader.page

        def other(route: Any) -> None:
            reply = route.fetch()
            told = reply.json()
            route.fulfill(response=reply, json={**told, "sources": told["sources"][1:]})

        page.route("**/b2bcourse/lesson*", other)
        reader.open("en/04-benefit-matrix.ipynb")
        expect(page.locator(".b2b-bar")).to_be_visible(timeout=30_000)
        wait_idle(page)
        page.wait_for_timeout(2000)
        assert page.locator(".b2b-exercise").count() == 0

    def test_without_an_entry_in_the_ledger_nothing_runs(
        self, new_page: Callable[..., Page], tmp_path: Any
    ) -> None:
        computer = Computer(tmp_path)
        ledger_of(computer.home).forget(computer.root / "ko")
        with computer.server() as lab:
            reader = Reader(lab, new_page(1280, 800))
            reader.open(LESSON)
            reader.expect_asleep()


def forget_kernels(reader: Reader) -> None:
    """The next test finds no kernel that ran anything."""
    reader.page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")
