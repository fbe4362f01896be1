"""Which of the notebooks that were handed in is which of the assignment's.

A notebook is known by its graded cells, then by its name, then by the texts of the release in it.
Several that are the same one are read together, so that nothing in a second copy is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.facts.faults import of_system
from b2bcourse.grading.handed import plain_name
from b2bcourse.grading.loose import nbgrader_of, text_of
from b2bcourse.grading.submission import Submitted, read_submitted
from b2bcourse.responses.bounded import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Text
    from b2bcourse.grading.handed import File, Handed

NOTHING: Final = Submitted((), readable=False)
_SOME: Final = 3
"""A third of a release's texts: every assignment's notebooks have some in common."""


@dataclass(frozen=True)
class Opened:
    """A notebook's file with what could be read of it.

    Attributes:
        file: the file.
        submitted: its cells.
        named: whether it lies where nbgrader looks for it.
        size: its bytes, where they are too many to be read.
        why: why it cannot be opened; None if it was.
    """

    file: File
    submitted: Submitted
    named: bool = False
    size: int = 0
    why: Text | None = None


@dataclass(frozen=True)
class Matched:
    """All files that are one notebook of the assignment, the one under its name first."""

    opened: tuple[Opened, ...] = ()

    @cached_property
    def submitted(self) -> Submitted:
        """The cells of all of them; nothing handed in is no broken notebook."""
        if len(self.opened) == 1:
            return self.opened[0].submitted
        cells = tuple(cell for one in self.opened for cell in one.submitted.cells)
        readable = [one.submitted.readable for one in self.opened]
        return Submitted(cells, readable=any(readable) or not readable)

    @property
    def has_outputs(self) -> bool:
        """Whether a graded cell has been run: its exercise was on the screen."""
        return any(
            cell.get("outputs")
            for one in self.opened
            for cell in one.submitted.cells
            if nbgrader_of(cell).get("grade")
        )


def match_notebooks(
    handed: Handed, released: Mapping[str, dict[str, Any]]
) -> tuple[dict[str, Matched], list[Opened]]:
    """The notebooks of a submission by their names in the release, and those that are none of it.

    Args:
        handed: the handed-in folder.
        released: the released notebooks by name.
    """
    found: dict[str, list[Opened]] = {}
    strange = []
    for file in handed.notebooks:
        name = file.name.removesuffix(".ipynb")
        one = _open(file, named=name in released)
        match = name if one.named else _match(one, released)
        if match is None:
            strange.append(one)
        else:
            found.setdefault(match, []).append(one)
    return {name: Matched(tuple(_needed(files))) for name, files in found.items()}, strange


def _needed(files: list[Opened]) -> list[Opened]:
    """The one under its name first; a copy that says nothing of its own is left out."""
    files.sort(key=lambda one: not one.named)
    kept = files[:1]
    for one in files[1:]:
        said = {text_of(cell) for other in kept for cell in other.submitted.cells}
        if any(text_of(cell) not in said for cell in one.submitted.cells) or one.why or one.size:
            kept.append(one)
    return kept


def _open(file: File, *, named: bool) -> Opened:
    try:
        return Opened(file, read_submitted(file.read()), named)
    except TooLargeError as error:
        return Opened(file, NOTHING, named, size=error.size)
    except OSError as error:
        return Opened(file, NOTHING, named, why=of_system(error))


def _match(one: Opened, released: Mapping[str, dict[str, Any]]) -> str | None:
    """The released notebook that a file is, whatever its name."""
    for tells in (_graded_cells, _same_name, _same_texts):
        points = {name: tells(one, name, notebook) for name, notebook in released.items()}
        best = max(points, key=lambda name: points[name], default=None)
        if best is not None and points[best]:
            return best
    return None


def _graded_cells(one: Opened, _name: str, notebook: dict[str, Any]) -> int:
    ids: set[str] = set()
    for cell in notebook["cells"]:
        about = nbgrader_of(cell)
        if about.get("grade") or about.get("solution"):
            ids |= {str(about.get("grade_id")), str(cell.get("id"))}
    there = ((nbgrader_of(cell).get("grade_id"), cell.get("id")) for cell in one.submitted.cells)
    return sum(1 for names in there if any(isinstance(n, str) and n in ids for n in names))


def _same_name(one: Opened, name: str, _notebook: dict[str, Any]) -> int:
    return int(one.file.plain == plain_name(name))


def _same_texts(one: Opened, _name: str, notebook: dict[str, Any]) -> int:
    texts = {text_of(cell).strip() for cell in notebook["cells"]} - {""}
    found = {text_of(cell).strip() for cell in one.submitted.cells} & texts
    return len(found) if _SOME * len(found) >= len(texts) else 0
