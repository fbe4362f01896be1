"""What every test may use: a notebook's folder to work in, and a language for it."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does. A developer's run looks for
# examples that nobody has seen; what lands is judged by the same ones each time.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "without a clock")


@pytest.fixture
def write_index():
    """Writes a folder's ``items/index.json``, as releases and lesson folders carry it."""

    def write(folder, lang="ko", assignment="", items=None):
        path = folder / "items" / "index.json"
        path.parent.mkdir(exist_ok=True)
        index = {"schema": 1, "lang": lang, "assignment": assignment, "items": items or {}}
        path.write_text(json.dumps(index), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """nbgrader takes two seconds and more to make a database; a course gets a copy of this one."""
    from nbgrader.api import Gradebook

    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    before = os.environ["PATH"]
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    Gradebook(f"sqlite:///{path}", "course").close()
    os.environ["PATH"] = before
    return path


class _Apart(dict):
    """As if every exercise were made in a kernel of its own: none hears of another."""

    def setdefault(self, _path, default):
        return default

    def get(self, _path, default=None):
        return default


@pytest.fixture
def kernels_apart(monkeypatch):
    """Every exercise is in a kernel of its own, though all are made in this process."""
    monkeypatch.setattr("b2bcourse.widgets.exercise._SHOWN", _Apart())


@pytest.fixture
def notebook_folder(tmp_path, monkeypatch):
    """An empty folder that a notebook could lie in; the test runs in it."""
    folder = tmp_path / "lesson"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return folder


@pytest.fixture(params=["ko", "en"])
def lang(request):
    """Each of the course's two languages."""
    return request.param


@pytest.fixture
def lesson_folder(notebook_folder, write_index, lang):
    """A notebook's folder in one language, with no items of its own."""
    write_index(notebook_folder, lang)
    return notebook_folder
