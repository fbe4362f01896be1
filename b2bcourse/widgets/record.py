"""The case's record beside an exercise of an assignment: what stands above it in its notebook.

An assignment tells a customer's story once, and several exercises rest on it. On a small screen it
is soon far above the one in hand, so its widget shows it again. Nothing is stored for this: the
notebook that a student has open is the record, and neither faces nor their hashes know of it.
"""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.context import ContextError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Block = dict[str, Any]  # what a line is, and its text in runs: [text, whether it is bold]

_ANSWER: Final = re.compile(r"""\banswer\(["']([^"']+)["']\)""")
_SECTION: Final = re.compile(r"^## ", re.MULTILINE)
_TASK: Final = re.compile(r"^### ", re.MULTILINE)
_POINT: Final = re.compile(r"^(?:[-*]|\d+\.) ", re.MULTILINE)
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SHORT: Final = 200
"""Characters; so little stands above that it is seen with the exercise."""


def above(folder: Path, item: str, face_of: Callable[[str], Any]) -> list[Block]:
    """What a notebook in ``folder`` tells in the section of an item, before the item.

    Args:
        folder: where the notebook lies.
        item: the item's id.
        face_of: the face of another item of the notebook; its story belongs to the section.

    Returns:
        Titles, paragraphs, points and numbered lines; empty if there is little to tell again.
    """
    for path in sorted(folder.glob("*.ipynb")):
        cells = _cells(path)
        at = next((n for n, cell in enumerate(cells) if _item_in(cell) == item), None)
        if at is not None:
            told = [*_told(cells[:at], face_of)]
            return told if sum(map(_length, told)) > _SHORT else []
    return []


def _cells(path: Path) -> list[tuple[str, str]]:
    """Kind and source of each cell; none of a file that is no notebook."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    return []


def _item_in(cell: tuple[str, str]) -> str:
    kind, source = cell
    found = _ANSWER.search(source) if kind == "code" else None
    return found[1] if found else ""


def _told(cells: list[tuple[str, str]], face_of: Callable[[str], Any]) -> Iterator[Block]:
    starts = [n for n, (kind, text) in enumerate(cells) if kind != "code" and _SECTION.search(text)]
    section = cells[starts[-1] :] if starts else []
    for at, cell in enumerate(section):
        kind, source = cell
        if kind == "code":
            yield from _story(_item_in(cell), face_of)
        elif at == 0 or at == len(section) - 1:
            yield from _markdown(source, is_own=at == len(section) - 1)


def _story(item: str, face_of: Callable[[str], Any]) -> Iterator[Block]:
    """The story inside an earlier exercise, with the numbers of its lines where they count.

    What is told in one paragraph is no record, but says where to find it.
    """
    face = None
    with contextlib.suppress(ContextError):
        face = face_of(item) if item else None
    lines = getattr(face, "case", ())
    if face is None or len(lines) <= 1:
        return
    yield _block("title", face.title)
    for n, line in enumerate(lines, 1):
        if getattr(face, "evidence", False):
            yield {**_block("line", line), "n": n}
        else:
            yield _block("text", line)


def _markdown(source: str, *, is_own: bool) -> Iterator[Block]:
    """A cell's story without its tasks: of the exercise's own task all but the last paragraph."""
    story, *tasks = _TASK.split(source)
    yield from _blocks(story.strip().split("\n\n"))
    if is_own and tasks:
        yield from _blocks(tasks[-1].strip().split("\n\n")[1:-1])


def _blocks(paragraphs: list[str]) -> Iterator[Block]:
    for paragraph in filter(None, map(str.strip, paragraphs)):
        if paragraph.startswith("#"):
            yield _block("title", paragraph.lstrip("# "))
        elif _POINT.match(paragraph):
            yield from (_block("point", point) for point in _POINT.split(paragraph)[1:])
        elif not paragraph.startswith("|"):
            yield _block("text", paragraph)


def _block(kind: str, text: str) -> Block:
    plain = _LINK.sub(r"\1", " ".join(text.split())).replace("`", "")
    runs = [[run, bool(n % 2)] for n, run in enumerate(plain.split("**")) if run]
    return {"is": kind, "runs": runs}


def _length(block: Block) -> int:
    return sum(len(run) for run, _bold in block["runs"])
