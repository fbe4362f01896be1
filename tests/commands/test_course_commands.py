"""`b2bcourse course …`: what is asked is little, what is in force is told, a wrong zone is seen."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny

from b2bcourse.commands import cli
from b2bcourse.grading.holding import handout

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own use of SQLAlchemy


@pytest.fixture(autouse=True)
def _apart(tmp_path, monkeypatch):
    """No settings of the machine or the user; nbgrader's own commands are on the path."""
    monkeypatch.setattr("jupyter_core.paths.SYSTEM_CONFIG_PATH", [])
    monkeypatch.setattr("jupyter_core.paths.ENV_CONFIG_PATH", [])
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "user"))
    monkeypatch.setenv("B2BCOURSE_LANG", "en")
    monkeypatch.setenv("TZ", "UTC")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    monkeypatch.setenv("PATH", path)
    monkeypatch.setenv("B2BCOURSE_KEYS", "")


@pytest.fixture
def kit(tmp_path):
    return tiny.write_repo(tmp_path / "kit")


@pytest.fixture
def course(tmp_path, kit, empty_gradebook):
    run("new", tmp_path / "my [course] 가", "--from", kit)
    shutil.copyfile(empty_gradebook, tmp_path / "my [course] 가" / "gradebook.db")
    return tmp_path / "my [course] 가"


def run(*words, wants=0):
    done = CliRunner().invoke(cli.app, ["course", *map(str, words)])
    assert done.exit_code == wants, done.output
    return done.output


class TestNew:
    def test_it_tells_that_there_is_no_exchange_and_what_comes_next(self, tmp_path, kit):
        told = run("new", tmp_path / "kurs", "--from", kit)
        assert "Its id: kurs" in told
        assert "No exchange:" in told
        assert "nbgrader generate_assignment tiny" in told

    def test_it_names_the_exchange_that_it_is_given(self, tmp_path, kit):
        told = run("new", tmp_path / "kurs", "--from", kit, "--exchange", tmp_path / "ex")
        assert f"Exchange: {tmp_path / 'ex'} (as {tmp_path / 'kurs' / 'nbgrader_config.py'}" in told

    def test_korean_is_told_in_korean(self, tmp_path, kit):
        assert "강의 폴더를 만들었습니다" in run(
            "new", tmp_path / "kurs", "--from", kit, "--lang", "ko"
        )

    @pytest.mark.parametrize(
        "words", [["--lang", "fr"], ["--id", "a b"], ["--from", "/nowhere"]], ids=str
    )
    def test_what_it_cannot_do_is_one_sentence(self, tmp_path, kit, words):
        given = [] if "--from" in words else ["--from", kit]
        told = run("new", tmp_path / "kurs", *given, *words, wants=1)
        assert told.startswith("b2bcourse: ")
        assert not (tmp_path / "kurs").exists()


class TestCheck:
    def test_no_exchange_is_no_fault(self, course):
        assert "No exchange:" in run("check", course)

    def test_a_fault_is_told_and_the_exit_status_is_1(self, tmp_path, kit):
        run("new", tmp_path / "kurs", "--from", kit, "--exchange", tmp_path / "ex")
        (tmp_path / "ex").chmod(0o755)
        assert f"chmod 0777 {tmp_path / 'ex'}" in run("check", tmp_path / "kurs", wants=1)

    def test_a_folder_that_is_no_course_is_refused(self, tmp_path):
        assert "is no course folder" in run("check", tmp_path, wants=1)


def test_a_class_list_is_taken_in_and_told(course, tmp_path):
    (tmp_path / "list.csv").write_text("id,name\nann,Ann Lee\nbob,Bob\n", "utf-8")
    told = run("students", tmp_path / "list.csv", "--course", course)
    assert "Students in the list: 2; new: 2; changed: 0." in told
    assert "New: ann, bob" in told


def test_for_students_says_what_is_in_it_and_what_is_missing(course, tmp_path, monkeypatch):
    # What `make wheel` has left in this checkout is not this test's business.
    monkeypatch.setattr(handout, "course_root", lambda: tmp_path / "clone")
    told = run("for-students", course, "--out", tmp_path / "out")
    assert "README.md" in told
    assert "make wheel" in told
    assert "It holds no key" in told
    assert (tmp_path / "out" / "README.md").is_file()


