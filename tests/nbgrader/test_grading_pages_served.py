"""The pages for who grades, on a real server: who may see them, what they change, what they refuse."""

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager

import httpx
import pytest
import tiny
from held import Course, write_essay
from typer.testing import CliRunner

from b2bcourse.commands.cli import app
from b2bcourse.commands.essays import command
from b2bcourse.facts import Text
from b2bcourse.grading import troubles
from b2bcourse.grading.criteria import criteria_of
from b2bcourse.grading.troubles import Trouble

A, ESSAY = tiny.ASSIGNMENT, tiny.ESSAY
TOKEN = "told-to-graders-only"
SAID = Text("무엇", "something")
PAGE = f"b2bcourse/grading/{A}"


@pytest.fixture(scope="module")
def course(tmp_path_factory, repo):
    """Three essays and a submission without one."""
    made = Course(tmp_path_factory.mktemp("pages"), repo)
    made.generate()
    made.release()
    for student in ("ann", "bob", "cho"):
        write_essay(made.submission(student), f"{student}: 한결에게 먼저 말합니다.")
    made.submission("dan")
    made.ok(made.autograde())
    return made


@contextmanager
def running(line, cwd, home):
    """A Jupyter server; its address."""
    runtime = home / "runtime"
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_TOKEN": TOKEN,
    }
    home.mkdir()
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(line, cwd=cwd, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 120
            while not (found := list(runtime.glob("jpserver-*.json"))):
                assert server.poll() is None, (home / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.2)
            yield json.loads(found[0].read_bytes())["url"]
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("served") / "home"


@pytest.fixture(scope="module")
def address(course, home):
    with running(command(course.root, None), course.root, home) as url:
        yield url


@pytest.fixture
def grader(address):
    """A browser that has logged in, and holds the cookie of XSRF since it saw a page."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        client.get(f"{PAGE}/troubles", params={"token": TOKEN}).raise_for_status()
        client.headers["X-XSRFToken"] = client.cookies["_xsrf"]
        yield client


def essay(grader, student):
    return grader.get(f"{PAGE}/essays/{ESSAY}/data", params={"student": student})


def give(grader, student, points, was, comment=""):
    body = {"points": points, "comment": comment, "was": was}
    return grader.post(f"{PAGE}/essays/{ESSAY}/data", params={"student": student}, json=body)


def grade(course, student):
    with course.api.gradebook as gradebook:
        found = gradebook.find_grade(ESSAY, A, A, student)
        comment = gradebook.find_comment(ESSAY, A, A, student)
        return found.manual_score, found.needs_manual_grade, comment.manual_comment


class TestWhoMaySeeThem:
    @pytest.mark.parametrize(
        "page", ["essays", "troubles", "troubles/kept", f"essays/{ESSAY}/data"]
    )
    def test_nobody_without_logging_in(self, address, page):
        answer = httpx.get(f"{address}{PAGE}/{page}?student=ann&id=x", trust_env=False)
        assert answer.status_code == 302
        assert "/login" in answer.headers["location"]

    def test_nothing_is_changed_without_logging_in(self, course, address):
        was = {"points": {"start": 8}, "comment": "", "was": ""}
        answer = httpx.post(
            f"{address}{PAGE}/essays/{ESSAY}/data?student=ann", json=was, trust_env=False
        )
        assert answer.status_code == 403
        assert grade(course, "ann")[0] is None

    def test_nothing_is_changed_by_a_page_from_elsewhere(self, course, grader):
        version = essay(grader, "ann").json()["version"]
        del grader.headers["X-XSRFToken"]
        assert give(grader, "ann", {"start": 8}, version).status_code == 403
        assert (
            grader.post(f"{PAGE}/troubles", json={"student": "ann", "id": "x"}).status_code == 403
        )
        assert grade(course, "ann")[0] is None

    def test_there_is_nothing_for_another_assignment_or_student(self, grader):
        assert grader.get("b2bcourse/grading/nothing/essays").status_code == 404
        assert grader.get("b2bcourse/grading/nothing/troubles").status_code == 404
        assert essay(grader, "nobody").status_code == 404
        assert grader.get(f"b2bcourse/grading/..%2f{A}/essays").status_code == 404

    def test_a_server_without_a_course_has_no_pages_and_lists_nothing(self, tmp_path):
        """Such as a student's on a hub, even where formgrader has been left enabled."""
        folder = tmp_path / "student"
        folder.mkdir()
        with (
            running(command(folder, None), folder, tmp_path / "home") as url,
            httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
        ):
            client.headers["Authorization"] = f"token {TOKEN}"
            assert client.get("api/status").status_code == 200
            pages = ("", f"/{A}/essays", f"/{A}/troubles", f"/{A}/essays/{ESSAY}/data?student=ann")
            for page in pages:
                answer = client.get(f"b2bcourse/grading{page}")
                assert answer.status_code == 404
                assert A not in answer.text.replace(str(answer.url), "")
        assert list(folder.iterdir()) == []  # asking for pages makes no gradebook either

    def test_pages_may_load_nothing_from_elsewhere_and_run_no_script_but_theirs(self, grader):
        headers = grader.get(f"{PAGE}/essays").headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        assert headers["x-content-type-options"] == "nosniff"


class TestTheyAreFound:
    def test_one_page_leads_to_those_of_every_assignment(self, grader):
        answer = grader.get("b2bcourse/grading", headers={"Accept": "text/html"})
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        for name in ("essays", "troubles"):
            there = f'href="/{PAGE}/{name}"'
            assert (there in answer.text) == (name == "essays")  # no troubles, no link
        assert 'href="/formgrader"' in answer.text

    def test_a_command_is_told_which_course_it_is(self, course, grader):
        assert grader.get("b2bcourse/grading").json() == {"root": str(course.root)}


class TestGiving:
    def test_points_go_into_the_gradebook_and_by_criterion_beside_it(self, course, grader):
        found = essay(grader, "ann").json()
        assert [text["words"] for text in found["texts"]] == [4]
        answer = give(grader, "ann", {"start": 6.5}, found["version"], " 좋습니다. \n")
        assert answer.status_code == 200
        assert grade(course, "ann") == (6.5, False, "좋습니다.")
        assert criteria_of(course.root, A, "ann")[ESSAY].points == {"start": 6.5}
        again = essay(grader, "ann").json()
        assert (again["points"], again["total"]) == ({"start": 6.5}, 6.5)
        assert answer.json()["comments"] == [["좋습니다.", 1]]

    def test_formgrader_shows_them_at_once(self, course, grader):
        with course.api.gradebook as gradebook:
            name = gradebook.find_submission_notebook(A, A, "cho").id
        asked = {"submission_id": name}

        def shown():
            grades = grader.get("formgrader/api/grades", params=asked).json()
            return next(each["manual_score"] for each in grades if each["name"] == ESSAY)

        assert shown() is None
        give(grader, "cho", {"start": 3}, essay(grader, "cho").json()["version"])
        assert shown() == 3

    def test_upon_another_state_nothing_is_given_and_both_are_told(self, course, grader):
        seen = essay(grader, "bob").json()["version"]
        assert give(grader, "bob", {"start": 2}, seen, "처음").status_code == 200
        answer = give(grader, "bob", {"start": 7}, seen, "나중")
        assert answer.status_code == 409
        theirs = answer.json()["clash"]
        assert (theirs["total"], theirs["points"], theirs["comment"]) == (2, {"start": 2}, "처음")
        assert grade(course, "bob") == (2, False, "처음")
        assert give(grader, "bob", {"start": 7}, theirs["version"], "나중").status_code == 200
        assert grade(course, "bob") == (7, False, "나중")

    def test_two_log_ins_at_once_lose_nothing_of_each_other(self, course, address, grader):
        """Each with a session of its own; the second is told what the first has given."""
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as second:
            second.get(f"{PAGE}/essays", params={"token": TOKEN}).raise_for_status()
            second.headers["X-XSRFToken"] = second.cookies["_xsrf"]
            assert dict(second.cookies) != dict(grader.cookies)
            seen = {who: essay(who, "cho").json()["version"] for who in (grader, second)}
            assert give(grader, "cho", {"start": 4}, seen[grader], "첫째").status_code == 200
            late = give(second, "cho", {"start": 6}, seen[second], "둘째")
            assert late.status_code == 409
            assert late.json()["clash"]["comment"] == "첫째"
            assert grade(course, "cho") == (4, False, "첫째")
            again = give(second, "cho", {"start": 6}, late.json()["clash"]["version"], "둘째")
            assert again.status_code == 200
        assert grade(course, "cho") == (6, False, "둘째")

    def test_a_score_that_formgrader_gave_meanwhile_is_another_state_too(self, course, grader):
        seen = essay(grader, "bob").json()["version"]
        with course.api.gradebook as gradebook:
            gradebook.find_grade(ESSAY, A, A, "bob").manual_score = 5
            gradebook.db.commit()
        assert give(grader, "bob", {"start": 1}, seen).status_code == 409
        found = essay(grader, "bob").json()
        assert (found["total"], found["points"], found["by"]) == (5, {}, "")

    @pytest.mark.parametrize(
        "points",
        [
            {},
            {"start": 8.01},
            {"start": -1},
            {"start": 1, "other": 1},
            {"start": "8"},
            {"start": None},
        ],
        ids=str,
    )
    def test_what_is_no_grade_is_refused_with_a_sentence(self, course, grader, points):
        before = grade(course, "bob")
        answer = give(grader, "bob", points, essay(grader, "bob").json()["version"])
        assert answer.status_code == 400
        assert answer.json()["said"]
        assert "Traceback" not in answer.text
        assert grade(course, "bob") == before

    def test_while_another_program_writes_nothing_is_lost_and_one_is_told(self, course, grader):
        before, version = grade(course, "bob"), essay(grader, "bob").json()["version"]
        other = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = give(grader, "bob", {"start": 1}, version)
        other.execute("ROLLBACK")
        other.close()
        assert answer.status_code == 400
        assert answer.json()["said"]
        assert grade(course, "bob") == before
        assert give(grader, "bob", {"start": 1}, version).status_code == 200

    @pytest.mark.parametrize("body", [b"", b"[]", b'{"points": {"start": NaN}}', b"\xff{"])
    def test_what_is_no_json_is_refused(self, grader, body):
        address = f"{PAGE}/essays/{ESSAY}/data"
        assert grader.post(address, params={"student": "bob"}, content=body).status_code == 400

    def test_one_who_wrote_nothing_is_not_among_those_to_read(self, grader):
        page = grader.get(f"{PAGE}/essays").text
        data = json.loads(page.split('id="b2b-page">')[1].split("</script>")[0])
        states = {place["student"]: place["state"] for place in data["queue"]}
        assert states["dan"] == "empty"
        assert set(states) == {"ann", "bob", "cho", "dan"}
        assert data["rubric"]["maximum"] == tiny.POINTS[ESSAY]


class TestTwoGraders:
    def tell(self, grader, session, student):
        body = {"session": session, "student": student}
        return grader.post(f"{PAGE}/essays/{ESSAY}/open", json=body)

    def test_each_is_told_what_the_other_has_open_until_it_closes(self, grader):
        self.tell(grader, "window-one".replace("-", ""), "ann")
        [other] = self.tell(grader, "windowtwo", "bob").json()["others"]
        assert (other["student"], other["session"]) == ("ann", "windowone")
        self.tell(grader, "windowone", "")
        assert self.tell(grader, "windowtwo", "bob").json()["others"] == []

    @pytest.mark.parametrize("session", ["", "../../nbgrader_config", "a/b/c/d/e", "x" * 100])
    def test_a_window_names_no_file(self, grader, session):
        assert self.tell(grader, session, "ann").status_code == 400
        assert self.tell(grader, session, "").status_code == 400


class TestTroubles:
    def found(self, course, **about):
        one = Trouble(student="ann", what="unmatched", found=SAID, done=SAID, todo=SAID, **about)
        troubles.record(course.root, A, "ann", "collect", [one])
        return one

    def kept(self, grader, one):
        return grader.get(f"{PAGE}/troubles/kept", params={"student": "ann", "id": one.id})

    def test_a_tick_is_kept_with_a_name(self, course, grader):
        one = self.found(course, file="a.html")
        answer = grader.post(f"{PAGE}/troubles", json={"student": "ann", "id": one.id})
        assert answer.status_code == 200
        [(_, seen)] = [
            pair for pair in troubles.troubles_of(course.root, A) if pair[0].id == one.id
        ]
        assert seen.by == answer.json()["by"]

    def test_a_trouble_that_is_not_there_cannot_be_ticked(self, grader):
        body = {"student": "ann", "id": "no-such"}
        assert grader.post(f"{PAGE}/troubles", json=body).status_code == 404

    def test_an_original_is_sent_to_be_saved_and_can_do_nothing(self, course, grader):
        home = course.root / "troubles" / A / "ann"
        home.mkdir(parents=True, exist_ok=True)
        (home / "낯선 글.html").write_bytes(b"<script>alert(1)</script>")
        answer = self.kept(grader, self.found(course, kept=f"troubles/{A}/ann/낯선 글.html"))
        assert answer.content == b"<script>alert(1)</script>"
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%EB")
        assert "sandbox" in answer.headers["content-security-policy"]

    def test_a_folder_is_sent_as_a_zip_without_what_its_links_lead_to(self, course, grader):
        home = course.root / "troubles" / A / "ann" / "whole"
        (home / "responses").mkdir(parents=True)
        (home / "responses" / "a.json").write_text("{}", "utf-8")
        (home / "keys").symlink_to(course.root / "items")
        (home / "key.yaml").symlink_to(course.root / "items" / f"{ESSAY}.yaml")
        answer = self.kept(grader, self.found(course, kept=f"troubles/{A}/ann/whole"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            assert packed.namelist() == ["whole/responses/a.json"]
        shutil.rmtree(home)

    @pytest.mark.parametrize(
        "kept",
        [
            "gradebook.db",
            f"items/{ESSAY}.yaml",
            "../exchange",
            "/etc/passwd",
            "troubles",
            f"troubles/{A}/gone",
        ],
    )
    def test_nothing_else_of_the_course_is_ever_sent(self, course, grader, kept):
        assert self.kept(grader, self.found(course, kept=kept)).status_code == 404

    def test_no_link_out_of_the_folder_is_followed(self, course, grader):
        link = course.root / "troubles" / A / "ann" / "link"
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(course.root / "gradebook.db")
        assert (
            self.kept(grader, self.found(course, kept=f"troubles/{A}/ann/link")).status_code == 404
        )
        link.unlink()


@pytest.mark.slow
class TestTheCommand:
    def run(self, course, home, monkeypatch, *more):
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
        return CliRunner().invoke(app, ["essays", *more, "--course", str(course.root)])

    def test_it_opens_the_page_where_a_server_has_the_course(
        self, course, home, address, monkeypatch
    ):
        opened = []
        monkeypatch.setattr("webbrowser.open", opened.append)
        result = self.run(course, home, monkeypatch, A)
        assert result.exit_code == 0, result.output
        assert opened == [f"{address.rstrip('/')}/{PAGE}/essays?token={TOKEN}"]
        assert opened[0] in result.output

    @pytest.mark.usefixtures("address")
    def test_a_server_of_another_course_is_not_taken_for_it(
        self, course, home, monkeypatch, tmp_path
    ):
        from b2bcourse.commands import essays
        from b2bcourse.learner.lab import server

        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
        [info] = server.around(course.root / "source")
        assert essays._has(info, course.root)
        assert not essays._has(info, course.root / "source")
        assert list(server.around(tmp_path)) == []

    def test_without_an_essay_it_says_so_and_starts_nothing(self, course, home, monkeypatch):
        for name in ("nothing", "a9-gone"):
            result = self.run(course, home, monkeypatch, name)
            assert result.exit_code == 1
            assert name in result.output

    def test_it_starts_a_server_on_this_computer_alone_and_ctrl_c_ends_it(self, course, tmp_path):
        environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
        line = [sys.executable, "-m", "b2bcourse", "essays", A, "--no-browser"]
        log = tmp_path / "told"
        with log.open("wb") as told:
            child = subprocess.Popen(
                [*line, "--course", str(course.root)],
                env=environment,
                stdout=told,
                stderr=told,
                # Who runs the tests in the background has Ctrl-C ignored, as it is told to all below.
                preexec_fn=lambda: signal.signal(  # noqa: PLW1509 - no threads are here
                    signal.SIGINT, signal.default_int_handler
                ),
            )
            try:
                deadline = time.monotonic() + 120
                while "Ctrl+C" not in log.read_text("utf-8"):
                    assert child.poll() is None, log.read_text("utf-8")
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
                where = next(w for w in log.read_text("utf-8").split() if w.startswith("http"))
                assert where.startswith(("http://127.0.0.1:", "http://localhost:"))
                with httpx.Client(timeout=60, trust_env=False, follow_redirects=True) as client:
                    assert client.get(where).status_code == 200
                child.send_signal(signal.SIGINT)
                assert child.wait(40) == 0
            finally:
                child.kill()
                child.wait()
        with pytest.raises(httpx.ConnectError):
            httpx.get(where, trust_env=False)
        assert (course.root / ".grading-server.log").stat().st_mode & 0o077 == 0
