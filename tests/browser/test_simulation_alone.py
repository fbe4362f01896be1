"""The game in a browser, with the real game behind it: played by clicks and by keys, seen, and kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from alone import Bench, axe
from lab import artefacts
from msgspec import to_builtins
from playwright.sync_api import expect
from simulation_page import KIND, GameOnPage, KeyPlayer, Player, put

from b2bcourse.simulation import result
from b2bcourse.simulation.policies import policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

WHY = "들은 다음에 말합니다"
LOOKS = [
    ("ko", "light", 1280),
    ("en", "dark", 800),
    pytest.param("ko", "dark", 800, marks=pytest.mark.slow),
    pytest.param("en", "light", 1280, marks=pytest.mark.slow),
]


@pytest.fixture(scope="module")
def bench(chromium: Any) -> Iterator[Bench]:
    made = Bench(chromium)
    yield made
    made.context.close()


@pytest.fixture(scope="module")
def table(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> GameOnPage:
    return GameOnPage(bench, tmp_path_factory.mktemp("games"))


@pytest.fixture
def game(table: GameOnPage, tmp_path: Path) -> Iterator[GameOnPage]:
    table.folder = tmp_path
    yield table
    assert table.bench.errors == []


def saved(game: GameOnPage, item: str = "sim-tutorial") -> Any:
    return json.loads((game.folder / "responses" / f"{item}.json").read_text("utf-8"))


def points(game: GameOnPage) -> int:
    return result(KIND.states(game.game.value)[-1], "ko")["points"]


def play(game: GameOnPage, player: Player, name: str, turns: int = 99) -> None:
    """Play on as a policy would, which sees what a player sees."""
    for number in range(turns):
        state = game.game._game.states[-1]
        if state.over:
            return
        decide = policy(name, state.scenario, state.seed)
        player.turn([to_builtins(move) for move in decide(state)], f"{WHY} {number + 1}")


class TestAWholeGame:
    def test_by_clicks(self, game: GameOnPage) -> None:
        root = game.show("sim-tutorial")
        play(game, Player(root), "textbook")
        expect(root.locator(".b2b-big")).to_have_text(f"{points(game)} / 100")
        journal = saved(game)
        assert [turn["why"] for turn in journal["value"]["turns"]] == [
            f"{WHY} {n}" for n in (1, 2, 3)
        ]
        assert [one["fraction"] for one in journal["tries"]] == [
            pytest.approx(points(game) / 100, abs=0.01)
        ]

    def test_by_keys_alone(self, game: GameOnPage) -> None:
        root = game.show("sim-tutorial", lang="en")
        game.page.locator("body").press("Tab")
        play(game, KeyPlayer(root), "textbook")
        expect(root.locator(".b2b-big")).to_have_text(f"{points(game)} / 100")
        assert len(saved(game)["value"]["turns"]) == 3

    @pytest.mark.slow
    def test_of_fourteen_turns_by_clicks_as_the_course_teaches(self, game: GameOnPage) -> None:
        root = game.show("sim-software")
        play(game, Player(root), "textbook")
        expect(root.locator(".b2b-big")).to_have_text(f"{points(game)} / 100")
        assert len(saved(game, "sim-software")["value"]["turns"]) == 14
        assert points(game) >= 50

    @pytest.mark.slow
    def test_of_fourteen_turns_by_keys_with_nothing_but_low_prices(self, game: GameOnPage) -> None:
        root = game.show("sim-parts", lang="en")
        game.page.locator("body").press("Tab")
        play(game, KeyPlayer(root), "price-only")
        expect(root.locator(".b2b-big")).to_have_text(f"{points(game)} / 100")
        assert points(game) < 30


class TestATurn:
    def test_a_plan_can_be_undone_and_writes_nothing(self, game: GameOnPage) -> None:
        root = game.show()
        player = Player(root)
        player.plan({"do": "map", "account": "sodam", "person": "jin"})
        expect(root.locator(".b2b-resources b").first).to_have_text("7")
        player.press("out/0")
        expect(root.locator(".b2b-plan")).to_have_count(0)
        expect(root.locator(".b2b-resources b").first).to_have_text("8")
        assert not (game.folder / "responses").exists()

    def test_it_does_not_end_without_a_reason(self, game: GameOnPage) -> None:
        root = game.show()
        player = Player(root)
        player.plan({"do": "map", "account": "sodam", "person": "jin"})
        commit = player.at("commit")
        expect(commit).to_have_attribute("aria-disabled", "true")
        commit.click(force=True)
        player.write("why", "   ")
        player.at("why").press("Enter")
        assert not (game.folder / "responses").exists()
        player.write("why", "한 사람부터")
        expect(commit).not_to_have_attribute("aria-disabled", "true")
        player.at("why").press("Enter")
        expect(player.at("happened")).to_be_focused()
        assert saved(game)["value"]["turns"][0]["why"] == "한 사람부터"

    def test_what_happened_is_told_with_its_lesson(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        Player(root).turn([{"do": "map", "account": "sodam", "person": "jin"}], "first")
        expect(root.locator(".b2b-happened li").first).to_contain_text("Jin So-ra")
        expect(root.locator(".b2b-happened a").first).to_have_attribute(
            "href", "02-decision-unit.ipynb"
        )

    def test_a_note_stands_on_the_card_at_once(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        note = {
            "do": "note",
            "account": "sodam",
            "person": "jin",
            "roles": ["user"],
            "interests": ["custom"],
            "fear": "job",
        }
        Player(root).plan(note)
        expect(root.locator('[data-at="person/sodam/jin"] .b2b-belief')).to_have_text(
            "User. Custom make, delivery"
        )
        expect(root.locator(".b2b-heard")).to_have_count(1)

    def test_more_than_three_cannot_try_it(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        player.press("move/demo/sodam/")
        for who in ("ma", "jin", "ok"):
            player.at(f"field/persons/{who}").click()
        assert root.locator('[data-at^="field/persons/"]:checked').count() == 3
        expect(root.locator(".b2b-told")).to_have_text("At most 3 can be chosen.")

    def test_the_journal_is_read_and_not_written(self, game: GameOnPage) -> None:
        root = game.show()
        player = Player(root)
        player.turn([], "기다려 본다")
        player.press("journal")
        expect(root.locator(".b2b-journal")).to_contain_text("기다려 본다")
        assert root.locator(".b2b-journal :is(input, textarea, button)").count() == 0

    def test_the_reason_that_is_being_written_outlives_a_look_around(
        self, game: GameOnPage
    ) -> None:
        root = game.show()
        player = Player(root)
        player.write("why", "아직 쓰는 중")
        player.open_person("sodam", "ok")
        player.plan({"do": "map", "account": "sodam", "person": "ok"})
        expect(player.at("why")).to_have_value("아직 쓰는 중")


class TestComingBack:
    def test_a_game_goes_on_where_it_was_left(self, game: GameOnPage) -> None:
        Player(game.show()).turn([{"do": "map", "account": "sodam", "person": "jin"}], "하나")
        root = game.show()
        expect(root.locator(".b2b-turn-of")).to_have_text("2 / 3턴")
        expect(root.locator(".b2b-segments .is-done")).to_have_count(1)
        Player(root).turn([], "둘")
        assert [turn["why"] for turn in saved(game)["value"]["turns"]] == ["하나", "둘"]

    def test_a_dead_kernel_is_said_and_the_plan_stays(self, game: GameOnPage) -> None:
        root = game.show()
        player = Player(root)
        player.plan({"do": "map", "account": "sodam", "person": "jin"})
        player.write("why", "하나")
        game.page.evaluate("() => { fake.hear = () => { throw new Error('comm is closed'); }; }")
        player.press("commit")
        expect(root.locator(".b2b-saved")).to_have_attribute("data-kind", "failed")
        expect(root.locator(".b2b-plan > li")).to_have_count(1)
        expect(player.at("why")).to_have_value("하나")

    def test_ended_twice_in_a_hurry_it_is_one_turn(self, game: GameOnPage) -> None:
        root = game.show()
        player = Player(root)
        player.write("why", "하나")
        player.at("commit").dblclick()
        expect(root.locator(".b2b-segments .is-done")).to_have_count(1)
        game.page.wait_for_timeout(200)
        assert len(saved(game)["value"]["turns"]) == 1

    def test_an_authors_preview_plays_and_keeps_nothing(self, game: GameOnPage) -> None:
        root = game.show(mode="preview")
        Player(root).turn([{"do": "map", "account": "sodam", "person": "jin"}], "하나")
        expect(root.locator(".b2b-turn-of")).to_have_text("2 / 3턴")
        assert not (game.folder / "responses").exists()

    def test_a_finished_game_can_be_played_again(self, game: GameOnPage) -> None:
        put(game.folder, "sim-tutorial", 3)
        root = game.show()
        Player(root).press("again")
        expect(root.locator(".b2b-turn-of")).to_have_text("1 / 3턴")
        assert saved(game)["value"]["turns"] == []

    def test_the_debrief_opens_on_a_page_of_its_own(self, game: GameOnPage) -> None:
        put(game.folder, "sim-tutorial", 3)
        root = game.show()
        for _ in range(2):
            with game.page.context.expect_page() as opened:
                Player(root).press("debrief")
            page = opened.value
            expect(page.locator(".b2b-debrief h2")).to_contain_text("복기")
            expect(page.get_by_role("button", name="인쇄하기")).to_be_visible()
            page.close()


def shown(game: GameOnPage, turns: int, lang: str, theme: str, width: int) -> Locator:
    put(game.folder, "sim-software", turns, lang)
    root = game.show("sim-software", lang, theme, width)
    player = Player(root)
    player.open_account("mir")
    if turns < 14:
        player.open_person("mir", "bang")
        player.press("move/offer/mir/")
        player.press("message/more")
    return root


SMALL_TEXT = """(widget) => [...widget.querySelectorAll("*")]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => !e.closest(".b2b-unseen") && e.getBoundingClientRect().width > 1)
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 12).map((e) => e.className)"""


@pytest.mark.parametrize(("lang", "theme", "width"), LOOKS)
@pytest.mark.parametrize("turns", [pytest.param(0, marks=pytest.mark.slow), 7, 14])
def test_it_can_be_seen_whole_and_axe_finds_nothing(
    game: GameOnPage, turns: int, lang: str, theme: str, width: int
) -> None:
    root = (
        shown(game, turns, lang, theme, width)
        if turns
        else game.show("sim-software", lang, theme, width)
    )
    assert axe(game.page) == []
    assert game.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert root.evaluate(SMALL_TEXT) == []
    game.page.screenshot(
        path=artefacts() / f"sim-board-{turns}-{lang}-{theme}-{width}.png", full_page=True
    )


@pytest.mark.parametrize(("lang", "theme", "width"), LOOKS)
def test_the_debrief_can_be_seen_whole_in_a_notebook(
    game: GameOnPage, lang: str, theme: str, width: int
) -> None:
    from b2bcourse.render import debrief

    put(game.folder, "sim-software", 14, lang)
    game.show("sim-software", lang, theme, width)
    html = debrief.html(game.game.face, game.game.value)
    game.page.evaluate(
        """(html) => {
          document.querySelector("main").innerHTML = `<div class="b2b-exercise">${html}</div>`;
        }""",
        html,
    )
    assert axe(game.page) == []
    assert game.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    game.page.screenshot(
        path=artefacts() / f"sim-debrief-{lang}-{theme}-{width}.png", full_page=True
    )
