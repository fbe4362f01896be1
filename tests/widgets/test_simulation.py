"""The game behind the board: plans are forgotten, turns are kept, and nothing ever raises."""

import getpass
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse.context import bank_folder, learner
from b2bcourse.items import kind_of, load_item
from b2bcourse.items.response import decode_response
from b2bcourse.responses import Store
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.exercise import exercise_for
from b2bcourse.widgets.simulation import Game

KIND = kind_of("simulation")
MEET = {"do": "map", "account": "sodam", "person": "jin"}
LAST = 3


pytestmark = pytest.mark.usefixtures("kernels_apart")


class Played:
    """A game with a browser's ear."""

    def __init__(self, folder, item="sim-tutorial", mode="practice", lang="ko"):
        authored = load_item(bank_folder() / f"{item}.yaml")
        self.face = KIND.face(authored, lang)
        store = None if mode == "preview" else Store(folder, self.face)
        self.path = folder / "responses" / f"{item}.json"
        self.game = exercise_for(self.face, store, authored if mode == "practice" else None)
        self.heard, self.n = [], 0
        self.game.view.send = self.heard.append

    def says(self, do, **more):
        """Sends a message as the browser does and returns the one reply."""
        self.n += 1
        self.game.view._handle_custom_msg({"p": PROTOCOL, "do": do, "n": self.n, **more}, [])
        reply = self.heard.pop()
        assert not self.heard
        assert reply["n"] == self.n
        return reply

    def ends(self, *moves, why="까닭"):
        """Commits one more turn."""
        turns = [*self.game.value["turns"], {"decisions": list(moves), "why": why}]
        return self.says("change", patch={"turns": turns})

    def saved(self):
        return decode_response(self.path.read_bytes())

    @property
    def shown(self):
        return json.loads(json.dumps(self.game.view.game))


@pytest.fixture
def played(tmp_path):
    def played(*args, **more):
        return Played(tmp_path, *args, **more)

    return played


class TestPlanning:
    def test_a_plan_costs_what_it_says_and_nothing_is_written(self, played):
        game = played()
        assert game.says("plan", moves=[MEET])["did"] == "planned"
        assert game.shown["plan"] == [MEET]
        assert game.shown["preview"]["resources"][0]["left"] == 7
        assert game.shown["board"]["resources"][0]["left"] == 8
        assert not game.path.exists()

    def test_what_cannot_be_done_is_said_in_the_plan(self, played):
        game = played()
        game.says("plan", moves=[{"do": "contract", "account": "sodam"}, 7])
        assert [bool(move["problem"]) for move in game.shown["preview"]["moves"]] == [True, True]
        assert game.shown["preview"]["ok"] is False

    def test_what_the_plan_leaves_no_room_for_is_offered_with_what_would_leave(self, played):
        game = played()
        assert not any("swap" in each for each in game.shown["moves"])
        full = [{**MEET, "person": who} for who in ("jin", "ma", "ok", "baek", "jin", "ma", "ok")]
        game.says("plan", moves=full)
        swaps = [each for each in game.shown["moves"] if "swap" in each]
        assert swaps
        assert all(0 <= each["swap"]["out"] < len(full) for each in swaps)

    def test_a_move_that_was_planned_opens_the_next(self, played):
        game = played()
        can = [move["move"]["do"] for move in game.shown["moves"]]
        assert "negotiate" not in can
        offer = {"do": "offer", "account": "sodam", "cut": 4, "visits": 1, "messages": []}
        game.says("plan", moves=[offer])
        assert "negotiate" in [move["move"]["do"] for move in game.shown["moves"]]

    @pytest.mark.parametrize("moves", [None, "x", 5, {"a": 1}, [None], [[]], [{"do": 3}]], ids=repr)
    def test_a_plan_that_is_none_raises_nothing(self, played, moves):
        assert played().says("plan", moves=moves)["did"] == "planned"


