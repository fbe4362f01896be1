"""Every fact is taught, tested and, where a picture helps, drawn; and nobody names a wrong one."""

import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from b2bcourse.authoring import coverage as covering
from b2bcourse.authoring.coverage import (
    Coverage,
    Covered,
    Use,
    Uses,
    assembled,
    coverage,
    plain,
    totals,
)
from b2bcourse.commands import cli
from b2bcourse.context import bank_folder
from b2bcourse.course_files import solutions_root
from b2bcourse.facts.lessons import lessons
from b2bcourse.facts.statements import statements
from b2bcourse.figures.words import WORDS
from b2bcourse.items import load_item


def item_files():
    solutions = solutions_root()
    folders = [bank_folder(), *([solutions / "items"] if solutions else [])]
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))]


class TestNobodyNamesAFactThatThereIsNot:
    @pytest.mark.parametrize("path", item_files(), ids=lambda path: path.stem)
    def test_an_item_rests_on_facts(self, path):
        item = load_item(path)
        assert not set(item.rests_on) - set(statements())

    @pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
    def test_a_lesson_teaches_facts(self, lesson):
        for cell, facts in lesson.teaches.items():
            assert not set(facts) - set(statements()), cell

    @pytest.mark.parametrize("figure", WORDS.figures)
    def test_a_figure_shows_facts(self, figure):
        assert not set(WORDS.figures[figure].get("facts", ())) - set(statements())


class TestTheCourseIsComplete:
    @pytest.fixture(scope="class")
    @staticmethod
    def found():
        return coverage()

    def test_every_fact_is_taught_in_a_lesson(self, found):
        assert [one.fact.id for one in found.facts if not one.lessons] == []

    def test_every_fact_is_tested_by_a_practice_item(self, found):
        assert [one.fact.id for one in found.facts if not one.items] == []

    def test_main_facts_have_three_items_of_two_kinds(self, found):
        short = {one.fact.id: (one.items, one.kinds) for one in found.facts if one.few}
        assert short == {}


def use(name, *facts, kind=""):
    return Use(f"{name}.yaml", name, facts, kind)


def of(found, fact):
    [one] = [one for one in found.facts if one.fact.id == fact]
    return one


class TestCounting:
    def test_a_cell_teaches_what_it_names(self):
        found = assembled(Uses(cells=(use("05-steps/a", "ten.1"), use("05-steps/b", "ten.1"))))
        assert of(found, "ten.1").lessons == {"05-steps": ["a", "b"]}
        assert of(found, "ten.1.1").lessons == {}

    def test_an_item_on_a_detail_is_one_on_the_main_fact_too(self):
        found = assembled(Uses(items=(use("one", "ten.1.1", kind="choice"),)))
        assert of(found, "ten.1.1").items == ("one",)
        assert of(found, "ten.1").items == ("one",)
        assert of(found, "ten.1.2").items == ()

    def test_but_an_item_on_the_main_fact_is_none_on_its_details(self):
        found = assembled(Uses(items=(use("one", "ten.1"),)))
        assert of(found, "ten.1.1").items == ()

    def test_an_item_on_both_is_counted_once(self):
        found = assembled(Uses(items=(use("one", "ten.1", "ten.1.1"),)))
        assert of(found, "ten.1").items == ("one",)

    def test_the_tenth_step_is_no_detail_of_the_first(self):
        found = assembled(Uses(items=(use("one", "ten.10"),)))
        assert of(found, "ten.1").items == ()

    def test_a_figure_shows_what_it_names(self):
        found = assembled(Uses(figures=(use("matrix", "mx.1"),)))
        assert of(found, "mx.1").figures == ("matrix",)

    def test_graded_items_are_no_practice(self):
        found = assembled(Uses(graded=(use("a3-one", "ten.1"),)))
        assert of(found, "ten.1").items == ()

    @pytest.mark.parametrize(
        ("kinds", "few"),
        [
            ("choice matching ordering", False),
            ("choice choice matching", False),
            ("choice choice choice", True),
            ("choice matching", True),
            ("", True),
        ],
    )
    def test_a_main_fact_needs_three_items_of_two_kinds(self, kinds, few):
        items = tuple(use(f"i{n}", "vc.4", kind=kind) for n, kind in enumerate(kinds.split()))
        assert of(assembled(Uses(items=items)), "vc.4").few == few

    def test_a_detail_is_content_with_one(self):
        found = assembled(Uses(items=(use("one", "vc.4.1", kind="choice"),)))
        assert not of(found, "vc.4.1").few

    def test_a_fact_that_there_is_not_is_told_with_its_file(self):
        found = assembled(
            Uses(
                cells=(use("05-steps/a", "ten.11"),),
                items=(use("one", "ten.1", "tem.1"),),
                graded=(use("a3-one", "x"),),
                figures=(use("wheel", "vc.7"),),
            )
        )
        assert found.unknown == (
            "05-steps/a.yaml: 05-steps/a: no fact 'ten.11'",
            "one.yaml: one: no fact 'tem.1'",
            "a3-one.yaml: a3-one: no fact 'x'",
            "wheel.yaml: wheel: no fact 'vc.7'",
        )

    def test_a_main_fact_is_asked_again_in_a_lesson_after_its_own(self):
        taught = (use("05-steps/a", "ten.1"),)
        own = assembled(
            Uses(cells=taught, asked=(use("04-early", "ten.1"), use("05-steps", "ten.1")))
        )
        assert of(own, "ten.1").once
        later = assembled(Uses(cells=taught, asked=(use("06-late", "ten.1.1"),)))
        assert of(later, "ten.1").later == 1
        assert not of(later, "ten.1.1").once, "a detail need not come back"

    def test_what_is_complete(self):
        whole = Coverage(tuple(full(fact) for fact in statements().values()), ())
        assert whole.complete
        assert whole.counts == {"facts": 234, "taught": 234, "tested": 234, "few": 0, "once": 0}
        assert not assembled(Uses()).complete
        assert not Coverage(whole.facts, ("one.yaml: one: no fact 'x'",)).complete


