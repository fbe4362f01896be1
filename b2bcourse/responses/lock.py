"""One writer at a time, also among kernels that share a home folder and nothing else.

A lock is a file that is created exclusively, in the user's own data folder in the home: every
kernel of that user sees it, whatever machine or container it runs in, and no other user can make
it. It tells who holds it. A holder that has died on the same machine frees it at once; one on
another machine, of which nothing can be known, when its lock has not changed for ten seconds.
A lock that is left over is taken away by renaming it, by one of the kernels that wait.

Since a slow holder can lose its lock that way, it asks `Lock.is_mine` just before its last step.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import secrets
import stat
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, TypeVar

import msgspec
import platformdirs
import psutil
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

T = TypeVar("T")

LEFT_OVER: Final = 10.0
"""Seconds after which a lock of another machine that has not changed is left over."""

NOTICED: Final = 0.5
"""Seconds after which a wait is told."""

_NEW: Final = ".new"
_LEFT: Final = ".left"
_FIRST_PAUSE: Final = 0.005
_LAST_PAUSE: Final = 0.1
_HELD_PAUSES: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)


class LockedError(OSError):
    """Somebody else has been writing all the time that was waited."""


class LockFolderError(OSError):
    """There is no place where a lock can be made; ``folder`` is the one that was tried last."""

    def __init__(self, error: OSError, folder: Path) -> None:
        super().__init__(error.errno, error.strerror, str(folder))
        self.folder = folder


class Owner(Struct, frozen=True):
    """Who holds a lock: the machine and its boot, the process and when it began, and a word."""

    host: str
    boot: str
    process: int
    began: float
    word: str


class Lock:
    """The lock of one file.

    Args:
        path: the lock's own file.
        patience: how many seconds to wait for another holder.
        waiting: called once where there is a wait that somebody would notice.
    """

    def __init__(
        self, path: Path, patience: float, waiting: Callable[[], None] | None = None
    ) -> None:
        self.path, self._patience, self._waiting = path, patience, waiting
        self._mine: Owner | None = None

    def __enter__(self) -> Self:
        begun, watched = time.monotonic(), _Watched()
        pause, tell = _FIRST_PAUSE, self._waiting
        while not self._create():
            if self._left_over(watched):
                continue
            waited = time.monotonic() - begun
            if waited >= self._patience:
                raise LockedError(str(self.path))
            if tell is not None and waited >= NOTICED:
                tell()
                tell = None
            time.sleep(pause)
            pause = min(2 * pause, _LAST_PAUSE)
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.is_mine():
            with contextlib.suppress(OSError):
                _patiently(self.path.unlink)
        self._mine = None

    def is_mine(self) -> bool:
        """Whether the lock is still held by who took it."""
        if self._mine is None:
            return False
        try:
            return _decoded(_patiently(self.path.read_bytes)) == self._mine
        except OSError:
            return False

    def _create(self) -> bool:
        mine = _me()
        try:
            _write(self.path, mine)
        except FileExistsError:
            return False
        except PermissionError:  # Windows says so while the file is being taken away
            if not self.path.exists():
                raise
            return False
        self._mine = mine
        return True

    def _left_over(self, watched: _Watched) -> bool:
        """Take away a lock whose holder is gone; whether there is one less."""
        owner = _read(self.path)
        if not _is_gone(owner) and not watched.unchanged(self.path, owner):
            return False
        with _only_one(self.path.with_name(f"{self.path.name}.taking")) as alone:
            _sweep(self.path)
            # Another one may have taken it away since, and hold its own by now.
            return alone and _read(self.path) == owner and _take_away(self.path)


def _write(path: Path, owner: Owner) -> None:
    """Make a lock's file in one step, which must not be there yet.

    It is written under another name first: a process that is killed between making a file and
    writing into it would leave a lock of which nobody can know whose it is.

    Raises:
        FileExistsError: it is there.
        OSError: it cannot be made.
    """
    whole = path.with_name(f"{path.name}.{owner.word}{_NEW}")
    data = msgspec.json.encode(owner)
    _make(whole, data)
    try:
        os.link(whole, path)
    except FileExistsError:
        if whole.stat().st_nlink == 1:  # else a network disk says so of what it has just done
            raise
    except OSError:  # a disk without links
        _make(path, data)
    finally:
        with contextlib.suppress(PermissionError):  # a virus scanner looks into it: swept later
            whole.unlink(missing_ok=True)


def _patiently(do: Callable[[], T]) -> T:
    """What ``do`` returns; on Windows whoever has a file open keeps others from it for a moment.

    A lock that stayed behind for that would be held for as long as its kernel lives.

    Raises:
        OSError: it was refused to the end.
    """
    for pause in _HELD_PAUSES:
        try:
            return do()
        except PermissionError:
            time.sleep(pause)
    return do()


def _make(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def _sweep(path: Path) -> None:
    """Take away what killed processes had written for a lock, or renamed away of it."""
    for left in path.parent.glob(f"{path.name}.*"):
        with contextlib.suppress(OSError):
            if left.suffix in {_NEW, _LEFT} and time.time() - left.stat().st_mtime > LEFT_OVER:
                left.unlink()


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[bool]:
    """Whether no other kernel is in here; one that died in here is forgotten."""
    with contextlib.suppress(OSError):
        if _is_gone(_read(path)) or time.time() - path.stat().st_mtime > LEFT_OVER:
            path.unlink()
    try:
        _write(path, _me())
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)


def _take_away(path: Path) -> bool:
    """Rename a lock away, so that whoever wrote it cannot mistake a later one for it."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_LEFT}")
    try:
        path.rename(aside)
    except OSError:
        return False
    aside.unlink(missing_ok=True)
    return True


