"""The day's card in a notebook: a review begins blank, and the lesson's answer stays."""

from datetime import UTC, datetime, timedelta

import pytest

from b2bcourse import notebook
from b2bcourse.context import practice_item
from b2bcourse.facts import Text
from b2bcourse.items import kind_of
from b2bcourse.items.response import REVIEW
from b2bcourse.responses import SaveError, Store, histories
from b2bcourse.responses import store as storing
from b2bcourse.widgets.day import Card, DayList

ITEM, SMALL = "dmp-meaning", "dmp-plan"
CARD = Card("Today", "Come back on Thursday.", "again", "one small decision")
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """Moves the days along."""

    class Clock(datetime):
        moment = START

        @classmethod
        def now(cls, tz=None):
            return cls.moment.astimezone(tz)

    monkeypatch.setattr(storing, "datetime", Clock)
    return Clock


def face(item=ITEM):
    authored = practice_item(item)
    return kind_of(authored.kind).face(authored, "en")


def right(item=ITEM):
    authored = practice_item(item)
    kind = kind_of(authored.kind)
    return kind.model_answer(face(item), kind.key(authored))


def shown(folder, now=START):
    items = [practice_item(ITEM), practice_item(SMALL)]
    return DayList(folder, items, {ITEM}, CARD, "en", now)


def answer_of(folder, item=ITEM):
    found = Store(folder, face(item), practice_item(item)).read().response
    return found.value if found else {}


def test_a_review_begins_blank_and_leaves_the_lessons_answer(tmp_path, clock):
    Store(tmp_path, face(), practice_item(ITEM)).save(right(), was={})
    card = shown(tmp_path)
    card.open(ITEM)
    assert card.opened.value == kind_of("choice").blank(face())
    card.opened._save(right())
    card.opened._check({})
    assert answer_of(tmp_path) == right()
    tries = histories(tmp_path)[ITEM]
    assert [one.occasion for one in tries] == [REVIEW]
    assert tries[0].fraction == 1


def test_the_small_decision_is_the_lessons_own(tmp_path, clock):
    card = shown(tmp_path)
    card.open(SMALL)
    card.opened._save(right(SMALL))
    card.opened._check({})
    assert answer_of(tmp_path, SMALL) == right(SMALL)
    assert histories(tmp_path)[SMALL][0].occasion == "lesson"


def test_on_the_same_day_a_review_is_as_it_was_left(tmp_path, clock):
    first = shown(tmp_path)
    first.open(ITEM)
    first.opened._save(right())
    first.opened._check({})
    again = shown(tmp_path)
    again.open(ITEM)
    assert again.opened.value == right()
    assert [entry["state"] for entry in again.view.entries] == ["done", ""]


def test_on_another_day_in_a_new_kernel_it_begins_blank_with_its_tries_kept(tmp_path, clock):
    first = shown(tmp_path)
    first.open(ITEM)
    first.opened._save(right())
    first.opened._check({})
    clock.moment = START + timedelta(days=9)
    later = shown(tmp_path, clock.moment)
    assert [entry["state"] for entry in later.view.entries] == ["", ""]
    later.open(ITEM)
    assert later.opened.value == kind_of("choice").blank(face())
    later.opened._save(right())
    later.opened._check({})
    assert [one.time[:10] for one in histories(tmp_path)[ITEM]] == ["2026-11-02", "2026-11-11"]


def test_what_was_begun_and_not_checked_is_not_thrown_away(tmp_path, clock):
    first = shown(tmp_path)
    first.open(ITEM)
    first.opened._save(right())
    clock.moment = START + timedelta(days=3)
    later = shown(tmp_path, clock.moment)
    later.open(ITEM)
    assert later.opened.value == right()


def test_where_nothing_can_be_written_the_review_opens_all_the_same(tmp_path, clock, monkeypatch):
    first = shown(tmp_path)
    first.open(ITEM)
    first.opened._save(right())
    first.opened._check({})
    clock.moment = START + timedelta(days=3)

    def full(*_, **_named):
        raise SaveError(Text("꽉 찼습니다.", "It is full."))

    monkeypatch.setattr(Store, "save", full)
    later = shown(tmp_path, clock.moment)
    later.open(ITEM)
    assert later.opened is not None


def test_it_is_told_in_an_export_too(tmp_path):
    said = repr(shown(tmp_path))
    assert "Come back on Thursday." in said
    assert practice_item(ITEM).title.en in said


def test_before_anything_was_tried_the_cell_says_how_it_begins(tmp_path, monkeypatch, write_index):
    write_index(tmp_path, "en")
    monkeypatch.chdir(tmp_path)
    card = notebook.today()
    assert "Begin a lesson" in repr(card)
    assert card.view.entries == []
