"""New files for an author: nothing is overwritten, and what is written works as it is."""

import json
import os
import re
import sys
from pathlib import Path

import nbformat
import pytest

from b2bcourse import notebook as verbs
from b2bcourse.authoring.cells import called, source
from b2bcourse.authoring.writing import (
    course_language,
    kinds,
    new_assignment,
    new_item,
    preview_folder,
)
from b2bcourse.items import ItemError, load_item
from b2bcourse.widgets.base import PROTOCOL


@pytest.fixture
def course(tmp_path):
    """A course folder with an item of every kind."""

    def make(lang="en"):
        items = tmp_path / "course" / "items"
        items.mkdir(parents=True)
        about = {"schema": 1, "lang": lang}
        (items / "course.json").write_text(json.dumps(about), "utf-8")
        for kind in kinds():
            new_item(kind, f"my-{kind}", items)
        return items.parent

    return make


def files(folder, *names):
    return [folder / "items" / f"{name}.yaml" for name in names]


def points(notebook):
    told = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    return {one["grade_id"]: one["points"] for one in told if one.get("grade")}


class TestItem:
    def test_the_skeleton_has_the_id_of_its_file_and_a_remark_at_every_turn(self, tmp_path):
        path = new_item("matrix", "hospital-ecg", tmp_path / "items")
        assert path == tmp_path / "items/hospital-ecg.yaml"
        assert load_item(path).id == "hospital-ecg"
        assert path.read_text("utf-8").count("#") > 10

    @pytest.mark.parametrize("kind", kinds())
    def test_in_one_language_it_is_the_same_item_with_remarks_in_that_one(
        self, tmp_path, kind, lang
    ):
        one = new_item(kind, "mine", tmp_path / "one", lang)
        both = load_item(new_item(kind, "mine", tmp_path / "both"))
        mine = load_item(one)
        for name in ("title", "task", "case", "hints"):
            told = [getattr(item, name) for item in (mine, both)]
            first, second = (
                [text[lang] for text in (said if isinstance(said, tuple) else [said])]
                for said in told
            )
            assert first == second, name
        remarks = re.findall("(?<= )# (.+)|^# (?!yaml)(.+)", one.read_text("utf-8"), re.MULTILINE)
        assert len(remarks) > 2
        for remark in map("".join, remarks):
            if not remark.startswith(("before:", "tutorial |")):  # names, and nothing else
                assert bool(re.search("[가-힣]", remark)) == (lang == "ko"), remark

    def test_nothing_is_overwritten(self, tmp_path):
        path = new_item("matrix", "x", tmp_path)
        path.write_text("mine", "utf-8")
        with pytest.raises(ItemError, match=r"x\.yaml: is there already"):
            new_item("choice", "x", tmp_path)
        assert path.read_text("utf-8") == "mine"

    @pytest.mark.parametrize("item", ["", "My-Item", "a b", "../up", "가", "a.yaml", "a_b"])
    def test_what_is_no_id_is_refused_and_nothing_written(self, tmp_path, item):
        with pytest.raises(ItemError, match="lower-case letters, digits"):
            new_item("matrix", item, tmp_path / "items")
        assert list(tmp_path.rglob("*")) == []

    def test_a_kind_that_is_none_is_told_with_those_that_are(self, tmp_path):
        with pytest.raises(ItemError, match=r"'riddle'; there are: allocation, choice, essay"):
            new_item("riddle", "x", tmp_path)


