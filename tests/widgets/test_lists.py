"""Several exercises behind one list: one open at a time, and a test that tells nothing until its end."""

from html import escape
from itertools import count
from pathlib import Path

import pytest

from b2bcourse.context import practice_item
from b2bcourse.responses import histories
from b2bcourse.widgets.base import PROTOCOL
from b2bcourse.widgets.lists import Listing, Questions

NUMBER = count(1)
IDS = ["ch-pilots", "ch-feedback", "or-dmp5"]


@pytest.fixture
def items():
    return [practice_item(name) for name in IDS]


@pytest.fixture
def listing(lesson_folder, lang, items):
    return Listing(Path.cwd(), items, lang)


@pytest.fixture
def questions(lesson_folder, lang, items):
    return Questions(Path.cwd(), items, lang, "title")


def states(one):
    return [entry["state"] for entry in one.view.entries]


def say(one, **message):
    one._on_message(one.view, message, [])


def click(exercise, **message):
    exercise._on_message(exercise.view, {"p": PROTOCOL, "n": next(NUMBER), **message}, [])


def answer(one, item, how=None):
    say(one, do="open", item=item)
    exercise = one.opened
    authored = practice_item(item)
    kind = exercise._kind
    value = kind.model_answer(exercise.face, kind.key(authored)) if how is None else how
    click(exercise, do="change", patch=kind.replacing(exercise.face, value))


def taken_back(value):
    return {
        name: taken_back(inner) if isinstance(inner, dict) else None
        for name, inner in value.items()
    }


class TestFurtherPractice:
    def test_nothing_is_open_until_it_is_picked(self, listing):
        assert listing.box.children == (listing.view,)
        say(listing, do="open", item="ch-feedback")
        assert listing.view.opened == "ch-feedback"
        assert listing.box.children == (listing.view, listing.opened.view)

    def test_picking_another_puts_it_in_the_place_of_the_first(self, listing):
        say(listing, do="open", item="ch-feedback")
        say(listing, do="open", item="or-dmp5")
        assert listing.box.children[1].face["id"] == "or-dmp5"

    @pytest.mark.parametrize("message", [{"do": "open"}, {"do": "open", "item": "../x"}, {}, None])
    def test_what_it_does_not_know_changes_nothing(self, listing, message):
        listing._on_message(listing.view, message, [])
        assert listing.view.opened == ""

    def test_it_says_how_far_each_one_is(self, listing):
        assert states(listing) == ["", "", ""]
        answer(listing, "ch-feedback")
        assert states(listing) == ["", "begun", ""]
        click(listing.opened, do="check")
        assert states(listing) == ["", "done", ""]

    def test_without_widgets_titles_and_ids_are_told(self, listing):
        assert all(f"({name})" in repr(listing) for name in IDS)

    def test_a_cell_shows_the_list_and_its_titles_for_those_without_widgets(
        self, listing, monkeypatch
    ):
        shown = []
        monkeypatch.setattr(
            "IPython.display.display", lambda bundle, **how: shown.append((bundle, how))
        )
        listing._ipython_display_()
        (bundle, how), (static, _) = shown
        assert all(escape(entry["title"]) in static["text/html"] for entry in listing.view.entries)
        assert static["text/plain"] == repr(listing)
        assert how == {"raw": True}
        assert "application/vnd.jupyter.widget-view+json" in bundle
        assert "b2b.template(" in bundle["text/plain"]
        assert listing.view.entries[0]["title"] not in bundle["text/plain"]

    def test_what_stands_beside_the_list_follows_each_save(self, listing, monkeypatch):
        updates = []

        class Handle:
            def update(self, data, **_how):
                updates.append(data)

        monkeypatch.setattr("IPython.display.display", lambda *_shown, **_how: Handle())
        listing._ipython_display_()
        answer(listing, "ch-feedback")
        click(listing.opened, do="check")
        said = [listing._words[name] for name in ("state_begun", "state_done")]
        assert len(updates) == 2
        assert all(
            word in data[mime]
            for word, data in zip(said, updates, strict=True)
            for mime in ("text/html", "text/plain")
        )


