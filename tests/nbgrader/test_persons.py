"""What is kept of a person is found everywhere, handed out without a key, and deleted whole."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
import tiny
from held import Course, write_essay
from nbgrader.api import Gradebook

from b2bcourse.grading import troubles
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding.dates import extend, set_due, when
from b2bcourse.grading.holding.persons import delete, export
from b2bcourse.grading.holding.rows import rows_of
from b2bcourse.grading.holding.traces import traces
from b2bcourse.grading.leaks.search import find_leaks, read_secrets
from b2bcourse.grading.opening import open_course

OTHER = "anna"


@pytest.fixture(scope="module")
def held(tmp_path_factory, repo):
    """Two students who handed in through the exchange, were graded, got feedback and more time."""
    home = tmp_path_factory.mktemp("persons")
    course = Course(home, repo)
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.Exchange.root = {str(course.exchange)!r}\n")
    course.generate()
    course.release()
    inbound = course.exchange / course.config.CourseDirectory.course_id / "inbound"
    for student in ("ann", OTHER):
        folder = course.submission(student)
        write_essay(folder, f"제 글입니다. {student}")
        (folder / "timestamp.txt").write_text("2026-12-01 10:00:00 UTC", "utf-8")
        (folder / "submission_secret.txt").write_text(f"secret of {student}", "utf-8")
        name = f"{student}+{tiny.ASSIGNMENT}+2026-12-01 10:00:00 UTC+xyz"
        shutil.copytree(folder, inbound / name)
    course.ok(course.autograde())
    course.feedback("*")
    course.ok(course.api.release_feedback(course.assignment))
    opened = open_course(course.root)
    set_due(opened, tiny.ASSIGNMENT, when("2026-12-07", None))
    for student in ("ann", OTHER):
        extend(opened, tiny.ASSIGNMENT, student, when("2026-12-09", None))
        _trouble(course.root, student)
        criteria = course.root / "criteria" / tiny.ASSIGNMENT / f"{student}.json"
        criteria.parent.mkdir(parents=True, exist_ok=True)
        criteria.write_text("{}", "utf-8")
    (course.root / "before-update-1").mkdir()
    shutil.copyfile(course.root / "gradebook.db", course.root / "before-update-1" / "gradebook.db")
    (course.root / "report.html").write_text("<td>ann</td><td>anna</td>", "utf-8")
    (course.root / "mine.txt").write_text("We can plan. Anna!", "utf-8")
    return course


def _trouble(root, student):
    from b2bcourse.facts import Text

    said = Text("무언가", "something")
    found = troubles.Trouble(student=student, what="unread", found=said, done=said, todo=said)
    troubles.record(root, tiny.ASSIGNMENT, student, "collect", [found])
    kept = root / troubles.FOLDER / tiny.ASSIGNMENT / student
    kept.mkdir()
    (kept / "photo.png").write_bytes(b"png")


@pytest.fixture
def course(held, tmp_path):
    """A copy that a test may delete from: course and exchange."""
    for name in ("course", "exchange"):
        shutil.copytree(held.root.parent / name, tmp_path / name)
    config = tmp_path / "course" / "nbgrader_config.py"
    text = config.read_text("utf-8").replace(str(held.exchange), str(tmp_path / "exchange"))
    config.write_text(text, "utf-8")
    return open_course(tmp_path / "course")


def places(course, student):
    base = course.root.parent
    return {(each.what, str(each.place.relative_to(base))) for each in traces(course, student)}


def test_every_place_is_found_and_none_of_a_student_with_a_longer_name(course):
    found = places(course, "ann")
    assert {place for what, place in found if what == "files"} == {
        "course/submitted/ann",
        "course/autograded/ann",
        "course/feedback/ann",
        "course/troubles/tiny/ann",
        "course/troubles/tiny/ann.json",
        "course/criteria/tiny/ann.json",
    }
    assert ("gradebook", "course/gradebook.db") in found
    assert ("copy", "course/before-update-1/gradebook.db") in found
    assert ("extension", "course/extensions.json") in found
    assert ("mentioned", "course/report.html") in found
    assert len([what for what, _ in found if what == "exchange"]) == 1
    assert len([what for what, _ in found if what == "feedback"]) == 1
    assert not [place for _, place in found if OTHER in place or "mine.txt" in place]


def test_a_torn_copy_of_a_gradebook_is_named_and_stops_nothing(course):
    book = (course.root / "gradebook.db").read_bytes()
    (course.root / "torn.db").write_bytes(book[: len(book) // 3])
    assert ("mentioned", "course/torn.db") in places(course, "ann")
    assert delete(course, "ann") == []


def test_of_somebody_unknown_nothing_is_found(course):
    assert traces(course, "nobody") == []
    with pytest.raises(GradingError, match="nothing is kept"):
        export(course, "nobody", course.root.parent / "nobody.zip")


@pytest.mark.parametrize(
    "student", ["tiny", "gradebook", "items", ".", "..", "../course", "/", "", "*"]
)
def test_a_name_that_is_also_a_files_or_an_assignments_finds_no_folder_of_others(course, student):
    assert [each for each in traces(course, student) if each.removable] == []


class TestExport:
    def test_it_holds_what_was_handed_in_graded_and_said(self, course, tmp_path):
        made = export(course, "ann", tmp_path / "ann.zip")
        with zipfile.ZipFile(made) as archive:
            names = set(archive.namelist())
            grades = json.loads(archive.read("gradebook.json"))["grade"]
        assert {"README.txt", "extensions.json"} <= names
        assert f"submitted/ann/tiny/responses/{tiny.CELLS}.json" in names
        assert "feedback/ann/tiny/tiny.html" in names
        assert "troubles/tiny/ann/photo.png" in names
        assert {each["cell"]: each["auto_score"] for each in grades}[tiny.CELLS] == 10.0
        assert not [name for name in names if OTHER in name]

    def test_it_holds_no_key(self, course, repo, tmp_path):
        made = export(course, "ann", tmp_path / "ann.zip")
        leaks = find_leaks(made, read_secrets(repo / "solutions"), released=False)
        # Her own right answers are right answers; nothing else may be one.
        assert [leak for leak in leaks if "/responses/" not in leak.where] == []
        with zipfile.ZipFile(made) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist()).decode(
                "utf-8", "replace"
            )
        assert not [s for s in (tiny.MODEL_ESSAY, tiny.GRADER_NOTE) if s in everything]

    def test_nobody_else_on_the_machine_may_read_it_and_nothing_is_written_over(
        self, course, tmp_path
    ):
        made = export(course, "ann", tmp_path / "ann.zip")
        assert made.stat().st_mode & 0o077 == 0
        with pytest.raises(GradingError, match="was not written over"):
            export(course, "ann", made)


class TestDelete:
    def test_afterwards_nothing_is_left_but_files_about_others_too(self, course):
        assert delete(course, "ann") == []
        assert places(course, "ann") == {("mentioned", "course/report.html")}

    def test_nothing_of_anybody_else_is_touched(self, course):
        before = files(course)
        known = rows_of(course.directory.db_url, OTHER)
        delete(course, "ann")
        gone = set(before) - set(files(course))
        assert gone
        assert not [path for path in gone if OTHER in path.parts]
        assert rows_of(course.directory.db_url, OTHER) == known
        kept = {path: data for path, data in files(course).items() if path.suffix != ".db"}
        changed = [path.name for path, data in kept.items() if before.get(path) != data]
        assert changed == ["extensions.json"]

    def test_no_byte_of_the_grades_is_left_in_the_databases(self, course):
        with Gradebook(course.directory.db_url) as gradebook:
            grade = gradebook.find_submission("tiny", "ann").notebooks[0].id
        delete(course, "ann")
        for path in course.root.rglob("*.db"):
            assert grade.encode() not in path.read_bytes()

    def test_the_gradebook_is_still_one(self, course):
        delete(course, "ann")
        with Gradebook(course.directory.db_url) as gradebook:
            assert [student.id for student in gradebook.students] == [OTHER]
            assert len(gradebook.find_assignment("tiny").submissions) == 1

    def test_tables_of_the_kits_own_are_cleared_too(self, course):
        path = course.root / "gradebook.db"
        with Gradebook(course.directory.db_url) as gradebook:
            notebooks = {
                student: gradebook.find_submission("tiny", student).notebooks[0].id
                for student in ("ann", OTHER)
            }
        with sqlite3.connect(path) as book:
            book.execute("CREATE TABLE b2bcourse_later (notebook_id TEXT, why TEXT)")
            book.executemany(
                "INSERT INTO b2bcourse_later VALUES (?, 'x')", [(n,) for n in notebooks.values()]
            )
        assert "b2bcourse_later" in rows_of(course.directory.db_url, "ann")
        assert delete(course, "ann") == []
        with sqlite3.connect(path) as book:
            left = book.execute("SELECT notebook_id FROM b2bcourse_later").fetchall()
        assert left == [(notebooks[OTHER],)]

    def test_a_link_in_what_was_handed_in_is_removed_and_not_followed(self, course, tmp_path):
        outside = tmp_path / "outside"
        outside.mkdir(0o500)
        (outside / "file").write_text("stays", "utf-8")
        home = course.root / "submitted" / "ann" / "tiny"
        (home / "link").symlink_to(outside)
        assert delete(course, "ann") == []
        assert (outside / "file").read_text("utf-8") == "stays"
        assert outside.stat().st_mode & 0o777 == 0o500

    def test_doing_it_again_does_nothing(self, course):
        delete(course, "ann")
        assert delete(course, "ann") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two users")
def test_what_belongs_to_the_student_is_named_and_the_rest_is_deleted():
    """In the exchange a student's own folders are closed even to the instructor."""
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv (util-linux) is not installed")
    home = Path(tempfile.mkdtemp(dir="/var/tmp"))
    try:
        home.chmod(0o755)
        handed = home / "handed"
        (handed / "responses").mkdir(parents=True)
        (handed / "responses" / "a.json").write_text("{}", "utf-8")
        (handed / "b.txt").write_text("b", "utf-8")
        for path in (handed, *handed.rglob("*")):
            os.chown(path, 4242, 4242)
        handed.chmod(0o777)
        os.chown(home, 4343, 4343)
        code = (
            "from pathlib import Path\n"
            "from b2bcourse.grading.holding.persons import _remove_files\n"
            f"_remove_files(Path({str(handed)!r}))"
        )
        done = subprocess.run(
            [
                "setpriv",
                "--reuid=4343",
                "--regid=4343",
                "--clear-groups",
                sys.executable,
                "-c",
                code,
            ],
            env={**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "PermissionError" in done.stderr
        left = [str(path.relative_to(handed)) for path in handed.rglob("*")]
        assert sorted(left) == ["responses", "responses/a.json"]
    finally:
        shutil.rmtree(home)


def files(course):
    base = course.root.parent
    return {path: path.read_bytes() for path in base.rglob("*") if path.is_file()}
