"""A submitted notebook, rebuilt: the released notebook with what the student wrote put in.

Nothing else of a submitted notebook is believed, so tampered points, doubled or deleted cells,
changed metadata and files that are no notebooks all give a notebook that can be graded. Text is
taken from wherever it can still be found, and never acts on who reads it (`written`); what was
handed in stays as it was in ``submitted``. Pure: bytes and plain data in, plain data out.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.grading.fields import EMPTY
from b2bcourse.grading.inert import whole
from b2bcourse.grading.words import WORDS
from b2bcourse.grading.written import as_typed, as_written, headed, joined, noted, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.grading.fields import Field

Cell = dict[str, Any]

MAX_ESSAY: Final = 100_000
MAX_EXTRA_CELLS: Final = 20
MAX_EXTRA_TEXT: Final = 20_000
_CELL_START: Final = re.compile(r'\{\s*"(?:cell_type|attachments|execution_count|id|metadata)"')
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


def rebuild(
    released: dict[str, Any],
    submitted: Submitted,
    lang: Lang,
    fields: Mapping[str, Field] | None = None,
) -> dict[str, Any]:
    """The notebook to grade.

    Args:
        released: the released notebook, as plain data in notebook format 4.
        submitted: what the student handed in.
        lang: the language of the notes that are put in.
        fields: what was written in the fields of essays, by their ids.

    Returns:
        The released notebook with the student's text in its solution cells, and after it, as
        plain text, what else the student wrote.
    """
    notebook = copy.deepcopy(released)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
        if nbgrader_of(cell).get("solution"):
            written = (fields or {}).get(str(nbgrader_of(cell).get("grade_id")), EMPTY)
            _put_in_answer(cell, submitted.cells, written, lang)
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


def _put_in_answer(cell: Cell, submitted: tuple[Cell, ...], field: Field, lang: Lang) -> None:
    """The student's text into a solution cell; a doubled cell's differing texts all stay."""
    mine = _texts(other for other in submitted if _is_same(cell, other))
    mine.pop(text_of(cell), None)
    mine = {text: pictures for text, pictures in mine.items() if text.strip() != field.text.strip()}
    texts = list(_within(mine, MAX_ESSAY))
    if not texts and not field:
        return
    if cell["cell_type"] == "code":
        cell["source"] = whole("\n\n---\n\n".join(texts))
    else:
        made = [
            stored(text, pictures, lang)
            for text, pictures in zip(texts, mine.values(), strict=False)
        ]
        cell["source"] = joined([*_of_field(field, lang, has_more=bool(made)), *made])


def _of_field(field: Field, lang: Lang, *, has_more: bool) -> Iterator[str]:
    """What stands in an essay's field; headed where the grader must tell it from something else."""
    if field.notes:
        yield "".join(map(noted, field.notes))
    if field.text.strip():
        named = has_more or field.kept
        yield (headed(WORDS.field_head[lang]) if named else "") + as_typed(field.text)
    if field.raw:
        yield as_written(field.raw)
    for name, text in field.kept:
        yield headed(name) + as_typed(text)
    if field and has_more:
        yield headed(WORDS.cell_head[lang])


def _texts(cells: Iterable[Cell]) -> dict[str, dict[str, Any]]:
    """The differing texts of cells, each with the pictures that were pasted where it stands."""
    found: dict[str, dict[str, Any]] = {}
    for cell in cells:
        text, attachments = text_of(cell), cell.get("attachments")
        if text.strip():
            pictures = attachments if isinstance(attachments, dict) else {}
            found[text] = {**pictures, **found.get(text, {})}
    return found


def _within(texts: Iterable[str], room: int) -> Iterator[str]:
    for text in texts:
        if room > 0:
            yield text[:room]
            room -= len(text)


def _is_same(released: Cell, other: Cell) -> bool:
    """By grade id, or by cell id where the student's tools have lost the metadata."""
    grade_id = nbgrader_of(released).get("grade_id")
    if grade_id is not None and nbgrader_of(other).get("grade_id") == grade_id:
        return True
    return "id" in released and other.get("id") == released["id"]


def _extra_cells(released: Iterable[Cell], submitted: tuple[Cell, ...], lang: Lang) -> list[Cell]:
    """What the student wrote outside the cells made for it: an essay may stand there."""
    answers = [cell for cell in released if nbgrader_of(cell).get("solution")]
    known = {_folded(text_of(cell)) for cell in released}
    own = [
        cell
        for cell in submitted
        if _folded(text_of(cell)) not in known
        and not any(_is_same(answer, cell) for answer in answers)
    ]
    markdown = _texts(cell for cell in own if cell.get("cell_type") == "markdown")
    texts = _limited(_texts(own))
    if not texts:
        return []
    made = [
        stored(text, markdown[text], lang) if text in markdown else as_written(text)
        for text in texts
    ]
    return [
        _note(f"kit-extra-{n}", text) for n, text in enumerate([WORDS.written_outside[lang], *made])
    ]


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
