"""A small repository to grade from."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import tiny

from b2bcourse.grading.course import copy_items
from b2bcourse.grading.keys import Keys


@pytest.fixture(scope="module", autouse=True)
def _environment_as_before():
    """Building sets what the commands that nbgrader starts need; other tests see no change."""
    saved = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(saved)


@pytest.fixture(scope="session")
def repo(tmp_path_factory):
    return tiny.write_repo(tmp_path_factory.mktemp("repo"))


@pytest.fixture(scope="session")
def keys(tmp_path_factory, repo):
    items = tmp_path_factory.mktemp("course") / "items"
    copy_items(repo / "solutions", items, "ko")
    return Keys(items)


@pytest.fixture(scope="session")
def secrets(repo):
    from b2bcourse.grading.leaks.search import read_secrets

    return read_secrets(repo / "solutions")
