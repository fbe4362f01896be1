"""A course hands out and collects only through an exchange that somebody named."""

import os

import pytest
import tiny
from held import Course
from nbgrader.apps import NbGraderAPI

from b2bcourse.grading.collect import SafeCollect
from b2bcourse.grading.running import exchange
from b2bcourse.grading.running.late import LateDays

STEPS = ["release_assignment", "collect", "release_feedback"]


@pytest.fixture
def fallback(tmp_path, monkeypatch):
    """The folder that nbgrader falls back on, there and open, as on many a machine."""
    folder = tmp_path / "fallback"
    exchange.make(folder)
    named = (exchange.NamedRelease, exchange.NamedFeedback, exchange.NamedList, SafeCollect)
    for action in named:
        monkeypatch.setitem(action._static_immutable_initial_values, "root", str(folder))
    return folder


@pytest.fixture
def unnamed(new, fallback):
    del new.config.Exchange["root"]
    new.api = NbGraderAPI(config=new.config)
    return new


@pytest.mark.parametrize("step", STEPS)
def test_without_a_name_nothing_goes_through_the_machines_folder(unnamed, fallback, step):
    result = getattr(unnamed.api, step)(unnamed.assignment)
    assert not result["success"]
    assert "No exchange is named for this course" in result["log"]
    assert "정해져 있지 않습니다" in result["log"]
    assert list(fallback.iterdir()) == []


def test_formgrader_is_told_that_there_is_none(unnamed):
    assert unnamed.api.exchange_missing


def test_a_course_that_is_there_already_goes_on(unnamed, fallback):
    (fallback / unnamed.config.CourseDirectory.course_id).mkdir()
    assert NbGraderAPI(config=unnamed.config).release_assignment(unnamed.assignment)["success"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_another_users_course_of_that_name_is_none_of_ours(unnamed, fallback):
    theirs = fallback / unnamed.config.CourseDirectory.course_id
    theirs.mkdir()
    os.chown(theirs, 4242, 4242)
    assert not unnamed.api.release_assignment(unnamed.assignment)["success"]


def test_a_named_one_is_used_and_what_is_made_in_it_is_sound(new):
    new.release()
    assert new.api.collect(new.assignment)["success"]
    home = new.config.CourseDirectory.course_id
    found = exchange.faults(exchange.InForce(new.exchange, None, home), new.root)
    assert [text.en for text in found if str(new.exchange / home) in text.en] == []


def test_being_late_is_reckoned_by_the_kit(new):
    assert new.config.AssignLatePenalties.plugin_class is LateDays


class TestLateWork:
    """Both nbgrader's gradebook and its pages see what was late, and what more time changed."""

    @pytest.fixture(scope="class")
    def course(self, tmp_path_factory, repo):
        from b2bcourse.grading.opening import open_course
        from b2bcourse.grading.running.dates import extend, set_due, when
        from b2bcourse.grading.running.roster import Named, take_in

        course = Course(tmp_path_factory.mktemp("late"), repo)
        course.config.LateDays.percent_a_day = 10
        course.api = NbGraderAPI(config=course.config)
        course.generate()
        opened = open_course(course.root)
        take_in(opened, [Named("bob")])
        set_due(opened, tiny.ASSIGNMENT, when("2026-12-07 12:00+00:00", None))
        extend(opened, tiny.ASSIGNMENT, "bob", when("2026-12-09 12:00+00:00", None))
        for student in ("ann", "bob", "cho"):
            hour = "11" if student == "cho" else "13"
            folder = course.submission(student)
            (folder / "timestamp.txt").write_text(f"2026-12-08 {hour}:00:00 UTC", "utf-8")
        course.ok(course.autograde())
        return course

    def penalties(self, course):
        with course.api.gradebook as gradebook:
            found = gradebook.find_assignment(course.assignment).submissions
            return {each.student_id: each.notebooks[0].late_submission_penalty for each in found}

    def test_each_day_begun_costs_its_share_but_not_whom_more_time_was_given(self, course):
        assert self.penalties(course) == {
            "ann": pytest.approx(3.2),  # 16 points, two days begun
            "bob": None,
            "cho": pytest.approx(1.6),
        }

    def test_an_extension_granted_before_handing_in_stands_in_the_gradebook(self, course):
        with course.api.gradebook as gradebook:
            assert gradebook.find_submission(course.assignment, "bob").extension.days == 2
            assert gradebook.find_submission(course.assignment, "ann").extension is None
