"""What was late, and what more time changed: alike in nbgrader's grading and in the kit's own."""

import datetime as dt

import pytest
import tiny
from held import Course
from nbgrader.api import Gradebook

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.run import grade
from b2bcourse.grading.feedback.writing import refuse_open_key
from b2bcourse.grading.holding.dates import extend, set_due, when
from b2bcourse.grading.holding.roster import Named, take_in
from b2bcourse.grading.opening import open_course


@pytest.fixture(scope="module", params=["nbgrader", "b2bcourse"])
def course(request, tmp_path_factory, repo):
    """Three students, all late; one of them had been given more time before handing in."""
    course = Course(tmp_path_factory.mktemp("late"), repo)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.LateDays.percent_a_day = 10\n")
    course.config.LateDays.percent_a_day = 10
    course.generate()
    opened = open_course(course.root)
    take_in(opened, [Named("bob")])
    set_due(opened, tiny.ASSIGNMENT, when("2026-12-07 12:00+00:00", None))
    extend(opened, tiny.ASSIGNMENT, "bob", when("2026-12-09 12:00+00:00", None))
    for student in ("ann", "bob", "cho"):
        hour = "11" if student == "cho" else "13"
        folder = course.submission(student)
        (folder / "timestamp.txt").write_text(f"2026-12-08 {hour}:00:00 UTC", "utf-8")

    def again():
        if request.param == "nbgrader":
            course.ok(course.api.autograde(course.assignment, "*", force=True))
        else:
            grade(course.root, course.assignment, force=True)

    again()
    course.again = again
    return course


def handed_in(course):
    with Gradebook(open_course(course.root).directory.db_url) as gradebook:
        found = gradebook.find_assignment(course.assignment).submissions
        return {
            each.student_id: (each.notebooks[0].late_submission_penalty or 0.0, each.extension)
            for each in found
        }


def test_each_day_begun_costs_its_share_but_not_whom_more_time_was_given(course):
    assert {who: penalty for who, (penalty, _) in handed_in(course).items()} == {
        "ann": pytest.approx(3.2),  # 16 points, two days begun
        "bob": 0.0,
        "cho": pytest.approx(1.6),
    }


def test_an_extension_granted_before_handing_in_stands_in_the_gradebook(course):
    more = {who: extension for who, (_, extension) in handed_in(course).items()}
    assert more == {"ann": None, "bob": dt.timedelta(days=2), "cho": None}


def test_a_later_one_holds_from_the_next_grading_on(course):
    extend(open_course(course.root), tiny.ASSIGNMENT, "cho", when("2026-12-08 12:00+00:00", None))
    course.again()
    assert handed_in(course)["cho"] == (0.0, dt.timedelta(days=1))


def test_the_key_stays_closed_while_somebody_who_has_not_handed_in_has_more_time(course):
    opened = open_course(course.root)
    take_in(opened, [Named("dan")])
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    set_due(opened, tiny.ASSIGNMENT, now - dt.timedelta(hours=1))
    for student in ("bob", "cho"):
        extend(opened, tiny.ASSIGNMENT, student, None)
    refuse_open_key(opened, tiny.ASSIGNMENT)
    extend(opened, tiny.ASSIGNMENT, "dan", now + dt.timedelta(days=1))
    with pytest.raises(GradingError, match="yes-before-due"):
        refuse_open_key(opened, tiny.ASSIGNMENT)
