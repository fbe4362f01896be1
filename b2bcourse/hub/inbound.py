"""Where every container is the same user: each hands in through a folder of her own.

On Kubernetes owners say nothing. So a student's container has the exchange's ``inbound`` from
``inbound-of/NAME`` and sees no other. This brings what lies there into the ``inbound`` that
nbgrader collects from: only what bears the name of the folder's student, only once, and as a copy,
so that nobody changes what she has handed in.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

OWN: Final = "inbound-of"
_HANDED: Final = re.compile(
    r"[^+/]+\+[^+/]+\+\d{4}-\d\d-\d\d[ _]\d\d[:-]\d\d[:-]\d\d[^+/]*(\+[^+/]+)?"
)
_MOST_BYTES: Final = 100_000_000
_MOST_FILES: Final = 2_000
_PAUSE: Final = 15.0
_ARGUMENTS: Final = 2


@dataclass
class Brought:
    """What one round did: folders brought, and folders refused with the reason."""

    new: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def bring(course: Path) -> Brought:
    """One round for a course's part of the exchange.

    Args:
        course: the folder of the course in the exchange, which belongs to who runs this.
    """
    done = Brought()
    inbound = course / "inbound"
    inbound.mkdir(mode=0o700, exist_ok=True)
    homes = course / OWN
    for home in sorted(homes.iterdir()) if homes.is_dir() else ():
        if home.is_symlink() or not home.is_dir():
            continue
        for folder in sorted(home.iterdir()):
            if not (inbound / folder.name).exists():
                _bring(folder, home.name, inbound, done)
    return done


def _bring(folder: Path, student: str, inbound: Path, done: Brought) -> None:
    why = _refused(folder, student)
    if why:
        done.refused[f"{student}/{folder.name}"] = why
        return
    half = inbound / f".{folder.name}.tmp"
    shutil.rmtree(half, ignore_errors=True)
    try:
        _copy(folder, half)
        half.rename(inbound / folder.name)
        done.new.append(folder.name)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        done.refused[f"{student}/{folder.name}"] = error.strerror or str(error)


def _refused(folder: Path, student: str) -> str:
    """Why a folder is not brought; empty where it is."""
    if not _HANDED.fullmatch(folder.name):
        return "no name that nbgrader gives"
    if folder.name.partition("+")[0] != student:
        return "in another's name"
    if folder.is_symlink() or not folder.is_dir():
        return "no folder"
    return ""


def _copy(folder: Path, to: Path) -> None:
    """Plain files and folders only, in bounds; no link is followed, also none put there meanwhile.

    Raises:
        OSError: too much, or it cannot be read.
    """
    to.mkdir(mode=0o700)
    files = size = 0
    for at, folders, names, handle in os.fwalk(folder, follow_symlinks=False):
        target = to / Path(at).relative_to(folder)
        for name in folders:
            if not stat.S_ISLNK(os.lstat(name, dir_fd=handle).st_mode):
                (target / name).mkdir(mode=0o700, exist_ok=True)
        for name in names:
            if not stat.S_ISREG(os.lstat(name, dir_fd=handle).st_mode):
                continue
            files += 1
            size += _copy_file(name, handle, target / name, _MOST_BYTES - size)
            if files > _MOST_FILES:
                raise OSError(27, f"more than {_MOST_FILES} files")


def _copy_file(name: str, handle: int, to: Path, room: int) -> int:
    opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle)
    with os.fdopen(opened, "rb") as source, to.open("xb") as target:
        size = os.fstat(source.fileno()).st_size
        if size > room:
            raise OSError(27, f"more than {_MOST_BYTES} bytes")
        target.write(source.read(size))
    os.utime(to, ns=(time.time_ns(), os.stat(name, dir_fd=handle).st_mtime_ns))
    return size


def main() -> None:
    """``python -m b2bcourse.hub.inbound EXCHANGE/COURSE``: every few seconds, for ever."""
    if len(sys.argv) != _ARGUMENTS:
        sys.exit("python -m b2bcourse.hub.inbound EXCHANGE/COURSE")
    course, told = Path(sys.argv[1]), set[str]()
    while True:
        done = bring(course)
        # A folder's whole name stays unsaid: who knows it could look for it.
        for name, why in done.refused.items():
            if name not in told:
                told.add(name)
                print(f"{course.name}: {name.partition('/')[0]}: refused: {why}", flush=True)  # noqa: T201
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main()
