"""Where the course's own files are: in an installed package, or in a checkout."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def course_root() -> Path:
    """The folder that holds ``notebooks/`` and ``exercises/``.

    A wheel carries both inside the package; a checkout has them beside it.

    Raises:
        FileNotFoundError: neither is there; the installation is broken.
    """
    package = Path(str(resources.files("b2bcourse")))
    for root in (package / "_course", package.parent):
        if (root / "notebooks").is_dir():
            return root
    raise FileNotFoundError(f"{package}: the course's notebooks are missing; install it again")


def solutions_root() -> Path | None:
    """The folder of graded items and their sources; `None` but in an instructor's checkout."""
    folder = course_root() / "solutions"
    return folder if (folder / "items").is_dir() else None
