"""The author's commands: what they say, their exit status, and never a traceback."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from b2bcourse.authoring.writing import kinds
from b2bcourse.commands import cli
from b2bcourse.learner import lab


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A command as its program runs it, in a course folder: status, what it said, what it regrets."""
    (tmp_path / "items").mkdir()
    (tmp_path / "items/course.json").write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")
    monkeypatch.chdir(tmp_path)

    def go(*words):
        monkeypatch.setattr("sys.argv", ["b2bcourse", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return ended.value.code or 0, said.out, said.err

    return go


@pytest.mark.parametrize("kind", kinds())
def test_from_a_new_item_to_an_assignment(run, tmp_path, kind):
    assert run("item", "new", kind, "mine") == (0, "items/mine.yaml\n", "")
    status, said, _ = run("item", "check", "items/mine.yaml")
    assert (status, said) == (0, "items checked: 1, warnings: 0\n")
    status, said, _ = run("assignment", "new", "hw", "mine", "--points", "30")
    assert (status, said) == (0, "source/hw/hw.ipynb\n")
    assert "모든 셀 실행" in (tmp_path / "source/hw/hw.ipynb").read_text("utf-8")


def test_a_case_is_made_from_a_seed(run):
    pytest.importorskip("scipy")
    words = ("item", "new", "allocation", "mine", "--seed", "2", "--shape", "visits")
    assert run(*words) == (0, "items/mine.yaml\n", "")
    assert run("item", "check", "items/mine.yaml")[1] == "items checked: 1, warnings: 0\n"


def test_a_check_tells_file_line_and_field_and_fails(run, tmp_path):
    run("item", "new", "matrix", "mine")
    path = tmp_path / "items/mine.yaml"
    path.write_text(path.read_text("utf-8").replace("marks: 1", "marks: one"), "utf-8")
    status, said, regret = run("item", "check", "items/mine.yaml", "items/gone.yaml")
    assert status == 1
    first, second = said.splitlines()
    assert first.startswith("items/mine.yaml:")
    assert "error: marks: this is a text; here goes a whole number" in first
    assert second == "items/gone.yaml:1: error: cannot be read: No such file or directory"
    assert "of 2 checked, 2 cannot be used" in regret


def test_the_document_shows_what_the_check_says(run, tmp_path):
    run("item", "new", "matrix", "hospital-ecg")
    path = tmp_path / "items/hospital-ecg.yaml"
    path.write_text(path.read_text("utf-8").replace("column: nurse", "column: nurze", 1), "utf-8")
    status, said, _ = run("item", "check", "items/hospital-ecg.yaml")
    assert status == 1
    document = Path(__file__).parents[2] / "docs/authoring.md"
    assert said.strip() in document.read_text("utf-8")


KOREAN = Path(__file__).parents[2] / "docs/authoring-ko.md"


def test_the_korean_guides_own_item_has_no_faults(run, tmp_path):
    written = KOREAN.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "items/school-kitchen.yaml").write_text(written, "utf-8")
    status, said, _ = run("item", "check", "items/school-kitchen.yaml")
    assert (status, said) == (0, "items checked: 1, warnings: 0\n")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ko: 심전도기를 사는 병원", "ko: 급식실, 세척기를 바꾸다"),
        ("column: nurse", "column: nurze"),
        ("The director watches the hospital as a whole.", "병원장은 병원 전체의 살림을 봅니다."),
    ],
)
def test_the_korean_guide_shows_what_the_check_says(run, tmp_path, right, wrong):
    run("item", "new", "matrix", "school-kitchen")
    path = tmp_path / "items/school-kitchen.yaml"
    path.write_text(path.read_text("utf-8").replace(right, wrong), "utf-8")
    _, said, _ = run("item", "check", "items/school-kitchen.yaml")
    assert said.splitlines()[0] in KOREAN.read_text("utf-8")


def test_a_doubt_does_not_fail(run, tmp_path):
    run("item", "new", "matrix", "mine")
    path = tmp_path / "items/mine.yaml"
    path.write_text(path.read_text("utf-8").replace("source: background", ""), "utf-8")
    status, said, _ = run("item", "check", "items/mine.yaml")
    assert status == 0
    assert "warning: source: no source" in said
    assert "warnings: 1" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["item", "new", "riddle", "x"], "there are: allocation"),
        (["item", "new", "matrix", "My Item"], "lower-case letters"),
        (["item", "new", "matrix", "x", "--seed", "3"], "not of matrix"),
        (["item", "new", "allocation", "x", "--seed", "3", "--shape", "cube"], "portfolio, visits"),
        (["item", "preview", "items/gone.yaml"], "items/gone.yaml:1: error: cannot be read"),
        (["assignment", "new", "hw", "gone"], "items/gone.yaml:1: error: cannot be read"),
        (["assignment", "new", "hw", "gone", "--points", "a,b"], "write numbers with commas"),
        (["assignment", "new", "hw", "gone", "--lang", "fr"], "'fr'"),
        (["assignment", "new", "hw", "x", "--course", "nowhere"], "is this a course folder?"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(run, words, told):
    status, said, regret = run(*words)
    assert (status, said) == (1, "")
    assert regret.startswith("b2bcourse: ")
    assert told in regret
    assert regret.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["item", "preview", "items/mine.yaml"], ["assignment", "new", "hw", "mine"]]
)
def test_a_broken_item_is_refused_in_the_words_of_a_check(run, tmp_path, words):
    run("item", "new", "matrix", "mine")
    path = tmp_path / "items/mine.yaml"
    path.write_text(path.read_text("utf-8").replace("marks: 1", "marks: one"), "utf-8")
    _, checked, _ = run("item", "check", "items/mine.yaml")
    status, said, regret = run(*words)
    assert (status, said) == (1, "")
    assert regret == f"b2bcourse: {checked}"
    assert not (tmp_path / "source").exists()


def test_a_new_item_over_an_old_one_is_refused(run):
    run("item", "new", "matrix", "mine")
    status, _, regret = run("item", "new", "matrix", "mine")
    assert status == 1
    assert "nothing was overwritten" in regret


def test_a_preview_is_opened_in_its_language_and_swept_away(run, monkeypatch):
    opened = []

    def open_lab(folder, lang, *, port, browser, preview, tell):
        opened.append((folder, lang, port, browser, (folder / "00-preview.ipynb").is_file()))
        assert preview

    monkeypatch.setattr(lab, "open_lab", open_lab)
    run("item", "new", "matrix", "mine")
    status, _, _ = run(
        "item", "preview", "items/mine.yaml", "--lang", "ko", "--port", 9999, "--no-browser"
    )
    assert status == 0
    [(folder, *rest)] = opened
    assert rest == ["ko", 9999, False, True]
    assert not folder.exists()


@pytest.mark.parametrize(
    "words", [["item"], ["item", "check"], ["assignment", "new"], ["guess", "x"]]
)
def test_a_command_that_lacks_words_says_which(words):
    done = CliRunner().invoke(cli.app, words)
    assert done.exit_code == 2
    assert "Usage:" in done.output
