"""Text that a student wrote elsewhere than in the cells made for answers, and where it belongs.

An essay may stand in a new cell below the untouched one, in a retyped, doubled or split cell, in a
cell that has lost its name, or among the code. Whatever may be an answer is found here, and goes
with the answer cell that stands nearest above it. Pure.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.items.once import made_once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

Cell = dict[str, Any]

_LONG_CODE: Final = 20_000
"""Characters; longer code is not parsed, and looked at by a person."""
_SPOKEN: Final = 40
"""So many characters of comments and strings in code may be an answer."""
_COMMENT: Final = re.compile(r"#(.*)")


@dataclass(frozen=True)
class Loose:
    """A text that stands in no cell made for answers.

    Attributes:
        text: what was written.
        cell: the id of the graded cell that it goes with; empty where an assignment has none.
        in_answer: whether it is put into that cell, which is one for texts.
        may_answer: whether it may be an answer; code that says nothing is none.
        markdown: whether it was written as Markdown.
        pictures: what was pasted with it.
    """

    text: str
    cell: str
    in_answer: bool
    may_answer: bool
    markdown: bool
    pictures: dict[str, Any] = field(default_factory=dict)


def loose_in(released: Sequence[Cell], submitted: Iterable[Cell]) -> list[Loose]:
    """The texts of a submitted notebook that stand in no cell made for answers.

    Args:
        released: the released notebook's cells.
        submitted: the cells that were handed in, in their order.
    """
    places = _places_in(released)
    there: set[int] = set()
    own: list[tuple[Cell, int]] = []
    at = -1
    for cell in submitted:
        place = places.of(cell)
        if place is not None:
            at = place
            there.add(place)
        if (place is None or not places.holds_answer(place)) and places.is_own(cell):
            own.append((cell, at))
    found: dict[str, Loose] = {}
    for cell, place in own:
        made = _loose(cell, places.nearest(place, there))
        before = found.get(made.text, made)
        pictures = {**made.pictures, **before.pictures}
        found[made.text] = Loose(
            made.text, before.cell, before.in_answer, before.may_answer, before.markdown, pictures
        )
    return list(found.values())


class _Places:
    """Where the cells of a released notebook stand, and by what each is known."""

    def __init__(self, released: Sequence[Cell]) -> None:
        self._answers: list[tuple[int, bool]] = []
        self._items: list[int] = []
        self._by_name: dict[str, int] = {}
        self._by_id: dict[str, int] = {}
        self._by_text: dict[str, int] = {}
        self._lines: set[str] = set()
        self.names: list[str] = []
        for place, cell in enumerate(released):
            self._add(place, cell)

    def _add(self, place: int, cell: Cell) -> None:
        about = nbgrader_of(cell)
        name = str(about.get("grade_id", ""))
        self.names.append(name)
        if name:
            self._by_name[name] = place
        if isinstance(cell.get("id"), str):
            self._by_id[cell["id"]] = place
        text = text_of(cell)
        self._by_text.setdefault(_folded(text), place)
        self._lines.update(_folded(line) for line in text.splitlines())
        if about.get("solution"):
            self._answers.append((place, cell["cell_type"] == "markdown"))
        elif about.get("grade"):
            self._items.append(place)

    def of(self, cell: Cell) -> int | None:
        """The place of the released cell that this one is; None where it is none of them."""
        name, own = nbgrader_of(cell).get("grade_id"), cell.get("id")
        if isinstance(name, str) and name in self._by_name:
            return self._by_name[name]
        if isinstance(own, str) and own in self._by_id:
            return self._by_id[own]
        return self._by_text.get(_folded(text_of(cell)))

    def holds_answer(self, place: int) -> bool:
        """Whether the cell at a place is one for answers, which is read by itself."""
        return any(place == answer for answer, _ in self._answers)

    def is_own(self, cell: Cell) -> bool:
        """Whether a cell says anything that no released cell says line by line."""
        lines = (_folded(line) for line in text_of(cell).splitlines())
        return any(line and line not in self._lines for line in lines)

    def nearest(self, at: int, there: Collection[int]) -> tuple[str, bool]:
        """The graded cell that a text below place ``at`` goes with, and whether it takes texts.

        Args:
            at: a place.
            there: the places of all cells that were handed in.
        """
        answers = [place for place, markdown in self._answers if markdown]
        places = answers or self._items
        if not places:
            return "", False
        before = [place for place in places if place <= at]
        after = [place for place in places if place > at]
        # Where the next one is missing in what was handed in, it was written anew in its place.
        anew = bool(after) and after[0] not in there and at not in before
        place = after[0] if anew or not before else before[-1]
        return self.names[place], bool(answers)


@made_once
def _places_in(released: Sequence[Cell]) -> _Places:
    return _Places(released)


def _loose(cell: Cell, nearest: tuple[str, bool]) -> Loose:
    text, attachments = text_of(cell), cell.get("attachments")
    name, takes = nearest
    may_answer = _may_answer(cell, text)
    markdown = cell.get("cell_type") == "markdown"
    pictures = dict(attachments) if isinstance(attachments, dict) else {}
    return Loose(text, name, takes and may_answer, may_answer, markdown, pictures)


def _may_answer(cell: Cell, text: str) -> bool:
    if not re.search(r"\w", text):
        return False
    return cell.get("cell_type") != "code" or not _is_mere_code(text)


def _is_mere_code(text: str) -> bool:
    """Whether a text is a program that says nothing to a reader."""
    if len(text) > _LONG_CODE:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is odd in a student's code
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return sum(map(len, _spoken(tree, text))) < _SPOKEN


def _spoken(tree: ast.AST, text: str) -> Iterator[str]:
    yield from _COMMENT.findall(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@lru_cache(maxsize=1024)  # the released lines come again with every student
def _folded(text: str) -> str:
    return " ".join(text.split())


def nbgrader_of(cell: Cell) -> dict[str, Any]:
    """A cell's nbgrader metadata; empty where there is none or it is no table."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def text_of(cell: Cell) -> str:
    """A cell's source as one string, whatever form it has."""
    source = cell.get("source", "")
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def texts_in(cells: Iterable[Cell]) -> dict[str, dict[str, Any]]:
    """The differing texts of cells, each with the pictures that were pasted where it stands."""
    found: dict[str, dict[str, Any]] = {}
    for cell in cells:
        text, attachments = text_of(cell), cell.get("attachments")
        if text.strip():
            pictures = attachments if isinstance(attachments, dict) else {}
            found[text] = {**pictures, **found.get(text, {})}
    return found


def is_same(released: Cell, other: Cell) -> bool:
    """By grade id, or by cell id where the student's tools have lost the metadata."""
    grade_id = nbgrader_of(released).get("grade_id")
    if grade_id is not None and nbgrader_of(other).get("grade_id") == grade_id:
        return True
    return "id" in released and other.get("id") == released["id"]
