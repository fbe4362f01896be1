"""The hostile class through `b2bcourse grade`: what `nbgrader autograde` makes of it, and no less."""

import re

import pytest
import tiny
from bulk import address, bulk
from held import Course
from hostile import CASES, FULL
from same import differing, rows, tree

from b2bcourse.grading.troubles import troubles_of


def handed_in(root, repo):
    """Everything that is hostile, handed in and not graded: a pipe cannot be copied."""
    course = Course(root, repo)
    course.generate()
    for name, case in CASES.items():
        case.make(course, name)
    return course


@pytest.fixture(scope="module")
def graded(tmp_path_factory, repo):
    course = handed_in(tmp_path_factory.mktemp("ours"), repo)
    course.run = bulk(course)
    course.troubles = {}
    for trouble, _ in troubles_of(course.root, tiny.ASSIGNMENT):
        course.troubles.setdefault(trouble.student, []).append(trouble)
    return course


def test_one_run_grades_the_whole_class(graded):
    assert graded.run.graded == len(CASES)


@pytest.mark.parametrize("name", CASES)
def test_everyone_gets_the_points_and_the_person_that_the_answers_are_worth(graded, name):
    standing, case = graded.standing(name), CASES[name]
    assert {item: standing[item][0] for item in FULL} == case.points
    assert standing[tiny.ESSAY][0] == case.essay
    assert {cell for cell, (_, waits) in standing.items() if waits} == case.waits


@pytest.mark.parametrize("name", CASES)
def test_what_was_written_stands_before_the_grader_and_what_came_up_is_put_down(graded, name):
    said, found = graded.said(name), graded.troubles.get(name, [])
    assert [text for text in CASES[name].says if text not in said] == []
    assert sorted(t.what for t in found if t.waits) == sorted(CASES[name].troubles)
    assert set(CASES[name].told) <= {t.what for t in found if not t.waits}


@pytest.mark.parametrize("name", CASES)
def test_every_sentence_of_a_trouble_is_in_one_language(graded, name):
    for trouble in graded.troubles.get(name, []):
        for told in (trouble.found, trouble.done, trouble.todo):
            assert foreign(told, trouble) == ""


@pytest.mark.slow
def test_it_is_the_same_as_nbgraders_row_for_row_and_byte_for_byte(graded, tmp_path, repo):
    theirs = handed_in(tmp_path, repo)
    theirs.ok(theirs.autograde())
    assert not differing(rows(address(graded)), rows(address(theirs)))
    packed = {path.parts[-3] for path in graded.root.glob("submitted/*/*/*.zip")}
    for part in ("autograded", "troubles"):
        ours, other = tree(graded.root / part), tree(theirs.root / part)
        apart = {name for name in differing(ours, other) if not packed & _whose(name)}
        assert apart == set()
        # A zip file holds the time at which it was made: these differ before they are graded.
        assert ours.keys() == other.keys()


_NAMES = {"MB", "KB", "JSON", "UTF", "schema"}
"""Words that are the same in Korean: units, and what stands so in the files."""


def foreign(told, trouble):
    """The words of a trouble's sentence that are not its language's; names of files are as is."""
    korean, english = told.ko, told.en
    names = {trouble.file, *trouble.file.split("/"), *FULL} - {""}
    for name in sorted(names, key=len, reverse=True):
        korean, english = korean.replace(name, ""), english.replace(name, "")
    words = re.findall("[A-Za-z]{2,}", korean.replace("responses", ""))
    return " ".join(set(words) - _NAMES) + "".join(re.findall("[가-힣]+", english))


def _whose(name):
    return {part.split(".")[0] for part in name.split("/")}
