"""What is taken of a folder that a student put into the exchange, and what is left out.

Answers come first, then notebooks, then all else by size, as long as there is room.
"""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from b2bcourse.facts.faults import of_system
from b2bcourse.grading.files import (
    MAX_FILE_KB,
    MAX_NOTEBOOK_BYTES,
    MAX_SUBMISSION_KB,
    RESPONSES,
    legible,
)
from b2bcourse.grading.handed import LEFT_OUT, MAX_FILES
from b2bcourse.grading.reading import digest_of
from b2bcourse.grading.taking_words import WORDS
from b2bcourse.grading.troubles import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts import Text
    from b2bcourse.grading.troubles import What

_LARGE: Final = 1_000 * MAX_FILE_KB
_ROOM: Final = 1_000 * MAX_SUBMISSION_KB
_OWN: Final = ("timestamp.txt", "submission_secret.txt")


@dataclass(frozen=True)
class LeftOut:
    """One thing that was not taken.

    Attributes:
        name: its path within the folder.
        what: what went wrong.
        found: what there was.
        digest: of its content.
    """

    name: str
    what: What
    found: Text
    digest: str = ""

    def trouble(self, student: str) -> Trouble:
        """What a person is told."""
        link = self.what == "refused"
        return Trouble(
            student=student,
            what=self.what,
            file=legible(self.name),
            found=self.found,
            done=WORDS.not_followed if link else WORDS.left_out,
            todo=WORDS.look,
            digest=self.digest,
        )


@dataclass(frozen=True)
class _Found:
    path: Path
    name: str
    size: int

    @property
    def rank(self) -> tuple[int, int, str]:
        """What is taken first."""
        parts = self.name.casefold().split("/")
        if self.name in _OWN:
            return 0, 0, self.name
        if parts[-1].endswith(".json") and any(part.startswith(RESPONSES) for part in parts[:-1]):
            return 1, self.size, self.name
        if parts[-1].endswith(".ipynb"):
            return 2, self.size, self.name
        return 3, self.size, self.name

    @property
    def limit(self) -> int:
        """So large it may be."""
        return MAX_NOTEBOOK_BYTES if self.name.casefold().endswith(".ipynb") else _LARGE


def own_files() -> tuple[str, ...]:
    """What nbgrader itself puts beside whatever is handed in."""
    return _OWN


def take(source: Path, into: Path, ignored: Sequence[str] = ()) -> list[LeftOut]:
    """Copy what a student handed in; nothing in it makes this raise.

    Args:
        source: the folder in the exchange; a single file in its place is taken as it is.
        into: the folder to make.
        ignored: patterns of names that are not handed in, such as checkpoints.

    Returns:
        What was left out.
    """
    into.mkdir(parents=True)
    fitting, left = _sorted_out(source, ignored)
    for file in fitting:
        _copy(file, into, left)
    if left:
        (into / LEFT_OUT).write_text(json.dumps([one.name for one in left]), encoding="utf-8")
    return left


def left_out_of(folder: Path, ignored: Sequence[str] = ()) -> list[LeftOut]:
    """What will not be taken of a folder that is about to be handed in.

    Args:
        folder: the student's own folder.
        ignored: patterns of names that are not handed in.
    """
    return _sorted_out(folder, ignored)[1]


def _sorted_out(source: Path, ignored: Sequence[str]) -> tuple[list[_Found], list[LeftOut]]:
    """The files for which there is room, the most important first, and what is left out."""
    left: list[LeftOut] = []
    if stat.S_ISREG(source.lstat().st_mode):
        name = source.name.rpartition("+")[2] or source.name
        found = [_Found(source, name, source.lstat().st_size)]
    else:
        found = list(_files(source, "", ignored, left))
    fitting: list[_Found] = []
    room = _ROOM
    for file in sorted(found, key=lambda each: each.rank):
        if file.size > min(file.limit, room) or len(fitting) >= MAX_FILES:
            told = WORDS.large.format(file=legible(file.name), size=f"{file.size / 1e6:.1f}")
            left.append(LeftOut(file.name, "unwhole", told, digest_of(file.path)))
        else:
            fitting.append(file)
            room -= file.size
    return fitting, left


def _files(
    folder: Path, within: str, ignored: Sequence[str], left: list[LeftOut]
) -> Iterator[_Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        told = WORDS.closed.format(file=legible(within) or ".", detail=of_system(error))
        left.append(LeftOut(within.rstrip("/"), "unread", told))
        return
    for entry in entries:
        name = f"{within}{entry.name}"
        if name == LEFT_OUT or any(fnmatch.fnmatch(entry.name, each) for each in ignored):
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _files(Path(entry.path), f"{name}/", ignored, left)
        elif stat.S_ISREG(mode):
            yield _Found(Path(entry.path), name, entry.stat(follow_symlinks=False).st_size)
        else:
            left.append(LeftOut(name, "refused", WORDS.no_file.format(file=legible(name))))


def _copy(file: _Found, into: Path, left: list[LeftOut]) -> None:
    path = into / file.name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.path, path, follow_symlinks=False)
        shutil.copystat(file.path, path, follow_symlinks=False)
        path.chmod(0o644)
    except OSError as error:
        told = WORDS.closed.format(file=legible(file.name), detail=of_system(error))
        left.append(LeftOut(file.name, "unread", told))
