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

from b2bcourse.hub.settings import FILE
from b2bcourse.operating.accounts import is_private, people
from b2bcourse.operating.doctor.environment import environment, hub
from b2bcourse.operating.doctor.places import disk, exchange_seen, place
from b2bcourse.operating.doctor.seen import CourseSeen, Exchange, Home, Machine, Tried

if TYPE_CHECKING:
    import pwd

    from b2bcourse.hub.settings import Hub as HubFolder

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
    served: HubFolder | None = None,
) -> Machine:
    """Look at this machine.

    Args:
        courses: course folders to look at as well.
        student: an account to try things as; only root can.
        served: a hub on it, whose courses and secrets are looked at as well.
    """
    everybodys, error = _everybodys_exchange(served)
    of_hub = [Path(each.folder) for each in served.settings.courses] if served else []
    seen = tuple(course(folder) for folder in dict.fromkeys([*of_hub, *courses]))
    own = environment()
    programs = hub(served) if served is not None else None
    secrets = [place.path for each in seen for place in each.secrets]
    secrets += [place.path for place in (programs.secrets if programs else ())]
    secrets += [own.solutions.path] if own.solutions is not None else []
    tmp = Path(tempfile.gettempdir())
    return Machine(
        environment=own,
        exchange=everybodys,
        disks=tuple(disk(folder) for folder in _places(everybodys, tmp, served)),
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


def _places(everybodys: Exchange, tmp: Path, served: HubFolder | None) -> Iterator[Path]:
    yield from (Path.home(), tmp)
    if everybodys.root is not None:
        yield Path(everybodys.root)
    if served is not None:
        yield served.state


def _everybodys_exchange(served: HubFolder | None) -> tuple[Exchange, str]:
    """What a student's settings name: those of the hub's roles, or else the machine's."""
    from b2bcourse.grading.holding import exchange

    if served is not None:
        return exchange_seen(exchange.InForce(served.exchange, served.folder / FILE)), ""
    try:
        return exchange_seen(exchange.in_force()), ""
    except Exception as error:  # noqa: BLE001 - the settings are a program of somebody's
        return Exchange(None), f"{type(error).__name__}: {error}"


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
    said: dict[str, str] = dict(re.findall(r"^(HOME_MODE|UMASK)\s+([0-7]+)", text, re.MULTILINE))
    umask = int(said.get("UMASK", "022"), 8)
    return said.get("HOME_MODE", f"{0o777 & ~umask:04o}")


def _zone() -> str:
    """The machine's time zone, by name where it has one."""
    if name := os.environ.get("TZ", "").lstrip(":"):
        return name
    linked = str(Path("/etc/localtime").resolve())
    return str(linked.partition("zoneinfo/")[2] or time.tzname[0])


def _knows_zones() -> bool:
    try:
        ZoneInfo("Asia/Seoul")
    except (ZoneInfoNotFoundError, OSError):
        return False
    return True
