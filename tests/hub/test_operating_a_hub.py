"""A hub that runs, with real users: the doctor, what is kept of a person, an upgrade, a back-up."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import subprocess
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import hubs
import psutil
import pytest

from b2bcourse.hub.ports import free_ports
from b2bcourse.hub.running import Running, stop_servers
from b2bcourse.hub.settings import read_hub

if TYPE_CHECKING:
    from collections.abc import Iterator

# With the browser's, beside which a hub is in `make test-all` and not in the long tests of CI.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.hub,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def world(able: None) -> Iterator[hubs.World]:
    """A hub of this module's own: its people are deleted and its version changes."""
    with hubs.a_hub(address=f"http://127.0.0.1:{free_ports(8850)[0]}") as made:
        yield made


def b2b(world: hubs.World, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of the kit as the operator gives it, from the hub's own environment."""
    clean = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(world.hub.python), "-m", "b2bcourse", *map(str, words)],
        env={**clean, **more},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_doctor_finds_a_hub_as_it_was_made_in_order(world):
    student = world.name("student1")
    done = b2b(world, "doctor", "--hub", world.hub.folder, "--student", student, "--json")
    found = {each["check"]: each for each in json.loads(done.stdout) if each["state"] == "fault"}
    found.pop("homes", None)  # of other accounts of the machine
    found.pop("disk", None)
    assert found == {}, done.stdout


def test_and_names_what_was_done_to_it_since(world):
    token = world.hub.state / "upkeep.token"
    before = [(path, path.stat().st_mode) for path in (token, world.hub.exchange)]
    token.chmod(0o644)
    world.hub.exchange.chmod(0o777)
    try:
        done = b2b(world, "doctor", "--hub", world.hub.folder, "--json")
    finally:
        for path, mode in before:
            path.chmod(mode)
    assert done.returncode == 1
    found = {each["check"] for each in json.loads(done.stdout) if each["state"] == "fault"}
    assert {"keys", "exchange"} <= found


