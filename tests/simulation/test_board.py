"""The map's lines: as far as one has learnt of them, and no further."""

from b2bcourse import simulation as sim

MEET = {"do": "map", "account": "sodam", "person": "ma"}


def lines(state, lang="en"):
    account = next(a for a in sim.view(state, lang)["accounts"] if a["id"] == "sodam")
    return {(each["from"], each["to"]): each for each in account["relations"]}


def test_before_anybody_was_met_there_are_none():
    assert lines(sim.begin("tutorial", 1)) == {}


def test_a_first_meeting_is_a_line_of_ones_own_without_a_word():
    state, _ = sim.step(sim.begin("tutorial", 1), [MEET])
    assert lines(state) == {("", "ma"): {"from": "", "to": "ma", "kind": "met", "text": ""}}


def test_a_second_meeting_shows_who_is_listened_to():
    state, _ = sim.step(sim.begin("tutorial", 1), [MEET, MEET])
    assert lines(state)["ma", "jin"]["text"] == "listens to"
    assert lines(state, "ko")["ma", "jin"]["text"] == "말을 들음"


def test_the_closest_is_who_was_met_twice_and_speaks_best_of_us():
    state, _ = sim.step(sim.begin("tutorial", 1), [MEET, MEET])
    state.accounts["sodam"].people["ma"].support = 5
    assert lines(state)["", "ma"] == {
        "from": "",
        "to": "ma",
        "kind": "closest",
        "text": "met 2 times",
    }


def test_who_stopped_us_holds_us_back_until_won_over():
    state, _ = sim.step(sim.begin("tutorial", 1), [MEET])
    gate = state.accounts["sodam"].people["ma"]
    gate.stopped_us, gate.support = True, -2
    assert lines(state)["", "ma"]["kind"] == "holds"
    gate.support = 4
    assert lines(state)["", "ma"]["kind"] == "met"


def test_who_stopped_us_without_having_been_met_is_on_the_map():
    state = sim.begin("tutorial", 1)
    state.accounts["sodam"].people["ma"].stopped_us = True
    assert list(lines(state)) == [("", "ma")]
    assert lines(state, "ko")["", "ma"]["text"] == "길을 막음"
