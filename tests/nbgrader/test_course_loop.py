"""From an instructor's new folder to the gradebook and the feedback page."""

import json
import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import tiny
from held import Course, write_essay

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import new_course
from b2bcourse.grading.leaks.search import find_leaks, read_secrets

REPO = Path(__file__).parents[2]


class TestRelease:
    def test_a_release_holds_faces_and_an_index_of_them(self, graded):
        release = graded.root / "release" / tiny.ASSIGNMENT
        index = json.loads((release / "items/index.json").read_text("utf-8"))
        assert (index["lang"], index["assignment"]) == ("ko", tiny.ASSIGNMENT)
        assert list(index["items"]) == [tiny.CELLS, tiny.BOTH, tiny.ESSAY]
        assert not (release / "responses").exists()

    def test_a_release_holds_no_key(self, graded, repo):
        release = graded.root / "release" / tiny.ASSIGNMENT
        assert find_leaks(release, read_secrets(repo / "solutions"), released=True) == []

    def test_the_essays_model_is_replaced_by_a_line_that_points_to_the_field(self, graded):
        cell = released_essay(graded)
        assert cell["source"] == ["위의 글쓰기 칸에 쓰십시오."]
        assert cell["metadata"]["b2bcourse"] == {"field": f"{tiny.ESSAY}-field"}

    def test_an_essays_face_is_released_without_model_notes_or_levels(self, graded):
        path = graded.root / "release" / tiny.ASSIGNMENT / "items" / f"{tiny.ESSAY}.json"
        face = path.read_text("utf-8")
        assert "사람의 관심에서 출발하는 글인가" in face
        assert not [s for s in (tiny.MODEL_ESSAY, tiny.GRADER_NOTE, tiny.LEVEL) if s in face]

    def test_a_field_that_shows_another_item_is_refused(self, new):
        path = new.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb"
        text = path.read_text("utf-8").replace(f'answer(\\"{tiny.ESSAY}', f'answer(\\"{tiny.CELLS}')
        path.write_text(text, "utf-8")
        result = new.api.generate_assignment(new.assignment)
        assert not result["success"]
        assert "grade id and its item differ" in result["log"]

    def test_an_essay_in_an_autograded_cell_is_refused(self, new):
        path = new.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb"
        path.write_text(path.read_text("utf-8").replace(tiny.BOTH, tiny.ESSAY), "utf-8")
        result = new.api.generate_assignment(new.assignment)
        assert not result["success"]

    def test_generating_twice_makes_the_same_bytes(self, new):
        release = new.root / "release"
        before = {path: path.read_bytes() for path in release.rglob("*") if path.is_file()}
        new.generate()
        assert before == {path: path.read_bytes() for path in before}

    def test_a_graded_cell_without_an_item_is_refused(self, new):
        (new.root / "items" / f"{tiny.BOTH}.yaml").unlink()
        result = new.api.generate_assignment(new.assignment)
        assert not result["success"]
        assert f"문항 {tiny.BOTH}의 정답이 없습니다" in result["log"]

    def test_a_graded_cell_that_shows_another_item_is_refused(self, new):
        path = new.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb"
        text = path.read_text("utf-8").replace(f'answer(\\"{tiny.BOTH}', f'answer(\\"{tiny.CELLS}')
        path.write_text(text, "utf-8")
        result = new.api.generate_assignment(new.assignment)
        assert not result["success"]
        assert "grade id and its item differ" in result["log"]


def released_essay(course):
    path = course.root / "release" / tiny.ASSIGNMENT / "tiny.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return next(cell for cell in cells if cell["id"] == tiny.ESSAY)


class TestChangedFaces:
    def change(self, course, old, new):
        path = course.root / "items" / f"{tiny.CELLS}.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    def test_before_anything_went_out_a_face_may_change(self, new):
        self.change(new, "작은 회사의 네 사람", "다른 제목")
        new.generate()

    def test_a_released_face_may_not_change(self, new):
        new.release()
        self.change(new, "작은 회사의 네 사람", "다른 제목")
        result = new.api.generate_assignment(new.assignment)
        assert not result["success"]
        assert tiny.CELLS in result["log"]

    def test_a_face_that_was_answered_may_not_change_even_without_an_exchange(self, new):
        new.submission("ann")
        new.ok(new.autograde())
        self.change(new, "작은 회사의 네 사람", "다른 제목")
        assert not new.api.generate_assignment(new.assignment)["success"]

    def test_a_released_items_key_may_be_corrected(self, new):
        new.release()
        self.change(new, "counts_as: [cfo]", "counts_as: [finance]")
        new.generate()
        new.submission("ann")
        new.ok(new.autograde())
        assert new.points("ann")[tiny.CELLS] == 10


