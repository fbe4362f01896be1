"""The project's own gate: who has not read the question earns next to nothing."""

import json

import msgspec
import pytest
from typer.testing import CliRunner

from b2bcourse.authoring import testwise
from b2bcourse.authoring.catalogue import guesses, wise_guesses
from b2bcourse.authoring.guessing import (
    BLIND,
    GUESSES,
    ITEM_LIMIT,
    MEAN_LIMIT,
    Guessed,
    guessed,
    means,
)
from b2bcourse.authoring.writing import kinds
from b2bcourse.commands import cli
from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item


@pytest.fixture(scope="module")
def told():
    """What every item of the bank and every graded one yields to each way of guessing."""
    return guesses()


@pytest.fixture(scope="module")
def wise(told):
    """What every test-wise way of guessing earns, in both languages."""
    return wise_guesses(told[0])


def test_no_way_of_guessing_pays_on_any_item(told):
    assert ITEM_LIMIT == 0.25
    paying = {one.item: one.earned for one in told[0] if one.best >= ITEM_LIMIT}
    assert paying == {}


def test_nor_on_average_over_any_assignment(told):
    assert MEAN_LIMIT == 0.15
    paying = {
        (name, how): mean
        for name, by_how in told[1].items()
        for how, mean in by_how.items()
        if name.startswith("a") and how in BLIND and mean >= MEAN_LIMIT
    }
    assert paying == {}


def test_every_way_is_tried_on_every_item(told):
    for one in told[0]:
        assert set(one.earned) == set(GUESSES)
        assert all(0 <= earned <= 1 for earned in one.earned.values())
        assert one.earned["none"] == 0, one.item


@pytest.mark.parametrize("kind", kinds())
def test_a_skeleton_of_every_kind_keeps_the_limit(spoilt, kind):
    found = guessed(load_item(spoilt(kind)))
    if kind == "essay":
        assert found is None
    else:
        assert found.best < ITEM_LIMIT


def test_the_same_seed_makes_the_same_tries(spoilt):
    item = load_item(spoilt("matrix"))
    assert guessed(item, tries=20, seed=4) == guessed(item, tries=20, seed=4)
    assert guessed(item, tries=20, seed=4) != guessed(item, tries=20, seed=5)


def test_a_mean_is_taken_over_items_and_a_group_without_any_has_none():
    one = Guessed("a", dict.fromkeys(GUESSES, 0.1))
    two = Guessed("b", dict.fromkeys(GUESSES, 0.3))
    assert means({"lesson": [one, two], "empty": []}) == {
        "lesson": dict.fromkeys(GUESSES, pytest.approx(0.2))
    }


