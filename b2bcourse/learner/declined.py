"""Earlier answers that a learner did not want brought into a folder: noted, and asked no more."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from b2bcourse.learner.laid import Ledger

if TYPE_CHECKING:
    from pathlib import Path


def note(folder: Path) -> None:
    """Note that nothing is to be brought into a folder.

    Raises:
        OSError: it cannot be written.
    """
    path = _path(folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch()


def holds(folder: Path) -> bool:
    """Whether that is noted."""
    return _path(folder).exists()


def _path(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    return Ledger.of_user().home.with_name("declined") / name