class TestAssignment:
    def test_it_asks_every_item_in_order_in_its_language(self, course, lang):
        folder = course(lang)
        names = [f"my-{kind}" for kind in kinds()]
        path = new_assignment("hw-1", files(folder, *names), [], folder / "source", lang)
        assert path == folder / "source/hw-1/hw-1.ipynb"
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert list(points(notebook)) == names
        prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        for text in prose:
            assert bool(re.search("[가-힣]", text)) == (lang == "ko"), text

    def test_an_essay_has_a_locked_field_above_its_cell_and_no_points_for_that(self, course, lang):
        folder = course(lang)
        path = new_assignment("hw", files(folder, "my-essay"), [], folder / "source", lang)
        _intro, _title, field, answer = nbformat.read(path, as_version=4).cells
        assert (field.id, answer.id) == ("my-essay-field", "my-essay")
        assert field.source == source("answer", "my-essay")
        assert field.metadata.jupyter == {"source_hidden": True}
        about = field.metadata.nbgrader
        assert (about.grade, about.solution, about.locked) == (False, False, True)
        assert (answer.cell_type, answer.metadata.nbgrader.points) == ("markdown", 100)
        model = load_item(folder / "items/my-essay.yaml").model[lang]
        assert model not in answer.source  # it stands in the item alone, and cannot grow old here

    @pytest.mark.parametrize("number", [1, 3, 6])
    def test_a_hundred_points_are_shared_with_nothing_lost(self, course, number):
        folder = course()
        names = [f"my-{kind}" for kind in kinds()][:number]
        path = new_assignment("hw", files(folder, *names), [], folder / "source", "en")
        shares = list(points(nbformat.read(path, as_version=4)).values())
        assert sum(shares) == pytest.approx(100)
        assert max(shares) - min(shares) < 0.02

    def test_points_are_as_the_author_says(self, course):
        folder = course()
        two = files(folder, "my-matrix", "my-choice")
        path = new_assignment("hw", two, [60, 40.5], folder / "source", "en")
        assert points(nbformat.read(path, as_version=4)) == {"my-matrix": 60, "my-choice": 40.5}

    @pytest.mark.parametrize("shares", [[50], [1, 2, 3], [10, 0], [10, -1], [1, float("nan")]])
    def test_points_that_do_not_fit_are_refused(self, course, shares):
        folder = course()
        two = files(folder, "my-matrix", "my-choice")
        with pytest.raises(ItemError, match="--points"):
            new_assignment("hw", two, shares, folder / "source", "en")
        assert not (folder / "source").exists()

    def test_so_are_no_items_the_same_twice_one_that_is_not_there_and_a_bad_name(self, course):
        folder = course()
        one = files(folder, "my-matrix")
        for name, items, told in [
            ("hw", [], "0 items"),
            ("hw", one * 2, "once only"),
            ("hw", files(folder, "gone"), r"gone\.yaml: cannot be read"),
            ("Home work", one, "lower-case letters"),
        ]:
            with pytest.raises(ItemError, match=told):
                new_assignment(name, items, [], folder / "source", "en")
        assert not (folder / "source").exists()

    def test_nothing_is_overwritten(self, course):
        folder = course()
        one = files(folder, "my-matrix")
        path = new_assignment("hw", one, [], folder / "source", "en")
        before = path.read_bytes()
        with pytest.raises(ItemError, match="is there already"):
            new_assignment("hw", one, [5], folder / "source", "ko")
        assert path.read_bytes() == before

    def test_the_language_is_the_courses(self, course, tmp_path, lang):
        assert course_language(course(lang)) == lang
        with pytest.raises(ItemError, match="is this a course folder"):
            course_language(tmp_path)


