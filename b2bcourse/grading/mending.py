"""A handed-in folder put in order, so that nbgrader follows no link and misses no notebook.

Collect does it to what it brings in, and grading to what came by any other way. Nothing that was
handed in is changed but its links, devices and unreadable time stamp, which are taken out, and
names in no known encoding, at which the gradebook would stop.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import stat
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from nbgrader.utils import parse_utc

from b2bcourse.grading.files import MAX_NOTEBOOK_BYTES, legible
from b2bcourse.grading.handed import MAX_FILES, PACKED, UNPACKED, look_into

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMESTAMP: Final = "timestamp.txt"
_USUAL: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?) UTC", re.ASCII)
"""A time as nbgrader writes it."""
_PIECE: Final = 1 << 20


@dataclass(frozen=True)
class Room:
    """What an archive may hold: so many bytes, in so many files."""

    bytes: int
    files: int


ONE: Final = Room(MAX_NOTEBOOK_BYTES, MAX_FILES)
"""One student's submission."""


def mend(folder: Path, release: Iterable[Path] = ()) -> list[str]:
    """Put a submission in order.

    Args:
        folder: the submission.
        release: the released notebooks' files; one that is missing is put in, so that nbgrader
            grades what else was handed in.

    Returns:
        The names, within the folder, of the links and devices that were taken out.
    """
    found = _surveyed(folder)
    removed = [legible(name) for name in _tidied(folder, found)]
    if found.misnamed:
        _rename(folder)
    if found.packed:
        _unpack_all(folder)
    for notebook in release:
        _put_in(notebook, folder)
    return removed


def _unpack_all(folder: Path) -> None:
    for archive in look_into(folder).archives:
        into = archive.path.with_name(archive.path.name + UNPACKED)
        shutil.rmtree(into, ignore_errors=True)
        unpack(archive.path, into)


def tidy(folder: Path) -> list[str]:
    """Take out of a submission what makes nbgrader follow a link, hang or stop.

    Args:
        folder: a submission; its links, devices and unreadable time stamp are removed.

    Returns:
        The names of the links and devices.
    """
    return _tidied(folder, _surveyed(folder))


def _tidied(folder: Path, found: _Survey) -> list[str]:
    removed = [Path(path) for path in found.odd]
    for path in removed:
        _remove(path)
    stamp = folder / TIMESTAMP
    if stamp.is_dir():
        shutil.rmtree(stamp)
    elif stamp.is_file() and not _is_time(stamp):
        _remove(stamp)
    return [path.relative_to(folder).as_posix() for path in removed]


@dataclass
class _Survey:
    """What of a folder is to be put in order, found in one walk; nearly always nothing is.

    Attributes:
        odd: paths of what is neither a file nor a folder, however deep.
        misnamed: whether a name cannot be written down.
        packed: whether there may be an archive.
    """

    odd: list[str] = field(default_factory=list)
    misnamed: bool = False
    packed: bool = False


def _surveyed(folder: Path) -> _Survey:
    found = _Survey()
    _survey(str(folder), found)
    return found


def _survey(folder: str, found: _Survey) -> None:
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError:  # who reads the submission is told of a folder that nobody may open
        return
    for entry in listed:
        name = entry.name
        if not name.isascii() and not _is_text(name):
            found.misnamed = True
        if entry.is_dir(follow_symlinks=False):
            _survey(entry.path, found)
        elif not entry.is_file(follow_symlinks=False):
            found.odd.append(entry.path)
        elif name.casefold().endswith(PACKED):
            found.packed = True


def unpack(archive: Path, into: Path, room: Room = ONE) -> bool:
    """Unpack a zip file whole, or leave it as it is.

    Args:
        archive: the file.
        into: the folder to make.
        room: what it may hold unpacked.

    Returns:
        Whether it was unpacked. It is left where it is no zip file, is locked, holds too much, a
        link, or a name that leads out of the folder.
    """
    unfinished = into.with_name(f".{into.name}.tmp")
    try:
        _writable(archive.parent)
        shutil.rmtree(unfinished, ignore_errors=True)
        with zipfile.ZipFile(archive) as packed:
            files = [entry for entry in packed.infolist() if not entry.is_dir()]
            if not _is_fit(files, room):
                return False
            for entry in files:
                _write(packed, entry, unfinished)
        unfinished.mkdir(exist_ok=True)
        unfinished.rename(into)
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        shutil.rmtree(unfinished, ignore_errors=True)
        return False
    return True


def _is_fit(files: list[zipfile.ZipInfo], room: Room) -> bool:
    size = sum(entry.file_size for entry in files)
    whole = len(files) <= room.files and size <= room.bytes
    return whole and all(_stays_within(entry) for entry in files)


def _stays_within(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return not (is_link or path.is_absolute() or ".." in path.parts or "\\" in entry.filename)


def _write(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path) -> None:
    path = into.joinpath(*PurePosixPath(entry.filename).parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as source, path.open("xb") as target:
        # What a zip says of a file's size is the sender's word: no more than that is written.
        left = entry.file_size
        while left > 0 and (piece := source.read(min(left, _PIECE))):
            left -= target.write(piece)


def _rename(folder: Path) -> None:
    """Give what is named in another encoding a name that can be written down."""
    for parent, folders, files in os.walk(folder, topdown=False):
        for name in (*files, *folders):
            if not _is_text(name):
                _writable(Path(parent))
                path, new, number = Path(parent) / name, legible(name), 1
                while os.path.lexists(path.with_name(new)):
                    number += 1
                    new = f"{number}-{legible(name)}"
                path.rename(path.with_name(new))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _put_in(notebook: Path, folder: Path) -> None:
    path = folder / notebook.name
    if path.is_file():
        return
    _writable(folder)
    if path.is_dir():
        path.rename(path.with_name(f"{path.name}.folder"))
    shutil.copyfile(notebook, path)


def _remove(path: Path) -> None:
    _writable(path.parent)
    path.unlink()


def _writable(folder: Path) -> None:
    """Collected folders are read-only for their owner too."""
    folder.chmod(folder.stat().st_mode | stat.S_IWUSR)


def _is_time(path: Path) -> bool:
    try:
        time_of(path.read_text(encoding="utf-8").strip())
    except (ValueError, OverflowError, OSError):
        return False
    return True


def time_of(text: str) -> dt.datetime:
    """A time stamp as nbgrader reads it; what nbgrader writes itself is read faster.

    Raises:
        ValueError: it is none.
        OverflowError: it is none either.
    """
    usual = _USUAL.fullmatch(text)
    if usual:
        return dt.datetime.fromisoformat(usual[1])
    time: dt.datetime = parse_utc(text)
    return time
