"""What was gained: the first try of each question, before and after."""

from b2bcourse.facts import Text
from b2bcourse.facts.lessons import Earlier, Gain
from b2bcourse.items.response import Try
from b2bcourse.learner.gain import Sureness, measured


def gain(name, number=1):
    return Gain(
        name,
        Text(f"목표 {name}", f"goal {name}"),
        f"0{number}-lesson",
        (f"{name}1", f"{name}3"),
        (f"{name}2", f"{name}4"),
        Earlier(f"pre-{name}", f"post-{name}"),
    )


GAINS = tuple(gain(name, number) for number, name in enumerate("abc", start=1))


def tried(*fractions, sure=None, skipped=None):
    return tuple(
        Try("2026-11-22T05:00:00+00:00", one, sure=sure, skipped=skipped) for one in fractions
    )


RIGHT, WRONG = tried(1.0), tried(0.0)
BOTH = {
    "a1": WRONG,
    "a3": WRONG,
    "a2": RIGHT,
    "a4": RIGHT,
    "b1": RIGHT,
    "b3": WRONG,
    "b2": WRONG,
    "b4": WRONG,
}


def test_each_objective_counts_its_questions_before_and_after():
    one, other, third = measured(GAINS, BOTH).objectives
    assert (one.pre.right, one.post.right, one.difference) == (0, 2, 200)
    assert (other.pre.share, other.post.share, other.difference) == (0.5, 0, -100)
    assert (third.pre, third.post, third.difference) == (None, None, None)


def test_only_the_first_try_counts():
    found = measured(GAINS, BOTH | {"a1": tried(0.0, 1.0)})
    assert found.objectives[0].pre.right == 0


def test_an_objective_is_taken_only_where_each_of_its_questions_is():
    assert measured(GAINS, {"a1": RIGHT, "a2": RIGHT, "a4": RIGHT}).objectives[0].pre is None


def test_what_was_left_out_is_counted_and_is_not_right():
    found = measured(GAINS, BOTH | {"a2": tried(0.0, skipped=True)})
    assert (found.objectives[0].post.skipped, found.objectives[0].post.right) == (1, 1)


def test_answers_are_counted_by_how_sure_one_was_and_those_left_out_are_none():
    known = BOTH | {
        "a1": tried(0.0, sure=2),
        "a3": tried(1.0, sure=2),
        "b1": tried(1.0, sure=0),
        "b3": tried(0.0, skipped=True),
    }
    assert measured(GAINS, known).sure["pre"] == {2: Sureness(2, 1), 0: Sureness(1, 1)}


def test_it_names_what_one_was_sure_of_and_had_wrong_after_the_course():
    known = BOTH | {"a2": tried(1.0, sure=2), "b2": tried(0.0, sure=2), "b4": tried(0.0, sure=1)}
    assert [one.id for one in measured(GAINS, known).sure_wrong] == ["b"]


def test_the_whole_is_held_against_chance():
    found = measured(GAINS, BOTH)
    assert found.chance == 1  # 2 up and 1 down: any choice of signs lies as far from nothing
    assert not found.is_beyond_chance


def test_much_gained_in_many_objectives_is_beyond_chance():
    many = tuple(gain(name) for name in "abcdefghijkl")
    tries = {f"{one.id}{at}": WRONG if at in "13" else RIGHT for one in many for at in "1234"}
    assert measured(many, tries).is_beyond_chance


EARLIER = {"pre-a": tried(0.5), "post-a": tried(1.0), "pre-b": tried(1.0)}


class TestWithTheTestsAsTheyWere:
    def test_each_objective_has_one_question_that_may_be_partly_right(self):
        found = measured(GAINS, EARLIER)
        assert found.earlier
        assert (found.objectives[0].pre.asked, found.objectives[0].difference) == (1, 50)
        assert found.objectives[1].post is None

    def test_they_are_left_alone_once_todays_are_answered(self):
        found = measured(GAINS, EARLIER | {"a1": RIGHT})
        assert not found.earlier
        assert found.both == ()


def test_without_both_tests_nothing_is_beyond_chance():
    assert measured(GAINS, {}).chance == 1
