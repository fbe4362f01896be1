"""A notebook knows its language and items from what lies beside it, and from nothing else."""

import json
import shutil

import pytest
from msgspec import structs

from b2bcourse import context
from b2bcourse.context import (
    MANIFEST,
    ContextError,
    answers_home,
    bank_folder,
    default_language,
    language,
    practice_item,
    read_index,
    released_face,
    source_face,
    spoken,
)
from b2bcourse.items import face_bytes, face_hash, kind_of


def practice_face(lang="ko", item="mx-cells"):
    return kind_of("matrix").face(practice_item(item), lang)


@pytest.fixture
def release(notebook_folder, write_index):
    """Puts a face beside the notebook as a release does, with changes that damage it."""

    def release(shown=None, data=None, **entry):
        shown = shown or practice_face()
        entry = {"kind": "matrix", "face": "mx-cells.json", "hash": face_hash(shown)} | entry
        write_index(notebook_folder, "ko", "a2", {"mx-cells": entry})
        path = notebook_folder / "items" / "mx-cells.json"
        path.write_bytes(face_bytes(shown) if data is None else data)
        return read_index(notebook_folder)

    return release


class TestLanguage:
    def test_it_is_the_folders(self, notebook_folder, write_index, lang):
        write_index(notebook_folder, lang)
        assert language(notebook_folder) == lang

    def test_elsewhere_it_is_the_one_asked_for(self, notebook_folder, monkeypatch, lang):
        monkeypatch.setenv("B2BCOURSE_LANG", lang)
        assert language(notebook_folder) == lang

    @pytest.mark.parametrize(
        ("machine", "expected"),
        [("ko_KR", "ko"), ("Korean_Korea", "ko"), ("en_US", "en"), ("de_DE", "en"), (None, "en")],
    )
    def test_or_the_machines(self, monkeypatch, machine, expected):
        monkeypatch.setattr("locale.getlocale", lambda: (machine, "UTF-8"))
        assert default_language({}) == expected
        assert default_language({"B2BCOURSE_LANG": "fr"}) == expected

    def test_a_damaged_index_does_not_keep_a_sentence_from_being_said(
        self, notebook_folder, write_index, monkeypatch
    ):
        write_index(notebook_folder).write_text("{")
        monkeypatch.setenv("B2BCOURSE_LANG", "ko")
        assert language(notebook_folder) == "ko"


class TestSpoken:
    """Outside of a working copy a notebook's own text tells its language."""

    def notebook(self, folder, text, name="a.ipynb"):
        cells = [{"cell_type": "markdown", "source": text}]
        (folder / name).write_text(json.dumps({"cells": cells}), "utf-8")
        return folder / name

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("고객사의 DMU에서 CFO와 CTO가 함께 정합니다. 표를 채우십시오.", "ko"),
            ("Who decides, and what each of them wants to hear (한국어: 혜택).", "en"),
            ("mx", None),
            ("", None),
        ],
    )
    def test_the_greater_part_of_its_letters_tells(self, tmp_path, text, expected):
        assert spoken(self.notebook(tmp_path, text)) == expected

    def test_what_cannot_be_read_tells_nothing(self, tmp_path, monkeypatch):
        assert spoken(tmp_path / "none.ipynb") is None
        monkeypatch.setattr(context, "_MOST_BYTES", 9)
        assert spoken(self.notebook(tmp_path, "표를 채우십시오. " * 9)) is None

    def test_where_two_contradict_each_other_it_is_the_one_asked_for(self, tmp_path, monkeypatch):
        monkeypatch.setenv("B2BCOURSE_LANG", "en")
        self.notebook(tmp_path, "표를 채우고, 고른 이유를 한 줄로 짧게 적으십시오.")
        assert language(tmp_path) == "ko"
        self.notebook(tmp_path, "Fill in the table and say why in one line.", "b.ipynb")
        assert language(tmp_path) == "en"


