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

from b2bcourse.responses import Store
from b2bcourse.simulation import result
from b2bcourse.simulation.reference import policy

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
    @pytest.mark.slow
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

    @pytest.mark.parametrize("width", [1280, 800])
    def test_of_many_events_a_few_stand_open_what_wants_an_answer_first_and_the_firm_in_sight(
        self, game: GameOnPage, width: int
    ) -> None:
        put(game.folder, "sim-parts", 6, "en")
        root = game.show("sim-parts", "en", width=width, height=800)
        events = game.game.view.game["board"]["happened"]
        urgent = [event["text"] for event in events if event["tone"] != "good"]
        shown = root.locator(".b2b-events > li")
        assert len(events) > 5
        assert urgent
        assert shown.count() == 4
        told = " ".join(shown.all_inner_texts())
        assert all(text in told for text in urgent)
        name = root.locator(".b2b-opened .b2b-name").bounding_box()
        assert name["y"] < game.page.viewport_size["height"] - 200
        Player(root).at("more").press("Enter")
        expect(shown).to_have_count(len(events))
        expect(Player(root).at("more")).to_be_focused()
        assert axe(game.page) == []

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
        player.plan({"do": "map", "account": "sodam", "person": "jin"})
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

    def test_a_finished_game_is_put_aside_only_after_a_question(self, game: GameOnPage) -> None:
        put(game.folder, "sim-tutorial", 3)
        root = game.show()
        player = Player(root)
        player.press("again")
        expect(player.at("again/no")).to_be_focused()
        assert axe(game.page) == []
        game.page.keyboard.press("Escape")
        expect(player.at("again")).to_be_focused()
        player.press("again")
        player.press("again/no")
        expect(player.at("again")).to_be_focused()
        assert len(saved(game)["value"]["turns"]) == 3
        player.press("again")
        player.press("again/yes")
        expect(root.locator(".b2b-turn-of")).to_have_text("1 / 3턴")
        expect(player.at("happened")).to_be_focused()
        assert saved(game)["value"]["turns"] == []

    def test_after_the_end_there_is_nothing_to_hint_at(self, game: GameOnPage) -> None:
        put(game.folder, "sim-tutorial", 3)
        root = game.show()
        expect(root.locator(".b2b-big")).to_be_visible()
        expect(root.get_by_role("button", name="힌트")).to_have_count(0)

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


MEET = {"do": "map", "account": "sodam", "person": "jin"}


def elsewhere(game: GameOnPage, *whys: str, item: str = "sim-tutorial") -> None:
    """Another kernel plays on in the same journal."""
    face = game.game.face
    store = Store(game.folder, face)
    found = store.read().response
    value = found.value if found else KIND.begin_journal(face)
    played = [{"decisions": [], "why": why} for why in whys]
    store.save({**value, "turns": [*value["turns"], *played]})


def whys(game: GameOnPage) -> list[str]:
    return [turn["why"] for turn in saved(game)["value"]["turns"]]