class TestAutograde:
    def test_model_answers_submitted_as_a_students_get_full_marks(self, graded):
        points = graded.points("ann")
        assert (points[tiny.CELLS], points[tiny.BOTH]) == (10.0, 6.0)

    def test_no_answers_get_nothing_and_a_message(self, graded):
        points = graded.points("bob")
        assert (points[tiny.CELLS], points[tiny.BOTH]) == (0.0, 0.0)
        assert "답하지 않았습니다" in graded.autograded("bob")

    def test_an_essay_waits_for_a_person_and_an_empty_one_does_not(self, graded):
        assert graded.points("ann")[tiny.ESSAY] is None
        assert graded.points("bob")[tiny.ESSAY] == 0

    def test_the_grader_sees_the_rubric_under_the_essay(self, graded):
        cells = json.loads(graded.autograded("ann"))["cells"]
        essay = next(n for n, cell in enumerate(cells) if cell["id"] == tiny.ESSAY)
        assert tiny.GRADER_NOTE in "".join(cells[essay + 1]["source"])
        assert tiny.LEVEL in "".join(cells[essay + 1]["source"])

    def test_html_in_an_essay_does_not_work_in_the_graders_page(self, graded):
        assert "<script>alert" not in graded.autograded("ann")
        assert "제 글입니다. <script>" in graded.said("ann")

    def test_nothing_goes_to_stderr(self, graded):
        for cell in json.loads(graded.autograded("bob"))["cells"]:
            assert all(out.get("name") != "stderr" for out in cell.get("outputs", ()))

    def test_a_wrong_mark_costs_and_is_judged(self, new):
        answer = tiny.model_response(new.keys, tiny.CELLS)
        answer["value"]["cells"]["quality"]["sora"] = 1
        new.submission("ann", {tiny.CELLS: answer})
        new.ok(new.autograde())
        assert new.points("ann")[tiny.CELLS] == pytest.approx(10 * (1 + 1 + 0.5) / 3)
        assert "여기에 속하지 않는 표시 1개" in new.autograded("ann")

    def test_the_grade_comes_again_the_same(self, graded):
        graded.ok(graded.autograde("ann"))
        assert graded.points("ann")[tiny.CELLS] == 10.0


class TestFeedback:
    def test_a_page_shows_the_students_marks_and_what_is_missing_in_numbers(self, graded):
        assert '<span class="got">10 <small>/ 10</small></span>' in graded.page("ann")
        assert "답하지 않았습니다" in graded.page("bob")

    @pytest.mark.parametrize("student", ["ann", "bob"])
    def test_a_page_holds_no_secret(self, graded, repo, student):
        page = graded.folder("feedback", student) / "tiny.html"
        assert find_leaks(page, read_secrets(repo / "solutions"), released=True) == []
        assert "채점자만 보는 칸" not in page.read_text("utf-8")

    def test_what_was_missed_is_counted_and_not_named(self, new):
        answer = tiny.model_response(new.keys, tiny.CELLS)
        answer["value"]["cells"]["quality"] = {"miru": 1}
        new.submission("ann", {tiny.CELLS: answer, tiny.BOTH: None})
        new.ok(new.autograde())
        new.feedback()
        page = new.page("ann")
        row = page[page.index("<span>최고의 품질관리</span>") :].partition("</tr>")[0]
        assert row.count('class="c right"') == 1
        assert "1개 빠짐." in row
        assert 'class="c missed' not in row