class TestWhatIsKeptOfAPerson:
    def test_every_place_is_named(self, world):
        world.session("student3").log_in().start()
        done = b2b(
            world, "account", "show", world.name("student3"), "--hub", world.hub.folder,
            "--lang", "en", COLUMNS="200",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        for place in (world.home("student3"), world.hub.api, "hub.yaml", "hub.log"):
            assert str(place) in done.stdout
        assert f"nbgrader-{world.course.id}" in done.stdout
        assert "gradebook" in done.stdout

    def test_it_can_be_handed_out(self, world, tmp_path):
        own = world.home("student3") / "mine.txt"
        own.write_text("hers")
        (world.home("student3") / "link").symlink_to("/etc/shadow")
        out = tmp_path / "hers.zip"
        name = world.name("student3")
        done = b2b(world, "account", "export", name, "--hub", world.hub.folder, "--out", out)
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(out) as archive:
            names = archive.namelist()
            assert archive.read("home/mine.txt") == b"hers"
            assert json.loads(archive.read("hub.json"))["name"] == name
            assert name in archive.read("log-lines.txt").decode()
            assert f"course-{world.course.id}.zip" in names
            assert "home/link" not in names
        assert out.stat().st_mode & 0o777 == 0o600

    def test_nothing_is_deleted_unasked(self, world):
        done = b2b(world, "account", "delete", world.name("student3"), "--hub", world.hub.folder)
        assert done.returncode == 1
        assert world.home("student3").is_dir()

    def test_a_grader_or_root_is_nobody_to_delete(self, world):
        for name in (world.course.grader, "root"):
            done = b2b(world, "account", "delete", name, "--hub", world.hub.folder, "--yes")
            assert done.returncode == 1
            assert pwd.getpwnam(name)

    def test_all_of_it_can_be_deleted_while_her_server_runs(self, world):
        name = world.name("student3")
        assert world.processes_of("student3")
        done = b2b(
            world, "account", "delete", name, "--hub", world.hub.folder, "--yes", "--lang", "en"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        with pytest.raises(KeyError):
            pwd.getpwnam(name)
        assert not (Path(world.hub.settings.homes) / name).exists()
        again = b2b(
            world, "account", "show", name, "--hub", world.hub.folder, "--lang", "en", COLUMNS="200"
        )
        assert world.hub.api not in again.stdout
        assert "gradebook" not in again.stdout

    def test_a_hub_that_is_not_running_is_told_and_nothing_is_done(self, world):
        world.kill_hub()
        try:
            name = world.name("student2")
            done = b2b(world, "account", "delete", name, "--hub", world.hub.folder, "--yes")
            assert done.returncode == 1
            assert world.hub.api in done.stderr
            assert pwd.getpwnam(name)
        finally:
            world.start_hub()


_AT_WORK = """
import sys
from pathlib import Path
import b2bcourse
from b2bcourse.context import bank_folder
from b2bcourse.items import kind_of, load_item
from b2bcourse.responses import Store
item = load_item(bank_folder() / "mx-cells.yaml")
kind = kind_of(item.kind)
face = kind.face(item, "en")
folder = Path.home() / "work"
folder.mkdir(exist_ok=True)
store = Store(folder, face)
model = kind.model_answer(face, kind.key(item))
for line in sys.stdin:
    store.save(model if line.strip() == "model" else kind.blank(face))
    import b2bcourse.render.matrix  # what a kernel imports only now comes from its own version
    print(b2bcourse.__version__, b2bcourse.render.matrix.__file__, flush=True)
"""


@contextlib.contextmanager
def kernel(world: hubs.World, short: str) -> Iterator[subprocess.Popen[str]]:
    """A process of hers that keeps answers, of the version that her server has."""
    who = pwd.getpwnam(world.name(short))
    process = subprocess.Popen(
        [str(world.hub.python), "-c", _AT_WORK],
        user=who.pw_uid,
        group=who.pw_gid,
        extra_groups=[],
        env={"HOME": who.pw_dir, "PATH": "/usr/bin:/bin", "USER": who.pw_name},
        cwd=who.pw_dir,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def save(process: subprocess.Popen[str], what: str) -> str:
    process.stdin.write(f"{what}\n")
    process.stdin.flush()
    return process.stdout.readline()


def a_newer_clone(folder: Path) -> tuple[Path, str]:
    """This repository with a higher number."""
    left = shutil.ignore_patterns(".git", "node_modules", ".venv*", ".*_cache", "dist", "tests")
    clone = Path(shutil.copytree(hubs.REPO, folder / "clone", ignore=left, symlinks=True))
    about = clone / "b2bcourse" / "__init__.py"
    text = about.read_text("utf-8")
    version = text.partition("__version__")[2].split('"')[1]
    about.write_text(text.replace(f'"{version}"', f'"{version}.post1"'), "utf-8")
    return clone, f"{version}.post1"


def test_an_upgrade_while_somebody_works_changes_nothing_of_hers_until_her_next_start(
    world, tmp_path
):
    who = "student1"
    world.session(who).log_in().start()
    [before] = {
        process.pid
        for process in world.processes_of(who)
        if "jupyterhub-singleuser" in " ".join(process.cmdline())
    }
    old = world.hub.environment
    with kernel(world, who) as at_work:
        version = save(at_work, "model").split()[0]
        clone, newer = a_newer_clone(tmp_path)
        clean = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [str(clone / "deploy" / "one-machine" / "upgrade"), str(world.hub.folder), str(clone)],
            env=clean, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert world.hub.environment != old
        told = save(at_work, "blank").split()
        assert told[0] == version != newer
        assert told[1].startswith(str(old))  # nothing is mixed
        assert save(at_work, "model")
    [file] = (world.home(who) / "work" / "responses").glob("*.json")
    saved = file.read_bytes()
    assert psutil.Process(before).is_running()
    restart(world)  # as systemd does after an upgrade: hub and graders, nobody's server
    assert psutil.Process(before).is_running()
    session = world.session(who).log_in()
    assert session.get(f"/user/{world.name(who)}/b2bcourse/home")[0] == 200
    stop_servers(world.hub)
    session.start()
    hers = [" ".join(process.cmdline()) for process in world.processes_of(who)]
    assert any(str(world.hub.environment) in line for line in hers)
    assert not any(str(old) in line for line in hers)
    assert file.read_bytes() == saved
    done = world.run_as(who, str(world.hub.python), "-m", "b2bcourse", "--version")
    assert newer in done.stdout


def restart(world: hubs.World) -> None:
    for name, process in world.running.processes.items():
        if name != "proxy":
            process.terminate()
            process.wait(30)
    world.hub = read_hub(world.hub.folder)
    world.running.parts = Running(world.hub).parts
    for part in world.running.parts:
        if part.name != "proxy":
            world.running._start(part)
    world.running.wait_ready()


def test_a_hub_that_was_saved_while_it_ran_and_destroyed_runs_again_with_everybodys_work(
    world, tmp_path
):
    session = world.session("student2").log_in()
    session.start()
    own = world.home("student2") / "mine.txt"
    own.write_text("hers")
    saved = tmp_path / "saved"
    done = b2b(world, "backup", saved, "--hub", world.hub.folder, "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    stop_servers(world.hub)
    for process in world.running.processes.values():
        process.kill()
        process.wait()
    for name in ("homes", "state", "exchange"):
        shutil.rmtree(world.hub.folder / name)
    for name in ("hub.yaml", "jupyterhub_config.py"):
        (world.hub.folder / name).unlink()
    [file] = saved.iterdir()
    done = b2b(world, "restore", file, "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    time.sleep(1)
    world.running.start()
    again = world.session("student2").log_in()
    again.start()
    assert own.read_text() == "hers"
    assert world.exchange.is_dir()
