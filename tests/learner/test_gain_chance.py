"""How often chance alone makes a difference: every choice of signs is counted."""

from fractions import Fraction
from itertools import product

import pytest

from b2bcourse.learner.chance import by_chance, is_rare


def counted(differences):
    """The same by writing every choice of signs down."""
    seen = abs(sum(differences))
    sums = [
        sum(sign * one for sign, one in zip(signs, differences, strict=True))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return Fraction(sum(abs(one) >= seen for one in sums), len(sums))


@pytest.mark.parametrize(
    "differences",
    [[], [0, 0], [1], [1, 1, 1, 1], [2, -1, 1, 0], [-2, -2, 1], [2, 1, 1, 0, -1, 2, 1]],
)
def test_it_is_what_counting_every_choice_of_signs_gives(differences):
    assert by_chance(differences) == counted(differences)


def test_nothing_gained_is_always_chance():
    assert by_chance([1, -1]) == by_chance([]) == 1
    assert not is_rare(by_chance([0] * 12))


def test_a_line_alone_is_never_beyond_chance():
    assert not is_rare(by_chance([2] + [0] * 11))
    assert not is_rare(by_chance([1] * 5))
    assert is_rare(by_chance([1] * 6))


def test_a_fall_counts_as_a_rise_does():
    assert by_chance([2, 1, 1]) == by_chance([-2, -1, -1])


def test_twelve_ones_are_two_of_all_choices():
    assert by_chance([1] * 12) == Fraction(2, 2**12)
