"""What is handed to others: a wheel and an sdist that are complete, current and hold no solution."""

import itertools
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

import b2bcourse
from b2bcourse.facts.lessons import lessons

REPO = Path(b2bcourse.__file__).parents[1]
PROJECT = REPO / "pyproject.toml"
pytestmark = pytest.mark.skipif(not PROJECT.is_file(), reason="needs a checkout")

# Written in two halves, for these names may stand in no file of the project.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
]
HOSTS += ["conda" + ".anaconda.org", "crates" + ".io", "rubygems" + ".org", "jsdelivr" + ".net"]


def canonical(name):
    """A project's name as installers compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins():
    lines = (REPO / "constraints.txt").read_text("utf-8").splitlines()
    return [re.fullmatch(r"([A-Za-z0-9][\w.-]*)==([\w.+!]+)", line) for line in lines], lines


class TestConstraints:
    def test_every_line_is_a_name_and_a_version(self):
        found, lines = pins()
        assert [line for match, line in zip(found, lines, strict=True) if not match] == []

    def test_every_direct_dependency_is_pinned_once(self):
        project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
        asked = list(
            itertools.chain(project["dependencies"], *project["optional-dependencies"].values())
        )
        names = {canonical(re.match(r"[\w.-]+", requirement)[0]) for requirement in asked}
        pinned = [canonical(match[1]) for match in pins()[0]]
        assert names - set(pinned) == set()
        assert len(pinned) == len(set(pinned))

    def test_every_pin_is_as_new_as_the_project_asks(self):
        from packaging.requirements import Requirement

        project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
        versions = {canonical(match[1]): match[2] for match in pins()[0]}
        for text in project["dependencies"]:
            requirement = Requirement(text)
            assert versions[canonical(requirement.name)] in requirement.specifier, text


def test_no_tracked_file_names_a_registry():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("needs git and a clone")
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = REPO / name
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        assert [host for host in HOSTS if host in text] == [], name


@pytest.mark.parametrize("page", ["README.md", "README-ko.md"])
def test_the_readme_names_the_wheel_as_it_is_called(page):
    named = re.findall(r"b2bcourse-[\w.]+-py3-none-any\.whl", (REPO / page).read_text("utf-8"))
    assert set(named) == {f"b2bcourse-{b2bcourse.__version__}-py3-none-any.whl"}


def test_the_readme_tells_how_long_the_course_takes():
    minutes = sum(lesson.minutes for lesson in lessons())
    assert round(minutes / 60) == 17  # «about seventeen hours», «열일곱 시간쯤»
    assert "about seventeen hours" in (REPO / "README.md").read_text("utf-8")
    assert "열일곱 시간쯤" in (REPO / "README-ko.md").read_text("utf-8")


def test_who_cites_the_kit_cites_the_version_that_it_is():
    cited = yaml.safe_load((REPO / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == b2bcourse.__version__
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()


GRADED = {path.name for path in (REPO / "solutions" / "items").glob("*.yaml")}


def is_answer(path):
    """Whether a file is a learner's answer, and not the room of the package called so."""
    return "responses" in path.parts and path.suffix == ".json"


def test_no_solution_would_go_into_a_wheel():
    """The list of files that a wheel is made of, without making one."""
    from hatchling.builders.wheel import WheelBuilder

    found = WheelBuilder(str(REPO)).recurse_included_files()
    names = {Path(file.distribution_path) for file in found}
    assert Path("b2bcourse/_course/notebooks/en/00-start.ipynb") in names
    assert Path("b2bcourse/learner/lab/config/jupyter_server_config.d/b2bcourse.json") in names
    assert not [name for name in names if "solutions" in name.parts or is_answer(name)]
    assert not {name.name for name in names} & GRADED


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Wheel and sdist, built in this environment."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(REPO)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel], [sdist] = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def wheel_files(packages):
    with zipfile.ZipFile(packages[0]) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def sdist_files(packages):
    with tarfile.open(packages[1]) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def released(*folders):
    """The files of the repository's folders that others get."""
    return {
        path.relative_to(REPO).as_posix()
        for folder in folders
        for path in (REPO / folder).rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }


