"""What students get: enough to begin, and no key."""

import shutil
import zipfile

import pytest
import tiny

from b2bcourse.grading.base import GradingError
from b2bcourse.grading.holding import handout
from b2bcourse.grading.holding.handout import for_students
from b2bcourse.grading.leaks.search import find_leaks


@pytest.fixture(autouse=True)
def _a_clone_without_a_wheel(monkeypatch, tmp_path):
    """What `make wheel` has left in this checkout is not these tests' business."""
    monkeypatch.setattr(handout, "course_root", lambda: tmp_path / "clone")


@pytest.fixture
def release(course):
    """A release, as far as an archive is concerned."""
    folder = course.root / "release" / tiny.ASSIGNMENT
    (folder / "items").mkdir(parents=True)
    (folder / "tiny.ipynb").write_text('{"cells": []}', "utf-8")
    (folder / "items" / "index.json").write_text(
        '{"schema":1,"lang":"en","assignment":"tiny","items":{}}', "utf-8"
    )
    return folder


def test_without_an_exchange_each_release_is_an_archive_of_its_folder(course, release):
    made = for_students(course)
    assert made.files == ("README.md", "tiny.zip")
    with zipfile.ZipFile(made.folder / "tiny.zip") as archive:
        assert archive.namelist() == ["tiny/items/index.json", "tiny/tiny.ipynb"]
    assert "pack the whole folder `tiny` again" in (made.folder / "README.md").read_text("utf-8")


def test_the_same_release_is_the_same_archive(course, release):
    first = (for_students(course).folder / "tiny.zip").read_bytes()
    assert (for_students(course).folder / "tiny.zip").read_bytes() == first


def test_with_an_exchange_they_get_the_settings_that_name_it(make_course, tmp_path):
    course = make_course(lang="ko", exchange=tmp_path / 'an "exchange"')
    made = for_students(course)
    assert made.files == ("README.md", "nbgrader_config.py")
    found = {}
    exec(
        (made.folder / "nbgrader_config.py").read_text("utf-8"),
        {"get_config": lambda: _Settings(found)},
    )
    assert found["CourseDirectory.course_id"] == "course"
    assert found["Exchange.root"] == str(tmp_path / 'an "exchange"')
    assert "nbgrader fetch_assignment" in (made.folder / "README.md").read_text("utf-8")


class _Settings:
    """Stands for traitlets' configuration: notes what is set."""

    def __init__(self, found, path=""):
        self.__dict__.update(_found=found, _path=path)

    def __getattr__(self, name):
        return _Settings(self._found, f"{self._path}{name}.")

    def __setattr__(self, name, value):
        self._found[f"{self._path}{name}"] = value


def test_nothing_in_it_is_secret(make_course, tmp_path, secrets):
    course = make_course(exchange=tmp_path / "ex")
    made = for_students(course)
    assert find_leaks(made.folder, secrets, released=True) == []
    assert str(course.root) not in "".join(
        (made.folder / name).read_text("utf-8") for name in made.files
    )


def test_a_key_in_a_release_stops_it_and_nothing_is_left(course, release):
    shutil.copyfile(course.root / "items" / f"{tiny.CELLS}.yaml", release / "forgotten.yaml")
    with pytest.raises(GradingError, match="holds a key"):
        for_students(course)
    assert list((course.root / "for-students").iterdir()) == []


def test_an_assignment_without_a_release_is_refused(course):
    with pytest.raises(GradingError, match="nbgrader generate_assignment tiny"):
        for_students(course, assignments=["tiny"])


def test_the_wheel_is_copied_and_an_older_one_taken_away(course, tmp_path, monkeypatch):
    monkeypatch.setattr(handout, "_refuse_leaks", lambda *_args: None)
    wheel = tmp_path / handout._WHEEL
    wheel.write_bytes(b"")
    (course.root / "for-students").mkdir()
    old = course.root / "for-students" / "b2bcourse-0.0.1-py3-none-any.whl"
    old.write_bytes(b"")
    made = for_students(course, wheel=wheel)
    assert made.wheel
    assert (made.folder / wheel.name).is_file()
    assert not old.exists()
    assert for_students(course).wheel, "what lies there from before counts"


def test_another_file_is_no_wheel(course, tmp_path):
    with pytest.raises(GradingError, match="make wheel"):
        for_students(course, wheel=tmp_path / "b2bcourse-9.9-py3-none-any.whl")
