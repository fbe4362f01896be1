"""The instructor's page, held to its word: every command there exists, and those in order work.

``sh`` blocks of the page are run as they stand, one after the other, in a shell of its own. What
other people do meanwhile is said by comments, ``<!-- here: ... -->``, and done here.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
import typer
from nbgrader.apps.nbgraderapp import NbGraderApp

import b2bcourse
from b2bcourse.commands import cli

REPO = Path(b2bcourse.__file__).parents[1]
PAGES = {"en": "instructors.md", "ko": "instructors-ko.md"}
ASSIGNMENT = "a3-benefit-matrix"
EXCHANGE = "/srv/nbgrader/exchange"
_PART = re.compile(r"^```(\w*)\n(.*?)^```$|^<!-- here: (.+?) -->$", re.MULTILINE | re.DOTALL)


def text(lang):
    return (REPO / "docs" / PAGES[lang]).read_text("utf-8")


def parts(lang):
    """What stands between the prose: ``("sh" | "" | "here", text)``."""
    for language, code, here in _PART.findall(text(lang)):
        yield ("here", here) if here else (language, code)


def commands(lang):
    """Every command of the page's blocks, as words."""
    for what, code in parts(lang):
        if what != "here":
            lines = (shlex.split(line, comments=True) for line in code.splitlines())
            yield from (line for line in lines if line and line[0] in {"b2bcourse", "nbgrader"})


def parsed(words):
    """A command of the kit as its own parser reads it; a wrong name or option is an error."""
    command = typer.main.get_command(cli.app)
    context = command.make_context("b2bcourse", list(words), resilient_parsing=False)
    while hasattr(command, "commands"):
        name, command, rest = command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        context = command.make_context(name, rest, parent=context)
    return context


@pytest.mark.parametrize("lang", PAGES)
class TestWhatThePageSays:
    def test_every_command_of_the_kit_is_one(self, lang):
        ours = [words[1:] for words in commands(lang) if words[0] == "b2bcourse"]
        assert len(ours) > 20
        for words in ours:
            parsed(words)

    def test_every_command_of_nbgraders_is_one_with_its_flags(self, lang):
        theirs = [words[1:] for words in commands(lang) if words[0] == "nbgrader"]
        assert len(theirs) > 5
        for name, *rest in theirs:
            app = NbGraderApp.subcommands[name][0]
            flags = {word.lstrip("-") for word in rest if word.startswith("-")}
            assert flags <= set(app().flags), name

    def test_every_command_around_grading_is_told_of(self, lang):
        everything = " ".join(text(lang).split())
        app = typer.main.get_command(cli.app)
        wanted = [
            f"b2bcourse {name}" for name in ("grade", "essays", "feedback", "report", "export")
        ]
        wanted += [f"b2bcourse {name}" for name in ("troubles", "seen")]
        for group in ("course", "person"):
            wanted += [f"b2bcourse {group} {name}" for name in app.commands[group].commands]
        assert [name for name in wanted if name not in everything] == []

    @pytest.mark.parametrize("name", ["minji.zip", "minji", "minji_1.b2b.zip"])
    def test_the_pattern_for_moodle_finds_the_id_that_a_student_gave_her_file(self, lang, name):
        [pattern] = re.findall(r'named_regexp =\s+r"([^"]+)"', text(lang))
        found = re.match(pattern, f"Kim Na-rae_1187_assignsubmission_file_{name}")
        assert found["student_id"] == "minji"

    def test_a_link_within_the_page_leads_to_a_heading(self, lang):
        heads = re.findall(r"^#+ (.+)$", text(lang), re.MULTILINE)
        there = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
        wanted = set(re.findall(r"\]\(#([^)]+)\)", text(lang)))
        assert wanted
        assert wanted <= there

    def test_a_link_to_another_file_leads_to_one(self, lang):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(lang)):
            assert (REPO / "docs" / link).is_file(), link


def test_both_languages_have_the_same_commands_in_the_same_order():
    korean, english = (
        [" ".join(words).replace(f"--lang {lang}", "--lang") for words in commands(lang)]
        for lang in ("ko", "en")
    )
    assert [line.replace("주소", "ADDRESS") for line in korean] == english
    heres = ([here for what, here in parts(lang) if what == "here"] for lang in ("ko", "en"))
    assert len({tuple(each) for each in heres}) == 1


def test_a_wrong_command_would_be_found():
    for words in (["grade"], ["grade", "a", "--fast"], ["courses", "new"], ["course", "neu"]):
        with pytest.raises(Exception, match=r"(?i)missing|no such"):
            parsed(words)


