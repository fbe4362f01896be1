"""What lies where Python looks before the course's own modules, and could be taken for one of them.

A notebook's kernel looks into the notebook's folder first. A ``b2bcourse.py`` or ``json.py`` there
would run in the place of the real one, so only names that no module can have let a lesson begin by
itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import b2bcourse

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN: Final = frozenset(
    [
        ".csv",
        ".doc",
        ".docx",
        ".gif",
        ".htm",
        ".html",
        ".hwp",
        ".hwpx",
        ".ipynb",
        ".jpeg",
        ".jpg",
        ".json",
        ".log",
        ".md",
        ".odt",
        ".pdf",
        ".png",
        ".ppt",
        ".pptx",
        ".svg",
        ".txt",
        ".xls",
        ".xlsx",
        ".yaml",
        ".yml",
        ".zip",
    ]
)
"""Endings of files that Python never takes for a module."""

DATA: Final = frozenset({"bank", "items", "responses", "reviews"})
"""Folders beside a notebook that hold data only; in `bank` an author's own items lie."""

FOLDERS: Final = frozenset({"assignments"})
"""Further folders that the course lays; no module is called so."""


def in_the_way(folder: Path) -> Path | None:
    """The first thing in a folder that could be taken for a module; `None` where nothing is.

    Raises:
        OSError: the folder cannot be looked into.
    """
    for path in sorted(folder.iterdir()):
        if path.name in DATA and path.is_dir():
            if (found := _no_data(path)) is not None:
                return found
        elif not _is_plain(path):
            return path
    return None


def searched_before(environ: Mapping[str, str], folder: Path) -> list[Path]:
    """Where, besides the notebook's own folder, a kernel looks before its environment.

    What its user may not write belongs to the environment, and so does the folder that this very
    package comes from: the server runs what is in it already.

    Args:
        environ: the kernel's environment.
        folder: the notebook's folder, in which the kernel runs.
    """
    entries = environ.get("PYTHONPATH", "")
    own = Path(b2bcourse.__file__).resolve().parents[1]
    # An empty part means the folder that the kernel runs in, and so do relative ones.
    places = [folder / part for part in entries.split(os.pathsep)] if entries else []
    known = {own, folder.resolve()}
    return [place for place in places if place.resolve() not in known and os.access(place, os.W_OK)]


def _is_plain(path: Path) -> bool:
    """Whether no `import` can mean this: a dot leads its name, or its name and ending are no
    module's. A module's own name is one of ASCII letters and digits.
    """
    if path.name.startswith("."):
        return True
    if path.is_dir():
        return path.name in FOLDERS or not (path.name.isascii() and path.name.isidentifier())
    return path.suffix in PLAIN


def _no_data(folder: Path) -> Path | None:
    """What lies in a folder of data and is none; folders of answers set aside are looked into."""
    for path in sorted(folder.rglob("*")):
        if not path.name.startswith(".") and not path.is_dir() and path.suffix not in PLAIN:
            return path
    return None
