"""A run of `b2bcourse grade`: stopped anywhere and run again, dry, with trouble on either side."""

import shutil
import signal
import subprocess
import sys

import pytest
import sqlalchemy as sa
import tiny
from bulk import address, beside, bulk, by_nbgrader, reopen
from held import Course, write_essay
from same import differing, rows, tree

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.moved import moves_of

STUDENTS = [f"u{number}" for number in range(7)]
STOPPED = """
import os, signal, sys
from pathlib import Path
from b2bcourse.grading.bulk import book, folders, run

run.BATCH = 3
left = int(sys.argv[3])

def dying(do, after):
    def done(*args, **options):
        global left
        left -= 1
        if left == 0 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        made = do(*args, **options)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return made
    return done

name, after = sys.argv[2].split("/")
owner = {"save": book.Book, "put_in_place": folders.Aside, "write": folders.Folders}[name]
setattr(owner, name, dying(getattr(owner, name), after == "after"))
run.grade(Path(sys.argv[1]), "tiny", force="--force" in sys.argv)
"""

BROKEN = """
from nbgrader.plugins import LateSubmissionPlugin

class Broken(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1 / 0

c.AssignLatePenalties.plugin_class = Broken
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory, repo):
    """Seven students have handed in; nobody has been graded."""
    course = Course(tmp_path_factory.mktemp("collected"), repo)
    course.generate()
    for number, student in enumerate(STUDENTS):
        folder = course.submission(student, {tiny.BOTH: None} if number % 2 else None)
        write_essay(folder, f"{student}의 글입니다.")
    return course


@pytest.fixture
def course(collected, tmp_path):
    """The same, for a test of its own."""
    return beside(collected, tmp_path)


@pytest.fixture(scope="module")
def whole(collected, tmp_path_factory):
    """The same class graded without a stop."""
    graded = beside(collected, tmp_path_factory.mktemp("whole"))
    bulk(graded)
    return graded


def correct(course, item=tiny.CELLS):
    """Correct a key, so that points move."""
    path = course.root / "items" / f"{item}.yaml"
    text = path.read_text("utf-8").replace("counts_as: [cfo]", "counts_as: [it_mgr]")
    path.write_text(text, "utf-8")


def spoil(course, item=tiny.CELLS):
    path = course.root / "items" / f"{item}.yaml"
    path.write_text(path.read_text("utf-8").replace("[cfo]", "[cffo]"), "utf-8")


def points(course):
    return {student: course.points(student) for student in STUDENTS}


def everything(course):
    return rows(address(course)), tree(course.root / "autograded")


class TestStopped:
    """Killed, not asked to stop."""

    @pytest.mark.parametrize(
        ("where", "times"),
        [
            ("write/before", 1),
            ("write/after", 5),
            ("save/before", 2),
            ("save/after", 1),
            ("save/after", 3),
            ("put_in_place/before", 2),
            ("put_in_place/after", 5),
        ],
    )
    def test_run_again_it_leaves_what_one_run_leaves(self, course, whole, where, times):
        self.kill(course, where, times)
        bulk(course)
        for ours, theirs in zip(everything(course), everything(whole), strict=True):
            assert not differing(ours, theirs)

    def test_a_regrade_that_is_stopped_loses_no_grade_and_no_move(self, course):
        bulk(course)
        before = points(course)
        correct(course)
        self.kill(course, "put_in_place/before", 2, "--force")
        assert points(course).keys() == before.keys()
        bulk(course, force=True)
        moves = moves_of(course.root, "tiny")
        assert sorted(move.student for move in moves) == STUDENTS
        assert {move.why for move in moves} == {"key"}

    @staticmethod
    def kill(course, where, times, *options):
        command = [sys.executable, "-c", STOPPED, str(course.root), where, str(times), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr


class TestDryRun:
    def test_it_tells_who_would_move_and_writes_nothing(self, course):
        bulk(course)
        correct(course)
        before = tree(course.root)
        run = bulk(course, force=True, dry=True)
        assert not differing(before, tree(course.root))
        told = {(m.student, m.before, m.after) for one in run.saved for m in one.moves}
        bulk(course, force=True)
        assert told == {(m.student, m.before, m.after) for m in moves_of(course.root, "tiny")}
        assert len(told) == len(STUDENTS)

    def test_before_the_first_grading_it_writes_nothing_either(self, course):
        before = tree(course.root)
        run = bulk(course, dry=True)
        assert (run.graded, len(run.waiting)) == (7, 7)
        assert not differing(before, tree(course.root))


class TestKeys:
    """A typo in a key."""

    def test_what_was_given_before_stays_and_all_else_is_graded(self, course):
        bulk(course)
        before = points(course)
        spoil(course)
        (course.folder("submitted", "u1") / "responses" / f"{tiny.BOTH}.json").write_bytes(
            (course.folder("submitted", "u0") / "responses" / f"{tiny.BOTH}.json").read_bytes()
        )
        run = bulk(course, force=True)
        assert list(run.faults) == [tiny.CELLS]
        assert "cffo" in run.faults[tiny.CELLS].en
        after = points(course)
        assert after["u1"] == before["u1"] | {tiny.BOTH: 6.0}
        assert {who: each[tiny.CELLS] for who, each in after.items()} == dict.fromkeys(
            STUDENTS, 10.0
        )

    def test_where_there_was_nothing_a_person_waits_and_nothing_of_the_key_is_told(self, course):
        spoil(course)
        bulk(course)
        assert points(course)["u0"][tiny.CELLS] is None
        said = course.autograded("u0")
        assert "cffo" not in said
        assert str(course.root) not in said


class TestGradebookCopy:
    def test_a_regrade_copies_it_first_and_a_first_grading_does_not(self, course):
        assert bulk(course).copied is None
        before = rows(address(course))
        correct(course)
        run = bulk(course, force=True)
        assert not differing(before, rows(f"sqlite:///{run.copied}"))
        assert differing(before, rows(address(course)))

    def test_a_second_copy_in_the_same_minute_has_another_name(self, course):
        bulk(course)
        copies = {bulk(course, force=True).copied for _ in range(2)}
        assert len(copies) == 2


class TestRefused:
    def refused(self, course, match, assignment="tiny"):
        course.assignment = assignment
        with pytest.raises(GradingError, match=match):
            bulk(course)

    def test_an_unknown_assignment(self, course):
        self.refused(course, "There is no release of other", "other")

    def test_nothing_collected(self, course):
        shutil.rmtree(course.root / "submitted")
        self.refused(course, "nbgrader collect tiny")

    def test_no_gradebook_and_none_is_made(self, course):
        (course.root / "gradebook.db").unlink()
        self.refused(course, "there is no gradebook")
        assert not (course.root / "gradebook.db").exists()

    def test_a_step_that_only_nbgrader_takes(self, course):
        self.add(course, "from nbgrader.preprocessors import LockCells")
        self.add(course, "c.Autograde.autograde_preprocessors.append(LockCells)")
        self.refused(course, "LockCells")

    def test_a_late_penalty_plugin_that_fails_is_named_and_the_batch_is_as_it_was(self, course):
        self.add(course, BROKEN)
        with course.api.gradebook as gradebook:
            gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 00:00:00 UTC")
        stamp = course.folder("submitted", "u2") / "timestamp.txt"
        stamp.write_text("2026-01-02 00:00:00 UTC")
        self.refused(course, "Broken.*u2.*ZeroDivisionError")
        assert not list((course.root / "autograded").glob("*/tiny"))

    @staticmethod
    def add(course, line):
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write(f"\n{line}")
        reopen(course)


class TestOtherThings:
    def test_who_is_left_out_is_left_out(self, course):
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write("\nc.CourseDirectory.student_id_exclude = 'u3,u4'")
        assert bulk(course).graded == 5

    def test_a_gradebook_that_somebody_writes_to_is_waited_for_and_then_told(
        self, course, monkeypatch
    ):
        import sqlite3

        from b2bcourse.grading.bulk import book

        monkeypatch.setattr(book, "_PATIENCE", 0.2)
        other = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GradingError, match="Close formgrader"):
            bulk(course)
        other.execute("ROLLBACK")
        other.close()
        assert bulk(course).graded == 7

    def test_graded_by_nbgrader_before_it_goes_on_from_there(self, course):
        by_nbgrader(course)
        run = bulk(course)
        assert (run.graded, run.stood) == (0, 7)
        correct(course)
        run = bulk(course, force=True)
        assert {move.why for one in run.saved for move in one.moves} == {"key"}
        assert list(run.corrected) == [tiny.CELLS]

    def test_files_and_folders_have_nbgraders_permissions(self, whole):
        folder = whole.folder("autograded", "u0")
        assert oct(folder.stat().st_mode & 0o777) == "0o755"
        assert oct((folder / "tiny.ipynb").stat().st_mode & 0o777) == "0o444"

    def test_nothing_is_left_aside(self, whole):
        found = {path.name for path in (whole.root / "autograded").glob("*/*")}
        assert found == {"tiny"}


class TestRecords:
    def test_a_gradebook_of_an_older_kit_has_no_moves_and_no_record_of_why(self, course):
        """The first regrade after an update: what a person graded is queued, as nbgrader does."""
        bulk(course)
        drop(course, "b2bcourse_graded", "b2bcourse_moved", "b2bcourse_key")
        assert moves_of(course.root, "tiny") == []
        with course.api.gradebook as gradebook:
            grade = gradebook.find_grade(tiny.ESSAY, "tiny", "tiny", "u0")
            grade.manual_score, grade.needs_manual_grade = 4.0, False
            gradebook.db.commit()
        correct(course)
        run = bulk(course, force=True)
        assert {move.why for one in run.saved for move in one.moves} == {"unknown"}
        assert run.corrected == {}
        assert course.standing("u0")[tiny.ESSAY] == (None, True)

    def test_moves_stay_with_the_grades_they_belong_to(self, course):
        bulk(course)
        correct(course)
        bulk(course, force=True)
        with course.api.gradebook as gradebook:
            gradebook.remove_student("u0")
        assert {move.student for move in moves_of(course.root, "tiny")} == set(STUDENTS) - {"u0"}


def drop(course, *tables):
    engine = sa.create_engine(address(course))
    with engine.begin() as connection:
        for table in tables:
            connection.execute(sa.text(f"DROP TABLE {table}"))
    engine.dispose()
