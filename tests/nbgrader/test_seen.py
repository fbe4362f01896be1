"""What waits is let go by a score or by «seen», and does not wait again in the next run."""

import json

import pytest
import tiny
from held import Course, write_essay
from hostile import CASES, ESSAY
from typer.testing import CliRunner

from b2bcourse.commands.cli import app
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.seen import mark_seen
from b2bcourse.grading.troubles import troubles_of, waiting

NAMES = ("not-json", "below-markdown", "two-answers", "foreign-notebook", "renamed", "zoe")


@pytest.fixture
def course(tmp_path, repo):
    course = Course(tmp_path, repo)
    course.generate()
    for name in NAMES:
        CASES[name].make(course, name)
    course.ok(course.autograde())
    return course


def run(course, *words):
    done = CliRunner().invoke(app, [*words, "--course", str(course.root)])
    assert done.exit_code == 0, done.output
    return done.output


def grade_again(course):
    course.ok(course.api.autograde(course.assignment, "*", force=True))


def test_an_unread_answer_that_was_looked_at_is_nothing_and_waits_no_longer(course):
    run(course, "seen", course.assignment, "not-json", tiny.CELLS)
    assert course.standing("not-json")[tiny.CELLS] == (0.0, False)
    grade_again(course)
    assert course.standing("not-json")[tiny.CELLS] == (0.0, False)


def test_points_with_something_to_look_at_stay(course):
    assert course.standing("two-answers")[tiny.CELLS] == (10.0, True)
    run(course, "seen", course.assignment, "two-answers", tiny.CELLS)
    assert course.standing("two-answers")[tiny.CELLS] == (10.0, False)
    grade_again(course)
    assert course.standing("two-answers")[tiny.CELLS] == (10.0, False)


def test_an_essay_waits_for_points_all_the_same(course):
    said = run(course, "seen", course.assignment, "below-markdown")
    assert f"b2bcourse essays {course.assignment}" in said
    assert course.standing("below-markdown")[tiny.ESSAY] == (None, True)
    assert waiting(course.root, course.assignment, "below-markdown") == []


def test_another_file_under_the_same_name_waits_again(course):
    run(course, "seen", course.assignment, "not-json")
    path = course.folder("submitted", "not-json") / "responses" / f"{tiny.CELLS}.json"
    path.write_text("{{", "utf-8")
    grade_again(course)
    assert course.standing("not-json")[tiny.CELLS] == (None, True)


def test_only_what_was_chosen_is_seen(course):
    opened = open_course(course.root)
    path = course.folder("submitted", "not-json") / "other.ipynb"
    path.write_text('{"cells": [{"cell_type": "markdown", "source": "x"}]}', "utf-8")
    grade_again(course)
    first, second = waiting(course.root, course.assignment, "not-json")
    marked, _ = mark_seen(opened, course.assignment, "not-json", "t", [first])
    assert marked == [first]
    assert waiting(course.root, course.assignment, "not-json") == [second]


def test_what_was_put_right_by_itself_waits_for_nobody(course):
    assert waiting(course.root, course.assignment, "renamed") == []
    assert [
        t.waits for t, _ in troubles_of(course.root, course.assignment) if t.student == "renamed"
    ] == [False]


def test_the_table_names_who_what_and_what_to_do(course):
    said = run(course, "troubles", course.assignment)
    for student in ("not-json", "two-answers", "renamed"):
        assert student in said
    assert "zoe" not in said
    assert "할 일 없음" in said
    assert "보관:" in said
    assert max(map(len, said.splitlines())) <= 100
    run(course, "seen", course.assignment, "not-json")
    assert "보았음" in run(course, "troubles", course.assignment)


def test_an_unknown_item_is_told_with_those_that_wait(course):
    done = CliRunner().invoke(
        app, ["seen", course.assignment, "not-json", "nothing", "--course", str(course.root)]
    )
    assert done.exit_code == 1
    assert tiny.CELLS in done.output


def test_of_who_has_nothing_that_is_said(course):
    assert "zoe" in run(course, "seen", course.assignment, "zoe")


def test_a_new_submission_clears_what_the_old_one_had(course):
    folder = course.folder("submitted", "foreign-notebook")
    (folder / "other.ipynb").unlink()
    grade_again(course)
    assert waiting(course.root, course.assignment, "foreign-notebook") == []


def test_a_log_of_nbgraders_ends_with_what_waits(course):
    result = course.api.autograde(course.assignment, "*", force=True)
    assert f"b2bcourse troubles {course.assignment}" in result["log"]
    assert "not-json:" in result["log"]


def test_a_second_run_keeps_one_copy_aside(course):
    kept = course.root / "troubles" / course.assignment / "not-json.kept"
    before = sorted(path.name for path in kept.rglob("*"))
    grade_again(course)
    assert sorted(path.name for path in kept.rglob("*")) == before


def test_a_student_without_troubles_has_no_file(course):
    write_essay(course.submission("amy"), ESSAY)
    course.ok(course.autograde())
    assert not (course.root / "troubles" / course.assignment / "amy.json").exists()
    found = course.root / "troubles" / course.assignment / "not-json.json"
    assert json.loads(found.read_text("utf-8"))["schema"] == 1
