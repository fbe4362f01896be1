"""Futures of a plan: as often as the chances say, the same for everyone, asked for by the item."""

import copy
from decimal import Decimal

import pytest

from b2bcourse import render
from b2bcourse.context import bank_folder
from b2bcourse.facts import LANGS
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import read_raw
from b2bcourse.items import ItemError, kind_of, load_item
from b2bcourse.items.allocation.outcomes import FUTURES, futures, given_up, outcomes_of, spread

KIND = kind_of("allocation")
CASH = load_item(bank_folder() / "sel-cash.yaml")
OUTCOMES = outcomes_of(CASH)


def plan(rows):
    return {row: {"take": Decimal(1)} for row in rows}


def made(item="sel-cash", **changes):
    return KIND.load(copy.deepcopy(read_raw(bank_folder() / f"{item}.yaml")) | changes, "made.yaml")


class TestFutures:
    @pytest.mark.parametrize("rows", ["d", "bcf", "df", "abcdef"])
    def test_their_mean_is_the_expected_value(self, rows):
        values = futures(OUTCOMES, plan(rows))
        assert len(values) == FUTURES
        assert sum(values) / FUTURES == spread(OUTCOMES, plan(rows)).expected

    def test_one_chance_comes_true_as_often_as_it_should(self):
        values = futures(OUTCOMES, plan("d"))
        assert (values.count(Decimal(-60)), values.count(Decimal(340))) == (700, 300)

    def test_chances_of_two_rows_fall_apart(self):
        lost = sum(value == -70 for value in futures(OUTCOMES, plan("df")))
        assert 230 < lost < 330  # 0.7 x 0.4 of a thousand

    def test_numbers_that_were_told_to_students_stay(self):
        told = spread(OUTCOMES, plan("df"))
        assert (told.expected, told.low, told.high, told.losses) == (104, -70, 420, 286)

    def test_another_seed_draws_other_futures_with_the_same_mean(self):
        other = outcomes_of(made(outcomes={"chances": ["win"], "seed": 9}))
        assert other != OUTCOMES
        assert spread(other, plan("df")).expected == 104

    def test_what_is_no_chance_is_certain(self):
        raw = read_raw(bank_folder() / "al-reference.yaml")
        del raw["ask"]
        item = KIND.load(raw | {"outcomes": {"chances": ["chance"]}}, "made.yaml")
        values = futures(outcomes_of(item), plan("d"))
        assert set(values) == {Decimal(-8), Decimal(72)}
        assert values.count(Decimal(72)) == 700


class TestGivenUp:
    def test_it_is_the_best_of_what_is_left_out(self):
        rows = [row.id for row in CASH.rows]
        assert given_up(OUTCOMES, rows, plan("bcf")) == ("d", Decimal(60))
        assert given_up(OUTCOMES, rows, plan("d")) == ("f", Decimal(44))

    def test_with_everything_chosen_nothing_is_given_up(self):
        assert given_up(OUTCOMES, "abcdef", plan("abcdef")) is None


class TestShown:
    @pytest.mark.parametrize("lang", LANGS)
    def test_the_page_and_the_text_tell_the_same_numbers(self, lang):
        face = KIND.face(CASH, lang)
        value = {"numbers": {row: {"take": 1} for row in "df"}}
        for shown in (render.html(face, value, None), render.text(face, value, None)):
            for number in ("104", "−70"):
                said = Name(number)
                assert (f"{said:백만원}" if lang == "ko" else number) in shown
            assert "286" in shown  # so many futures lose

    def test_an_empty_plan_has_no_futures(self):
        face = KIND.face(CASH, "en")
        assert "futures drawn" not in render.text(face, KIND.blank(face), None)

    def test_items_that_do_not_ask_have_none(self):
        face = KIND.face(load_item(bank_folder() / "al-visits.yaml"), "en")
        assert face.outcomes is None


class TestAsked:
    @pytest.mark.parametrize(
        ("item", "wanted", "message"),
        [
            ("sel-cash", {"chances": ["gain"]}, "no 'gain'"),
            ("sel-cash", {"chances": []}, "at least one"),
            ("al-portfolio", {"chances": ["win"]}, "'ask'"),
            ("al-schedule", {"chances": ["profit"]}, "form 'numbers'"),
        ],
    )
    def test_what_cannot_be_shown_is_refused(self, item, wanted, message):
        with pytest.raises(ItemError, match=message):
            made(item, outcomes=wanted)
