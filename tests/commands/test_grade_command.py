"""`b2bcourse grade`: its tables, its exit status, and what it says where something is wrong."""

import datetime as dt
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from b2bcourse.commands import cli
from b2bcourse.commands import grade as command
from b2bcourse.commands.run_table import WIDTH, console, tell
from b2bcourse.facts import LANGS, Text
from b2bcourse.grading.bulk.run import Run
from b2bcourse.grading.bulk.work import Saved
from b2bcourse.grading.moved import Move
from b2bcourse.grading.records import Cell, full_name
from b2bcourse.grading.troubles import Trouble

CELLS = (
    Cell("people", "a2", 25.0, by_hand=False),
    Cell("folders", "a2", 50.0, by_hand=False),
    Cell("essay", "a2", 25.0, by_hand=True),
)
OLD = "columns: [{id: yang, counts_as: [cfo]}]"
NEW = "columns: [{id: yang, counts_as: [cfo, coo]}]"
NOW = dt.datetime(2026, 11, 30, 8, 52, tzinfo=dt.UTC)


def a_run(lang="ko", **changes):
    """What a class's run has to tell; nothing unusual in it."""
    course = SimpleNamespace(
        lang=lang, directory=SimpleNamespace(db_url="sqlite:////x/gradebook.db"), root=None
    )
    run = Run(course, SimpleNamespace(name="a2"), dry=False, cells=CELLS, graded=28, seconds=0.62)
    run.names = {f"u{number}": f"학생{number}" for number in range(40)} | {"u1": "김나래"}
    return replace(run, **changes)


def moved(student, item="people", before=10.42, after=11.25, why="key"):
    move = Move(student, item, before, after, NOW, why)
    return Saved(student, (move,), before + 25, after + 25, {})


def told(run, *, force=False):
    out = console()
    with out.capture() as printed:
        tell(out, command._Told(run, force=force).parts())
    return printed.get()


def trouble(student, **changes):
    say = Text("새 칸에 글 188어절", "188 words in a new cell")
    made = Trouble(student=student, what="unmatched", found=say, done=say, todo=say)
    return __import__("msgspec").structs.replace(made, **changes), None


@pytest.mark.parametrize("lang", LANGS)
class TestTables:
    def test_no_line_is_wider_than_a_hundred_columns_or_ends_in_blanks(self, lang):
        run = a_run(
            lang,
            absent=[f"u{number}" for number in range(30, 40)],
            saved=[moved(f"u{number}") for number in range(20)],
            troubles=[trouble(f"u{number}") for number in range(20)],
            waiting=[(f"u{number}", "essay") for number in range(28)] + [("u3", "people")],
            corrected={"people": (OLD, NEW)},
        )
        for line in told(run).splitlines():
            assert cell_len(line) <= WIDTH
            assert line == line.rstrip()

    def test_rules_are_ascii(self, lang):
        assert not set(told(a_run(lang))) & set("─━═·×│")

    def test_an_empty_group_is_one_line(self, lang):
        groups = re.split(r"^-{100}$", told(a_run(lang)), flags=re.MULTILINE)
        assert [len(group.strip().splitlines()) for group in groups[1:5]] == [1, 1, 1, 1]

    def test_over_twelve_who_moved_the_largest_are_shown_and_the_others_counted(self, lang):
        saved = [moved(f"u{number}", after=10.42 + number / 10) for number in range(1, 31)]
        said = told(a_run(lang, saved=saved))
        assert ("그 밖에 18명" if lang == "ko" else "and 18 more") in said
        assert "13.42" in said
        assert "10.52" not in said


class TestMoved:
    def test_before_and_now_of_item_and_sum_stand_beside_the_name(self):
        said = told(a_run(saved=[moved("u1")], corrected={"people": (OLD, NEW)}))
        assert re.search(r"김나래 +10\.42 +11\.25 +35\.42 +36\.25", said)
        assert "1번 기준 수정: columns[yang].counts_as. 내려간 사람 없음" in said
        assert "/ 75" in said

    def test_who_fell_is_counted(self):
        assert "Fell: 1" in told(a_run("en", saved=[moved("u2", before=9, after=8), moved("u3")]))

    def test_several_items_have_a_line_each_with_its_reason(self):
        both = moved("u1").moves + moved("u1", item="folders", why="answer").moves
        said = told(a_run("en", saved=[Saved("u1", both, 30, 40, {})]))
        assert "key corrected" in said
        assert "answered again" in said

    def test_without_a_record_it_says_that_the_cause_is_not_known(self):
        assert "left no record" in told(a_run("en", saved=[moved("u1", why="unknown")]))


class TestWaiting:
    def test_new_essays_are_told_from_old_ones(self):
        run = a_run(
            "en",
            waiting=[("u1", "essay"), ("u2", "essay"), ("u3", "people")],
            saved=[Saved("u1", (), 0, 0, {"essay": True})],
        )
        said = told(run)
        assert "Essays: 2  new: 1; 26 graded, left as they are" in said
        assert "Answers: 1  학생3, exercise 1" in said


class TestNext:
    def test_essays_troubles_feedback_and_report_are_the_next_commands(self):
        run = a_run("en", waiting=[("u1", "essay")], troubles=[trouble("u1")])
        commands = re.findall(r"b2bcourse (\w+) a2", told(run).rpartition("Next")[2])
        assert commands == ["troubles", "essays", "feedback", "report"]

    def test_a_dry_run_ends_with_the_command_that_does_it(self):
        said = told(a_run("en", dry=True), force=True).rpartition("Next")[2]
        assert "b2bcourse grade a2 --force" in said

    def test_a_corrected_key_of_which_nobody_was_graded_again_asks_for_force(self):
        run = a_run("en", graded=0, stood=28, corrected={"people": (OLD, NEW)})
        assert "b2bcourse grade a2 --force" in told(run)


class TestStatus:
    def test_no_course_folder_is_one_line_and_status_1(self, tmp_path):
        done = CliRunner().invoke(cli.app, ["grade", "a2", "--course", str(tmp_path)])
        assert done.exit_code == 1
        assert done.stderr.count("b2bcourse:") == 1
        assert "Traceback" not in done.output

    def test_trouble_of_the_instructors_comes_first_and_the_status_is_1(self, monkeypatch):
        why = Text("items/people.yaml: columns[0]", "items/people.yaml: columns[0]: no 'cffo'")
        run = a_run("en", faults={"people": why})

        def graded(_course, _assignment, *, on_ready, **_options):
            on_ready(run)
            return run

        monkeypatch.setattr("b2bcourse.grading.bulk.run.grade", graded)
        done = CliRunner().invoke(cli.app, ["grade", "a2"])
        assert done.exit_code == 1
        assert "cffo" in done.stderr.splitlines()[0]
        assert "Exit status 1" in done.output


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("나래", "김", "김나래"),
        ("Na-rae", "Kim", "Na-rae Kim"),
        ("나래", None, "나래"),
        (None, None, ""),
        ("Ana", "김", "Ana 김"),
    ],
)
def test_a_name_is_written_as_it_is_at_home(first, last, name):
    assert full_name(first, last) == name
