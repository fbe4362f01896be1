"""How points come about: the sum that a student can follow gives the points that were given."""

import re

import pytest
from practice_bank import PRACTICE

from b2bcourse.facts import LANGS
from b2bcourse.items import agreement, kind_of
from b2bcourse.items.judging import judge
from b2bcourse.items.kind import Reckoned
from b2bcourse.items.reckoning import above_chance, factor, number, said_below

BANK = {name: item for name, item in PRACTICE.items() if item.kind != "essay"}
WORDS_BEFORE = re.compile(r"^(\d+줄 평균|Mean of \d+ rows) ")
SUM = re.compile(r"[\d.()+\-*/ ]+")


def worth(formula: str) -> float:
    """A sum as a reader reckons it."""
    plain = WORDS_BEFORE.sub("", formula).replace("×", "*").replace("÷", "/").replace("−", "-")
    assert SUM.fullmatch(plain), formula
    return float(eval(plain))


def one_of_each() -> list[str]:
    """An item of every kind and form."""
    found = {(item.kind, getattr(item, "form", "")): name for name, item in BANK.items()}
    held = next(n for n, item in BANK.items() if agreement.wanted(kind_of(item.kind).key(item)))
    return sorted({*found.values(), held})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", one_of_each())
def test_the_sum_gives_the_fraction_of_every_sample(name, lang):
    item = BANK[name]
    kind = kind_of(item.kind)
    face, key = kind.face(item, lang), kind.key(item)
    for sample in kind.samples(item):
        outcome = judge(kind, face, key, sample.value)
        told = kind.reckon(face, key, outcome, sample.value)
        assert worth(told.formula) == pytest.approx(outcome.fraction, abs=0.002), sample.name
        assert "{" not in told.said + told.rule + told.formula
        points = (
            worth(f"{factor(told.formula).rpartition(' 평균 ')[2].rpartition(' rows ')[2]}") * 7
        )
        assert points == pytest.approx(7 * outcome.fraction, abs=0.02)


def test_every_kind_but_the_essay_can_say_it():
    silent = {item.kind for item in BANK.values() if not isinstance(kind_of(item.kind), Reckoned)}
    assert silent == set()


@pytest.mark.parametrize("name", [n for n, item in BANK.items() if item.kind == "matching"][:6])
def test_of_a_card_that_lies_nowhere_it_is_not_told_whether_it_is_missing(name):
    """Else a student would know which cards belong nowhere."""
    item = BANK[name]
    kind = kind_of(item.kind)
    face, key = kind.face(item, "ko"), kind.key(item)
    value = kind.blank(face)
    outcome = judge(kind, face, key, value)
    assert kind.reckon(face, key, outcome, value).missing == {}


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("0.2 × 0.9 + 0.1", "(0.2 × 0.9 + 0.1)"),
        ("(3 − 1) ÷ 4", "(3 − 1) ÷ 4"),
        ("8줄 평균 0.5", "8줄 평균 0.5"),
        (
            "0.7 × ((0.5 − 0.1) ÷ (1 − 0.1)) + 0.3 × 0",
            "(0.7 × ((0.5 − 0.1) ÷ (1 − 0.1)) + 0.3 × 0)",
        ),
    ],
)
def test_a_sum_stands_in_brackets_before_the_points_where_it_must(formula, shown):
    assert factor(formula) == shown


def test_numbers_have_three_decimals_at_most_and_no_minus_before_nothing():
    assert [number(n) for n in (0.72949, 2.0, 0.0, -0.0001, -0.25)] == [
        *("0.729", "2", "0", "0", "−0.25"),
    ]


def test_what_guessing_earns_is_taken_off_only_where_something_is_left():
    assert above_chance(0.1, 0.2) == "0"
    assert above_chance(1.0, 0.2) == "1"
    assert above_chance(0.6, 0.0) == "0.6"
    assert above_chance(0.6, 0.2) == "(0.6 − 0.2) ÷ (1 − 0.2)"


@pytest.mark.parametrize("lang", LANGS)
def test_who_earned_no_more_than_guessing_does_is_told_so(lang):
    assert "0.5" in said_below(0.5, 0.5, lang)
    assert said_below(0.6, 0.5, lang) == ""
    assert said_below(0.0, 0.5, lang) == ""
    assert said_below(-0.1, 0.0, lang) == ""


def test_a_matching_with_right_cards_and_no_points_says_why():
    kind = kind_of("matching")
    told = []
    for item in (each for each in BANK.values() if each.kind == "matching"):
        face, key = kind.face(item, "en"), kind.key(item)
        whole = kind.model_answer(face, key)
        one = whole | {"places": dict(list(whole["places"].items())[:1])}
        outcome = judge(kind, face, key, one)
        if outcome.fraction == 0:
            told.append(kind.reckon(face, key, outcome, one).said)
    assert told
    assert all("no more than guessing earns" in said for said in told)
