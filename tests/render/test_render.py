"""A matrix as a table and as text: complete, well formed, in one language, and no key in it."""

import re
from html import escape
from html.parser import HTMLParser

import msgspec
import pytest
from practice_bank import PRACTICE

from b2bcourse import render
from b2bcourse.items import kind_of
from b2bcourse.items.words import NOTES
from b2bcourse.render.words import WORDS, state_word

BANK = {name: item for name, item in PRACTICE.items() if item.kind == "matrix"}
KIND = kind_of("matrix")
VOID = {"br", "path", "circle"}
HANGUL = re.compile("[가-힣]")

pytestmark = pytest.mark.parametrize("item", BANK.values(), ids=BANK)


class Page(HTMLParser):
    """Reads HTML and fails on a tag that is not closed where it should be."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
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
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


def seen(item, lang):
    """The face, the model answer and its outcome."""
    shown, key = KIND.face(item, lang), KIND.key(item)
    value = KIND.model_answer(shown, key)
    return shown, key, value, KIND.score(shown, key, value)


def half(value):
    """Every other mark and name of an answer."""

    def thin(table):
        return {name: part for n, (name, part) in enumerate(table.items()) if n % 2}

    return {
        "cells": {row: thin(marks) for row, marks in value["cells"].items()},
        "rows": thin(value["rows"]) or value["rows"],
        "columns": thin(value["columns"]) if not value["rows"] else value["columns"],
    }


def all_pages(item, lang):
    """The item blank, answered, practised and graded, as HTML and as text."""
    shown, key, value, _ = seen(item, lang)
    for answer in ({}, value, half(value)):
        outcome = KIND.score(shown, key, answer)
        for feedback in (
            None,
            KIND.explain(shown, key, outcome, answer),
            KIND.judged(shown, key, outcome, answer),
        ):
            yield render.html(shown, answer, feedback), render.text(shown, answer, feedback)


def test_html_is_well_formed_and_says_what_it_is(item, lang):
    for html, _ in all_pages(item, lang):
        tag, attributes = Page(html).tags[0]
        assert tag == "div"
        assert attributes["class"] == "b2b-static"
        assert attributes["data-item"] == item.id
        assert attributes["lang"] == lang


def test_nothing_is_loaded_and_nothing_runs(item, lang):
    for html, _ in all_pages(item, lang):
        for tag, attributes in Page(html).tags:
            assert tag not in {"script", "iframe", "link", "img", "object"}
            assert not any(name.startswith("on") or name in {"src", "href"} for name in attributes)


def test_english_holds_no_hangul_and_korean_is_korean(item):
    for html, text in all_pages(item, "en"):
        assert not HANGUL.search(html + text)
    for html, text in all_pages(item, "ko"):
        assert HANGUL.search(Page(html).text)
        assert HANGUL.search(text)


def test_every_marked_person_and_chosen_name_stands_in_both(item, lang):
    shown, _, value, _ = seen(item, lang)
    people = {c.id: c.name for c in (*shown.columns, *shown.text_columns, *shown.column_choices)}
    rows = {c.id: c.name for c in shown.row_choices}
    named = {people[value["columns"].get(c, c)] for marks in value["cells"].values() for c in marks}
    named |= {rows[name] for name in value["rows"].values()}
    named |= {people[name] for name in value["columns"].values()}
    html, text = Page(render.html(shown, value)).text, render.text(shown, value)
    assert named
    for name in named:
        assert name in html
        assert name in text


def test_title_task_and_every_row_stand_in_both(item, lang):
    shown = KIND.face(item, lang)
    html, text = Page(render.html(shown, {})).text, render.text(shown, {})
    for words in (shown.title, shown.task, *(row.card or row.name or row.id for row in shown.rows)):
        assert words in html
        assert words in text
    for paragraph in shown.case:
        assert paragraph in text


def test_a_table_not_yet_judged_says_that_it_is_only_the_saved_answer(item, lang):
    shown, key, value, outcome = seen(item, lang)
    said = escape(WORDS.static[lang].format(item=shown.id))
    assert said in render.html(shown, value)
    feedback = KIND.explain(shown, key, outcome, value)
    assert said not in render.html(shown, value, feedback)


def test_practice_tells_every_reason_that_the_feedback_holds(item, lang):
    shown, key, value, _ = seen(item, lang)
    answer = half(value)
    feedback = KIND.explain(shown, key, KIND.score(shown, key, answer), answer)
    html, text = (
        Page(render.html(shown, answer, feedback)).text,
        render.text(shown, answer, feedback),
    )
    assert feedback.text in html
    for frame in feedback.rows.values():
        for line in frame.lines:
            assert line.lead in html
            assert line.text in html
            assert f"{line.lead} {line.text}".strip() in text


def test_graded_feedback_shows_no_key(item, lang):
    shown, key, value, _ = seen(item, lang)
    for answer in ({}, half(value)):
        feedback = KIND.judged(shown, key, KIND.score(shown, key, answer), answer)
        html = Page(render.html(shown, answer, feedback)).text
        text = render.text(shown, answer, feedback)
        assert NOTES.verdicts.missed[lang] not in html.replace(feedback.text, "")
        for line in key.lines.values():
            for reason in line.reasons.values():
                assert reason[lang] not in html + text
        if shown.form == "cells":
            marked = {person for marks in answer.get("cells", {}).values() for person in marks}
            for column in shown.columns:
                if column.id not in marked:
                    assert not re.search(rf"(^|[ ,]){re.escape(column.name)}[ ,(]", html)


def test_what_stands_in_a_face_or_an_answer_cannot_become_markup(item, lang):
    nasty = '<script>alert("1")</script>&amp;'
    shown = msgspec.structs.replace(KIND.face(item, lang), title=nasty, task=nasty)
    shown = msgspec.structs.replace(
        shown,
        rows=tuple(msgspec.structs.replace(r, name=nasty, card=nasty) for r in shown.rows),
        columns=tuple(msgspec.structs.replace(c, name=nasty) for c in shown.columns),
    )
    answer = {
        "cells": {nasty: {nasty: nasty}},
        "rows": {nasty: nasty},
        "columns": {nasty: nasty},
        nasty: nasty,
    }
    feedback = KIND.explain(
        shown, KIND.key(item), KIND.score(shown, KIND.key(item), answer), answer
    )
    assert any("<script>" in note for note in feedback.notes)
    page = Page(render.html(shown, answer, feedback))
    assert "script" not in {tag for tag, _ in page.tags}
    assert nasty in page.text


def test_any_json_can_be_shown(item, lang):
    shown = KIND.face(item, lang)
    for junk in (None, [], 3, "x", {"cells": 3}, {"rows": {"r1": []}}, {"columns": {"c1": {}}}):
        assert render.html(shown, junk) == render.html(shown, {})
        assert render.text(shown, junk) == render.text(shown, {})


def test_verdicts_are_said_in_words_and_not_by_shape_alone(item, lang):
    if item.form not in {"cells", "both"}:
        return
    shown, key, value, _ = seen(item, lang)
    wrong = KIND.merge(value, {"cells": {shown.rows[0].id: {shown.columns[-1].id: 1}}})
    feedback = KIND.explain(shown, key, KIND.score(shown, key, wrong), wrong)
    shapes = {verdict for cells in feedback.cells.values() for verdict in cells.values()}
    html = Page(render.html(shown, wrong, feedback)).text
    for shape in shapes:
        assert state_word(shape, lang) in html
