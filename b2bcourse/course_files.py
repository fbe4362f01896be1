"""Where the course's own files are, in an installed package or in a checkout, and what they were
called before.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from msgspec import Struct

from b2bcourse.facts.reading import read_yaml

_PACKAGE: Final = "b2bcourse"


class Renamed(Struct, frozen=True, forbid_unknown_fields=True):
    """The course's own assignments and graded items: old name to new name.

    An old name is never given to anything else.
    """

    assignments: dict[str, str]
    items: dict[str, str]

    def older(self, item: str) -> tuple[str, ...]:
        """The names an item had before; none for one that was always called so."""
        return tuple(old for old, new in self.items.items() if new == item)

    def first(self, item: str) -> str:
        """The oldest name of an item: what is mixed by its name stays as it was when it moves."""
        return next(iter(self.older(item)), item)


def course_root() -> Path:
    """The folder that holds ``notebooks/`` and ``exercises/``.

    A wheel carries both inside the package; a checkout has them beside it.

    Raises:
        FileNotFoundError: neither is there; the installation is broken.
    """
    package = Path(str(resources.files(_PACKAGE)))
    for root in (package / "_course", package.parent):
        if (root / "notebooks").is_dir():
            return root
    raise FileNotFoundError(f"{package}: the course's notebooks are missing; install it again")


def solutions_root() -> Path | None:
    """The folder of graded items and their sources; `None` but in an instructor's checkout."""
    folder = course_root() / "solutions"
    return folder if (folder / "items").is_dir() else None


@lru_cache
def renamed() -> Renamed:
    """What was called otherwise in an earlier release: ``renamed.yaml`` in the package."""
    return read_yaml(Path(str(resources.files(_PACKAGE))) / "renamed.yaml", Renamed)