class TestIndex:
    def test_a_folder_without_one_has_none(self, notebook_folder):
        assert read_index(notebook_folder) is None

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"[]",
            b"\xff",
            b'{"schema": 2, "lang": "ko"}',
            b'{"schema": 1, "lang": "fr"}',
            b'{"schema": 1, "lang": "ko", "items": {"x": {"kind": "matrix"}}}',
            b'{"schema": 1, "lang": "ko", "key": 1}',
            b'{"items": ' + b"[" * 100_000,
        ],
    )
    def test_a_damaged_one_is_told_with_the_remedy(self, notebook_folder, write_index, content):
        write_index(notebook_folder).write_bytes(content)
        with pytest.raises(ContextError) as told:
            read_index(notebook_folder)
        assert "items/index.json" in told.value.text.ko
        assert "과제를 다시 받으십시오" in told.value.text.ko
        assert "Fetch the assignment again" in told.value.text.en

    def test_a_folder_in_its_place_is_told(self, notebook_folder):
        (notebook_folder / "items" / "index.json").mkdir(parents=True)
        with pytest.raises(ContextError, match="cannot be read"):
            read_index(notebook_folder)


class TestReleasedFaces:
    def test_the_face_beside_the_notebook_is_found(self, notebook_folder, release):
        assert released_face(notebook_folder, release(), "mx-cells") == practice_face()

    def test_an_unknown_item_is_told_with_those_there_are(self, notebook_folder, release):
        with pytest.raises(ContextError) as told:
            released_face(notebook_folder, release(), "mx-left")
        assert "«mx-left»" in told.value.text.ko
        assert "있는 문제: mx-cells" in told.value.text.ko

    @pytest.mark.parametrize(
        "damage",
        [
            {"data": b""},
            {"data": b"{}"},
            {"data": b'{"kind": "puzzle"}'},
            {"data": b"[" * 99_999},
            {"data": b'{"kind": "__init__"}'},
            {"hash": "0" * 64},
            {"face": "absent.json"},
            {"face": ""},
            {"face": "../../secret.json"},
            {"face": "."},
            {"face": "index.json"},
            {"face": "a\x00b"},
        ],
    )
    def test_a_damaged_face_is_told_with_the_remedy(self, notebook_folder, release, damage):
        index = release(**damage)
        with pytest.raises(ContextError) as told:
            released_face(notebook_folder, index, "mx-cells")
        assert "손상되었습니다" in told.value.text.ko
        assert "과제를 다시 받으십시오" in told.value.text.ko
        assert "your answers" in told.value.text.en

    def test_a_face_that_was_changed_by_hand_is_damaged(self, notebook_folder, release):
        index = release()
        changed = structs.replace(practice_face(), task="다른 일")
        (notebook_folder / "items" / "mx-cells.json").write_bytes(face_bytes(changed))
        with pytest.raises(ContextError, match="damaged"):
            released_face(notebook_folder, index, "mx-cells")

    def test_another_items_face_under_this_name_is_damaged(self, notebook_folder, release):
        other = practice_face(item="mx-left")
        with pytest.raises(ContextError, match="damaged"):
            released_face(notebook_folder, release(other, hash=face_hash(other)), "mx-cells")


class TestPracticeItems:
    def test_each_item_of_the_bank_is_found(self):
        ids = sorted(path.stem for path in bank_folder().glob("*.yaml"))
        assert len(ids) >= 10
        assert [practice_item(name).id for name in ids] == ids

    @pytest.mark.parametrize("bad", ["mx-cels", "../bank/mx-cells", "MX-CELLS", "mx-cells.yaml"])
    def test_an_unknown_one_is_told_with_the_nearest(self, bad):
        with pytest.raises(ContextError) as told:
            practice_item(bad)
        assert "비슷한 이름: mx-cells" in told.value.text.ko
        assert "Nearest: mx-cells" in told.value.text.en

    @pytest.mark.parametrize(("bad", "some"), [("nope", "al-"), ("", "al-"), ("mx-nope", "mx-")])
    def test_of_a_hundred_items_a_few_are_told_those_that_begin_alike_if_there_are(self, bad, some):
        with pytest.raises(ContextError) as told:
            practice_item(bad)
        assert f"There are: {some}" in told.value.text.en
        assert told.value.text.en.endswith(", …")
        assert f"«{bad}»" in told.value.text.en


