"""What comes back when: due before new, another item of the fact first, and only from the tries."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bcourse.context import practice_item
from b2bcourse.facts.lessons import form, gains, lessons
from b2bcourse.facts.reviews import reviews
from b2bcourse.items import agreement, kind_of
from b2bcourse.items.response import REVIEW, Try
from b2bcourse.learner import reviews as module
from b2bcourse.learner.reviews import MOST, next_day, of_today, scheduled

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
FACTS = {"one": ("a1", "a2"), "two": ("b1",), "three": ("c1", "c2", "c3")}
LESSON = {"a1": "01", "a2": "01", "b1": "01", "c1": "02", "c2": "02", "c3": "02"}


def tried(days=0.0, fraction=1.0, *, helped=False, occasion="lesson", sitting=""):
    when = MONDAY + timedelta(days=days)
    return Try(
        when.isoformat(),
        fraction,
        sitting=sitting or when.date().isoformat(),
        occasion=occasion,
        helped=helped,
    )


def comes_back(tries):
    return module.comes_back(("x",), {"x": tries}, UTC)


def at(days):
    return MONDAY + timedelta(days=days)


def asked(tries, days):
    return of_today(scheduled(FACTS, LESSON, tries, at(days)), at(days).date())


def test_what_was_never_tried_does_not_come_back():
    assert scheduled(FACTS, LESSON, {}, MONDAY) == ()
    assert next_day((), MONDAY.date()) is None


def test_what_was_right_comes_back_after_days_and_what_was_wrong_tomorrow():
    found = {one.fact: one.day for one in scheduled(FACTS, LESSON, {"a1": [tried()]}, MONDAY)}
    assert found == {"one": date(2026, 11, 4)}
    assert comes_back([tried(fraction=0.2)]) == date(2026, 11, 3)


def test_each_time_it_is_remembered_it_comes_back_later():
    tries, gaps, days = [tried()], [], 0
    for _ in range(4):
        due = (comes_back(tries) - at(days).date()).days
        gaps.append(due)
        days += due
        tries.append(tried(days, occasion=REVIEW))
    assert gaps == sorted(gaps)
    assert gaps[-1] > 3 * gaps[0]


def test_what_was_right_with_the_answer_in_sight_was_not_remembered():
    helped = [tried(fraction=0.4), tried(0.01, helped=True)]
    assert comes_back(helped) == date(2026, 11, 3)
    assert comes_back([tried(fraction=0.4), tried(0.01)]) < comes_back([tried(), tried(3)])


def test_another_item_of_the_fact_asks_it():
    assert [one.item for one in asked({"a1": [tried()]}, 2)] == ["a2"]
    both = {"a1": [tried()], "a2": [tried(2, occasion=REVIEW)]}
    day = (scheduled(FACTS, LESSON, both, at(2))[0].day - MONDAY.date()).days
    assert [one.item for one in asked(both, day)] == ["a1"]


def test_a_lesson_that_was_not_begun_keeps_its_items():
    lesson = {**LESSON, "a2": "07"}
    found = scheduled(FACTS, lesson, {"a1": [tried()]}, at(5))
    assert [one.item for one in found] == ["a1"]


def test_reviews_go_from_lesson_to_lesson():
    tries = {"a1": [tried()], "b1": [tried()], "c1": [tried(1)]}
    assert [one.lesson for one in asked(tries, 20)] == ["01", "02", "01"]


def test_what_was_reviewed_today_stays_on_the_card_and_takes_its_place():
    before = {"a1": [tried()], "b1": [tried()], "c1": [tried()]}
    after = {**before, "a2": [tried(20, fraction=0.2, occasion=REVIEW)]}
    found = asked(after, 20.1)
    assert (found[0].item, found[0].done, found[0].right) == ("a2", True, False)
    assert len(found) == MOST
    assert len({one.fact for one in found}) == MOST


def test_a_day_is_the_readers_own():
    seoul = timezone(timedelta(hours=9))
    late = Try("2026-11-02T20:00:00+00:00", 1.0, helped=False, sitting="x")  # 5 in the morning
    found = scheduled(FACTS, LESSON, {"b1": [late]}, at(0).astimezone(seoul))
    assert found[0].day == date(2026, 11, 5)


def test_a_time_that_is_none_is_passed_over():
    assert scheduled(FACTS, LESSON, {"b1": [Try("yesterday", 1.0)]}, MONDAY) == ()


moments = st.floats(0, 40, allow_nan=False)
histories = st.dictionaries(
    st.sampled_from(sorted(LESSON)),
    st.lists(
        st.builds(
            tried,
            moments,
            st.sampled_from([0.0, 0.5, 1.0]),
            helped=st.booleans(),
            occasion=st.sampled_from(["lesson", REVIEW]),
        ),
        min_size=1,
        max_size=5,
    ).map(lambda every: sorted(every, key=lambda one: one.time)),
)


@given(histories, moments)
def test_a_card_asks_every_fact_once_and_what_is_due_only(tries, days):
    found = asked(tries, days)
    assert len(found) <= max(MOST, sum(one.done for one in found))
    assert len({one.item for one in found}) == len(found)
    assert len({one.fact for one in found}) == len(found)
    assert all(one.done or one.day <= at(days).date() for one in found)


@given(histories, moments)
def test_what_waits_longest_is_asked_before_what_is_new(tries, days):
    every = scheduled(FACTS, LESSON, tries, at(days))
    due = [one for one in every if not one.done and one.day <= at(days).date()]
    chosen = [one for one in asked(tries, days) if not one.done]
    if chosen and not any(one.done for one in every):
        assert chosen[0] == due[0]


@given(histories, moments)
def test_the_item_that_asked_last_asks_again_only_where_it_is_the_only_one(tries, days):
    for one in asked(tries, days):
        last = max(
            ((each.time, item) for item in FACTS[one.fact] for each in tries.get(item, ())),
        )[1]
        open_ = [
            each
            for each in FACTS[one.fact]
            if any(tries.get(i) for i in LESSON if LESSON[i] == LESSON[each])
        ]
        assert one.done or one.item != last or len(open_) == 1


@given(histories, moments)
def test_nothing_but_the_tries_decides(tries, days):
    """A copy that was moved, or read in another order, asks the same."""
    moved = dict(reversed([(item, list(every)) for item, every in tries.items()]))
    assert scheduled(FACTS, LESSON, moved, at(days)) == scheduled(FACTS, LESSON, tries, at(days))


class TestData:
    def test_every_short_exercise_of_a_lesson_is_a_review_or_named_as_none(self):
        asked = {item for items in reviews().facts.values() for item in items}
        tests = {*form(gains(), "pre"), *form(gains(), "post")}
        tests |= {name for gain in gains() for name in (gain.earlier.pre, gain.earlier.post)}
        wanted = {
            item
            for lesson in lessons()
            for item in lesson.items
            if item not in tests
            and item not in lesson.guesses
            and practice_item(item).rests_on  # of others there is no fact to remember
            and practice_item(item).kind in {"choice", "matching", "ordering", "matrix"}
        }
        assert wanted == asked | set(reviews().left_out)

    @pytest.mark.parametrize("fact", sorted(reviews().facts))
    def test_an_item_asks_the_fact_that_it_rests_on_first(self, fact):
        for name in reviews().facts[fact]:
            item = practice_item(name)
            assert item.rests_on[0] == fact
            assert not agreement.wanted(kind_of(item.kind).key(item)), "held against another answer"