def test_the_command_tells_the_same_to_machines_and_to_people(told, wise, monkeypatch):
    monkeypatch.setattr("b2bcourse.authoring.catalogue.guesses", lambda: told)
    monkeypatch.setattr("b2bcourse.authoring.catalogue.wise_guesses", lambda _: wise)
    done = CliRunner().invoke(cli.app, ["guess", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "items": {one.item: one.earned for one in told[0]},
        "means": told[1],
        "testwise": msgspec.to_builtins(wise),
    }
    table = CliRunner().invoke(cli.app, ["guess"]).stdout
    ways = testwise.ways()
    for name in (*(one.item for one in told[0]), *told[1], *GUESSES, *ways, *wise["ko"].tests):
        assert name in table


class TestTestwise:
    """Nobody earns by place, length, words or ids: the ways of those who know how tests are made."""

    def test_over_all_single_choices_every_way_lies_within_two_errors_of_chance(self, wise):
        assert testwise.ERRORS == 2
        paying = [(lang, row) for lang, one in wise.items() for row in one.singles if row.pays]
        assert paying == []

    def test_no_way_earns_more_than_15_percent_of_an_assignment(self, wise):
        assert testwise.ASSIGNMENT_LIMIT == 0.15
        paying = {
            (lang, name, way): share
            for lang, one in wise.items()
            for name, earned in one.assignments.items()
            for way, share in earned.items()
            if share > testwise.ASSIGNMENT_LIMIT
        }
        assert paying == {}

    def test_no_way_comes_far_above_chance_in_a_test(self, wise):
        assert testwise.TEST_MARGIN == 0.05
        paying = {
            (lang, name, way): share
            for lang, one in wise.items()
            for name, earned in one.tests.items()
            for way, share in earned.items()
            if share > one.chance[name] + testwise.TEST_MARGIN
        }
        assert paying == {}

    def test_ticking_all_that_sounds_good_earns_little(self, wise):
        for one in wise.values():
            mean = sum(one.several.values()) / len(one.several)
            assert mean < testwise.SEVERAL_LIMIT

    def test_every_assignment_and_both_tests_are_held(self, wise):
        for one in wise.values():
            assert len(one.assignments) == 7
            assert set(one.tests) == {"post", "pre"}
            assert all(set(earned) == set(testwise.ways()) for earned in one.assignments.values())


def question(*options, right=0, several=False):
    """A choice question whose options say this; one of them is right."""
    raw = {
        "schema": 1,
        "id": "made",
        "kind": "choice",
        "several": several,
        "keep_order": not several,
        "title": {"ko": "제목", "en": "Title"},
        "task": {"ko": "고르십시오.", "en": "Choose."},
        "options": [
            {
                "id": f"o{number}",
                "text": text if isinstance(text, dict) else {"ko": text, "en": text},
                "verdict": "right" if number == right else "wrong",
                "reason": {"ko": f"까닭 {number}.", "en": f"Reason {number}."},
            }
            for number, text in enumerate(options)
        ],
        "source": "background",
    }
    return kind_of("choice").load(raw, "made.yaml")


class TestWays:
    """Each way of guessing finds what it looks for."""

    plain = ("red", "green", "blue", "yellow", "brown")

    @pytest.mark.parametrize("right", range(1, 5))
    def test_a_place_hits_where_the_right_option_stands(self, right):
        item = question(*self.plain, right=right)
        for place in range(5):
            earned = testwise.earned_by(item, f"place {place + 1}", "en")
            assert earned == (1.0 if place == right else 0.0)
            struck = testwise.earned_by(item, f"not place {place + 1}", "en")
            assert struck == (0.0 if place == right else 0.25)

    def test_there_is_no_sixth_place_among_five(self):
        assert testwise.earned_by(question(*self.plain, right=2), "place 6", "en") is None

    def test_the_longest_and_the_shortest_are_told_by_letters(self):
        item = question("aaaa", "aaaaa", "aa", "aaa", "bbbb", right=1)
        assert testwise.earned_by(item, "longest", "en") == 1.0
        assert testwise.earned_by(item, "not longest", "en") == 0.0
        assert testwise.earned_by(item, "shortest", "en") == 0.0

    def test_between_options_that_are_alike_one_wavers(self):
        item = question("aaaa", "bbbb", "aa", "aaa", "a", right=1)
        assert testwise.earned_by(item, "longest", "en") == 0.5

    def test_absolute_words_are_struck_out_in_either_language(self):
        item = question(
            {"ko": "언제나 봅니다.", "en": "Always look."},
            {"ko": "봅니다.", "en": "Look around."},
            {"ko": "모두 봅니다.", "en": "See them all."},
            {"ko": "꼭 봅니다.", "en": "They must see."},
            {"ko": "절대 봅니다.", "en": "Never look."},
            right=1,
        )
        for lang in ("ko", "en"):
            assert testwise.earned_by(item, "no absolute word", lang) == 1.0
            assert testwise.earned_by(item, "longest without one", lang) == 1.0

    def test_a_word_counts_in_english_only_where_it_is_whole(self):
        item = question("Shallow", "Small", "Tall", "Ball", "Call them all", right=4)
        assert testwise.earned_by(item, "no absolute word", "en") == 0.0

    def test_the_option_that_takes_most_back_is_the_most_qualified(self):
        item = question("He may often come.", "He may come.", "He comes.", "Come.", "He.", right=1)
        assert testwise.earned_by(item, "most qualified", "en") == 0.0

    def test_all_that_sounds_good_is_ticked_where_several_are_right(self):
        texts = ("Ask.", "Wait.", "Hide it.", "Leave it.", "Refuse.", "Ignore it.")
        item = question(*texts, several=True)
        assert testwise.sounding_good([item], "en") == {"made": 1.0}

    def test_questions_that_are_all_alike_in_form_earn_chance(self):
        items = [question("ab", "cd", "ef", "gh", "ij", right=right) for right in range(1, 5)]
        rows = {row.way: row for row in testwise.table(items, "en")}
        assert rows["longest"].earned == rows["longest"].chance == pytest.approx(0.2)
        assert not rows["longest"].pays

    def test_a_right_option_that_is_always_longest_pays(self):
        items = [question("a", "b", "c", "d", "eee", right=4)] * 10
        rows = {row.way: row for row in testwise.table(items, "en")}
        assert rows["longest"].pays
        assert rows["not longest"].pays
        assert rows["place 5"].pays


def test_of_points_a_way_earns_its_share_and_the_rest_blindly():
    item = question(*TestWays.plain, right=2)
    other = load_item(practice("ma-roles"))
    earned = testwise.of_points(
        {"made": 10, "ma-roles": 30, "st-essay": 60},
        {"made": item, "ma-roles": other, "st-essay": load_item(practice("st-essay"))},
        {"made": 0.2, "ma-roles": 0.1},
        "en",
    )
    assert earned["place 3"] == pytest.approx(0.13)
    assert earned["place 2"] == pytest.approx(0.03)
    assert earned["place 7"] == pytest.approx(0.05)


def practice(name):
    return bank_folder() / f"{name}.yaml"
