"""The page of one's gain: what it says, in both languages, as a page and as text."""

import pytest

from b2bcourse.facts.lessons import form, gains
from b2bcourse.items.response import Try
from b2bcourse.learner.gain import measured
from b2bcourse.learner.gain_page import html, text


def taken_both(pre, post, **how):
    """Both tests finished: a fraction for each question in turn."""
    return {
        item: (Try("2026-11-22T05:00:00+00:00", fraction, **how),)
        for when, fractions in (("pre", pre), ("post", post))
        for item, fraction in zip(form(gains(), when), fractions, strict=True)
    }


LEARNT = taken_both([0.0] * 24, [1.0] * 24)
LITTLE = taken_both([0.0] * 24, [1.0, *[0.0] * 23])
FORGOT = taken_both([1.0] * 24, [0.0] * 24)


def said(tries, lang="en"):
    return text(measured(gains(), tries), lang)


def test_until_both_are_taken_it_says_what_to_do(lang):
    page = html(measured(gains(), {}), lang)
    assert page.count("<circle") == 2  # the legend alone
    assert {"ko": "모두 끝내면", "en": "Finish the test"}[lang] in page


def test_each_objective_has_its_line_its_count_and_its_lesson(lang):
    page = html(measured(gains(), LITTLE), lang)
    for gain in gains():
        assert gain.text[lang].replace("'", "&#x27;") in page
        assert f'href="{gain.lesson}.ipynb"' in page
    assert "0/2 → 1/2" in page
    assert page.count("0/2 → 0/2") == 11


def test_a_gain_beyond_chance_is_called_one(lang):
    assert {"ko": "보아도 좋습니다", "en": "You may take it for a gain"}[lang] in said(LEARNT, lang)
    assert {"ko": "0.1% 미만", "en": "less than 0.1%"}[lang] in said(LEARNT, lang)


def test_a_difference_within_chance_is_called_that(lang):
    told = said(LITTLE, lang)
    assert {"ko": "늘었다고도 줄었다고도", "en": "nobody can tell"}[lang] in told
    assert "100%" in told  # one question more: chance makes that whatever the signs


def test_a_real_fall_is_not_called_a_gain(lang):
    told = said(FORGOT, lang)
    assert {"ko": "정말로 줄었습니다", "en": "a real fall"}[lang] in told


def test_it_owns_up_that_a_single_line_proves_little(lang):
    assert {"ko": "한 줄만 보고", "en": "a single line"}[lang] in said(LITTLE, lang)


def test_what_was_left_out_is_told(lang):
    told = said(LITTLE | dict.fromkeys(form(gains(), "pre")[:2], skipped()), lang)
    assert {"ko": "처음에 2개, 마칠 때 0개", "en": "left out 2 before and 0 after"}[lang] in told
    assert {"ko": "1개 건너뜀", "en": "1 left out"}[lang] in told


def skipped():
    return (Try("2026-11-22T05:00:00+00:00", 0.0, skipped=True),)


class TestHowSure:
    def test_without_a_word_of_it_there_is_no_table(self, lang):
        assert 'class="sure"' not in html(measured(gains(), LEARNT), lang)

    def test_each_step_tells_how_many_of_its_answers_were_right(self, lang):
        found = measured(gains(), taken_both([0.0] * 24, [1.0] * 20 + [0.0] * 4, sure=1))
        assert {"ko": "24개 가운데 20개", "en": "20 of 24"}[lang] in html(found, lang)
        assert {"ko": "웬만큼: ", "en": "fairly sure: "}[lang] in text(found, lang)

    def test_sure_and_wrong_leads_back_to_the_lessons(self, lang):
        found = measured(gains(), taken_both([0.0] * 24, [0.0] + [1.0] * 23, sure=2))
        assert {"ko": "과는 01입니다", "en": "see again first: 01."}[lang] in text(found, lang)

    def test_sure_and_right_is_told_too(self, lang):
        found = measured(gains(), taken_both([0.0] * 24, [1.0] * 24, sure=2))
        assert {"ko": "모두 맞았습니다", "en": "was right"}[lang] in html(found, lang)

    def test_who_was_never_sure_is_told_nothing_of_it(self):
        told = said(taken_both([0.0] * 24, [1.0] * 24, sure=0))
        assert "all that you were sure of" not in told


@pytest.mark.parametrize("made", [html, text])
def test_the_earlier_tests_are_told_as_what_they_were(made, lang):
    earlier = [*form(gains(), "pre", earlier=True), *form(gains(), "post", earlier=True)]
    tries = dict.fromkeys(earlier, (Try("2026-11-22T05:00:00+00:00", 0.5),))
    told = made(measured(gains(), tries), lang)
    assert {"ko": "예전 판의 시험", "en": "an earlier release"}[lang] in told
    assert {"ko": "물음 12개 가운데 처음에는 6개를", "en": "Of 12 questions you had 6 right"}[
        lang
    ] in told