class _Watched:
    """A lock of which nothing can be known but whether it changes, by one's own clock."""

    def __init__(self) -> None:
        self._seen: object = None
        self._since = time.monotonic()

    def unchanged(self, path: Path, owner: Owner | None) -> bool:
        """Whether it has been the same for so long that it is left over."""
        try:
            seen = (owner, path.stat().st_mtime_ns)
        except OSError:
            return False
        now = time.monotonic()
        if seen != self._seen:
            self._seen, self._since = seen, now
        is_near = owner is not None and owner.host == _host()  # known to be alive
        return not is_near and now - self._since > LEFT_OVER


def lock_path(file: Path, suffix: str = ".lock") -> Path:
    """Where the lock of a file lies.

    Args:
        file: the file, absolute.
        suffix: what its name ends with.

    Raises:
        LockFolderError: neither the home nor a temporary folder can be written.
    """
    return _folder() / f"{hashlib.sha256(os.fsencode(file)).hexdigest()[:32]}{suffix}"


def _folder() -> Path:
    home = platformdirs.user_data_path("b2bcourse", appauthor=False) / "locks"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(home, os.W_OK):
            return home
    except OSError:
        pass
    return _temporary()


def _temporary() -> Path:
    """A folder of one's own where the home cannot be written; nobody can foresee its name.

    All kernels of a user must agree on one: the first by name of those that are really the user's.
    """
    root = Path(tempfile.gettempdir())
    try:
        if not _own(root):
            tempfile.mkdtemp(prefix="b2bcourse-", dir=root)
        return _own(root)[0]
    except OSError as error:
        raise LockFolderError(error, root) from error


def _own(root: Path) -> list[Path]:
    return sorted(path for path in root.glob("b2bcourse-*") if _is_own(path))


def _is_own(path: Path) -> bool:
    """A plain folder, made by this user, that nobody else can write."""
    try:
        found = path.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    closed = os.name == "nt" or not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(found.st_mode) and mine and closed


def _read(path: Path) -> Owner | None:
    """Who holds a lock; None where nobody does, or where it is being written this moment."""
    try:
        return _decoded(path.read_bytes())
    except OSError:
        return None


def _decoded(data: bytes) -> Owner | None:
    try:
        return msgspec.json.decode(data, type=Owner)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _me() -> Owner:
    process = os.getpid()
    return Owner(_host(), _boot(), process, _began(process), secrets.token_hex(8))


@lru_cache
def _began(process: int) -> float:
    return float(psutil.Process(process).create_time())


def _is_gone(owner: Owner | None) -> bool:
    """Whether a holder is known to be dead: on this machine, and not running any more."""
    if owner is None or owner.host != _host():
        return False
    if owner.boot != _boot():
        return True
    try:
        process = psutil.Process(owner.process)
        if process.status() == psutil.STATUS_ZOMBIE:  # dead, and nobody has asked how it ended
            return True
        return abs(float(process.create_time()) - owner.began) > 1
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:  # it is there, and another's
        return False


@lru_cache
def _host() -> str:
    """The machine, and the room in it whose process numbers one sees: a container has its own."""
    try:
        return f"{platform.node()}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return platform.node()


@lru_cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return str(round(psutil.boot_time()))
