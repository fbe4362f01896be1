"""An ordering as a table and as text: complete, well formed, in one language, and no key in it."""

import re
from html import escape
from html.parser import HTMLParser

import msgspec
import pytest

from b2bcourse import render
from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.items.ordering.samples import in_slots
from b2bcourse.items.ordering.words import WORDS
from b2bcourse.items.words import NOTES
from b2bcourse.render.words import WORDS as SHARED

BANK = {path.stem: load_item(path) for path in sorted(bank_folder().glob("or-*.yaml"))}
KIND = kind_of("ordering")
HANGUL = re.compile("[가-힣]")
VOID = {"br", "path", "circle"}

pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


class Page(HTMLParser):
    """Reads HTML and fails on a tag that is not closed where it should be."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.text += data


def half_wrong(item):
    """Some cards as they lie in the tray, with a gap."""
    cards = [card.id for card in KIND.face(item, "ko").cards]
    value = in_slots(cards[: len(item.cards) - 1])
    del value["order"]["2"]
    return value


def feedbacks(item, lang, value):
    shown, key = KIND.face(item, lang), KIND.key(item)
    outcome = KIND.score(shown, key, value)
    return [None, KIND.explain(shown, key, outcome, value), KIND.judged(shown, key, outcome, value)]


def all_pages(item, lang):
    shown = KIND.face(item, lang)
    for value in ({}, half_wrong(item), KIND.model_answer(shown, KIND.key(item))):
        for feedback in feedbacks(item, lang, value):
            yield render.html(shown, value, feedback), render.text(shown, value, feedback)


def test_html_is_well_formed_loads_nothing_and_says_what_it_is(item, lang):
    for html, _ in all_pages(item, lang):
        page = Page(html)
        assert page.tags[0] == ("div", {"class": "b2b-static", "data-item": item.id, "lang": lang})
        for tag, attributes in page.tags:
            assert tag not in {"script", "iframe", "link", "img", "object"}
            assert not any(name.startswith("on") or name in {"src", "href"} for name in attributes)


def test_english_holds_no_hangul_and_korean_is_korean(item):
    for html, text in all_pages(item, "en"):
        assert not HANGUL.search(html + text)
    for html, text in all_pages(item, "ko"):
        assert HANGUL.search(Page(html).text)
        assert HANGUL.search(text)


def test_every_card_stands_in_both_once_at_its_number_or_among_those_left(item, lang):
    shown, value = KIND.face(item, lang), half_wrong(item)
    text = render.text(shown, value)
    html = Page(render.html(shown, value)).text
    names = {card.id: card.text for card in shown.cards}
    for slot, card in value["order"].items():
        assert f"\n{slot}. {names[card]}\n" in text
    assert f"\n2. {WORDS.empty[lang]}\n" in text
    left = set(names) - set(value["order"].values())
    assert WORDS.head_tray[lang].format(n=len(left)) in html
    for card in left:
        assert f"\n- {names[card]}" in text
    assert all(name in html for name in names.values())


def test_a_table_not_yet_judged_says_that_it_is_only_the_saved_answer(item, lang):
    shown = KIND.face(item, lang)
    said = escape(SHARED.static[lang].format(item=shown.id))
    assert said in render.html(shown, {})
    assert said not in render.html(shown, {}, feedbacks(item, lang, {})[1])


def test_practice_tells_every_reason_that_the_feedback_holds(item, lang):
    shown, value = KIND.face(item, lang), half_wrong(item)
    feedback = feedbacks(item, lang, value)[1]
    html = Page(render.html(shown, value, feedback)).text
    text = render.text(shown, value, feedback)
    for part in feedback.parts.values():
        for line in part.lines:
            assert line.lead in html
            assert f"{line.lead} {line.text}".strip() in text
            assert line.text in html
    for state in {part.state for part in feedback.parts.values()}:
        assert getattr(NOTES.verdicts, state)[lang] in html


def test_graded_feedback_shows_no_key(item, lang):
    shown, value = KIND.face(item, lang), half_wrong(item)
    feedback = feedbacks(item, lang, value)[2]
    html = Page(render.html(shown, value, feedback)).text.replace(feedback.text, "")
    text = render.text(shown, value, feedback)
    assert NOTES.verdicts.missed[lang] not in html
    for card in (*item.cards, *item.decoys):
        assert card.reason[lang] not in html + text


def test_what_stands_in_a_face_or_an_answer_cannot_become_markup(item, lang):
    nasty = '<script>alert("1")</script>&amp;'
    cards = tuple(msgspec.structs.replace(c, text=nasty) for c in KIND.face(item, lang).cards)
    shown = msgspec.structs.replace(KIND.face(item, lang), title=nasty, task=nasty, cards=cards)
    value = {"order": {nasty: nasty, "1": nasty}, nasty: 1}
    feedback = KIND.explain(shown, KIND.key(item), KIND.score(shown, KIND.key(item), value), value)
    assert any("<script>" in note for note in feedback.notes)
    page = Page(render.html(shown, value, feedback))
    assert "script" not in {tag for tag, _ in page.tags}
    assert nasty in page.text


def test_any_json_can_be_shown(item, lang):
    shown = KIND.face(item, lang)
    for junk in (None, [], 3, "x", {"order": 3}, {"order": {"1": []}}, {"order": ["a"]}):
        assert render.html(shown, junk) == render.html(shown, {})
        assert render.text(shown, junk) == render.text(shown, {})