class TestTheDesk:
    """Plan and reason of the turn in work: nothing of them is in the file, and nothing is lost."""

    def begun(self, game: GameOnPage) -> Locator:
        root = game.show(lang="en")
        player = Player(root)
        player.plan(MEET)
        player.at("why").press_sequentially("listen first")
        return root

    def is_back(self, root: Locator) -> None:
        expect(Player(root).at("why")).to_have_value("listen first")
        expect(root.locator(".b2b-plan > li")).to_have_count(1)

    def test_both_come_back_when_the_page_is_loaded_again_at_once(self, game: GameOnPage) -> None:
        self.begun(game)
        self.is_back(game.reload())
        game.page.wait_for_timeout(800)
        self.is_back(game.reload())

    def test_both_come_back_after_the_kernels_death(self, game: GameOnPage) -> None:
        self.begun(game)
        root = game.show(lang="en")  # run again: another kernel, that knows of nothing
        self.is_back(root)
        Player(root).press("commit")
        expect(root.locator(".b2b-segments .is-done")).to_have_count(1)
        assert whys(game) == ["listen first"]

    def test_a_turn_that_was_played_leaves_an_empty_desk(self, game: GameOnPage) -> None:
        root = self.begun(game)
        Player(root).press("commit")
        expect(root.locator(".b2b-segments .is-done")).to_have_count(1)
        for root in (game.reload(), game.show(lang="en")):
            expect(Player(root).at("why")).to_have_value("")
            expect(root.locator(".b2b-plan")).to_have_count(0)

    def test_a_turn_ended_on_a_dead_kernel_is_played_when_the_cell_is_run_again(
        self, game: GameOnPage
    ) -> None:
        root = self.begun(game)
        game.page.evaluate("fake.kernel = 'dead'")
        Player(root).press("commit")
        expect(root.locator(".b2b-saved")).to_have_attribute("data-kind", "failed")
        root = game.show(lang="en")
        expect(root.locator(".b2b-segments .is-done")).to_have_count(1)
        expect(Player(root).at("why")).to_have_value("")
        assert whys(game) == ["listen first"]

    def test_a_turn_that_another_window_was_quicker_with_stays_on_the_desk(
        self, game: GameOnPage
    ) -> None:
        root = self.begun(game)
        elsewhere(game, "quicker")
        Player(root).press("commit")
        expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        expect(root.locator(".b2b-note")).to_contain_text("Another window has played on")
        self.is_back(root)
        assert whys(game) == ["quicker"]
        self.is_back(game.reload())
        Player(game.reload()).press("commit")
        expect(root.locator(".b2b-turn-of")).to_have_text("turn 3 of 3")
        expect(root.locator(".b2b-note")).to_have_count(0)
        assert whys(game) == ["quicker", "listen first"]

    def test_nobody_plans_on_an_old_board(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        elsewhere(game, "quicker")
        Player(root).plan(MEET)
        expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        expect(root.locator(".b2b-note")).to_contain_text("your plan", ignore_case=True)

    def test_what_was_not_saved_while_the_game_went_on_is_not_lost(self, game: GameOnPage) -> None:
        root = self.begun(game)
        game.page.evaluate("fake.kernel = 'dead'")
        Player(root).press("commit")
        expect(root.locator(".b2b-saved")).to_have_attribute("data-kind", "failed")
        elsewhere(game, "quicker")
        root = game.show(lang="en")
        expect(root.locator(".b2b-turn-of")).to_have_text("turn 2 of 3")
        self.is_back(root)
        expect(root.locator(".is-offer")).to_have_count(0)
        assert whys(game) == ["quicker"]

    def test_a_reason_for_a_game_that_ended_elsewhere_can_still_be_read(
        self, game: GameOnPage
    ) -> None:
        root = self.begun(game)
        elsewhere(game, "one", "two", "three")
        Player(root).press("commit")
        expect(root.locator(".b2b-end .is-offer")).to_contain_text("listen first")
        root = game.reload()
        expect(root.locator(".b2b-end .is-offer")).to_contain_text("listen first")
        Player(root).press("drop")
        expect(root.locator(".b2b-end .is-offer")).to_have_count(0)
        root = game.reload()
        expect(root.locator(".b2b-big")).to_be_visible()
        expect(root.locator(".b2b-end .is-offer")).to_have_count(0)

    def test_a_preview_leaves_nothing_in_the_browser(self, game: GameOnPage) -> None:
        root = game.show(mode="preview")
        game.page.evaluate("localStorage.clear()")
        Player(root).write("why", "하나")
        assert game.page.evaluate("Object.keys(localStorage)") == []


class TestNumbers:
    def test_what_is_no_number_of_the_game_is_told_at_its_field(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        player = Player(root)
        player.press("move/offer/sodam/")
        field = player.at("field/cut")
        told = root.locator(".b2b-number .b2b-problem").first
        for typed in ("0.5", "-1", "99", "two", "", "3 4"):
            player.write("field/cut", typed)
            player.press("put-in")
            expect(field).to_be_focused()
            expect(field).to_have_value(typed)
            expect(field).to_have_attribute("aria-invalid", "true")
            expect(told).to_contain_text("whole number")
            expect(root.locator(".b2b-plan")).to_have_count(0)
        assert axe(game.page) == []
        player.write("field/cut", "４")  # as a Korean keyboard may give it
        expect(field).not_to_have_attribute("aria-invalid", "true")
        expect(told).to_have_text("")
        player.write("field/visits", "1")
        player.press("put-in")
        expect(root.locator(".b2b-plan > li")).to_contain_text("4% off and 1 visit")

    def test_a_number_stays_while_the_rest_of_the_form_changes(self, game: GameOnPage) -> None:
        player = Player(game.show(lang="en"))
        player.press("move/offer/sodam/")
        player.write("field/cut", "0.5")
        player.press("message/more")
        expect(player.at("field/cut")).to_have_value("0.5")
        expect(player.at("field/cut")).to_have_attribute("aria-invalid", "true")


ONE_SCREEN = 620  # px that JupyterLab leaves of a window 800 px high


class TestOneScreen:
    """Board, plan, reason and End turn stand together; nothing is cut off where there is less room."""

    @pytest.mark.parametrize(
        ("item", "lang", "width"),  # with JupyterLab's files open, and without
        [
            *[
                ("sim-software", "ko", 930),
                ("sim-software", "en", 1280),
                ("sim-tutorial", "en", 930),
            ],
            *(
                pytest.param(*one, marks=pytest.mark.slow)
                for one in [
                    *[("sim-software", "en", 930), ("sim-software", "ko", 1280)],
                    *[("sim-tutorial", lang, 1280) for lang in ("ko", "en")],
                    ("sim-tutorial", "ko", 930),
                ]
            ),
        ],
    )
    def test_all_of_a_turn(self, game: GameOnPage, item: str, lang: str, width: int) -> None:
        is_large = item == "sim-software"
        if is_large:
            put(game.folder, item, 7, lang)
        root = game.show(item, lang, width=width, height=800)
        player = Player(root)
        account, person = ("mir", "bang") if is_large else ("sodam", "jin")
        steps = (f"account/{account}", f"person/{account}/{person}", f"move/offer/{account}/")
        for at in ("happened", *steps, "put-in"):
            player.press(at)
            self.stands(root)
        for move in root.locator(".b2b-list-moves button").all()[:3]:
            move.click()
            self.stands(root)

    def stands(self, root: Locator) -> None:
        top = root.bounding_box()["y"]
        for part in (
            ".b2b-accounts",
            ".b2b-stage",
            ".b2b-moves",
            ".b2b-plan, .b2b-turn",
            ".b2b-why",
        ):
            box = root.locator(part).first.bounding_box()
            assert box["y"] + box["height"] - top <= ONE_SCREEN, part
        end = root.locator('[data-at="commit"]').bounding_box()
        assert end["y"] + end["height"] - top <= ONE_SCREEN
        assert root.evaluate(CUT_OFF) == []

    @pytest.mark.parametrize("width", [800, 640, 400])
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_less_room(self, game: GameOnPage, lang: str, width: int) -> None:
        root = shown(game, 7, lang, "light", width)
        assert game.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert root.evaluate(CUT_OFF) == []


# Whatever is wider than its own place by more than the ring of a focus; what is only spoken may be.
CUT_OFF = """(widget) => [...widget.querySelectorAll("*")]
  .filter((e) => !e.closest(".b2b-unseen, svg, select") && e.clientWidth > 0)
  .filter((e) => e.scrollWidth > e.clientWidth + 4 && getComputedStyle(e).display !== "inline")
  .map((e) => `${e.className}: ${e.scrollWidth} > ${e.clientWidth} ${e.textContent.slice(0, 40)}`)"""

LONGEST_NAME = 160  # characters; whoever hears the board must not wait for the end of a button


class TestByEar:
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_the_parts_have_headings_in_the_order_of_play(
        self, game: GameOnPage, lang: str
    ) -> None:
        put(game.folder, "sim-software", 7, lang)
        root = game.show("sim-software", lang)
        Player(root).open_account("mir")
        Player(root).open_person("mir", "bang")
        words = game.game._words
        names = {each["id"]: each["name"] for each in game.game.view.game["board"]["accounts"]}
        said = [(node["level"], node["name"]) for node in heard(game) if node["role"] == "heading"]
        firm, person = names["mir"], root.locator(".b2b-heard h5").inner_text()
        assert said[3:] == [
            (4, words["accounts"]),
            (4, words["happened"]),
            (4, firm),
            (5, words["people_of"].format(name=firm)),
            (5, person),
            (4, words["moves_person"].format(name=person)),
            (4, words["moves_account"].format(name=firm)),
            (4, words["plan"]),
            (4, words["journal"].format(n=7)),
        ]

    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_every_control_has_a_short_name(self, game: GameOnPage, lang: str) -> None:
        shown(game, 7, lang, "light", 1280)
        controls = {"button", "textbox", "combobox", "checkbox", "radio", "link"}
        names = [node["name"] for node in heard(game) if node["role"] in controls]
        assert len(names) > 20
        assert all(names)
        assert max(map(len, names)) <= LONGEST_NAME
        assert len(" ".join(node["name"] for node in heard(game))) < 6_500

    def test_what_came_of_a_turn_is_said_once(self, game: GameOnPage) -> None:
        root = game.show(lang="en")
        Player(root).turn([MEET], "first")
        said = root.locator('[role="status"]').all_inner_texts()
        told = [text for text in said if "Turn 1 is over" in text]
        assert told == ["Turn 1 is over. Gained 1, lost 0, news 0."]
        expect(Player(root).at("happened")).to_be_focused()


def heard(game: GameOnPage) -> list[dict[str, Any]]:
    """What a screen reader is given, in its order: role, name and level of each node."""
    session = game.page.context.new_cdp_session(game.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if not node["ignored"]:
            levels = [p["value"]["value"] for p in node["properties"] if p["name"] == "level"]
            name = node.get("name", {}).get("value", "")
            yield {"role": node["role"]["value"], "name": name, "level": (levels or [0])[0]}
        for child in node.get("childIds", ()):
            if child in by_id:
                yield from walk(by_id[child])

    spoken = {"InlineTextBox", "none", "generic"}
    return [node for node in walk(nodes[0]) if node["role"] not in spoken]


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


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_where_there_is_little_room_the_debriefs_tables_stand_as_blocks_and_stay_tables(
    game: GameOnPage, lang: str
) -> None:
    from b2bcourse.render import debrief

    put(game.folder, "sim-tutorial", 8, lang)
    game.show("sim-tutorial", lang)
    page = game.bench.context.new_page()
    page.set_viewport_size({"width": 400, "height": 900})
    page.set_content(debrief.page(game.game.face, game.game.value))
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    row = page.locator(".b2b-debrief .read tbody").first.get_by_role("row").first
    believed, so = row.get_by_role("cell").all()[:2]
    one, other = believed.bounding_box(), so.bounding_box()
    assert one is not None
    assert other is not None
    assert other["y"] >= one["y"] + one["height"]
    assert believed.evaluate("node => getComputedStyle(node, '::before').content").count('"') >= 2
    page.close()
