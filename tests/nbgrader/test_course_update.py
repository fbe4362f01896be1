"""A key corrected by `course update` in mid-course: the same answer gets the corrected points."""

import sqlite3
from contextlib import closing

import pytest
import tiny
from held import Course

from b2bcourse.grading.carry_out import carry_out
from b2bcourse.grading.update import plan

BEFORE, AFTER = "counts_as: [cfo]", "counts_as: [qa_head]"


@pytest.fixture
def kit(tmp_path):
    return tiny.write_repo(tmp_path / "kit")


@pytest.fixture
def graded(tmp_path, kit):
    """A student gave the model answers and was graded; then the kit corrected one key."""
    course = Course(tmp_path, kit)
    course.generate()
    course.submission("ann")
    course.ok(course.autograde())
    path = kit / "solutions" / "items" / f"{tiny.CELLS}.yaml"
    path.write_text(path.read_text("utf-8").replace(BEFORE, AFTER), "utf-8")
    return course


def kept(course):
    """What belongs to students, and what they were given."""
    folders = ("source", "release", "submitted", "autograded")
    paths = [path for name in folders for path in (course.root / name).rglob("*")]
    paths.append(course.root / "gradebook.db")
    return {path: path.read_bytes() for path in paths if path.is_file()}


def test_the_answer_is_worth_what_the_corrected_key_says(graded, kit):
    assert graded.points("ann")[tiny.CELLS] == tiny.POINTS[tiny.CELLS]
    planned = plan(graded.root, kit)
    before = kept(graded)
    aside = carry_out(planned)
    assert kept(graded) == before
    assert planned.graded_before() == [tiny.ASSIGNMENT]
    graded.ok(graded.autograde())
    points = graded.points("ann")
    assert 0 < points[tiny.CELLS] < tiny.POINTS[tiny.CELLS]
    assert points[tiny.BOTH] == tiny.POINTS[tiny.BOTH]
    assert auto_scores(aside / "gradebook.db") == sum(tiny.POINTS[i] for i in graded.items())
    assert auto_scores(graded.root / "gradebook.db") == sum(filter(None, points.values()))


def test_the_assignment_can_be_generated_again(graded, kit):
    carry_out(plan(graded.root, kit))
    graded.generate()


def auto_scores(book):
    with closing(sqlite3.connect(book)) as connection:
        (total,) = connection.execute("SELECT sum(auto_score) FROM grade").fetchone()
    return total