class TestTheViewIsTheFile:
    """Whatever a message does, and whoever wrote, the board is the journal's."""

    def equal(self, game):
        turns = game.saved().value["turns"]
        assert game.shown["kept"] == len(turns)
        assert [entry["why"] for entry in game.shown["journal"]] == [turn["why"] for turn in turns]
        assert game.game.view.value == game.saved().value

    @pytest.mark.parametrize(
        "message", [{"do": "look"}, {"do": "plan", "moves": [MEET]}, {"do": "plan", "moves": []}]
    )
    def test_after_another_kernel_has_played(self, played, message):
        here, there = played(), played()
        here.ends(MEET)
        there.says("look")
        there.ends(why="there")
        here.says(**message)
        self.equal(here)
        assert here.shown["elsewhere"]

    def test_after_each_turn_and_after_starting_over(self, played):
        game = played()
        for number in range(LAST):
            game.ends(why=str(number))
            self.equal(game)
        game.says("debrief")
        assert game.game.view.page
        game.says("again")
        self.equal(game)
        assert game.game.view.page == ""

    def test_started_over_in_two_windows_it_is_one_new_game(self, played):
        here = played()
        for number in range(LAST):
            here.ends(why=str(number))
        there = played()
        there.says("again")
        there.ends(why="new")
        here.says("again")
        self.equal(here)
        assert [entry["why"] for entry in here.shown["journal"]] == ["new"]

    def test_a_plan_and_a_reason_are_shown_to_a_page_that_comes_back(self, played):
        game = played()
        game.says("plan", moves=[MEET], why="because", time=5)
        game.says("plan", why="because of it", time=6)
        assert game.game.view.desk == {"why": "because of it", "time": 6}
        assert game.shown["plan"] == [MEET]

    @pytest.mark.parametrize("why", [None, 3, ["x"], "x" * 1000])
    def test_a_reason_that_is_none_or_too_long_raises_nothing(self, played, why):
        game = played()
        assert game.says("plan", why=why, time="now")["did"] == "planned"
        assert len(game.game.view.desk["why"]) <= 300


class TestEndingATurn:
    def test_the_turn_is_on_disk_before_its_outcome_is_shown(self, played):
        game = played()
        on_disk = []
        game.game.view.observe(lambda _change: on_disk.append(game.path.exists()), "game")
        assert game.ends(MEET)["did"] == "saved"
        assert on_disk == [True]
        assert game.shown["board"]["turn"] == 2
        assert game.shown["plan"] == []
        assert [event["person"] for event in game.shown["board"]["happened"]] == ["jin"]

    def test_the_journal_keeps_moves_and_reason_in_words(self, played):
        game = played(lang="en")
        game.ends(MEET, why="  first  ")
        [entry] = game.shown["journal"]
        assert entry["why"].strip() == "first"
        assert [move["text"] for move in entry["moves"]] == ["Sodam Academy: meet Jin So-ra"]

    @pytest.mark.parametrize("why", ["", "  ", None, 3])
    def test_without_a_reason_nothing_is_saved(self, played, lang, why):
        game = played(lang=lang)
        reply = game.ends(MEET, why=why)
        assert reply["did"] == "failed"
        assert reply["text"].startswith({"ko": "저장되지 않음", "en": "Not saved"}[lang])
        assert not game.path.exists()

    def test_a_turn_that_was_ended_stays_as_it_was(self, played):
        game = played()
        game.ends(MEET)
        before = game.saved().value
        game.says("change", patch={"turns": [{"decisions": [], "why": "anders"}]})
        assert game.saved().value == before

    def test_a_game_that_went_on_elsewhere_is_shown_and_said(self, played, lang):
        here, there = played(lang=lang), played(lang=lang)
        there.ends(MEET, why="there")
        there.ends(why="there again")
        here.ends(MEET, why="here")
        assert here.shown["elsewhere"]
        assert here.shown["board"]["turn"] == LAST
        assert [turn["why"] for turn in here.saved().value["turns"]] == ["there", "there again"]

    def test_what_was_planned_against_an_old_board_stays_on_the_desk(self, played):
        here, there = played(), played()
        there.ends(why="there")
        here.ends(MEET, why="here")
        assert here.shown["plan"] == [MEET]
        assert here.game.view.desk["why"] == "here"
        here.ends(MEET, why="here")
        assert [turn["why"] for turn in here.saved().value["turns"]] == ["there", "here"]
        assert here.shown["elsewhere"] == ""
        assert here.shown["plan"] == []
        assert here.game.view.desk["why"] == ""

    def test_the_end_of_a_game_played_elsewhere_is_no_try_of_this_window(self, played):
        here, there = played(), played()
        for number in range(LAST):
            there.ends(why=f"there {number}")
        here.ends(MEET, why="here")
        assert here.shown["board"]["over"]
        assert len(here.saved().tries) == 1

    def test_a_plan_that_comes_after_its_turn_stays_out(self, played):
        game = played()
        turns = [{"decisions": [MEET], "why": "first"}]
        game.n = 5
        game.says("change", patch={"turns": turns})
        game.n = 3
        game.says("plan", moves=[MEET], why="fir", time=7)
        assert game.shown["plan"] == []
        assert game.game.view.desk["why"] == ""

    def test_a_message_that_comes_twice_takes_nothing_from_the_desk(self, played):
        game = played()
        turns = [{"decisions": [MEET], "why": "first"}]
        game.says("change", patch={"turns": turns})
        game.says("plan", moves=[MEET], why="second", time=7)
        game.says("change", patch={"turns": turns})
        assert game.shown["plan"] == [MEET]
        assert game.game.view.desk == {"why": "second", "time": 7}
        assert game.shown["board"]["turn"] == 2

    def test_what_cannot_be_saved_is_said_and_did_not_happen(self, played, monkeypatch):
        game = played()
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", lambda _fd: (_ for _ in ()).throw(OSError(28, "full")))
            assert game.ends(MEET)["did"] == "failed"
        assert game.shown["board"]["turn"] == 1
        assert game.ends(MEET)["did"] == "saved"

    @pytest.mark.parametrize(
        "patch",
        [None, 5, {}, {"turns": 7}, {"turns": [3]}, {"turns": [{"why": "x", "decisions": 7}]}],
        ids=repr,
    )
    def test_a_message_that_is_no_turn_raises_nothing(self, played, patch):
        assert played().says("change", patch=patch)["did"] in {"saved", "failed"}

    def test_what_nobody_knows_is_ignored(self, played):
        game = played()
        for content in ({"do": "check"}, {"do": "answer"}, {"do": ["plan"]}, {}, None, []):
            game.game.view._handle_custom_msg(content, [])
        assert game.heard == []


