"""Submissions that are broken, tampered with or meant to harm: graded, and nobody else is touched.

All of them lie in one course and are graded in one run, as in a class.
"""

import json
import os

import pytest
import tiny
from held import Course, write_essay

FULL = {tiny.CELLS: 10.0, tiny.BOTH: 6.0}
ESSAY = "한 사람에게는 재고를, 한 사람에게는 품질을 말하겠습니다."


def notebook_of(folder):
    return folder / "tiny.ipynb"


def edited(change):
    """A submission whose notebook was changed; the answers in the widgets are the model's."""

    def make(course, name):
        folder = course.submission(name)
        write_essay(folder, ESSAY)
        notebook = json.loads(notebook_of(folder).read_text("utf-8"))
        change(notebook)
        notebook_of(folder).write_text(json.dumps(notebook), "utf-8")

    return make


def graded_cell_of(notebook):
    return next(cell for cell in notebook["cells"] if cell["id"] == tiny.CELLS)


def tampered_points(notebook):
    graded_cell_of(notebook)["metadata"]["nbgrader"]["points"] = 1000


def doubled_cells(notebook):
    notebook["cells"] += [dict(cell) for cell in notebook["cells"]]


def deleted_cells(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] in {"title", tiny.ESSAY}]


def no_metadata(notebook):
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def odd_metadata(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "evil", "display_name": 3}
    for cell in notebook["cells"]:
        cell["metadata"] = {"nbgrader": [1, 2]} if cell["id"] != tiny.ESSAY else cell["metadata"]


def other_cell_types(notebook):
    for cell in notebook["cells"]:
        cell["cell_type"] = "raw"


def own_outputs(notebook):
    graded_cell_of(notebook)["outputs"] = [
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": "10.0"},
        }
    ]


def thousand_cells(notebook):
    notebook["cells"] += [
        {
            "cell_type": "code",
            "id": f"x{n}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": f"import os; os.abort()  # {n}",
        }
        for n in range(1000)
    ]


def wrong_shapes(notebook):
    notebook["cells"] += [None, 3, {"cell_type": ["x"], "source": {"a": 1}, "id": {"b": 2}}]


NOTEBOOKS = {
    "tampered-points": edited(tampered_points),
    "doubled-cells": edited(doubled_cells),
    "deleted-cells": edited(deleted_cells),
    "no-metadata": edited(no_metadata),
    "odd-metadata": edited(odd_metadata),
    "other-types": edited(other_cell_types),
    "own-outputs": edited(own_outputs),
    "thousand-cells": edited(thousand_cells),
    "wrong-shapes": edited(wrong_shapes),
}


def essay_elsewhere(course, name):
    folder = course.submission(name)
    notebook = json.loads(notebook_of(folder).read_text("utf-8"))
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != tiny.ESSAY]
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": ESSAY}
    )
    notebook_of(folder).write_text(json.dumps(notebook), "utf-8")


def truncated_notebook(course, name):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    text = notebook_of(folder).read_text("utf-8")
    notebook_of(folder).write_text(text[: len(text) - 120], "utf-8")


def replaced_notebook(data):
    def make(course, name):
        notebook_of(course.submission(name)).write_bytes(data)

    return make


