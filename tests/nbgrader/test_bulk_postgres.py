"""The gradebook on a PostgreSQL server: the same rows as in a file, by both of its drivers.

Wants Debian's `postgresql` and a driver (`pip install psycopg[binary] psycopg2-binary`).
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import tiny
from bulk import address, beside, bulk, by_nbgrader, reopen
from held import Course, write_essay
from same import differing, rows, tree
from test_bulk_run import correct

from b2bcourse.grading.moved import moves_of

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="module")
def server():
    """A server of the test's own, that listens on a socket in a folder and nowhere else."""
    if PROGRAMS is None:
        lacking = "PostgreSQL is not installed: its gradebook was not tried"
        required = os.environ.get("B2BCOURSE_REQUIRE_POSTGRES") == "1"
        (pytest.fail if required else pytest.skip)(lacking)
    # Not in pytest's own folder: each run that begins closes that to all other users again.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        yield from _served(Path(folder))


def _served(home):
    owner = _owner(home)
    _run(owner, "initdb", "-D", home / "data", "-A", "trust", "-U", "postgres")
    options = f"-k {home} -c listen_addresses=''"
    _run(owner, "pg_ctl", "-D", home / "data", "-o", options, "-l", home / "log", "-w", "start")
    yield home
    _run(owner, "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "-t", "180", "stop")


def _owner(home):
    """Who runs the server: root may not."""
    if os.getuid():
        return None
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("there is no user postgres: the server cannot be started by root")
    for folder in (home, *home.parents):
        if folder == Path("/"):
            break
        folder.chmod(folder.stat().st_mode | 0o011)
    shutil.chown(home, user.pw_uid, user.pw_gid)
    return "postgres"


def _run(owner, program, *arguments):
    command = [str(PROGRAMS / program), *map(str, arguments)]
    if owner:
        command = ["setpriv", f"--reuid={owner}", "--regid=postgres", "--init-groups", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture(params=["psycopg2", "psycopg"])
def on_server(request, server, tmp_path, repo):
    """A course whose gradebook is on the server, and one whose gradebook is a file."""
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed: the gradebook by it was not tried")
    name = f"book_{secrets.token_hex(4)}"
    _run(_owner(server), "createdb", "-h", server, "-U", "postgres", name)
    course = Course(tmp_path / "served", repo)
    url = f"postgresql+{request.param}://postgres@/{name}?host={server}"
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
    in_file = beside(course, tmp_path / "file")
    with (in_file.root / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.db_url = 'sqlite:///{in_file.root}/gradebook.db'\n")
    for each in (course, in_file):
        hand_in(each)
    return course, in_file


def hand_in(course):
    """Three students, of whom one is late."""
    reopen(course)
    course.generate()
    with course.api.gradebook as gradebook:
        gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 00:00:00 UTC")
    for number in range(3):
        folder = course.submission(f"u{number}", {tiny.BOTH: None} if number % 2 else None)
        write_essay(folder, f"u{number}의 글입니다.")
    (course.folder("submitted", "u2") / "timestamp.txt").write_text("2026-01-02 00:00:00 UTC")


def test_two_rounds_leave_the_same_rows_as_in_a_file(on_server):
    runs = [bulk(course) for course in on_server]
    same(*on_server)
    for course in on_server:
        correct(course)
        score(course)
    runs = [bulk(course, force=True) for course in on_server]
    same(*on_server)
    served, in_file = on_server
    assert [run.is_served for run in runs] == [True, False]
    assert runs[0].copied is None
    assert len(moves_of(served.root, "tiny")) == len(moves_of(in_file.root, "tiny")) == 3


def test_what_nbgrader_graded_there_is_gone_on_from(on_server):
    served, in_file = on_server
    by_nbgrader(served)
    bulk(in_file)
    same(served, in_file)
    assert bulk(served).graded == 0


def test_a_dry_run_leaves_the_servers_rows(on_server):
    served, _ = on_server
    bulk(served)
    before = rows(address(served))
    correct(served)
    run = bulk(served, force=True, dry=True)
    assert len([one for one in run.saved if one.moves]) == 3
    assert not differing(before, rows(address(served)))


def same(one, other):
    assert not differing(rows(address(one)), rows(address(other)))
    assert not differing(tree(one.root / "autograded"), tree(other.root / "autograded"))


def score(course):
    with course.api.gradebook as gradebook:
        grade = gradebook.find_grade(tiny.ESSAY, "tiny", "tiny", "u0")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 5.0, 1.0, False
        gradebook.db.commit()
