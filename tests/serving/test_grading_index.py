"""The page from which essays and troubles are found."""

import re

import pytest

from b2bcourse.serving.index import Row, html


def told(*rows, lang="en"):
    return html(rows, lang, "/base/b2bcourse/grading", "/base/formgrader")


def test_what_waits_is_told_and_led_to():
    page = told(Row("a3", 12, 11, 1, 2))
    assert '<a href="/base/b2bcourse/grading/a3/essays">11 waiting</a>' in page
    assert '<a href="/base/b2bcourse/grading/a3/troubles">1 waiting</a>' in page


def test_what_is_done_can_still_be_looked_at():
    page = told(Row("a3", 12, 0, 0, 2))
    assert '/a3/essays">all graded</a>' in page
    assert '/a3/troubles">all 2 seen</a>' in page


def test_what_there_is_not_is_no_link():
    assert re.findall("<td>none</td>", told(Row("a3", 12, None, 0, 0))) == ["<td>none</td>"] * 2


def test_a_name_is_no_address_and_no_tag():
    page = told(Row("../<b>", 1, 1, 0, 0))
    assert "/grading/..%2F%3Cb%3E/essays" in page
    assert "<b>" not in page


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_course_in_which_nothing_was_graded_says_what_to_do(lang):
    assert "b2bcourse grade" in told(lang=lang)
