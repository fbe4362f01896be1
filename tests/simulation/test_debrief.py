"""After the game: belief against truth, value turn by turn, the decisions that mattered."""

import json
import re

import pytest
from msgspec import to_builtins

from b2bcourse import simulation as sim
from b2bcourse.simulation.calibration import EXPLOITS
from b2bcourse.simulation.debrief import verdict
from b2bcourse.simulation.policies import TEXTBOOK, play, styled
from b2bcourse.simulation.state import Note


def debriefed(style=TEXTBOOK, lang="en", seed=4, name="software"):
    _, turns = play(name, seed, styled(style))
    journal = [
        {"decisions": to_builtins(turn), "why": f"reason {at}"} for at, turn in enumerate(turns)
    ]
    return sim.debrief(name, seed, journal, lang)


def test_value_is_told_for_every_turn_and_adds_up():
    told = debriefed()
    assert [each["turn"] for each in told["value"]] == list(range(1, 15))
    end, _ = play("software", 4, styled(TEXTBOOK))
    assert sum(each["money"] for each in told["value"]) == end.profit
    for each in told["value"]:
        assert sum(each["accounts"].values()) == each["money"]


def test_turning_points_are_two_or_three_of_different_turns_each_with_its_lesson():
    points = debriefed()["turning_points"]
    assert 2 <= len(points) <= 3
    assert len({point["turn"] for point in points}) == len(points)
    for point in points:
        assert point["gain"] != 0
        assert point["lesson"]
        assert str(abs(point["gain"])) in point["text"]


def test_promising_too_much_is_found_to_have_been_a_decision_that_mattered():
    texts = [
        point["text"]
        for seed in range(4)
        for point in debriefed(EXPLOITS["promises everything"], seed=seed)["turning_points"]
        if point["gain"] > 0
    ]
    assert any("as it is" in text for text in texts)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_debrief_has_questions_lessons_and_the_reasons_in_both_languages(lang):
    told = debriefed(lang=lang)
    assert len(told["questions"]) >= 3
    assert told["reasons"][:2] == ["reason 0", "reason 1"]
    assert all(each["why"] for each in told["lessons"])
    if lang == "en":
        assert not re.search("[가-힣]", json.dumps(told, ensure_ascii=False))


def test_people_are_shown_as_believed_and_as_they_are():
    told = {each["person"]: each for each in debriefed()["people"] if each["met"]}
    assert told["min"]["verdict"] in {"right", "partly"}
    assert set(told["ahn"]["true"]["roles"]) == {"decider"}


def test_a_belief_is_right_partly_right_wrong_or_missing():
    person = sim.begin("software", 1).accounts["saesol"].people["seo"]
    assert verdict(person) == "not noted"
    for note, said in (
        (Note(person.roles, person.wishes, person.fear), "right"),
        (Note(("user",), (), ""), "partly"),
        (Note(("decider",), (), ""), "wrong"),
    ):
        person.note = note
        assert verdict(person) == said


def test_a_game_not_begun_has_a_debrief_too():
    told = sim.debrief("software", 1, [], "ko")
    assert told["turning_points"] == []
    assert told["value"] == []