class TestPreview:
    @pytest.mark.parametrize("kind", kinds())
    def test_it_shows_the_exercise_as_in_practice(self, spoilt, tmp_path, lang, kind, monkeypatch):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        folder = preview_folder(scratch, spoilt(kind), lang)
        monkeypatch.chdir(folder)
        [code] = [cell.source for cell in cells(folder) if cell.cell_type == "code"]
        verb = "answer" if kind == "essay" else "practice"
        assert code == source(verb, "spoilt")
        shown = getattr(verbs, verb)("spoilt")
        assert (shown.face.id, shown.face.lang) == ("spoilt", lang)
        assert shown.view.mode == ("preview" if kind == "essay" else "practice")
        assert all(called(cell.source) for cell in cells(folder) if cell.cell_type == "code")

    def test_her_reasons_are_told_when_she_checks(self, tmp_path, monkeypatch):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        file = new_item("matrix", "mine", tmp_path / "items", "ko")
        monkeypatch.chdir(preview_folder(scratch, file, "en"))
        shown, replies = verbs.practice("mine"), []
        monkeypatch.setattr(shown.view, "send", lambda reply, *_: replies.append(reply))
        patch = {"cells": {"price": {"nurse": 1}}}
        for number, do in enumerate(("change", "check", "hint", "answer"), 1):
            sent = {"p": PROTOCOL, "do": do, "n": number, "patch": patch, "from": "page"}
            shown._on_message(shown.view, sent, [])
        told = json.dumps(replies, ensure_ascii=False)
        assert "구매과장은 쓴 돈으로 평가받습니다." in told  # why, of whom she missed
        assert "수간호사는 환자 곁에서" in told  # what whom she marked wrongly looks for
        assert "밤에 혼자 남는 사람은" in told  # the hint

    def test_of_an_essay_that_a_person_grades_the_rubric_stands_below(self, tmp_path, lang):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        file = new_item("essay", "mine", tmp_path / "items", lang)
        item = load_item(file)
        *_, below = cells(preview_folder(scratch, file, lang))
        for text in (item.rubric[0].levels[1].text, item.grader_notes, item.model):
            assert text[lang] in below.source

    def test_what_it_is_held_against_comes_along(self, tmp_path, repo):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        preview_folder(scratch, repo / "solutions/items/capstone-moves.yaml", "ko")
        assert len(list((scratch / "items").glob("*.yaml"))) > 1

    def test_what_cannot_be_used_cannot_be_shown(self, spoilt, tmp_path):
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        with pytest.raises(ItemError, match=r"spoilt\.yaml: "):
            preview_folder(scratch, spoilt("matrix", "marks: 1", "marks: one"), "en")
        assert list(scratch.iterdir()) == []


def cells(folder):
    [notebook] = folder.glob("*.ipynb")
    return nbformat.read(notebook, as_version=4).cells


@pytest.fixture
def _environment_as_before(tmp_path):
    """A course's settings are put into the environment; other tests see no change."""
    saved = dict(os.environ)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        os.environ[name] = str(tmp_path / "jupyter")
    yield
    os.environ.clear()
    os.environ.update(saved)


@pytest.mark.usefixtures("_environment_as_before")
@pytest.mark.filterwarnings("ignore")  # nbgrader's own use of SQLAlchemy and nbformat
def test_nbgrader_releases_what_was_written_and_no_key_with_it(tmp_path, repo):
    from nbgrader.apps import NbGraderAPI

    from b2bcourse.grading.course import new_course
    from b2bcourse.grading.demo import load_config

    folder = new_course(tmp_path / "course", "en", repo)
    for kind in kinds():
        new_item(kind, f"my-{kind}", folder / "items")
    names = [f"my-{kind}" for kind in kinds()]
    new_assignment("hw-1", files(folder, *names), [], folder / "source", "en")
    api = NbGraderAPI(config=load_config(folder))
    done = api.generate_assignment("hw-1")
    assert done["success"], done.get("log", "") + str(done["error"])
    released = folder / "release/hw-1"
    assert {path.stem for path in released.glob("items/my-*.json")} == set(names)
    text = "".join(path.read_text("utf-8") for path in released.rglob("*") if path.is_file())
    for secret in ("the head nurse's to deal with", "write the model answer", "does not matter"):
        assert secret.casefold() not in text.casefold()
    with api.gradebook as gradebook:
        [notebook] = gradebook.find_assignment("hw-1").notebooks
        assert sum(cell.max_score for cell in notebook.grade_cells) == pytest.approx(100)
