"""A class in the middle of an assignment is saved, destroyed and brought back; with real accounts."""

import os
import pwd
import shutil
import sqlite3
import stat
import subprocess
import tarfile
from pathlib import Path

import class_at_work
import pytest
from class_at_work import ASSIGNMENT
from typer.testing import CliRunner

from b2bcourse.commands.cli import app
from b2bcourse.operating.backup import databases
from b2bcourse.operating.backup.restore import manifest_of, restore
from b2bcourse.operating.backup.write import back_up, sweep
from b2bcourse.operating.base import OperatingError

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def at_work():
    """One student's work is graded, the other's lies in the exchange and has not been looked at."""
    if lacking := class_at_work.missing():
        pytest.skip(f"a class with real accounts needs: {lacking}")
    with class_at_work.a_class() as made:
        made.grades("nbgrader", "generate_assignment", ASSIGNMENT)
        made.grades("nbgrader", "release_assignment", ASSIGNMENT)
        made.works(made.minji)
        made.grades("nbgrader", "collect", ASSIGNMENT)
        made.grades("b2bcourse", "grade", ASSIGNMENT)
        made.works(made.jun)
        yield made


@pytest.fixture
def saved(at_work, tmp_path):
    return back_up(at_work.hub, tmp_path / "saved")


def like(before):
    """Without what is not saved: logs and caches; the folder that all is in had to be made anew."""
    return {name: about for name, about in before.items() if not name.endswith(".log")}


@pytest.mark.parametrize("with_accounts", [False, True], ids=["disk", "machine"])
def test_a_class_that_was_destroyed_goes_on_where_it_was(at_work, saved, with_accounts):
    before, points = like(at_work.seen()), at_work.points()
    assert any(score for _, score in points)
    at_work.destroy(with_accounts=with_accounts)
    if with_accounts:
        with pytest.raises(OperatingError, match=at_work.minji):
            restore(saved)
        assert not list(at_work.folder.iterdir())
    done = restore(saved, make_accounts=with_accounts)
    assert done.differing == []
    assert done.new == (sorted(at_work.people) if with_accounts else [])
    assert at_work.seen() == before
    assert at_work.points() == points
    for name in at_work.people:
        home = Path(pwd.getpwnam(name).pw_dir)
        assert home.owner() == name
        assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_after_a_restore_the_other_students_work_is_collected_and_graded(at_work, saved):
    at_work.destroy(with_accounts=False)
    restore(saved)
    at_work.grades("nbgrader", "collect", ASSIGNMENT)
    at_work.grades("b2bcourse", "grade", ASSIGNMENT)
    graded = {path.parent.name for path in (at_work.course / "autograded").glob(f"*/{ASSIGNMENT}")}
    assert graded == {at_work.minji, at_work.jun}
    scores = [score for _, score in at_work.points() if score]
    assert len(scores) >= 2
    at_work.works(at_work.jun)  # and hands in again, through the same exchange


def test_a_file_that_a_student_lost_comes_back_alone(at_work, saved):
    home = Path(pwd.getpwnam(at_work.minji).pw_dir)
    lost = next((home / ASSIGNMENT / "responses").glob("*.json"))
    text, other = lost.read_bytes(), home / "since.txt"
    lost.unlink()
    other.write_text("written since")
    done = restore(saved, [lost])
    assert (done.count, done.differing) == (1, [])
    assert lost.read_bytes() == text
    assert lost.owner() == at_work.minji
    assert other.read_text() == "written since"


class TestNothingIsWrittenOver:
    def test_what_is_there_is_named_and_left(self, at_work, saved):
        before = at_work.seen()
        with pytest.raises(OperatingError, match="exchange"):
            restore(saved)
        assert at_work.seen() == before

    def test_or_kept_beside_if_that_is_asked_for(self, at_work, saved):
        home = Path(pwd.getpwnam(at_work.minji).pw_dir)
        (home / "today.txt").write_text("today")
        restore(saved, [home], aside=True)
        assert not (home / "today.txt").exists()
        [beside] = home.parent.glob(f"{home.name}.before-restore-*")
        assert (beside / "today.txt").read_text() == "today"
        shutil.rmtree(beside)

    def test_root_writes_through_no_students_link(self, at_work, saved, tmp_path):
        home = Path(pwd.getpwnam(at_work.minji).pw_dir)
        folder = home / ASSIGNMENT
        lost = next((folder / "responses").glob("*.json"))
        aside = folder.rename(home / "aside")
        folder.symlink_to(tmp_path)
        try:
            with pytest.raises(OperatingError, match="link"):
                restore(saved, [lost])
            assert not (tmp_path / "responses").exists()
        finally:
            folder.unlink()
            aside.rename(folder)


