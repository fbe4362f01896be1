"""The game in a real JupyterLab: played, interrupted by a restart, taken up again, looked back on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from alone import axe
from lab import artefacts, context_of, restart_kernel, run_all, set_theme, write_notebook
from msgspec import to_builtins
from playwright.sync_api import expect
from simulation_page import Player, put

from b2bcourse.simulation import begin, replay
from b2bcourse.simulation.policies import policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lab import Lab
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SEED = 3  # of the practice item


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
    expect(root.locator(".b2b-saved")).to_have_attribute("data-kind", "saved")
    player.press("move/watch/sodam/")
    expect(root.locator(".b2b-saved")).to_have_text("Not saved: run this cell again", timeout=8_000)
    assert len(turns(file)) == 1

    run_all(page)
    expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
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
