"""The files for a real server: systemd takes them, and they call what there is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from b2bcourse.facts.reading import convert
from b2bcourse.hub.settings import Hub, HubCourse, Settings, write_settings

HERE = Path(__file__).parents[2] / "deploy" / "one-machine"
UNITS = sorted((HERE / "systemd").iterdir())


@pytest.fixture
def hub(tmp_path):
    """A hub's folder with a link to an environment, as ``--prepare`` leaves it."""
    course = HubCourse("b2b-ko", "ko", "/srv/c", "kim-grader", 8010)
    (tmp_path / "hub").mkdir()
    write_settings(Hub(tmp_path / "hub", Settings(courses=(course,))))
    version = tmp_path / "hub" / "versions" / "one" / "bin"
    version.mkdir(parents=True)
    python = version / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    (tmp_path / "hub" / "env").symlink_to("versions/one")
    return tmp_path / "hub"


def install(hub, etc):
    return subprocess.run(
        [str(HERE / "install"), str(hub)],
        env={**os.environ, "B2BCOURSE_ETC": str(etc), "PYTHONPATH": str(HERE.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_units_are_put_in_place_with_the_hubs_folder_and_each_courses_grader(hub, tmp_path):
    etc = tmp_path / "etc"
    done = install(hub, etc)
    assert done.returncode == 0, done.stderr
    made = etc / "systemd" / "system"
    assert {path.name for path in UNITS} <= {path.name for path in made.iterdir()}
    assert "/srv/b2b-hub" not in (made / "b2bcourse-hub.service").read_text()
    assert str(hub) in (made / "b2bcourse-hub.service").read_text()
    user = made / "b2bcourse-grader@b2b-ko.service.d" / "user.conf"
    assert user.read_text() == "[Service]\nUser=kim-grader\n"


def test_installing_again_changes_nothing(hub, tmp_path):
    def files():
        return {path: path.read_bytes() for path in sorted(tmp_path.rglob("*.conf"))}

    install(hub, tmp_path / "etc")
    before = files()
    assert install(hub, tmp_path / "etc").returncode == 0
    assert files() == before != {}


def test_a_hub_that_is_not_prepared_is_told_how(tmp_path):
    done = install(tmp_path, tmp_path / "etc")
    assert done.returncode == 1
    assert "--prepare" in done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(hub, tmp_path):
    install(hub, tmp_path / "etc")
    made = tmp_path / "etc" / "systemd" / "system"
    (made / "b2bcourse-grader@.service").rename(made / "b2bcourse-grader@b2b-ko.service")
    files = [str(path) for path in made.iterdir() if path.is_file()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "b2bcourse" in line]
    assert said == []


def test_a_misspelt_setting_of_a_unit_would_be_found(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    bad = tmp_path / "b2bcourse-bad.service"
    bad.write_text("[Service]\nExecStart=/bin/true\nKillMod=process\n")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(bad)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "KillMod" in done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_module_or_command_that_a_unit_runs_is_one(unit):
    for module in re.findall(r"-m (b2bcourse[.\w]*)", unit.read_text("utf-8")):
        found = HERE.parents[1] / Path(*module.split("."))
        assert found.with_suffix(".py").is_file() or (found / "__main__.py").is_file(), module


def test_the_hubs_servers_outlive_it():
    text = (HERE / "systemd" / "b2bcourse-hub.service").read_text("utf-8")
    assert "KillMode=process" in text


def test_the_example_of_a_real_servers_settings_is_one():
    raw = yaml.safe_load((HERE / "hub.yaml.example").read_text("utf-8"))
    settings = convert(raw, Settings, "hub.yaml.example")
    assert not settings.is_demo
    assert settings.memory
    assert settings.subdomains
    assert settings.homes == ""  # nobody gets an account by logging in
