"""What is wrong on the instructor's side is told to the instructor, and costs no student a point."""

import os
import re
import subprocess
import sys

import pytest
import tiny
from held import REPO, Course

NOT_GRADED = "강사에게 알리십시오"


def key_of(course, item=tiny.CELLS):
    return course.root / "items" / f"{item}.yaml"


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


FAULTS = {
    "a typo": lambda course: change(key_of(course), "kind: matrix", "kind: matriks"),
    "no yaml": lambda course: change(key_of(course), "rows: [", "rows: [["),
    "a missing file": lambda course: key_of(course).unlink(),
    "another question": lambda course: change(key_of(course), "- id: hangyeol", "- id: hankyul"),
}
POINTS = {tiny.CELLS: (10.0, False), tiny.BOTH: (6.0, False)}


def scored(course, student):
    standing = course.standing(student)
    return {item: standing[item] for item in POINTS}


@pytest.fixture(params=FAULTS)
def fault(request):
    return FAULTS[request.param]


@pytest.fixture
def course(new):
    new.submission("ann")
    new.ok(new.autograde())
    assert scored(new, "ann") == POINTS
    return new


def test_good_grades_stay_and_who_had_none_waits(course, fault):
    fault(course)
    course.submission("bob")
    result = course.api.autograde(course.assignment, "*", force=True)
    assert not result["success"]
    assert scored(course, "ann") == POINTS
    assert scored(course, "bob") == {tiny.CELLS: (None, True), tiny.BOTH: (6.0, False)}


def test_the_log_names_item_and_file_once_and_says_what_to_do(course, fault):
    fault(course)
    result = course.api.autograde(course.assignment, "*", force=True)
    assert re.search(rf"채점하지 않는 문항: {tiny.CELLS}.*{tiny.CELLS}", result["log"])
    assert "고친 뒤 --force로 다시 채점하십시오" in result["log"]
    assert "Traceback" not in result["log"].partition("[ERROR]")[0]


def test_no_page_shows_the_instructors_path_or_a_piece_of_the_key(course, fault):
    fault(course)
    course.submission("bob")
    course.api.autograde(course.assignment, "*", force=True)
    course.feedback()
    for student in ("ann", "bob"):
        page = course.page(student)
        assert NOT_GRADED in page
        assert str(course.root) not in page
        assert "yaml" not in page
        assert "matriks" not in page
        assert tiny.SECRET_REASON not in page


def test_mended_and_graded_again_everyone_has_points(course, fault):
    good = key_of(course).read_text("utf-8")
    fault(course)
    course.submission("bob")
    course.api.autograde(course.assignment, "*", force=True)
    key_of(course).write_text(good, "utf-8")
    course.ok(course.api.autograde(course.assignment, "*", force=True))
    assert scored(course, "ann") == scored(course, "bob") == POINTS


@pytest.mark.parametrize("content", [None, "{", '{"schema":1,"lang":"fr"}'])
def test_without_a_language_nothing_is_touched(course, content):
    path = course.root / "items" / "course.json"
    path.unlink() if content is None else path.write_text(content, "utf-8")
    before = course.autograded("ann"), scored(course, "ann")
    result = course.api.autograde(course.assignment, "*", force=True)
    assert not result["success"]
    assert "course.json" in result["log"]
    assert (course.autograded("ann"), scored(course, "ann")) == before


def test_an_assignment_that_was_never_released_is_told_in_one_line(course):
    result = course.api.autograde("never", "*")
    assert not result["success"]
    assert "never 과제" in result["log"] or "과제 never의 배포본이 없습니다" in result["log"]


def test_the_command_ends_with_status_one_and_a_line(course):
    FAULTS["a typo"](course)
    environ = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", course.assignment, "--force"],
        cwd=course.root,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"채점하지 못한 문항이 있습니다: {tiny.CELLS}" in done.stderr
    assert "Traceback" not in done.stderr


def test_points_that_are_no_number_are_told(tmp_path, repo):
    from b2bcourse.grading.checks import faults_of

    course = Course(tmp_path, repo)
    notebook = tiny.source_notebook()
    notebook.cells[2].metadata.nbgrader["points"] = "ten"
    assert list(faults_of(course.keys, {"tiny": notebook})) == [tiny.CELLS]


class TestUnderStockExecute:
    def test_a_missing_key_is_nothing_and_one_sentence(self, tmp_path, repo):
        course = Course(tmp_path, repo)
        course.generate()
        course.submission("ann")
        key_of(course).unlink()
        course.keep_execute()
        assert not course.autograde()["success"]
        assert course.points("ann")[tiny.CELLS] == 0
        assert NOT_GRADED in course.autograded("ann")
        assert str(course.root) not in course.autograded("ann")


class TestARefusedRelease:
    """A refused release leaves the old one, and the gradebook, as they were."""

    def files(self, course):
        release = course.root / "release"
        return {path: path.read_bytes() for path in release.rglob("*") if path.is_file()}

    def cells(self, course):
        with course.api.gradebook as gradebook:
            notebook = gradebook.find_notebook("tiny", course.assignment)
            return {cell.name: (cell.source, cell.checksum) for cell in notebook.source_cells}

    def spoil(self, course):
        source = course.root / "source" / course.assignment / "tiny.ipynb"
        text = source.read_text("utf-8").replace("글을 쓰는 문제입니다.", "새로 쓴 문제입니다.")
        source.write_text(text.replace(tiny.BOTH, "no-such-item"), "utf-8")

    def test_of_a_graded_cell_without_an_item(self, new):
        files, cells = self.files(new), self.cells(new)
        self.spoil(new)
        assert not new.api.generate_assignment(new.assignment, force=True)["success"]
        assert (self.files(new), self.cells(new)) == (files, cells)
        assert [path.name for path in (new.root / "release").iterdir()] == [new.assignment]

    def test_of_a_changed_face_that_was_answered(self, new):
        new.submission("ann")
        new.ok(new.autograde())
        files, cells = self.files(new), self.cells(new)
        change(key_of(new), "작은 회사의 네 사람", "다른 제목")
        assert not new.api.generate_assignment(new.assignment, force=True)["success"]
        assert (self.files(new), self.cells(new)) == (files, cells)

    def test_of_what_goes_wrong_after_the_rehearsal(self, new, monkeypatch):
        from nbgrader.preprocessors import SaveCells

        def full(*_args):
            raise OSError(28, "No space left on device")

        files = self.files(new)
        monkeypatch.setattr(SaveCells, "preprocess", full)
        assert not new.api.generate_assignment(new.assignment, force=True)["success"]
        assert self.files(new) == files
        assert [path.name for path in (new.root / "release").iterdir()] == [new.assignment]

    def test_the_first_one_leaves_nothing_behind(self, tmp_path, repo):
        course = Course(tmp_path, repo)
        self.spoil(course)
        assert not course.api.generate_assignment(course.assignment)["success"]
        assert not (course.root / "release" / course.assignment).exists()
