"""Collecting from an exchange in which students can put anything."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import tiny
from held import REPO, Course, write_essay
from hostile import ESSAY

from b2bcourse.grading.leaks.search import find_leaks, read_secrets
from b2bcourse.grading.owners import forger
from b2bcourse.grading.troubles import troubles_of

TIME = "2026-11-22 05:03:11.000000 UTC"
LATER = "2026-11-23 05:03:11.000000 UTC"
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be two users"
)


@pytest.fixture(scope="module")
def collected(tmp_path_factory, repo):
    """Handed in past nbgrader's own submit, straight into the exchange."""
    course = Course(tmp_path_factory.mktemp("collect"), repo)
    course.generate()
    course.release()
    for name in ("link", "broken", "bare", "huge", "secretive", "photo", "zoe"):
        hand_in(course, name)
    link = inbound(course, "link")
    (link / "mine.html").symlink_to(course.root / "items" / f"{tiny.CELLS}.yaml")
    (link / "keys").symlink_to(course.root / "items")
    (inbound(course, "broken") / "gone").symlink_to("/nowhere")
    (inbound(course, "broken") / "timestamp.txt").write_text("long ago", "utf-8")
    (inbound(course, "bare") / "tiny.ipynb").unlink()
    (inbound(course, "bare") / "submission_secret.txt").unlink()
    fill(inbound(course, "huge") / "big.bin", 600_000_000)
    for number in range(40):
        fill(inbound(course, "huge") / f"n{number}.bin", 900_000)
    fill(inbound(course, "photo") / "IMG_2041.jpg", 25_000_000)
    (inbound(course, "secretive") / "submission_secret.txt").unlink()
    (inbound(course, "secretive") / "submission_secret.txt").symlink_to("/etc/hostname")
    odd_entries(course)
    course.result = course.ok(course.api.collect(course.assignment))
    course.ok(course.autograde())
    course.feedback()
    course.ok(course.api.release_feedback(course.assignment))
    course.troubles = {}
    for trouble, _ in troubles_of(course.root, course.assignment):
        course.troubles.setdefault(trouble.student, []).append(trouble)
    return course


def odd_entries(course):
    """What is no submission, beside those that are."""
    home = inbound(course, "zoe").parent
    (home / f"ned+{tiny.ASSIGNMENT}+never+x").mkdir()
    (home / f"ned+{tiny.ASSIGNMENT}+never+x" / "tiny.ipynb").write_text("{}", "utf-8")
    (home / "nothing-of-the-kind").mkdir()
    (home / "a-file").write_text("x", "utf-8")
    (home / f"amy+{tiny.ASSIGNMENT}+{TIME}+rnd").symlink_to(course.root / "items")
    (home / f"+{tiny.ASSIGNMENT}+{TIME}+rnd").mkdir()
    (home / f"eva+{tiny.ASSIGNMENT}+{TIME}+tiny.ipynb").write_text(
        (course.root / "release" / tiny.ASSIGNMENT / "tiny.ipynb").read_text("utf-8"), "utf-8"
    )


def fill(path, size):
    with path.open("wb") as file:
        file.truncate(size)


def inbound(course, name, time=TIME):
    home = course.exchange / course.root.name / "inbound"
    return home / f"{name}+{tiny.ASSIGNMENT}+{time}+rnd"


def hand_in(course, name, time=TIME, answers=None):
    folder = course.submission(name, answers)
    write_essay(folder, ESSAY)
    target = inbound(course, name, time)
    shutil.move(folder, target)
    (target / "timestamp.txt").write_text(time, "utf-8")
    (target / "submission_secret.txt").write_text("s" + name, "utf-8")
    return target


def test_a_link_to_the_keys_is_left_behind(collected, repo):
    secrets = read_secrets(repo / "solutions")
    assert not (collected.folder("submitted", "link") / "mine.html").exists()
    published = collected.exchange / collected.root.name / "feedback"
    assert find_leaks(published, secrets, released=False) == []
    assert sorted(published.iterdir())


@pytest.mark.parametrize("name", ["link", "broken", "bare", "huge", "secretive", "photo", "zoe"])
def test_everyone_is_graded(collected, name):
    assert collected.standing(name)[tiny.CELLS][0] == 10.0


