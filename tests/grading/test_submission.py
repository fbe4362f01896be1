"""Rebuilding a submitted notebook from the released one."""

import copy
import json

import tiny

from b2bcourse.grading.submission import Submitted, read_submitted, rebuild, without_tags

STUB = "여기에 답을 쓰십시오."


def released():
    notebook = json.loads(json.dumps(tiny.source_notebook()))
    notebook["cells"][-1]["source"] = STUB
    return notebook


def essay_in(notebook):
    return next(cell for cell in notebook["cells"] if cell["id"] == tiny.ESSAY)["source"]


def rebuilt(notebook):
    return rebuild(released(), read_submitted(json.dumps(notebook).encode()), "ko")


def test_an_untouched_notebook_comes_back_as_released():
    assert rebuilt(released())["cells"] == released()["cells"]


def test_the_essay_is_taken_over():
    mine = released()
    mine["cells"][-1]["source"] = ["내 글\n", "두 번째 줄"]
    assert essay_in(rebuilt(mine)) == "내 글\n두 번째 줄"


def test_an_essay_is_found_by_its_cell_id_where_metadata_is_lost():
    mine = released()
    mine["cells"][-1] |= {"source": "내 글", "metadata": {}}
    assert essay_in(rebuilt(mine)) == "내 글"


def test_differing_copies_of_an_essay_are_all_kept():
    mine = released()
    other = copy.deepcopy(mine["cells"][-1])
    mine["cells"][-1]["source"] = "하나"
    mine["cells"].append(other | {"source": "둘"})
    assert essay_in(rebuilt(mine)) == "하나\n\n---\n\n둘"


def test_pasted_pictures_stay_and_other_attachments_do_not():
    mine = released()
    mine["cells"][-1]["source"] = "![](attachment:a.png)"
    mine["cells"][-1]["attachments"] = {
        "a.png": {"image/png": "AAAA"},
        "b.svg": {"image/svg+xml": "<svg onload=x>"},
    }
    cell = next(c for c in rebuilt(mine)["cells"] if c["id"] == tiny.ESSAY)
    assert cell["attachments"] == {"a.png": {"image/png": "AAAA"}}


def test_code_of_the_students_own_becomes_text():
    mine = released()
    mine["cells"].append({"cell_type": "code", "id": "own", "metadata": {}, "source": "boom()"})
    last = rebuilt(mine)["cells"][-1]
    assert (last["cell_type"], last["source"]) == ("markdown", "    boom()")


def test_changed_code_of_a_graded_cell_does_not_count():
    mine = released()
    for cell in mine["cells"]:
        if cell["id"] == tiny.CELLS:
            cell["source"] = "10.0"
    graded = next(cell for cell in rebuilt(mine)["cells"] if cell["id"] == tiny.CELLS)
    assert graded["source"] == f'b2b.answer("{tiny.CELLS}")'


def test_whole_cells_are_saved_from_a_truncated_file():
    mine = released()
    mine["cells"][-1]["source"] = "내 글"
    data = json.dumps(mine).encode()
    found = read_submitted(data[: data.rindex(b"]")])
    assert not found.readable
    assert essay_in(rebuild(released(), found, "ko")) == "내 글"


def test_a_broken_file_is_said_at_the_top():
    notebook = rebuild(released(), Submitted((), readable=False), "en")
    assert "was broken" in notebook["cells"][0]["source"]


def test_html_is_made_plain_and_comparisons_are_not():
    assert without_tags("a < b, <b>x</b>") == "a < b, &lt;b>x&lt;/b>"
