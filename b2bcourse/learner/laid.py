"""What has been laid for a learner, remembered outside of the folder that it was laid into.

Only a notebook that stands here may come alive by itself. What somebody unpacks or copies into the
folder brings no entry along, whatever it says of itself.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, Self

import msgspec
import platformdirs
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """The notebooks that were laid into a folder, as paths below it."""

    schema: Literal[1]
    folder: str
    notebooks: tuple[str, ...]


class Ledger:
    """The entries of one user.

    Args:
        home: where they lie, one file for each folder that something was laid into.
    """

    def __init__(self, home: Path) -> None:
        self.home = home

    @classmethod
    def of_user(cls) -> Self:
        """The ledger of whoever runs this program, in the user's own data folder."""
        return cls(platformdirs.user_data_path("b2bcourse", appauthor=False) / "laid")

    def record(self, folder: Path, notebooks: Iterable[str]) -> None:
        """Remember that notebooks were laid; those of before stay, as long as they are there.

        Args:
            folder: what they were laid into.
            notebooks: their paths below it, with ``/`` between the parts.

        Raises:
            OSError: the entry cannot be written.
        """
        place = folder.resolve()
        before = self._entry(place)
        names = {*notebooks, *(before.notebooks if before else ())}
        there = tuple(sorted(name for name in names if (place / PurePosixPath(name)).is_file()))
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(place)
        temporary = path.with_suffix(".tmp")
        temporary.write_bytes(msgspec.json.encode(Entry(1, str(place), there)))
        temporary.replace(path)

    def forget(self, folder: Path) -> None:
        """Nothing in a folder was laid any more: it is thrown away."""
        self._path(folder.resolve()).unlink(missing_ok=True)

    def holds(self, notebook: Path) -> bool:
        """Whether a notebook was laid where it is; no link leads out of its folder."""
        path = notebook.absolute()
        real = path.resolve()
        for place in real.parents:
            entry = self._entry(place)
            if entry and real.relative_to(place).as_posix() in entry.notebooks:
                return real.name == path.name
        return False

    def _path(self, place: Path) -> Path:
        return self.home / f"{hashlib.sha256(str(place).encode()).hexdigest()[:32]}.json"

    def _entry(self, place: Path) -> Entry | None:
        """The entry of a folder; one that cannot be read is none, so that nothing runs."""
        with contextlib.suppress(OSError, msgspec.DecodeError):
            found = msgspec.json.decode(self._path(place).read_bytes(), type=Entry)
            return found if found.folder == str(place) else None
        return None