class TestATest:
    def test_no_question_can_be_checked_before_the_end(self, questions):
        answer(questions, "ch-feedback")
        assert questions.opened.view.mode == "answer"
        click(questions.opened, do="check")
        assert histories(Path.cwd())["ch-feedback"] == ()
        assert states(questions) == ["", "answered", ""]

    @pytest.mark.parametrize("item", ["test-roles-1", "pre-interest", "pre-process"])
    @pytest.mark.usefixtures("lesson_folder")
    def test_an_answer_that_was_taken_back_is_none(self, lang, item):
        one = Questions(Path.cwd(), [practice_item(item)], lang, "title")
        answer(one, item)
        assert states(one) == ["answered"]
        click(one.opened, do="change", patch=taken_back(one.opened.value))
        assert states(one) == [""]

    def test_the_first_question_without_an_answer_is_open(self, questions, items, lang):
        assert questions.opened.face.id == "ch-pilots"
        assert questions.box.children == (questions.numbers, questions.opened.view, questions.foot)
        answer(questions, "ch-pilots")
        assert Questions(Path.cwd(), items, lang, "title").opened.face.id == "ch-feedback"

    def test_the_numbers_and_the_foot_know_how_far_each_question_is(self, questions):
        answer(questions, "ch-feedback")
        for part in (questions.numbers, questions.foot):
            assert [entry["state"] for entry in part.entries] == ["", "answered", ""]
            assert part.opened == "ch-feedback"

    def test_titles_that_could_give_something_away_come_at_the_end(self, questions, items, lang):
        titles = [item.title[lang] for item in items]
        assert not {entry["title"] for entry in questions.view.entries} & set(titles)
        say(questions, do="finish")
        assert [entry["title"] for entry in questions.view.entries] == titles

    def test_finishing_judges_each_question_once(self, questions):
        answer(questions, "ch-feedback")
        say(questions, do="finish")
        assert states(questions) == ["review", "done", "review"]
        assert {name: one[0].fraction >= 0.9 for name, one in histories(Path.cwd()).items()} == {
            "ch-pilots": False,
            "ch-feedback": True,
            "or-dmp5": False,
        }
        say(questions, do="finish")
        assert {len(one) for one in histories(Path.cwd()).values()} == {1}
        assert questions.box.children == (questions.view,)
        assert "3" in questions.view.told

    def test_then_every_question_opens_with_its_reasons(self, questions):
        answer(questions, "ch-pilots")
        say(questions, do="finish")
        say(questions, do="open", item="ch-pilots")
        assert questions.opened.view.mode == "practice"
        assert questions.opened.view.feedback["parts"]
        assert len(histories(Path.cwd())["ch-pilots"]) == 1
        assert questions.box.children == (questions.view, questions.opened.view)

    def test_opened_again_later_it_shows_the_result(self, questions, items, lang):
        say(questions, do="finish")
        again = Questions(Path.cwd(), items, lang, "title")
        assert again.box.children == (again.view,)
        assert again.view.told == questions.view.told

    def test_a_later_try_does_not_change_what_the_test_found(self, questions):
        say(questions, do="finish")
        answer(questions, "ch-pilots")
        click(questions.opened, do="check")
        assert states(questions)[0] == "review"

    def test_it_goes_on_where_it_was_left(self, questions, items, lang):
        answer(questions, "ch-feedback")
        again = Questions(Path.cwd(), items, lang, "title")
        assert states(again) == ["", "answered", ""]

    def test_a_folder_that_cannot_be_written_is_told_of(self, questions, monkeypatch):
        from b2bcourse.facts import Text
        from b2bcourse.responses import SaveError, Store

        def fails(*_args, **_kwargs):
            raise SaveError(Text(ko="못 씀", en="cannot write"))

        monkeypatch.setattr(Store, "save", fails)
        say(questions, do="finish")
        assert questions.foot.told in {"못 씀", "cannot write"}
        assert not questions.finished


