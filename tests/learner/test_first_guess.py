"""A first guess is opened at the end of its lesson, and not before."""

import pytest

from b2bcourse.facts.lessons import lessons
from b2bcourse.learner.guessing import is_early

GUESSES = [(lesson, guess) for lesson in lessons() for guess in lesson.guesses]


@pytest.mark.parametrize(("lesson", "guess"), GUESSES, ids=lambda one: getattr(one, "id", one))
def test_each_guess_waits_for_the_last_sitting_and_can_be_opened(lesson, guess):
    first = set(lesson.sittings[0].items) - set(lesson.sittings[-1].items)
    assert is_early(lessons(), guess, first | {guess})
    for item in lesson.sittings[-1].items:
        assert not is_early(lessons(), guess, {item})


def test_what_asks_for_no_guess_is_never_early():
    assert not is_early(lessons(), "mx-cells", ())