class TestDates:
    def test_a_due_date_is_told_in_both_times(self, course):
        told = run("due", "tiny", "2026-12-07", "--course", course, "--zone", "Asia/Seoul")
        assert "tiny is due 2026-12-07 23:59 KST." in told
        assert "2026-12-07 14:59 UTC" in told

    def test_on_a_machine_that_keeps_utc_a_zone_is_offered(self, course):
        assert "--zone Asia/Seoul" in run("due", "tiny", "2026-12-07", "--course", course)

    def test_all_dates_and_extensions_are_shown(self, course, tmp_path):
        (tmp_path / "list.csv").write_text("id\nann\n", "utf-8")
        run("students", tmp_path / "list.csv", "--course", course)
        run("due", "tiny", "2026-12-07", "--course", course, "--zone", "Asia/Seoul")
        words = ("--course", course, "--zone", "Asia/Seoul")
        assert "until 2026-12-09 18:00 KST" in run(
            "extend", "tiny", "ann", "2026-12-09 18:00", *words
        )
        assert "ann 2026-12-09 18:00 KST" in run("due", *words)
        assert "no extension" in run("extend", "tiny", "ann", "never", *words)
        assert "no due date" in run("due", "tiny", "never", *words)

    def test_a_mistake_is_one_sentence(self, course):
        assert "There are: tiny" in run("due", "tinny", "2026-12-07", "--course", course, wants=1)
        assert "2026-12-07" in run("due", "tiny", "soon", "--course", course, wants=1)


class TestPersons:
    @pytest.fixture
    def ann(self, course, tmp_path):
        (tmp_path / "list.csv").write_text("id,name\nann,Ann\n", "utf-8")
        run("students", tmp_path / "list.csv", "--course", course)
        (course / "submitted" / "ann" / "tiny").mkdir(parents=True)
        return course

    def person(self, *words, wants=0, said=None):
        done = CliRunner().invoke(cli.app, ["person", *map(str, words)], input=said)
        assert done.exit_code == wants, done.output
        return done.output

    def test_what_is_kept_is_shown_with_its_place(self, ann):
        told = self.person("show", "ann", "--course", ann)
        assert "gradebook: 1 rows" in told
        assert "submitted/ann" in told
        assert "Not seen from here" in told

    def test_of_somebody_unknown_nothing_is_kept(self, ann):
        assert "nothing is kept" in self.person("show", "bob", "--course", ann)
        assert "nothing is kept" in self.person("delete", "bob", "--course", ann)
        told = self.person("export", "bob", "--course", ann, wants=1)
        assert "nothing is kept" in told

    def test_it_is_written_into_an_archive(self, ann, tmp_path):
        told = self.person("export", "ann", "--course", ann, "--out", tmp_path / "ann.zip")
        assert "the student may have it" in told
        assert (tmp_path / "ann.zip").is_file()

    def test_with_nobody_to_ask_nothing_is_deleted(self, ann):
        told = self.person("delete", "ann", "--course", ann, wants=1)
        assert "--yes" in told
        assert (ann / "submitted" / "ann").exists()

    def test_it_asks_first_and_no_is_the_default(self, ann, monkeypatch):
        monkeypatch.setattr("b2bcourse.commands.person.at_terminal", lambda: True)
        told = self.person("delete", "ann", "--course", ann, wants=1, said="\n")
        assert "Nothing was deleted." in told
        told = self.person("delete", "ann", "--course", ann, said="y\n")
        assert "nothing of ann is left" in told
        assert not (ann / "submitted" / "ann").exists()

    def test_what_could_not_be_deleted_is_named(self, ann, monkeypatch):
        def refuse(_place):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("b2bcourse.grading.holding.persons._remove_files", refuse)
        told = self.person("delete", "ann", "--course", ann, "--yes", wants=1)
        assert f"{ann / 'submitted' / 'ann'}: no permission" in told.replace("\n", "")
