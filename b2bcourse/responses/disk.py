"""What a disk does to a file that is being saved, and what is said when it refuses."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from b2bcourse.facts.faults import of_system
from b2bcourse.responses.lock import LockedError, LockFolderError
from b2bcourse.responses.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.facts import Text

T = TypeVar("T")
Mark = tuple[int, int, int]
"""A file's number, time and size."""

PASSING: Final = 2.0
"""So many seconds a passing fault is tried again."""

RENAMING_REFUSES: Final = os.name == "nt"
"""Whether renaming a file never puts it over another one."""

_PASSING: Final = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETXTBSY})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM})
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


def mark_of(path: Path) -> Mark | None:
    """What tells a file from any other that stands at its path at another time; None without."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def create(temporary: Path, path: Path) -> None:
    """Give a file its name, which no other file may have yet, in one step.

    Raises:
        FileExistsError: another file has it, whoever made it.
        OSError: it cannot be given.
    """
    if RENAMING_REFUSES:
        temporary.rename(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        if temporary.stat().st_nlink == 1:  # else a network disk says so of what it has just done
            raise
    except OSError as error:  # a disk without links: between the look and the step is a moment
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        temporary.replace(path)
        return
    temporary.unlink(missing_ok=True)


def passes(error: OSError) -> bool:
    """Whether a fault may be over in a moment."""
    return error.errno in _PASSING or (error.errno in _REFUSED and _is_held(error))


def _is_held(error: OSError) -> bool:
    """Whether a file that was refused is only held: one's own, in a folder that can be written."""
    name = error.filename2 or error.filename
    if name is None:
        return False
    path = Path(os.fsdecode(name))
    return os.access(path.parent, os.W_OK) and not is_anothers(path)


def is_anothers(path: Path) -> bool:
    """Whether a file belongs to another user.

    Root is no such user: who restores a backup or copies a course is root, and so is who works in
    many a container. A network disk may call every file one and the same user's, new ones too.
    """
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return False
    try:
        owner = path.lstat().st_uid
    except OSError:
        return False
    return owner not in {0, os.geteuid()} and owner != _owner_of_new(path.parent)


def _owner_of_new(folder: Path) -> int:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_uid
    except OSError:  # nothing can be made there, so nothing there is one's own
        return os.geteuid()


def anothers(path: Path) -> Text:
    """The sentence that tells whose file it is, and what to do."""
    try:
        owner = path.owner()
    except KeyError:  # a user without a name
        owner = str(path.lstat().st_uid)
    return WORDS.anothers.format(owner=owner)


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
        return WORDS.lock_folder.format(folder=error.folder, detail=of_system(error))
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return WORDS.disk_full
    if passes(error):
        return WORDS.held
    if error.errno in {*_REFUSED, errno.EROFS}:
        return _refused(path)
    return WORDS.failed.format(detail=of_system(error))


def _refused(path: Path) -> Text:
    if is_anothers(path):
        return anothers(path)
    return WORDS.no_writing.format(folder=path.parent.parent.name)