class TestSourceFolder:
    def test_clicking_in_the_source_folder_harms_nobody(self, new, monkeypatch):
        from b2bcourse.notebook import answer

        source = new.root / "source" / tiny.ASSIGNMENT
        monkeypatch.chdir(source)
        assert answer(tiny.CELLS) is not None
        assert not (source / "responses").exists()
        new.generate()
        new.submission("ann")
        new.ok(new.autograde())
        assert new.points("ann")[tiny.CELLS] == 10.0

    def test_a_source_folder_with_responses_is_not_released(self, new):
        tiny.write_response(new.root / "source" / tiny.ASSIGNMENT, tiny.CELLS, {})
        result = new.api.generate_assignment(new.assignment)
        assert not result["success"]
        assert "would be copied over every student's answers" in result["log"]

    def test_a_source_folder_with_responses_grades_nobody_and_changes_no_points(self, new):
        submitted = new.submission("ann")
        new.ok(new.autograde())
        before = (submitted / "responses" / f"{tiny.CELLS}.json").read_bytes()
        tiny.write_response(new.root / "source" / tiny.ASSIGNMENT, tiny.CELLS, {})
        assert not new.autograde()["success"]
        assert new.points("ann")[tiny.CELLS] == 10.0
        assert (submitted / "responses" / f"{tiny.CELLS}.json").read_bytes() == before


class TestNewCourse:
    def test_an_existing_course_is_never_overwritten(self, graded, repo):
        with pytest.raises(GradingError, match="is not empty"):
            new_course(graded.root, "ko", repo)

    def test_without_solutions_it_says_what_to_do(self, tmp_path):
        with pytest.raises(GradingError, match="--from"):
            new_course(tmp_path / "course", "ko", tmp_path)

    def test_nobody_else_on_the_machine_can_read_it(self, graded):
        assert graded.root.stat().st_mode & 0o077 == 0

    def test_it_holds_keys_and_source_side_by_side(self, graded):
        assert (graded.root / "items" / "course.json").is_file()
        assert (graded.root / "source" / tiny.ASSIGNMENT / "tiny.ipynb").is_file()
        assert "강사용 강의 폴더" in (graded.root / "README.md").read_text("utf-8")


class TestCommands:
    def test_nbgraders_own_commands_work_in_a_new_course(self, tmp_path, repo):
        course = Course(tmp_path, repo, lang="en")
        environ = {k: v for k, v in os.environ.items() if k != "B2BCOURSE_KEYS"}
        environ["PYTHONPATH"] = str(REPO)
        for step in ("generate_assignment", "autograde"):
            if step == "autograde":
                course.submission("ann")
            done = subprocess.run(
                [sys.executable, "-m", "nbgrader", step, tiny.ASSIGNMENT],
                cwd=course.root,
                env=environ,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
        assert course.points("ann")[tiny.CELLS] == 10.0
        assert "10 of 10 points" in course.autograded("ann")


class TestStockExecute:
    """A course that keeps nbgrader's own Execute gets the same points."""

    @pytest.fixture(scope="class")
    def stock(self, tmp_path_factory, repo):
        course = Course(tmp_path_factory.mktemp("stock"), repo)
        course.generate()
        essay = "제 글입니다. [x](javascript:alert(1)) ![](attachment:gone.png)"
        write_essay(course.submission("ann"), essay)
        broken = tiny.model_response(course.keys, tiny.CELLS)
        broken["value"]["cells"]["quality"]["sora"] = 1
        course.submission("bob", {tiny.CELLS: broken, tiny.BOTH: None})
        course.keep_execute()
        course.ok(course.autograde())
        return course

    def test_model_answers_get_full_marks(self, stock):
        assert stock.points("ann") == {tiny.CELLS: 10.0, tiny.BOTH: 6.0, tiny.ESSAY: None}

    def test_a_wrong_answer_gets_what_the_kit_gives(self, stock):
        assert stock.points("bob")[tiny.CELLS] == pytest.approx(10 * 2.5 / 3)
        assert stock.points("bob")[tiny.BOTH] == 0.0

    def test_the_cell_with_the_field_yields_and_prints_nothing(self, stock):
        cells = json.loads(stock.autograded("ann"))["cells"]
        [field] = [cell for cell in cells if cell["id"] == f"{tiny.ESSAY}-field"]
        assert field["execution_count"]
        assert field["outputs"] == []

    def test_an_essay_does_not_act_on_its_reader_there_either(self, stock):
        stock.feedback("ann")
        assert "제 글입니다. x (javascript:alert(1))" in unescape(stock.page("ann"))
        assert "gone.png: 노트북에 들어 있지 않습니다" in unescape(stock.page("ann"))
        assert 'href="javascript' not in stock.page("ann")
