"""A name that nothing has is told with what may have been meant."""

import pytest

from b2bcourse.facts.near import listed, meant, nearest

NAMES = ["mx-cells", "mx-left", "ch-pilots", "benefit-matrix"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("mx-cels", "mx-cells"), ("MX-LEFT ", "mx-left"), ("benefit_matrix", "benefit-matrix")],
)
def test_the_nearest_comes_first(typed, found):
    assert nearest(typed, NAMES)[0] == found


def test_nothing_is_guessed_where_nothing_is_like_it():
    assert nearest("퀴즈", NAMES) == []
    assert meant("퀴즈", NAMES).en == ""


def test_the_nearest_is_said_in_both_languages():
    said = meant("mx-cels", NAMES)
    assert said.ko.startswith(" 비슷한 이름: mx-cells")
    assert said.en.startswith(" Nearest: mx-cells")


def test_few_names_are_told_whole_and_of_many_those_that_begin_alike():
    assert listed("x", NAMES) == "mx-cells, mx-left, ch-pilots, benefit-matrix"
    many = [f"a-{n}" for n in range(30)] + ["mx-cells"]
    assert listed("mx-cel", many) == "mx-cells, …"
    assert listed("", many).startswith("a-0, a-1")
