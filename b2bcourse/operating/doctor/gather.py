"""Looking at a machine: each function sees one thing and judges nothing."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from b2bcourse.operating.accounts import is_private, owner_name, people
from b2bcourse.operating.doctor.environment import environment, hub
from b2bcourse.operating.doctor.seen import CourseSeen, Disk, Exchange, Home, Machine, Place, Tried

if TYPE_CHECKING:
    import pwd

    from b2bcourse.grading.holding.exchange import InForce

_LOGIN: Final = Path("/etc/login.defs")
_ANOTHER: Final = "nobody"
_WRITTEN: Final = 2_000_000

# What somebody else tries: she has no right to this very file's module, so it is handed to her.
_PROBE: Final = """
import json, os, sys, tempfile
home, tmp, secrets = json.loads(sys.stdin.read())
said = {"imported": "", "home": "", "tmp": "", "read": []}
try:
    import b2bcourse.notebook
except BaseException as error:
    said["imported"] = f"{type(error).__name__}: {error}"
for name, folder in (("home", home), ("tmp", tmp)):
    try:
        if folder:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"0" * %d)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        said[name] = error.strerror or str(error)
said["read"] = [path for path in secrets if os.access(path, os.R_OK)]
print(json.dumps(said))
"""


def look(
    courses: Sequence[Path] = (),
    student: pwd.struct_passwd | None = None,
    state: Path | None = None,
) -> Machine:
    """Look at this machine.

    Args:
        courses: course folders to look at as well.
        student: an account to try things as; only root can.
        state: the folder in which a JupyterHub keeps its state.
    """
    everybodys, error = _everybodys_exchange()
    seen = tuple(course(folder) for folder in courses)
    own = environment()
    programs = hub(state) if state is not None else None
    secrets = [place.path for each in seen for place in each.secrets]
    secrets += [place.path for place in (programs.secrets if programs else ())]
    secrets += [own.solutions.path] if own.solutions is not None else []
    tmp = Path(tempfile.gettempdir())
    return Machine(
        environment=own,
        exchange=everybodys,
        disks=tuple(disk(folder) for folder in _places(everybodys, tmp, state)),
        tmp=place(tmp),
        zone=_zone(),
        zones=_knows_zones(),
        homes=tuple(_homes()),
        home_mode=_home_mode(),
        courses=seen,
        tried=try_as(student, secrets) if os.geteuid() == 0 else None,
        hub=programs,
        settings_error=error,
    )


def place(path: Path) -> Place:
    """A file or a folder as others see it."""
    reached = all(_mode(each) & 0o001 for each in path.absolute().parents)
    try:
        found = path.stat()
    except OSError:
        return Place(str(path), reached=reached)
    mode, owner = found.st_mode & 0o7777, owner_name(found.st_uid)
    return Place(str(path), mode, owner, reached, path.is_dir())


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def disk(folder: Path) -> Disk:
    """The room where a folder lies, or will lie."""
    there = next(each for each in (folder, *folder.parents) if each.is_dir())
    found = os.statvfs(there)
    entries = found.f_favail / found.f_files if found.f_files else 1.0
    return Disk(str(folder), found.f_bavail * found.f_frsize, entries)


def _places(everybodys: Exchange, tmp: Path, state: Path | None) -> Iterator[Path]:
    yield from (Path.home(), tmp)
    if everybodys.root is not None:
        yield Path(everybodys.root)
    if state is not None:
        yield state


def _everybodys_exchange() -> tuple[Exchange, str]:
    from b2bcourse.grading.holding import exchange

    try:
        return exchange_seen(exchange.in_force()), ""
    except Exception as error:  # noqa: BLE001 - the settings are a program of somebody's
        return Exchange(None), f"{type(error).__name__}: {error}"


def exchange_seen(found: InForce, course: Path | None = None) -> Exchange:
    """An exchange, with what keeps students from it, and its folders' modes."""
    from b2bcourse.grading.holding import exchange

    faults = tuple((text.ko, text.en) for text in exchange.faults(found, course))
    file = str(found.file) if found.file else None
    if found.root is None:
        return Exchange(None, file, faults)
    inbound = found.root / found.course_id / "inbound" if found.course_id else None
    seen = place(inbound) if inbound is not None and inbound.is_dir() else None
    return Exchange(str(found.root), file, faults, place(found.root), seen)


def course(folder: Path) -> CourseSeen:
    """A course folder, looked at as its owner: its settings are a program, and not root's."""
    from b2bcourse.operating.owners import as_owner

    done = as_owner(folder, "b2bcourse.operating.doctor.course", str(folder.absolute()))
    if done.error:
        return CourseSeen(str(folder), (done.error, done.error))
    return msgspec.json.decode(done.said, type=CourseSeen)


def try_as(student: pwd.struct_passwd | None, secrets: Sequence[str]) -> Tried:
    """Load the kit, write at home and read the keys as somebody who must (not) be able to."""
    from b2bcourse.operating.accounts import account, run_as

    who = student or account(_ANOTHER)
    if who is None:
        return Tried(_ANOTHER, imported=_ANOTHER)
    home = who.pw_dir if student is not None else ""
    asked = msgspec.json.encode([home, tempfile.gettempdir(), list(secrets)]).decode()
    try:
        done = run_as(who, [sys.executable, "-c", _PROBE % _WRITTEN], asked)
    except OSError as error:
        return Tried(who.pw_name, imported=str(error))
    if done.returncode:
        return Tried(who.pw_name, imported=(done.stderr.strip().splitlines() or ["?"])[-1])
    said = msgspec.json.decode(done.stdout)
    return Tried(who.pw_name, said["imported"], said["home"], said["tmp"], tuple(said["read"]))


def _homes() -> Iterator[Home]:
    for one in people():
        home = Path(one.pw_dir)
        yield Home(one.pw_name, place(home), private=is_private(home.stat().st_gid, one.pw_name))


def _home_mode() -> str:
    """The mode of a new home: HOME_MODE, or what UMASK leaves of it."""
    try:
        text = _LOGIN.read_text("utf-8")
    except OSError:
        return ""
    said = dict(re.findall(r"^(HOME_MODE|UMASK)\s+([0-7]+)", text, re.MULTILINE))
    umask = int(said.get("UMASK", "022"), 8)
    return said.get("HOME_MODE", f"{0o777 & ~umask:04o}")


def _zone() -> str:
    """The machine's time zone, by name where it has one."""
    if name := os.environ.get("TZ", "").lstrip(":"):
        return name
    linked = str(Path("/etc/localtime").resolve())
    return linked.partition("zoneinfo/")[2] or time.tzname[0]


def _knows_zones() -> bool:
    try:
        ZoneInfo("Asia/Seoul")
    except (ZoneInfoNotFoundError, OSError):
        return False
    return True
