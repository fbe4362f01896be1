"""What the board tells beside the bare state: the calendar, the road, the map, a decision that hurts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alone import Bench, axe
from playwright.sync_api import expect
from simulation_page import GameOnPage, KeyPlayer, Player, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
PEOPLE = ("jin", "ma", "ok", "baek")


@pytest.fixture(scope="module")
def table(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GameOnPage]:
    bench = Bench(chromium)
    yield GameOnPage(bench, tmp_path_factory.mktemp("boards"))
    bench.context.close()


@pytest.fixture
def game(table: GameOnPage, tmp_path: Path) -> Iterator[GameOnPage]:
    table.folder = tmp_path
    yield table
    assert table.bench.errors == []


def meet(person: str) -> dict[str, Any]:
    return {"do": "map", "account": "sodam", "person": person}


def accounts(game: GameOnPage) -> dict[str, Any]:
    return {each["id"]: each for each in game.game.view.game["board"]["accounts"]}


class TestTime:
    def test_the_calendar_shows_the_turn_and_what_falls_due(self, game: GameOnPage) -> None:
        put(game.folder, "sim-software", 3, "en")
        root = game.show("sim-software", "en")
        dues = game.game.view.game["board"]["calendar"]["dues"]
        assert dues
        expect(root.locator(".b2b-turns .is-now")).to_contain_text("turn 4")
        expect(root.locator(".b2b-turns .is-done")).to_have_count(3)
        expect(root.locator(".b2b-dues > li").first).to_contain_text(dues[0]["text"])

    def test_what_falls_due_hangs_below_its_turn(self, game: GameOnPage) -> None:
        put(game.folder, "sim-software", 3, "en")
        root = game.show("sim-software", "en")
        turn = game.game.view.game["board"]["calendar"]["dues"][0]["turn"]
        bar = root.locator(".b2b-turns > :not(.b2b-month)").nth(turn - 1).bounding_box()
        due = root.locator(".b2b-dues > li").first.bounding_box()
        assert abs(bar["x"] - due["x"]) < 2

    @pytest.mark.parametrize(("lang", "money"), [("ko", "2,000"), ("en", "20")])
    def test_money_is_counted_as_its_language_does(
        self, game: GameOnPage, lang: str, money: str
    ) -> None:
        root = game.show(lang=lang)
        expect(root.locator(".b2b-resources b").nth(2)).to_have_text(money)


class TestTheRoad:
    def test_a_skipped_step_is_named(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        offer = {"do": "offer", "account": "sodam", "cut": 3, "visits": 1, "messages": []}
        player.turn([offer], "at once")
        skipped = [s["number"] for s in accounts(game)["sodam"]["road"] if s["state"] == "skipped"]
        assert skipped
        said = "·".join(map(str, skipped))
        expect(root.locator(".b2b-road .is-skipped", has_text="skipped")).to_have_text(
            f"{said} skipped"
        )
        expect(root.locator(".b2b-stop.is-skipped")).to_have_count(len(skipped))
        assert f"{said} skipped" in player.at("account/sodam").get_attribute("aria-label")


class TestPeople:
    def test_what_was_said_last_turn_stands_with_who_said_it(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        Player(root).turn([meet("ma")], "listen first")
        said = accounts(game)["sodam"]["said"]
        expect(root.locator(".b2b-said")).to_contain_text(said["text"])
        expect(root.locator(".b2b-said")).to_contain_text(said["name"])

    def test_the_map_grows_with_what_is_learnt(self, game: GameOnPage) -> None:
        root = game.show(lang="en", height=1000)
        player = Player(root)
        line = root.locator(".b2b-ties path:not(.is-door)")
        expect(line).to_have_count(0)
        player.turn([meet("ma")], "listen first")
        expect(line).to_have_count(1)
        player.turn([meet("ma")], "listen again")
        expect(root.locator(".b2b-ties .is-listens[data-tie]")).to_have_count(1)
        name = player.at("person/sodam/ma").get_attribute("aria-label")
        assert "listens to Jin So-ra" in name
        assert axe(game.page) == []

    def test_no_verb_covers_anybodys_words(self, game: GameOnPage) -> None:
        put(game.folder, "sim-software", 9, "en")
        root = game.show("sim-software", "en", height=1000)
        Player(root).open_account("saesol")
        game.page.wait_for_timeout(100)
        assert root.locator(".b2b-verb").count() > 3
        assert root.evaluate(COVERED) == []

    def test_arrows_go_from_person_to_person(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = KeyPlayer(root)
        game.page.locator("body").press("Tab")
        player.go("person/sodam/ok")
        game.page.keyboard.press("Enter")
        expect(player.at("person/sodam/ok")).to_have_attribute("aria-pressed", "true")

    def test_in_a_narrow_window_ties_are_words(self, game: GameOnPage) -> None:
        root = game.show(lang="en", width=400)
        Player(root).turn([meet("ma"), meet("ma")], "listen twice")
        expect(root.locator(".b2b-ties")).to_be_hidden()
        expect(root.locator(".b2b-tied", has_text="listens to")).to_be_visible()


COVERED = """(widget) => {
  const box = (node) => node.getBoundingClientRect();
  const words = [...widget.querySelectorAll(".b2b-known > span, .b2b-map .b2b-ring")];
  return [...widget.querySelectorAll(".b2b-verb:not(:empty)")]
    .filter((verb) => getComputedStyle(verb).visibility === "visible")
    .filter((verb) => words.some((other) => {
      const [a, b] = [box(verb), box(other)];
      return b.width > 0 && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    }))
    .map((verb) => verb.textContent);
}"""


class TestADecisionThatHurts:
    def full(self, game: GameOnPage, height: int = 1000) -> Player:
        """A plan after which a day is left."""
        player = Player(game.show(lang="en", height=height))
        for person in (*PEOPLE, "jin", "ma", "ok"):
            player.plan(meet(person))
        return player

    def test_what_has_no_room_stays_in_sight_and_says_what_would_leave(
        self, game: GameOnPage
    ) -> None:
        player = self.full(game)
        offer = player.at("move/offer/sodam/")
        expect(offer).to_contain_text("swap")
        expect(offer).to_contain_text("meet Ok Tae-min")
        assert axe(game.page) == []

    def test_of_a_long_plan_what_was_added_last_is_seen(self, game: GameOnPage) -> None:
        player = self.full(game, 800)
        box = player.root.locator(".b2b-plan").bounding_box()
        last = player.root.locator(".b2b-plan > li").last.bounding_box()
        assert last["y"] + last["height"] <= box["y"] + box["height"] + 1

    def test_swapped_it_takes_the_place_and_can_be_swapped_back(self, game: GameOnPage) -> None:
        player = self.full(game)
        planned = player.root.locator(".b2b-plan > li")
        player.press("move/offer/sodam/")
        player.press("put-in")
        expect(planned).to_have_count(7)
        expect(planned.last).to_contain_text("offer")
        expect(player.at("given")).to_contain_text("meet Ok Tae-min")
        expect(player.at("given")).to_contain_text("leave the plan: Sodam Academy: offer")
        player.press("given")
        expect(planned.last).to_contain_text("meet Ok Tae-min")
        expect(player.at("given")).to_contain_text("offer")
        player.press("undo")
        expect(planned.last).to_contain_text("offer")


class TestAskedOnce:
    def test_an_empty_turn(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        player.write("why", "let them think")
        player.press("commit")
        expect(root.locator(".b2b-doubt")).to_contain_text("Nothing is done this turn")
        assert not (game.folder / "responses").exists()
        player.press("commit")
        expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")

    @pytest.mark.parametrize("why", ["x", ".....", "가"])
    def test_a_reason_of_a_letter(self, game: GameOnPage, why: str) -> None:
        root = game.show(lang="en")
        player = Player(root)
        player.plan(meet("jin"))
        player.write("why", why)
        player.at("why").press("Enter")
        expect(root.locator(".b2b-doubt")).to_contain_text("You will read this reason")
        assert axe(game.page) == []
        player.write("why", "hear her out")
        expect(root.locator(".b2b-doubt")).to_have_text("")
        player.at("why").press("Enter")
        expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")

    def test_without_a_reason_the_button_leads_to_its_line(self, game: GameOnPage) -> None:
        player = Player(game.show(lang="en"))
        player.at("commit").click(force=True)
        expect(player.at("why")).to_be_focused()

    def test_two_presses_in_a_hurry_are_no_answer(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        player.write("why", "let them think")
        player.at("commit").dblclick()
        expect(root.locator(".b2b-doubt")).to_contain_text("Nothing is done this turn")
        assert not (game.folder / "responses").exists()


class TestForms:
    def test_nobody_to_try_it_is_told_before_it_is_planned(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        player.press("move/demo/sodam/")
        player.set_all("persons", [])
        player.press("put-in")
        expect(root.locator(".b2b-form .b2b-problem")).to_have_text("Choose at least 1.")
        expect(root.locator(".b2b-plan")).to_have_count(0)

    def test_a_reserve_below_the_opening_is_told_at_its_field(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        offer = {"do": "offer", "account": "sodam", "cut": 2, "visits": 1, "messages": []}
        player.plan(offer)
        player.press("move/negotiate/sodam/")
        player.write("field/opening", "5")
        player.write("field/reserve", "3")
        player.press("put-in")
        expect(player.at("field/reserve")).to_be_focused()
        expect(root.locator(".b2b-number .b2b-problem").last).to_contain_text("from 5 to")
