"""Text elsewhere than in the cells made for answers, and the cell that it goes with."""

import json

import pytest
import tiny

from b2bcourse.grading.loose import loose_in

TEXT = "한결에게 먼저 갑니다."
STUB = "여기에 답을 쓰십시오."


def released():
    cells = json.loads(json.dumps(tiny.source_notebook()))["cells"]
    cells[-1]["source"] = STUB
    return cells


def two_essays():
    cells = released()
    first = json.loads(json.dumps(cells[-1]))
    about = first["metadata"]["nbgrader"] | {"grade_id": "second"}
    question = {"cell_type": "markdown", "id": "ask2", "metadata": {}, "source": "둘째 문제"}
    return [*cells, question, first | {"id": "second", "metadata": {"nbgrader": about}}]


def own(source, kind="markdown", **more):
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def only(found):
    [one] = found
    return one


def test_an_untouched_notebook_holds_none():
    assert loose_in(released(), released()) == []


def test_what_stands_in_its_own_cell_is_not_loose():
    cells = released()
    cells[-1]["source"] = TEXT
    assert loose_in(released(), cells) == []


@pytest.mark.parametrize("kind", ["markdown", "raw", "code", "heading", 3, None])
def test_a_new_cell_of_any_kind_goes_into_the_essay(kind):
    one = only(loose_in(released(), [*released(), own(TEXT, kind)]))
    assert (one.cell, one.in_answer, one.may_answer) == (tiny.ESSAY, True, True)


@pytest.mark.parametrize(
    ("place", "cell"), [(0, tiny.ESSAY), (7, tiny.ESSAY), (8, tiny.ESSAY), (9, "second")]
)
def test_of_several_essays_it_is_the_nearest_above_or_the_first(place, cell):
    cells = two_essays()
    cells.insert(place, own(TEXT))
    assert only(loose_in(two_essays(), cells)).cell == cell


def test_a_retyped_cell_is_the_one_that_is_missing():
    cells = two_essays()
    cells[-1] = own(TEXT)
    assert only(loose_in(two_essays(), cells)).cell == "second"
    cells = two_essays()
    cells[6] = own(TEXT)
    assert only(loose_in(two_essays(), cells)).cell == tiny.ESSAY


def test_without_an_essay_it_goes_with_the_nearest_item():
    cells = released()[:4]
    one = only(loose_in(cells, [*cells[:3], own(TEXT), *cells[3:]]))
    assert (one.cell, one.in_answer, one.may_answer) == (tiny.CELLS, False, True)


def test_without_any_graded_cell_it_is_found_all_the_same():
    one = only(loose_in(released()[:2], [own(TEXT)]))
    assert (one.cell, one.text) == ("", TEXT)


@pytest.mark.parametrize(
    "code",
    [
        "1 + 1",
        "import b2bcourse as b2b\nb2b.progress()",
        "for x in range(3):\n    print(x)  # three times",
        "x = 'a word'",
        "",
        "   \n",
        "# ---",
    ],
)
def test_mere_code_is_no_answer(code):
    assert not any(one.may_answer for one in loose_in(released(), [*released(), own(code, "code")]))


@pytest.mark.parametrize(
    "code",
    [
        TEXT,
        "answer = '''한결에게 먼저 가서 재고가 줄어드는 점을 말하고, 견적은 그다음에 냅니다. 그리고 기다립니다.'''",
        "# 한결에게 먼저 가서 재고가 줄어드는 점을 말하고, 견적은 그다음에 냅니다. 그리고 기다립니다.",
        "Han first, then Mi-ru",
        "x" * 20_001,
        "\0",
        "-" * 15_000 + "1 a",
        "(" * 15_000 + " a",
        "a" + ".b" * 9_000 + " c d",
    ],
)
def test_what_says_something_to_a_reader_may_be_one(code):
    found = loose_in(released(), [*released(), own(code + " x", "code")])
    assert only(found).may_answer


def test_deep_code_that_is_code_ends_nothing():
    for code in ("-" * 15_000 + "1", "(" * 9_000 + ")" * 9_000, "a" + ".b" * 9_000):
        loose_in(released(), [*released(), own(code, "code")])


def test_a_released_cell_split_or_merged_is_no_text_of_the_students():
    cells = released()
    cells[0]["source"] = "# 과제\n\n글을 쓰는 문제입니다."
    cells[4]["source"] = ""
    assert loose_in(released(), [*cells, own("글을 쓰는 문제입니다."), own(STUB)]) == []


def test_a_text_added_to_a_released_cell_is_found_whole():
    cells = released()
    cells[4]["source"] += f"\n\n{TEXT}"
    assert only(loose_in(released(), cells)).text.endswith(TEXT)


def test_the_same_text_twice_is_one_with_the_pictures_of_both():
    one = own(TEXT, attachments={"a": {"image/png": "x"}})
    other = own(TEXT, attachments={"b": {"image/png": "y"}})
    assert set(only(loose_in(released(), [one, other])).pictures) == {"a", "b"}


def test_a_picture_alone_may_be_an_answer():
    assert only(loose_in(released(), [own("![](attachment:photo.png)")])).may_answer


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": ["x"], "source": {"a": 1}, "id": {"b": 2}},
        {"metadata": {"nbgrader": {"grade_id": ["x"]}}, "source": [1, None]},
        {"metadata": None, "source": None, "attachments": 3},
    ],
)
def test_odd_shapes_hold_none(cell):
    assert loose_in(released(), [cell]) == []
