"""What was laid is remembered outside of the folder, and nothing else counts as laid."""

import shutil

import pytest

from b2bcourse.course_files import course_root
from b2bcourse.learner.laid import Ledger
from b2bcourse.learner.working_copy import laid, refresh


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "data" / "laid")


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "work" / "ko"
    (folder / "assignments" / "a1").mkdir(parents=True)
    (folder / "00-start.ipynb").write_text("{}", "utf-8")
    (folder / "assignments" / "a1" / "a1.ipynb").write_text("{}", "utf-8")
    return folder


def test_a_notebook_that_was_laid_is_held_wherever_below_the_folder_it_lies(ledger, copy):
    ledger.record(copy, ["00-start.ipynb", "assignments/a1/a1.ipynb"])
    assert ledger.holds(copy / "00-start.ipynb")
    assert ledger.holds(copy / "assignments" / "a1" / "a1.ipynb")


def test_another_beside_it_is_not(ledger, copy):
    ledger.record(copy, ["00-start.ipynb"])
    assert not ledger.holds(copy / "assignments" / "a1" / "a1.ipynb")
    assert not ledger.holds(copy / "01-new.ipynb")


def test_a_copy_of_the_folder_brings_no_entry_along(ledger, copy, tmp_path):
    ledger.record(copy, ["00-start.ipynb"])
    other = tmp_path / "unpacked"
    shutil.copytree(copy, other)
    assert not ledger.holds(other / "00-start.ipynb")


def test_another_users_ledger_knows_nothing_of_it(ledger, copy, tmp_path):
    ledger.record(copy, ["00-start.ipynb"])
    assert not Ledger(tmp_path / "other").holds(copy / "00-start.ipynb")


def test_what_was_laid_before_stays_as_long_as_it_is_there(ledger, copy):
    ledger.record(copy, ["00-start.ipynb"])
    ledger.record(copy, ["assignments/a1/a1.ipynb", "gone.ipynb"])
    assert ledger.holds(copy / "00-start.ipynb")
    (copy / "00-start.ipynb").unlink()
    ledger.record(copy, [])
    (copy / "00-start.ipynb").write_text("somebody else's", "utf-8")
    assert not ledger.holds(copy / "00-start.ipynb")


def test_a_link_that_leads_to_it_by_another_name_is_not_it(ledger, copy):
    ledger.record(copy, ["00-start.ipynb"])
    (copy / "other.ipynb").symlink_to(copy / "00-start.ipynb")
    assert not ledger.holds(copy / "other.ipynb")


def test_a_link_that_leads_out_is_not_it(ledger, copy, tmp_path):
    ledger.record(copy, ["00-start.ipynb"])
    foreign = tmp_path / "00-start.ipynb"
    foreign.write_text("{}", "utf-8")
    (copy / "00-start.ipynb").unlink()
    (copy / "00-start.ipynb").symlink_to(foreign)
    assert not ledger.holds(copy / "00-start.ipynb")


@pytest.mark.parametrize("damage", ["", "{", '{"schema": 2}', "[]"])
def test_an_entry_that_cannot_be_read_holds_nothing(ledger, copy, damage):
    ledger.record(copy, ["00-start.ipynb"])
    [entry] = ledger.home.iterdir()
    entry.write_text(damage, "utf-8")
    assert not ledger.holds(copy / "00-start.ipynb")


def test_an_entry_of_one_folder_is_none_of_another(ledger, copy, tmp_path):
    ledger.record(copy, ["00-start.ipynb"])
    other = tmp_path / "elsewhere"
    shutil.copytree(copy, other)
    ledger.record(other, ["assignments/a1/a1.ipynb"])
    first, second = sorted(
        ledger.home.iterdir(), key=lambda path: b"elsewhere" in path.read_bytes()
    )
    second.write_bytes(first.read_bytes())
    assert not ledger.holds(other / "00-start.ipynb")


def test_what_is_forgotten_is_not_held(ledger, copy):
    ledger.record(copy, ["00-start.ipynb"])
    ledger.forget(copy)
    ledger.forget(copy)
    assert not ledger.holds(copy / "00-start.ipynb")


def test_a_refresh_lays_every_lesson_and_assignment(ledger, tmp_path):
    done = refresh(course_root(), tmp_path / "work", "en")
    ledger.record(done.folder, laid(done))
    notebooks = list(done.folder.rglob("*.ipynb"))
    assert len(notebooks) == 19
    assert all(ledger.holds(notebook) for notebook in notebooks)
