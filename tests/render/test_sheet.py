"""Answers in their exercises' shape: judged without a key in it, whole with the key open."""

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace
from practice_bank import PRACTICE

from b2bcourse.facts import LANGS
from b2bcourse.items import kind_of
from b2bcourse.items.judging import judge
from b2bcourse.render.look import TONES
from b2bcourse.render.sheet import Judged, sheet, style, symbols

BANK = {name: item for name, item in PRACTICE.items() if item.kind != "essay"}
FIRST = {(item.kind, getattr(item, "form", "")): name for name, item in reversed(BANK.items())}
CHOSEN = sorted(FIRST.values())
HANGUL = re.compile("[가-힣]")


class Balance(HTMLParser):
    """Complains of a tag that is never closed, or closed in another's place."""

    VOID = frozenset({"circle", "path", "use", "br", "col"})

    def __init__(self):
        super().__init__()
        self.open = []
        self.words = []

    def handle_starttag(self, tag, _attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, _attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def read(html):
    page = Balance()
    page.feed(html)
    page.close()
    assert page.open == []
    return " ".join(page.words)


def graded(name, value, lang="ko", *, opened=False):
    item = BANK[name]
    kind = kind_of(item.kind)
    face, key = kind.face(item, lang), kind.key(item)
    outcome = judge(kind, face, key, value)
    feedback = (kind.explain if opened else kind.judged)(face, key, outcome, value)
    told = kind.reckon(face, key, outcome, value)
    return sheet(face, value, Judged(feedback, told.missing, opened))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CHOSEN)
def test_every_sample_of_every_kind_is_a_well_formed_sheet_in_one_language(name, lang):
    item = BANK[name]
    kind = kind_of(item.kind)
    face = kind.face(item, lang)
    for sample in kind.samples(item):
        for html in (
            sheet(face, sample.value),
            graded(name, sample.value, lang),
            graded(name, sample.value, lang, opened=True),
        ):
            words = read(html)
            assert lang == "ko" or not HANGUL.search(words), words
            assert set(re.findall(r'href="#m-([a-z]+)"', html)) <= set(TONES)


@pytest.mark.parametrize("name", CHOSEN)
def test_no_sheet_that_is_judged_shows_a_missed_part_in_its_place(name):
    """What is missing is a count beside a row, in a note or in the legend; never a cell."""
    item = BANK[name]
    for sample in kind_of(item.kind).samples(item):
        html = graded(name, sample.value)
        assert 'class="c missed' not in html
        assert 'class="put missed' not in html
        assert '<tr class="missed"' not in html


def test_with_the_key_open_the_missed_marks_stand_in_their_cells():
    name = FIRST["matrix", "cells"]
    kind = kind_of("matrix")
    item = BANK[name]
    face, key = kind.face(item, "ko"), kind.key(item)
    value = kind.model_answer(face, key)
    row = next(row for row, marks in value["cells"].items() if len(marks) > 1)
    value["cells"][row].popitem()
    opened = graded(name, value, opened=True)
    assert 'class="c missed' in opened
    denied = "무엇인지는 적지 않습니다"
    assert denied not in opened
    assert denied in graded(name, value)
    assert 'class="c missed' not in graded(name, value)


# ---- two keys that give the same verdicts on what was answered give the same sheet


def test_which_person_is_missing_in_a_row_changes_no_byte():
    name = FIRST["matrix", "cells"]
    kind, item = kind_of("matrix"), BANK[name]
    face, key = kind.face(item, "ko"), kind.key(item)
    row, line, missed, other = next(
        (row, line, person, other)
        for row, line in key.lines.items()
        if len(line.required) > 1 and not line.any_of
        for person in [next(iter(line.required))]
        for other in [c.id for c in face.columns]
        if other not in line.required and other not in line.accepted
    )
    value = kind.model_answer(face, key)
    del value["cells"][row][missed]
    required = {other if p == missed else p: mark for p, mark in line.required.items()}
    line_b = replace(line, required=required)
    key_b = replace(key, lines={**key.lines, row: line_b})
    pages = []
    for each in (key, key_b):
        outcome = judge(kind, face, each, value)
        told = kind.reckon(face, each, outcome, value)
        feedback = kind.judged(face, each, outcome, value)
        pages.append((told, sheet(face, value, Judged(feedback, told.missing))))
    assert pages[0] == pages[1]
    assert "1개 빠짐" in pages[0][1]


