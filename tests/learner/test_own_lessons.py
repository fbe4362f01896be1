"""An author's lessons beside the course's: what a refresh does with them, and how they open."""

import json
import shutil

import pytest

from b2bcourse.authoring.cells import source
from b2bcourse.authoring.writing import new_item
from b2bcourse.course_files import course_root
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.working_copy import laid, refresh
from b2bcourse.serving.learner.alive import read_book, verdict

LESSON = "04-benefit-matrix.ipynb"


@pytest.fixture
def course(tmp_path):
    """The course's Korean lessons as they are shipped."""
    root = tmp_path / "course"
    (root / "exercises/ko").mkdir(parents=True)
    folder = root / "notebooks/ko"
    folder.mkdir(parents=True)
    for name in (LESSON, "01-decision-process.ipynb"):
        shutil.copyfile(course_root() / "notebooks/ko" / name, folder / name)
    return root


@pytest.fixture
def mine(tmp_path, course):
    """A working copy with a lesson reworded, one of her own, and its bank."""
    done = refresh(course, tmp_path / "b2b-course", "ko")
    reword(done.folder / LESSON, "병원의 이야기입니다.")
    book = json.loads((done.folder / LESSON).read_bytes())
    book["cells"] = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# 침대를 사는 병원"},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {},
            "source": source("practice", "bed-matrix"),
            "outputs": [],
            "execution_count": None,
        },
    ]
    (done.folder / "11-beds.ipynb").write_text(json.dumps(book), "utf-8")
    new_item("matrix", "bed-matrix", done.folder / "bank", "ko")
    return done.folder


def reword(path, text):
    book = json.loads(path.read_bytes())
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "markdown")
    cell["source"] = f"{''.join(cell['source'])}\n\n{text}"
    path.write_text(json.dumps(book), "utf-8")


def files(folder):
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json")
    return {path: path.read_bytes() for path in found}


@pytest.fixture
def ledger(tmp_path, course, mine):
    """What `start` remembers of what it laid."""
    kept = Ledger(tmp_path / "laid")
    kept.record(mine, laid(refresh(course, mine.parent, "ko")))
    return kept


class TestARefresh:
    def test_all_that_is_hers_stays_as_it_is(self, course, mine):
        before = files(mine)
        done = refresh(course, mine.parent, "ko")
        assert files(mine) == before
        assert (done.added, done.updated, done.beside) == ([], [], [])

    def test_a_newer_lesson_is_put_beside_hers(self, course, mine):
        before = files(mine)
        reword(course / "notebooks/ko" / LESSON, "새 판입니다.")
        [(name, beside)] = refresh(course, mine.parent, "ko").beside
        assert name == LESSON
        shown = json.dumps(json.loads((mine / beside).read_bytes()), ensure_ascii=False)
        assert "새 판입니다." in shown
        assert {path: data for path, data in files(mine).items() if path in before} == before


class TestOpening:
    def test_a_lesson_with_her_words_in_it_comes_alive(self, mine, ledger):
        path = mine / LESSON
        assert verdict(path, read_book(path), ledger, {}).runs

    def test_one_of_her_own_waits_for_a_click_though_it_has_the_courses_form(self, mine, ledger):
        path = mine / "11-beds.ipynb"
        found = verdict(path, read_book(path), ledger, {})
        assert (found.runs, found.why) == (False, "unknown")
        assert read_book(path).has_the_form