def test_a_missing_notebook_is_put_in_as_released_and_told(collected):
    assert (collected.folder("submitted", "bare") / "tiny.ipynb").is_file()
    assert "노트북이 없습니다" in collected.troubles["bare"][0].found.ko


def test_an_unreadable_time_is_taken_from_the_exchange(collected):
    stamp = collected.folder("submitted", "broken") / "timestamp.txt"
    assert stamp.read_text("utf-8").startswith("2026-11-22")


def test_a_secret_that_is_a_link_is_not_read(collected):
    folder = collected.folder("submitted", "secretive")
    secret = (folder / "submission_secret.txt").read_text("ascii")
    assert secret != Path("/etc/hostname").read_text("utf-8")
    assert len(secret) == 128


def test_too_large_a_file_is_left_out_alone_and_told(collected):
    folder = collected.folder("submitted", "photo")
    assert not (folder / "IMG_2041.jpg").exists()
    assert (folder / "responses").is_dir()
    assert collected.standing("photo")[tiny.ESSAY] == (None, True)
    [trouble] = collected.troubles["photo"]
    assert (trouble.what, "25.0 MB" in trouble.found.ko) == ("unwhole", True)
    assert (collected.root / trouble.kept).stat().st_size == 25_000_000


def test_of_many_files_as_many_are_taken_as_there_is_room_for(collected):
    folder = collected.folder("submitted", "huge")
    assert not (folder / "big.bin").exists()
    taken = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert 19_000_000 < taken <= 20_100_000
    left = [trouble.file for trouble in collected.troubles["huge"]]
    assert "big.bin" in left
    assert len(left) == 1 + 40 - len(list(folder.glob("n*.bin")))


def test_a_folder_of_an_odd_name_stops_nobody_and_is_kept_aside(collected):
    [trouble] = collected.troubles["ned"]
    assert trouble.what == "refused"
    assert (collected.root / trouble.kept / "tiny.ipynb").read_text("utf-8") == "{}"
    assert not collected.folder("submitted", "ned").exists()


def test_a_link_in_the_place_of_a_submission_brings_nothing_in(collected):
    assert not collected.folder("submitted", "amy").exists()
    assert [trouble.what for trouble in collected.troubles["amy"]] == ["refused"]


def test_a_submission_of_nobody_is_kept_aside(collected):
    assert not (collected.root / "submitted" / tiny.ASSIGNMENT).exists()
    assert [trouble.what for trouble in collected.troubles["unknown"]] == ["refused"]


def test_a_file_in_the_place_of_a_folder_is_taken_as_what_it_is(collected):
    assert (collected.folder("submitted", "eva") / "tiny.ipynb").is_file()


def test_collecting_again_brings_in_the_newer_one(tmp_path, repo):
    course = Course(tmp_path, repo)
    course.generate()
    course.release()
    hand_in(course, "ann", answers={tiny.CELLS: None, tiny.BOTH: None})
    course.ok(course.api.collect(course.assignment))
    inside = course.folder("submitted", "ann") / "items"
    inside.chmod(0o555)
    hand_in_again = course.root / "again"
    shutil.copytree(course.folder("submitted", "ann"), hand_in_again)
    for item in (tiny.CELLS, tiny.BOTH):
        tiny.write_response(hand_in_again, item, tiny.model_response(course.keys, item))
    (hand_in_again / "timestamp.txt").write_text(LATER, "utf-8")
    shutil.move(hand_in_again, inbound(course, "ann", LATER))
    course.ok(course.api.collect(course.assignment, update=True))
    course.ok(course.autograde())
    assert course.standing("ann")[tiny.CELLS][0] == 10.0


