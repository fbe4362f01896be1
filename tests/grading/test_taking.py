"""What is taken of a folder in the exchange, and what a student is told before."""

import json
import os

import pytest

from b2bcourse.grading.handed import LEFT_OUT
from b2bcourse.grading.submitting import told_before
from b2bcourse.grading.taking import left_out_of, take


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "from"
    (made / "responses").mkdir(parents=True)
    (made / "responses" / "a.json").write_text("{}", "utf-8")
    (made / "a2.ipynb").write_text("{}", "utf-8")
    return made


def fill(path, size):
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


def taken(folder, tmp_path):
    left = take(folder, tmp_path / "to", [".ipynb_checkpoints"])
    files = (path for path in (tmp_path / "to").rglob("*") if path.is_file())
    names = {path.relative_to(tmp_path / "to").as_posix() for path in files} - {LEFT_OUT}
    return names, [(one.name, one.what) for one in left]


ALL = {"a2.ipynb", "responses/a.json"}


def test_all_is_taken_where_there_is_room(folder, tmp_path):
    assert taken(folder, tmp_path) == (ALL, [])
    assert not (tmp_path / "to" / LEFT_OUT).exists()


def test_one_large_file_is_left_out_alone_and_noted(folder, tmp_path):
    fill(folder / "photo.jpg", 25_000_000)
    assert taken(folder, tmp_path) == (ALL, [("photo.jpg", "unwhole")])
    assert json.loads((tmp_path / "to" / LEFT_OUT).read_text("utf-8")) == ["photo.jpg"]


def test_answers_and_notebooks_come_before_all_else(folder, tmp_path):
    for number in range(3):
        fill(folder / f"a{number}.bin", 7_900_000)
    fill(folder / "zz.ipynb", 12_000_000)
    names, left = taken(folder, tmp_path)
    assert names == ALL | {"zz.ipynb", "a0.bin"}
    assert [name for name, _ in left] == ["a1.bin", "a2.bin"]


def test_a_notebook_may_fill_all_the_room(folder, tmp_path):
    fill(folder / "a2.ipynb", 19_900_000)
    fill(folder / "b.ipynb", 20_000_001)
    names, left = taken(folder, tmp_path)
    assert (names, left) == (ALL, [("b.ipynb", "unwhole")])


def test_links_devices_and_checkpoints_are_left_behind(folder, tmp_path):
    (folder / "key").symlink_to("/etc/hostname")
    (folder / "all").symlink_to("/etc")
    os.mkfifo(folder / "pipe")
    fill(folder / ".ipynb_checkpoints" / "a2-checkpoint.ipynb", 3)
    names, left = taken(folder, tmp_path)
    assert (names, sorted(left)) == (ALL, [(n, "refused") for n in ("all", "key", "pipe")])


def test_a_students_own_note_of_what_was_left_out_is_not_believed(folder, tmp_path):
    (folder / LEFT_OUT).write_text('["responses"]', "utf-8")
    assert taken(folder, tmp_path) == (ALL, [])
    assert not (tmp_path / "to" / LEFT_OUT).exists()


def test_a_single_file_is_taken_by_the_name_behind_its_last_plus(folder, tmp_path):
    file = tmp_path / "ann+a2+2026+a2.ipynb"
    file.write_text("{}", "utf-8")
    assert taken(file, tmp_path) == ({"a2.ipynb"}, [])


class TestBeforeHandingIn:
    def test_who_is_well_is_told_nothing(self, folder):
        assert told_before(folder, []) == []

    def test_what_will_be_left_out_is_named_with_the_limits(self, folder, monkeypatch):
        monkeypatch.setenv("LANG", "en_US.UTF-8")
        fill(folder / "photo.jpg", 25_000_000)
        first, second = told_before(folder, [])
        assert "photo.jpg" in first
        assert "20 MB" in second

    def test_a_folder_without_an_answer_is_told(self, folder):
        (folder / "responses" / "a.json").unlink()
        assert len(told_before(folder, [])) == 1

    def test_nothing_is_written(self, folder):
        fill(folder / "photo.jpg", 25_000_000)
        before = sorted(folder.rglob("*"))
        left_out_of(folder)
        assert sorted(folder.rglob("*")) == before
