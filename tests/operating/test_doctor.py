"""The doctor on this machine, with faults planted in real folders and settings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from b2bcourse.commands.cli import app
from b2bcourse.grading.course import new_course
from b2bcourse.hub.settings import Hub, Settings
from b2bcourse.operating.doctor import environment, gather

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="for machines with accounts and modes"),
    pytest.mark.filterwarnings("ignore"),
]
AS_ROOT = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root")


def doctor(*words):
    done = CliRunner().invoke(app, ["doctor", "--json", "--lang", "en", *map(str, words)])
    return done, {
        (each["check"], each["state"]): f"{each['text']} {each['remedy']}"
        for each in json.loads(done.stdout)
    }


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """A folder of Jupyter's settings that counts more than any other."""
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(folder))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "own"))
    return folder


def test_a_server_extension_that_a_role_switches_off_is_named(settings):
    off = {"ServerApp": {"jpserver_extensions": {"b2bcourse.serving": False}}}
    (settings / "jupyter_server_config.json").write_text(json.dumps(off))
    done, told = doctor()
    assert "b2bcourse.serving" in told["extensions", "fault"]
    assert done.exit_code == 1


def test_a_widget_manager_that_a_role_switches_off_is_named(settings):
    (settings / "labconfig").mkdir()
    off = {"disabledExtensions": {"anywidget": True}}
    (settings / "labconfig" / "page_config.json").write_text(json.dumps(off))
    assert "anywidget" in doctor()[1]["widgets", "fault"]


def test_settings_that_are_no_python_are_named(settings):
    (settings / "nbgrader_config.py").write_text("c = get_config(\n")
    assert "nbgrader_config.py" in doctor()[1]["config", "fault"]


def test_an_exchange_that_lets_students_move_things_is_named(settings, tmp_path):
    root = tmp_path / "exchange"
    root.mkdir()
    root.chmod(0o777)
    (settings / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(root)!r}\n"
    )
    _, told = doctor()
    assert "exchange" in {check for check, _ in told}
    assert "fault" in {state for check, state in told if check == "exchange"}


@pytest.fixture
def course(tmp_path):
    """A course of the kit, as its instructor has made it."""
    repo = Path(gather.__file__).parents[3]
    if not (repo / "solutions").is_dir():
        pytest.skip("needs a checkout")
    new_course(tmp_path / "course", "ko", origin=repo)
    return tmp_path / "course"


def test_a_course_as_it_was_made_cannot_be_read_by_others(course):
    seen = gather.course(course)
    assert seen.error is None
    assert seen.secrets
    assert not [place.path for place in seen.secrets if place.open_to_others]


def test_a_course_that_was_opened_to_all_is_named(course):
    for folder in (course, *course.parents):
        if folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    _, told = doctor("--course", course)
    assert str(course / "items") in told["keys", "fault"]


def test_another_zone_in_a_courses_settings_is_named(course):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("\nc.Exchange.timezone = 'Asia/Seoul'\n")
    assert "Asia/Seoul" in doctor("--course", course)[1]["time", "fault"]


def test_a_folder_that_is_no_course_is_named(tmp_path):
    assert str(tmp_path) in doctor("--course", tmp_path)[1]["config", "fault"]


@AS_ROOT
def test_a_courses_settings_are_run_by_its_owner_and_never_by_root(course, tmp_path):
    for folder in (course, *course.parents):
        if folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    subprocess.run(["chown", "-R", "nobody", str(course)], check=True)
    who = tmp_path / "who"
    who.touch()
    who.chmod(0o666)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nimport os\nopen({str(who)!r}, 'w').write(str(os.geteuid()))\n")
    assert gather.course(course).error is None
    assert who.read_text() == str(course.stat().st_uid) != "0"


@AS_ROOT
def test_another_user_really_tries_and_what_she_can_read_is_known(tmp_path):
    for folder in tmp_path.parents:
        if folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o711)
    shut, opened = tmp_path / "shut", tmp_path / "open"
    shut.touch(0o600)
    opened.touch()
    opened.chmod(0o644)
    tried = gather.try_as(None, [str(shut), str(opened)])
    assert tried.user == "nobody"
    assert tried.read == (str(opened),)
    assert tried.tmp == ""


def test_a_home_that_others_can_enter_is_seen(tmp_path, monkeypatch):
    from b2bcourse.operating.doctor.seen import Home

    tmp_path.chmod(0o755)
    homes = [Home("minji", gather.place(tmp_path))]
    monkeypatch.setattr(gather, "_homes", lambda: homes)
    assert str(tmp_path) in doctor()[1]["homes", "fault"]


def test_a_folder_that_lets_nobody_through_hides_what_is_in_it(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    inner.chmod(0o755)
    tmp_path.chmod(0o700)
    assert not gather.place(inner).open_to_others


def test_an_environment_behind_a_closed_folder_is_named_by_that_folder(tmp_path, monkeypatch):
    inner = tmp_path / "env"
    inner.mkdir(mode=0o755)
    tmp_path.chmod(0o700)
    monkeypatch.setattr(environment, "_run_by_all", lambda: iter([inner]))
    closed = [place.path for place in environment._closed()]
    assert len(closed) == 1
    assert tmp_path.is_relative_to(closed[0])


def test_a_hub_is_looked_for_only_where_one_is_asked_for(tmp_path):
    (tmp_path / "state").mkdir()
    token = tmp_path / "state" / "upkeep.token"
    token.touch()
    token.chmod(0o644)
    assert not [check for check, _ in doctor()[1] if check == "hub"]
    seen = environment.hub(Hub(tmp_path, Settings()))
    assert [place.path for place in seen.secrets] == [str(token)]
    assert set(seen.programs) == {"jupyterhub", "configurable-http-proxy", "node"}


def test_an_account_that_is_none_is_told_in_a_sentence():
    done = CliRunner().invoke(app, ["doctor", "--student", "nobody-of-that-name"])
    assert done.exit_code == 1
    assert "nobody-of-that-name" in done.output


def test_what_is_told_in_korean_has_a_remedy_for_each_fault(tmp_path):
    done = CliRunner().invoke(app, ["doctor", "--lang", "ko", "--course", str(tmp_path)])
    assert done.exit_code == 1
    assert "고치는 법" in done.output
