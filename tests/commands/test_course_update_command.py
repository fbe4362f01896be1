"""`b2bcourse course update`: it shows first, asks, and its exit status tells."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny

from b2bcourse.commands import cli
from b2bcourse.commands import update as command
from b2bcourse.grading.course import new_course
from b2bcourse.grading.shipped import SHIPPED_FILE

OTHER_REASON = "한결은 창고와 트럭을 함께 맡으므로 SCM 책임자로 봅니다."


@pytest.fixture
def kit(tmp_path):
    return tiny.write_repo(tmp_path / "kit")


@pytest.fixture
def course(tmp_path, kit):
    """A course of today's kit; its items can be changed before it is updated."""
    return new_course(tmp_path / "my [course] 가", "en", kit)


@pytest.fixture
def corrected(course, kit):
    path = kit / "solutions" / "items" / f"{tiny.CELLS}.yaml"
    path.write_text(path.read_text("utf-8").replace(tiny.SECRET_REASON, OTHER_REASON), "utf-8")
    return course


@pytest.fixture
def at_terminal(monkeypatch):
    monkeypatch.setattr(command, "_at_terminal", lambda: True)


def run(course, kit, *words, said=None):
    words = ["course", "update", str(course), "--from", str(kit), *words]
    return CliRunner().invoke(cli.app, words, input=said)


def holds(course, text):
    return text in (course / "items" / f"{tiny.CELLS}.yaml").read_text("utf-8")


def test_with_nothing_new_it_says_so(course, kit):
    done = run(course, kit)
    assert (done.exit_code, done.output.strip()) == (0, "Nothing to update.")


def test_it_shows_what_changes_and_waits_for_a_yes(corrected, kit):
    done = run(corrected, kit)
    assert done.exit_code == 1
    assert "1 of 3, in 1 places" in done.output
    assert f"{tiny.CELLS}: columns[hangyeol].reason.ko" in done.output
    assert "--yes" in done.output
    assert not holds(corrected, OTHER_REASON)


def test_yes_brings_it(corrected, kit):
    done = run(corrected, kit, "--yes")
    assert done.exit_code == 0
    assert holds(corrected, OTHER_REASON)
    assert "before-update-" in done.output
    assert "nothing else to do" in done.output


def test_at_a_terminal_it_asks(corrected, kit, at_terminal):
    declined = run(corrected, kit, said="\n")
    assert declined.exit_code == 1
    assert "Nothing was changed." in declined.output
    assert not holds(corrected, OTHER_REASON)
    assert run(corrected, kit, said="y\n").exit_code == 0
    assert holds(corrected, OTHER_REASON)


def test_lines_are_shown_on_request(corrected, kit):
    assert f"+  reason: {{ko: {OTHER_REASON}" not in run(corrected, kit).output
    shown = run(corrected, kit, "--diff").output
    assert OTHER_REASON in shown
    assert f"+++ {tiny.CELLS} (kit)" in shown


def test_without_a_record_the_lines_are_shown_and_the_items_named(corrected, kit):
    (corrected / "items" / SHIPPED_FILE).unlink()
    shown = run(corrected, kit).output
    assert f"+++ {tiny.CELLS} (kit)" in shown
    assert f"leave one as it is with --keep ID: {tiny.CELLS}" in shown


def test_a_kept_item_is_left_and_named(corrected, kit):
    done = run(corrected, kit, "--keep", tiny.CELLS)
    assert done.exit_code == 0
    assert f"as --keep says: {tiny.CELLS}" in done.output
    assert not holds(corrected, OTHER_REASON)


def test_changed_faces_are_named_in_one_line(course, kit):
    for item, title in ((tiny.CELLS, "Four people of a small firm"), (tiny.ESSAY, "The order of")):
        path = kit / "solutions" / "items" / f"{item}.yaml"
        path.write_text(path.read_text("utf-8").replace(title, "Another title"), "utf-8")
    done = run(course, kit)
    (line,) = [each for each in done.output.splitlines() if "grade as before" in each]
    assert line.endswith(f": {tiny.CELLS}, {tiny.ESSAY}")
    assert done.exit_code == 0


def test_a_broken_item_is_named_and_the_exit_status_tells(corrected, kit):
    (corrected / "items" / f"{tiny.BOTH}.yaml").write_text("kind: [", "utf-8")
    done = run(corrected, kit, "--yes")
    assert done.exit_code == 1
    assert f"Cannot be read, so it stays as it is: {tiny.BOTH}" in done.output
    assert holds(corrected, OTHER_REASON)


def test_it_tells_which_assignments_to_grade_again(corrected, kit):
    (corrected / "autograded" / "ann" / tiny.ASSIGNMENT).mkdir(parents=True)
    assert "b2bcourse grade tiny --force && " in run(corrected, kit, "--yes").output


def test_a_korean_course_is_told_in_korean(tmp_path, kit):
    course = new_course(tmp_path / "강의", "ko", kit)
    assert run(course, kit).output.strip() == "가져올 것이 없습니다."


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_folder_that_is_no_course_is_refused(tmp_path, kit, lang, monkeypatch):
    monkeypatch.setenv("B2BCOURSE_LANG", lang)
    done = run(tmp_path, kit)
    assert done.exit_code == 1
    assert {"ko": "강의 폴더가 아닙니다", "en": "is no course folder"}[lang] in done.output