class TestOwners:
    """Whose folder it is, where every student has an account."""

    @needs_root
    def test_a_submission_in_anothers_name_is_refused_and_his_own_counts(self, tmp_path, repo):
        victim, forging = pwd.getpwnam("daemon"), pwd.getpwnam("bin")
        course = Course(tmp_path, repo)
        course.generate()
        course.release()
        own = hand_in(course, "daemon")
        forged = hand_in(course, "daemon", LATER, {tiny.CELLS: None})
        mine = hand_in(course, "bin")
        for folder, user in ((own, victim), (forged, forging), (mine, forging)):
            os.chown(folder, user.pw_uid, user.pw_gid)
        course.ok(course.api.collect(course.assignment))
        course.ok(course.autograde())
        assert course.standing("daemon")[tiny.CELLS][0] == 10.0
        assert course.standing("bin")[tiny.CELLS][0] == 10.0
        [(trouble, _)] = troubles_of(course.root, course.assignment)
        assert (trouble.student, trouble.what) == ("daemon", "refused")
        assert "bin" in trouble.found.ko
        assert (course.root / trouble.kept / "tiny.ipynb").is_file()

    @needs_root
    def test_the_test_can_be_switched_off_as_in_nbgrader(self, tmp_path, repo):
        course = Course(tmp_path, repo)
        course.generate()
        course.release()
        user = pwd.getpwnam("bin")
        os.chown(hand_in(course, "daemon"), user.pw_uid, user.pw_gid)
        course.config.ExchangeCollect.check_owner = False
        course.ok(course.api.collect(course.assignment))
        assert course.folder("submitted", "daemon").is_dir()

    def test_what_the_instructor_or_root_has_put_there_says_nothing(self, tmp_path):
        assert forger(tmp_path, "daemon") == ""

    @needs_root
    def test_where_ids_are_no_accounts_an_owner_says_nothing(self, tmp_path):
        os.chown(tmp_path, pwd.getpwnam("bin").pw_uid, -1)
        assert forger(tmp_path, "kim@example.org") == ""

    @needs_root
    def test_a_student_of_the_course_hands_in_for_nobody_else(self, tmp_path):
        os.chown(tmp_path, pwd.getpwnam("bin").pw_uid, -1)
        assert forger(tmp_path, "kim@example.org", {"bin"}) == "bin"


@pytest.fixture
def open_path():
    """A folder that others can reach; to pytest's own each run that begins closes the way."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@needs_root
@pytest.mark.parametrize("grading", ["nbgrader autograde", "b2bcourse grade"])
def test_a_folder_that_the_instructor_may_not_read_stops_nobody(open_path, repo, grading):
    """As two real users: who collects is not root, and may not look into one student's folder."""
    tmp_path = open_path
    course = Course(tmp_path, repo)
    course.generate()
    course.release()
    closed = hand_in(course, "bin")
    hand_in(course, "zoe")
    shut = hand_in(course, "daemon")
    instructor = pwd.getpwnam("games")
    give(tmp_path, instructor)
    give(closed, pwd.getpwnam("bin"))
    give(shut, pwd.getpwnam("daemon"))
    (closed / "responses").chmod(0o700)
    shut.chmod(0o700)
    ok(run_as(instructor, course, "nbgrader collect"))
    if grading == "b2bcourse grade":  # nbgrader's own stops at a file that it cannot copy
        photo = course.folder("submitted", "zoe") / "photo.png"
        photo.write_bytes(b"PNG")
        photo.chmod(0o600)
    ok(run_as(instructor, course, grading))
    assert course.standing("zoe")[tiny.CELLS][0] == 10.0
    assert course.standing("bin")[tiny.CELLS] == (None, True)
    told = [trouble for trouble, _ in troubles_of(course.root, course.assignment)]
    assert {(one.student, one.what) for one in told if one.waits} >= {
        ("bin", "unread"),
        ("daemon", "unread"),
    }
    if grading == "b2bcourse grade":
        assert ("zoe", "photo.png") in {(one.student, one.file) for one in told if one.waits}


def ok(done):
    assert done.returncode == 0, done.stderr[-3000:]


def give(folder, user):
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    for parent in folder.parents:
        if parent.stat().st_mode & 0o001 == 0:
            parent.chmod(parent.stat().st_mode | 0o011)


