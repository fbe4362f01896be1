"""The author's commands: what they say, their exit status, and never a traceback."""

import json
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from b2bcourse.authoring.writing import kinds, language_of_new
from b2bcourse.commands import cli
from b2bcourse.context import bank_folder
from b2bcourse.items import load_item
from b2bcourse.learner import lab


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A command as its program runs it, in a course folder: status, what it said, what it regrets."""
    (tmp_path / "items").mkdir()
    (tmp_path / "items/course.json").write_text(json.dumps({"schema": 1, "lang": "en"}), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("B2BCOURSE_LANG", "en")

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
    assert "Run All Cells" in (tmp_path / "source/hw/hw.ipynb").read_text("utf-8")


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


DOCS = Path(__file__).parents[2] / "docs"
KOREAN = DOCS / "authoring-ko.md"


@pytest.fixture
def korean(run, tmp_path):
    """The course is in Korean."""
    (tmp_path / "items/course.json").write_text(json.dumps({"schema": 1, "lang": "ko"}), "utf-8")


def spoil(run, path):
    """Two faults in one file, and what the check says of them."""
    run("item", "new", "matrix", path.stem)
    text = path.read_text("utf-8").replace("column: nurse", "column: nurze", 1)
    for name in ("name: Director", "name: 병원장"):
        text = text.replace(name, name.replace("name", "nam"), 1)
    path.write_text(text, "utf-8")
    status, said, _ = run("item", "check", f"items/{path.name}")
    assert (status, said.count("\n")) == (1, 2)
    return said


def test_the_document_shows_what_the_check_says(run, tmp_path):
    said = spoil(run, tmp_path / "items/hospital-ecg.yaml")
    assert said in (DOCS / "authoring.md").read_text("utf-8")


@pytest.mark.usefixtures("korean")
def test_the_korean_guide_shows_what_the_check_says(run, tmp_path):
    said = spoil(run, tmp_path / "items/school-kitchen.yaml")
    assert said in KOREAN.read_text("utf-8")


@pytest.mark.usefixtures("korean")
def test_the_korean_guides_own_item_has_no_faults(run, tmp_path):
    written = KOREAN.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "items/school-kitchen.yaml").write_text(written, "utf-8")
    status, said, _ = run("item", "check", "items/school-kitchen.yaml")
    assert (status, said) == (0, "살펴본 문항: 1개, 확인할 것: 0개\n")
    assert said.strip() in KOREAN.read_text("utf-8")
    assert load_item(tmp_path / "items/school-kitchen.yaml").lang == "ko"


@pytest.mark.usefixtures("korean")
def test_whoever_writes_korean_is_told_in_korean_on_any_machine(run, tmp_path):
    run("item", "new", "matrix", "mine")
    path = tmp_path / "items/mine.yaml"
    assert "lang: ko" in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("marks: 1", "marks: one"), "utf-8")
    for words in (["item", "check", "items/mine.yaml"], ["assignment", "new", "hw", "mine"]):
        _, said, regret = run(*words)
        assert "items/mine.yaml:11: 오류: marks: 글이 적혀 있습니다" in said + regret


@pytest.mark.parametrize(
    ("asked", "lang"), [([], "en"), (["--lang", "ko"], "ko"), (["--lang", "both"], None)]
)
def test_a_new_item_is_in_the_courses_language_or_the_one_asked_for(run, tmp_path, asked, lang):
    run("item", "new", "matrix", "mine", *asked)
    assert load_item(tmp_path / "items/mine.yaml").lang == lang


def test_outside_of_a_course_it_is_in_the_machines_and_in_the_kits_folders_in_both(tmp_path):
    assert language_of_new(tmp_path, "ko") == "ko"
    assert language_of_new(bank_folder(), "ko") is None


class TestAssignment:
    @pytest.fixture
    def homework(self, run, tmp_path):
        for kind in ("matrix", "choice", "essay"):
            run("item", "new", kind, f"my-{kind}")
        run("assignment", "new", "hw", "my-matrix")
        return tmp_path / "source/hw/hw.ipynb"

    def retitled(self, tmp_path, title):
        path = tmp_path / "items/my-matrix.yaml"
        was = load_item(path).title.en
        path.write_text(
            path.read_text("utf-8").replace(f"title: {was}", f"title: {title}"), "utf-8"
        )

    def test_items_are_added_and_the_points_shared_anew(self, run, homework):
        status, said, _ = run("assignment", "add", "hw", "my-choice", "my-essay")
        assert (status, said) == (0, "Added to source/hw/hw.ipynb: my-choice, my-essay\n")
        assert points(homework) == {"my-matrix": 33.33, "my-choice": 33.34, "my-essay": 33.33}

    def test_points_that_were_chosen_stay(self, run, homework):
        run("assignment", "add", "hw", "my-choice", "--points", "20")
        assert points(homework) == {"my-matrix": 100, "my-choice": 20}
        status, _, regret = run("assignment", "add", "hw", "my-essay")
        assert status == 1
        assert "the items have 120 points by now; say what the new get" in regret

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["hw", "my-matrix"], "my-matrix: an item can be asked once only"),
            (["hw", "my-choice", "my-choice"], "my-choice: an item can be asked once only"),
            (["hw", "gone"], "items/gone.yaml:1: error: cannot be read"),
            (["gone", "my-choice"], "there is no such assignment"),
            (["hw", "my-choice", "--points", "1,2"], "2 numbers for 1 items"),
            (["hw", "my-choice", "--points", "0"], "a number above 0"),
        ],
    )
    def test_what_cannot_be_added_is_told_and_changes_nothing(self, run, homework, words, told):
        before = homework.read_bytes()
        status, _, regret = run("assignment", "add", *words)
        assert status == 1
        assert told in regret
        assert homework.read_bytes() == before

    def test_nothing_is_added_to_what_somebody_has_handed_in(self, run, homework, tmp_path):
        (tmp_path / "submitted/kim/hw").mkdir(parents=True)
        before = homework.read_bytes()
        status, _, regret = run("assignment", "add", "hw", "my-choice")
        assert status == 1
        assert "handed in hw already" in regret
        assert homework.read_bytes() == before

    def test_a_changed_title_is_brought_in_and_told(self, run, homework, tmp_path):
        self.retitled(tmp_path, "A hospital buys beds")
        _, said, _ = run("assignment", "refresh")
        assert said == (
            "hw: the title of my-matrix was «A hospital buys an ECG device» "
            "and is «A hospital buys beds» now.\n"
        )
        assert "## A hospital buys beds" in homework.read_text("utf-8")
        assert run("assignment", "refresh", "hw")[1] == "hw: up to date with its items.\n"

    def test_a_heading_of_the_authors_own_stays(self, run, homework, tmp_path):
        text = homework.read_text("utf-8")
        homework.write_text(text.replace("## A hospital buys an ECG", "## 1. An ECG"), "utf-8")
        before = homework.read_bytes()
        self.retitled(tmp_path, "A hospital buys beds")
        _, said, _ = run("assignment", "refresh")
        assert "«1. An ECG device» is a heading of your own" in said
        assert homework.read_bytes() == before

    def test_what_an_older_release_of_the_kit_wrote_is_followed_too(self, run, homework, tmp_path):
        notebook = nbformat.read(homework, as_version=4)
        for cell in notebook.cells:
            cell.metadata.pop("b2bcourse", None)
        nbformat.write(notebook, homework)
        self.retitled(tmp_path, "A hospital buys beds")
        run("assignment", "refresh")
        assert "## A hospital buys beds" in homework.read_text("utf-8")

    def test_an_item_without_a_file_is_told(self, run, homework, tmp_path):
        (tmp_path / "items/my-matrix.yaml").unlink()
        assert homework.is_file()
        assert "items/ has no my-matrix" in run("assignment", "refresh")[1]

    def test_a_course_without_assignments_has_none_to_refresh(self, run):
        assert run("assignment", "refresh") == (0, "source/ holds no assignment.\n", "")


def points(notebook):
    found = [cell.metadata.get("nbgrader", {}) for cell in nbformat.read(notebook, 4).cells]
    return {one["grade_id"]: one["points"] for one in found if one.get("grade")}


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
