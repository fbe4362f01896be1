"""The places to read again on a feedback page, as the learner's own server shows them."""

import pytest

from b2bcourse.items.base import Read
from b2bcourse.render.sheet.parts import read_again
from b2bcourse.serving.learner.read_links import language_of, linked

LESSON = "04-benefit-matrix.ipynb"


@pytest.fixture
def copy(tmp_path):
    (tmp_path / LESSON).write_text("{}", "utf-8")
    return tmp_path


def shown(page, copy):
    return linked(page, copy, lambda path: f"/lab/tree/ko/{path.name}")


def test_what_a_page_says_in_words_leads_to_the_lessons_section(copy):
    page = read_again(Read(label="04강 2절 <혜택>", href=f"{LESSON}#2.-혜택-행렬"), "ko")
    assert "<a " not in page
    assert '<a href="/lab/tree/ko/04-benefit-matrix.ipynb#2.-%ED%98%9C' in shown(page, copy)
    assert ">다시 읽기: 04강 2절 &lt;혜택&gt;</a></p>" in shown(page, copy)


def test_a_lesson_without_a_section_is_led_to_as_well(copy):
    page = read_again(Read(label="04", href=LESSON), "en")
    assert f'<a href="/lab/tree/ko/{LESSON}">Read again: 04</a>' in shown(page, copy)


@pytest.mark.parametrize(
    "href",
    [
        "05-ten-steps-to-the-offer.ipynb#x",
        "../04-benefit-matrix.ipynb",
        "https://a.example/04-benefit-matrix.ipynb",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_lesson_there_stays_text(copy, href):
    page = read_again(Read(label="04", href=href), "en")
    assert shown(page, copy) == page


def test_a_heading_ends_no_attribute(copy):
    page = read_again(Read(label="04", href=f'{LESSON}#"onclick="alert(1)'), "en")
    assert 'onclick="' not in shown(page, copy)


def test_where_there_are_no_lessons_nothing_changes(copy):
    page = read_again(Read(label="04", href=LESSON), "en")
    assert shown(page, None) == page


def test_the_pages_language_decides_which_lessons_are_meant():
    assert language_of('<!doctype html><html lang="ko">') == "ko"
    assert language_of('<!doctype html><html lang="en">') == "en"
