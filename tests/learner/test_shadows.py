"""Nothing that Python could take for a module lies beside a lesson that comes alive by itself."""

import importlib.machinery
import os
import subprocess
import sys
from pathlib import Path

import pytest

import b2bcourse
from b2bcourse.course_files import course_root
from b2bcourse.learner import shadows
from b2bcourse.learner.shadows import in_the_way, searched_before
from b2bcourse.learner.working_copy import refresh

FILES = [
    "b2bcourse.py",
    "json.py",
    "sitecustomize.py",
    "x.pyc",
    "x.so",
    "x.abi3.so",
    "x.pyd",
    "x.PY",
]
FILES += ["anywidget.cpython-311-x86_64-linux-gnu.so", "no-ending"]
FOLDERS = ["IPython", "json", "b2bcourse", "__pycache__", "zmq"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_could_be_a_module_is_in_the_way(tmp_path, name):
    (tmp_path / name).write_text("", "utf-8")
    assert in_the_way(tmp_path) == tmp_path / name


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_could_be_a_package_is_in_the_way(tmp_path, name):
    (tmp_path / name).mkdir()
    assert in_the_way(tmp_path) == tmp_path / name


def test_a_link_to_a_package_is_in_the_way_whatever_its_name_ends_in(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    here = tmp_path / "here"
    here.mkdir()
    (here / "json").symlink_to(tmp_path / "elsewhere")
    assert in_the_way(here) == here / "json"


@pytest.mark.parametrize(
    "name",
    [
        "00-start.ipynb",
        "메모.txt",
        "letter.docx",
        ".hidden.py",
        ".ipynb_checkpoints",
        "그림.PNG.png",
    ],
)
def test_what_no_import_can_mean_is_not(tmp_path, name):
    (tmp_path / name).write_text("", "utf-8")
    assert in_the_way(tmp_path) is None


@pytest.mark.parametrize("name", ["내 폴더", "my folder", "01-notes", ".git", "assignments"])
def test_a_folder_that_no_import_can_name_is_not(tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "json.py").write_text("", "utf-8")
    assert in_the_way(tmp_path) is None


@pytest.mark.parametrize("folder", ["items", "responses"])
def test_folders_of_data_hold_data_only(tmp_path, folder):
    place = tmp_path / folder / "aside"
    place.mkdir(parents=True)
    (tmp_path / folder / "a.20260101.kept.json").write_text("{}", "utf-8")
    assert in_the_way(tmp_path) is None
    (place / "__init__.py").write_text("", "utf-8")
    assert in_the_way(tmp_path) == place / "__init__.py"


def test_a_file_called_as_a_folder_of_data_is_in_the_way(tmp_path):
    (tmp_path / "items").write_text("", "utf-8")
    assert in_the_way(tmp_path) == tmp_path / "items"


def test_no_plain_ending_is_one_that_python_loads():
    loaded = set(importlib.machinery.all_suffixes())
    assert not {ending for ending in shadows.PLAIN if any(one.endswith(ending) for one in loaded)}


def test_a_fresh_working_copy_has_nothing_in_the_way(tmp_path):
    copy = refresh(course_root(), tmp_path, "ko").folder
    for notebook in copy.rglob("*.ipynb"):
        assert in_the_way(notebook.parent) is None, notebook


class TestSearchedBefore:
    def test_nothing_is_where_nothing_is_asked_for(self, tmp_path):
        assert searched_before({}, tmp_path) == []
        assert searched_before({"PYTHONPATH": ""}, tmp_path) == []

    def test_what_the_user_may_write_counts_and_the_packages_own_place_does_not(self, tmp_path):
        own = Path(b2bcourse.__file__).parents[1]
        early, folder = tmp_path / "early", tmp_path / "lesson"
        early.mkdir()
        folder.mkdir()
        environ = {"PYTHONPATH": os.pathsep.join([str(own), str(early), str(tmp_path / "gone")])}
        assert searched_before(environ, folder) == [early]

    def test_a_relative_part_is_meant_from_the_notebooks_folder(self, tmp_path):
        folder = tmp_path / "lesson"
        (folder / "inner").mkdir(parents=True)
        environ = {"PYTHONPATH": os.pathsep.join(["inner", "..", "."])}
        found = [place.resolve() for place in searched_before(environ, folder)]
        assert found == [folder / "inner", tmp_path]

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
    def test_what_only_others_may_write_belongs_to_the_environment(self, tmp_path):
        place = tmp_path / "site"
        place.mkdir()
        place.chmod(0o555)
        assert searched_before({"PYTHONPATH": str(place)}, tmp_path) == []

    def test_an_archive_of_modules_cannot_be_looked_into_and_so_is_in_the_way(self, tmp_path):
        archive = tmp_path / "modules.zip"
        archive.write_bytes(b"")
        folder = tmp_path / "lesson"
        folder.mkdir()
        assert searched_before({"PYTHONPATH": str(archive)}, folder) == [archive]
        with pytest.raises(OSError):
            in_the_way(archive)


def test_python_does_look_there_first(tmp_path):
    """What these rules stand against: a module in the folder runs in the place of the real one."""
    (tmp_path / "colorsys.py").write_text("print('taken')", "utf-8")
    command = [sys.executable, "-c", "import colorsys"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "taken\n"
