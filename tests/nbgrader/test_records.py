"""What a gradebook says of an assignment, as plain data."""

import pytest
import tiny
from bulk import beside, bulk
from held import Course, write_essay

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.opening import open_course
from b2bcourse.grading.records import Grade, Record, records_of


@pytest.fixture(scope="module")
def graded(tmp_path_factory, repo):
    """Ann has answered all, Bob one thing and late; Cho has handed nothing in."""
    course = Course(tmp_path_factory.mktemp("graded"), repo)
    course.generate()
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 00:00:00 UTC")
        gradebook.update_or_create_student("ann", first_name="나래", last_name="김", email="a@b.c")
        gradebook.update_or_create_student("cho", lms_user_id="17")
    for name in ("ann", "bob"):
        write_essay(course.submission(name, {tiny.BOTH: None} if name == "bob" else None), "글")
    (course.folder("submitted", "bob") / "timestamp.txt").write_text("2026-01-01 01:00:00 UTC")
    bulk(course)
    with course.api.gradebook as gradebook:
        grade = gradebook.find_grade(tiny.ESSAY, "tiny", "tiny", "ann")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 6.0, 0.5, False
        gradebook.find_comment(tiny.ESSAY, "tiny", "tiny", "ann").manual_comment = "좋습니다"
        gradebook.find_submission_notebook("tiny", "tiny", "bob").late_submission_penalty = 2.0
        gradebook.db.commit()
    return course


@pytest.fixture(scope="module")
def records(graded):
    return records_of(open_course(graded.root), "tiny")


def of(records, student):
    return next(record for record in records.students if record.student == student)


def test_the_cells_stand_in_the_notebooks_order_with_their_points(records):
    assert [(cell.item, cell.maximum, cell.by_hand) for cell in records.cells] == [
        (tiny.CELLS, 10.0, False),
        (tiny.BOTH, 6.0, False),
        (tiny.ESSAY, 8.0, True),
    ]
    assert records.maximum == 24.0


def test_a_person_counts_before_the_kit_and_extra_credit_comes_on_top(records):
    ann = of(records, "ann")
    assert ann.grades[tiny.ESSAY] == Grade(None, 6.0, 0.5, waits=False, comment="좋습니다")
    assert ann.points == 22.5
    assert not ann.waits


def test_what_is_not_graded_yet_is_in_no_sum_and_waits(records):
    bob = of(records, "bob")
    assert bob.grades[tiny.ESSAY].points is None
    assert bob.waits
    assert (bob.late, bob.penalty, bob.points) == (3600.0, 2.0, 8.0)


def test_who_has_handed_nothing_in_is_there_without_grades(records):
    cho = of(records, "cho")
    assert (cho.handed_in, cho.graded, cho.grades, cho.lms_user_id) == (None, False, {}, "17")


def test_names_are_full_names_and_the_id_where_there_is_none(records):
    assert [record.name for record in records.students] == ["김나래", "bob", "cho"]


def test_a_penalty_takes_nobody_below_nothing():
    record = Record("x", "x", penalty=5.0, grades={"a": Grade(3.0)})
    assert record.points == 0.0


def test_an_unknown_assignment_is_told(graded):
    with pytest.raises(GradingError, match="There is no release of other"):
        records_of(open_course(graded.root), "other")


def test_a_second_grading_changes_no_record(graded, records, tmp_path):
    again = beside(graded, tmp_path)
    bulk(again, force=True)
    assert of(records_of(open_course(again.root), "tiny"), "ann") == of(records, "ann")
