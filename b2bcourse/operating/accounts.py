"""Accounts of the machine, and doing something as one of them."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PEOPLE: Final = range(1000, 60000)
"""The ids that Debian's useradd gives to persons."""

_PATIENCE: Final = 120.0
_KEPT: Final = ("PYTHONPATH", "LANG", "LC_ALL", "TZ")


def people() -> list[pwd.struct_passwd]:
    """The accounts of persons whose home is there and is their own, by name."""
    found = []
    for account in pwd.getpwall():
        home = Path(account.pw_dir)
        if account.pw_uid in PEOPLE and home.is_dir() and home.stat().st_uid == account.pw_uid:
            found.append(account)
    return sorted(found)


def account(name: str) -> pwd.struct_passwd | None:
    """An account by its name, or None."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def owner_of(path: Path) -> pwd.struct_passwd | None:
    """Whose a file is; None for an owner without an account."""
    try:
        return pwd.getpwuid(path.stat().st_uid)
    except KeyError:
        return None


def owner_name(uid: int) -> str:
    """An owner as one tells her: the account's name, or the number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def is_private(gid: int, user: str) -> bool:
    """Whether a group is a user's own: of her name, and with nobody else in it."""
    try:
        group = grp.getgrgid(gid)
    except KeyError:
        return False
    return group.gr_name == user and set(group.gr_mem) <= {user}


def run_as(
    who: pwd.struct_passwd, command: Sequence[str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program as somebody else, in an environment of her own; only root can.

    Args:
        who: the account; its groups come along.
        command: the program and its arguments.
        given: what the program reads from its standard input.
    """
    if who.pw_uid != os.geteuid():
        ids = [f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--init-groups"]
        command = [shutil.which("setpriv") or "setpriv", *ids, "--", *command]
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return subprocess.run(  # noqa: S603 - a program of ours, no shell
        command,
        env={**kept, "PATH": os.environ["PATH"], "HOME": who.pw_dir, "USER": who.pw_name},
        cwd="/",
        input=given,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
