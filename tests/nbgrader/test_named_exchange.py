"""A course hands out and collects only through an exchange that somebody named."""

import os

import pytest
from nbgrader.apps import NbGraderAPI

from b2bcourse.grading.collect import SafeCollect
from b2bcourse.grading.holding import exchange
from b2bcourse.grading.holding.late import LateDays

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
