"""What lies in a handed-in folder: its notebooks, whatever they are called, and its answers.

Students rename files, download them twice, pack folders into folders. So a notebook is known by
the cells in it and an answer by what it says of itself; names only decide where neither speaks.
Nothing is written, no link is followed.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.course_files import renamed
from b2bcourse.facts.faults import of_system
from b2bcourse.grading.answers import Answers
from b2bcourse.grading.files import MAX_NOTEBOOK_BYTES, RESPONSES, legible
from b2bcourse.items import ItemError, decode_face
from b2bcourse.items.base import ResponseError
from b2bcourse.items.response import decode_response
from b2bcourse.responses import read_limited
from b2bcourse.responses.bounded import read_bounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.facts import Text
    from b2bcourse.items.response import Response

MAX_DEPTH: Final = 6
"""Folders in folders that are looked into."""
MAX_FILES: Final = 5_000
"""Files that are looked at; who packs a whole disk gets told."""

FACES: Final = "items"
LEFT_OUT: Final = ".left-out.json"
"""Where collect notes beside a submission what it has left out, as a list of names."""
UNPACKED: Final = ".unpacked"
"""What the folder's name ends with into which an archive has been unpacked, beside it."""
_COPY_OF: Final = re.compile(
    r"(?:[-_ ]*(?:copy|copie|사본|복사본)[-_ ]*\d*|\s*\(\d+\))+$", re.IGNORECASE
)
PACKED: Final = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".alz", ".egg")
"""What the names of archives end with."""
_SKIPPED: Final = frozenset({"__pycache__", "__MACOSX", "feedback"})


@dataclass(frozen=True)
class File:
    """One file that was handed in.

    Attributes:
        path: where it lies.
        name: its path within the folder, with slashes; legible, so it may not be the real one.
    """

    path: Path
    name: str

    @property
    def plain(self) -> str:
        """Its name without folder, ending, marks of a copy and differences in spelling."""
        return plain_name(self.path.name)

    def read(self) -> bytes:
        """Its bytes; see `read_bounded` for what it raises."""
        return read_bounded(self.path, MAX_NOTEBOOK_BYTES)


@dataclass(frozen=True)
class Handed:
    """A handed-in folder.

    Attributes:
        folder: the folder itself.
        notebooks: every notebook in it, those at the top first.
        json: files that may be answers and do not lie where answers lie.
        archives: packed folders.
        links: names of links and devices; they are left alone.
        closed: names of files and folders that cannot be opened, and why.
        shut: names of other files that may not be read, and why; no answers are in these.
        more: whether there was more than is looked at.
        has_answers: whether a folder of answers lies where it belongs.
        has_faces: whether the faces of the release lie there: the whole folder was handed in.
        left_out: what was handed in and not brought here, as collect has noted.
    """

    folder: Path
    notebooks: tuple[File, ...] = ()
    json: tuple[File, ...] = ()
    archives: tuple[File, ...] = ()
    links: tuple[str, ...] = ()
    closed: tuple[tuple[str, Text], ...] = ()
    shut: tuple[tuple[str, Text], ...] = ()
    more: bool = False
    has_answers: bool = False
    has_faces: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """A file that may hold an answer to an item and is not the one that counts."""

    item: str
    file: File
    readable: bool = True


@dataclass
class _Seen:
    """What has been found so far."""

    notebooks: list[File] = field(default_factory=list)
    json: list[File] = field(default_factory=list)
    archives: list[File] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    closed: list[tuple[str, Text]] = field(default_factory=list)
    shut: list[tuple[str, Text]] = field(default_factory=list)
    count: int = 0
    more: bool = False


def look_into(folder: Path) -> Handed:
    """What lies in a handed-in folder.

    Args:
        folder: the folder; where it cannot be opened that is told, not raised.
    """
    seen = _Seen()
    _walk(folder, "", 0, seen)
    return Handed(
        folder,
        tuple(sorted(seen.notebooks, key=lambda file: (file.name.count("/"), file.name))),
        tuple(sorted(seen.json, key=lambda file: file.name)),
        tuple(sorted(filter(_is_packed, seen.archives), key=lambda file: file.name)),
        tuple(sorted(seen.links)),
        tuple(sorted(seen.closed, key=_name)),
        tuple(sorted(seen.shut, key=_name)),
        seen.more,
        _is_folder(folder / RESPONSES),
        _is_folder(folder / FACES),
        _left_out(folder),
    )


def _name(told: tuple[str, Text]) -> str:
    return told[0]


