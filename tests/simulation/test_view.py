"""A player sees what has been found out, in the language of the notebook, and no more."""

import json
import re

import pytest
from games import SCENARIOS, do, played, ready
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from b2bcourse import simulation as sim
from b2bcourse.simulation.policies import TEXTBOOK, play, play_turn, random_turn, styled
from b2bcourse.simulation.view import notches
from b2bcourse.simulation.words import WORDS, say


def shape(value):
    """The keys of nested data, texts left out."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return value if isinstance(value, bool | int | None) else ""


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SCENARIOS), st.integers(0, 99), st.integers(0, 9))
def test_both_languages_show_the_same_and_english_holds_no_hangul(name, seed, salt):
    state = sim.begin(name, seed)
    for _ in range(4):
        state, _ = sim.step(state, [*play_turn(state, TEXTBOOK), *random_turn(state, salt)])
    korean, english = sim.view(state, "ko"), sim.view(state, "en")
    assert shape(korean) == shape(english)
    for shown in (english, sim.legal(state, "en")):
        text = json.dumps(shown, ensure_ascii=False)
        assert not re.search("[가-힣]", text)
        assert "{" not in "".join(re.findall(r'"text": "([^"]*)"', text))


def people(shown):
    return [person for account in shown["accounts"] for person in account["people"]]


def test_before_a_customer_is_looked_into_nothing_is_known_but_its_face():
    account = sim.view(sim.begin("software", 1), "ko")["accounts"][0]
    assert account["state"] == "closed"
    assert account["people"] == []
    assert account["people_count"] == 6
    assert not any(fact["known"] for fact in account["facts"])


def test_a_person_not_met_shows_neither_support_nor_clues():
    for person in people(sim.view(sim.begin("tutorial", 1), "en")):
        assert person["support"] is None
        assert person["clues"] == []
        assert person["listens_to"] == []


def test_a_first_meeting_shows_role_and_a_wish_a_second_the_worry_and_who_is_listened_to():
    state, _here = ready(account="saesol")
    once, _ = do(state, "map", "saesol", person="koo")
    twice, _ = do(once, "map", "saesol", person="koo")

    def kinds(state):
        person = next(p for p in people(sim.view(state, "en")) if p["id"] == "koo")
        return [clue["kind"] for clue in person["clues"]], person["listens_to"]

    assert kinds(once) == (["role", "wish"], [])
    assert kinds(twice) == (["role", "wish", "wish", "fear", "ear"], ["do"])


def test_what_is_hidden_stands_nowhere_in_the_view():
    """Not the names of the hidden fields, nor roles and wishes of people never met."""
    text = json.dumps(sim.view(sim.begin("tutorial", 1), "en"))
    for field in ("hazard", "rival", "wishes", "sour", "reassured", "promises"):
        assert f'"{field}"' not in text


def test_a_note_shows_as_the_player_wrote_it():
    note = {
        "do": "note",
        "account": "sodam",
        "person": "ma",
        "roles": ["buyer"],
        "interests": ["low_price"],
        "fear": "target",
    }
    shown = people(sim.view(played("tutorial", 1, [note]), "en"))
    assert shown[1]["noted"] == {"roles": ["buyer"], "interests": ["low_price"], "fear": "target"}


@pytest.mark.parametrize(
    ("support", "boxes"),
    [
        (0, 0),
        (2, 0),
        (3, 1),
        (9, 1),
        (10, 2),
        (20, 2),
        (-3, -1),
        (-10, -2),
    ],
)
def test_two_boxes_mean_a_decider_would_say_yes(support, boxes):
    assert notches(support) == boxes


def test_a_finished_game_shows_its_score_and_one_under_way_does_not():
    state, _ = play("tutorial", 1, styled(TEXTBOOK))
    assert sim.view(state, "ko")["result"]["points"] >= 90
    assert sim.view(sim.begin("tutorial", 1), "ko")["result"] is None


def test_a_plan_is_said_in_words_with_what_it_leaves():
    state = sim.begin("tutorial", 1)
    plan = [
        {"do": "map", "account": "sodam", "person": "ma"},
        {"do": "contract", "account": "sodam"},
    ]
    shown = sim.preview(state, plan, "en")
    assert not shown["ok"]
    assert shown["moves"][0]["text"] == "Sodam Academy: meet Ma Jun-young"
    assert shown["moves"][1]["problem"] == "Terms have to be agreed first."
    assert shown["resources"][0]["left"] == 7


def test_a_template_says_what_it_asks_for():
    for each in sim.legal(sim.begin("tutorial", 1), "en"):
        fields = {field["name"] for field in each["fields"]}
        assert fields <= set(each["move"])
        assert set(to_builtins(each["cost"])) == {"time", "people", "money", "capacity"}


@pytest.mark.parametrize(("number", "said"), [(0, "0 visits"), (1, "1 visit"), (2, "2 visits")])
def test_what_is_counted_takes_its_plural(number, said):
    assert say(WORDS.is_terms, "en", cut=5, visits=number) == f"5% off, {said}"
    assert say(WORDS.is_terms, "ko", cut=5, visits=number) == f"5% 인하, 방문 {number}번"
