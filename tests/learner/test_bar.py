"""The bar above a lesson: where one is and the way on, from the notebook and the answers."""

import pytest

from b2bcourse.items.response import Try
from b2bcourse.learner.bar import Told, bar, told

CELLS = [
    Told("title", "# A notebook of one's own"),
    Told("s1", "## One"),
    Told("p1", 'b2b.practice("a")', "a"),
    Told("p2", 'b2b.practice("b")', "b"),
    Told("s1-more", "No heading, and so no other part."),
    Told("p3", 'b2b.practice("c")', "c"),
    Told("s2", "## Two\n\nText."),
    Told("s3", "## Three"),
    Told("p4", 'b2b.practice("d")', "d"),
    Told("end", "## The end"),
]


def tries(*fractions):
    return tuple(Try("2026-01-01T00:00:00Z", fraction) for fraction in fractions)


def made(**answers):
    return bar("04-benefit-matrix", CELLS, answers, "en")


def test_each_part_with_exercises_has_a_group_of_marks():
    parts = made().parts
    assert [[one.cell for one in part] for part in parts] == [["p1", "p2", "p3"], ["p4"]]


def test_a_mark_says_right_half_or_not_yet():
    shown = made(a=tries(1.0), b=tries(0.4), c=())
    assert [one.mark for part in shown.parts for one in part] == [
        "right",
        "half",
        "half",
        "not yet",
    ]
    assert shown.told == "3 of 4 answered, 2 to review"


def test_what_was_right_only_after_the_answer_was_seen_is_worth_another_look():
    shown = made(a=(Try("2026-01-01T00:00:00Z", 1.0, helped=True),))
    assert shown.parts[0][0].mark == "half"
    assert shown.told == "1 of 4 answered, 1 to review"


def test_nothing_is_said_of_reviews_where_there_are_none():
    assert told(["right", "not yet"], "ko") == "2문항 중 1개 답함"
    assert told([], "ko") == ""


def test_a_lesson_is_called_by_number_and_name_and_knows_its_neighbours():
    shown = made()
    assert shown.title == "04 The benefit matrix"
    assert shown.back.name == "03-vendor-and-customer.ipynb"
    assert shown.next.name == "05-ten-steps-to-the-offer.ipynb"
    assert shown.next.number == "05"


@pytest.mark.parametrize(
    ("lesson", "back", "on"), [("00-start", False, True), ("10-capstone", True, False)]
)
def test_the_first_and_the_last_lesson_lead_one_way(lesson, back, on):
    shown = bar(lesson, CELLS, {}, "ko")
    assert (shown.back is not None, shown.next is not None) == (back, on)


def test_another_notebook_is_called_as_its_heading_says_and_leads_nowhere():
    shown = bar("a1-process-and-unit", CELLS, {}, "en")
    assert shown.title == "A notebook of one's own"
    assert shown.back is None
    assert shown.next is None