def _left_out(folder: Path) -> tuple[str, ...]:
    """What collect has noted; a student's own note would only call a person to his work."""
    try:
        names = json.loads(read_bounded(folder / LEFT_OUT, 1_000_000))
    except (OSError, ValueError):
        return ()
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _walk(folder: Path, within: str, depth: int, seen: _Seen) -> None:
    try:
        with os.scandir(folder) as found:
            for entry in found:
                seen.count += 1
                if seen.count > MAX_FILES or depth > MAX_DEPTH:
                    seen.more = True
                    return
                _enter(entry, f"{within}{entry.name}", depth, seen)
    except OSError as error:
        seen.closed.append((legible(within.rstrip("/")) or ".", of_system(error)))


def _enter(entry: os.DirEntry[str], name: str, depth: int, seen: _Seen) -> None:
    if entry.is_symlink():
        seen.links.append(legible(name))
    elif entry.is_dir():
        if not entry.name.startswith(".") and entry.name not in _SKIPPED:
            _walk(Path(entry.path), f"{name}/", depth + 1, seen)
    elif not entry.is_file():
        seen.links.append(legible(name))
    else:
        _sort_in(entry.path, legible(name), seen)


def _sort_in(path: str, name: str, seen: _Seen) -> None:
    parent, _, last = name.rpartition("/")
    if last.startswith("."):
        return
    folded = last.casefold()
    if folded.endswith((".ipynb", ".ipynb.txt", ".ipynb.json")):
        seen.notebooks.append(File(Path(path), name))
    elif folded.endswith(".json"):
        if parent != RESPONSES and parent.rpartition("/")[2] != FACES:
            seen.json.append(File(Path(path), name))
    elif folded.endswith(PACKED):
        seen.archives.append(File(Path(path), name))
    elif not os.access(path, os.R_OK):  # nothing is read of it, but it cannot be copied either
        seen.shut.append((name, of_system(OSError(errno.EACCES, ""))))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_packed(archive: File) -> bool:
    """Whether an archive has not been unpacked, or has been put in anew since."""
    folder = archive.path.with_name(archive.path.name + UNPACKED)
    try:
        return folder.lstat().st_ctime_ns < archive.path.lstat().st_ctime_ns
    except OSError:
        return True


def plain_name(name: str) -> str:
    """A file's name as the student means it: NFC, small letters, no ending, no mark of a copy."""
    stem = unicodedata.normalize("NFC", name).casefold().partition(".ipynb")[0]
    return _COPY_OF.sub("", stem.removesuffix(".json")).strip()


def answers_in(handed: Handed, items: Iterable[str]) -> tuple[Answers, list[Left]]:
    """Where the answers to these items are.

    An answer that lies where it belongs counts, unless another file holds a later one.

    Args:
        handed: the folder.
        items: the items' ids.

    Returns:
        The places; and the files that may hold an answer and are not the one that counts.
    """
    home = handed.folder / RESPONSES
    if not handed.json:
        return Answers(home), []
    wanted = {name: item for item in items for name in (item, *renamed().older(item))}
    found: dict[str, tuple[Response, File]] = {}
    left: list[Left] = []
    for file in handed.json:
        response = _response(file)
        item = wanted.get(file.plain if response is None else response.item)
        if item is None:
            continue
        if response is None and _is_face(file):
            continue
        if response is None:
            left.append(Left(item, file, readable=False))
        elif item not in found:
            found[item] = (response, file)
        else:
            found[item], other = _latest(found[item], (response, file))
            left += [Left(item, other)] if other else []
    places = {item: _place(home, item, *best, left) for item, best in found.items()}
    return Answers(home, {item: path for item, path in places.items() if path}), left


def _latest(
    one: tuple[Response, File], other: tuple[Response, File]
) -> tuple[tuple[Response, File], File | None]:
    """The later of two answers, and the file of the other where that says something else."""
    late, early = (other, one) if _later(other[0], one[0]) else (one, other)
    return late, None if early[0].value == late[0].value else early[1]


def _place(home: Path, item: str, response: Response, file: File, left: list[Left]) -> Path | None:
    """Where the answer is that counts; None where it lies where it belongs."""
    path = _at_home(home, item)
    if path is None:
        return file.path
    there = File(path, f"{RESPONSES}/{path.name}")
    mine = _response(there)
    if mine is not None and mine.value == response.value:
        return None
    if mine is None or _later(response, mine):
        left.append(Left(item, there, readable=mine is not None))
        return file.path
    left.append(Left(item, file))
    return None


def _at_home(home: Path, item: str) -> Path | None:
    paths = (home / f"{name}.json" for name in (item, *renamed().older(item)))
    return next((path for path in paths if os.path.lexists(path)), None)


def _response(file: File) -> Response | None:
    try:
        return decode_response(read_limited(file.path))
    except (OSError, ResponseError):
        return None


def _is_face(file: File) -> bool:
    """Whether a file is an exercise as it was handed out, and no answer."""
    try:
        decode_face(read_limited(file.path))
    except (OSError, ItemError, ResponseError):
        return False
    return True


def _later(one: Response, other: Response) -> bool:
    return (one.time, one.revision) > (other.time, other.revision)
