"""What can be planned: nothing that could only fail or waste, and what the plan stands in the way of."""

import json

from games import SCENARIOS
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bcourse import simulation as sim
from b2bcourse.simulation.policies import TEXTBOOK, play_turn, random_turn

MEET = {"do": "map", "account": "sodam", "person": "jin"}


def key(move):
    return tuple(str(move.get(name, "")) for name in ("do", "account", "person", "order"))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SCENARIOS), st.integers(0, 99), st.integers(0, 9), st.integers(0, 4))
def test_a_swap_leaves_a_plan_that_holds(name, seed, salt, turns):
    state = sim.begin(name, seed)
    for _ in range(turns):
        state, _ = sim.step(state, play_turn(state, TEXTBOOK))
    plan = []
    for move in random_turn(state, salt):
        if sim.preview(state, [*plan, move], "en")["ok"]:
            plan.append(move)
    offered = {key(each["move"]) for each in sim.legal(state, "en", plan)}
    for each in sim.swaps(state, "en", plan):
        rest = [move for at, move in enumerate(plan) if at != each["swap"]["out"]]
        assert key(each["move"]) not in offered
        assert sim.preview(state, [*rest, each["move"]], "en")["ok"]
        assert each["swap"]["text"]


def test_where_nothing_is_planned_nothing_can_be_swapped():
    assert sim.swaps(sim.begin("software", 1), "ko", []) == []


def test_a_plan_that_does_not_hold_is_mended_first():
    assert sim.swaps(sim.begin("tutorial", 1), "ko", [MEET, MEET, MEET]) == []


def test_a_swap_names_what_would_leave():
    state = sim.begin("tutorial", 1)
    plan = [{**MEET, "person": who} for who in ("jin", "ma", "ok", "baek", "jin", "ma", "ok")]
    assert sim.preview(state, plan, "en")["ok"]
    found = {each["label"]: each["swap"] for each in sim.swaps(state, "en", plan)}
    assert found["Make an offer"]["out"] == 6
    assert "Ok Tae-min" in found["Make an offer"]["text"]
    assert "옥태민" in json.dumps(sim.swaps(state, "ko", plan), ensure_ascii=False)


def test_a_credit_check_is_offered_once():
    state = sim.begin("software", 1)
    check = {"do": "credit", "account": "mir"}
    before = [each["move"] for each in sim.legal(state, "en")]
    after = [each["move"] for each in sim.legal(state, "en", [check])]
    assert check in before
    assert check not in after


def fields(state, do, *planned):
    found = next(each for each in sim.legal(state, "en", planned) if each["move"]["do"] == do)
    return {field["name"]: field for field in found["fields"]}


def test_whoever_negotiates_is_told_beforehand_how_low_an_opening_may_be():
    offer = {"do": "offer", "account": "sodam", "cut": 4, "visits": 1, "messages": []}
    asked = fields(sim.begin("tutorial", 1), "negotiate", offer)
    assert asked["opening"]["min"] == 4
    assert asked["reserve"]["least"] == "opening"


def test_somebody_has_to_try_it():
    assert fields(sim.begin("tutorial", 1), "demo")["persons"]["min"] == 1
