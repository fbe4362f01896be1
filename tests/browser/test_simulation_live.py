"""The game in a real JupyterLab: played, interrupted by a restart, taken up again, looked back on."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from alone import axe
from lab import (
    artefacts,
    command,
    context_of,
    restart_kernel,
    run_all,
    set_theme,
    wait_idle,
    write_notebook,
)
from msgspec import to_builtins
from playwright.sync_api import expect
from simulation_page import Player, put

from b2bcourse.authoring.cells import source
from b2bcourse.simulation import begin, replay
from b2bcourse.simulation.reference import policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
SEED = 3  # of the practice item
NUMBERS = itertools.count(1)


def turns(file: Path) -> list[dict[str, object]]:
    return json.loads(file.read_text("utf-8"))["value"]["turns"] if file.exists() else []


def play_turn(player: Player, file: Path, why: str) -> None:
    state = replay("tutorial", SEED, turns(file))[-1] if file.exists() else begin("tutorial", SEED)
    moves = policy("textbook", "tutorial", SEED)(state)
    player.turn([to_builtins(move) for move in moves], why)


def test_three_turns_with_a_kernel_that_dies_in_between(
    lab: Lab, new_page: Callable[..., Page]
) -> None:
    page = new_page(1280, 1100)
    path = "tests/game/one.ipynb"
    calls = (
        "import b2bcourse as b2b",
        'b2b.practice("sim-tutorial")',
        'b2b.debrief("sim-tutorial")',
    )
    write_notebook(lab.root / path, *calls)
    context_of((lab.root / path).parent, "en")
    file = (lab.root / path).parent / "responses" / "sim-tutorial.json"
    lab.open(page, path)
    run_all(page)
    root = page.locator('.b2b-simulation[data-item="sim-tutorial"]')
    player = Player(root)
    expect(page.locator(".b2b-debrief")).to_contain_text("opens when the game is over")
    expect(page.locator(".b2b-static")).to_be_hidden()

    play_turn(player, file, "one")
    expect(root.locator(".b2b-saved")).to_contain_text("Saved")
    assert [turn["why"] for turn in turns(file)] == ["one"]

    restart_kernel(page)
    player.write("why", "two")
    expect(root.locator(".b2b-saved")).to_have_text(
        "Not saved: load the exercise again", timeout=8_000
    )
    assert len(turns(file)) == 1

    run_all(page)
    expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
    expect(player.at("why")).to_have_value("two")
    play_turn(player, file, "two")
    play_turn(player, file, "three")
    expect(root.locator(".b2b-big")).to_contain_text("/ 100")
    assert [turn["why"] for turn in turns(file)] == ["one", "two", "three"]
    assert axe(page) == []

    with page.context.expect_page() as opened:
        player.press("debrief")
    alone = opened.value
    expect(alone.locator(".b2b-debrief h2")).to_contain_text("Debrief")
    alone.close()
    run_all(page)
    expect(page.locator(".b2b-debrief .chart")).to_be_visible()
    assert page.locator(".jp-OutputArea-output[data-mime-type*=error]").count() == 0


class Table:
    """A notebook with two games, and what lies on disk of them."""

    ITEMS = ("sim-tutorial", "sim-software")

    def __init__(self, lab: Lab, new_page: Callable[..., Page]) -> None:
        self.lab, self.new_page = lab, new_page
        self.folder = lab.root / "tests" / f"table-{next(NUMBERS)}"
        self.path = str((self.folder / "one.ipynb").relative_to(lab.root))
        write_notebook(lab.root / self.path, *(source("practice", item) for item in self.ITEMS))
        context_of(self.folder, "en")
        self.page = self.opened()
        run_all(self.page)
        expect(self.root().locator(".b2b-turn")).to_be_visible(timeout=20_000)

    def opened(self, path: str = "") -> Page:
        page = self.new_page()
        self.lab.open(page, path or self.path)
        return page

    def root(self, page: Page | None = None, item: str = "sim-tutorial") -> Locator:
        return (page or self.page).locator(f'.b2b-simulation[data-item="{item}"]')

    def player(self, page: Page | None = None, item: str = "sim-tutorial") -> Player:
        return Player(self.root(page, item))

    def whys(self, item: str = "sim-tutorial") -> list[object]:
        return [turn["why"] for turn in turns(self.folder / "responses" / f"{item}.json")]

    def save_page(self) -> None:
        """Save the notebook, so that its outputs come back with it."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")

    def reload(self) -> None:
        self.save_page()
        self.page.reload()
        wait_idle(self.page)
        expect(self.root().locator(".b2b-turn")).to_be_visible(timeout=20_000)

    def open_again(self) -> None:
        """Close the page and open the notebook anew in the same browser."""
        again = self.page.context.new_page()
        self.page.close()
        self.page = again
        self.lab.open(again, self.path)
        run_all(again)
        expect(self.root().locator(".b2b-turn")).to_be_visible(timeout=20_000)

    def is_begun(self, page: Page | None = None, why: str = "listen first") -> None:
        """Whether one move and the reason stand on the desk."""
        expect(self.player(page).at("why")).to_have_value(why, timeout=15_000)
        expect(self.root(page).locator(".b2b-plan > li")).to_have_count(1)


