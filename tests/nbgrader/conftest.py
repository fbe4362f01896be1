"""A course of the kit in a folder of its own, run through nbgrader's real commands."""

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "grading")]

import tiny  # noqa: E402
from held import Course, write_essay  # noqa: E402
from nbgrader.api import Gradebook  # noqa: E402


def pytest_collection_modifyitems(items):
    """nbgrader's own use of SQLAlchemy and nbformat warns; that is not ours to mend."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def _jupyter_home(tmp_path_factory):
    return tmp_path_factory.mktemp("jupyter")


@pytest.fixture(scope="module", autouse=True)
def _jupyter_in_temp(_jupyter_home):
    """No test reads or writes the user's own Jupyter folders; other tests see no change."""
    saved = dict(os.environ)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        os.environ[name] = str(_jupyter_home / name.lower())
    _put_scripts_on_path(os.environ)
    yield
    os.environ.clear()
    os.environ.update(saved)


def _put_scripts_on_path(environ):
    environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environ["PATH"]])


@pytest.fixture(scope="session", autouse=True)
def _one_empty_gradebook(tmp_path_factory):
    """nbgrader takes two seconds to make a database; every course of the tests gets a copy."""
    Course.empty_gradebook = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    path = os.environ["PATH"]
    _put_scripts_on_path(os.environ)
    Gradebook(f"sqlite:///{Course.empty_gradebook}", "course").close()
    os.environ["PATH"] = path


@pytest.fixture(scope="session")
def repo(tmp_path_factory):
    return tiny.write_repo(tmp_path_factory.mktemp("repo"))


@pytest.fixture
def new(tmp_path, repo):
    """A course of the test's own, generated."""
    course = Course(tmp_path, repo)
    course.generate()
    return course


@pytest.fixture(scope="module")
def graded(tmp_path_factory, repo):
    """A course in which one student's model answers have been graded."""
    course = Course(tmp_path_factory.mktemp("graded"), repo)
    course.generate()
    course.release()
    folder = course.submission("ann")
    write_essay(folder, "제 글입니다. <script>alert(1)</script>")
    course.submission("bob", {tiny.CELLS: None, tiny.BOTH: None})
    course.ok(course.autograde())
    course.feedback()
    return course