def linked_notebook(course, name):
    path = notebook_of(course.submission(name))
    path.unlink()
    path.symlink_to(course.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb")


def linked_key(course, name):
    folder = course.submission(name)
    (folder / "notes.html").symlink_to(course.root / "items" / f"{tiny.CELLS}.yaml")
    (folder / "gone").symlink_to("/nowhere/at/all")


def pipe(course, name):
    os.mkfifo(course.submission(name) / "pipe")


def bad_timestamp(course, name):
    (course.submission(name) / "timestamp.txt").write_text("yesterday or so", "utf-8")


def own_index(course, name):
    index = course.submission(name) / "items" / "index.json"
    index.write_text('{"schema":1,"lang":"en","assignment":"x","items":{}}', "utf-8")


FILES = {
    "truncated": truncated_notebook,
    "no-notebook": replaced_notebook(b""),
    "a-list": replaced_notebook(b"[1, 2]"),
    "bytes": replaced_notebook(b"\xff\xfe\x00" * 5000),
    "deep": replaced_notebook(b'{"cells":' + b"[" * 100_000),
    "linked-notebook": linked_notebook,
    "linked-key": linked_key,
    "pipe": pipe,
    "bad-timestamp": bad_timestamp,
    "own-index": own_index,
}

BAD_RESPONSES = {
    "nan": b'{"schema":1,"item":"tiny-cells","kind":"matrix","value":{"cells":{"quality":{"miru":NaN}}},'
    b'"revision":1,"time":"","face":"","tries":[]}',
    "ten-megabytes": b'"' + b"x" * 10_000_000 + b'"',
    "not-json": b"{",
    "not-utf8": b"\xff\xfe",
    "empty": b"",
    "deep-json": b"[" * 100_000,
    "a-number": b"3",
    "no-schema": b'{"schema":0}',
}


def with_bytes(data):
    def make(course, name):
        folder = course.submission(name)
        (folder / "responses" / f"{tiny.CELLS}.json").write_bytes(data)

    return make


def with_value(value):
    def make(course, name):
        course.submission(name, {tiny.CELLS: tiny.response(course.keys, tiny.CELLS, value)})

    return make


def of_another_item(course, name):
    course.submission(name, {tiny.CELLS: tiny.model_response(course.keys, tiny.BOTH)})


def linked_response(course, name):
    folder = course.submission(name, {tiny.CELLS: None})
    good = tiny.write_response(
        course.root, "elsewhere", tiny.model_response(course.keys, tiny.CELLS)
    )
    (folder / "responses" / f"{tiny.CELLS}.json").symlink_to(good)


BAD_VALUES = {
    "thousand-marks": {"cells": {f"r{n}": {f"c{n}": 1} for n in range(1000)}},
    "all-ticked": {
        "cells": {
            row: dict.fromkeys(("hangyeol", "sora", "miru", "garam"), 1)
            for row in ("cost_saving", "near_factory", "quality")
        }
    },
    "unknown-ids": {"cells": {"quality": {"nobody": 1}, "nothing": {"miru": 1}}},
    "out-of-range": {"cells": {"quality": {"miru": 99, "garam": -5}}},
    "wrong-types": {"cells": {"quality": [1, 2], "near_factory": "x"}, "rows": 7, "columns": None},
    "booleans": {"cells": {"quality": {"miru": True, "garam": True}}},
    "huge-number": {"cells": {"quality": {"miru": 10**400}}},
}

WITHOUT_POINTS = {
    **{name: with_bytes(data) for name, data in BAD_RESPONSES.items()},
    **{name: with_value(value) for name, value in BAD_VALUES.items()},
    "another-item": of_another_item,
    "linked-response": linked_response,
}


def saved_otherwise(**changes):
    """An answer that another release could have saved."""

    def make(course, name):
        content = tiny.model_response(course.keys, tiny.CELLS) | changes
        course.submission(name, {tiny.CELLS: content})

    return make


WAITING = {
    "newer-shape": with_bytes(b'{"schema":7}'),
    "newer-schema": saved_otherwise(schema=3, value={"cells": {"quality": {"miru": 1}}}),
    "other-meaning": saved_otherwise(schema=2, face="0" * 64, meaning="1" * 64),
    "ids-gone": saved_otherwise(face="0" * 64, value={"cells": {"was-a-row": {"miru": 1}}}),
}


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory, repo):
    course = Course(tmp_path_factory.mktemp("class"), repo)
    course.generate()
    for name, make in {
        **NOTEBOOKS,
        **FILES,
        **WITHOUT_POINTS,
        **WAITING,
        "essay-elsewhere": essay_elsewhere,
    }.items():
        make(course, name)
    write_essay(course.submission("zoe"), ESSAY)
    course.result = course.autograde()
    course.feedback()
    return course


def test_one_run_grades_the_whole_class(graded_class):
    graded_class.ok(graded_class.result)


def test_the_honest_student_gets_full_marks(graded_class):
    assert graded_class.points("zoe") == {**FULL, tiny.ESSAY: None}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_tampered_notebook_gets_what_its_answers_are_worth(graded_class, name):
    assert graded_class.points(name) == {**FULL, tiny.ESSAY: None}


@pytest.mark.parametrize("name", [*NOTEBOOKS, "essay-elsewhere", "truncated"])
def test_the_essay_is_kept_wherever_it_stands(graded_class, name):
    assert ESSAY in graded_class.said(name)


@pytest.mark.parametrize("name", FILES)
def test_answers_count_even_if_the_notebook_or_another_file_is_broken(graded_class, name):
    points = graded_class.points(name)
    assert {item: points[item] for item in FULL} == FULL


@pytest.mark.parametrize("name", WITHOUT_POINTS)
def test_a_bad_answer_costs_only_its_own_item(graded_class, name):
    points = graded_class.points(name)
    assert (points[tiny.CELLS], points[tiny.BOTH]) == (0.0, 6.0)


@pytest.mark.parametrize("name", WAITING)
def test_what_cannot_be_judged_waits_for_a_person_and_is_never_nothing(graded_class, name):
    points = graded_class.points(name)
    assert (points[tiny.CELLS], points[tiny.BOTH]) == (None, 6.0)
    assert "아직 채점하지 않았습니다" in graded_class.page(name)


def test_the_old_answer_is_shown_to_whoever_grades_it(graded_class):
    assert "was-a-row" in graded_class.autograded("ids-gone")


@pytest.mark.parametrize("name", [*BAD_RESPONSES, "another-item"])
def test_the_message_names_the_file(graded_class, name):
    assert f"responses/{tiny.CELLS}.json:" in graded_class.autograded(name)


@pytest.mark.parametrize("name", [*FILES, *WITHOUT_POINTS, *WAITING])
def test_no_page_shows_a_traceback(graded_class, name):
    assert "Traceback (most" not in graded_class.page(name)


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


def test_without_keys_everyone_gets_nothing_and_is_told(tmp_path, repo):
    course = Course(tmp_path, repo)
    course.generate()
    course.submission("ann")
    (course.root / "items" / f"{tiny.CELLS}.yaml").unlink()
    course.ok(course.autograde())
    assert course.points("ann")[tiny.CELLS] == 0.0
    assert course.points("ann")[tiny.BOTH] == 6.0
    assert f"문항 {tiny.CELLS}의 정답이 없습니다" in course.autograded("ann")


def test_a_lost_release_is_made_up_for_from_the_gradebook(tmp_path, repo):
    import shutil

    course = Course(tmp_path, repo)
    course.generate()
    write_essay(course.submission("ann"), ESSAY)
    shutil.rmtree(course.root / "release")
    course.ok(course.autograde())
    assert course.points("ann") == {**FULL, tiny.ESSAY: None}
    assert ESSAY in course.said("ann")
