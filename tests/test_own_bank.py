"""A bank of an author's own: her practice in her own lessons, beside the course's."""

import json

import pytest

import b2bcourse as b2b
from b2bcourse.authoring.writing import new_item
from b2bcourse.context import COURSE, MANIFEST, ContextError, own_banks, practice_item
from b2bcourse.items import load_item
from b2bcourse.items.response import decode_response
from b2bcourse.learner.shadows import in_the_way


@pytest.fixture
def bank(notebook_folder):
    """A bank beside the notebook, with one item in Korean."""
    return new_item("matrix", "bed-matrix", notebook_folder / "bank", "ko").parent


class TestPractice:
    @pytest.mark.parametrize("machine", ["ko", "en"])
    def test_it_is_told_in_its_language_on_any_machine(self, bank, monkeypatch, machine):
        monkeypatch.setenv("B2BCOURSE_LANG", machine)
        exercise = b2b.practice("bed-matrix")
        assert (exercise.view.mode, exercise.face.lang) == ("practice", "ko")
        assert exercise.face.title == load_item(bank / "bed-matrix.yaml").title.ko

    def test_answers_lie_beside_the_notebook(self, bank, capsys):
        b2b.respond("bed-matrix", {"낮은 값": ["수간호사"]})
        saved = bank.parent / "responses/bed-matrix.json"
        assert decode_response(saved.read_bytes()).value["cells"] == {"price": {"nurse": 1}}
        told = capsys.readouterr().out
        assert "구매과장은 쓴 돈으로 평가받습니다." in told
        assert "수간호사는 환자 곁에서" in told

    @pytest.mark.usefixtures("bank")
    def test_the_form_for_text_mode_is_in_its_language(self, capsys):
        b2b.template("bed-matrix")
        assert "멈추지 않는 장비" in capsys.readouterr().out

    @pytest.mark.usefixtures("bank")
    def test_a_mistyped_name_is_told_with_hers(self, capsys):
        b2b.practice("bad-matrix")
        assert "bed-matrix" in capsys.readouterr().out

    def test_an_item_that_cannot_be_used_is_told_in_a_sentence(self, bank, capsys):
        path = bank / "bed-matrix.yaml"
        path.write_text(path.read_text("utf-8").replace("marks: 1", "marks: one"), "utf-8")
        assert b2b.practice("bed-matrix") is None
        assert "bed-matrix.yaml" in capsys.readouterr().out

    def test_what_the_course_calls_by_an_id_is_never_hers(self, bank):
        new_item("choice", "mx-cells", bank, "ko")
        assert b2b.practice("mx-cells").face.kind == "matrix"

    def test_a_lesson_with_a_bank_beside_it_may_come_alive(self, bank):
        assert in_the_way(bank.parent) is None
        (bank / "json.py").write_text("", "utf-8")
        assert in_the_way(bank.parent) == bank / "json.py"


class TestWhere:
    def test_it_may_lie_in_the_folder_items_too(self, notebook_folder):
        new_item("matrix", "mine", notebook_folder / "items", "ko")
        assert practice_item("mine", notebook_folder).id == "mine"

    def test_in_a_working_copy_it_is_looked_for_up_to_its_root(self, tmp_path):
        copy, lesson = tmp_path / "b2b-course/ko", tmp_path / "b2b-course/ko/mine/beds"
        lesson.mkdir(parents=True)
        (copy / MANIFEST).write_text("{}", "utf-8")
        new_item("matrix", "mine", copy / "bank", "ko")
        new_item("matrix", "outside", tmp_path / "b2b-course/bank", "ko")
        assert own_banks(lesson) == [copy / "bank"]
        assert practice_item("mine", lesson).id == "mine"
        with pytest.raises(ContextError):
            practice_item("outside", lesson)

    def test_in_a_course_folder_up_to_that(self, tmp_path):
        course, lesson = tmp_path / "course", tmp_path / "course/lessons/11-beds"
        lesson.mkdir(parents=True)
        new_item("matrix", "mine", course / "items", "ko")
        assert own_banks(lesson) == []
        (course / COURSE).write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")
        assert own_banks(lesson) == [course / "items"]

    def test_outside_of_both_beside_the_notebook_only(self, tmp_path):
        new_item("matrix", "mine", tmp_path / "bank", "ko")
        below = tmp_path / "below"
        below.mkdir()
        assert own_banks(below) == []
        assert own_banks(tmp_path) == [tmp_path / "bank"]

    def test_the_nearest_counts(self, tmp_path):
        copy, lesson = tmp_path / "ko", tmp_path / "ko/mine"
        lesson.mkdir(parents=True)
        (copy / MANIFEST).write_text("{}", "utf-8")
        new_item("matrix", "mine", copy / "bank", "ko")
        new_item("choice", "mine", lesson / "bank", "ko")
        assert practice_item("mine", lesson).kind == "choice"

    def test_without_a_notebook_only_the_courses_bank_is_asked(self, bank):
        assert practice_item("bed-matrix", bank.parent).id == "bed-matrix"
        with pytest.raises(ContextError):
            practice_item("bed-matrix")

    @pytest.mark.parametrize("item", ["../bank/bed-matrix", "", "Bed-matrix", "bank/bed-matrix"])
    def test_no_name_leads_out_of_it(self, bank, item):
        with pytest.raises(ContextError):
            practice_item(item, bank.parent)
