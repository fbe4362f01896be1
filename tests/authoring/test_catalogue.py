"""Every item there is, found by its id or listed with what it is for."""

import json

import pytest

from b2bcourse.authoring import catalogue as module
from b2bcourse.authoring.catalogue import catalogue, find_item
from b2bcourse.context import bank_folder
from b2bcourse.course_files import course_root, solutions_root
from b2bcourse.facts.statements import statements
from b2bcourse.items import ItemError, load_item

MIN_MATRICES = 10


class TestFindItem:
    def test_the_bank_is_searched(self):
        assert find_item("mx-cells") == load_item(bank_folder() / "mx-cells.yaml")

    @pytest.mark.skipif(solutions_root() is None, reason="needs the checkout's solutions/")
    def test_so_are_the_graded_items(self):
        assert find_item("matrix-people").id == "matrix-people"

    def test_an_unknown_one_is_told_with_where_it_was_looked_for(self):
        with pytest.raises(ItemError, match=r"'mx-none'.*bank.*--key"):
            find_item("mx-none")

    @pytest.mark.parametrize("name", ["../bank/mx-cells", "mx_cells", "", "mx-cells.yaml", "/etc"])
    def test_what_is_no_id_leads_nowhere(self, name):
        with pytest.raises(ItemError, match="lower-case letters"):
            find_item(name)


class TestCatalogue:
    @pytest.fixture(scope="class")
    @staticmethod
    def entries():
        return {entry["id"]: entry for entry in catalogue()}

    def test_every_matrix_is_used_in_a_lesson_or_an_assignment(self, entries):
        matrices = [entry for entry in entries.values() if entry["kind"] == "matrix"]
        assert len(matrices) >= MIN_MATRICES
        for entry in matrices:
            assert entry["used_in"], entry["id"]

    def test_a_matrix_rests_on_facts_that_the_course_has(self, entries):
        known = set(statements())
        for entry in entries.values():
            named = {fact for fact in entry["facts"] if fact.startswith("benefit.")}
            assert named <= known
            assert entry["facts"] or entry["kind"] != "matrix" or entry["used_in"] == ["00-start"]
            assert len(entry["facts"]) == len(set(entry["facts"]))

    def test_further_practice_and_tests_are_uses_too(self, entries):
        assert entries["test-roles-1"]["used_in"] == ["00-start"]
        assert entries["test-roles-2"]["used_in"] == ["10-capstone"]
        assert entries["dmu-seo"]["used_in"] == ["02-decision-unit"]

    def test_it_is_plain_data(self, entries):
        assert json.loads(json.dumps(entries)) == entries


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A course of one notebook, whose cells a test writes."""
    monkeypatch.setattr(module, "course_root", lambda: tmp_path)

    def write(*cells, name="07-x.ipynb"):
        path = tmp_path / "notebooks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"cells": list(cells)}), "utf-8")

    return write


@pytest.mark.parametrize("verb", ["practice", "answer"])
def test_a_call_in_a_notebook_is_a_use(elsewhere, verb):
    source = f'import b2bcourse as b2b; b2b.{verb}("mx-left")'
    elsewhere({"source": source, "metadata": {}})
    used = {entry["id"]: entry["used_in"] for entry in catalogue()}
    assert used["mx-left"] == ["07-x"]
    assert used["mx-cells"] == []


def test_an_item_used_in_both_languages_is_told_once(elsewhere):
    for lang in ("ko", "en"):
        elsewhere(
            {"source": 'import b2bcourse as b2b; b2b.practice("mx-left")'},
            name=f"{lang}/07-x.ipynb",
        )
    used = {entry["id"]: entry["used_in"] for entry in catalogue()}
    assert used["mx-left"] == ["07-x"]


class TestCourseFiles:
    def test_the_root_holds_notebooks_and_exercises(self):
        assert (course_root() / "notebooks").is_dir()
        assert (course_root() / "exercises").is_dir()

    def test_a_broken_installation_says_so(self, tmp_path, monkeypatch):
        monkeypatch.setattr("b2bcourse.course_files.resources.files", lambda _: tmp_path / "p")
        with pytest.raises(FileNotFoundError, match="install it again"):
            course_root()

    def test_an_installed_package_has_no_solutions(self, tmp_path, monkeypatch):
        (tmp_path / "p" / "_course" / "notebooks").mkdir(parents=True)
        monkeypatch.setattr("b2bcourse.course_files.resources.files", lambda _: tmp_path / "p")
        assert course_root() == tmp_path / "p" / "_course"
        assert solutions_root() is None
