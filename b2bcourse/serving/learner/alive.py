"""Whether a notebook may come alive by itself. The server decides it, and no page.

What runs by itself is only what the course shows in its cells: the notebook was laid by this user's
own server, each cell of code has exactly the course's form, and nothing lies where Python would
find it in the place of the course's modules. All else waits for a click of whoever reads it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct

from b2bcourse.authoring.cells import called
from b2bcourse.learner.shadows import in_the_way, searched_before

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from b2bcourse.learner.laid import Ledger

Why = Literal["unknown", "changed", "kernel", "beside", "path", "unreadable"]
KERNEL: Final = "python3"
_MOST_BYTES: Final = 50_000_000
_OURS: Final = "b2bcourse"


class Cell(Struct, frozen=True):
    """A cell, as far as is asked here."""

    cell_type: str = ""
    source: str | list[str] = ""
    id: str = ""

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(self.source)


class _Kernel(Struct, frozen=True):
    name: str = ""


class _Metadata(Struct, frozen=True):
    kernelspec: _Kernel = _Kernel()


class Book(Struct, frozen=True):
    """A notebook, as far as is asked here."""

    cells: list[Cell] = []
    metadata: _Metadata = _Metadata()

    @property
    def code(self) -> list[str]:
        """The sources of its cells of code; empty ones do nothing and are left out."""
        return [cell.text for cell in self.cells if cell.cell_type == "code" and cell.text.strip()]

    @property
    def is_ours(self) -> bool:
        """Whether it has to do with the course at all."""
        return any(_OURS in text for text in self.code)

    @property
    def has_the_form(self) -> bool:
        """Whether all its code is exactly what the course's cells say."""
        return all(called(text) is not None for text in self.code)


class Verdict(Struct, frozen=True):
    """What a notebook may do by itself.

    Attributes:
        is_laid: the course laid it, and all its code is the course's: it may be shown calm.
        why: what keeps it from running by itself; `None` if nothing does.
        what: the name of what is in the way, if something is.
    """

    is_laid: bool = False
    why: Why | None = None
    what: str = ""

    @property
    def runs(self) -> bool:
        """Whether it may come alive without a click."""
        return self.why is None


def read_book(notebook: Path) -> Book | None:
    """A notebook; `None` where it cannot be read as one."""
    try:
        if notebook.stat().st_size > _MOST_BYTES:
            return None
        return msgspec.json.decode(notebook.read_bytes(), type=Book)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def verdict(
    notebook: Path, book: Book | None, ledger: Ledger, environ: Mapping[str, str]
) -> Verdict:
    """Whether a notebook comes alive by itself.

    Args:
        notebook: its file.
        book: what stands in it, as it was read.
        ledger: what this user's server has laid.
        environ: the environment that its kernel gets.
    """
    if book is None:
        return Verdict(why="unreadable")
    if not ledger.holds(notebook):
        return Verdict(why="unknown")
    if not book.has_the_form:
        return Verdict(why="changed")
    if book.metadata.kernelspec.name != KERNEL:
        return Verdict(is_laid=True, why="kernel")
    return _beside(notebook.parent, environ)


def _beside(folder: Path, environ: Mapping[str, str]) -> Verdict:
    """Whether anything could be imported in the place of what the course imports."""
    places: list[tuple[Path, Why]] = [(folder, "beside")]
    places += [(place, "path") for place in searched_before(environ, folder)]
    for place, why in places:
        try:
            found = in_the_way(place)
        except OSError:
            return Verdict(is_laid=True, why=why, what=str(place))
        if found is not None:
            name = found.relative_to(folder) if why == "beside" else found
            return Verdict(is_laid=True, why=why, what=str(name))
    return Verdict(is_laid=True)


def kernel_environment(specs: Any) -> dict[str, str]:
    """The environment that the course's kernel gets from this server.

    Args:
        specs: the server's manager of kernel specs.
    """
    try:
        own = dict(specs.get_kernel_spec(KERNEL).env)
    except (KeyError, AttributeError):  # NoSuchKernel is a KeyError: then nothing runs anyway
        own = {}
    return {**os.environ, **own}
