"""What a graded cell yields under nbgrader's stock Execute: always a plain float in its range."""

import json
import subprocess
import sys

import pytest
import tiny

from b2bcourse.grading.execute import points_when_executed


@pytest.fixture
def folder(tmp_path, monkeypatch, keys):
    """An autograded folder: the notebook in order, and a response beside it."""
    (tmp_path / "tiny.ipynb").write_text(json.dumps(tiny.source_notebook()), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("B2BCOURSE_KEYS", str(keys.folder))
    return tmp_path


def test_the_model_answer_gets_the_cells_points(folder, keys, capsys):
    tiny.write_response(folder, tiny.CELLS, tiny.model_response(keys, tiny.CELLS))
    points = points_when_executed(tiny.CELLS)
    assert type(points) is float
    assert points == 10.0
    assert "10점 중 10점" in capsys.readouterr().out


def test_no_answer_gets_nothing_and_a_message(folder, capsys):
    assert points_when_executed(tiny.CELLS) == 0.0
    assert "답하지 않았습니다" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["{", "[" * 100_000, "", '{"schema":1}'])
def test_a_broken_answer_gets_nothing_and_nothing_on_stderr(folder, capsys, content):
    path = tiny.write_response(folder, tiny.CELLS, {})
    path.write_text(content, "utf-8")
    assert points_when_executed(tiny.CELLS) == 0.0
    told = capsys.readouterr()
    assert f"responses/{tiny.CELLS}.json" in told.out
    assert told.err == ""


def test_without_the_variable_it_fails_closed_in_both_languages(folder, monkeypatch, capsys):
    monkeypatch.delenv("B2BCOURSE_KEYS")
    assert points_when_executed(tiny.CELLS) == 0.0
    told = capsys.readouterr().out
    assert "강사에게 알리십시오" in told
    assert "Tell your instructor" in told
    assert "B2BCOURSE_KEYS" not in told


def test_an_unknown_item_gets_nothing(folder, capsys):
    assert points_when_executed("../../etc") == 0.0
    assert points_when_executed("nothing") == 0.0
    assert "0" in capsys.readouterr().out


@pytest.mark.parametrize("points", [float("nan"), -3, float("inf")])
def test_odd_points_are_worth_nothing(folder, keys, points):
    notebook = tiny.source_notebook()
    for cell in notebook.cells:
        if cell.id == tiny.CELLS:
            cell.metadata.nbgrader["points"] = points
    (folder / "tiny.ipynb").write_text(json.dumps(notebook), "utf-8")
    tiny.write_response(folder, tiny.CELLS, tiny.model_response(keys, tiny.CELLS))
    assert points_when_executed(tiny.CELLS) == 0.0


def test_the_verb_in_the_notebook_uses_it(folder, keys, monkeypatch):
    from b2bcourse import answer

    tiny.write_response(folder, tiny.CELLS, tiny.model_response(keys, tiny.CELLS))
    for mode in ("autograde", "validate"):
        monkeypatch.setenv("NBGRADER_EXECUTION", mode)
        assert answer(tiny.CELLS) == 10.0


def test_it_loads_nothing_heavy():
    code = (
        "import sys; import b2bcourse.grading.execute; "
        "print([m for m in ('nbgrader', 'pandas', 'matplotlib', 'nbconvert') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_field_of_an_essay_yields_and_prints_nothing(folder, capsys):
    assert points_when_executed(tiny.ESSAY) is None
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_a_notebook_that_calls_a_scored_item_an_essay_is_not_believed(folder, capsys):
    about = {"grade": True, "solution": True, "grade_id": tiny.CELLS, "points": 10}
    cell = {"cell_type": "markdown", "metadata": {"nbgrader": about}, "source": ""}
    (folder / "a.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    assert points_when_executed(tiny.CELLS) == 0.0
    assert "답하지 않았습니다" in capsys.readouterr().out


def test_an_essay_in_a_cell_that_is_scored_gets_nothing(folder, capsys):
    about = {"grade": True, "solution": False, "grade_id": tiny.ESSAY, "points": 8}
    cell = {"cell_type": "code", "metadata": {"nbgrader": about}, "source": ""}
    (folder / "a.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    assert points_when_executed(tiny.ESSAY) == 0.0
    assert "강사에게 알리십시오" in capsys.readouterr().out