def test_where_a_card_belongs_that_was_put_wrongly_changes_no_byte():
    name = next(
        n
        for n, i in BANK.items()
        if i.kind == "matching" and not i.evidence and len(i.categories) > 3
    )
    kind, item = kind_of("matching"), BANK[name]
    face, key = kind.face(item, "ko"), kind.key(item)
    slot, card = next((slot, card) for slot, card in key.cards.items() if len(card.required) == 1)
    offered = face.offered(next(c for c in face.cards if c.id == slot))
    free = [p for p in offered if p not in {*card.required, *card.accepted}]
    wrong, elsewhere = free[:2]
    value = kind.model_answer(face, key)
    value["places"][slot] = {wrong: 1}
    moved = replace(card, required=(elsewhere,))
    key_b = replace(key, cards={**key.cards, slot: moved})
    pages = []
    for each in (key, key_b):
        outcome = judge(kind, face, each, value)
        told = kind.reckon(face, each, outcome, value)
        feedback = kind.judged(face, each, outcome, value)
        pages.append((told, sheet(face, value, Judged(feedback, told.missing))))
    assert pages[0] == pages[1]


def test_which_option_is_missing_changes_no_byte():
    name = next(n for n, i in BANK.items() if i.kind == "choice" and i.several)
    kind, item = kind_of("choice"), BANK[name]
    face, key = kind.face(item, "ko"), kind.key(item)
    missed = next(iter(key.right))
    other = next(o.id for o in face.options if o.id not in {*key.right, *key.accepted})
    value = kind.model_answer(face, key)
    value["chosen"].pop(missed)
    right = type(key.right)(other if name == missed else name for name in key.right)
    pages = []
    for each in (key, replace(key, right=right)):
        outcome = judge(kind, face, each, value)
        told = kind.reckon(face, each, outcome, value)
        feedback = kind.judged(face, each, outcome, value)
        pages.append((told, sheet(face, value, Judged(feedback, told.missing))))
    assert pages[0] == pages[1]


# ---- evidence


def evidence():
    name = next(n for n, i in BANK.items() if i.kind == "matching" and i.evidence)
    kind, item = kind_of("matching"), BANK[name]
    face, key = kind.face(item, "ko"), kind.key(item)
    slot = next(s for s, c in key.cards.items() if len(c.required) == 1 and c.lines)
    return name, kind, face, key, slot


def test_lines_that_fit_a_right_claim_are_called_right():
    name, kind, face, key, _ = evidence()
    assert '<span class="cited right">' in graded(name, kind.model_answer(face, key))


def test_lines_of_a_wrong_claim_are_not_judged():
    """No praise for proof of a wrong claim, though the line be the one that shows the right one."""
    name, kind, face, key, slot = evidence()
    value = kind.model_answer(face, key)
    card = next(card for card in face.cards if card.id == slot)
    wrong = next(
        place
        for place in face.offered(card)
        if place not in {*key.cards[slot].required, *key.cards[slot].accepted}
    )
    value["places"][slot] = {wrong: 1}
    lines = sorted(key.cards[slot].lines)
    html = graded(name, value)
    told = f"{', '.join(map(str, lines))}번 줄: 보지 않음"
    assert f'<span class="cited ">{told}</span>' in html
    feedback = kind.judged(face, key, judge(kind, face, key, value), value)
    assert f"{slot}/#" not in feedback.parts


# ---- what a page brings along


def test_every_mark_has_a_drawing_and_a_word_for_who_cannot_see_it():
    drawings = symbols()
    for name in TONES:
        assert f'id="m-{name}"' in drawings
    name = FIRST["matrix", "cells"]
    kind, item = kind_of("matrix"), BANK[name]
    face, key = kind.face(item, "en"), kind.key(item)
    html = graded(name, kind.model_answer(face, key), "en")
    assert '<span class="sr">right </span>' in html


def test_the_style_loads_nothing():
    assert "url(" not in style()
    assert "@import" not in style()


def test_a_hostile_answer_is_shown_as_text_or_not_at_all():
    evil = "<script>alert(1)</script>"
    for name in CHOSEN:
        kind = kind_of(BANK[name].kind)
        face = kind.face(BANK[name], "ko")
        for value in ({evil: {evil: 1}}, {"cells": {evil: {evil: 1}}, "rows": {"r1": evil}}):
            assert evil not in sheet(face, value)


def test_a_kind_without_a_sheet_is_shown_by_its_static_table(monkeypatch):
    from b2bcourse.render import sheet as room

    monkeypatch.setattr(room, "_module", lambda _kind: None)
    name = FIRST["ordering", ""]
    face = kind_of("ordering").face(BANK[name], "ko")
    assert "b2b-static" in sheet(face, {"order": {}})


@pytest.mark.parametrize(("opened", "told"), [(False, True), (True, False)])
def test_with_the_key_open_no_legend_says_that_what_is_missing_is_not_told(opened, told):
    name = next(n for n in CHOSEN if BANK[n].kind == "matrix")
    item = BANK[name]
    kind = kind_of(item.kind)
    blank = kind.blank(kind.face(item, "en"))
    some = next(
        s.value for s in kind.samples(item) if s.value != blank and s.fraction not in (0, 1)
    )
    page = graded(name, some, "en", opened=opened)
    assert "missed" in page
    assert ("which is not told" in page) == told
