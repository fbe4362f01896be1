"""What a refresh did, kept beside the ledger until the page that opens next has told it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self

import msgspec
from msgspec import Struct

from b2bcourse.learner.laid import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.learner.working_copy import Refreshed


class News(Struct, frozen=True, forbid_unknown_fields=True):
    """What is new in a working copy: counts, and pairs of paths below it."""

    added: int = 0
    updated: int = 0
    beside: tuple[tuple[str, str], ...] = ()
    moved: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, done: Refreshed) -> Self:
        """The news of a refresh."""
        return cls(len(done.added), len(done.updated), tuple(done.beside), tuple(done.moved))

    def __add__(self, other: News) -> News:
        return News(
            self.added + other.added,
            self.updated + other.updated,
            (*self.beside, *other.beside),
            (*self.moved, *other.moved),
        )

    def __bool__(self) -> bool:
        return self != News()


def leave(done: Refreshed) -> None:
    """Keep the news of a refresh for the page that opens next.

    Raises:
        OSError: they cannot be written.
    """
    path = _path(done.folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(News.of(done)))


def taken(folder: Path) -> News:
    """The news that were left for a working copy, which are told once; none where there are none.

    Raises:
        OSError: they cannot be read or taken away.
    """
    path = _path(folder)
    try:
        told = msgspec.json.decode(path.read_bytes(), type=News)
    except (FileNotFoundError, msgspec.DecodeError):
        told = News()
    path.unlink(missing_ok=True)
    return told


def _path(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
    return Ledger.of_user().home.with_name("news") / f"{name}.json"
