"""Rebuilding a submitted notebook from the released one."""

import copy
import json
import re

import tiny
from corpus import png

from b2bcourse.grading.submission import MAX_ESSAY, Submitted, read_submitted, rebuild
from b2bcourse.grading.written import as_typed, as_written, joined, stored

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
    mine["cells"][-1]["source"] = ["내 **글**\n", "두 번째 줄"]
    assert essay_in(rebuilt(mine)) == stored("내 **글**\n두 번째 줄")


def test_an_essay_is_found_by_its_cell_id_where_metadata_is_lost():
    mine = released()
    mine["cells"][-1] |= {"source": "내 글", "metadata": {}}
    assert essay_in(rebuilt(mine)) == stored("내 글")


def test_differing_copies_of_an_essay_are_all_kept():
    mine = released()
    other = copy.deepcopy(mine["cells"][-1])
    mine["cells"][-1]["source"] = "하나"
    mine["cells"].append(other | {"source": "둘"})
    assert essay_in(rebuilt(mine)) == joined([stored("하나"), stored("둘")])


def test_a_text_that_acts_no_longer_does():
    mine = released()
    mine["cells"][-1]["source"] = "[x](javascript:alert(1)) <script>alert(1)</script>"
    mine["cells"].append(
        {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "<img src=x onerror=y>"}
    )
    cells = rebuilt(mine)["cells"]
    for source in (essay_in(rebuilt(mine)), cells[-1]["source"]):
        assert source.startswith("<div>")
        assert not re.search(r"<(?:a|script|img)\b", source)


def test_pasted_pictures_stay_and_what_is_none_becomes_a_note():
    mine = released()
    mine["cells"][-1]["source"] = "![](attachment:a.png) ![](attachment:b.svg) ![](attachment:c)"
    mine["cells"][-1]["attachments"] = {
        "a.png": {"image/png": png()},
        "b.svg": {"image/svg+xml": "<svg onload=x>"},
    }
    cell = next(c for c in rebuilt(mine)["cells"] if c["id"] == tiny.ESSAY)
    assert cell["source"].count(f'<img src="data:image/png;base64,{png()}"') == 1
    assert cell["source"].count("<em>") == 2
    assert "attachments" not in cell


def test_each_copy_of_an_essay_has_its_own_pictures():
    mine = released()
    other = copy.deepcopy(mine["cells"][-1])
    mine["cells"][-1] |= {"source": "![](attachment:a)", "attachments": {"a": {"i": png()}}}
    mine["cells"].append(other | {"source": "둘 ![](attachment:a)", "attachments": "none"})
    essay = essay_in(rebuilt(mine))
    assert (essay.count("<img"), essay.count("<em>")) == (1, 1)


def test_pictures_outside_the_answer_cells_are_shown_too():
    mine = released()
    own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": "![](attachment:a)"}
    mine["cells"].append(own | {"attachments": {"a": {"image/png": png()}}})
    assert png() in rebuilt(mine)["cells"][-1]["source"]


def test_code_of_the_students_own_becomes_text():
    mine = released()
    own = {"id": "own", "metadata": {}, "source": "boom()  # *x*"}
    mine["cells"] += [own | {"cell_type": "code"}, own | {"cell_type": "raw", "source": "[y](z)"}]
    code = rebuilt(mine)["cells"][-1]
    assert (code["cell_type"], code["source"]) == ("markdown", as_written("boom()  # *x*"))
    assert as_typed("[y](z)") in essay_in(rebuilt(mine))


def test_a_solution_cell_of_code_stays_code():
    source = released()
    source["cells"][-1] |= {"cell_type": "code", "outputs": [], "execution_count": None}
    mine = copy.deepcopy(source)
    mine["cells"][-1]["source"] = "a < b\ud800"
    made = essay_in(rebuild(source, read_submitted(json.dumps(mine).encode()), "ko"))
    assert made == "a < b\ufffd"  # half a character could be written into no file


def test_of_endless_copies_only_so_much_is_taken():
    mine = released()
    other = copy.deepcopy(mine["cells"][-1])
    mine["cells"] += [other | {"source": f"{n} " + "a" * 30_000} for n in range(9)]
    assert MAX_ESSAY <= len(essay_in(rebuilt(mine))) < MAX_ESSAY + 1_000


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
    assert essay_in(rebuild(released(), found, "ko")) == stored("내 글")


def test_a_broken_file_is_said_at_the_top():
    notebook = rebuild(released(), Submitted((), readable=False), "en")
    assert "was broken" in notebook["cells"][0]["source"]
