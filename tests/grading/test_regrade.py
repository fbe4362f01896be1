"""What grading again does to a grade that stands."""

import pytest

from b2bcourse.grading.moved import By, move_of, why_moved
from b2bcourse.grading.regrade import has_moved, regraded
from b2bcourse.grading.standing import Standing, settle


@pytest.mark.parametrize(
    ("before", "auto", "same", "waits"),
    [
        (Standing(None, waits=True), None, False, True),
        (Standing(None, waits=True), 3.0, False, False),
        (Standing(3.0, waits=False), 4.0, True, False),
        (Standing(None, waits=False, manual=5.0), None, True, False),
        (Standing(None, waits=False, manual=5.0), None, False, True),
        (Standing(None, waits=True, manual=5.0), None, True, True),
        (Standing(3.0, waits=False, manual=5.0), 3.0, True, False),
        (Standing(3.0, waits=False, manual=5.0), 4.0, True, True),
        (Standing(None, waits=False, manual=5.0), 0.0, True, True),
    ],
)
def test_a_person_is_asked_again_only_where_there_is_something_new(before, auto, same, waits):
    after = regraded(before, auto, same=same)
    assert after == Standing(auto, waits, before.manual)


def test_points_that_a_database_has_rounded_have_not_moved():
    assert not has_moved(0.1 + 0.2, 0.3)
    assert has_moved(None, 0.0)
    assert not has_moved(None, None)


class TestSettled:
    def test_trouble_of_the_instructors_leaves_what_stood(self):
        before = Standing(7.0, waits=False)
        now = Standing(0.0, waits=False)
        assert settle(before, now, stopped=True, waiting=False, unseen=False) == before

    def test_where_nothing_stood_a_person_waits(self):
        nothing = Standing(None, waits=True)
        now = Standing(0.0, waits=False)
        assert settle(nothing, now, stopped=True, waiting=False, unseen=False) == nothing

    def test_a_score_by_hand_clears_what_nobody_ticked(self):
        graded = Standing(5.0, waits=False, manual=6.0)
        assert not settle(graded, graded, stopped=False, waiting=False, unseen=True).waits

    def test_what_nobody_has_seen_waits(self):
        now = Standing(5.0, waits=False)
        assert settle(now, now, stopped=False, waiting=False, unseen=True).waits


class TestMoves:
    def test_a_move_has_both_points(self):
        move = move_of("u", "i", Standing(3.0, waits=False), Standing(4.0, waits=False), "key")
        assert (move.before, move.after, move.why) == (3.0, 4.0, "key")

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (Standing(3.0, waits=False), Standing(3.0, waits=False)),
            (Standing(None, waits=True), Standing(3.0, waits=False)),
            (Standing(3.0, waits=False), Standing(None, waits=True)),
            (Standing(3.0, waits=False, manual=5.0), Standing(4.0, waits=True, manual=5.0)),
        ],
    )
    def test_where_no_points_that_counted_have_changed_there_is_none(self, before, after):
        assert move_of("u", "i", before, after, "key") is None

    @pytest.mark.parametrize(
        ("before", "again", "why"),
        [
            (By("old", "x"), False, "key"),
            (By("old", "x"), True, "both"),
            (By("new", "x"), True, "answer"),
            (By("new", "x"), False, "rules"),
            (By(), True, "unknown"),
        ],
    )
    def test_the_reason_is_what_had_changed(self, before, again, why):
        assert why_moved(before, By("new", "y"), again=again) == why
