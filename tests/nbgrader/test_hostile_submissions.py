"""Submissions that are broken, tampered with or meant to harm: graded, and nobody else is touched.

All of them lie in one course and are graded in one run, as in a class.
"""

import json
import re

import pytest
import tiny
from held import Course, write_essay
from hostile import CASES, ESSAY, FULL, NOT_READ, NOT_UNDERSTOOD

from b2bcourse.grading.troubles import troubles_of


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory, repo):
    course = Course(tmp_path_factory.mktemp("class"), repo)
    course.generate()
    for name, case in CASES.items():
        case.make(course, name)
    course.result = course.autograde()
    course.feedback()
    course.standings = {name: course.standing(name) for name in CASES}
    course.troubles = {}
    for trouble, _ in troubles_of(course.root, tiny.ASSIGNMENT):
        course.troubles.setdefault(trouble.student, []).append(trouble)
    return course


def test_one_run_grades_the_whole_class(graded_class):
    graded_class.ok(graded_class.result)


@pytest.mark.parametrize("name", CASES)
def test_everyone_gets_what_the_answers_are_worth(graded_class, name):
    standing = graded_class.standings[name]
    case = CASES[name]
    assert {item: standing[item][0] for item in FULL} == case.points
    assert standing[tiny.ESSAY][0] == case.essay


@pytest.mark.parametrize("name", CASES)
def test_a_person_is_called_to_what_may_hold_an_answer_and_to_nothing_else(graded_class, name):
    waits = {cell for cell, (_, waiting) in graded_class.standings[name].items() if waiting}
    assert waits == CASES[name].waits


@pytest.mark.parametrize("name", CASES)
def test_what_was_written_stands_before_the_grader(graded_class, name):
    said = graded_class.said(name)
    assert [text for text in CASES[name].says if text not in said] == []


@pytest.mark.parametrize("name", CASES)
def test_troubles_are_put_down(graded_class, name):
    found = graded_class.troubles.get(name, [])
    assert sorted(t.what for t in found if t.waits) == sorted(CASES[name].troubles)
    assert set(CASES[name].told) <= {t.what for t in found if not t.waits}


@pytest.mark.parametrize("name", CASES)
def test_what_waits_is_named_on_the_page_and_kept_aside(graded_class, name):
    folder = graded_class.folder("submitted", name)
    for trouble in graded_class.troubles.get(name, []):
        if trouble.waits and trouble.what != "refused":
            assert trouble.found.ko in re.sub("</?span>", "", graded_class.said(name))
            path = folder / trouble.file
            if path.is_file() and path.stat().st_size:
                kept = graded_class.root / trouble.kept
                assert kept.read_bytes() == path.read_bytes()


def test_no_name_of_a_file_reaches_a_terminal_as_a_command(graded_class):
    for troubles in graded_class.troubles.values():
        for trouble in troubles:
            assert (trouble.file + trouble.found.ko + trouble.found.en).isprintable()
    [one] = [t for t in graded_class.troubles["another-encoding"] if t.waits]
    assert (graded_class.root / one.kept).read_bytes() == b"{"


def test_a_text_in_another_cell_is_never_no_response(graded_class):
    with graded_class.api.gradebook as gradebook:
        comment = gradebook.find_comment(tiny.ESSAY, "tiny", tiny.ASSIGNMENT, "below-markdown")
        assert comment.auto_comment is None


@pytest.mark.parametrize("name", [*NOT_READ, *NOT_UNDERSTOOD])
def test_what_cannot_be_judged_is_told_as_not_graded_yet(graded_class, name):
    assert "아직 채점하지 않았습니다" in graded_class.page(name)


def test_the_old_answer_is_shown_to_whoever_grades_it(graded_class):
    assert "was-a-row" in graded_class.autograded("ids-gone")


@pytest.mark.parametrize("name", [*NOT_READ, "another-item"])
def test_the_message_names_the_file(graded_class, name):
    assert f"responses/{tiny.CELLS}.json:" in graded_class.autograded(name)


@pytest.mark.parametrize("name", CASES)
def test_no_page_shows_a_traceback(graded_class, name):
    assert "Traceback (most" not in graded_class.page(name)


def test_nothing_was_written_outside_a_students_folders(graded_class):
    names = {path.name for path in graded_class.root.iterdir()}
    assert names <= {
        *("README.md", "items", "source", "release", "submitted", "autograded", "feedback"),
        *("troubles", "gradebook.db", "nbgrader_config.py", "responses", ".nbgrader.log"),
    }
    assert not list(graded_class.root.rglob("escaped.txt"))


def test_a_link_to_a_key_brings_no_key_out(graded_class):
    for step in ("submitted", "autograded", "feedback"):
        folder = graded_class.folder(step, "linked-key")
        for path in folder.rglob("*"):
            if path.is_file():
                assert tiny.SECRET_REASON not in path.read_text("utf-8", "replace")


def test_the_students_language_is_not_believed(graded_class):
    assert "10점 중 10점" in graded_class.autograded("own-index")


def test_extra_cells_are_limited(graded_class):
    assert len(json.loads(graded_class.autograded("thousand-cells"))["cells"]) < 40


def test_a_lost_release_is_made_up_for_from_the_gradebook(tmp_path, repo):
    import shutil

    course = Course(tmp_path, repo)
    course.generate()
    write_essay(course.submission("ann"), ESSAY)
    shutil.rmtree(course.root / "release")
    course.ok(course.autograde())
    assert course.points("ann") == {**FULL, tiny.ESSAY: None}
    assert ESSAY in course.said("ann")