@pytest.fixture
def table(lab: Lab, new_page: Callable[..., Page]) -> Table:
    return Table(lab, new_page)


MEET = {"do": "map", "account": "sodam", "person": "jin"}
SEARCH = {"do": "search", "account": "mir"}


def test_a_page_loaded_again_shows_the_games_as_they_are(table: Table) -> None:
    player, other = table.player(), table.player(item="sim-software")
    player.turn([MEET], "one")
    other.turn([SEARCH], "theirs")
    player.plan(MEET)
    player.write("why", "listen first")
    table.reload()
    expect(table.root().locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
    expect(table.root(item="sim-software").locator(".b2b-turn-of")).to_have_text("turn 2 of 14")
    table.is_begun()
    expect(table.player(item="sim-software").at("why")).to_have_value("")
    table.player().press("commit")
    expect(table.root().locator(".b2b-turn-of")).to_have_text("turn 3 of 3")
    assert table.whys() == ["one", "listen first"]
    assert table.whys("sim-software") == ["theirs"]


@pytest.mark.slow
class TestNothingIsLost:
    def test_a_reason_of_which_the_last_key_was_just_pressed(self, table: Table) -> None:
        table.player().plan(MEET)
        for number in range(3):
            why = table.player().at("why")
            why.press("Control+End")
            why.press_sequentially(f"end{number}")
            table.open_again()
            table.is_begun(why="".join(f"end{n}" for n in range(number + 1)))
        assert table.whys() == []

    def test_a_turn_ended_just_before_the_page_was_closed(self, table: Table) -> None:
        table.player().plan(MEET)
        table.player().write("why", "at once")
        table.player().at("why").press("Enter")
        table.open_again()
        expect(table.root().locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        expect(table.player().at("why")).to_have_value("")
        assert table.whys() == ["at once"]

    def test_a_second_tab_on_the_same_kernel_plays_the_same_game(self, table: Table) -> None:
        table.save_page()
        second = table.page.context.new_page()
        table.lab.open(second, table.path)
        expect(table.root(second).locator(".b2b-turn")).to_be_visible(timeout=20_000)
        table.player().plan(MEET)
        table.player().write("why", "listen first")
        table.is_begun(second)
        table.player(second).press("commit")
        for page in (table.page, second):
            expect(table.root(page).locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
            expect(table.player(page).at("why")).to_have_value("")
        table.player().turn([], "from the first tab")
        expect(table.root(second).locator(".b2b-turn-of")).to_have_text("turn 3 of 3")
        assert table.whys() == ["listen first", "from the first tab"]

    def test_a_second_view_on_the_same_page(self, table: Table) -> None:
        table.player().plan(MEET)
        table.page.evaluate(
            """() => {
              window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
              return window.jupyterapp.commands.execute("notebook:create-output-view");
            }"""
        )
        expect(table.root()).to_have_count(2)
        one, two = Player(table.root().nth(0)), Player(table.root().nth(1))
        two.write("why", "from the second")
        expect(one.at("why")).to_have_value("from the second")
        two.press("commit")
        for view in (table.root().nth(0), table.root().nth(1)):
            expect(view.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        assert table.whys() == ["from the second"]

    def test_two_kernels_of_which_one_has_an_old_board(self, table: Table) -> None:
        copied = table.folder / "one-Copy1.ipynb"
        copied.write_bytes((table.lab.root / table.path).read_bytes())
        other = table.opened(str(copied.relative_to(table.lab.root)))
        run_all(other)
        expect(table.root(other).locator(".b2b-turn")).to_be_visible(timeout=20_000)
        player = table.player(other)
        player.plan(MEET)
        player.write("why", "listen first")
        table.player().turn([], "quicker")
        player.press("commit")
        expect(table.root(other).locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        expect(table.root(other).locator(".b2b-note")).to_contain_text("Another window has played")
        table.is_begun(other)
        assert table.whys() == ["quicker"]
        player.press("commit")
        expect(table.root(other).locator(".b2b-turn-of")).to_have_text("turn 3 of 3")
        assert table.whys() == ["quicker", "listen first"]

    def test_a_turn_ended_on_a_dead_kernel(self, table: Table) -> None:
        player = table.player()
        player.turn([], "one")
        player.plan(MEET)
        player.write("why", "listen first")
        restart_kernel(table.page)
        player.press("commit")
        expect(table.root().locator(".b2b-saved")).to_have_text(
            "Not saved: load the exercise again", timeout=8_000
        )
        table.page.evaluate(
            """async () => {
              window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0;
              await window.jupyterapp.commands.execute("notebook:run-cell");
            }"""
        )
        expect(table.root().locator(".b2b-turn-of")).to_have_text("turn 3 of 3", timeout=15_000)
        expect(table.player().at("why")).to_have_value("")
        assert table.whys() == ["one", "listen first"]

    def test_the_next_day(self, table: Table) -> None:
        """The server was gone, the kernel with it, and the browser was closed meanwhile."""
        player = table.player()
        player.turn([MEET], "one")
        player.plan(MEET)
        player.write("why", "listen first")
        table.page.wait_for_timeout(800)
        table.save_page()
        table.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        table.open_again()
        expect(table.root().locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        table.is_begun()
        assert table.whys() == ["one"]


@pytest.mark.parametrize(
    ("lang", "item"),
    [
        ("ko", "sim-tutorial"),
        pytest.param("en", "sim-software", marks=pytest.mark.slow),
        pytest.param("ko", "sim-software", marks=pytest.mark.slow),
    ],
)
def test_a_turn_stands_on_one_screen_with_the_files_open(
    lab: Lab, new_page: Callable[..., Page], lang: str, item: str
) -> None:
    page = new_page(1280, 800)
    path = f"tests/screen-{lang}-{item}/one.ipynb"
    folder = (lab.root / path).parent
    write_notebook(lab.root / path, source("practice", item))
    context_of(folder, lang)
    if item == "sim-software":
        put(folder, item, 7, lang)
    lab.open(page, path)
    if page.evaluate("window.jupyterapp.shell.leftCollapsed"):
        command(page, "application:toggle-left-area")
    page.locator(".b2b-notice button").click()  # which takes the notice's room away, too
    root = page.locator(".b2b-simulation")
    expect(root.locator(".b2b-turn")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(500)
    root.evaluate("(widget) => widget.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(300)
    for part in (".b2b-accounts", ".b2b-stage", ".b2b-moves", ".b2b-why", '[data-at="commit"]'):
        expect(root.locator(part)).to_be_in_viewport(ratio=1)
    page.mouse.move(2, 2)
    page.screenshot(path=artefacts() / f"sim-screen-{lang}-{item}.png")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "theme", "width"),
    [("ko", "light", 1280), ("en", "dark", 800), ("ko", "dark", 800), ("en", "light", 1280)],
)
def test_board_and_debrief_can_be_seen_whole_in_a_notebook(
    lab: Lab, new_page: Callable[..., Page], lang: str, theme: str, width: int
) -> None:
    page = new_page(width, 5200, theme)
    path = f"tests/seen-{lang}-{theme}/one.ipynb"
    folder = (lab.root / path).parent
    calls = (
        "import b2bcourse as b2b",
        'b2b.practice("sim-parts")',
        'b2b.practice("sim-software")',
        'b2b.debrief("sim-software")',
    )
    write_notebook(lab.root / path, *calls)
    context_of(folder, lang)
    put(folder, "sim-parts", 6, lang)
    put(folder, "sim-software", 14, lang)
    lab.open(page, path)
    set_theme(page, theme)
    try:
        page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
        run_all(page)
        expect(page.locator(".b2b-debrief .chart")).to_be_visible()
        page.locator('[data-item="sim-parts"] .b2b-person').first.click()
        expect(page.locator(".b2b-heard")).to_be_visible()
        page.mouse.move(2, 2)
        assert page.evaluate(TOO_WIDE) == []
        page.screenshot(path=artefacts() / f"sim-lab-{lang}-{theme}-{width}.png")
    finally:
        set_theme(page, "light")


TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll(".jp-WindowedPanel-outer")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className)"""