@pytest.mark.slow
class TestArchives:
    def test_the_wheel_holds_the_package_and_the_whole_course(self, wheel_files):
        package = released("b2bcourse")
        rooms = ("b2bcourse/widgets/", "b2bcourse/serving/pages/")
        built = {name for name in package if name.startswith(tuple(f"{r}built/" for r in rooms))}
        sources = {
            name
            for name in package - built
            if name.startswith(rooms) and not name.endswith((".py", ".yaml"))
        }  # what the built ones were made of: no page is sent it
        assert len(built) > 10 < len(sources)
        assert package - sources <= wheel_files
        assert not sources & wheel_files
        course = {f"b2bcourse/_course/{name}" for name in released("notebooks", "exercises")}
        assert course <= wheel_files
        assert any(name.endswith("matrix-people.json") for name in course)

    def test_the_sdist_holds_what_a_wheel_is_made_of(self, sdist_files):
        assert released("b2bcourse", "notebooks", "exercises") <= sdist_files
        assert {"pyproject.toml", "README.md", "LICENSE", "LICENSE-text"} <= sdist_files

    @pytest.mark.parametrize("kind", ["wheel_files", "sdist_files"])
    def test_neither_holds_solutions_tests_or_anyones_answers(self, request, kind):
        for name in request.getfixturevalue(kind):
            parts = name.split("/")
            assert not {"solutions", "tests", "__pycache__", ".git"} & set(parts), name
            assert not is_answer(Path(*parts)), name
            assert parts[-1] not in GRADED, name
            if not name.endswith("/schemas/b2bcourse-lesson/package.json.orig"):  # JupyterLab's
                assert not re.search(r"(~|\.orig|\.bak|\.tmp|\.db)$", name), name

    def test_the_wheel_holds_nothing_beside_the_package(self, wheel_files):
        tops = {name.partition("/")[0] for name in wheel_files}
        name = f"b2bcourse-{version('b2bcourse')}"
        assert tops == {"b2bcourse", f"{name}.dist-info", f"{name}.data"}

    def test_what_jupyter_looks_for_outside_goes_there(self, wheel_files):
        beside = {name.partition(".data/data/")[2] for name in wheel_files if ".data/" in name}
        folders = {name.rpartition("/")[0] for name in beside}
        assert "etc/jupyter/jupyter_server_config.d/b2bcourse.json" in beside
        assert all(
            each.startswith(("etc/jupyter", "share/jupyter/labextensions/b2bcourse-lesson"))
            for each in folders
        )

    def test_the_licences_come_along(self, wheel_files):
        licences = {name.rpartition("/")[2] for name in wheel_files if "/licenses/" in name}
        assert licences == {"LICENSE", "LICENSE-text", "OFL.txt"}

    def test_an_sdist_makes_the_same_wheel(self, packages, wheel_files, tmp_path):
        with tarfile.open(packages[1]) as archive:
            # Python 3.11.4 brought the filter, 3.12 warns without it.
            safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
            archive.extractall(tmp_path, **safely)
        [source] = tmp_path.iterdir()
        command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", str(source)]
        subprocess.run([*command, "--outdir", str(tmp_path)], capture_output=True, check=True)
        [wheel] = tmp_path.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            assert set(archive.namelist()) == wheel_files


@pytest.fixture(scope="module")
def installed(packages, tmp_path_factory):
    """Runs Python on the installed wheel; everything else comes from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    command += ["--disable-pip-version-check", "--target", str(folder / "site"), str(packages[0])]
    subprocess.run(command, check=True, capture_output=True)

    def python(*words):
        environment = {**os.environ, "PYTHONPATH": str(folder / "site"), "COLUMNS": "80"}
        command = [sys.executable, *map(str, words)]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    return python


@pytest.mark.slow
class TestInstalled:
    def test_it_is_the_wheel_that_runs(self, installed):
        assert "site" in installed("-c", "import b2bcourse; print(b2bcourse.__file__)").stdout

    def test_its_commands_know_the_practice_items_and_no_graded_one(self, installed):
        done = installed("-m", "b2bcourse", "items", "--json")
        assert done.returncode == 0, done.stderr
        told = {entry["id"]: entry for entry in json.loads(done.stdout)}
        assert told["mx-cells"]["used_in"] == ["04-benefit-matrix"]
        assert not any(entry["graded"] for entry in told.values())

    def test_a_learner_gets_a_whole_working_copy_from_it(self, installed, tmp_path, lang):
        code = (
            "import sys; from pathlib import Path\n"
            "from b2bcourse.course_files import course_root\n"
            "from b2bcourse.learner.working_copy import refresh\n"
            "refresh(course_root(), Path(sys.argv[1]), sys.argv[2])"
        )
        done = installed("-c", code, tmp_path, lang)
        assert done.returncode == 0, done.stderr
        copy = tmp_path / lang
        lessons = {path.name for path in (REPO / "notebooks" / lang).glob("*.ipynb")}
        assert lessons == {path.name for path in copy.glob("*.ipynb")}
        assert (copy / "assignments/a3-benefit-matrix/items/matrix-people.json").is_file()

    def test_an_exercise_and_a_figure_work_from_it(self, installed):
        code = "import b2bcourse as b2b; b2b.practice('mx-cells'); b2b.figure('benefit-matrix')"
        done = installed("-W", "error::UserWarning", "-c", code)
        assert (done.returncode, done.stderr) == (0, "")

    def test_there_are_no_solutions_to_be_found_in_it(self, installed):
        code = "from b2bcourse.course_files import solutions_root; print(solutions_root())"
        assert installed("-c", code).stdout == "None\n"

    def test_a_course_cannot_be_made_without_solutions_and_it_says_how(self, installed, tmp_path):
        done = installed("-m", "b2bcourse", "course", "new", tmp_path / "c", "--lang", "en")
        assert done.returncode == 1
        assert "--from" in done.stderr
        assert "Traceback" not in done.stderr
