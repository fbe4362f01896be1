"""Troubles put down, and the originals kept aside, so that nothing handed in is ever lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import msgspec

from b2bcourse.grading.files import legible
from b2bcourse.grading.troubles import FOLDER, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.grading.troubles import Step, Trouble

MAX_KEPT: Final = 64_000_000
"""Bytes that are kept aside of one student's work; what is beyond stays where it lies."""


def put_down(
    root: Path,
    assignment: str,
    student: str,
    folder: Path,
    troubles: Iterable[Trouble],
    step: Step = "grade",
) -> list[Trouble]:
    """Keep aside the files of troubles that a person must look at, and put all of them down.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        folder: the handed-in folder.
        troubles: all that this step found; none clears what it found before.
        step: what found them.

    Returns:
        The troubles, each saying where its original is kept.
    """
    room = MAX_KEPT
    told = []
    for trouble in troubles:
        keep = (trouble.waits or trouble.what == "unwhole") and not trouble.kept
        source = _original(folder, trouble.file) if keep else None
        size = source.stat().st_size if source else 0
        if source and 0 < size <= room:
            room -= size
            kept = keep_aside(root, assignment, student, source, trouble.file)
            told.append(msgspec.structs.replace(trouble, kept=kept))
        else:
            told.append(trouble)
    record(root, assignment, student, step, told)
    return told


def keep_aside(root: Path, assignment: str, student: str, source: Path, name: str) -> str:
    """Copy one file to where originals are kept.

    Args:
        root: the course folder.
        assignment: the assignment's name.
        student: nbgrader's id.
        source: the file.
        name: its path within what was handed in.

    Returns:
        Where it is kept, relative to the course folder; an older one of that name stays beside.
    """
    home = kept_folder(root, assignment, student)
    parts = [part for part in PurePosixPath(name).parts if part not in {"/", ".."}]
    path = home.joinpath(*parts)
    number = 1
    while path.exists() and not _is_same(path, source):
        number += 1
        path = home.joinpath(*parts[:-1], f"{number}-{parts[-1]}")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path, follow_symlinks=False)
    return path.relative_to(root).as_posix()


def keep_folder(root: Path, assignment: str, student: str, folder: Path) -> str:
    """Copy a whole folder, or a file in its place, to where originals are kept.

    Returns:
        Where it is kept, relative to the course folder; empty where it is too large to be kept.
    """
    from b2bcourse.grading.taking import take

    home = kept_folder(root, assignment, student) / legible(folder.name)
    if not home.exists():
        take(folder, home)
    return home.relative_to(root).as_posix()


def kept_folder(root: Path, assignment: str, student: str) -> Path:
    """Where the originals of one student's troubles are kept."""
    return root / FOLDER / assignment / f"{student}.kept"


def _original(folder: Path, name: str) -> Path | None:
    """The file of a legible name; None where there is none that can be read."""
    path = folder / name
    if not name:
        return None
    if not os.path.lexists(path):
        every = (Path(at) / each for at, _, files in os.walk(folder) for each in files)
        same = (one for one in every if legible(one.relative_to(folder).as_posix()) == name)
        path = next(same, path)
    return path if os.access(path, os.R_OK) and path.is_file() and not path.is_symlink() else None


def _is_same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
