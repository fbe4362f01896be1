"""Essays written in their fields: collected, autograded, read by a person, graded and fed back."""

import json
import re
from html import unescape

import nbformat
import pytest
import tiny
from corpus import png
from held import Course, write_essay, write_in_field

TEXT = "한결에게 먼저 갑니다.\n그다음이 미루입니다.\n\n<script>alert(1)</script> [x](javascript:alert(1))"
CELL = "셀에 쓴 **글**입니다. ![그림](attachment:a.png)"


@pytest.fixture(scope="module")
def course(tmp_path_factory, repo):
    """A class: each has written in another way, and each file is wrong in another."""
    course = Course(tmp_path_factory.mktemp("fields"), repo)
    course.generate()
    pictures = {"a.png": {"image/png": png()}}
    folder = course.submission("field")
    write_in_field(course, folder, TEXT)
    folder = course.submission("both")
    write_in_field(course, folder, TEXT)
    write_essay(folder, CELL, attachments=pictures)
    write_essay(course.submission("cell"), CELL, attachments=pictures)
    course.submission("none")
    write_in_field(course, course.submission("empty"), " ")
    write_in_field(course, course.submission("old"), TEXT, face="0" * 64)
    write_in_field(course, course.submission("newer"), TEXT, schema=99)
    write_in_field(course, course.submission("other"), TEXT, item=tiny.CELLS)
    write_in_field(course, course.submission("torn"), TEXT).write_text('{"value":{"text":"반만')
    version = {
        "time": "2026-11-22T06:00:00+00:00",
        "value": {"text": "다른 창의 글"},
        "why": "window",
    }
    write_in_field(course, course.submission("kept"), TEXT, schema=2, kept=[version])
    course.ok(course.autograde())
    return course


def cell_of(course, student):
    cells = json.loads(course.autograded(student))["cells"]
    return "".join(next(cell for cell in cells if cell["id"] == tiny.ESSAY)["source"])


def read(course, student):
    return unescape(cell_of(course, student)).replace("<span>", "").replace("</span>", "")


WRITTEN = ["field", "both", "cell", "old", "newer", "other", "torn", "kept"]


@pytest.mark.parametrize("student", WRITTEN)
def test_whoever_wrote_waits_for_a_person_and_all_else_is_graded(course, student):
    assert course.points(student) == {tiny.CELLS: 10.0, tiny.BOTH: 6.0, tiny.ESSAY: None}


@pytest.mark.parametrize("student", ["none", "empty"])
def test_who_wrote_nothing_gets_nothing(course, student):
    assert course.points(student)[tiny.ESSAY] == 0


def test_the_text_stands_in_the_cell_as_it_was_typed_and_does_not_act(course):
    said = read(course, "field")
    assert "<p>한결에게 먼저 갑니다.<br>그다음이 미루입니다.</p>" in said
    assert "[x](javascript:alert(1))" in said
    assert "<script" not in cell_of(course, "field")
    assert "<strong>" not in cell_of(course, "field")  # one text needs no heading


def test_both_texts_are_shown_and_told_apart(course):
    said = read(course, "both")
    places = [
        "글쓰기 칸에 쓴 글",
        "한결에게 먼저",
        "노트북 셀에 쓴 글",
        "셀에 쓴 <strong>글",
        "data:image/png",
    ]
    assert sorted(said.index(place) for place in places) == [said.index(place) for place in places]


def test_what_stands_in_a_cell_alone_counts_with_its_pictures(course):
    assert "data:image/png" in cell_of(course, "cell")
    assert "글쓰기 칸" not in read(course, "cell")


@pytest.mark.parametrize(
    ("student", "note"),
    [
        ("old", "문제의 다른 판"),
        ("newer", "형식 99"),
        ("other", tiny.CELLS),
        ("torn", "그대로 보여 줍니다"),
    ],
)
def test_a_sentence_tells_the_grader_what_is_wrong_and_the_text_is_there(course, student, note):
    said = read(course, student)
    assert note in said
    assert ("반만" if student == "torn" else "한결에게 먼저 갑니다.") in said


def test_a_version_set_aside_stands_after_the_answer(course):
    said = read(course, "kept")
    assert said.index("한결에게 먼저") < said.index("따로 보관된 글") < said.index("다른 창의 글")


def test_the_cell_with_the_field_has_no_output(course):
    cells = json.loads(course.autograded("field"))["cells"]
    [field] = [cell for cell in cells if cell["id"] == f"{tiny.ESSAY}-field"]
    assert field["outputs"] == []


def test_points_and_comments_given_by_a_person_reach_the_feedback_page(course):
    with course.api.gradebook as gradebook:
        grade = gradebook.find_grade(tiny.ESSAY, "tiny", tiny.ASSIGNMENT, "field")
        grade.manual_score, grade.needs_manual_grade = 7, False
        comment = gradebook.find_comment(tiny.ESSAY, "tiny", tiny.ASSIGNMENT, "field")
        comment.manual_comment = "좋은 차례입니다."
        gradebook.db.commit()
    course.feedback("field")
    page = unescape(course.page("field"))
    assert re.search(r"한결에게 먼저 갑니다\.<br ?/?>그다음이 미루입니다\.", page)
    assert "좋은 차례입니다." in page
    assert '<span class="got">7 <small>/ 8</small></span>' in page
    assert tiny.GRADER_NOTE not in page


def test_grading_again_gives_the_same(course):
    before = cell_of(course, "both")
    course.config.Autograde.force = True
    course.ok(course.api.autograde(tiny.ASSIGNMENT, "both", force=True))
    assert cell_of(course, "both") == before


class TestBeforeThereWereFields:
    """An assignment of an older release: its essays are written in their cells."""

    @pytest.fixture(scope="class")
    def older(self, tmp_path_factory, repo):
        course = Course(tmp_path_factory.mktemp("older"), repo)
        path = course.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb"
        notebook = nbformat.read(path, 4)
        notebook.cells = [cell for cell in notebook.cells if cell.id != f"{tiny.ESSAY}-field"]
        nbformat.write(notebook, path)
        course.generate()
        write_essay(course.submission("ann"), CELL)
        course.submission("bob")
        course.ok(course.autograde())
        return course

    def test_its_release_asks_for_the_text_in_the_cell_and_holds_no_face_of_it(self, older):
        release = older.root / "release" / tiny.ASSIGNMENT
        assert "여기에 답을 쓰십시오." in (release / "tiny.ipynb").read_text("utf-8")
        assert not (release / "items" / f"{tiny.ESSAY}.json").exists()

    def test_what_stands_in_the_cell_counts(self, older):
        assert older.points("ann")[tiny.ESSAY] is None
        assert "셀에 쓴" in read(older, "ann")
        assert older.points("bob")[tiny.ESSAY] == 0
