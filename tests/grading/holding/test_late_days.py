"""Being late costs what the course's settings say, and nothing where they say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from b2bcourse.grading.holding.late import LateDays

DAY = 86_400.0


def penalty(seconds, points=50.0, **settings):
    return LateDays(**settings).late_submission_penalty("ann", points, seconds)


def test_by_default_nothing_is_taken_off():
    assert penalty(30 * DAY) is None


@pytest.mark.parametrize(
    ("seconds", "taken"), [(1, 5.0), (DAY, 5.0), (DAY + 1, 10.0), (3 * DAY, 15.0)]
)
def test_each_day_begun_costs_its_share_of_what_was_earned(seconds, taken):
    assert penalty(seconds, percent_a_day=10) == pytest.approx(taken)


def test_within_the_grace_nothing_is_taken_off_and_days_are_counted_from_its_end():
    assert penalty(2 * DAY, percent_a_day=10, grace_hours=48) is None
    assert penalty(2 * DAY + 1, percent_a_day=10, grace_hours=48) == pytest.approx(5.0)


def test_it_costs_no_more_than_the_most():
    assert penalty(30 * DAY, percent_a_day=10, percent_at_most=40) == pytest.approx(20.0)


def test_nbgraders_own_rule_still_holds_where_a_course_has_set_it():
    assert penalty(1, penalty_method="zero", percent_a_day=10) == 50.0


@pytest.mark.parametrize("bad", [{"percent_a_day": 120}, {"grace_hours": -1}])
def test_what_makes_no_sense_is_refused(bad):
    with pytest.raises(TraitError):
        LateDays(**bad)


@given(
    st.floats(0, 1e7), st.floats(0, 1e3), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100)
)
def test_never_below_nothing_never_above_what_was_earned(late, points, grace, a_day, most):
    taken = penalty(late, points, grace_hours=grace, percent_a_day=a_day, percent_at_most=most)
    assert 0 <= (taken or 0.0) <= points * (1 + 1e-12)
