"""The commands: what they say, what they leave behind, and how they fail."""

import contextlib
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

import b2bcourse
from b2bcourse.authoring.catalogue import catalogue
from b2bcourse.commands import cli
from b2bcourse.commands.progress_bar import bar
from b2bcourse.context import bank_folder
from b2bcourse.items import agreement, face_hash, kind_of, load_item
from b2bcourse.learner import lab
from b2bcourse.learner.working_copy import Refreshed

REPO = Path(b2bcourse.__file__).parents[1]
GRADED = REPO / "solutions" / "items"
needs_solutions = pytest.mark.skipif(not GRADED.is_dir(), reason="needs the checkout's solutions/")


def run(*words):
    """A command in this process."""
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def program(*words, cwd=None, **environment):
    """The same as a program of its own, as a user starts it; run in ``cwd`` it is that one's."""
    return subprocess.run(
        [sys.executable, "-m", "b2bcourse", *map(str, words)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def refused(done):
    """What a command said that failed in one sentence; a click result or a finished process."""
    code = done.exit_code if hasattr(done, "exit_code") else done.returncode
    assert code == 1, done.stdout
    assert done.stdout == ""
    said = done.stderr.strip()
    assert said.startswith("b2bcourse: ")
    assert "\n" not in said
    assert "Traceback" not in said
    return said.removeprefix("b2bcourse: ")


def model(item, folder=None):
    """An item's face, and the answer that its key asks for."""
    authored = load_item((folder or bank_folder()) / f"{item}.yaml")
    kind = kind_of(authored.kind)
    face = kind.face(authored, "en")
    return face, kind.model_answer(face, kind.key(authored))


@pytest.fixture
def respond(tmp_path):
    """Writes a response file; other fields than the value may be given to spoil it."""

    def write(item="mx-cells", value=None, **fields):
        response = {
            "schema": 1,
            "item": item,
            "kind": model(item)[0].kind,
            "value": model(item)[1] if value is None else value,
            "revision": 1,
            "time": "2026-11-22T05:03:11+00:00",
            "face": face_hash(model(item)[0]),
        }
        path = tmp_path / f"{item}.json"
        path.write_text(json.dumps(response | fields), "utf-8")
        return path

    return write


class TestHelp:
    def test_every_command_is_listed(self):
        said = program("--help")
        assert said.returncode == 0
        for command in ("start", "check", "items", "build", "course", "demo"):
            assert re.search(rf"\b{command}\b", said.stdout)

    @pytest.mark.parametrize("command", ["start", "check", "items", "build", "course new", "demo"])
    def test_every_command_says_what_it_is_for(self, command):
        done = run(*command.split(), "--help")
        assert done.exit_code == 0
        assert re.search(r"\w+ \w+.*\.", done.stdout)

    def test_the_version_is_told_and_stands_in_one_place(self):
        assert run("--version").stdout == f"b2bcourse {b2bcourse.__version__}\n"
        project = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
        assert "version" not in project

    def test_a_wrong_command_is_told_without_a_traceback(self):
        done = program("chek")
        assert done.returncode == 2
        assert "chek" in done.stderr
        assert "Traceback" not in done.stderr


class TestCheck:
    def outcome(self, *words):
        done = run("check", *words, "--json", "--lang", "en")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def test_the_model_answer_is_worth_everything(self, respond):
        outcome = self.outcome("mx-cells", respond())
        assert outcome["fraction"] == 1.0
        assert {part["verdict"] for part in outcome["parts"]} <= {"right", "accepted"}

    @pytest.mark.parametrize(
        "path",
        sorted(
            p for p in bank_folder().glob("*.yaml") if "kind: essay" not in p.read_text("utf-8")
        ),
        ids=lambda p: p.stem,
    )
    def test_so_it_is_for_every_item(self, respond, path):
        item = load_item(path)
        for other in agreement.wanted(kind_of(item.kind).key(item)):
            respond(other)
        assert self.outcome(path.stem, respond(path.stem))["fraction"] == 1.0

    def test_a_wrong_one_is_worth_nothing(self, respond):
        outcome = self.outcome("mx-cells", respond(value={"cells": {"tech": {"finance": 1}}}))
        assert outcome["fraction"] == 0.0
        verdicts = {part["id"]: part["verdict"] for part in outcome["parts"]}
        assert verdicts["tech/finance"] == "wrong"
        assert verdicts["tech/cto"] == "missed"
        assert verdicts["quality/cto"] == "not attempted"

    def test_a_partly_right_one_is_worth_a_part(self, respond):
        value = model("mx-cells")[1]
        value["cells"].pop("tech")
        assert self.outcome("mx-cells", respond(value=value))["fraction"] == pytest.approx(0.9)

    def test_the_machines_form_holds_part_for_part(self, respond):
        outcome = self.outcome("mx-cells", respond(value={"cells": {"tech": {"nobody": 1}}}))
        assert set(outcome) == {"item", "fraction", "parts", "notes"}
        assert all(set(p) == {"id", "verdict", "earned", "possible"} for p in outcome["parts"])
        assert any("nobody" in note for note in outcome["notes"])

    def test_the_readers_form_names_each_part_and_the_fraction(self, respond):
        said = run("check", "mx-cells", respond(value={"cells": {"tech": {"cto": 1}}})).stdout
        assert re.search(r"tech/cto +right +1 +1", said)
        assert re.search(r"tech/cio +missed +0 +1", said)
        assert "mx-cells: 0.025" in said

    def test_brackets_in_an_answer_are_no_markup(self, respond, lang):
        path = respond(value={"cells": {"[red]": {"cto": 1}, "tech": {"[/]": 1}}})
        said = run("check", "mx-cells", path, "--lang", lang)
        assert said.exit_code == 0
        assert "[red]" in said.stdout
        assert "[/]" in said.stdout

    @pytest.mark.parametrize("mark", [7, -1, "x", None, True, 1.5, {"deep": []}])
    def test_a_mark_that_is_none_earns_nothing_and_is_told(self, respond, mark):
        outcome = self.outcome("mx-cells", respond(value={"cells": {"tech": {"cto": mark}}}))
        assert outcome["fraction"] == 0.0
        assert outcome["notes"]

    @pytest.mark.parametrize("value", [{}, {"cells": 3}, {"cells": {"tech": []}}, {"mine": {}}])
    def test_a_value_of_another_shape_earns_nothing(self, respond, value):
        assert self.outcome("mx-cells", respond(value=value))["fraction"] == 0.0


class TestCheckRefuses:
    def test_an_unknown_item(self, respond):
        assert "'nobody'" in refused(run("check", "nobody", respond()))

    @pytest.mark.parametrize("item", ["../mx-cells", "MX", "", "가"])
    def test_what_is_no_items_id(self, respond, item):
        assert "use lower-case letters" in refused(run("check", item, respond()))

    def test_another_items_response(self, respond, lang):
        said = refused(run("check", "mx-left", respond("mx-cells"), "--lang", lang))
        assert "mx-cells" in said
        assert bool(re.search("[가-힣]", said)) == (lang == "ko")

    @pytest.mark.parametrize(
        "data",
        [b"", b"{", b"null", b"[]", b"\xff\xfe", b"not json", b"[" * 50_000, b'{"schema": 1}'],
        ids=["empty", "cut", "null", "list", "bytes", "words", "deep", "fields missing"],
    )
    def test_what_is_no_response(self, tmp_path, data):
        path = tmp_path / "r.json"
        path.write_bytes(data)
        assert str(path) in refused(run("check", "mx-cells", path, "--lang", "en"))

    def test_not_a_number(self, respond):
        path = respond(value={"cells": {"tech": {"cto": float("nan")}}})
        assert "cannot be read" in refused(run("check", "mx-cells", path, "--lang", "en"))

    @pytest.mark.parametrize("fields", [{"schema": 0}, {"value": []}, {"revision": "1"}])
    def test_a_response_of_another_schema(self, respond, fields):
        path = respond(**fields)
        assert "cannot be read" in refused(run("check", "mx-cells", path, "--lang", "en"))

    def test_one_that_a_newer_release_saved(self, respond):
        path = respond(schema=3)
        assert "newer version" in refused(run("check", "mx-cells", path, "--lang", "en"))

    def test_one_to_the_exercise_as_it_was(self, respond):
        path = respond(schema=2, face="0" * 64, meaning="0" * 64)
        assert "a person must look" in refused(run("check", "mx-cells", path, "--lang", "en"))

    def test_ten_megabytes(self, respond):
        path = respond(value={"cells": {"x" * 10_000_000: {}}})
        assert "too large" in refused(run("check", "mx-cells", path, "--lang", "en"))

    def test_a_folder_or_a_link(self, respond, tmp_path):
        (tmp_path / "link.json").symlink_to(respond())
        for path in (tmp_path, tmp_path / "link.json"):
            assert "not a plain file" in refused(run("check", "mx-cells", path, "--lang", "en"))

    def test_a_file_that_is_not_there(self, tmp_path):
        path = tmp_path / "gone.json"
        assert refused(program("check", "mx-cells", path)) == f"{path}: No such file or directory"

    @needs_solutions
    def test_an_essay_which_a_person_grades(self, tmp_path):
        assert "graded by hand" in refused(run("check", "matrix-essay", tmp_path / "any.json"))

    def test_a_language_that_the_course_is_not_written_in(self, respond):
        assert "'fr'" in refused(run("check", "mx-cells", respond(), "--lang", "fr"))


class TestCheckWithAKey:
    def test_the_key_may_lie_anywhere(self, respond, tmp_path):
        key = Path(shutil.copy(bank_folder() / "mx-left.yaml", tmp_path / "mx-left.yaml"))
        assert run("check", "mx-left", respond("mx-left"), "--key", key).exit_code == 0

    def test_it_must_be_the_items(self, respond):
        key = bank_folder() / "mx-left.yaml"
        assert "'mx-left'" in refused(run("check", "mx-cells", respond(), "--key", key))

    @pytest.mark.parametrize("text", ["", "a: [", "kind: nothing\n", "id: mx-cells\n", "- 1\n"])
    def test_what_is_no_item_is_told_with_the_files_name(self, respond, tmp_path, text):
        key = tmp_path / "mx-cells.yaml"
        key.write_text(text, "utf-8")
        said = refused(run("check", "mx-cells", respond(), "--key", key))
        assert "mx-cells.yaml" in said or "nothing" in said


class TestItems:
    def test_every_bank_item_is_told_for_machines(self):
        done = run("items", "--json")
        told = {entry["id"]: entry for entry in json.loads(done.stdout)}
        assert {path.stem for path in bank_folder().glob("*.yaml")} <= set(told)
        assert told["mx-cells"]["kind"] == "matrix"
        assert told["mx-cells"]["used_in"] == ["04-benefit-matrix"]
        assert not told["mx-cells"]["graded"]
        assert {"benefit.tech", "benefit.support_247", "mx.2"} <= set(told["mx-cells"]["facts"])

    @needs_solutions
    def test_so_is_every_graded_one_with_the_assignment_that_asks_it(self):
        told = {entry["id"]: entry for entry in json.loads(run("items", "--json").stdout)}
        for path in GRADED.glob("*.yaml"):
            assert told[path.stem]["graded"]
        assert told["matrix-essay"]["kind"] == "essay"
        for item in ("people", "week", "two-marks", "both", "folders", "essay"):
            assert told[f"matrix-{item}"]["used_in"] == ["a3-benefit-matrix"]

    def test_the_table_fits_into_eighty_columns_one_line_an_item(self):
        said = program("items", COLUMNS="80").stdout.splitlines()
        assert max(len(line.rstrip()) for line in said) <= 80
        assert len(said) == 1 + len(catalogue())
        [row] = [line for line in said if line.startswith("mx-cells ")]
        assert re.search(r"matrix cells +04 +10 benefits, mx\.2", row)

    def test_many_facts_are_counted(self):
        assert cli._in_short([]) == "-"
        assert cli._in_short(["benefit.tech", "mx.2"]) == "benefit.tech, mx.2"
        assert cli._in_short(["sel.4", "sel.4.2", "ten.9"]) == "sel.4, sel.4.2 + 1"
        assert cli._in_short(["sel.4", "sel.4.2", "ten.9.3", "ten.9.4"]) == "sel.4, sel.4.2 + 2"

    def test_without_solutions_the_bank_is_all_there_is(self, monkeypatch):
        monkeypatch.setattr("b2bcourse.authoring.catalogue.solutions_root", lambda: None)
        assert not any(entry["graded"] for entry in catalogue())


@needs_solutions
class TestCourseNew:
    def test_it_makes_a_folder_in_the_language_asked_for(self, tmp_path, lang):
        done = run("course", "new", tmp_path / "c", "--lang", lang)
        assert done.exit_code == 0
        assert f"{tmp_path / 'c'}" in done.stdout.replace("\n", "")
        assert json.loads((tmp_path / "c/items/course.json").read_bytes())["lang"] == lang
        assert {"items", "source", "nbgrader_config.py", "README.md"} <= {
            path.name for path in (tmp_path / "c").iterdir()
        }

    def test_the_next_step_can_be_pasted_wherever_the_folder_is(self, tmp_path):
        folder = tmp_path / "my [new] course"
        said = run("course", "new", folder, "--lang", "en").stdout
        assert f"cd '{folder}' && nbgrader generate_assignment a3-benefit-matrix" in said

    def test_it_refuses_to_overwrite(self, tmp_path, lang):
        (tmp_path / "grades.csv").write_text("mine", "utf-8")
        said = refused(run("course", "new", tmp_path, "--lang", lang))
        assert str(tmp_path) in said
        assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"]

    def test_it_needs_solutions_and_says_where_they_come_from(self, tmp_path):
        done = run("course", "new", tmp_path / "c", "--lang", "en", "--from", tmp_path)
        assert "--from" in refused(done)
        assert not (tmp_path / "c").exists()


@needs_solutions
class TestBuild:
    @pytest.mark.slow
    def test_the_repository_is_current_and_holds_no_leak(self):
        done = program("build", REPO, "--check", "--no-packages")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @pytest.mark.slow
    def test_so_are_its_wheel_and_its_sdist(self):
        done = program("build", REPO, "--check")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @pytest.mark.slow
    def test_what_drifted_is_named_and_so_is_a_leak_in_a_working_copy(self, checkout, tmp_path):
        [face] = checkout.glob("exercises/en/*/items/matrix-people.json")
        face.write_bytes(face.read_bytes() + b"\n")
        copy = tmp_path / "copy"
        copy.mkdir()
        shutil.copy(GRADED / "matrix-people.yaml", copy)
        done = program("build", checkout, "--check", "--no-packages", "--copy", copy)
        assert done.returncode == 1
        assert "exercises/en/a3-benefit-matrix/items/matrix-people.json: differs" in done.stderr
        assert "matrix-people.yaml: " in done.stderr
        assert re.search(r"b2bcourse: problems: \d+", done.stderr)

    def test_it_builds_what_is_missing_and_nothing_else(self, checkout):
        before = files(checkout / "exercises")
        shutil.rmtree(checkout / "exercises" / "ko")
        assert program("build", checkout).returncode == 0
        assert files(checkout / "exercises") == before

    def test_a_source_that_cannot_be_built_is_told_in_its_own_words(self, checkout):
        (checkout / "solutions/items/matrix-both.yaml").unlink()
        done = program("build", checkout)
        assert done.returncode == 1
        assert "matrix-both" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("words", [[], ["--check"]])
    def test_where_there_are_no_solutions_nothing_is_swept_away(self, tmp_path, words):
        kept = tmp_path / "exercises/ko/a1/a1.ipynb"
        kept.parent.mkdir(parents=True)
        kept.write_text("{}", "utf-8")
        assert "no checkout" in refused(run("build", tmp_path, *words))
        assert kept.read_text("utf-8") == "{}"


@pytest.fixture
def checkout(tmp_path):
    """A copy of the repository's parts, to be spoilt."""
    folder = tmp_path / "checkout"
    for name in ("b2bcourse", "solutions", "exercises", "notebooks"):
        shutil.copytree(REPO / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A demo's folder, and the command that held it."""
    folder = tmp_path_factory.mktemp("demo") / "held"
    return folder, program("demo", folder, "--students", 3, "--seed", 1, "--lang", "en")


@needs_solutions
class TestDemo:
    def test_it_succeeds(self, held):
        assert held[1].returncode == 0, held[1].stderr
        assert held[1].stderr == ""

    def test_it_prints_each_students_points_for_each_item(self, held):
        said = held[1].stdout
        assert said.startswith("a3-benefit-matrix")
        heads = said.splitlines()[1].split()
        assert heads[:6] == ["people", "week", "two-marks", "both", "folders", "essay"]
        rows = re.findall(r"^s\d\d" + r" +(\S+)" * 7, said, re.MULTILINE)
        assert len(rows) == 3
        graded = [row for row in rows if row[0] != "-"]
        for *points, essay, total in graded:
            assert essay == "?"
            given = [float(each) for each in points if each != "?"]  # a broken file waits too
            assert sum(given) == pytest.approx(float(total), abs=0.02)
        assert sum(row.count("?") for row in graded) == len(graded) + 1

    def test_it_prints_the_class_mean_of_every_cell(self, held):
        said = held[1].stdout
        assert "share of the class that marked it, %" in said
        [row] = [line for line in said.splitlines() if line.startswith("Cost saving")]
        shares = re.findall(r"\d+\*?", row)
        assert len(shares) == 8
        assert any(share.endswith("*") for share in shares)

    def test_it_says_where_the_gradebook_and_the_feedback_are(self, held):
        folder, done = held
        [gradebook] = re.findall(r"^Gradebook: (.+)$", done.stdout, re.MULTILINE)
        told = re.search(r"^Feedback: (.+) \((\d+) pages\)$", done.stdout, re.MULTILINE)
        feedback, pages = told.groups()
        assert Path(gradebook).is_file()
        assert Path(gradebook).is_relative_to(folder)
        assert len(list(Path(feedback).rglob("*.html"))) == int(pages) == 2

    def test_it_fits_into_eighty_columns(self, held):
        places = ("Course: ", "Gradebook: ", "Feedback: ")
        for line in held[1].stdout.splitlines():
            assert len(line.rstrip()) <= 80 or line.startswith(places)

    def test_a_step_that_fails_is_named_and_the_status_says_so(self, checkout, tmp_path):
        (checkout / "solutions/items/matrix-both.yaml").unlink()
        done = program("demo", tmp_path / "d", "--lang", "en", cwd=checkout)
        assert done.returncode == 1
        assert "generate_assignment" in done.stderr
        assert "matrix-both" in done.stderr
        assert "Traceback" not in done.stdout + done.stderr

    def test_a_folder_in_use_is_refused(self, tmp_path, lang):
        (tmp_path / "mine.txt").write_text("mine", "utf-8")
        assert str(tmp_path) in refused(run("demo", tmp_path, "--lang", lang))

    def test_fewer_than_three_students_are_no_class(self, tmp_path):
        done = run("demo", tmp_path / "d", "--students", 2)
        assert done.exit_code == 2
        assert not (tmp_path / "d").exists()


class TestStart:
    def test_a_language_that_the_course_is_not_written_in_is_told_in_a_sentence(self, tmp_path):
        said = refused(program("start", tmp_path / "c", "--lang", "fr"))
        assert said == "language 'fr': the course is written in ko, en"
        assert not (tmp_path / "c").exists()

    def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(self, tmp_path):
        (tmp_path / "file").write_text("mine", "utf-8")
        said = refused(program("start", tmp_path / "file", "--lang", "en"))
        assert said.startswith(f"{tmp_path / 'file'}")

    def test_it_opens_jupyterlab_on_the_working_copy_and_ends_with_it(self, started, tmp_path):
        port = free_port()
        start = started("[my] copy", "--lang", "ko", "--port", port)
        url = start.address()
        assert f"http://localhost:{port}/b2bcourse/home/ko?token=" in url
        with urllib.request.urlopen(url, timeout=30) as page:
            assert page.status == 200
        assert (tmp_path / "[my] copy/ko/04-benefit-matrix.ipynb").is_file()
        start.process.send_signal(signal.SIGTERM)
        assert start.process.wait(30) == 0
        assert not listens(port), "JupyterLab outlived the command that started it"
        folder, address, stop, *last = start.said().splitlines()
        assert folder.startswith(f"작업 폴더  {tmp_path}/[my] copy/ko ")
        assert address.split()[1] == url
        assert "Ctrl+C" in stop
        assert last == ["", last[-1]]

    def test_what_it_lays_may_come_alive_and_what_lies_beside_it_may_not(self, course):
        folder, address = course
        server, _, token = address.partition("/b2bcourse/home/en?")
        lesson = folder / "04-benefit-matrix.ipynb"
        lesson.with_name("mine.ipynb").write_bytes(lesson.read_bytes())

        def runs(name):
            url = f"{server}/b2bcourse/lesson?path={name}&{token}"
            with urllib.request.urlopen(url, timeout=30) as page:
                return json.load(page)["runs"]

        assert runs("en/04-benefit-matrix.ipynb")
        assert not runs("en/mine.ipynb")

    def test_nothing_of_nbgrader_is_loaded_for_a_learner(self, course):
        log = (course[0] / ".jupyterlab.log").read_text("utf-8")
        assert "jupyterlab | extension was successfully loaded" in log
        assert "nbgrader.server_extensions" not in log
        assert not re.search(r"^\[[EW] ", log, re.MULTILINE), log

    def test_a_port_that_is_taken_leaves_another_and_the_address_says_which(self, course, taken):
        _, url = course
        assert f":{taken}/" not in url
        urllib.request.urlopen(url, timeout=30).close()

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other terminals")
    def test_ctrl_c_in_a_terminal_ends_it_at_once_and_asks_nothing(self, started):
        start = started("copy", "--lang", "en", terminal=True)
        start.address()
        os.write(start.keys, b"\x03")
        assert start.process.wait(30) == 0
        said = start.said()
        assert "y/[n]" not in said
        assert "Traceback" not in said
        assert said.rstrip().endswith("opens it again where you left off.")

    @pytest.mark.parametrize(
        ("lang", "sentence"),
        [
            ("ko", "시작하지 못했습니다"),
            pytest.param("en", "did not start", marks=pytest.mark.slow),
        ],
    )
    def test_a_jupyterlab_that_does_not_start_is_told_in_a_sentence_with_the_end_of_its_log(
        self, tmp_path, lang, sentence
    ):
        settings = tmp_path / "config"
        settings.mkdir()
        config = {"ServerApp": {"ip": "no.such.host.invalid"}}
        (settings / "jupyter_server_config.json").write_text(json.dumps(config), "utf-8")
        done = program(
            *("start", tmp_path / "c", "--lang", lang, "--no-browser"),
            HOME=str(tmp_path),
            JUPYTER_CONFIG_DIR=str(settings),
        )
        assert done.returncode == 1
        first, *log = done.stderr.splitlines()
        assert first.startswith("b2bcourse: JupyterLab")
        assert sentence in first
        assert any("Name or service not known" in line or "gaierror" in line for line in log)
        assert len(done.stdout.splitlines()) == 1

    def test_an_assignment_that_has_a_new_name_is_told_with_both(self, tmp_path, lang, capsys):
        done = Refreshed(tmp_path, moved=[("assignments/a2-old", "assignments/a3-new")])
        cli._tell_refresh(done, lang)
        told = capsys.readouterr().out
        assert "assignments/a2-old" in told
        assert "assignments/a3-new" in told

    def test_what_was_put_beside_a_changed_file_is_told(self, tmp_path, lang, capsys):
        done = Refreshed(tmp_path, ["a"], ["b", "c"], [("x [1].ipynb", "x [1].new.ipynb")])
        cli._tell_refresh(done, lang)
        said = capsys.readouterr().out.splitlines()
        assert "1" in said[0]
        assert "2" in said[0]
        assert "x [1].ipynb" in said[1]
        assert "x [1].new.ipynb" in said[1]

    def test_where_nothing_is_new_nothing_is_said(self, tmp_path, lang, capsys):
        cli._tell_refresh(Refreshed(tmp_path), lang)
        assert capsys.readouterr().out == ""

    def test_a_copy_just_made_is_no_news_and_a_changed_course_is(self, tmp_path, monkeypatch):
        monkeypatch.setattr(lab, "open_lab", lambda *_, **__: None)
        first = run("start", tmp_path / "c", "--lang", "en")
        again = run("start", tmp_path / "c", "--lang", "en")
        (tmp_path / "c/en/00-start.ipynb").unlink()
        mended = run("start", tmp_path / "c", "--lang", "en")
        assert (first.exit_code, first.output, again.output) == (0, "", "")
        assert "updated: 1" in mended.output


class Start:
    """`b2bcourse start` as a program of its own, with all that it says."""

    def __init__(self, process, log, keys=None):
        self.process, self.log, self.keys = process, log, keys

    def said(self):
        if self.keys is not None:
            with contextlib.suppress(OSError):  # the terminal's other end is shut
                while select.select([self.keys], [], [], 0)[0]:
                    with self.log.open("ab") as log:
                        log.write(os.read(self.keys, 4096))
        return self.log.read_text("utf-8")

    def address(self, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            if "Ctrl+C" in self.said():
                return re.search(r"http://\S+", self.said())[0]
            time.sleep(0.1)
        raise AssertionError(self.said())


@pytest.fixture
def started(tmp_path):
    """Starts the course in an own home; in a terminal, if asked, whose keys a test can press."""
    with starting(tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def taken():
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture(scope="module")
def course(tmp_path_factory, taken):
    """One that runs, asked for on a port that is taken: its folder and its address."""
    home = tmp_path_factory.mktemp("home")
    with starting(home) as start:
        yield home / "copy" / "en", start("copy", "--lang", "en", "--port", taken).address()


@contextlib.contextmanager
def starting(tmp_path):
    """What starts the course in this home, and at the end all that was started."""
    begun = []

    def start(folder, *words, terminal=False):
        command = [sys.executable, "-m", "b2bcourse", "start", str(tmp_path / folder)]
        command += [*map(str, words), "--no-browser"]
        environment = {**os.environ, "HOME": str(tmp_path), "COLUMNS": "200"}
        environment["JUPYTER_RUNTIME_DIR"] = str(tmp_path / "runtime")
        log = tmp_path / "said"
        log.touch()
        if terminal:
            keys, screen = os.openpty()
            # A shell in whose background the tests run has Ctrl-C ignored; a terminal has not.
            own = (
                "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
                " signal.signal(signal.SIGINT, signal.SIG_DFL)"
            )
            command = [
                sys.executable,
                "-c",
                f"{own}; os.execv(sys.argv[1], sys.argv[1:])",
                *command,
            ]
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=screen,
                stdout=screen,
                stderr=screen,
                start_new_session=True,
            )
            os.close(screen)
            begun.append(Start(process, log, keys))
        else:
            with log.open("wb") as file:
                process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)
            begun.append(Start(process, log))
        return begun[-1]

    yield start
    for each in begun:
        each.process.terminate()
        each.process.wait(30)
        if each.keys is not None:
            os.close(each.keys)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class TestProgress:
    def test_it_is_quiet_where_nobody_looks(self, tmp_path):
        with (tmp_path / "log").open("w") as file, bar(Console(file=file)) as report:
            report("step", 1, 2)
        assert (tmp_path / "log").read_text() == ""

    def test_on_a_terminal_it_tells_each_step_and_how_much_is_done(self, tmp_path):
        with (tmp_path / "log").open("w") as file:
            console = Console(file=file, force_terminal=True, width=80, no_color=True)
            with bar(console) as report:
                report("fetch", 0, 3)
                report("fetch", 3, 3)
                report("submit", 1, 4)
        said = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", (tmp_path / "log").read_text())
        assert re.search(r"fetch .*3/3", said)
        assert re.search(r"submit .*1/4", said)
