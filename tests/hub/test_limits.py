"""Limits around one person's server; who it becomes is tried with real accounts where one is root."""

import os
import pwd
import subprocess

import pytest

from b2bcourse.hub import accounts, limits
from b2bcourse.hub.base import HubError
from b2bcourse.hub.settings import Settings

SERVER = ["/opt/env/bin/python", "-m", "b2bcourse.hub.single"]
NOBODY = pwd.getpwnam("nobody")
LIMITED = Settings(memory="768M", tasks=300)


def test_without_limits_the_command_is_the_servers_alone():
    assert limits.command(Settings(), NOBODY, SERVER) == SERVER


def test_with_limits_it_stands_in_a_scope_and_becomes_the_user_inside_of_it(monkeypatch):
    monkeypatch.setattr(accounts, "program", lambda name: f"/usr/bin/{name}")
    command = limits.command(LIMITED, NOBODY, SERVER)
    scope, inside = command[: command.index("--")], command[command.index("--") + 1 :]
    assert scope[0] == "/usr/bin/systemd-run"
    assert {"--scope", "--property=MemoryMax=768M", "--property=TasksMax=300"} <= set(scope)
    assert inside[:4] == [
        "/usr/bin/setpriv",
        f"--reuid={NOBODY.pw_uid}",
        f"--regid={NOBODY.pw_gid}",
        "--init-groups",
    ]
    assert inside[-3:] == SERVER


def test_a_limit_without_systemd_is_refused_with_what_brings_it(monkeypatch, tmp_path):
    monkeypatch.setattr(accounts.shutil, "which", lambda *_, **__: None)
    with pytest.raises(HubError, match="systemd"):
        limits.command(LIMITED, NOBODY, SERVER)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_what_runs_inside_has_the_users_groups_and_none_of_roots(monkeypatch, tmp_path):
    """systemd itself is stood in for: here none runs. What it is to start is really started."""
    stand_in = tmp_path / "systemd-run"
    stand_in.write_text('#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n')
    stand_in.chmod(0o755)
    found = accounts.program
    monkeypatch.setattr(
        accounts, "program", lambda name: str(stand_in) if name == "systemd-run" else found(name)
    )
    command = limits.command(LIMITED, NOBODY, ["/usr/bin/id"])
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"uid={NOBODY.pw_uid}(")
    assert "root" not in said
