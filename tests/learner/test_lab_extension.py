"""The lesson extension as it is committed: built from what stands in lab/, found by JupyterLab, in the wheel."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import b2bcourse
from b2bcourse.learner.lab import lab_environment

PACKAGE = Path(b2bcourse.__file__).parent
BUILT = PACKAGE / "learner" / "lab" / "share" / "labextensions" / "b2bcourse-lesson"
LAB = PACKAGE.parent / "lab"
SOURCES = ["package.json", "package-lock.json", "schema", "src", "style"]

needs_checkout = pytest.mark.skipif(not LAB.is_dir(), reason="needs a checkout")


def digest():
    """As lab/build.mjs makes it."""
    found = hashlib.sha256()
    for source in SOURCES:
        path = LAB / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                name = file.relative_to(path).as_posix() if path.is_dir() else ""
                found.update(f"{source}/{name}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()


@needs_checkout
def test_it_is_built_from_what_is_written():
    assert (BUILT / "built-from.txt").read_text("utf-8").strip() == digest(), "run: make lab"


@needs_checkout
@pytest.mark.slow
@pytest.mark.skipif(not (LAB / "node_modules").is_dir(), reason="needs lab/node_modules")
def test_what_is_committed_is_what_comes_of_building():
    done = subprocess.run(
        ["node", LAB / "build.mjs", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_jupyterlab_finds_it_and_what_it_loads_is_there():
    package = json.loads((BUILT / "package.json").read_bytes())
    load = package["jupyterlab"]["_build"]["load"]
    assert (BUILT / load).is_file()
    [path] = [
        Path(folder, "labextensions", "b2bcourse-lesson")
        for folder in lab_environment()["JUPYTER_PATH"].split(os.pathsep)
        if Path(folder, "labextensions", "b2bcourse-lesson").is_dir()
    ]
    assert path == BUILT


def test_it_is_small_and_says_nothing_in_any_language():
    """Sentences come from the server: an extension that is built rarely must not hold them."""
    sources = [path.read_text("utf-8") for path in (BUILT / "static").glob("*.js")]
    assert sum(map(len, sources)) < 60_000
    assert not [source for source in sources if re.search("[가-힣]", source)]


@needs_checkout
def test_the_wheel_brings_it_to_where_every_jupyterlab_looks():
    from hatchling.builders.wheel import WheelBuilder

    shared = WheelBuilder(str(LAB.parent)).config.shared_data
    assert shared[str(BUILT.parent)] == "share/jupyter/labextensions"


@needs_checkout
class TestCi:
    @pytest.fixture
    def clone(self, tmp_path):
        """A repository of two commits, the second of which changes what the test says."""
        (tmp_path / ".ci").mkdir()
        shutil.copy(LAB.parent / ".ci" / "lab-changed", tmp_path / ".ci" / "lab-changed")
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(tmp_path)]

        def commit(name):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, "utf-8")
            subprocess.run([*git, "add", "."], check=True)
            subprocess.run([*git, "commit", "--quiet", "-m", name], check=True)

        subprocess.run([*git, "init", "--quiet"], check=True)
        commit("README")
        return tmp_path, commit

    @pytest.mark.parametrize(
        ("name", "changed"), [("lab/src/bar.js", True), ("b2bcourse/notebook.py", False)]
    )
    def test_it_is_built_where_it_has_changed(self, clone, name, changed):
        folder, commit = clone
        commit(name)
        done = subprocess.run([folder / ".ci" / "lab-changed"], check=False)
        assert (done.returncode == 0) is changed

    def test_where_nothing_is_known_it_is_built(self, clone):
        folder, _ = clone
        assert subprocess.run([folder / ".ci" / "lab-changed"], check=False).returncode == 0
