"""Keys to report with, and a course with a gradebook."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "grading"))

import tiny
from classes import GRADED, made_class

from b2bcourse.grading.course import copy_items
from b2bcourse.grading.keys import Keys


@pytest.fixture(scope="session")
def tiny_keys(tmp_path_factory):
    repo = tiny.write_repo(tmp_path_factory.mktemp("repo"))
    items = tmp_path_factory.mktemp("course") / "items"
    copy_items(repo / "solutions", items, "ko")
    return Keys(items)


@pytest.fixture(scope="session")
def graded_keys(tmp_path_factory):
    """The course's own graded items, in either language by its name."""
    if not GRADED.is_dir():
        pytest.skip("needs the checkout's solutions/")

    def keys(lang):
        items = tmp_path_factory.mktemp(lang) / "items"
        copy_items(GRADED.parent, items, lang)
        return Keys(items)

    return {lang: keys(lang) for lang in ("ko", "en")}


@pytest.fixture(scope="session")
def _held_once(tmp_path_factory):
    return made_class(tmp_path_factory.mktemp("held"), "ko")


@pytest.fixture
def held(tmp_path, _held_once):
    """A Korean course in which nothing has been handed in yet."""
    return _held_once.copied(tmp_path / "course")


@pytest.fixture(autouse=True)
def _environment_as_before():
    saved = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(saved)