class TestAuthorsFolders:
    @pytest.fixture
    def source(self, tmp_path):
        """An assignment's source folder, with the items beside it."""

        def source(parent):
            folder = tmp_path / parent / "a2"
            folder.mkdir(parents=True)
            items = tmp_path / "items"
            items.mkdir()
            practice = (bank_folder() / "mx-cells.yaml").read_bytes()
            (items / "mx-cells.yaml").write_bytes(practice)
            return folder

        return source

    @pytest.mark.parametrize("named", ["ko", "en"])
    def test_in_a_language_folder_the_face_is_in_that_language(self, source, named):
        assert source_face(source(named), "mx-cells") == practice_face(named)

    @pytest.mark.parametrize("chosen", ["ko", "en"])
    def test_in_a_course_it_is_in_the_courses(self, source, chosen):
        folder = source("source")
        course = folder.parent.parent / "items" / "course.json"
        course.write_text(json.dumps({"lang": chosen}))
        assert source_face(folder, "mx-cells").lang == chosen

    @pytest.mark.parametrize("content", ["{", "[]", "3", ""])
    def test_a_course_file_that_is_none_does_no_harm(self, source, content):
        folder = source("source")
        (folder.parent.parent / "items" / "course.json").write_text(content)
        assert source_face(folder, "mx-cells").lang in {"ko", "en"}

    @pytest.mark.parametrize("item", ["nope", "../items/mx-cells", ""])
    def test_an_unknown_item_is_told(self, source, item):
        with pytest.raises(ContextError) as told:
            source_face(source("ko"), item)
        assert "과제를 다시 받으십시오" in told.value.text.ko
        assert "a folder 'items' must lie beside" in told.value.text.en


class TestWorkingCopy:
    """A learner's folder: its root is marked, and lessons may be moved about in it."""

    @pytest.fixture
    def copy(self, tmp_path, write_index, monkeypatch):
        monkeypatch.setenv("B2BCOURSE_LANG", "en")
        root = tmp_path / "b2b-course" / "ko"
        root.mkdir(parents=True)
        (root / MANIFEST).write_text("{}", "utf-8")
        write_index(root, "ko")
        write_index(tmp_path, "en")  # above the root: never asked
        return root

    def answers(self, folder):
        (folder / "responses").mkdir(parents=True)
        (folder / "responses" / "mx-cells.json").write_text("{}", "utf-8")

    def test_a_lesson_copied_into_a_folder_keeps_its_language(self, copy):
        folder = copy / "내 것 (1)" / "더 안"
        folder.mkdir(parents=True)
        assert language(folder) == "ko"

    def test_its_answers_are_the_nearest_that_are_there(self, copy):
        folder = copy / "mine" / "deeper"
        folder.mkdir(parents=True)
        assert answers_home(folder) == folder
        self.answers(copy)
        assert answers_home(folder) == copy
        self.answers(copy / "mine")
        assert answers_home(folder) == copy / "mine"

    def test_nothing_above_the_root_is_searched(self, copy):
        self.answers(copy.parent)
        assert answers_home(copy) == copy

    def test_outside_a_working_copy_a_folder_stands_alone(self, tmp_path, write_index, monkeypatch):
        monkeypatch.setenv("B2BCOURSE_LANG", "en")
        write_index(tmp_path, "ko")
        self.answers(tmp_path)
        inner = tmp_path / "inner"
        inner.mkdir()
        assert language(inner) == "en"
        assert answers_home(inner) == inner


class TestWhereItIs:
    """What drafts in a browser are kept by: a folder, and no other that comes to lie in its place."""

    def test_a_working_copy_has_a_name_of_its_own_wherever_it_is_moved(self, tmp_path):
        from b2bcourse.context import MANIFEST, where_it_is

        copy = tmp_path / "ko"
        (copy / "assignments" / "a1").mkdir(parents=True)
        (copy / MANIFEST).write_text('{"schema": 1, "id": "abc", "files": {}}', "utf-8")
        before = where_it_is(copy / "assignments" / "a1")
        copy.rename(tmp_path / "옮긴 것 (1)")
        assert where_it_is(tmp_path / "옮긴 것 (1)" / "assignments" / "a1") == before
        assert before == ("abc", "assignments/a1")

    def test_one_made_anew_at_the_same_path_is_another(self, tmp_path):
        from b2bcourse.context import where_it_is
        from b2bcourse.course_files import course_root
        from b2bcourse.learner.working_copy import refresh

        copy = refresh(course_root(), tmp_path, "en").folder
        before = where_it_is(copy)
        assert where_it_is(refresh(course_root(), tmp_path, "en").folder) == before
        shutil.rmtree(copy)
        assert where_it_is(refresh(course_root(), tmp_path, "en").folder) != before

    def test_any_other_folder_has_its_path_and_its_number(self, tmp_path):
        from b2bcourse.context import where_it_is

        number, path = where_it_is(tmp_path)
        assert path == str(tmp_path)
        assert number == str(tmp_path.stat().st_ino)
        assert where_it_is(tmp_path / "none") == ("", str(tmp_path / "none"))
