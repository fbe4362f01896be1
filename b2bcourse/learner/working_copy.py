"""A learner's working copy: made once, refreshed often, and never at the learner's cost.

A manifest remembers each file as the course shipped it. A file that is still as shipped is
replaced by a newer one; a file that the learner has changed stays, and the newer one is put beside
it. Running a notebook is no change, nor is folding its cells: what a learner wrote is compared, not
what JupyterLab noted down. Responses are never touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct, field

from b2bcourse.context import MANIFEST
from b2bcourse.course_files import renamed
from b2bcourse.responses import FOLDER as RESPONSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang

ASSIGNMENTS: Final = "assignments"
_RUN: Final = {"outputs", "execution_count"}
# What JupyterLab notes by itself, about a run and about what is folded.
_NOTED_OF_CELL: Final = {
    "execution",
    "trusted",
    "collapsed",
    "scrolled",
    "jp-MarkdownHeadingCollapsed",
}
_FOLDED: Final = {"source_hidden", "outputs_hidden"}
_NOTED_OF_NOTEBOOK: Final = {"kernelspec", "language_info", "widgets"}


class Manifest(Struct):
    """What was shipped into a working copy: path to the digest of the file as shipped.

    ``id`` tells the copy from any other, also from one that lay at the same path before.
    """

    schema: Literal[1] = 1
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    files: dict[str, str] = field(default_factory=dict)


class Refreshed(Struct):
    """What a refresh did, as paths relative to the working copy."""

    folder: Path
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)


def refresh(course: Path, target: Path, lang: Lang, *, assignments: bool = True) -> Refreshed:
    """Make or refresh the working copy of the course in one language.

    Args:
        course: the folder that holds ``notebooks/`` and ``exercises/``.
        target: the learner's folder; the copy is ``target/<lang>``.
        lang: the language.
        assignments: whether graded work belongs to it; not where a hub's learner is on her own.

    Returns:
        What was added, updated, put beside a file that the learner has changed, and what goes by
        another name now.

    Raises:
        OSError: the folder cannot be written.
    """
    copy = target / lang
    copy.mkdir(parents=True, exist_ok=True)
    manifest = _read_manifest(copy)
    done = Refreshed(copy)
    try:
        for old, new in renamed().assignments.items():
            _move(copy, old, new, manifest, done)
        for name, source in _shipped(course, lang, assignments=assignments):
            _refresh_file(copy, name, source, manifest, done)
    finally:  # what was replaced before a disk filled up is no change of the learner's
        _write_manifest(copy, manifest)
    return done


def laid(done: Refreshed) -> list[str]:
    """The notebooks that a refresh has put into a working copy or found there as it put them."""
    names = [*_read_manifest(done.folder).files, *(beside for _, beside in done.beside)]
    return [name for name in names if name.endswith(".ipynb")]


def _move(copy: Path, old: str, new: str, manifest: Manifest, done: Refreshed) -> None:
    """An assignment that is called otherwise now: the learner's folder moves, answers and all.

    Its faces go by their items' new names too; the old ones were shipped and are shipped anew.
    """
    before, after = copy / ASSIGNMENTS / old, copy / ASSIGNMENTS / new
    if not before.is_dir() or after.exists():
        return
    before.rename(after)
    notebook = after / f"{old}.ipynb"
    if notebook.is_file():
        notebook.rename(after / f"{new}.ipynb")
    for name in [name for name in manifest.files if name.startswith(f"{ASSIGNMENTS}/{old}/")]:
        path = name.replace(f"/{old}/", f"/{new}/").replace(f"/{old}.ipynb", f"/{new}.ipynb")
        manifest.files[path] = manifest.files.pop(name)
    for item in renamed().items:
        _drop_face(copy, f"{ASSIGNMENTS}/{new}/items/{item}.json", manifest)
    done.moved.append((f"{ASSIGNMENTS}/{old}", f"{ASSIGNMENTS}/{new}"))


def _drop_face(copy: Path, name: str, manifest: Manifest) -> None:
    """Take away a face that is no longer shipped, if it is still as it was shipped."""
    was = manifest.files.pop(name, None)
    if was is not None and (copy / name).is_file() and digest(copy / name) == was:
        (copy / name).unlink()


def _shipped(course: Path, lang: Lang, *, assignments: bool) -> Iterator[tuple[str, Path]]:
    """Every file of a working copy: its name there, and where it comes from."""
    places = [(course / "notebooks" / lang, PurePosixPath())]
    if assignments:
        places.append((course / "exercises" / lang, PurePosixPath(ASSIGNMENTS)))
    for root, into in places:
        for source in sorted(root.rglob("*")):
            name = into / source.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in name.parts)
            if source.is_file() and not hidden and RESPONSES not in name.parts:
                yield str(name), source


def _refresh_file(copy: Path, name: str, source: Path, manifest: Manifest, done: Refreshed) -> None:
    target, new = copy / name, digest(source)
    was = manifest.files.get(name)
    found = digest(target) if target.exists() else None
    if found is None:
        _copy(source, target)
        (done.added if was is None else done.updated).append(name)
    elif found == was != new:
        _copy(source, target)
        done.updated.append(name)
    elif new not in {found, was}:
        beside = _put_beside(source, target, new)
        done.beside.append((name, beside.relative_to(copy).as_posix()))
    manifest.files[name] = new


def _copy(source: Path, target: Path) -> None:
    """Copied through a temporary name, so that an interruption leaves no half file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        shutil.copyfile(source, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _put_beside(source: Path, target: Path, new: str) -> Path:
    """The newer version of a file that the learner has changed, under a name of its own."""
    for beside in _names_beside(target):
        if not beside.exists():
            _copy(source, beside)
            break
        if digest(beside) == new:  # put there by a refresh that was interrupted
            break
    return beside


def _names_beside(target: Path) -> Iterator[Path]:
    day = datetime.now(UTC).astimezone().strftime("%Y-%m-%d")
    for number in count(1):
        suffix = f".new-{day}" + (f"-{number}" if number > 1 else "")
        yield target.with_name(f"{target.stem}{suffix}{target.suffix}")


def digest(path: Path) -> str:
    """A digest of what a file says; of a notebook without what running it leaves behind."""
    data = path.read_bytes()
    if path.suffix == ".ipynb":
        # What is no notebook any more has been changed, and its bytes say so.
        with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
            data = json.dumps(_written(json.loads(data)), sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()


def _written(notebook: dict[str, Any]) -> dict[str, Any]:
    """What people wrote into a notebook: without outputs and what JupyterLab notes by itself."""
    return {
        "metadata": _without(_NOTED_OF_NOTEBOOK, notebook.get("metadata", {})),
        "cells": [
            _without(_RUN, cell)
            | {
                "source": "".join(cell.get("source", "")),
                "metadata": _written_of_cell(cell.get("metadata", {})),
            }
            for cell in notebook["cells"]
        ],
    }


def _written_of_cell(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = _without(_NOTED_OF_CELL, metadata)
    if "jupyter" in kept:
        kept["jupyter"] = _without(_FOLDED, kept["jupyter"])
    return {name: content for name, content in kept.items() if content != {}}


def _without(names: set[str], content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in names}


def _read_manifest(copy: Path) -> Manifest:
    """The manifest; an unreadable one counts as none, so that every file counts as changed."""
    try:
        return msgspec.json.decode((copy / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return Manifest()


def _write_manifest(copy: Path, manifest: Manifest) -> None:
    temporary = copy / f"{MANIFEST}.tmp"
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    temporary.replace(copy / MANIFEST)
