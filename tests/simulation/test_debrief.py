"""After the game: belief against truth, value turn by turn, the decisions that mattered."""

import json
import re

import pytest
from msgspec import to_builtins

from b2bcourse import simulation as sim
from b2bcourse.simulation.calibration import EXPLOITS
from b2bcourse.simulation.debrief import verdict
from b2bcourse.simulation.moves import read_move
from b2bcourse.simulation.policies import TEXTBOOK, play, random_turn, styled
from b2bcourse.simulation.state import Note
from b2bcourse.simulation.words import event_text, move_text


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


def test_up_to_three_turns_are_told_each_with_what_it_was_worth():
    found = debriefed(EXPLOITS["skips pilots"])["turning_points"]
    assert 1 <= len(found) <= 3
    assert len({point["turn"] for point in found}) == len(found)
    assert any(point["told"] for point in found)
    for point in filter(lambda each: each["told"], found):
        assert str(abs(point["gain"])) in point["lead"] + point["text"]


def test_promising_too_much_is_found_to_have_been_a_decision_that_mattered():
    texts = [
        point["text"]
        for seed in range(4)
        for point in debriefed(EXPLOITS["promises everything"], seed=seed)["turning_points"]
        if point["told"] and point["gain"] > 0
    ]
    assert any("as it is" in text for text in texts)


def test_what_was_taught_and_done_is_not_said_to_have_cost_the_game():
    """A game by the book, whose moves are left out one by one, loses by that."""
    for seed in range(4):
        for point in debriefed(TEXTBOOK, seed=seed)["turning_points"]:
            assert not point["told"] or point["gain"] < 8, point["text"]


def test_the_style_in_which_a_game_is_played_on_is_the_players_own_and_said():
    told = debriefed(EXPLOITS["cuts deep as well"])
    assert "offering 15% off" in told["style"]
    assert told["style"] in told["compared"]
    assert "meeting people once" in debriefed(EXPLOITS["never meets twice"])["style"]


def blind(seed, name="software"):
    """A game drawn blindly: anything may have been planned."""
    state, turns = sim.begin(name, seed), []
    while not state.over:
        turn = random_turn(state, seed)
        turns.append({"decisions": to_builtins(turn), "why": f"reason {state.turn}"})
        state, _ = sim.step(state, turn)
    return turns


def contradictions(name, seed, turns):
    """What a debrief says and the journal does not."""
    told = sim.debrief(name, seed, turns, "en")
    states = sim.replay(name, seed, turns)
    yield from wrong_turns(told, states, turns)
    yield from wrong_sums(told, states[-1])


def wrong_turns(told, states, turns):
    """What is said of a turn and is not so."""
    points = told["result"]["points"]
    for each in told["turning_points"]:
        if each["came"] and each["came"] not in came_of(states[each["turn"]]):
            yield "something came of a turn that did not happen in it"
        if each["reason"] != turns[each["turn"] - 1]["why"]:
            yield "another turn's reason"
        if each["told"] and each["low"] < points < each["high"]:
            yield "a difference within the reach of luck"
        if each["told"] and each["move"] and not each["instead"]:
            done = said_of(turns[each["turn"] - 1], states[0].data)
            if not any(said in each["text"] for said in done):
                yield "a move that was not made"


def came_of(state):
    return {event_text(state.data, event, "en") for event in state.happened}


def said_of(turn, data):
    moves = filter(None, map(read_move, turn["decisions"]))
    return [move_text(data, move, "en").partition(": ")[2] for move in moves]


def wrong_sums(told, end):
    """What is said of the whole game and does not add up."""
    words = ("No", "One", "Two", "Three")
    counted = sum(each["told"] for each in told["turning_points"])
    if words.index(told["headline"].split()[0]) != counted:
        yield "the headline counts otherwise"
    if sum(each["money"] for each in told["value"]) != end.profit:
        yield "the money does not add up"
    days = [int(n) for n in re.findall(r"\d+", told["result"]["parts"][4]["text"])]
    spent = sum(a.time for a in end.accounts.values() if a.status == "signed")
    if days[:2] != [end.data.turns * end.data.resources.time, spent]:
        yield "other days"


def test_no_claim_of_a_debrief_contradicts_the_journal():
    for seed in range(12):
        assert list(contradictions("software", seed, blind(seed))) == []
    for style in EXPLOITS.values():
        _, turns = play("parts", 3, styled(style))
        journal = [{"decisions": to_builtins(turn), "why": "so"} for turn in turns]
        assert list(contradictions("parts", 3, journal)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["software", "parts", "kitchens", "boilers"])
@pytest.mark.parametrize("first", range(0, 125, 25))
def test_no_claim_contradicts_the_journal_in_five_hundred_games(name, first):
    for seed in range(first, first + 25):
        assert list(contradictions(name, seed, blind(seed, name))) == [], seed


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
