"""A class in the middle of an assignment, with real accounts and a hub's folder; needs root.

Everything of it is named ``b2bt-…`` and is gone afterwards, whatever happens.
"""

import contextlib
import json
import os
import pwd
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import b2bcourse
from b2bcourse.grading.course import new_course
from b2bcourse.grading.keys import Keys
from b2bcourse.hub import accounts, exchange
from b2bcourse.hub.settings import CONFIG, Hub, HubCourse, Settings, write_settings

REPO = Path(b2bcourse.__file__).parents[1]
ASSIGNMENT, ITEM, ESSAY = "a3-benefit-matrix", "matrix-people", "matrix-essay"


class Class:
    """A grader, two students and one course in a hub's folder."""

    def __init__(self, folder):
        mark = secrets.token_hex(3)
        self.grader, self.minji, self.jun = (
            f"b2bt-{mark}-{name}" for name in ("grader", "minji", "jun")
        )
        self.folder = folder
        course = HubCourse(
            id="b2b-ko",
            lang="ko",
            folder=str(folder / "homes" / self.grader / "b2b-ko"),
            grader=self.grader,
            port=8010,
            students=(self.minji, self.jun),
        )
        settings = Settings(
            authenticator="pam", homes=str(folder / "homes"), prefix="b2bt-", courses=(course,)
        )
        self.hub = Hub(folder, settings)
        self.course = Path(course.folder)

    @property
    def people(self):
        return (self.grader, self.minji, self.jun)

    def found(self):
        """Accounts, course, exchange and the hub's state, as ``b2bcourse hub`` makes them."""
        (self.folder / "homes").mkdir(mode=0o755)
        for name in self.people:
            accounts.make(name, self.folder / "homes")
        self.hub.state.mkdir(mode=0o711)
        secret = self.hub.state / "cookie_secret"
        secret.write_text("dear")
        secret.chmod(0o600)
        (self.hub.state / "hub.log").write_text("not saved")
        write_settings(self.hub)
        shutil.copyfile(REPO / "deploy" / "one-machine" / CONFIG, self.folder / CONFIG)
        exchange.make_root(self.hub)
        new_course(self.course, "ko", REPO, self.hub.exchange, "b2b-ko")
        self.give(self.grader, self.course)
        exchange.make(self.hub, self.hub.settings.courses[0], accounts.known(self.grader))

    def give(self, name, folder):
        subprocess.run(["chown", "-R", f"{name}:{name}", str(folder)], check=True)

    def runs(self, name, *command, where=None):
        """A command as one of them; its output."""
        who = pwd.getpwnam(name)
        done = subprocess.run(
            [*_as(who), *map(str, command)],
            cwd=where or who.pw_dir,
            env={
                "HOME": who.pw_dir,
                "USER": name,
                "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
                "PYTHONPATH": str(REPO),
                "TZ": "UTC",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def grades(self, *command):
        return self.runs(self.grader, sys.executable, "-m", *command, where=self.course)

    def works(self, name):
        """A student fetches, answers an exercise and hands in."""
        own = Path(pwd.getpwnam(name).pw_dir)
        (own / "nbgrader_config.py").write_text(
            "c = get_config()\nc.CourseDirectory.course_id = 'b2b-ko'\n"
            f"c.Exchange.root = {str(self.hub.exchange)!r}\n"
            "c.ExchangeFactory.submit = 'b2bcourse.grading.submitting.TellingSubmit'\n"
        )
        self.give(name, own)
        if not (own / ASSIGNMENT).exists():
            self.runs(name, sys.executable, "-m", "nbgrader", "fetch_assignment", ASSIGNMENT)
        said = {ITEM: self.right_answer(), ESSAY: {"text": f"{name}의 글입니다."}}
        self.runs(name, sys.executable, "-c", _ANSWER, own / ASSIGNMENT, json.dumps(said))
        self.runs(name, sys.executable, "-m", "nbgrader", "submit", ASSIGNMENT)

    def right_answer(self):
        question = Keys(self.course / "items").question(ITEM)
        return question.kind.model_answer(question.face, question.key)

    def points(self):
        with sqlite3.connect(self.course / "gradebook.db") as book:
            return book.execute("SELECT id, auto_score FROM grade ORDER BY id").fetchall()

    def destroy(self, *, with_accounts):
        """As if the disk were gone; with the accounts, as if the machine were."""
        shutil.rmtree(self.folder)
        self.folder.mkdir(mode=0o755)
        if with_accounts:
            for name in self.people:
                subprocess.run(["userdel", name], check=True, capture_output=True)

    def seen(self):
        """Everything that must come back: owner, group, mode, time and content of each file."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            about = path.lstat()
            content = path.read_bytes() if path.is_file() and path.suffix != ".db" else b""
            found[str(path.relative_to(self.folder))] = (
                path.owner(),
                path.group(),
                oct(about.st_mode),
                round(about.st_mtime, 3),
                content,
            )
        return found


_ANSWER = """
import json, sys
from pathlib import Path
from b2bcourse.context import read_index, released_face
from b2bcourse.responses import Store
folder = Path(sys.argv[1])
for item, value in json.loads(sys.argv[2]).items():
    Store(folder, released_face(folder, read_index(folder), item)).save(value)
"""


def _as(who):
    ids = [f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--init-groups"]
    return ["setpriv", *ids, "--"]


@contextlib.contextmanager
def a_class():
    """One at work; in a folder that every account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="b2bt-class-"))
    folder.chmod(0o755)
    made = Class(folder)
    try:
        made.found()
        yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for name in made.people:
            subprocess.run(["userdel", name], check=False, capture_output=True)


def missing():
    """What keeps these tests from running here; empty where nothing does."""
    if sys.platform != "linux":
        return "Linux"
    if os.geteuid() != 0:
        return "root"
    return "" if shutil.which("useradd") and shutil.which("setpriv") else "useradd, setpriv"
