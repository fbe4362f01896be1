"""A kernel in another folder than its notebook's: found where that is certain, told where it is not."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell

import b2bcourse as b2b
from b2bcourse.context import MANIFEST
from b2bcourse.learner import whereabouts
from b2bcourse.learner.whereabouts import Call, ElsewhereError, notebook_folder
from b2bcourse.widgets.base import PROTOCOL

CALL = Call("practice", "mx-cells")
TEXT = {
    "ko": "모두 합쳐 백 점이고 한 시간 반쯤 걸립니다. 천천히 읽고 푸십시오.",
    "en": "Read it slowly, then answer.",
}


@pytest.fixture
def write():
    """Writes a notebook with a text in one language and one cell that calls something."""

    def write(path, code='import b2bcourse as b2b; b2b.practice("mx-cells")', lang="ko"):
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [
            {"cell_type": "markdown", "source": [TEXT[lang]]},
            {"cell_type": "code", "source": [code]},
        ]
        path.write_text(json.dumps({"cells": cells, "nbformat": 4}), "utf-8")
        return path

    return write


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An editor's workspace, in whose root it starts a kernel."""
    root = tmp_path / "workspace"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setenv("B2BCOURSE_LANG", "en")
    monkeypatch.setattr(whereabouts, "_in_kernel", lambda: True)
    return root


class TestCalls:
    @pytest.mark.parametrize(
        "code",
        ['b2b.practice("mx-cells")', "practice('mx-cells')", 'x = b2b.practice( "mx-cells" ) # 1'],
    )
    def test_one_is_found_however_it_is_written(self, write, tmp_path, code):
        assert CALL.is_in(write(tmp_path / "a.ipynb", code))

    @pytest.mark.parametrize(
        "code", ['b2b.practice("mx-cells-2")', 'b2b.answer("mx-cells")', "b2b.practice(name)"]
    )
    def test_another_is_not(self, write, tmp_path, code):
        assert not CALL.is_in(write(tmp_path / "a.ipynb", code))

    def test_so_is_one_with_nothing_in_it(self, write, tmp_path):
        assert Call("gain").is_in(write(tmp_path / "a.ipynb", "b2b.gain()"))

    @pytest.mark.parametrize("content", ["", "{", '{"cells": 3}', "[]"])
    def test_what_is_no_notebook_holds_none(self, tmp_path, content):
        (tmp_path / "a.ipynb").write_text(content)
        assert not CALL.is_in(tmp_path / "a.ipynb")


class TestWhatTheServerNames:
    def test_it_is_believed_if_the_notebook_holds_this_call(self, root, write, monkeypatch):
        notebook = write(root / "ko" / "04.ipynb")
        monkeypatch.setenv("JPY_SESSION_NAME", str(notebook))
        assert notebook_folder(CALL) == notebook.parent

    @pytest.mark.parametrize("name", ["ko/gone.ipynb", "ko/other.ipynb", "ko", ""])
    def test_else_it_is_not(self, root, write, monkeypatch, name):
        write(root / "ko" / "other.ipynb", "b2b.progress()")
        write(root / "mine.ipynb")
        monkeypatch.setenv("JPY_SESSION_NAME", str(root / name))
        assert notebook_folder(CALL) == root

    def test_where_it_is_the_kernels_own_folder_nothing_is_read(self, root, write, monkeypatch):
        monkeypatch.setenv("JPY_SESSION_NAME", str(write(root / "Untitled.ipynb", "")))
        monkeypatch.setattr(Call, "is_in", None)
        assert notebook_folder(CALL) == root

    def test_a_parents_is_not_where_the_notebook_lies_beside(self, root, write, monkeypatch):
        monkeypatch.setenv("JPY_SESSION_NAME", str(write(root / "ko" / "04.ipynb")))
        write(root / "04.ipynb")
        assert notebook_folder(CALL) == root

    def test_answers_are_found_and_kept_beside_that_notebook(
        self, root, write, monkeypatch, write_index
    ):
        notebook = write(root / "course" / "04.ipynb", 'b2b.respond("mx-cells", {"tech": ["CTO"]})')
        write_index(notebook.parent, "ko")
        write(notebook)
        monkeypatch.setenv("JPY_SESSION_NAME", str(notebook))
        exercise = b2b.practice("mx-cells")
        patch = {"cells": {"tech": {"cto": 1}}}
        exercise.view._handle_custom_msg(
            {"p": PROTOCOL, "do": "change", "n": 1, "patch": patch}, []
        )
        assert exercise.face.lang == "ko"
        assert (notebook.parent / "responses" / "mx-cells.json").exists()
        assert not (root / "responses").exists()


