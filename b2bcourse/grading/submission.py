"""A submitted notebook, rebuilt: the released notebook with what the student wrote put in.

Nothing else of a submitted notebook is believed, so tampered points, doubled or deleted cells,
changed metadata and files that are no notebooks all give a notebook that can be graded. Text is
taken from wherever it can still be found, and never acts on who reads it (`written`); what was
handed in stays as it was in ``submitted``. Pure: bytes and plain data in, plain data out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.grading.fields import EMPTY
from b2bcourse.grading.inert import whole
from b2bcourse.grading.loose import Loose, is_same, loose_in, nbgrader_of, text_of, texts_in
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
    cells = _cells_of(notebook) if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return Submitted((), readable=False)
    return Submitted(tuple(cell for cell in cells if isinstance(cell, dict)), readable=True)


def _cells_of(notebook: dict[str, Any]) -> Any:
    """The cells of a notebook; of one in a format before 4, as format 4 has them."""
    sheets = notebook.get("worksheets")
    if "cells" in notebook or not isinstance(sheets, list):
        return notebook.get("cells")
    lists = (sheet.get("cells") for sheet in sheets if isinstance(sheet, dict))
    cells = [cell for each in lists if isinstance(each, list) for cell in each]
    return [
        {**cell, "source": cell.get("source", cell.get("input", ""))}
        for cell in cells
        if isinstance(cell, dict)
    ]


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


@dataclass(frozen=True)
class Rebuilt:
    """A notebook to grade, and what a person must know of how it came about.

    Attributes:
        notebook: plain data in notebook format 4.
        loose: by cell, the words that may answer it and stood in no cell made for answers.
        cut: by cell, the characters that were written, of which only the first are shown.
        hidden: so many cells of the student's own are not shown; none of them is an answer's.
    """

    notebook: dict[str, Any]
    loose: dict[str, int]
    cut: dict[str, int]
    hidden: int = 0


def rebuild(
    released: dict[str, Any],
    submitted: Submitted,
    lang: Lang,
    fields: Mapping[str, Field] | None = None,
) -> dict[str, Any]:
    """The notebook to grade; see `put_together`."""
    return put_together(released, submitted, lang, fields).notebook


def put_together(
    released: dict[str, Any],
    submitted: Submitted,
    lang: Lang,
    fields: Mapping[str, Field] | None = None,
) -> Rebuilt:
    """The notebook to grade, and what stood elsewhere than it should.

    Args:
        released: the released notebook, as plain data in notebook format 4; it is not changed.
        submitted: what the student handed in.
        lang: the language of the notes that are put in.
        fields: what was written in the fields of essays, by their ids.

    Returns:
        The released notebook with the student's text in its solution cells, text that may be an
        answer and stood elsewhere in the nearest of them, and after all, as plain text, what else
        the student wrote.
    """
    loose = loose_in(released["cells"], submitted.cells)
    extra = [one for one in loose if not one.in_answer]
    told = [one for one in extra if one.may_answer]
    cut: dict[str, int] = {}
    cells = []
    for cell in released["cells"]:
        made = dict(cell)
        cells.append(made)
        if made["cell_type"] == "code":
            made.update(outputs=[], execution_count=None)
        if nbgrader_of(cell).get("solution"):
            name = str(nbgrader_of(cell).get("grade_id"))
            written = (fields or {}).get(name, EMPTY)
            mine = _own_texts(cell, submitted.cells, written)
            beside = [one for one in loose if _belongs(one, cell, mine, written)]
            told += beside
            size = _put_in_answer(made, mine, written, beside, lang)
            cut.update({name: size} if size > MAX_ESSAY else {})
    hidden = _hidden(extra)
    cells += _extra_cells(extra, lang)
    cut.update(
        {one.cell: sum(len(each.text) for each in extra) for one in hidden if one.may_answer}
    )
    if not submitted.readable:
        cells.insert(0, _note("kit-unreadable", WORDS.notebook_broken[lang]))
    return Rebuilt({**released, "cells": cells}, _words_by_cell(told), cut, len(hidden))


def _own_texts(cell: Cell, submitted: tuple[Cell, ...], field: Field) -> dict[str, dict[str, Any]]:
    """What stands in a solution cell; a doubled cell's differing texts all stay."""
    mine = texts_in(other for other in submitted if is_same(cell, other))
    mine.pop(text_of(cell), None)
    return {text: files for text, files in mine.items() if text.strip() != field.text.strip()}


def _belongs(one: Loose, cell: Cell, mine: Iterable[str], field: Field) -> bool:
    """Whether a text from elsewhere goes into a solution cell that does not hold it already."""
    if not one.in_answer or one.cell != nbgrader_of(cell).get("grade_id"):
        return False
    return one.text.strip() not in {field.text.strip(), *(text.strip() for text in mine)}


def _put_in_answer(
    cell: Cell, mine: dict[str, dict[str, Any]], field: Field, loose: list[Loose], lang: Lang
) -> int:
    """Put the student's text into a solution cell; how many characters there were of it."""
    size = sum(map(len, mine)) + sum(len(one.text) for one in loose)
    if not mine and not field and not loose:
        return size
    if cell["cell_type"] == "code":
        cell["source"] = whole("\n\n---\n\n".join(mine)[:MAX_ESSAY])
        return size
    room = _Room(MAX_ESSAY)
    made = [stored(room.of(text), pictures, lang) for text, pictures in mine.items() if room]
    outside = [_shown(one, room.of(one.text), lang) for one in loose if room]
    parts = [*_of_field(field, lang, has_more=bool(made)), *made]
    if outside:
        parts += [headed(WORDS.found_elsewhere[lang]) + outside[0], *outside[1:]]
    if size > MAX_ESSAY:
        parts.append(noted(WORDS.shown_in_part[lang].format(n=size, limit=MAX_ESSAY)))
    cell["source"] = joined(parts)
    return size


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


class _Room:
    """So many characters are still shown."""

    def __init__(self, characters: int) -> None:
        self._left = characters

    def __bool__(self) -> bool:
        return self._left > 0

    def of(self, text: str) -> str:
        """As much of a text as there is room for."""
        shown = text[: self._left]
        self._left -= len(shown)
        return shown


def _shown(one: Loose, text: str, lang: Lang) -> str:
    """A text from elsewhere as it was meant: Markdown is rendered, other text stands as typed."""
    return stored(text, one.pictures, lang) if one.markdown else as_typed(text)


def _extra_cells(extra: list[Loose], lang: Lang) -> list[Cell]:
    """What the student wrote that goes into no cell made for answers."""
    if not extra:
        return []
    hidden = _hidden(extra)
    made = [
        stored(one.text, one.pictures, lang) if one.markdown else as_written(one.text)
        for one in extra
        if one not in hidden
    ]
    if hidden:
        made.append(noted(WORDS.more_outside[lang].format(n=len(hidden))))
    return [
        _note(f"kit-extra-{n}", text) for n, text in enumerate([WORDS.written_outside[lang], *made])
    ]


def _hidden(extra: list[Loose]) -> list[Loose]:
    """The texts for which there is no more room; what may be an answer comes first."""
    room, shown = MAX_EXTRA_TEXT, 0
    hidden = []
    for one in sorted(extra, key=lambda each: not each.may_answer):
        fits = shown < MAX_EXTRA_CELLS and len(one.text) <= room
        if fits:
            shown += 1
            room -= len(one.text)
        else:
            hidden.append(one)
    return hidden


def _words_by_cell(loose: Iterable[Loose]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in loose:
        found[one.cell] = found.get(one.cell, 0) + len(one.text.split())
    return found


def _note(cell_id: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": text}
