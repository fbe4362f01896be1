"""Writing a back-up while a class works: every file whole, every database as of one moment."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from b2bcourse import __version__
from b2bcourse.operating.backup import databases
from b2bcourse.operating.backup.manifest import DUMPS, NAME, Dump, Manifest
from b2bcourse.operating.backup.places import above, accounts, roots, within
from b2bcourse.operating.backup.words import WORDS
from b2bcourse.operating.base import OperatingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.hub.settings import Hub

PATTERN: Final = "b2bcourse-*.tar.gz"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_IN_MEMORY: Final = 32 * 1024 * 1024
_AS_IT_IS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_JOURNALS: Final = ("-journal", "-wal", "-shm")


def back_up(hub: Hub, into: Path) -> Path:
    """Save a hub with its courses and its people's homes into one file.

    Args:
        hub: the hub.
        into: the folder for it, in none that is saved.

    Returns:
        The file, which has been read through once more.

    Raises:
        OperatingError: it would save itself, a gradebook cannot be read, or there is no room.
    """
    saved = roots(hub)
    if any(into.resolve().is_relative_to(root.resolve()) for root in saved):
        raise OperatingError(WORDS.inside.format(folder=into))
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = dt.datetime.now(dt.UTC)
    file = into / f"b2bcourse-{now.strftime(_STAMP)}.tar.gz"
    with tempfile.TemporaryDirectory(prefix=".b2bcourse-", dir=into) as scratch:
        half = Path(scratch, "half")
        try:
            _write(hub, saved, half, Path(scratch), now)
            read_through(half)
            half.replace(file)
        except (OSError, sqlite3.Error) as error:
            detail = getattr(error, "strerror", None) or str(error)
            raise OperatingError(WORDS.not_written.format(file=file, detail=detail)) from error
    return file


def left_out(hub: Hub) -> list[Path]:
    """Databases that are not where one looks for them, and so in no back-up."""
    file = databases.hubs(hub.state)
    return [] if databases.usable(file) else [file]


def sweep(into: Path, keep: int) -> list[Path]:
    """Remove all back-ups but the newest ``keep``; which these were."""
    old = sorted(into.glob(PATTERN))[:-keep]
    for file in old:
        file.unlink()
    return old


def read_through(file: Path) -> int:
    """Read a back-up to its end, sums and all; how many entries it has."""
    with tarfile.open(file, "r:gz") as archive:
        return sum(1 for _ in archive)


def _write(hub: Hub, saved: list[Path], half: Path, scratch: Path, now: dt.datetime) -> None:
    # Databases first: work that comes in meanwhile is graded again, and is never lost.
    copies, dumps = _databases(hub, scratch)
    manifest = Manifest(
        now.isoformat(timespec="seconds"),
        __version__,
        str(hub.folder),
        tuple(map(str, saved)),
        accounts(hub),
        tuple(dump for dump, _ in dumps),
    )
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(handle, "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add_bytes(archive, NAME, msgspec.json.encode(manifest))
        for dump, dumped in dumps:
            _add(archive, dumped, dump.entry)
        for path, held in _paths(hub, saved, copies):
            copy = copies.get(path)
            _add(archive, copy or path, str(path).lstrip("/"), None if copy else held)
        archive.close()
        file.flush()
        os.fsync(file.fileno())


def _paths(
    hub: Hub, saved: list[Path], copies: dict[Path, Path]
) -> Iterator[tuple[Path, int | None]]:
    journals = {path.with_name(path.name + each) for path in copies for each in _JOURNALS}
    folders = dict.fromkeys(each for root in saved for each in above(root, hub))
    yield from ((path, None) for path in folders)
    for root in saved:
        yield from (each for each in within(root, hub.state) if each[0] not in journals)


def _databases(hub: Hub, scratch: Path) -> tuple[dict[Path, Path], list[tuple[Dump, Path]]]:
    """Copies of the databases that are files, and what a server holds of the others."""
    copies: dict[Path, Path] = {}
    dumps: list[tuple[Dump, Path]] = []
    hubs = databases.hubs(hub.state)
    if databases.usable(hubs):
        copies[hubs] = scratch / "hub"
        databases.copy_sqlite(hubs, copies[hubs])
        databases.forget_servers(copies[hubs])
    for number, course in enumerate(hub.settings.courses):
        folder = Path(course.folder)
        if not folder.is_dir():
            continue
        url = databases.gradebook_of(folder)
        file = databases.file_in(url)
        made = scratch / f"course-{number}"
        if file is None:
            databases.dump(url, made)
            dumps.append((Dump(str(folder), f"{DUMPS}{number}.dump"), made))
        elif databases.usable(file):
            databases.copy_sqlite(file, made)
            copies[file] = made
    return copies, dumps


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    archive.addfile(entry, io.BytesIO(data))


def _add(archive: tarfile.TarFile, path: Path, name: str, held: int | None = None) -> None:
    """One entry; what vanishes meanwhile was temporary, what grows is taken as far as it is read.

    Args:
        archive: where it goes.
        path: the file or folder.
        name: what it is called there.
        held: its folder, if that is open.
    """
    with contextlib.suppress(FileNotFoundError):
        entry = archive.gettarinfo(path, name)
        if entry is None:  # a socket
            return
        if not entry.isreg():
            archive.addfile(entry)
            return
        handle = os.open(path.name if held is not None else path, _AS_IT_IS, dir_fd=held)
        with os.fdopen(handle, "rb") as file, tempfile.SpooledTemporaryFile(_IN_MEMORY) as read:
            entry = archive.gettarinfo(arcname=name, fileobj=file)
            if entry is None or not entry.isreg():  # another thing by now
                return
            shutil.copyfileobj(file, read)
            entry.size = read.tell()
            read.seek(0)
            archive.addfile(entry, read)
