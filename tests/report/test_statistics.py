"""The report's statistics, against published data sets with published results."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from b2bcourse.report.statistics import (
    Estimate,
    Reliability,
    correlation,
    discrimination,
    feldt,
    is_doubtful,
    reliability,
    said_of,
    spread,
)

# Chatterjee and Price (1977), Regression Analysis by Example: a survey of clerks in 30 departments,
# 7 questions; R has it as `attitude`.
# fmt: off
ATTITUDE = np.array([
    [43, 51, 30, 39, 61, 92, 45], [63, 64, 51, 54, 63, 73, 47], [71, 70, 68, 69, 76, 86, 48],
    [61, 63, 45, 47, 54, 84, 35], [81, 78, 56, 66, 71, 83, 47], [43, 55, 49, 44, 54, 49, 34],
    [58, 67, 42, 56, 66, 68, 35], [71, 75, 50, 55, 70, 66, 41], [72, 82, 72, 67, 71, 83, 31],
    [67, 61, 45, 47, 62, 80, 41], [64, 53, 53, 58, 58, 67, 34], [67, 60, 47, 39, 59, 74, 41],
    [69, 62, 57, 42, 55, 63, 25], [68, 83, 83, 45, 59, 77, 35], [77, 77, 54, 72, 79, 77, 46],
    [81, 90, 50, 72, 60, 54, 36], [74, 85, 64, 69, 79, 79, 63], [65, 60, 65, 75, 55, 80, 60],
    [65, 70, 46, 57, 75, 85, 46], [50, 58, 68, 54, 64, 78, 52], [50, 40, 33, 34, 43, 64, 33],
    [64, 61, 52, 62, 66, 80, 41], [53, 66, 52, 50, 63, 80, 37], [40, 37, 42, 58, 50, 57, 49],
    [63, 54, 42, 48, 66, 75, 33], [66, 77, 66, 63, 88, 76, 72], [78, 75, 58, 74, 80, 78, 49],
    [48, 57, 44, 45, 51, 83, 38], [85, 85, 71, 71, 77, 74, 55], [82, 82, 39, 59, 64, 78, 39],
], dtype=float)
# fmt: on


def test_alpha_of_the_attitude_survey_is_what_revelle_prints():
    """psych (Revelle), ?alpha: raw alpha 0.84."""
    found = reliability(ATTITUDE)
    assert found.alpha.value == pytest.approx(0.84, abs=0.005)


def test_corrected_item_total_correlations_of_the_attitude_survey_are_what_revelle_prints():
    """psych (Revelle), ?alpha, column r.drop."""
    printed = [0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46]
    found = [each.value for each in discrimination(ATTITUDE)]
    assert found == pytest.approx(printed, abs=0.005)


def test_feldts_interval_is_what_bonett_prints():
    """statpsych (Bonett), ?ci.cronbach: alpha 0.85, 7 items, 89 people; it takes n for n - 1 once."""
    found = feldt(0.85, 89, 7)
    assert (found.low, found.high) == pytest.approx((0.7971254, 0.8931436), abs=1e-4)


def test_feldts_interval_is_what_evans_prints():
    """Evans, MRC CBU statistics wiki: alpha 0.913, 873 people, 20 items."""
    found = feldt(0.913, 873, 20)
    assert (found.low, found.high) == pytest.approx((0.9044024, 0.9211588), abs=1e-6)


def test_a_correlation_has_fishers_interval():
    """Zar (1999), example 19.1: wing and tail of 12 birds, r 0.870; Fisher's 0.59 to 0.96."""
    wing = np.array([10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4])
    tail = np.array([7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3])
    found = correlation(wing, tail)
    assert found.value == pytest.approx(0.870, abs=0.0005)
    assert (found.low, found.high) == pytest.approx((0.59, 0.96), abs=0.005)


@given(arrays(float, (12, 5), elements=st.floats(0, 20, width=16)), st.floats(0.5, 4))
def test_numbers_do_not_depend_on_how_many_points_a_thing_is_worth(points, factor):
    once, again = reliability(points), reliability(points * factor)
    assert (once is None) == (again is None)
    if once:
        assert again.alpha.value == pytest.approx(once.alpha.value, rel=1e-6, abs=1e-6)
        assert again.error == pytest.approx(once.error * factor, rel=1e-6, abs=1e-4)


@given(arrays(float, (9, 4), elements=st.floats(0, 10, width=16)))
def test_an_estimate_lies_in_its_interval(points):
    found = reliability(points)
    estimates = [*discrimination(points), found.alpha if found else None]
    for each in filter(None, estimates):
        assert each.low - 1e-9 <= each.value <= each.high + 1e-9


def test_nothing_goes_with_what_is_the_same_for_all():
    points = np.column_stack([np.full(12, 5.0), np.arange(12.0), np.arange(12.0) ** 2])
    first, *others = discrimination(points)
    assert first is None
    assert all(others)
    assert reliability(np.full((12, 4), 3.0)) is None


def test_two_items_have_no_alpha():
    assert reliability(ATTITUDE[:, :2]) is None


@pytest.mark.parametrize(
    ("students", "size"), [(0, "small"), (9, "small"), (10, "hint"), (19, "hint"), (20, "enough")]
)
def test_a_small_class_is_not_measured(students, size):
    assert said_of(students) == size


def test_an_item_that_goes_with_nothing_or_against_the_others_is_looked_at():
    assert is_doubtful(Estimate(0.08, -0.3, 0.44))
    assert is_doubtful(Estimate(-0.2, -0.5, 0.15))
    assert not is_doubtful(Estimate(0.25, -0.1, 0.55))
    assert is_doubtful(Estimate(-0.5, -0.7, -0.1))
    assert not is_doubtful(None)


@pytest.mark.parametrize(
    ("alpha", "low", "worth"),
    [(0.9, 0.81, "ranks"), (0.85, 0.7, "finds"), (0.7, 0.5, "finds"), (0.6, 0.3, "practises")],
)
def test_alpha_is_told_by_what_it_is_good_for(alpha, low, worth):
    assert Reliability(Estimate(alpha, low, 0.95), 3.0).worth == worth


def test_the_middle_of_some_points():
    found = spread([1.0, 2.0, 3.0, 4.0, 10.0])
    assert (found.mean, found.median, found.low, found.high) == (4.0, 3.0, 2.0, 4.0)
    with pytest.raises(ValueError, match="no numbers"):
        spread([])
