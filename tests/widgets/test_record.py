"""The case that an assignment's notebook tells above an exercise, told again beside it."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from b2bcourse import notebook
from b2bcourse.context import WORDS, ContextError, read_index, released_face
from b2bcourse.course_files import course_root
from b2bcourse.widgets.record import above

LONG = "A long story of a customer who buys shafts. " * 8
STORY = SimpleNamespace(title="The map", case=("First line.", "Second line."), evidence=True)


def write(folder, *cells, name="one.ipynb"):
    made = [{"cell_type": kind, "source": source} for kind, source in cells]
    (folder / name).write_text(json.dumps({"cells": made}), encoding="utf-8")


def code(item):
    return "code", f'import b2bcourse as b2b; b2b.answer("{item}")'


def no_face(item):
    raise ContextError(WORDS.not_found.format(item=item))


def texts(blocks):
    return ["".join(run for run, _bold in block["runs"]) for block in blocks]


def test_it_is_what_stands_in_the_section_above_the_exercise(tmp_path):
    case = f"## The customer\n\n{LONG}\n\n- **Kim.** Buys.\n- **Lee.** Signs."
    task = "### 1. One (5 points)\n\nMark everyone."
    write(tmp_path, ("markdown", "# All"), ("markdown", case), ("markdown", task), code("mx"))
    told = above(tmp_path, "mx", no_face)
    assert [block["is"] for block in told] == ["title", "text", "point", "point"]
    assert texts(told)[::3] == ["The customer", "Lee. Signs."]
    assert told[2]["runs"] == [["Kim.", True], [" Buys.", False]]


def test_a_section_before_is_another_case(tmp_path):
    cells = [("markdown", f"## {name}\n\n{name} {LONG}") for name in ("Old", "New")]
    write(tmp_path, *cells, code("mx"))
    assert texts(above(tmp_path, "mx", no_face))[0] == "New"


def test_the_story_in_an_earlier_exercise_belongs_to_it_with_its_numbers(tmp_path):
    write(
        tmp_path, ("markdown", f"## Case\n\n{LONG}"), code("map"), ("markdown", "### 2"), code("mx")
    )
    told = above(tmp_path, "mx", lambda _item: STORY)
    assert texts(told)[2:] == ["The map", "First line.", "Second line."]
    assert [block.get("n") for block in told[2:]] == [None, 1, 2]


def test_of_its_own_task_what_stands_before_the_question_is_told_too(tmp_path):
    own = f"### 2. Who (5 points)\n\nKim measures. {LONG}\n\nChoose those who belong there."
    write(tmp_path, ("markdown", "## More"), code("one"), ("markdown", own), code("mx"))
    told = texts(above(tmp_path, "mx", no_face))
    assert told[0] == "More"
    assert told[1].startswith("Kim measures.")
    assert len(told) == 2


def test_little_is_not_told_again(tmp_path):
    write(tmp_path, ("markdown", "## Case\n\nA short one."), code("mx"))
    assert above(tmp_path, "mx", no_face) == []


@pytest.mark.parametrize("broken", ["", "[]", '{"cells": 3}', '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_passed_over(tmp_path, broken):
    (tmp_path / "a.ipynb").write_text(broken, encoding="utf-8")
    assert above(tmp_path, "mx", no_face) == []
    write(tmp_path, ("markdown", f"## Case\n\n{LONG}"), code("mx"))
    assert above(tmp_path, "mx", no_face)


def test_links_and_code_are_told_as_text_and_tables_are_left_out(tmp_path):
    case = f"## Case\n\n{LONG}\n\nSee [the lesson](x.ipynb) and `this`.\n\n| a | b |\n|---|---|"
    write(tmp_path, ("markdown", case), code("mx"))
    assert texts(above(tmp_path, "mx", no_face))[2:] == ["See the lesson and this."]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    ("assignment", "item"),
    [
        ("a1-process-and-unit", "unit-bag"),
        ("a2-vendor-and-customer", "exchange-room"),
        ("a3-benefit-matrix", "matrix-people"),
        ("a3-benefit-matrix", "matrix-two-marks"),
        ("a3-benefit-matrix", "matrix-both"),
        ("a7-capstone", "capstone-matrix"),
    ],
)
def test_every_matrix_whose_case_stands_above_it_tells_it_again(lang, assignment, item):
    folder = course_root() / "exercises" / lang / assignment
    index = read_index(folder)
    told = above(folder, item, lambda other: released_face(folder, index, other))
    assert len(told) > 2
    assert told[0]["is"] == "title"


def test_a_student_gets_it_with_her_exercise():
    folder = course_root() / "exercises" / "en" / "a3-benefit-matrix"
    shown = notebook._answer(folder, "matrix-people")
    assert texts(shown.view.record)[0] == "Customer 1. Neoul Precision"
