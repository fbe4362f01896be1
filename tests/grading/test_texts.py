"""What a student wrote, taken apart again as `submission` has put it together."""

import pytest

from b2bcourse.grading.fields import Field
from b2bcourse.grading.submission import Submitted, rebuild
from b2bcourse.grading.texts import plain, texts_for
from b2bcourse.grading.words import WORDS
from b2bcourse.grading.written import stored

LANGS = ["ko", "en"]
ABOUT = {"grade": True, "grade_id": "essay", "points": 5, "solution": True}


def cell(source="", **more):
    return {
        "cell_type": "markdown",
        "id": "essay",
        "source": source,
        "metadata": {"nbgrader": ABOUT},
        **more,
    }


def read(lang, submitted=(), field=None, readable=True):
    """The essay's texts out of a notebook that was rebuilt."""
    fields = {} if field is None else {"essay": field}
    released = {"cells": [cell()]}
    notebook = rebuild(released, Submitted(tuple(submitted), readable=readable), lang, fields)
    return texts_for(notebook, "essay", lang)


@pytest.mark.parametrize("lang", LANGS)
class TestEveryTextIsReadApart:
    def test_one_text_in_the_field_has_no_name_and_its_words_are_counted(self, lang):
        found = read(lang, field=Field("우리 회사는 셋을 봅니다.\n\n그리고 <b>5%</b>를 씁니다."))
        assert [(each.name, each.words) for each in found.written] == [("", 7)]
        assert found.notes == ()

    def test_field_versions_set_aside_and_the_cell_are_named(self, lang):
        field = Field("나중 글", kept=(("앞의 것(2026-11-27 13:40 UTC)", "앞의 글"),))
        found = read(lang, [cell("셀의 글")], field)
        names = [WORDS.field_head[lang], "앞의 것(2026-11-27 13:40 UTC)", WORDS.cell_head[lang]]
        assert [each.name for each in found.written] == names
        assert [plain(each.html) for each in found.written] == ["나중 글", "앞의 글", "셀의 글"]

    def test_what_the_kit_says_is_no_text_of_the_students(self, lang):
        field = Field("글", notes=(WORDS.field_other[lang], "둘째"), raw='{"odd": 1}')
        found = read(lang, field=field)
        assert found.notes == (WORDS.field_other[lang], "둘째")
        assert [plain(each.html) for each in found.written] == ["글", '{"odd": 1}']

    def test_a_broken_notebook_is_noted(self, lang):
        assert plain(WORDS.notebook_broken[lang]) in read(lang, readable=False).notes


def test_nobody_who_wrote_nothing_has_a_text():
    assert read("ko").written == ()


def test_a_text_twice_is_read_once():
    found = read("ko", [cell("같은 글"), cell("같은 **글**")])
    assert len(found.written) == 1


def test_a_rule_of_the_students_own_does_not_part_a_text():
    found = read("ko", [cell("앞\n\n---\n\n뒤\n<hr>\n끝")])
    assert len(found.written) == 1
    assert "끝" in found.written[0].html


def test_what_was_written_by_another_hand_is_cleaned_all_the_same():
    found = texts_for(
        {"cells": [cell("<script>alert(1)</script>글<img src=x onerror=alert(1)>")]}, "essay", "ko"
    )
    assert "<script" not in found.written[0].html
    assert "onerror" not in found.written[0].html


def test_words_are_counted_as_they_are_read():
    assert plain(stored("하**나**의<br>둘 `셋`")) == "하나의 둘 셋"


@pytest.mark.parametrize(
    "notebook", [{}, {"cells": [3, None]}, {"cells": [{"id": 5, "source": ["a", "b"]}]}]
)
def test_an_odd_notebook_has_no_texts(notebook):
    assert texts_for(notebook, "essay", "ko").written == ()
