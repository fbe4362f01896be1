"""A workbook as it looks: wide enough to write in, heads that stay, lists to choose from."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.authoring.sheets.words import WORDS
from b2bcourse.items import ItemError

if TYPE_CHECKING:
    from b2bcourse.facts import Lang

_WIDTHS: Final = {"story": (16, 90), "table": (26, 26), "questions": (16, 28)}
_HEAD: Final = "E3EDF8"  # the course's own light blue
_ROWS: Final = 400  # so far down one may choose a kind from a list


def save(
    file: Path,
    lang: Lang,
    *,
    story: list[list[str]],
    table: list[list[str]],
    questions: list[list[str]],
    notes: bool,
) -> None:
    """Write a workbook, whole or not at all.

    Args:
        file: where to.
        lang: the language of its labels.
        story: labels and what they say.
        table: the heads, then a row a benefit; may be empty.
        questions: the heads, then the rows; may be empty.
        notes: say above each sheet how it is filled in.

    Raises:
        ItemError: a text holds a sign that no workbook can.
    """
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    book.remove(book.active)
    sheets = {"story": story, "table": table, "questions": questions}
    for use, rows in sheets.items():
        sheet = book.create_sheet(WORDS.sheets[use][lang])
        try:
            _fill(sheet, use, rows)
        except IllegalCharacterError as error:
            raise ItemError(f"{file}: {error}") from error
        if notes and use in WORDS.notes:
            _note(sheet, WORDS.notes[use][lang])
        if use == "questions":
            _offer_kinds(sheet, rows, lang)
    _write(book, file)


def _fill(sheet: Any, use: str, rows: list[list[str]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    head = PatternFill("solid", fgColor=_HEAD)
    for r, row in enumerate(rows, 1):
        for c, said in enumerate(row, 1):
            cell = sheet.cell(r, c)
            if said:
                cell.value = said
                cell.data_type = "s"  # a text that begins with = is no formula
            cell.number_format = "@"  # what is typed here stays a text: no dates, no 3E5
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if (use == "story" and c == 1) or (use != "story" and (r == 1 or c == 1)):
                cell.fill = head
                cell.font = Font(bold=r == 1 or use == "story")
    first, other = _WIDTHS[use]
    for c in range(1, max((len(row) for row in rows), default=0) + 1):
        letter = sheet.cell(1, c).column_letter
        sheet.column_dimensions[letter].width = first if c == 1 else other
    sheet.freeze_panes = "A1" if use == "story" else "B2"


def _note(sheet: Any, said: str) -> None:
    from openpyxl.comments import Comment

    sheet["A1"].comment = Comment(said, "b2bcourse", width=320, height=160)


def _offer_kinds(sheet: Any, rows: list[list[str]], lang: Lang) -> None:
    """A list to choose a kind from, as far down as anybody will write."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    label = WORDS.questions["kind"][lang]
    if not rows or label not in rows[0]:
        return
    names = ",".join(text[lang] for text in WORDS.kinds.values())
    choice = DataValidation(type="list", formula1=f'"{names}"', allow_blank=True)
    letter = get_column_letter(rows[0].index(label) + 1)
    choice.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(choice)


def _write(book: Any, file: Path) -> None:
    """Written aside, then put in its place: a full disk leaves no half workbook."""
    handle, name = tempfile.mkstemp(prefix=".b2bcourse-", suffix=".xlsx", dir=file.parent)
    os.close(handle)
    try:
        book.save(name)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
