"""What a disk does to a file that is being saved, and what is said when it refuses."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from b2bcourse.responses.lock import LockedError, LockFolderError
from b2bcourse.responses.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.facts import Text

T = TypeVar("T")

PASSING: Final = 2.0
"""So many seconds a passing fault is tried again."""

_PASSING: Final = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETXTBSY})
_FIRST_PAUSE: Final = 0.01
_LAST_PAUSE: Final = 0.2


def persistent(do: Callable[[], T]) -> T:
    """What ``do`` returns; a fault that may pass is tried again for two seconds.

    A virus scanner or a program that syncs a folder holds a file for a moment; a network disk
    hiccups. A folder that cannot be written or a full disk will not change so soon.
    """
    deadline, pause = time.monotonic() + PASSING, _FIRST_PAUSE
    while True:
        try:
            return do()
        except OSError as error:
            if not passes(error) or time.monotonic() >= deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, _LAST_PAUSE)


def passes(error: OSError) -> bool:
    """Whether a fault may be over in a moment."""
    return error.errno in _PASSING or (
        error.errno in {errno.EACCES, errno.EPERM} and _may_write(error)
    )


def _may_write(error: OSError) -> bool:
    """Whether the folder of a file that was refused can be written: then only the file is held."""
    name = error.filename2 or error.filename
    return name is not None and os.access(Path(os.fsdecode(name)).parent, os.W_OK)


def sync_folder(folder: Path) -> None:
    """Make the replaced name itself durable; Windows cannot open folders and needs not."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:  # some network file systems refuse; the file itself is on disk
        return
    finally:
        os.close(descriptor)


def why(error: OSError, path: Path) -> Text:
    """Why a file could not be used and what to do, in a student's words."""
    if isinstance(error, LockedError):
        return WORDS.locked
    if isinstance(error, LockFolderError):
        return WORDS.lock_folder.format(folder=error.folder, detail=error.strerror)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return WORDS.disk_full
    if passes(error):
        return WORDS.held
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return WORDS.no_writing.format(folder=path.parent.parent.name)
    return WORDS.failed.format(detail=error.strerror or error)