class TestWhatIsInIt:
    def test_only_root_can_read_it(self, saved):
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600

    def test_neither_logs_nor_caches_are(self, at_work, tmp_path):
        cache = Path(pwd.getpwnam(at_work.jun).pw_dir, ".cache")
        cache.mkdir(exist_ok=True)
        (cache / "large").write_text("x")
        with tarfile.open(back_up(at_work.hub, tmp_path / "s")) as archive:
            names = archive.getnames()
        assert not [name for name in names if name.endswith("hub.log") or "/.cache" in name]
        assert [name for name in names if name.endswith("state/cookie_secret")]
        shutil.rmtree(cache)

    def test_a_link_in_a_home_is_saved_as_a_link_and_what_it_leads_to_is_not(
        self, at_work, tmp_path
    ):
        link = Path(pwd.getpwnam(at_work.jun).pw_dir, "passwords")
        link.symlink_to("/etc/shadow")
        with tarfile.open(back_up(at_work.hub, tmp_path / "s")) as archive:
            member = archive.getmember(str(link).lstrip("/"))
            assert member.issym()
        link.unlink()

    def test_a_gradebook_in_the_middle_of_a_change_is_saved_as_it_was_before(
        self, at_work, tmp_path
    ):
        with sqlite3.connect(at_work.course / "gradebook.db", isolation_level=None) as book:
            book.execute("BEGIN IMMEDIATE")
            book.execute("UPDATE grade SET auto_score = 99")
            made = back_up(at_work.hub, tmp_path / "s")
            book.execute("ROLLBACK")
        with tarfile.open(made) as archive:
            name = str(at_work.course / "gradebook.db").lstrip("/")
            copy = tmp_path / "copy.db"
            copy.write_bytes(archive.extractfile(name).read())
        with sqlite3.connect(copy) as book:
            rows = book.execute("SELECT id, auto_score FROM grade ORDER BY id").fetchall()
        assert rows == at_work.points()


def test_a_hubs_copy_knows_of_no_running_server(tmp_path):
    file = tmp_path / "jupyterhub.sqlite"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE spawners (id, server_id, state)")
        made.execute("INSERT INTO spawners VALUES (1, 7, '{\"pid\": 1}')")
    databases.copy_sqlite(file, tmp_path / "copy")
    databases.forget_servers(tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy") as copy:
        assert copy.execute("SELECT server_id, state FROM spawners").fetchall() == [(None, None)]
    with sqlite3.connect(file) as original:
        assert original.execute("SELECT server_id FROM spawners").fetchall() == [(7,)]


class TestRefusals:
    def test_a_backup_within_what_it_saves(self, at_work):
        with pytest.raises(OperatingError, match="homes"):
            back_up(at_work.hub, at_work.course / "saved")

    def test_half_a_file(self, saved):
        saved.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
        with pytest.raises(OperatingError, match="broken"):
            restore(saved)

    def test_a_file_of_somebody_elses(self, tmp_path):
        (tmp_path / "x").write_text("x")
        with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
            archive.add(tmp_path / "x", "etc/x")
        with pytest.raises(OperatingError, match=r"x\.tar\.gz"):
            manifest_of(tmp_path / "x.tar.gz")

    def test_a_course_that_cannot_be_opened_fails_the_backup(self, at_work, tmp_path):
        config = at_work.course / "nbgrader_config.py"
        text = config.read_text("utf-8")
        config.write_text("c = get_config(\n")
        try:
            with pytest.raises(OperatingError, match="gradebook cannot be saved"):
                back_up(at_work.hub, tmp_path / "s")
            assert not list((tmp_path / "s").iterdir())
        finally:
            config.write_text(text, "utf-8")

    def test_no_room_leaves_no_half_of_one(self, at_work, tmp_path):
        small = tmp_path / "small"
        small.mkdir()
        mounted = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)]
        if subprocess.run(mounted, check=False, capture_output=True).returncode:
            pytest.skip("no file system can be mounted here: a full disk was not tried")
        try:
            with pytest.raises(OperatingError, match="could not be written"):
                back_up(at_work.hub, small)
            assert not list(small.iterdir())
        finally:
            subprocess.run(["umount", str(small)], check=True)


def test_the_newest_are_kept(tmp_path):
    names = [f"b2bcourse-2026120{day}T030000Z.tar.gz" for day in range(1, 6)]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "mine.tar.gz").touch()
    swept = sweep(tmp_path, 2)
    assert [path.name for path in swept] == names[:3]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*names[3:], "mine.tar.gz"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root")
def test_the_commands_say_what_they_did_and_what_comes_next(at_work, tmp_path):
    done = CliRunner().invoke(
        app, ["backup", str(tmp_path / "s"), "--hub", str(at_work.folder), "--lang", "en"]
    )
    assert done.exit_code == 0, done.output
    assert "jupyterhub.sqlite is no database" in " ".join(done.output.split())
    [file] = (tmp_path / "s").iterdir()
    again = CliRunner().invoke(app, ["restore", str(file), "--lang", "ko"])
    assert again.exit_code == 1
    assert "--aside" in again.output
    at_work.destroy(with_accounts=False)
    done = CliRunner().invoke(app, ["restore", str(file), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert f"b2bcourse hub {at_work.folder} --prepare" in done.output
