"""What is handed out is what the items say: titles follow, and nothing goes out old."""

import os
import sys
from pathlib import Path

import nbformat
import pytest

from b2bcourse.authoring.writing import new_assignment, new_item
from b2bcourse.grading.base import GradingError
from b2bcourse.items import load_item

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own use of SQLAlchemy and nbformat


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


@pytest.fixture
def folder(tmp_path, repo, empty_gradebook, _environment_as_before):
    """A Korean course with an assignment of two items of the author's own."""
    from b2bcourse.grading.course import new_course

    made = new_course(tmp_path / "course", "ko", repo, tmp_path / "exchange")
    (made / "gradebook.db").write_bytes(empty_gradebook.read_bytes())
    files = [
        new_item("matrix", "bed-matrix", made / "items", "ko"),
        new_item("essay", "bed-essay", made / "items", "ko"),
    ]
    new_assignment("hw", files, [], made / "source", "ko")
    return made


@pytest.fixture
def api(folder):
    from nbgrader.apps import NbGraderAPI

    from b2bcourse.grading.demo import load_config

    return NbGraderAPI(config=load_config(folder))


def retitle(folder, title, item="bed-matrix"):
    path = folder / f"items/{item}.yaml"
    was = load_item(path).title.ko
    path.write_text(path.read_text("utf-8").replace(f"title: {was}", f"title: {title}"), "utf-8")


def generated(api, *, force=False):
    done = api.generate_assignment("hw", force=force)
    assert done["success"], done.get("log", "") + str(done["error"])
    return done["log"]


def headings(folder):
    notebook = nbformat.read(folder / "release/hw/hw.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.source.startswith("## ")]


def test_titles_are_the_items_own_when_it_is_generated(folder, api):
    retitle(folder, "침대를 사는 병원")
    generated(api)
    assert headings(folder) == ["## 침대를 사는 병원", "## 병원장과 보내는 십오 분"]


def test_a_heading_of_the_authors_own_goes_out_and_a_line_tells_of_it(folder, api):
    path = folder / "source/hw/hw.ipynb"
    text = path.read_text("utf-8")
    path.write_text(text.replace("## 심전도기를 사는", "## 1. 침대를 사는"), "utf-8")
    retitle(folder, "휠체어를 사는 병원")
    log = generated(api)
    assert headings(folder)[0] == "## 1. 침대를 사는 병원"
    assert "«1. 침대를 사는 병원»은 직접 쓰신 것" in log


def test_no_model_text_of_an_essay_stands_in_source_or_release(folder, api):
    generated(api)
    model = load_item(folder / "items/bed-essay.yaml").model.ko
    for step in ("source", "release"):
        assert model not in (folder / step / "hw/hw.ipynb").read_text("utf-8")


def test_what_is_older_than_its_items_is_not_handed_out(folder, api):
    generated(api)
    retitle(folder, "침대를 사는 병원")
    refused = api.release_assignment("hw")
    assert not refused["success"]
    assert "generate_assignment --force hw" in refused["log"]
    generated(api, force=True)
    done = api.release_assignment("hw")
    assert done["success"], done["log"]


def test_a_corrected_reason_makes_nothing_old(folder, api):
    generated(api)
    path = folder / "items/bed-matrix.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("구매과장은 쓴 돈으로 평가받습니다.}", "돈이 구매과장의 일입니다.}"), "utf-8"
    )
    assert api.release_assignment("hw")["success"]


def test_nor_does_it_go_into_the_folder_for_students(folder, api):
    from b2bcourse.grading.holding.handout import for_students
    from b2bcourse.grading.opening import open_course

    generated(api)
    retitle(folder, "침대를 사는 병원")
    with pytest.raises(GradingError, match="bed-matrix"):
        for_students(open_course(folder), folder.parent / "out", None, ["hw"])


def test_her_reasons_are_in_feedback_once_the_key_is_open_and_not_before(folder, api, monkeypatch):
    """On a machine in English, too, all is told in the course's Korean."""
    import shutil

    import b2bcourse as b2b
    from b2bcourse.grading.bulk.run import grade
    from b2bcourse.grading.feedback.writing import write_feedback
    from b2bcourse.grading.opening import open_course

    generated(api)
    shutil.copytree(folder / "release/hw", folder / "submitted/kim/hw")
    monkeypatch.setenv("B2BCOURSE_LANG", "en")
    with monkeypatch.context() as there:
        there.chdir(folder / "submitted/kim/hw")
        b2b.respond("bed-matrix", {"낮은 값": ["수간호사"]})
        b2b.respond("bed-essay", "글입니다. " * 120)
    grade(folder, "hw")
    course = open_course(folder)
    page = folder / "feedback/kim/hw/hw.html"
    why = "구매과장은 쓴 돈으로 평가받습니다.", "수간호사는 환자 곁에서"
    write_feedback(course, "hw")
    closed = page.read_text("utf-8")
    assert not any(text in closed for text in why)
    write_feedback(course, "hw", opened=True)
    opened = page.read_text("utf-8")
    assert all(text in opened for text in why)
    assert 'lang="ko"' in opened
