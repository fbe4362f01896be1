"""A matching as a table and as text: every card once, in one language, and no key in it."""

import re
from html.parser import HTMLParser

import pytest

from b2bcourse import render
from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item

KIND = kind_of("matching")
BANK = {path.stem: load_item(path) for path in sorted(bank_folder().glob("ma-*.yaml"))}
VOID = {"br", "path", "circle"}

pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


class Page(HTMLParser):
    """Reads HTML and fails on a tag that is not closed where it should be."""

    def __init__(self, html):
        super().__init__()
        self.open, self.words = [], []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, _attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, _attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


def both(face, value, feedback=None):
    """What a reader of the page and a reader of the text see."""
    return Page(render.html(face, value, feedback)).text, render.text(face, value, feedback)


def test_a_blank_answer_shows_every_category_and_every_card(item, lang):
    face = KIND.face(item, lang)
    for shown in both(face, KIND.blank(face)):
        assert face.title in shown
        for named in (*face.cards, *face.categories, *face.sides):
            assert (named.text if named in face.cards else named.name) in shown


def test_the_right_answer_shows_each_card_where_it_belongs(item, lang):
    face, key = KIND.face(item, lang), KIND.key(item)
    value = KIND.model_answer(face, key)
    lines = render.text(face, value).splitlines()
    for card in face.cards:
        times = sum(line.endswith(f". {card.text}") for line in lines)
        assert times == max(1, len(key.cards[card.id].required))


def test_judged_it_tells_the_score_and_what_was_said(item, lang):
    face, key = KIND.face(item, lang), KIND.key(item)
    value = KIND.guess(face, "first", None)
    outcome = KIND.score(face, key, value)
    for feedback in (
        KIND.explain(face, key, outcome, value),
        KIND.judged(face, key, outcome, value),
    ):
        for shown in both(face, value, feedback):
            assert feedback.big in shown
            for name, part in feedback.parts.items():
                if "/" in name:
                    assert part.lines[0].lead in shown


def test_without_feedback_no_reason_is_in_it(item, lang):
    face = KIND.face(item, lang)
    for shown in both(face, KIND.model_answer(face, KIND.key(item))):
        assert not any(card.reason[lang] in shown for card in item.cards)


def test_english_is_english(item):
    face, key = KIND.face(item, "en"), KIND.key(item)
    value = KIND.guess(face, "first", None)
    feedback = KIND.explain(face, key, KIND.score(face, key, value), value)
    for shown in both(face, value, feedback):
        assert not re.search("[가-힣]", shown)


@pytest.mark.parametrize("value", [None, [], {"places": 3}, {"places": {"c1": {"<script>": 1}}}])
def test_any_json_is_shown_without_harm(item, value):
    face = KIND.face(item, "ko")
    for shown in both(face, value):
        assert "<script>" not in shown
