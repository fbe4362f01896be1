"""`b2bcourse grade` leaves what `nbgrader autograde` leaves: rows, files, permissions, troubles."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from bulk import ASSIGNMENT, DUE, address, beside, bulk, by_nbgrader, simulated, stamp
from same import differing, rows, tree

from b2bcourse.grading.bulk.book import INDEXES
from b2bcourse.grading.moved import moves_in

CORRECTED = ("counts_as: [purch_lead, purch_staff]", "counts_as: [purch_lead]")
ITEM, ESSAY = "matrix-people", "matrix-essay"


def same(ours, theirs):
    """Both courses hold the same; what differs is shown."""
    assert not differing(rows(address(ours)), rows(address(theirs)))
    assert not differing(tree(ours.root / "autograded"), tree(theirs.root / "autograded"))
    assert not differing(tree(ours.root / "troubles"), tree(theirs.root / "troubles"))


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A class of twenty, graded by both: whoever changes it here changes it in both."""
    ours = simulated(tmp_path_factory.mktemp("ours"), 20)
    grant(ours, "s18", timedelta(days=2))
    theirs = beside(ours, tmp_path_factory.mktemp("theirs"))
    bulk(ours)
    by_nbgrader(theirs)
    return ours, theirs


def grant(course, student, extension):
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(ASSIGNMENT, student)
        gradebook.grant_extension(ASSIGNMENT, student, days=extension.days)


def grade_of(course, student, item):
    with course.api.gradebook as gradebook:
        grade = gradebook.find_grade(item, ASSIGNMENT, ASSIGNMENT, student)
        return grade.auto_score, grade.manual_score, grade.needs_manual_grade


def second_round(course):
    """What a teacher and students do between two gradings."""
    path = course.root / "items" / f"{ITEM}.yaml"
    path.write_text(path.read_text("utf-8").replace(*CORRECTED), "utf-8")
    with course.api.gradebook as gradebook:
        for student, score in (("s01", 20.0), ("s02", 11.5), ("s19", 3.0)):
            by_hand(gradebook, student, ESSAY, score, extra=1.25)
        by_hand(gradebook, "s02", ITEM, 19.0, extra=None)
        notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "s02")
        notebook.flagged = True
        comment = gradebook.find_comment(ESSAY, ASSIGNMENT, ASSIGNMENT, "s01")
        comment.manual_comment = "잘 썼습니다."
        gradebook.db.commit()
    again = course.folder("submitted", "s19")
    stamp(again, DUE + timedelta(days=9))
    essay = again / "responses" / f"{ESSAY}.json"
    essay.write_text(essay.read_text("utf-8").replace('"text": "', '"text": "다시 씀. '), "utf-8")
    stamp(course.folder("submitted", "s05"), DUE - timedelta(days=3))


def by_hand(gradebook, student, item, score, extra):
    grade = gradebook.find_grade(item, ASSIGNMENT, ASSIGNMENT, student)
    grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, extra, False


def test_a_first_grading_is_the_same_row_for_row_and_byte_for_byte(pair):
    same(*pair)


def test_the_class_has_in_it_what_could_differ(pair):
    """Late ones with a penalty and without, one on time by extension, one without a time."""
    with pair[0].api.gradebook as gradebook:
        submissions = {s.student.id: s for s in gradebook.find_assignment(ASSIGNMENT).submissions}
        penalties = {who: one.late_submission_penalty for who, one in submissions.items()}
        assert submissions["s18"].extension == timedelta(days=2)
        assert submissions["s18"].total_seconds_late == 0
        assert penalties["s19"] > 0
        assert penalties["s01"] == 0
        assert submissions["s10"].timestamp is None
    assert len(submissions) == 19


def test_a_second_round_is_the_same_too(pair):
    """Key corrected, essays graded, one handed in again and very late, one earlier than before."""
    ours, theirs = pair
    for course in pair:
        second_round(course)
    run = bulk(ours, force=True)
    by_nbgrader(theirs, force=True)
    same(ours, theirs)
    moves = moves_in(address(ours), ASSIGNMENT)
    assert {(m.student, m.item, m.before, m.after, m.why) for m in moves} == {
        (m.student, m.item, m.before, m.after, m.why) for m in moves_in(address(theirs), ASSIGNMENT)
    }
    assert {move.item for move in moves} == {ITEM}
    assert {one.student for one in run.saved if one.moves} == {move.student for move in moves}


def test_an_unchanged_cell_graded_by_hand_is_not_queued_again_and_a_changed_one_is(pair):
    ours, _ = pair
    assert grade_of(ours, "s01", ESSAY) == (None, 20.0, False)
    assert grade_of(ours, "s19", ESSAY) == (None, 3.0, True)


def test_points_by_hand_stay_and_wait_again_where_the_key_has_moved_what_lay_under_them(pair):
    auto, manual, waits = grade_of(pair[0], "s02", ITEM)
    assert (manual, waits) == (19.0, True)
    assert auto != manual
    assert "s02" not in {move.student for move in moves_in(address(pair[0]), ASSIGNMENT)}


def test_what_nbgrader_looks_up_has_an_index(pair):
    engine = sa.create_engine(address(pair[0]))
    found = {
        each["name"]
        for table in ("grade", "comment", "submitted_notebook", "submitted_assignment")
        for each in sa.inspect(engine).get_indexes(table)
    }
    engine.dispose()
    assert set(INDEXES) <= found


def test_without_force_only_what_came_since_is_graded(pair):
    """One comes again; in both the others' notebooks stay the files they are."""
    ours, theirs = pair
    for course in pair:
        stamp(course.folder("submitted", "s07"), DUE + timedelta(days=1))
    before = (ours.folder("autograded", "s08") / f"{ASSIGNMENT}.ipynb").stat()
    run = bulk(ours)
    by_nbgrader(theirs)
    assert (run.graded, run.stood) == (1, 18)
    assert (ours.folder("autograded", "s08") / f"{ASSIGNMENT}.ipynb").stat() == before
    same(ours, theirs)


@pytest.mark.slow
def test_three_hundred_are_the_same_too(tmp_path):
    ours = simulated(tmp_path / "ours", 300)
    theirs = beside(ours, tmp_path / "theirs")
    bulk(ours)
    by_nbgrader(theirs)
    same(ours, theirs)