class TestTheEnd:
    @pytest.fixture
    def over(self, played):
        def over(**more):
            game = played(**more)
            for number in range(LAST):
                game.ends(MEET if not number else {"do": "watch", "account": "sodam"})
            return game

        return over

    def test_a_finished_practice_game_is_one_try(self, over):
        game = over()
        assert game.shown["board"]["over"]
        [tried] = game.saved().tries
        assert tried.fraction == KIND.score(game.face, game.game._key, game.game.value).fraction
        game.says("plan", moves=[])
        assert len(game.saved().tries) == 1

    def test_a_graded_game_is_judged_by_nobody_here(self, over):
        game = over(mode="answer")
        assert game.saved().tries == ()
        assert game.shown["again"] is False
        game.game.view._handle_custom_msg({"p": PROTOCOL, "do": "again", "n": 9}, [])
        assert len(game.saved().value["turns"]) == LAST

    def test_played_again_it_begins_anew_and_the_tries_stay(self, over):
        game = over()
        assert game.shown["again"]
        game.says("again")
        assert game.shown["board"]["turn"] == 1
        assert game.shown["journal"] == []
        assert len(game.saved().tries) == 1

    def test_in_the_middle_of_a_game_nothing_begins_anew(self, played):
        game = played()
        game.ends(MEET)
        game.game.view._handle_custom_msg({"p": PROTOCOL, "do": "again", "n": 9}, [])
        assert game.heard == []
        assert len(game.saved().value["turns"]) == 1

    def test_the_debrief_is_made_when_it_is_asked_for(self, over):
        game = over()
        assert game.game.view.page == ""
        game.says("debrief")
        assert game.game.view.page.startswith("<!doctype html>")

    def test_before_the_end_the_debrief_tells_nothing(self, played):
        game = played(lang="en")
        game.ends(MEET)
        game.says("debrief")
        assert "opens when the game is over" in game.game.view.page
        assert "Gatekeeper" not in game.game.view.page


