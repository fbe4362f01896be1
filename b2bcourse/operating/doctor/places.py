"""Looking at files and folders: modes, room, an exchange."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from b2bcourse.operating.accounts import owner_name
from b2bcourse.operating.doctor.seen import Disk, Exchange, Place

if TYPE_CHECKING:
    from b2bcourse.grading.holding.exchange import InForce


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
