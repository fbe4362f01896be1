"""The page itself: what stands in its head, its sums and its sections; and that it is one file."""

import re
from dataclasses import replace

import pytest

from b2bcourse.facts import LANGS
from b2bcourse.grading.feedback.page import Criterion, Exercise, Page, Trouble, html, points_of

RIGHT = Exercise(
    id="matrix-people",
    number=1,
    title="열 사람",
    maximum=20,
    points=14.58,
    how="맞은 표시 14, 틀린 표시 1, 빠진 표시 5.",
    formula="8줄 평균 0.729",
    rule="한 줄의 점수는 …",
)
ESSAY = Exercise(
    id="matrix-essay",
    number=2,
    title="15분",
    maximum=25,
    points=None,
    how="사람이 읽고 채점합니다.",
    criteria=(Criterion("닿습니까?", "크게 닿습니다.", 15), Criterion("이어집니까?", "", 10)),
    own="내가 낸 글",
    text="<p>제 글</p>",
)


def page(*exercises, lang="ko", **about):
    return Page(lang, "과제 2", "유하린", "11월 27일 22:40 KST 제출", exercises, **about)


def text_of(made):
    plain = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", " ", html(made), flags=re.DOTALL)
    return " ".join(plain.split())


def test_what_is_not_graded_stands_in_no_sum_and_is_no_nought():
    said = text_of(page(RIGHT, ESSAY))
    assert "14.58 / 20 점. «15분» 25점은 아직 채점하지 않아 넣지 않았습니다." in said
    assert "아직 채점하지 않았습니다. 0점이 아닙니다." in said
    assert "0 / 25" not in said


def test_nothing_graded_yet_is_no_sum_at_all():
    said = text_of(page(ESSAY))
    assert "아직 채점한 것이 없습니다. 모두 25점입니다." in said
    assert "/ 0" not in said


def test_the_contents_say_how_the_points_come_about_and_lead_there():
    made = html(page(RIGHT, ESSAY))
    assert '<a href="#q-matrix-people">열 사람</a>' in made
    assert 'id="q-matrix-people"' in made
    assert "맞은 표시 14, 틀린 표시 1, 빠진 표시 5." in made
    assert "8줄 평균 0.729 × 20점." in made


def test_a_penalty_is_told_with_what_it_is_taken_from():
    said = text_of(page(replace(RIGHT, points=14.5), penalty=3.0))
    assert "11.50 / 20 점. 모두 채점했습니다. 얻은 14.50점에서 늦게 낸 3점을 뺐습니다." in said


def test_a_penalty_never_takes_more_than_there_is():
    assert page(replace(RIGHT, points=2.0), penalty=5.0).points == 0


def test_criteria_show_what_each_got_by_their_marks():
    given = replace(
        ESSAY,
        points=18.0,
        how="기준마다 15 + 3점입니다.",
        criteria=(
            Criterion("닿습니까?", "크게 닿습니다.", 15, 15.0),
            Criterion("이어집니까?", "한두 가지입니다.", 10, 3.0),
            Criterion("빼기?", "없습니다.", 0, 0.0),
        ),
        comment="<p>이어 보십시오.</p>",
        by="민지원",
    )
    made = html(page(given))
    assert [made.count(f"m-{mark}") > 0 for mark in ("full", "half", "ring")] == [True] * 3
    said = text_of(page(given))
    assert "15 / 15" in said
    assert "3 / 10" in said
    assert "합 18 / 25" in said
    assert "민지원의 말" in said


def test_criteria_without_points_carry_no_mark_once_the_essay_is_graded():
    made = html(page(replace(ESSAY, points=18.0, how="사람이 읽고 18점을 주었습니다.")))
    assert 'class="m m-ring"' not in made


def test_troubles_are_named_and_what_a_student_wrote_is_text():
    trouble = Trouble("<b>사진.jpg</b>", "너무 큽니다.", "나머지는 채점했습니다.")
    made = html(page(RIGHT, troubles=(trouble,)))
    assert "&lt;b&gt;사진.jpg&lt;/b&gt;" in made
    assert "너무 큽니다. 나머지는 채점했습니다." in made


@pytest.mark.parametrize("field", ["title", "how", "formula", "rule", "own", "by"])
def test_no_field_but_those_that_are_html_can_bring_a_tag(field):
    evil = "<img src=x onerror=alert(1)>"
    made = html(page(replace(ESSAY, points=1.0, comment="<p>x</p>", **{field: evil})))
    assert evil not in made


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_one_file_that_loads_nothing_and_runs_nothing(lang):
    made = html(page(RIGHT, ESSAY, lang=lang))
    assert "<script" not in made
    assert not re.search(r"""(?:src|href)=["'](?!#)""", made)
    assert "url(" not in made
    assert "Out[" not in made
    assert made.startswith("<!doctype html>")
    assert f'<html lang="{lang}">' in made


def test_the_same_data_are_the_same_bytes():
    assert html(page(RIGHT, ESSAY)) == html(page(RIGHT, ESSAY))


def test_both_papers_have_their_colours_and_print_is_light():
    made = html(page(RIGHT))
    assert "--paper:#fff" in made
    assert "@media screen and (prefers-color-scheme:dark){:root{--paper:#111" in made


def test_points_have_two_decimals_or_none():
    assert [points_of(n) for n in (10.0, 6.4286, 0.0, 2.5)] == ["10", "6.43", "0", "2.50"]
