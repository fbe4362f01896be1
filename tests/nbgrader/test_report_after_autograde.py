"""Report and export after nbgrader's own collect and autograde, not only after the kit's."""

import csv
import datetime as dt
import io

import pytest
import tiny
from nbgrader.api import Gradebook

from b2bcourse.grading.demo import demo
from b2bcourse.grading.opening import open_course
from b2bcourse.report.exporting import Wishes, export
from b2bcourse.report.making import findings_of, write_page, write_table
from b2bcourse.report.people import needing_help

NOW = dt.datetime(2026, 11, 30, 9, 10, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def held(tmp_path_factory, repo):
    folder = tmp_path_factory.mktemp("report") / "here"
    return demo(folder, students=6, seed=1, lang="en", origin=repo)


@pytest.fixture(scope="module")
def found(held):
    return findings_of(open_course(held.course), held.assignment, NOW)


def test_every_students_points_are_the_gradebooks(held, found):
    told = {total.pupil.id: total.pupil.answers for total in found.totals}
    for graded in held.students:
        for item, points in graded.points.items():
            answer = told[graded.student.id][item]
            if answer.state == "unread":
                assert (points, answer.points) == (0.0, None)
            else:
                assert answer.points == pytest.approx(points)


def test_no_answer_gets_other_points_than_autograde_gave(found):
    assert not any(a.moved for t in found.totals for a in t.pupil.answers.values())


def test_the_broken_file_waits_for_a_person_and_is_no_nought(held, found):
    broken = next(s.student.id for s in held.students if s.student.fate == "broken file")
    (one,) = [each for each in needing_help(found.seen) if each.reason == "unread"]
    assert one.pupil.id == broken
    assert [total.pupil.id for total in found.totals if not total.whole] == [broken]


def test_page_and_table_are_written(found, tmp_path):
    write_page(found, tmp_path / "r.html")
    write_table(found, tmp_path / "r.csv")
    assert "Four people of a small firm" in (tmp_path / "r.html").read_text("utf-8")
    assert (tmp_path / "r.csv").stat().st_size > 500


def test_an_export_has_a_total_only_where_the_essay_has_been_read(held, tmp_path):
    course = open_course(held.course)
    late = next(s.student.id for s in held.students if s.student.fate == "late")
    with Gradebook(f"sqlite:///{held.gradebook}") as gradebook:
        grade = gradebook.find_grade(tiny.ESSAY, held.assignment, held.assignment, late)
        grade.manual_score, grade.needs_manual_grade = 7.0, False
        gradebook.db.commit()
    said = export(course, held.assignment, Wishes("csv"), tmp_path / "x.csv", bom=False)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8"))))
    totals = {row["student"]: row["total (24.00)"] for row in rows}
    assert [student for student, total in totals.items() if total] == [late]
    assert any("Without a total" in line.en for line in said)
