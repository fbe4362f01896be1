"""A learner's working copy: made once, refreshed often, and never at the learner's cost.

A manifest remembers each file as the course shipped it. A file that is still as shipped is
replaced by a newer one; a file that the learner has changed stays, and the newer one is put beside
it. Running a notebook is no change: outputs are not compared. Responses are never touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct, field

from b2bcourse.responses import FOLDER as RESPONSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang

MANIFEST: Final = ".b2bcourse.json"
_RUNNING: Final = {"outputs", "execution_count"}
_RUNNING_METADATA: Final = {"execution", "trusted", "collapsed", "scrolled"}


class Manifest(Struct):
    """What was shipped into a working copy: path to the digest of the file as shipped."""

    schema: Literal[1] = 1
    files: dict[str, str] = field(default_factory=dict)


class Refreshed(Struct):
    """What a refresh did, as paths relative to the working copy."""

    folder: Path
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)


def refresh(course: Path, target: Path, lang: Lang) -> Refreshed:
    """Make or refresh the working copy of the course in one language.

    Args:
        course: the folder that holds ``notebooks/`` and ``exercises/``.
        target: the learner's folder; the copy is ``target/<lang>``.
        lang: the language.

    Returns:
        What was added, updated, and put beside a file that the learner has changed.

    Raises:
        OSError: the folder cannot be written.
    """
    copy = target / lang
    copy.mkdir(parents=True, exist_ok=True)
    manifest = _read_manifest(copy)
    done = Refreshed(copy)
    for name, source in _shipped(course, lang):
        _refresh_file(copy, name, source, manifest, done)
    _write_manifest(copy, manifest)
    return done


def _shipped(course: Path, lang: Lang) -> Iterator[tuple[str, Path]]:
    """Every file of a working copy: its name there, and where it comes from."""
    places = (
        (course / "notebooks" / lang, PurePosixPath()),
        (course / "exercises" / lang, PurePosixPath("assignments")),
    )
    for root, into in places:
        for source in sorted(root.rglob("*")):
            name = into / source.relative_to(root).as_posix()
            hidden = any(part.startswith(".") for part in name.parts)
            if source.is_file() and not hidden and RESPONSES not in name.parts:
                yield str(name), source


def _refresh_file(
    copy: Path, name: str, source: Path, manifest: Manifest, done: Refreshed
) -> None:
    target, new = copy / name, digest(source)
    was = manifest.files.get(name)
    if not target.exists():
        _copy(source, target)
        (done.added if was is None else done.updated).append(name)
    elif digest(target) == new:
        pass
    elif digest(target) == was:
        _copy(source, target)
        done.updated.append(name)
    elif was != new:
        beside = _beside(target)
        _copy(source, beside)
        done.beside.append((name, beside.relative_to(copy).as_posix()))
    manifest.files[name] = new


def _copy(source: Path, target: Path) -> None:
    """Copied through a temporary name, so that an interruption leaves no half file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.tmp")
    shutil.copyfile(source, temporary)
    temporary.replace(target)


def _beside(target: Path) -> Path:
    """A free name for the newer version of a file that the learner has changed."""
    day = datetime.now(UTC).astimezone().strftime("%Y-%m-%d")
    number = 1
    while True:
        suffix = f".new-{day}" + (f"-{number}" if number > 1 else "")
        beside = target.with_name(f"{target.stem}{suffix}{target.suffix}")
        if not beside.exists():
            return beside
        number += 1


def digest(path: Path) -> str:
    """A digest of what a file says; of a notebook without what running it leaves behind."""
    data = path.read_bytes()
    if path.suffix == ".ipynb":
        # What is no notebook any more has been changed, and its bytes say so.
        with contextlib.suppress(ValueError, TypeError, AttributeError, KeyError):
            data = json.dumps(_unrun(json.loads(data)), sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()


def _unrun(notebook: dict[str, Any]) -> list[Any]:
    """A notebook's cells without their outputs and what JupyterLab notes while running them."""
    return [
        {
            **{name: content for name, content in cell.items() if name not in _RUNNING},
            "source": "".join(cell.get("source", "")),
            "metadata": {
                name: content
                for name, content in cell.get("metadata", {}).items()
                if name not in _RUNNING_METADATA
            },
        }
        for cell in notebook["cells"]
    ]


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
