"""Accounts of the machine: which may have a server, new ones, their homes and their sockets' place.

Everything here is done as root, on Linux.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.hub.base import WORDS, HubError

if TYPE_CHECKING:
    from b2bcourse.hub.settings import Hub

RUNTIME: Final = Path("/run/b2bcourse")
"""Sockets of kernels and what servers tell of themselves: below it, a folder for each user."""

PACKAGES: Final = {
    "useradd": "passwd",
    "userdel": "passwd",
    "node": "nodejs",
    "npm": "npm",
    "runuser": "util-linux",
    "setpriv": "util-linux",
    "systemd-run": "systemd",
}
"""What brings a program on Debian and Ubuntu."""

_FIRST_USER: Final = 1000
"""Below it are the accounts of the system's own services, and root."""

_NOBODY: Final = 65534
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,30}")
_ROOM: Final = 2_000_000
"""Bytes that a server needs to start and to save the first answers."""

_TRY: Final = (
    "import os, sys, tempfile\n"
    f"with tempfile.TemporaryFile(dir=os.path.expanduser('~')) as file:\n"
    f"    file.write(b'0' * {_ROOM})\n    file.flush()\n    os.fsync(file.fileno())\n"
)


def allowed(hub: Hub, name: str) -> pwd.struct_passwd:
    """The account that a server may run as; made now, where the hub makes accounts.

    Raises:
        HubError: there is none, or it is no person's: a hub's log-in must never lead to root.
    """
    account = _account(name)
    if account is None and hub.settings.homes:
        return make(name, Path(hub.settings.homes))
    if account is None or not _FIRST_USER <= account.pw_uid < _NOBODY:
        raise HubError(WORDS.not_allowed.format(name=name))
    if hub.settings.is_demo and not _is_ours(account, hub):
        raise HubError(WORDS.not_allowed.format(name=name))
    return account


def _is_ours(account: pwd.struct_passwd, hub: Hub) -> bool:
    """Whether a hub to try things on made it; with one password nobody else's may be opened."""
    homes = Path(hub.settings.homes) if hub.settings.homes else hub.folder / "homes"
    own = {one.grader for one in hub.settings.courses}
    return Path(account.pw_dir).is_relative_to(homes) and account.pw_name not in own


def make(name: str, homes: Path) -> pwd.struct_passwd:
    """Make an account with a home that nobody else can look into.

    Raises:
        HubError: the name cannot be an account's, or another account has it.
    """
    if not _NAME.fullmatch(name):
        raise HubError(WORDS.account_bad.format(name=name))
    home = homes / name
    known = _account(name)
    if known is not None:
        if Path(known.pw_dir) != home:
            raise HubError(WORDS.account_taken.format(name=name))
        return known
    done = subprocess.run(  # noqa: S603
        [
            *(program("useradd"), "--create-home", "--home-dir", str(home)),
            *("--key", "HOME_MODE=0700", "--user-group", "--shell", "/bin/bash", name),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    account = _account(name)
    if done.returncode or account is None:
        raise HubError(WORDS.account_not_made.format(name=name, detail=done.stderr.strip()))
    home.chmod(0o700)  # where an older useradd knows no HOME_MODE
    return account


def exists(name: str) -> bool:
    """Whether an account has this name."""
    return _account(name) is not None


def known(name: str) -> pwd.struct_passwd:
    """An account that must be there.

    Raises:
        HubError: it is not.
    """
    account = _account(name)
    if account is None:
        raise HubError(WORDS.account_missing.format(name=name))
    return account


def remove(name: str) -> None:
    """Remove an account, its home and its sockets' place; one that is not there is no error."""
    account = _account(name)
    if account is None:
        return
    subprocess.run(  # noqa: S603
        [program("userdel"), "--remove", name], capture_output=True, check=False
    )
    shutil.rmtree(RUNTIME / str(account.pw_uid), ignore_errors=True)


def program(name: str) -> str:
    """A program of the system, also where root's own folders are not on the path.

    Raises:
        HubError: it is not there.
    """
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    found = shutil.which(name, path=path)
    if found is None:
        raise HubError(WORDS.no_program.format(name=name, package=PACKAGES.get(name, name)))
    return found


def check_home(account: pwd.struct_passwd) -> None:
    """Write as her what a server writes first; a full home is told at once, not after minutes.

    Raises:
        HubError: there is no room, or no home.
    """
    if not Path(account.pw_dir).is_dir():
        raise HubError(WORDS.home_missing.format(name=account.pw_name))
    done = subprocess.run(  # noqa: S603
        ["/usr/bin/env", "python3", "-I", "-c", _TRY],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        env={"HOME": account.pw_dir, "PATH": os.environ.get("PATH", "/usr/bin:/bin")},
        cwd="/",
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise HubError(WORDS.home_full)


def runtime_folder(uid: int) -> Path:
    """Where a user's kernels have their sockets."""
    return RUNTIME / str(uid)


def make_runtime_folder(uid: int) -> Path:
    """Make it, for this user alone; what lies there after a restart of the machine is gone."""
    RUNTIME.mkdir(exist_ok=True)
    RUNTIME.chmod(0o711)  # each passes to her own; the hub's umask would keep all out
    folder = runtime_folder(uid)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    os.chown(folder, uid, pwd.getpwuid(uid).pw_gid)
    return folder


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
