"""What was gained: the first try of each test item, before and after."""

from b2bcourse.facts import Text
from b2bcourse.facts.lessons import Gain
from b2bcourse.items.response import Try
from b2bcourse.learner.gain import html, measured, text

GAINS = tuple(
    Gain(name, Text(f"목표 {name}", f"goal {name}"), f"0{n}-lesson", f"pre-{name}", f"post-{name}")
    for n, name in enumerate("abc", start=1)
)


def tried(*fractions):
    return tuple(Try("2026-11-22T05:00:00+00:00", fraction) for fraction in fractions)


BOTH = {"pre-a": tried(0.0, 1.0), "post-a": tried(1.0), "pre-b": tried(1.0), "post-b": tried(0.5)}


def test_only_the_first_try_counts():
    assert measured(GAINS, BOTH)[0].pre == 0.0


def test_what_was_not_taken_is_told_apart_from_nothing_right(lang):
    found = measured(GAINS, {"pre-a": tried(0.0)})
    assert (found[0].pre, found[0].post) == (0.0, None)
    assert {"ko": "풀지 않음", "en": "not taken"}[lang] in text(found, lang)


def test_gains_and_losses_are_both_told():
    told = text(measured(GAINS, BOTH), "en")
    assert "Of the 2 you took twice, 1 went up, 0 stayed and 1 went down." in told


def test_until_both_are_taken_it_says_what_to_do(lang):
    assert "went" not in text(measured(GAINS, {}), "en")
    assert html(measured(GAINS, {}), lang).count("<circle") == 2  # the legend alone


def test_each_objective_has_its_line_its_words_and_its_lesson(lang):
    page = html(measured(GAINS, BOTH), lang)
    for gain in GAINS:
        assert gain.text[lang] in page
        assert f'href="{gain.lesson}.ipynb"' in page
    assert page.count('class="was"') == 3  # two taken before, and the legend
