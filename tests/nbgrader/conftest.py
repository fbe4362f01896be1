"""A course of the kit in a folder of its own, run through nbgrader's real commands."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny  # noqa: E402
from nbgrader.api import Gradebook  # noqa: E402
from nbgrader.apps import NbGraderAPI  # noqa: E402

from b2bcourse.grading.course import new_course  # noqa: E402
from b2bcourse.grading.demo import load_config  # noqa: E402
from b2bcourse.grading.keys import Keys  # noqa: E402


def pytest_collection_modifyitems(items):
    """nbgrader's own use of SQLAlchemy and nbformat warns; that is not ours to mend."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session", autouse=True)
def _jupyter_in_temp(tmp_path_factory):
    """No test reads or writes the user's own Jupyter folders."""
    home = tmp_path_factory.mktemp("jupyter")
    saved = dict(os.environ)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        os.environ[name] = str(home / name.lower())
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    yield
    os.environ.clear()
    os.environ.update(saved)


@pytest.fixture(scope="session", autouse=True)
def _one_empty_gradebook(tmp_path_factory, _jupyter_in_temp):
    """nbgrader takes two seconds to make a database; every course of the tests gets a copy."""
    Course.empty_gradebook = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{Course.empty_gradebook}", "course").close()


class Course:
    """A course folder with its exchange, and short names for what tests do with it."""

    empty_gradebook = Path()

    def __init__(self, root, repo, lang="ko", assignment=tiny.ASSIGNMENT):
        self.root = new_course(root / "course", lang, repo)
        shutil.copyfile(self.empty_gradebook, self.root / "gradebook.db")
        self.assignment = assignment
        self.exchange = root / "exchange"
        self.exchange.mkdir()
        self.config = load_config(self.root)
        self.config.Exchange.root = str(self.exchange)
        self.config.Exchange.cache = str(root / "cache")
        self.keys = Keys(self.root / "items")
        self.api = NbGraderAPI(config=self.config)

    def ok(self, result):
        assert result["success"], result.get("log", "") + result["error"]
        return result

    def generate(self):
        return self.ok(self.api.generate_assignment(self.assignment))

    def release(self):
        return self.ok(self.api.release_assignment(self.assignment))

    def autograde(self, student="*"):
        return self.api.autograde(self.assignment, student)

    def feedback(self, student=None):
        return self.ok(self.api.generate_feedback(self.assignment, student))

    def folder(self, step, student="."):
        return self.root / step / student / self.assignment

    def submission(self, student, answers=None):
        """A submitted folder with these answers; default: the model answers."""
        folder = self.folder("submitted", student)
        shutil.copytree(self.root / "release" / self.assignment, folder)
        for item in self.items():
            content = (answers or {}).get(item, tiny.model_response(self.keys, item))
            if content is not None:
                tiny.write_response(folder, item, content)
        return folder

    def items(self):
        index = json.loads((self.root / "release" / self.assignment / "items/index.json").read_text())
        return list(index["items"])

    def points(self, student):
        """Grade id to points; None waits for a person."""
        with self.api.gradebook as gradebook:
            submission = gradebook.find_submission(self.assignment, student)
            return {
                grade.name: None if grade.needs_manual_grade else grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }

    def autograded(self, student):
        return next(self.folder("autograded", student).glob("*.ipynb")).read_text("utf-8")

    def page(self, student):
        return next(self.folder("feedback", student).glob("*.html")).read_text("utf-8")


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


def write_essay(folder, text):
    path = next(folder.glob("*.ipynb"))
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = text
    path.write_text(json.dumps(notebook), "utf-8")