class TestWhereNothingIsNamed:
    @pytest.mark.parametrize("lang", ["ko", "en"])
    def test_it_says_in_the_notebooks_language_what_to_do_and_saves_nothing(
        self, root, write, capsys, lang
    ):
        folder = write(root / "내 과정" / "04.ipynb", lang=lang).parent
        assert b2b.practice("mx-cells") is None
        told = capsys.readouterr().out
        assert f'%cd "{folder}"' in told
        assert {"ko": "아무것도 저장하지 않았습니다", "en": "Nothing is saved"}[lang] in told
        assert not (root / "responses").exists()

    def test_what_it_says_leads_back(self, root, write, capsys):
        folder = write(root / "my course" / "04.ipynb").parent
        b2b.practice("mx-cells")
        line = next(part for part in capsys.readouterr().out.split(". ") if "%cd" in part)
        shell = InteractiveShell()
        shell.run_cell(line[line.index("%cd") : line.rindex('"') + 1])
        assert notebook_folder(CALL) == folder

    def test_two_that_could_be_meant_are_not_guessed_between(self, root, write, capsys):
        for lang in ("ko", "en"):
            write(root / lang / "04.ipynb", lang=lang)
        assert b2b.practice("mx-cells") is None
        assert "Run %cd with the notebook's folder" in capsys.readouterr().out

    @pytest.mark.usefixtures("root")
    def test_a_root_with_no_notebook_at_all_is_not_the_notebooks(self):
        with pytest.raises(ElsewhereError):
            notebook_folder(CALL)

    def test_a_figure_keeps_nothing_and_may_be_drawn_anywhere(self, root):
        assert notebook_folder(Call("figure", "benefit-matrix")) == root

    def test_one_that_has_not_been_saved_yet_is_where_its_kernel_is(self, root, write):
        write(root / "Untitled.ipynb", "")
        assert notebook_folder(CALL) == root

    def test_a_working_copy_is_one_place_for_practice(self, root, write):
        (root / MANIFEST).write_text("{}")
        write(root / "mine" / "04.ipynb")
        assert notebook_folder(CALL) == root

    def test_but_not_for_an_assignment_in_it(self, root, write, write_index):
        write_index(root, "ko")
        (root / MANIFEST).write_text("{}")
        folder = write(root / "assignments" / "a3" / "a3.ipynb", 'b2b.answer("matrix-both")').parent
        with pytest.raises(ElsewhereError) as told:
            notebook_folder(Call("answer", "matrix-both"))
        assert str(folder) in told.value.text.ko

    def test_environments_hidden_and_deep_folders_are_not_searched(self, root, write):
        for folder in (".trash", "venv", "a/b/c/d/e", "node_modules"):
            write(root / folder / "04.ipynb")
        (root / "venv" / "pyvenv.cfg").touch()
        with pytest.raises(ElsewhereError) as told:
            notebook_folder(CALL)
        assert "%cd with the notebook's folder" in told.value.text.en

    def test_a_script_or_a_terminal_is_in_no_notebook(self, root, write, monkeypatch):
        monkeypatch.undo()
        monkeypatch.chdir(root)
        write(root / "ko" / "04.ipynb")
        assert notebook_folder(CALL) == root


class TestACopiedAssignment:
    """The notebook alone, without the folder ``items`` beside it."""

    @pytest.mark.parametrize("lang", ["ko", "en"])
    @pytest.mark.parametrize("verb", ["answer", "template", "respond"])
    def test_it_says_in_its_own_language_what_is_missing_and_saves_nothing(
        self, root, write, capsys, monkeypatch, lang, verb
    ):
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        folder = write(root / "copy" / "a3.ipynb", 'b2b.answer("matrix-both")', lang).parent
        monkeypatch.chdir(folder)
        typed = ({"a": []},) if verb == "respond" else ()
        assert getattr(b2b, verb)("matrix-both", *typed) is None
        told = capsys.readouterr().out
        assert "matrix-both" in told
        assert {"ko": "items 폴더가 있어야 합니다", "en": "a folder 'items' must lie"}[lang] in told
        assert [path.name for path in folder.iterdir()] == ["a3.ipynb"]

    def test_among_the_lessons_too(self, root, write, write_index, capsys, monkeypatch):
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
        write_index(root, "ko")
        write(root / "a3.ipynb", 'b2b.answer("matrix-both")')
        assert b2b.answer("matrix-both") is None
        assert "items 폴더가 있어야 합니다" in capsys.readouterr().out
