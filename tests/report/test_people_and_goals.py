"""Who needs help and why, who has stopped, and which objectives need another hour."""

import datetime as dt
from dataclasses import replace

import pytest
from classes import NOW, a_class, exercise, in_points, scored, told, utc

from b2bcourse.report.goals import goals
from b2bcourse.report.people import needing_help, still_to_come, stopped
from b2bcourse.report.seen import Answer, Pupil, Trace


def with_answer(seen, name, exercise_number, answer):
    item = seen.exercises[exercise_number - 1].id
    pupils = tuple(
        replace(p, answers={**p.answers, item: answer}) if p.id == name else p for p in seen.pupils
    )
    return replace(seen, pupils=pupils)


def changed(seen, name, **changes):
    pupils = tuple(replace(p, **changes) if p.id == name else p for p in seen.pupils)
    return replace(seen, pupils=pupils)


FINE = [[8, 8, 8]] * 5


def test_under_two_fifths_of_the_points_needs_help_and_the_costliest_come_first():
    (one,) = needing_help(in_points([*FINE, [5, 1, 3]]))
    assert (one.pupil.id, one.points, one.reason) == ("s06", 9.0, "low")
    assert [weak.exercise.number for weak in one.weak] == [2, 3]


def test_two_fifths_are_enough():
    assert needing_help(in_points([*FINE, [4, 4, 4]])) == []


def test_what_cannot_be_read_comes_before_all_else():
    seen = with_answer(in_points(FINE), "s02", 3, Answer("unread", None, True))
    (one,) = needing_help(seen)
    assert (one.reason, one.unread.number, one.whole, one.points) == ("unread", 3, False, 16.0)


def test_who_answered_little_is_told_apart_from_who_answered_wrongly():
    seen = in_points([*FINE, [0, 0, 3]])
    for number in (1, 2):
        seen = with_answer(seen, "s06", number, Answer("blank", 0.0))
    (one,) = needing_help(seen)
    assert (one.reason, one.blank) == ("blank", 2)


@pytest.mark.parametrize(("before", "names"), [(0.85, []), (1.0, ["s01"]), (None, [])])
def test_who_fell_by_a_quarter_needs_help(before, names):
    seen = changed(in_points([[7, 7, 7], *FINE]), "s01", before=before)
    assert [one.pupil.id for one in needing_help(seen)] == names


def absent(name, trace=None):
    return Pupil(name, name, handed_in=False, trace=trace)


def test_who_handed_nothing_in_has_stopped_when_it_is_due():
    old = Trace(utc(2026, 11, 3), "a1")
    seen = in_points(FINE)
    seen = replace(seen, pupils=(*seen.pupils, absent("x", old), absent("y")))
    late = replace(seen, due=NOW - dt.timedelta(days=1))
    assert [pupil.id for pupil in stopped(late)] == ["y", "x"]
    early = replace(seen, due=NOW + dt.timedelta(days=1))
    assert stopped(early) == []
    assert still_to_come(early) == 2


def test_without_a_due_date_half_of_the_class_tells():
    seen = in_points([[5, 5, 5]])
    assert stopped(replace(seen, pupils=(*seen.pupils, absent("x"), absent("y")))) == []
    assert len(stopped(replace(seen, pupils=(*seen.pupils, absent("x"))))) == 1


# ---------------------------------------------------------------- objectives


NEAREST = {
    "matrix-two-marks": "mx.o3",
    "matrix-both": "mx.o5",
    "steps-orders": "주문의 유형",
    "value-turn": "여섯 단계를 순서대로",
    "choosing-groups": "고객 후보를 나누고",
}


@pytest.mark.parametrize("item", NEAREST)
def test_an_exercise_counts_for_the_objective_whose_practice_is_nearest(graded_keys, item):
    from b2bcourse.facts.lessons import lessons

    one = exercise(graded_keys["ko"], 1, item)
    (goal,) = goals(a_class([one], {"s": {one.id: told(2.0)}}))
    wanted = [o.text.ko for lesson in lessons() for o in lesson.objectives if o.id == NEAREST[item]]
    assert goal.text in wanted if wanted else NEAREST[item] in goal.text


def test_a_third_of_the_class_below_half_needs_another_hour(graded_keys):
    one = exercise(graded_keys["ko"], 1, "matrix-both")
    points = [2.0] * 4 + [9.0] * 8

    def goal(points):
        answers = {f"s{n}": {one.id: told(each)} for n, each in enumerate(points)}
        return goals(a_class([one], answers))[0]

    found = goal(points)
    assert (found.below, found.students, found.lesson, found.needs_an_hour) == (4, 12, "04", True)
    assert not goal([2.0] * 3 + [9.0] * 9).needs_an_hour


def test_what_nobody_has_points_in_is_no_objective(graded_keys):
    one = exercise(graded_keys["ko"], 1, "matrix-both")
    assert goals(a_class([one], {"s": {one.id: Answer("unread", None, True)}})) == []


def test_a_game_names_no_lesson_and_counts_for_none(graded_keys):
    one = exercise(graded_keys["ko"], 1, "capstone-simulation")
    answer = scored(one, one.question.kind.blank(one.question.face))
    assert goals(a_class([one], {"s": {one.id: answer}})) == []
