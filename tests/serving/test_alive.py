"""The server decides what comes alive: what it laid, in the course's form, with nothing in the way."""

import json
import os

import pytest

from b2bcourse.course_files import course_root
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.working_copy import laid, refresh
from b2bcourse.serving.learner.alive import KERNEL, kernel_environment, read_book, verdict
from b2bcourse.serving.learner.lesson import page

LESSON = "04-benefit-matrix.ipynb"


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "data")


@pytest.fixture
def root(tmp_path, ledger):
    for lang in ("ko", "en"):
        done = refresh(course_root(), tmp_path / "work", lang)
        ledger.record(done.folder, laid(done))
    return tmp_path / "work"


@pytest.fixture
def notebook(root):
    return root / "ko" / LESSON


def judged(notebook, ledger, environ=None):
    return verdict(notebook, read_book(notebook), ledger, environ or {})


def change(notebook, how):
    book = json.loads(notebook.read_bytes())
    how(book)
    notebook.write_text(json.dumps(book), "utf-8")


def first_code(book):
    return next(cell for cell in book["cells"] if cell["cell_type"] == "code")


def test_every_lesson_and_assignment_as_it_was_laid_comes_alive(root, ledger):
    notebooks = list(root.rglob("*.ipynb"))
    assert len(notebooks) == 38
    for each in notebooks:
        found = judged(each, ledger)
        assert found.runs, (each, found)
        assert found.is_laid


BAD = [
    "print(1)",
    'import b2bcourse as b2b; b2b.practice("mx-cells"); print(1)',
    'import b2bcourse as b2b\nb2b.practice("mx-cells")',
    'import b2bcourse as b2b; b2b.respond("mx-cells", "x")',
    'import b2bcourse as b2b; b2b.practice("mx-cells" + input())',
    'import b2bcourse as b2b; b2b.practice(f"{__import__(1)}")',
    '!rm x\nimport b2bcourse as b2b; b2b.practice("mx-cells")',
    'import b2bcourse as b2b; b2b.practice("../x")',
    "import b2bcourse as b2b; b2b.anything()",
    '%%bash\nimport b2bcourse as b2b; b2b.practice("mx-cells")',
]


@pytest.mark.parametrize("code", BAD)
def test_one_cell_of_another_form_and_nothing_runs(notebook, ledger, code):
    change(notebook, lambda book: first_code(book).update(source=code))
    found = judged(notebook, ledger)
    assert found.why == "changed"
    assert not found.is_laid


def test_an_empty_cell_changes_nothing(notebook, ledger):
    change(notebook, lambda book: first_code(book).update(source=["  \n"]))
    assert judged(notebook, ledger).runs


def test_text_of_the_readers_own_changes_nothing(notebook, ledger):
    note = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "my note: print(1)"}
    change(notebook, lambda book: book["cells"].append(note))
    assert judged(notebook, ledger).runs


def test_outputs_that_were_saved_change_nothing(notebook, ledger):
    output = {"output_type": "stream", "name": "stdout", "text": "x"}
    change(notebook, lambda book: first_code(book).update(outputs=[output], execution_count=3))
    assert judged(notebook, ledger).runs


def test_what_was_not_laid_does_not_run_though_it_is_the_same(notebook, ledger):
    other = notebook.with_name("copy.ipynb")
    other.write_bytes(notebook.read_bytes())
    assert judged(other, ledger).why == "unknown"


@pytest.mark.parametrize("kernel", ["ir", "python3-other", ""])
def test_another_kernel_is_not_started_for_it(notebook, ledger, kernel):
    assert kernel != KERNEL
    change(notebook, lambda book: book["metadata"]["kernelspec"].update(name=kernel))
    assert judged(notebook, ledger).why == "kernel"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', "\udcff"])
def test_what_is_no_notebook_does_not_run(notebook, ledger, content):
    notebook.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert judged(notebook, ledger).why == "unreadable"


def test_what_is_beside_it_is_named(notebook, ledger):
    (notebook.parent / "json.py").write_text("", "utf-8")
    found = judged(notebook, ledger)
    assert (found.why, found.what) == ("beside", "json.py")
    assert found.is_laid


def test_what_lies_on_the_way_to_the_environment_is_named_whole(notebook, ledger, tmp_path):
    early = tmp_path / "early"
    early.mkdir()
    (early / "IPython").mkdir()
    found = judged(notebook, ledger, {"PYTHONPATH": str(early)})
    assert (found.why, found.what) == ("path", str(early / "IPython"))


def test_an_archive_on_that_way_is_in_the_way(notebook, ledger, tmp_path):
    archive = tmp_path / "modules.zip"
    archive.write_bytes(b"")
    assert judged(notebook, ledger, {"PYTHONPATH": str(archive)}).why == "path"


class _Specs:
    def __init__(self, env):
        self.env = env

    def get_kernel_spec(self, name):
        if self.env is None:
            raise KeyError(name)
        return self


def test_the_kernels_environment_is_the_servers_and_what_its_spec_adds():
    assert kernel_environment(_Specs({"PYTHONPATH": "/x"}))["PYTHONPATH"] == "/x"
    assert kernel_environment(_Specs(None)) == dict(os.environ)


class TestPage:
    def told(self, notebook, root, ledger):
        return page(notebook, root, ledger, {})

    def test_a_lesson_is_told_whole(self, notebook, root, ledger):
        told = self.told(notebook, root, ledger)
        assert told.ours
        assert told.calm
        assert told.runs
        assert told.notice is None
        assert told.lang == "ko"
        assert told.other == f"en/{LESSON}"
        assert len(told.bar.parts) > 1
        assert 'import b2bcourse as b2b; b2b.practice("mx-cells")' in told.sources
        assert told.words["language"] == "English"

    def test_the_other_language_is_offered_only_where_it_is_served(self, notebook, ledger):
        assert self.told(notebook, notebook.parent, ledger).other is None

    def test_a_changed_one_is_shown_with_all_its_code_and_says_why(self, notebook, root, ledger):
        change(notebook, lambda book: first_code(book).update(source="print(1)"))
        told = self.told(notebook, root, ledger)
        assert told.ours
        assert not told.calm
        assert not told.runs
        assert "코드" in told.notice.text
        assert told.notice.button

    def test_the_sentence_names_what_is_in_the_way(self, notebook, root, ledger):
        (notebook.parent / "json.py").write_text("", "utf-8")
        assert "json.py" in self.told(notebook, root, ledger).notice.text

    def test_a_notebook_of_somebodys_own_is_not_ours(self, root, ledger):
        own = root / "own.ipynb"
        own.write_text(
            json.dumps({"cells": [{"cell_type": "code", "source": "1 + 1"}], "metadata": {}}),
            "utf-8",
        )
        assert not self.told(own, root, ledger).ours

    def test_answers_are_counted(self, notebook, root, ledger):
        before = self.told(notebook, root, ledger).bar.told
        assert before == "14문항 중 0개 답함"
        from b2bcourse.context import practice_item
        from b2bcourse.items import kind_of
        from b2bcourse.responses import Store

        item = practice_item("mx-cells")
        kind = kind_of(item.kind)
        face = kind.face(item, "ko")
        Store(notebook.parent, face, item).save(kind.model_answer(face, kind.key(item)))
        assert self.told(notebook, root, ledger).bar.told == "14문항 중 1개 답함, 1개 복습"
