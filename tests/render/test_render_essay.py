"""An essay as HTML and as text: the writing kept as written, the model only where it may be seen."""

import pytest
from practice_bank import PRACTICE

from b2bcourse import render
from b2bcourse.items import essay

BANK = {name: item for name, item in PRACTICE.items() if item.kind == "essay"}
pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


def shown_with(item, lang, value):
    face, key = essay.face(item, lang), essay.key(item)
    feedback = essay.explain(face, key, essay.score(face, key, value), value)
    return render.html(face, value, feedback), render.text(face, value, feedback)


def test_the_text_stands_in_both_and_markup_in_it_stays_text(item, lang):
    value = {"text": "<script>alert(1)</script> & 둘\n\n셋", "self": {}}
    face = essay.face(item, lang)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 둘" in render.html(face, value)
    assert "<script>" not in render.html(face, value)
    assert "<script>alert(1)</script> & 둘" in render.text(face, value)


def test_the_model_comes_with_a_long_enough_text_only(item, lang):
    paragraph = item.model[lang].split("\n\n")[0]
    for page in shown_with(item, lang, {"text": "짧은 글", "self": {}}):
        assert paragraph not in page
    value = {"text": "낱말 " * item.words.min, "self": {}}
    assert paragraph in shown_with(item, lang, value)[1]
    assert paragraph not in render.text(essay.face(item, lang), value)


def test_every_criterion_stands_with_the_level_chosen(item, lang):
    model = essay.model_answer(essay.face(item, lang), essay.key(item))
    for page in shown_with(item, lang, model)[1:]:
        for criterion in item.rubric:
            assert criterion.criterion[lang] in page
            assert criterion.levels[0].text[lang] in page
            assert f"{criterion.points_share * 10:.1f} / {criterion.points_share * 10:.1f}" in page


@pytest.mark.parametrize("value", [{}, {"text": 3}, {"self": []}, []])
def test_anything_can_be_shown(item, lang, value):
    face = essay.face(item, lang)
    assert item.title[lang] in render.text(face, value)
    assert 'class="b2b-static"' in render.html(face, value)
    shown_with(item, lang, value)
