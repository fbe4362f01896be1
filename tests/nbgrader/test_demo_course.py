"""The demo: a whole course through nbgrader's exchange, and what it tells of it."""

import io
from pathlib import Path

import pytest
import tiny
from rich.console import Console

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.course import new_course
from b2bcourse.grading.demo import demo
from b2bcourse.grading.demo_report import tell
from b2bcourse.grading.keys import Keys
from b2bcourse.grading.students import classroom
from b2bcourse.items import kind_of

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def held(tmp_path_factory, repo):
    steps = []
    result = demo(
        tmp_path_factory.mktemp("demo") / "here",
        students=6,
        seed=1,
        lang="en",
        origin=repo,
        on_step=lambda what, done, total: steps.append((what, done, total)),
    )
    return result, steps


def test_no_step_failed(held):
    assert held[0].failed == []


def test_one_submits_nothing_one_a_broken_file_and_one_is_late(held):
    by_fate = {graded.student.fate: graded for graded in held[0].students}
    assert by_fate["nothing"].points == {}
    assert by_fate["broken file"].points[tiny.CELLS] is None
    assert by_fate["late"].late > 0
    assert by_fate["on time"].late == 0


def test_everyone_who_submitted_has_a_feedback_page(held):
    assert len(held[0].feedback) == 5
    assert all(page.is_file() for page in held[0].feedback)


def test_essays_wait_for_a_person(held):
    assert all(graded.points.get(tiny.ESSAY) is None for graded in held[0].students)


def test_the_class_matrix_holds_shares(held):
    matrix = held[0].matrix
    assert set(matrix.columns) == {"hangyeol", "sora", "miru", "garam"}
    assert all(0 <= share <= 1 for share in matrix.marked.values())
    assert ("quality", "miru") in matrix.wanted


def test_progress_is_told_to_the_end(held):
    assert {("grade", 5, 5), ("feedback", 5, 5)} <= set(held[1])


def test_the_report_names_students_items_and_places(held):
    out = io.StringIO()
    tell(held[0], Console(file=out, width=200))
    cells = tiny.CELLS.removeprefix("tiny-")
    for word in ("s01", cells, "gradebook.db", "a broken file", "nothing submitted"):
        assert word in out.getvalue()


def test_the_same_seed_makes_the_same_class():
    assert classroom(12, 1) == classroom(12, 1)
    assert classroom(12, 1) != classroom(12, 2)


@pytest.mark.skipif(not (REPO / "solutions").is_dir(), reason="needs the checkout's solutions/")
def test_everyone_can_answer_every_item_of_the_courses_own_assignments(tmp_path):
    keys = Keys(new_course(tmp_path / "course", "en") / "items")
    for student in classroom(6, 1):
        for question in _answered_in_a_widget(keys):
            outcome = question.kind.score(question.face, question.key, student.answer(question))
            assert 0 <= outcome.fraction <= 1


def _answered_in_a_widget(keys):
    items = (path.stem for path in (REPO / "solutions" / "items").glob("*.yaml"))
    kinds = {item: kind_of(keys.item(item).kind) for item in items}
    return [keys.question(item) for item, kind in kinds.items() if not hasattr(kind, "BY_HAND")]


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(GradingError, match="not empty"):
        demo(tmp_path, students=3)


@pytest.mark.skipif(not (REPO / "solutions").is_dir(), reason="needs the checkout's solutions/")
@pytest.mark.parametrize("lang", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_the_courses_own_assignment_can_be_held(tmp_path, lang):
    result = demo(tmp_path / "demo", students=4, seed=2, lang=lang)
    assert result.failed == []
