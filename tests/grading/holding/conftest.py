"""A course with an empty gradebook, apart from the machine's own settings."""

import shutil
from pathlib import Path

import pytest

from b2bcourse.grading.course import new_course
from b2bcourse.grading.opening import open_course


def pytest_collection_modifyitems(items):
    """nbgrader's own use of SQLAlchemy warns; that is not ours to mend."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """The folder of the machine's settings, empty."""
    folder = tmp_path / "machine"
    folder.mkdir()
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_CONFIG_PATH", [str(folder)])
    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [])
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    return folder


@pytest.fixture
def make_course(tmp_path, repo, settings, empty_gradebook):
    def make(name="course", lang="en", **wishes):
        root = new_course(tmp_path / name, lang, repo, **wishes)
        shutil.copyfile(empty_gradebook, root / "gradebook.db")
        return open_course(root)

    return make


@pytest.fixture
def course(make_course):
    return make_course()
