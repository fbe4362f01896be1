"""Scenarios and words: sound, in both languages, and every event is one that can happen."""

import re
from pathlib import Path

import msgspec
import pytest
from games import LONG, SCENARIOS

from b2bcourse import simulation as sim
from b2bcourse.facts.statements import statements
from b2bcourse.simulation.scenario import Scenario, problems
from b2bcourse.simulation.voices import missing, voices
from b2bcourse.simulation.words import GameWords, event_words

FOLDER = Path(sim.__file__).parent
CODE = "\n".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))


@pytest.mark.parametrize("name", LONG)
def test_a_territory_has_three_to_five_customers_of_five_to_eight_people_for_twelve_turns_or_more(
    name,
):
    data = sim.scenario(name)
    assert 12 <= data.turns <= 16
    assert 3 <= len(data.accounts) <= 5
    assert all(5 <= len(account.people) <= 8 for account in data.accounts)


def test_the_tutorial_is_three_turns_at_one_customer():
    data = sim.scenario("tutorial")
    assert (data.turns, len(data.accounts)) == (3, 1)


@pytest.mark.parametrize("name", SCENARIOS)
def test_everybody_has_a_name_of_their_own_in_both_languages(name):
    people = [person for account in sim.scenario(name).accounts for person in account.people]
    for lang in ("ko", "en"):
        assert len({person.name[lang] for person in people}) == len(people)


@pytest.mark.parametrize("name", SCENARIOS)
def test_english_holds_no_hangul_and_no_exclamation_stands_anywhere(name):
    def texts(value):
        if isinstance(value, dict):
            if set(value) == {"ko", "en"}:
                yield value
            else:
                for each in value.values():
                    yield from texts(each)
        elif isinstance(value, list | tuple):
            for each in value:
                yield from texts(each)

    for text in texts(msgspec.to_builtins(sim.scenario(name))):
        assert not re.search("[가-힣]", text["en"]), text
        assert "!" not in text["ko"] + text["en"]


def test_a_territory_has_a_customer_that_may_fail_and_it_is_the_first_one_sees():
    for name in LONG:
        first, *rest = sim.scenario(name).accounts
        assert first.hazard[0] >= 50
        assert all(account.hazard[1] < 20 for account in rest)


def test_every_event_is_told_with_a_fact_there_is_and_the_lesson_that_treats_it():
    known = set(statements())
    for name, words in event_words().items():
        assert words.fact in known, name
        assert re.fullmatch(r"0[2-9]-[a-z-]+", words.lesson), name
        assert not re.search("[가-힣]", words.text.en), name


def test_every_event_can_happen_and_every_one_that_happens_has_words():
    said = set(re.findall(r'say\(\s*(?:f?"(\w+)")', CODE))
    quoted = set(re.findall(r'"([a-z_0-9]+)"', CODE))
    prefixed = {f"asked_{each}" for each in ("price", "service", "capacity", "roadmap")}
    prefixed |= {f"probed_{each}" for each in ("price", "service", "performance")}
    prefixed |= {f"refused_{each}" for each in ("buyer", "user")}
    assert set(event_words()) <= quoted | prefixed
    assert {name for name in said if name in quoted} <= set(event_words())


def test_both_languages_of_an_event_have_the_same_places_to_fill_in():
    for name, words in event_words().items():
        places = [
            sorted(set(re.findall(r"\{(\w+)", text))) for text in (words.text.ko, words.text.en)
        ]
        assert places[0] == places[1], name


def broken(change):
    raw = msgspec.to_builtins(sim.scenario("software"))
    change(raw)
    return list(problems(msgspec.convert(raw, Scenario)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw["accounts"][0]["people"][0].update(roles=[["boss"]]), "roles"),
        (lambda raw: raw["accounts"][0]["people"][0].update(fears=["dark"]), "fears"),
        (lambda raw: raw["accounts"][0]["people"][0].update(ear=["nobody"]), "ear"),
        (lambda raw: raw["accounts"][0].update(tests=["audit", "pilot1"]), "tests"),
        (lambda raw: raw["accounts"][0].update(short=["luck"]), "short"),
        (lambda raw: raw["accounts"][1].update(id="baro"), "stands twice"),
        (lambda raw: [p.update(roles=[["user"]]) for p in raw["accounts"][2]["people"]], "decider"),
    ],
)
def test_an_unsound_scenario_says_what_is_wrong(change, said):
    assert any(said in trouble for trouble in broken(change))


def test_no_sentence_is_left_that_nobody_says():
    for name in GameWords.__struct_fields__:
        assert re.search(rf"WORDS\.{name}\b", CODE), name


@pytest.mark.parametrize("name", SCENARIOS)
def test_whoever_may_say_something_has_words_of_their_own_for_it(name):
    assert missing(name) == []


def test_no_two_people_say_the_same_sentence_anywhere():
    said = [text.en for name in SCENARIOS for text in spoken(name)]
    assert len(said) == len(set(said))


def spoken(name):
    """Every sentence of a scenario's voices."""
    for firm in voices(name).values():
        for ways in firm.wishes.values():
            yield from ways
        for voice in firm.people.values():
            yield from (*voice.roles.values(), *voice.fears.values(), voice.warm, voice.cold)
