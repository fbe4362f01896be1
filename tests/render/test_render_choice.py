"""A choice question as a table and as text: complete, well formed, in one language, no key in it."""

import re
from html.parser import HTMLParser

import pytest
from practice_bank import PRACTICE

from b2bcourse import render
from b2bcourse.items import choice

BANK = {name: item for name, item in PRACTICE.items() if item.kind == "choice"}
pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


class Page(HTMLParser):
    """Reads HTML; a tag that is not closed where it should be fails."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.words = [], [], ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def pages(item, lang):
    """The item blank, right, wrong and malformed; as it stands, practised and graded."""
    shown, key = choice.face(item, lang), choice.key(item)
    wrong = {"chosen": {next(o.id for o in item.options if o.verdict == "wrong"): 1}}
    for value in ({}, choice.model_answer(shown, key), wrong, {"chosen": 3}):
        found = choice.score(shown, key, value)
        for told in (
            None,
            choice.explain(shown, key, found, value),
            choice.judged(shown, key, found, value),
        ):
            yield render.html(shown, value, told), render.text(shown, value, told)


def test_html_is_well_formed_and_nothing_in_it_runs(item, lang):
    for html, _ in pages(item, lang):
        page = Page(html)
        assert page.tags[0] == ("div", {"class": "b2b-static", "data-item": item.id, "lang": lang})
        assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "link"}


def test_both_show_the_task_and_every_option_numbered(item, lang):
    for html, text in pages(item, lang):
        for words in (item.title[lang], item.task[lang], *item.case[lang]):
            assert words in Page(html).words
            assert words in text
        for number, option in enumerate(choice.face(item, lang).options, start=1):
            assert f"{number}. {option.text}" in Page(html).words
            assert f"{number}. {option.text}" in text


def test_english_is_english_and_korean_korean(item):
    for html, text in pages(item, "en"):
        assert not re.search("[가-힣]", re.sub("공기|납기", "", html + text))
    for _, text in pages(item, "ko"):
        assert re.search("[가-힣]", text)


def test_reasons_stand_only_in_what_practice_shows(item, lang):
    shown, key = choice.face(item, lang), choice.key(item)
    value = choice.model_answer(shown, key)
    found = choice.score(shown, key, value)
    practised = render.text(shown, value, choice.explain(shown, key, found, value))
    graded = render.text(shown, value, choice.judged(shown, key, found, value))
    for name in key.right:
        assert key.reasons[name][lang] in practised
        assert key.reasons[name][lang] not in graded
        assert key.reasons[name][lang] not in render.html(shown, value)


def test_a_graded_page_does_not_mark_what_was_missed(item, lang):
    shown, key = choice.face(item, lang), choice.key(item)
    wrong = {"chosen": {next(o.id for o in item.options if o.verdict == "wrong"): 1}}
    found = choice.score(shown, key, wrong)
    text = render.text(shown, wrong, choice.judged(shown, key, found, wrong))
    lines = text.splitlines()
    for number, option in enumerate(shown.options, start=1):
        if option.id in key.right:
            assert f"{number}. {option.text}" in lines