class TestHowSure:
    def test_it_is_saved_with_the_answer_and_shown_again(self, questions, items, lang):
        answer(questions, "ch-feedback")
        say(questions, do="sure", item="ch-feedback", sure=2, n=1)
        assert [one["sure"] for one in questions.foot.entries] == [None, 2, None]
        again = Questions(Path.cwd(), items, lang, "title")
        assert [one["sure"] for one in again.foot.entries] == [None, 2, None]
        assert states(again) == ["", "answered", ""]

    def test_it_goes_into_what_the_test_found(self, questions):
        answer(questions, "ch-feedback")
        say(questions, do="sure", item="ch-feedback", sure=1, n=1)
        say(questions, do="finish")
        assert histories(Path.cwd())["ch-feedback"][0].sure == 1

    def test_of_a_question_that_was_left_out_it_says_nothing(self, questions):
        say(questions, do="sure", item="ch-pilots", sure=0, n=1)
        say(questions, do="finish")
        first = histories(Path.cwd())["ch-pilots"][0]
        assert (first.sure, first.skipped) == (None, True)

    def test_an_answer_is_told_from_none(self, questions):
        answer(questions, "ch-feedback")
        say(questions, do="finish")
        assert histories(Path.cwd())["ch-feedback"][0].skipped is False

    def test_a_message_that_comes_late_changes_nothing(self, questions):
        say(questions, do="sure", item="ch-pilots", sure=2, n=7)
        say(questions, do="sure", item="ch-pilots", sure=0, n=6)
        assert questions.foot.entries[0]["sure"] == 2

    @pytest.mark.parametrize(
        "message",
        [{"item": "mx-cells", "sure": 1}, {"item": "ch-pilots", "sure": 3}, {"item": "ch-pilots"}]
        + [{"item": "ch-pilots", "sure": one} for one in (-1, "2", None, [1], 1.5)],
    )
    def test_what_is_no_question_or_no_step_changes_nothing(self, questions, message):
        say(questions, do="sure", n=1, **message)
        assert histories(Path.cwd()) == {}

    def test_after_the_end_it_changes_nothing(self, questions):
        answer(questions, "ch-feedback")
        say(questions, do="finish")
        questions.sure("ch-feedback", 2)
        assert histories(Path.cwd())["ch-feedback"][0].sure is None

    def test_where_it_cannot_be_saved_that_is_told_and_taken_back_later(
        self, questions, monkeypatch
    ):
        from b2bcourse.facts import Text
        from b2bcourse.responses import SaveError, Store

        def fails(*_args, **_kwargs):
            raise SaveError(Text(ko="못 씀", en="cannot write"))

        with monkeypatch.context() as broken:
            broken.setattr(Store, "save", fails)
            say(questions, do="sure", item="ch-pilots", sure=1, n=1)
        assert questions.foot.told in {"못 씀", "cannot write"}
        say(questions, do="sure", item="ch-pilots", sure=1, n=2)
        assert questions.foot.told == ""
        assert questions.foot.entries[0]["sure"] == 1


class TestATestWithoutReasons:
    @pytest.fixture
    def alone(self, questions, items, lang):
        return Questions(Path.cwd(), items, lang, questions.view.title, reasons=False)

    def test_only_the_count_is_told(self, alone, items, lang):
        answer(alone, "ch-feedback")
        say(alone, do="finish")
        assert alone.box.children == (alone.view,)
        assert alone.view.entries == []
        assert "1" in alone.view.told
        assert "2" in alone.view.told  # left out
        static = alone._static()["text/html"]
        assert not [item for item in items if escape(item.title[lang]) in static]

    def test_no_question_opens(self, alone):
        say(alone, do="finish")
        say(alone, do="open", item="ch-feedback")
        assert alone.box.children == (alone.view,)

    def test_seen_again_with_reasons_every_question_opens(self, alone, items, lang):
        answer(alone, "ch-feedback")
        say(alone, do="finish")
        later = Questions(Path.cwd(), items, lang, "title")
        say(later, do="open", item="ch-feedback")
        assert later.opened.view.feedback["parts"]
