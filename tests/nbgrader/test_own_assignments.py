"""The course's own assignments: perfect answers get everything, in both languages."""

from pathlib import Path

import pytest
from held import Course

from b2bcourse.grading.build import check

REPO = Path(__file__).parents[2]
SOLUTIONS = REPO / "solutions"
ASSIGNMENTS = sorted(path.name for path in SOLUTIONS.glob("ko/*") if path.is_dir())

pytestmark = pytest.mark.skipif(not ASSIGNMENTS, reason="needs the checkout's solutions/")


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.slow
def test_model_answers_get_full_marks(tmp_path, lang, assignment):
    course = Course(tmp_path, REPO, lang, assignment)
    course.generate()
    course.submission("ann")
    course.ok(course.autograde())
    points = course.points("ann")
    with course.api.gradebook as gradebook:
        cells = gradebook.find_assignment(assignment).notebooks[0].grade_cells
        maximum = {cell.name: cell.max_score for cell in cells}
    assert {item: points[item] for item in course.items()} == {
        item: maximum[item] for item in course.items()
    }


@pytest.mark.slow
def test_what_the_repository_hands_out_is_current_and_holds_no_key():
    assert [str(problem) for problem in check(REPO)] == []