class TestTheJournalOnDisk:
    def test_a_game_goes_on_in_another_kernel(self, played):
        played().ends(MEET)
        again = played()
        assert again.shown["board"]["turn"] == 2
        assert again.ends(why="weiter")["did"] == "saved"

    def test_a_journal_that_was_edited_is_told_and_shown_up_to_there(self, played, lang):
        game = played(lang=lang)
        game.ends(MEET)
        game.ends(why="second")
        raw = json.loads(game.path.read_text("utf-8"))
        raw["value"]["turns"][1]["why"] = "changed"
        game.path.write_text(json.dumps(raw), "utf-8")
        opened = played(lang=lang)
        assert len(opened.shown["notes"]) == 1
        assert len(opened.shown["journal"]) == 1

    def test_on_a_journal_that_was_edited_the_game_goes_on_from_where_it_is_sound(self, played):
        game = played()
        game.ends(MEET, why="one")
        game.ends(why="two")
        game.ends(why="three")
        raw = json.loads(game.path.read_text("utf-8"))
        raw["value"]["turns"][1]["why"] = "changed"
        game.path.write_text(json.dumps(raw), "utf-8")
        opened = played()
        assert opened.shown["board"]["turn"] == 2
        turns = [*opened.game.value["turns"][:1], {"decisions": [], "why": "anew"}]
        opened.says("change", patch={"turns": turns})
        assert opened.shown["board"]["turn"] == LAST
        value = opened.saved().value
        assert [turn["why"] for turn in value["turns"]] == ["one", "anew"]
        assert [turn["why"] for turn in value["edited"]] == ["changed", "three"]
        assert opened.shown["notes"] == []

    @pytest.mark.parametrize(
        "value",
        [
            {},
            {"turns": 3},
            {"scenario": "moon", "turns": []},
            {"scenario": "software", "seed": 1, "engine": 1, "turns": []},
        ],
        ids=repr,
    )
    def test_a_value_that_is_no_journal_of_this_game_opens_a_fresh_board(self, played, value):
        played().ends(MEET)
        game = played()
        raw = json.loads(game.path.read_text("utf-8"))
        game.path.write_text(json.dumps({**raw, "value": value}), "utf-8")
        assert played().shown["board"]["scenario"] == "tutorial"

    def test_ones_own_seed_is_in_the_journal_from_the_first_turn(self, played, monkeypatch):
        monkeypatch.setenv("JUPYTERHUB_USER", "kim")
        game = played("sim-software")
        game.ends(why="warten")
        monkeypatch.setenv("JUPYTERHUB_USER", "lee")
        assert played("sim-software").game.value["seed"] == game.saved().value["seed"]
        assert game.saved().value["seed"] == KIND.begin_journal(game.face, "kim")["seed"]

    def test_an_authors_preview_is_played_and_forgotten(self, played):
        game = played(mode="preview")
        game.ends(MEET)
        assert game.shown["board"]["turn"] == 2
        assert not game.path.parent.exists()


KERNELS = st.integers(0, 2)
STEPS = st.lists(
    st.tuples(KERNELS, st.sampled_from(["plan", "end", "again", "look", "die", "hint"])),
    max_size=24,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_whatever_three_kernels_do_no_turn_and_no_reason_is_lost(tmp_path_factory, steps):
    """What was ended stands in the journal, in its order, or lies on the desk it was written at."""
    folder = tmp_path_factory.mktemp("three")
    games = [Played(folder) for _ in range(3)]
    before = []
    for number, (which, step) in enumerate(steps):
        game, why = games[which], f"why {number}"
        if step == "plan":
            game.says("plan", moves=[MEET], why=why, time=number)
        elif step == "end" and not game.game._over:
            game.ends(why=why)
        elif step == "again" and game.shown["again"]:
            game.says("again")
        elif step == "die":
            games[which] = Played(folder)
        else:
            game.says("hint" if step == "hint" else "look")
        now = game.saved().value["turns"] if game.path.exists() else []
        if step == "end" and not game.shown["board"]["over"]:
            assert now[-1]["why"] == why or game.game.view.desk["why"] == why
        assert now[: len(before)] == before or (step == "again" and now == [])
        assert game.shown["kept"] == len(game.game.value["turns"])
        before = now


def test_somebody_without_a_name_plays_too(monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: (_ for _ in ()).throw(OSError()))
    assert learner() == ""


def test_hints_are_given(played):
    assert played().says("hint")["more"] is True


def test_other_kinds_have_their_plain_exercise(tmp_path):
    item = load_item(bank_folder() / "or-dmp5.yaml")
    face = kind_of("ordering").face(item, "ko")
    assert not isinstance(exercise_for(face, Store(tmp_path, face), item), Game)
