"""What make and CI choose and say, without installing anything; and what runs before a commit."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

import b2bcourse

REPO = Path(b2bcourse.__file__).parents[1]
pytestmark = pytest.mark.skipif(
    not (REPO / "Makefile").is_file() or not shutil.which("make"),
    reason="needs a checkout and make",
)
TOOLS = ["sh", "bash", "make", "awk", "sort", "env", "dirname", "uname"]


@pytest.fixture
def programs(tmp_path):
    """A folder of programs and nothing else on the PATH; scripts stand in for Pythons."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))

    def add(name, script):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    add("python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    add("python3.13", 'case "$2" in *ensurepip*) exit 1;; esac; exec ' + f'{sys.executable} "$@"')
    add("python3", f'exec {sys.executable} "$@"')
    return folder


def said(programs, *command, **environment):
    done = subprocess.run(
        [str(word) for word in command],
        cwd=REPO,
        env={"PATH": str(programs), "HOME": str(programs), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def would(programs, *words, **environment):
    """What make would do where nothing is installed yet."""
    return said(programs, "make", "-n", *words, f"VENV={programs}/venv", **environment)


class TestPython:
    def test_a_shim_that_leads_nowhere_and_one_that_makes_no_environment_are_passed_over(
        self, programs
    ):
        assert f"\npython3 -m venv {programs}/venv" in would(programs, "start")

    def test_one_that_is_asked_for_is_taken(self, programs):
        assert "\n/opt/python -m venv" in would(programs, "start", "PYTHON=/opt/python")

    def test_ci_knows_each_python_once_the_oldest_first(self, programs):
        version = ".".join(map(str, sys.version_info[:3]))
        [line] = said(programs, REPO / ".ci" / "pythons").splitlines()
        assert line == f"{version} {os.path.realpath(sys._base_executable)}"


class TestWords:
    @pytest.mark.parametrize(
        ("words", "environment", "korean"),
        [
            ([], {}, False),
            ([], {"LANG": "ko_KR.UTF-8"}, True),
            ([], {"LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"}, False),
            ([], {"LANG": "en_US.UTF-8", "B2BCOURSE_LANG": "ko"}, True),
            (["ARGS=--lang ko"], {}, True),
            (["ARGS=--no-browser --lang=ko"], {}, True),
            (["ARGS=--lang en"], {"LANG": "ko_KR.UTF-8"}, False),
        ],
    )
    def test_before_a_silent_minute_it_says_so_in_the_courses_language(
        self, programs, words, environment, korean
    ):
        done = would(programs, "start", *words, **environment)
        assert ("설치부터 합니다" in done) is korean
        assert ("Installing first" in done) is not korean


def files_of(words):
    """The files of tests that pytest reads when it is called with these words."""
    ignored = [REPO / word.removeprefix("--ignore=") for word in words if "--ignore=" in word]
    places = [REPO / word for word in words if not word.startswith("-")] or [REPO / "tests"]
    found = {file for place in places for file in [place, *place.rglob("test_*.py")]}
    return {file for file in found if file.is_file() and not {file, *file.parents} & {*ignored}}


class TestParts:
    """Two streams side by side, and what is read alone after the shorter one."""

    @pytest.mark.parametrize(
        ("goal", "mark"),
        [("test", "not slow"), ("test-long", "slow and not hub"), ("test-all", "")],
    )
    def test_every_file_is_read_by_one_of_them_and_by_no_other(self, programs, goal, mark):
        shown = would(programs, goal)
        assert f"all='{mark}';" in shown
        told = re.findall(r"-m pytest -m \"\$all\" (?:-o \S+ )?([^>|&;]+)", shown)
        parts = [files_of(words.split()) for words in told if "--last-failed" not in words]
        assert len(parts) == 3
        everything = files_of([])
        assert set.union(*parts) == everything
        assert sum(map(len, parts)) == len(everything)

    def test_what_is_asked_for_runs_alone(self, programs):
        assert '-m pytest -m "$all" tests/test_make.py; exit' in would(
            programs, "test", "ARGS=tests/test_make.py"
        )

    def test_only_what_failed_in_a_browser_has_a_second_try_and_only_where_it_is_asked_for(
        self, programs
    ):
        again = '[ -n "1" ] && [ $seen = 1 ]'
        assert again not in would(programs, "test-long")
        shown = would(programs, "test-long", "AGAIN=1")
        assert again in shown
        second = shown.partition(again)[2].partition("fi;")[0]
        assert re.findall(r"-m pytest (.*) \|\|", second) == [
            '-m "$all" -o cache_dir=.pytest_cache/browser --last-failed tests/browser'
        ]
        assert "exit $((others | faces | seen))" in shown

    def test_ci_brings_both_browsers_and_runs_what_takes_long(self):
        script = (REPO / ".ci" / "run").read_text("utf-8")
        [brought] = re.findall(r"apt-get install .* chromium .*", script)
        assert "firefox-esr" in brought
        assert "B2BCOURSE_REQUIRE_BROWSER=1" in script
        assert re.search(r"^part .* make .* coverage AGAIN=1$", script, re.MULTILINE)
        for asked in ('"tests --ignore=tests/browser"', "tests/browser/test_firefox.py"):
            assert re.search(rf"^part .* make .* test-long ARGS={asked}$", script, re.MULTILINE)


class TestScoring:
    def test_every_kinds_score_is_among_the_files_without_an_untested_branch(self, programs):
        shown = would(programs, "coverage")
        assert "--fail-under=100" in shown
        assert "b2bcourse/items/*/score.py" in shown
        assert len(list(REPO.glob("b2bcourse/items/*/score.py"))) == 7


def test_hooks_run_what_is_installed_and_fetch_nothing():
    config = yaml.safe_load((REPO / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    [hooks] = [repo["hooks"] for repo in config["repos"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    scripts = sysconfig.get_path("scripts")
    assert all(shutil.which(hook["entry"].split()[0], path=scripts) for hook in hooks)


def test_the_changelog_tells_of_this_version_and_of_what_comes():
    text = (REPO / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in text
    assert f"## [{b2bcourse.__version__}] - " in text
