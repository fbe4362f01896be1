"""How far a learner has come: from the history of the answers alone."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from b2bcourse.authoring.cells import called
from b2bcourse.context import bank_folder
from b2bcourse.facts import LANGS
from b2bcourse.facts.lessons import Lesson, Objective, form, gains, lessons
from b2bcourse.facts.text import Text
from b2bcourse.items.response import Try
from b2bcourse.learner import page
from b2bcourse.learner.progress import item_state, progress

REPO = Path(__file__).parents[2]


def lesson(name: str, *goals: tuple[str, ...]) -> Lesson:
    title = Text(f"수업 {name}", f"lesson {name}")
    listed = tuple(
        Objective(f"{name}.o{n}", Text("목표", f"goal {n}"), items) for n, items in enumerate(goals)
    )
    return Lesson(1, f"{name}-lesson", title, 30, listed)


def tries(*fractions: float) -> tuple[Try, ...]:
    return tuple(Try("2026-11-22T05:00:00+00:00", fraction) for fraction in fractions)


def unaided(*fractions: float) -> tuple[Try, ...]:
    return tuple(structs.replace(each, helped=False) for each in tries(*fractions))


TWO = (lesson("01", ("a", "b"), ("c",)), lesson("02", ("d",)))


class TestAnItem:
    def test_a_question_of_a_test_is_done_once_it_was_taken(self):
        assert item_state(tries(0.2), begun=True, measuring=True) == "done"
        assert item_state((), begun=True, measuring=True) == "under way"
        found = progress(TWO, {"a": tries(0.0), "b": tries(1.0)}, measuring=["a"])
        assert found.lessons[0].objectives[0] == "reached"

    def test_done_at_the_first_try_is_told_from_done_later(self):
        assert item_state(unaided(1.0), begun=True) == "first try"
        assert item_state(unaided(0.3, 1.0), begun=True) == "done"

    def test_what_was_right_only_after_help_comes_back(self):
        first, second = unaided(0.3, 1.0)
        after_help = (first, structs.replace(second, helped=True))
        assert item_state(after_help, begun=True) == "to review"
        assert item_state((*after_help, *unaided(1.0)), begun=True) == "done"

    def test_of_an_older_releases_tries_only_the_first_is_sure_to_be_unaided(self):
        assert item_state(tries(1.0), begun=True) == "first try"
        assert item_state(tries(0.3, 1.0), begun=True) == "to review"

    def test_a_guess_before_the_lesson_is_never_not_right(self):
        guessing = structs.replace(TWO[0], guesses=("a",))
        found = progress((guessing,), {"a": tries(0.1), "b": tries(1.0)})
        assert found.lessons[0].items["a"] == "done"
        assert found.lessons[0].objectives[0] == "reached"

    def test_whoever_has_answered_much_is_told_so(self):
        found = progress(TWO, dict.fromkeys("abcd", tries(0.8)))
        assert [one.answered for one in found.lessons] == [3, 1]
        assert "4" in page.text(found, "en").splitlines()[1]

    def test_the_last_try_decides(self):
        assert item_state(tries(1.0, 0.2), begun=True) == "to review"

    def test_answered_but_not_checked_is_under_way(self):
        assert item_state((), begun=True) == "under way"
        assert item_state((), begun=False) == "not yet"


class TestALesson:
    def test_an_objective_is_reached_when_all_of_its_items_are_done(self):
        found = progress(TWO, {"a": tries(1.0), "b": tries(0.95), "c": tries(0.2)})
        assert found.lessons[0].objectives == ("reached", "under way")
        assert found.lessons[1].objectives == ("not yet",)

    def test_an_item_of_two_objectives_counts_once(self):
        both = lesson("03", ("a", "b"), ("b",))
        assert len(progress((both,), {}).lessons[0].items) == 2

    def test_next_is_the_first_objective_that_is_not_reached(self):
        found = progress(TWO, {"a": tries(1.0), "b": tries(1.0)})
        assert found.next == (TWO[0], 1)

    def test_where_all_is_reached_nothing_is_next(self):
        assert progress(TWO, dict.fromkeys("abcd", tries(1.0))).next is None


@pytest.mark.parametrize("lang", LANGS)
class TestThePage:
    def test_it_says_every_lesson_and_what_comes_next(self, lang):
        found = progress(TWO, {"a": tries(1.0)})
        html = page.html(found, lang, datetime(2026, 11, 22, 14, 44, tzinfo=UTC))
        for one in TWO:
            assert one.title[lang] in html
        assert 'href="01-lesson.ipynb"' in html
        assert "1 / 3" in html
        assert "1 / 3" in page.text(found, lang)

    def test_where_all_is_reached_there_is_no_link(self, lang):
        found = progress(TWO, dict.fromkeys("abcd", tries(1.0)))
        assert "<a " not in page.html(found, lang, datetime.now(UTC))


class TestTheCoursesOwnLessons:
    @pytest.mark.parametrize("one", lessons(), ids=lambda one: one.id)
    def test_a_lesson_lists_the_items_and_objectives_of_its_notebook(self, one):
        for lang in LANGS:
            path = REPO / "notebooks" / lang / f"{one.id}.ipynb"
            book = json.loads(path.read_bytes())["cells"]
            cells = ["".join(c["source"]) for c in book]
            made = [call for c in cells if (call := called(c))]
            calls = {name for verb, name in made if verb == "practice"}
            for when in ("pre", "post"):
                if ("test", when) in made:
                    calls |= set(form(gains(), when))
            assert calls <= set(one.items)
            assert calls == set(one.items) or ("more", one.id) in made
            assert set(one.teaches) <= {c["id"] for c in book}
            [told] = ["".join(c["source"]) for c in book if c["id"] == "objectives"]
            assert len(re.findall("^- ", told, re.MULTILINE)) == len(one.objectives)
            assert str(one.minutes) in "\n".join(cells)

    @pytest.mark.parametrize("one", lessons(), ids=lambda one: one.id)
    def test_every_item_of_a_lesson_is_in_the_bank(self, one):
        assert all((bank_folder() / f"{item}.yaml").is_file() for item in one.items)
