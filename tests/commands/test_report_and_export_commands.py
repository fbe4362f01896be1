"""`b2bcourse report` and `b2bcourse export`: what they write, say and refuse."""

import csv
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))
sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

import tiny
from classes import made_class, utc

from b2bcourse.commands import cli

WHEN = utc(2026, 11, 27, 14, 0)


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory):
    """Three who handed in and are graded, of one the essay waits; one who did not."""
    held = made_class(tmp_path_factory.mktemp("class"), "en")
    for student, essay in (("kim", 6.0), ("lee", 4.0), ("choi", None)):
        held.enrol(student, first_name=student.title(), email=f"{student}@uni.kr")
        held.collect(student, {item: held.model(item) for item in (tiny.CELLS, tiny.BOTH)})
        held.grade(student, {tiny.CELLS: 10.0, tiny.BOTH: 3.5}, WHEN, essay=essay)
    held.enrol("park", first_name="Park")
    return held


@pytest.fixture
def graded(tmp_path, graded_once, monkeypatch):
    made = graded_once.copied(tmp_path / "course [1] 가")
    monkeypatch.chdir(tmp_path)
    return made


def run(graded, *words):
    return CliRunner().invoke(cli.app, [*words, "--course", str(graded.root)])


def refused(done):
    assert done.exit_code == 1
    assert done.stderr.startswith("b2bcourse: ")
    assert "Traceback" not in done.output
    return done.stderr


def test_a_report_is_written_and_says_what_is_in_it(graded, tmp_path):
    done = run(graded, "report", tiny.ASSIGNMENT)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Report: report.html" in done.stdout
    assert "Do not send it to students" in done.stdout
    html = (tmp_path / "report.html").read_text("utf-8")
    assert "3 / 4" in html
    assert "essays: next is Choi" in html


def test_the_numbers_come_as_a_table_too(graded, tmp_path):
    assert run(graded, "report", tiny.ASSIGNMENT, "--csv", "numbers.csv").exit_code == 0
    data = (tmp_path / "numbers.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert {"Kim", "Lee", "Choi"} <= {row["name"] for row in rows if row["part"] == "student"}


def test_under_pseudonyms_nobody_is_named_and_twice_alike(graded, tmp_path):
    pages = []
    for _ in range(2):
        assert run(graded, "report", tiny.ASSIGNMENT, "--pseudonyms").exit_code == 0
        html = (tmp_path / "report.html").read_text("utf-8")
        assert not [name for name in ("Kim", "kim", "Lee", "Choi", "uni.kr") if name in html]
        pages.append(html.partition("<header>")[2].partition("</header>")[2])
    assert pages[0] == pages[1]


def test_what_there_is_not_is_refused_in_a_sentence(graded, tmp_path):
    assert "nothing" in refused(run(graded, "report", "nothing"))
    assert not (tmp_path / "report.html").exists()
    no_course = CliRunner().invoke(cli.app, ["report", "x", "--course", str(tmp_path / "none")])
    assert "none" in refused(no_course)
    assert "no/such.html" in refused(
        run(graded, "report", tiny.ASSIGNMENT, "--out", "no/such.html")
    )


def test_points_go_into_canvas_own_export(graded, tmp_path):
    (tmp_path / "canvas.csv").write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,tiny (77)\n"
        "    Points Possible,,,,,24\n"
        '"Kim, K.",1,,kim@uni.kr,S,\n"Choi, C.",2,choi,,S,3\n'
    )
    words = ("--format", "canvas", "--into", "canvas.csv", "--out", "out.csv")
    done = run(graded, "export", tiny.ASSIGNMENT, *words)
    assert done.exit_code == 0, done.stderr
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8").splitlines()))
    assert rows[2] == ["Kim, K.", "1", "", "kim@uni.kr", "S", "19.50"]
    assert rows[3][-1] == "3"
    assert "Choi" in done.stdout  # waits for a person
    assert "Park" in done.stdout  # handed nothing in
    assert "Not in the file from the LMS: 2" in done.stdout


def test_points_go_to_moodle_by_email_with_a_mark_for_excel(graded, tmp_path):
    done = run(graded, "export", tiny.ASSIGNMENT, "--format", "moodle", "--by", "email", "--bom")
    assert done.exit_code == 0, done.stderr
    data = (tmp_path / "tiny-moodle.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert {row[0]: row[-1] for row in rows[1:]} == {
        "kim@uni.kr": "19.50",
        "lee@uni.kr": "17.50",
        "choi@uni.kr": "-",
    }


def test_the_plain_table_is_the_default(graded, tmp_path):
    assert run(graded, "export", tiny.ASSIGNMENT).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "tiny-csv.csv").read_text("utf-8").splitlines()))
    assert {row["student"]: row["total (24.00)"] for row in rows} == {
        "kim": "19.50",
        "lee": "17.50",
        "choi": "",
        "park": "",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--into", "x.csv"), "--format canvas"),
        (("--title", "T"), "LMS"),
        (("--format", "canvas", "--by", "email"), "Moodle"),
        (("--format", "canvas", "--into", "none.csv"), "none.csv"),
        (("--out", "no/such.csv"), "no/such.csv"),
    ],
)
def test_wishes_that_do_not_go_together_are_refused(graded, words, said):
    assert said in refused(run(graded, "export", tiny.ASSIGNMENT, *words))