def run_as(user, course, command):
    """A command as another user, without any folder of root's."""
    home = course.root.parent
    config = course.root / "nbgrader_config.py"
    lines = f"\nc.Exchange.root = {str(course.exchange)!r}\nc.Exchange.cache = {str(home)!r}\n"
    if lines not in config.read_text("utf-8"):
        config.write_text(config.read_text("utf-8") + lines, "utf-8")
    environ = {
        **os.environ,
        "HOME": str(home),
        "PYTHONPATH": str(REPO),
        **{name: str(home) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")},
        "JUPYTER_RUNTIME_DIR": str(home),
    }
    return subprocess.run(
        [sys.executable, "-m", *command.split(), course.assignment],
        cwd=course.root,
        env=environ,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )


def test_zip_collect_keeps_the_answers(tmp_path, repo):
    """Canvas' and Moodle's forms of name, the kit's one file, and what students make themselves."""
    course = Course(tmp_path, repo)
    course.generate()
    with course.api.gradebook as gradebook:
        gradebook.add_student("narae", lms_user_id="1187")
        gradebook.add_student("sua", first_name="Su-a", last_name="Bae")
    archive = course.root / "downloaded" / course.assignment / "archive"
    archive.mkdir(parents=True)
    packed = pack(course, tmp_path, "one", {"responses", "tiny.ipynb"})
    shutil.copyfile(packed, archive / "kimnarae_1187_90210_tiny.b2b.zip")
    moodle = archive / "Su-a Bae_1187_assignsubmission_file_"  # by chance the number of another
    moodle.mkdir()
    shutil.copyfile(packed, moodle / "tiny.b2b.zip")
    folder = pack(course, tmp_path, "two", {"responses", "tiny.ipynb", "items"}, within="과제")
    shutil.copyfile(folder, archive / "shinjaemin_LATE_2002_1_my work.zip")
    shutil.copyfile(folder, archive / "shinjaemin_LATE_2002_2_my work-1.zip")
    notebook = course.root / "release" / course.assignment / "tiny.ipynb"
    shutil.copyfile(notebook, archive / "jang_2003_7_tiny.ipynb")
    (archive / "readme of the lms").write_text("x", "utf-8")
    zip_collect(course)
    course.ok(course.autograde())
    for student in ("narae", "sua", "2002"):
        assert course.standing(student)[tiny.CELLS][0] == 10.0, student
        assert ESSAY in course.said(student)
    assert course.standing("2003")[tiny.CELLS] == (None, True)
    waits = {
        trouble.student
        for trouble, _ in troubles_of(course.root, course.assignment)
        if trouble.waits
    }
    assert waits == {"2003", "unknown"}
    [nobodys] = [
        trouble
        for trouble, _ in troubles_of(course.root, course.assignment)
        if trouble.student == "unknown"
    ]
    assert (course.root / nobodys.kept).read_text("utf-8") == "x"


def test_a_name_in_moodle_that_may_be_two_peoples_is_given_to_neither(tmp_path, repo):
    course = Course(tmp_path, repo)
    course.generate()
    with course.api.gradebook as gradebook:
        gradebook.add_student("ann", first_name="지우", last_name="한", lms_user_id="1187")
        gradebook.add_student("bob", first_name="지우", last_name="한")
        gradebook.add_student("cho", first_name="민지", last_name="김")
        gradebook.add_student("dan", first_name="준", last_name="이")
    archive = course.root / "downloaded" / course.assignment / "archive"
    archive.mkdir(parents=True)
    packed = pack(course, tmp_path, "one", {"responses", "tiny.ipynb"})
    for name in ("한지우_1187", "김 민지_31", "김민지_32", "박서준_1187", "이 준_33"):
        shutil.copyfile(packed, archive / f"{name}_assignsubmission_file_tiny.b2b.zip")
    zip_collect(course)
    assert [path.name for path in (course.root / "submitted").iterdir()] == ["dan"]
    told = {
        trouble.file.split("_")[0]
        for trouble, _ in troubles_of(course.root, course.assignment)
        if trouble.waits
    }
    assert told == {"한지우", "김 민지", "김민지", "박서준"}


def pack(course, scratch, name, parts, within=""):
    folder = course.submission(name)
    write_essay(folder, ESSAY)
    for path in list(folder.iterdir()):
        if path.name not in parts:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    base = scratch / f"packed-{name}"
    shutil.copytree(folder, base / within)
    shutil.rmtree(course.root / "submitted")
    return Path(shutil.make_archive(str(scratch / name), "zip", base))


def zip_collect(course):
    from nbgrader.apps import ZipCollectApp

    app = ZipCollectApp(config=course.config)
    app.coursedir = course.api.coursedir
    app.coursedir.assignment_id = course.assignment
    app.init_plugins()
    app.extract_archive_files()
    app.process_extracted_files()


def test_the_table_of_troubles_is_json_that_one_can_read(collected):
    path = collected.root / "troubles" / tiny.ASSIGNMENT / "photo.json"
    assert json.loads(path.read_text("utf-8"))["steps"]["collect"][0]["file"] == "IMG_2041.jpg"
