"""Whose tests hold today's questions, and whose those that were once begun."""

from b2bcourse.context import practice_item
from b2bcourse.facts.lessons import form, gains
from b2bcourse.items.response import Try
from b2bcourse.learner.forms import as_today, goes_on_with_earlier, is_withheld, taken

TRY = (Try("2026-11-22T05:00:00+00:00", 1.0),)
OLD, NEW = form(gains(), "pre", earlier=True), form(gains(), "pre")


def test_a_new_learner_gets_todays_questions():
    assert not goes_on_with_earlier(gains(), {})
    assert not goes_on_with_earlier(gains(), {"mx-cells"})


def test_who_began_with_the_earlier_test_goes_on_with_it():
    assert goes_on_with_earlier(gains(), {OLD[3]})
    assert goes_on_with_earlier(gains(), {form(gains(), "post", earlier=True)[0]})


def test_who_has_answered_one_of_todays_questions_stays_with_them():
    assert not goes_on_with_earlier(gains(), {OLD[0], NEW[0]})


def test_every_earlier_question_can_still_be_shown():
    earlier = [*OLD, *form(gains(), "post", earlier=True)]
    assert len(set(earlier)) == 24
    assert [practice_item(item).id for item in earlier] == earlier


def test_no_earlier_question_is_one_of_todays():
    today = {*form(gains(), "pre"), *form(gains(), "post")}
    assert today.isdisjoint({*OLD, *form(gains(), "post", earlier=True)})


def test_a_test_is_taken_when_each_of_its_questions_is_judged():
    assert taken(NEW, dict.fromkeys(NEW, TRY))
    assert not taken(NEW, dict.fromkeys(NEW[1:], TRY))
    assert not taken(NEW, dict.fromkeys(NEW, ()))


def test_reasons_are_withheld_until_the_last_test_is_taken():
    last = form(gains(), "post")
    for item in (NEW[0], last[0]):
        assert is_withheld(gains(), item, dict.fromkeys(last[1:], TRY))
        assert not is_withheld(gains(), item, dict.fromkeys(last, TRY))
    assert not is_withheld(gains(), "mx-cells", {})
    assert not is_withheld(gains(), OLD[0], {})


def test_an_earlier_test_counts_as_taken_where_only_that_is_asked():
    assert taken(NEW, as_today(gains(), dict.fromkeys(OLD, TRY)))
    assert not taken(NEW, as_today(gains(), {NEW[0]: TRY}))
