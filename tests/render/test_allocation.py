"""An allocation as tables and as text: complete, well formed, in one language, and no key in it."""

import re

import pytest
from practice_bank import PRACTICE
from test_render import Page

from b2bcourse import render
from b2bcourse.items import kind_of
from b2bcourse.items.allocation.words import WORDS
from b2bcourse.items.words import NOTES
from b2bcourse.render.words import WORDS as SHARED

KIND = kind_of("allocation")
BANK = {name: item for name, item in PRACTICE.items() if item.kind == "allocation"}
HANGUL = re.compile("[가-힣]")

pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


def answers(item, lang):
    """Blank, best, and every other sample that is an answer."""
    face, key = KIND.face(item, lang), KIND.key(item)
    yield face, key, {}
    for sample in KIND.samples(item):
        yield face, key, sample.value


def pages(item, lang):
    for face, key, value in answers(item, lang):
        outcome = KIND.score(face, key, value)
        for feedback in (
            None,
            KIND.explain(face, key, outcome, value),
            KIND.judged(face, key, outcome, value),
        ):
            yield feedback, render.html(face, value, feedback), render.text(face, value, feedback)


def test_html_is_well_formed_and_loads_nothing(item, lang):
    for _, html, _ in pages(item, lang):
        tags = Page(html).tags
        assert tags[0] == ("div", {"class": "b2b-static", "data-item": item.id, "lang": lang})
        for tag, attributes in tags:
            assert tag not in {"script", "iframe", "link", "img", "object"}
            assert not any(name.startswith("on") or name in {"src", "href"} for name in attributes)


def test_english_holds_no_hangul_and_korean_is_korean(item):
    for _, html, text in pages(item, "en"):
        assert not HANGUL.search(html + text)
    for _, html, text in pages(item, "ko"):
        assert HANGUL.search(html)
        assert HANGUL.search(text)


def test_all_data_and_limits_stand_in_both(item, lang):
    face = KIND.face(item, lang)
    html, text = Page(render.html(face, {})).text, render.text(face, {})
    named = [
        face.title,
        face.task,
        face.rule,
        *(r.name for r in face.rows),
        *(c.name for c in face.columns),
        *(limit.name for limit in face.limits),
    ]
    for words in named:
        assert words in html
        assert words in text
    for column in face.columns:
        for value in column.values.values():
            assert f"{value:g}".replace("-", "−") in html.replace(",", "")


def test_a_plan_is_shown_with_its_totals_and_verdicts(item, lang):
    face, key = KIND.face(item, lang), KIND.key(item)
    best = render.text(face, KIND.model_answer(face, key))
    everything = render.text(face, KIND.guess(face, "all", None))
    if face.limits:
        assert WORDS.table_broken[lang] not in best
        assert WORDS.table_broken[lang] in everything
    if face.line:
        assert f"1. {next(row.name for row in face.rows)}" in everything
    assert NOTES.verdicts.not_attempted[lang] in render.text(face, {})


def test_practice_tells_every_reason_that_the_feedback_holds(item, lang):
    for feedback, html, text in pages(item, lang):
        shown = Page(html).text
        if feedback is None:
            assert SHARED.static[lang].format(item=item.id) in shown
            continue
        assert SHARED.static[lang].format(item=item.id) not in shown
        assert feedback.big in shown
        for part in feedback.parts.values():
            for line in part.lines:
                assert f"{line.lead} {line.text}".strip() in shown
                assert f"{line.lead} {line.text}".strip() in text


def test_graded_feedback_shows_no_key(item, lang):
    for face, key, value in answers(item, lang):
        feedback = KIND.judged(face, key, KIND.score(face, key, value), value)
        shown = render.html(face, value, feedback) + render.text(face, value, feedback)
        assert key.why[lang] not in shown
        for trap in key.traps:
            assert trap.reason[lang] not in shown


def test_any_json_can_be_shown(item, lang):
    face = KIND.face(item, lang)
    for junk in (None, [], 3, "x", {"numbers": 3}, {"order": {"1": []}}, {"worth": "<b>"}):
        Page(render.html(face, junk))
        render.text(face, junk)
