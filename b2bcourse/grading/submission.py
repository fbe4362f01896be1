"""A submitted notebook, rebuilt: the released notebook with what the student wrote put in.

Nothing else of a submitted notebook is believed, so tampered points, doubled or deleted cells,
changed metadata and files that are no notebooks all give a notebook that can be graded. Text is
taken from wherever it can still be found. Pure: bytes and plain data in, plain data out.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.grading.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bcourse.facts import Lang

Cell = dict[str, Any]

MAX_ESSAY: Final = 100_000
MAX_EXTRA_CELLS: Final = 20
MAX_EXTRA_TEXT: Final = 20_000
_IMAGES: Final = {"image/png", "image/jpeg", "image/gif"}
_CELL_START: Final = re.compile(r'\{\s*"(?:cell_type|attachments|execution_count|id|metadata)"')
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_SALVAGE_TRIES: Final = 5_000


@dataclass(frozen=True)
class Submitted:
    """The cells found in a submitted file, and whether it was a notebook at all."""

    cells: tuple[Cell, ...]
    readable: bool


def read_submitted(data: bytes) -> Submitted:
    """The cells of a submitted file.

    Args:
        data: the file's bytes; already bounded in size.

    Returns:
        Its cells; of a broken or truncated file, those that can still be read.
    """
    text = data.decode("utf-8", "replace")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return Submitted(tuple(_salvaged(text)), readable=False)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return Submitted((), readable=False)
    return Submitted(tuple(cell for cell in cells if isinstance(cell, dict)), readable=True)


def _salvaged(text: str) -> Iterator[Cell]:
    """The whole cells in a text that is no JSON."""
    decoder = json.JSONDecoder()
    position = 0
    for _ in range(_SALVAGE_TRIES):
        start = _CELL_START.search(text, position)
        if start is None:
            return
        position = start.end()
        try:
            cell, end = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(cell, dict) and "cell_type" in cell:
            yield cell
            position = end


def rebuild(released: dict[str, Any], submitted: Submitted, lang: Lang) -> dict[str, Any]:
    """The notebook to grade.

    Args:
        released: the released notebook, as plain data in notebook format 4.
        submitted: what the student handed in.
        lang: the language of the notes that are put in.

    Returns:
        The released notebook with the student's text in its solution cells, and after it, as
        plain text, what else the student wrote.
    """
    notebook = copy.deepcopy(released)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
        if nbgrader_of(cell).get("solution"):
            _put_in_answer(cell, submitted.cells)
    notebook["cells"] += _extra_cells(released["cells"], submitted.cells, lang)
    if not submitted.readable:
        notebook["cells"].insert(0, _note("kit-unreadable", WORDS.notebook_broken[lang]))
    return notebook


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


def _put_in_answer(cell: Cell, submitted: tuple[Cell, ...]) -> None:
    """The student's text into a solution cell; a doubled cell's differing texts all stay."""
    mine = [other for other in submitted if _is_same(cell, other)]
    stub = text_of(cell)
    texts = dict.fromkeys(t for t in map(text_of, mine) if t.strip() and t != stub)
    if not texts:
        return
    text = "\n\n---\n\n".join(texts)[:MAX_ESSAY]
    cell["source"] = text if cell["cell_type"] == "code" else without_tags(text)
    pictures = {name: data for other in mine for name, data in _pictures(other)}
    if pictures and cell["cell_type"] == "markdown":
        cell["attachments"] = pictures


def _is_same(released: Cell, other: Cell) -> bool:
    """By grade id, or by cell id where the student's tools have lost the metadata."""
    grade_id = nbgrader_of(released).get("grade_id")
    if grade_id is not None and nbgrader_of(other).get("grade_id") == grade_id:
        return True
    return "id" in released and other.get("id") == released["id"]


def without_tags(text: str) -> str:
    """Markdown in which no HTML works: a grader reads it in a page that may change grades."""
    return _TAG.sub("&lt;", text)


def _pictures(cell: Cell) -> Iterator[tuple[str, dict[str, str]]]:
    """The pictures pasted into a cell, of kinds that cannot carry a script."""
    attachments = cell.get("attachments")
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        if _is_picture(bundle):
            yield name, dict(bundle)


def _is_picture(bundle: object) -> bool:
    return (
        isinstance(bundle, dict)
        and set(bundle) <= _IMAGES
        and all(isinstance(data, str) for data in bundle.values())
    )


def _extra_cells(released: Iterable[Cell], submitted: tuple[Cell, ...], lang: Lang) -> list[Cell]:
    """What the student wrote outside the cells made for it: an essay may stand there."""
    answers = [cell for cell in released if nbgrader_of(cell).get("solution")]
    known = {"", *(_folded(text_of(cell)) for cell in released)}
    texts: dict[str, None] = {}
    for cell in submitted:
        text = text_of(cell)
        if _folded(text) in known or any(_is_same(answer, cell) for answer in answers):
            continue
        texts[_as_markdown(cell, text)] = None
    kept = _limited(texts)
    if not kept:
        return []
    return [
        _note(f"kit-extra-{n}", text) for n, text in enumerate([WORDS.written_outside[lang], *kept])
    ]


def _as_markdown(cell: Cell, text: str) -> str:
    if cell.get("cell_type") == "markdown":
        return without_tags(text)
    return "\n".join("    " + line for line in text.splitlines())


def _limited(texts: Iterable[str]) -> list[str]:
    kept: list[str] = []
    room = MAX_EXTRA_TEXT
    for text in texts:
        if len(kept) == MAX_EXTRA_CELLS or len(text) > room:
            break
        kept.append(text)
        room -= len(text)
    return kept


def _folded(text: str) -> str:
    return " ".join(text.split())


def _note(cell_id: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": text}
