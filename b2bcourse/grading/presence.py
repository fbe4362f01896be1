"""Who has which essay open just now, so that two graders do not read the same one.

Graders may sit at servers of their own on one course folder, so it is files there that tell: one
a window, told anew while the window is open, forgotten a minute after it was closed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import msgspec

from b2bcourse.grading.criteria import FOLDER
from b2bcourse.responses.disk import persistent

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 60.0
"""Seconds after which a window that says nothing is closed."""
SESSION: Final = r"[a-z0-9]{8,40}"
"""What a window calls itself."""


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """An essay in a window.

    Attributes:
        session: the window.
        by: who sits at it.
        item, student: the essay.
        at: since when (ISO 8601, UTC).
    """

    session: str
    by: str
    item: str
    student: str
    at: str


def enter(root: Path, assignment: str, mine: Open) -> list[Open]:
    """Tell what a window has open.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        mine: the window, its essay.

    Returns:
        What the other windows have open.
    """
    folder = root / FOLDER / assignment / ".open"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mine.session}.json"
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(msgspec.json.encode(mine))
    persistent(lambda: temporary.replace(path))
    now = path.stat().st_mtime  # the disk's own clock: another machine's may differ
    others = [_read(other, now) for other in sorted(folder.glob("*.json")) if other != path]
    return [other for other in others if other is not None]


def leave(root: Path, assignment: str, session: str) -> None:
    """Tell that a window was closed."""
    (root / FOLDER / assignment / ".open" / f"{session}.json").unlink(missing_ok=True)


def _read(path: Path, now: float) -> Open | None:
    """What another window has open; one that was closed is forgotten."""
    try:
        if now - path.stat().st_mtime > PATIENCE:
            path.unlink()
            return None
        return msgspec.json.decode(path.read_bytes(), type=Open)
    except (OSError, msgspec.DecodeError):  # just closed, or another release's
        return None