class Instructor:
    """A person before a shell, with a home of her own and three students."""

    def __init__(self, home, lang):
        self.home, self.lang = home, lang
        self.exchange = home / "exchange"
        self.where = home
        self.course = home / "marketing"
        (home / "class.csv").write_bytes(
            "\ufeffid,성,이름,lms_user_id\nminji,김,민지,\njun,이,준,\nsora,박,소라,4711\n".encode()
        )

    def environment(self, **more):
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("B2BCOURSE_", "JUPYTER"))}
        bin_folder = str(Path(sys.executable).parent)
        return {
            **keep,
            "HOME": str(self.home),
            "PATH": os.pathsep.join([str(self.home / "bin"), bin_folder, os.environ["PATH"]]),
            "PYTHONPATH": str(REPO),
            "JUPYTER_CONFIG_DIR": str(self.home / ".jupyter"),
            "JUPYTER_DATA_DIR": str(self.home / "data"),
            **more,
        }

    def types(self, code):
        """A block of the page, as it stands but for the place of the exchange."""
        code = code.replace(EXCHANGE, str(self.exchange))
        script = f"set -euo pipefail\ncd {shlex.quote(str(self.where))}\n{code}\npwd > ~/.where"
        done = subprocess.run(
            ["bash", "-c", script],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr, code
        self.where = Path((self.home / ".where").read_text("utf-8").strip())
        return done.stdout

    # What others do meanwhile; the names are the page's.

    def students_hand_in(self):
        for student in ("minji", "jun"):
            folder = self.home / "students" / student
            folder.mkdir(parents=True)
            self.as_student(student, "nbgrader", "fetch_assignment", ASSIGNMENT)
            self.answer(folder / ASSIGNMENT, student)
            self.as_student(student, "nbgrader", "submit", ASSIGNMENT, f"--student={student}")

    def somebody_hands_in_again(self):
        folder = self.home / "students" / "jun" / ASSIGNMENT
        for path in (folder / "responses").glob("*.json"):
            path.unlink()
        self.answer(folder, "sora")
        self.as_student("jun", "nbgrader", "submit", ASSIGNMENT, "--student=jun")

    def an_archive_of_the_LMS_lies_there(self):  # noqa: N802 - the page's words
        folder = self.home / "students" / "sora" / ASSIGNMENT
        shutil.copytree(self.course / "release" / ASSIGNMENT, folder)
        self.answer(folder, "sora")
        name = f"parksora_4711_90210_{ASSIGNMENT}.zip"
        with zipfile.ZipFile(
            self.course / "downloaded" / ASSIGNMENT / "archive" / name, "w"
        ) as all_:
            for path in folder.rglob("*"):
                all_.write(path, path.relative_to(folder.parent))

    def the_essays_are_graded(self):
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.course / 'gradebook.db'}") as gradebook:
            for submission in gradebook.find_assignment(ASSIGNMENT).submissions:
                for grade in submission.notebooks[0].grades:
                    if grade.needs_manual_grade:
                        grade.manual_score, grade.needs_manual_grade = 7.0, False
            gradebook.db.commit()

    def as_student(self, student, *words):
        """What a student types, with the settings that the instructor has handed out."""
        own = self.home / "students" / student
        subprocess.run(
            [sys.executable, "-m", *words],
            cwd=own,
            env=self.environment(
                JUPYTER_CONFIG_DIR=str(self.course / "for-students"),
                JUPYTER_DATA_DIR=str(own / ".data"),
            ),
            capture_output=True,
            check=True,
        )

    def answer(self, folder, student):
        """Answers as one of the demo's simulated students gives them."""
        from b2bcourse.context import read_index, released_face
        from b2bcourse.grading.keys import Keys
        from b2bcourse.grading.students import classroom
        from b2bcourse.responses import Store

        someone = classroom(5, len(student))[2]
        keys = Keys(self.course / "items")
        index = read_index(folder)
        for item in index.items:
            face = released_face(folder, index, item)
            written = {"text": someone.essay(self.lang)}
            by_hand = keys.is_by_hand(item)
            Store(folder, face).save(written if by_hand else someone.answer(keys.question(item)))

    def does(self, here):
        getattr(self, here.replace(" ", "_"))()


@pytest.fixture
def home():
    """A home that other users of the machine could reach, as an exchange must lie in one."""
    folder = Path(tempfile.mkdtemp(prefix="b2bcourse-page-"))
    folder.chmod(0o755)
    (folder / "bin").mkdir()
    (folder / "bin" / "b2bcourse").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m b2bcourse "$@"\n', "utf-8"
    )
    (folder / "bin" / "b2bcourse").chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not run on Windows")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("lang", PAGES)
def test_who_does_what_the_page_says_gets_from_nothing_to_grades(home, lang):
    she = Instructor(home, lang)
    told = []
    for what, code in parts(lang):
        if what == "here":
            she.does(code)
        elif what == "sh":
            told.append(she.types(code))
    course = she.course
    for student in ("minji", "jun", "sora"):
        assert list((course / "autograded" / student).rglob("*.ipynb")), student
    assert list((course / "feedback" / "minji").rglob("*.html"))
    assert list((home / "exchange" / "marketing" / "feedback").glob("*.html"))
    assert (course / "report.html").is_file()
    [table] = course.glob(f"{ASSIGNMENT}-csv.csv")
    assert "minji" in table.read_text("utf-8")
    with zipfile.ZipFile(course / "minji.zip") as archive:
        grades = json.loads(archive.read("gradebook.json"))["grade"]
    assert sum(grade["manual_score"] == 7.0 for grade in grades) == 1
    assert "2026-12-09 18:00 KST" in "".join(told)