def full(fact):
    kinds = ("choice", "matching")
    return Covered(fact, {"05-steps": ["a"]}, ("i1", "i2", "i3"), kinds, ("f",), later=1)


def run(*words):
    return CliRunner().invoke(cli.app, ["coverage", *words])


@pytest.fixture
def as_found(monkeypatch):
    """Lets the command find a coverage that a test has made up."""

    def find(found):
        monkeypatch.setattr(covering, "coverage", lambda: found)

    return find


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def _narrow(self, monkeypatch):
        monkeypatch.setattr(cli, "out", Console(width=80))

    def test_every_fact_stands_in_a_line_of_its_topics_table(self, as_found, lang):
        as_found(assembled(Uses()))
        said = run("--lang", lang).stdout
        for fact in statements():
            assert f"{fact} " in said
        assert {"ko": "혜택 매트릭스", "en": "The benefit matrix"}[lang] in said

    def test_the_last_line_counts(self, as_found, lang):
        as_found(assembled(Uses(items=(use("one", "ten.1.1"),))))
        last = run("--lang", lang).stdout.splitlines()[-1]
        assert last == totals(assembled(Uses(items=(use("one", "ten.1.1"),))), lang)
        if lang == "en":
            assert last == (
                "facts: 234, taught: 0, tested: 2, main ones with too few items: 54, "
                "main ones that no later lesson asks: 54"
            )

    def test_what_is_short_is_told_with_what_is_asked_for(self, as_found):
        as_found(assembled(Uses(items=(use("one", "ten.1.1", kind="choice"),))))
        lines = {line.split()[0]: line.split() for line in run().stdout.splitlines() if line}
        assert lines["ten.1"][-4:] == ["-", "1/3", "1/2", "-"]
        assert lines["ten.1.1"][-4:] == ["-", "1", "1", "-"]
        assert lines["ten.2"][-4:] == ["-", "-", "-", "-"]

    def test_it_tells_and_does_not_judge_unless_asked(self, as_found):
        as_found(assembled(Uses()))
        assert run().exit_code == 0
        asked = run("--check")
        assert asked.exit_code == 1
        assert "not every fact is taught and tested" in asked.stderr

    def test_asked_about_a_complete_course_it_is_content(self, as_found):
        as_found(Coverage(tuple(full(fact) for fact in statements().values()), ()))
        asked = run("--check")
        assert asked.exit_code == 0
        assert asked.stderr == ""

    def test_a_fact_that_there_is_not_is_an_error_in_any_case(self, as_found):
        as_found(assembled(Uses(items=(use("one", "[tem.1]"),))))
        for words in ((), ("--json",)):
            asked = run(*words)
            assert asked.exit_code == 1
            assert "one.yaml: one: no fact '[tem.1]'" in asked.stderr

    def test_machines_get_all_of_it(self, as_found):
        found = assembled(
            Uses(
                cells=(use("05-steps/a", "ten.1"),),
                items=(use("one", "ten.1.1", kind="choice"),),
                figures=(use("steps", "ten.1"),),
            )
        )
        as_found(found)
        told = json.loads(run("--json").stdout)
        assert told == plain(found)
        [first] = [one for one in told["facts"] if one["id"] == "ten.1"]
        assert first == {
            "id": "ten.1",
            "topic": "ten_steps",
            "group": "ten_steps",
            "part_of": "",
            "lessons": {"05-steps": ["a"]},
            "items": ["one"],
            "kinds": ["choice"],
            "figures": ["steps"],
            "too_few_items": True,
            "later_lessons": 0,
        }
