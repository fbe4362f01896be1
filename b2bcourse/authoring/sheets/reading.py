"""A workbook as grids of text; what a spreadsheet made of what was typed is told, never guessed."""

from __future__ import annotations

import datetime as dt
import unicodedata
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.authoring.sheets.faults import Faults, Place
from b2bcourse.authoring.sheets.words import WORDS, plain_label
from b2bcourse.facts.text import LANGS

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.facts import Lang

MOST_BYTES: Final = 50_000_000
"""So much may lie packed in a workbook; a file made to fill the memory is refused."""
ROWS: Final = 2_000
COLUMNS: Final = 60

Where = tuple[int, int]
"""A cell by row and column, both from 1."""


class Grid(Struct, frozen=True):
    """One sheet: its own name, and the text of every cell that is not empty."""

    name: str
    texts: dict[Where, str]

    def at(self, row: int, column: int) -> str:
        """The text of a cell; empty where there is none."""
        return self.texts.get((row, column), "")

    def place(self, row: int, column: int) -> Place:
        """A cell by its name, such as C4."""
        return Place(self.name, cell_name(row, column))

    @property
    def rows(self) -> list[int]:
        """The rows that hold anything, in order."""
        return sorted({row for row, _ in self.texts})

    @property
    def columns(self) -> list[int]:
        """The columns that hold anything, in order."""
        return sorted({column for _, column in self.texts})


class Book(Struct, frozen=True):
    """A workbook: the language of its labels, and its sheets by what they are for."""

    lang: Lang
    grids: dict[str, Grid]


def cell_name(row: int, column: int) -> str:
    """A cell as a spreadsheet calls it: C4."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_book(path: Path, fallback: Lang) -> tuple[Book, Faults]:
    """A workbook, and what could not be read of it.

    Args:
        path: an ``.xlsx`` file.
        fallback: the language for what is told where the file has none of its own.

    Raises:
        OSError: there is no such file, or it may not be read.
    """
    faults = Faults(fallback)
    with path.open("rb"):
        pass  # a missing file is told as such, not as one that is no workbook
    if not _is_small(path, faults):
        return Book(fallback, {}), faults
    loaded = _loaded(path)
    if loaded is None:
        faults.error(Place(), "not_a_book")
        return Book(fallback, {}), faults
    values, formulas = loaded
    lang = _language(values.sheetnames) or fallback
    faults.lang = lang
    grids = {}
    for sheet in values.worksheets:
        use = _use(sheet.title, lang)
        if use:
            grids[use] = _grid(sheet, formulas[sheet.title], faults)
            _tell_merged(use, sheet, grids[use], faults)
    if not grids:
        names = ", ".join(text[lang] for text in WORDS.sheets.values())
        faults.error(Place(), "no_sheet", names=names)
    return Book(lang, grids), faults


def _is_small(path: Path, faults: Faults) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        faults.error(Place(), "not_a_book")
        return False
    if size > MOST_BYTES:
        faults.error(Place(), "too_large", most=MOST_BYTES // 1_000_000)
        return False
    return True


def _loaded(path: Path) -> tuple[Any, Any] | None:
    """The workbook twice: what its formulas yield, and the formulas; `None` if it is none."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # of what only a spreadsheet shows, such as colours
            warnings.simplefilter("ignore")
            return load_workbook(path, data_only=True), load_workbook(path)
    except Exception:  # noqa: BLE001 - a broken file fails in any of the library's parts
        return None


def _language(names: list[str]) -> Lang | None:
    """The language in which most sheets are called."""
    counts = {lang: sum(bool(_use(name, lang)) for name in names) for lang in LANGS}
    best = max(LANGS, key=lambda lang: counts[lang])
    return best if counts[best] else None


def _use(name: str, lang: Lang) -> str:
    said = plain_label(unicodedata.normalize("NFC", name))
    return next((u for u, text in WORDS.sheets.items() if plain_label(text[lang]) == said), "")


def _grid(sheet: Any, formulas: Any, faults: Faults) -> Grid:
    grid = Grid(sheet.title, {})
    seen_beyond = False
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not _formula(formulas, cell):
                continue
            if cell.row > ROWS or cell.column > COLUMNS:
                if not seen_beyond:
                    _tell_beyond(grid, cell, faults)
                seen_beyond = True
                continue
            said = _text(cell, grid.place(cell.row, cell.column), faults)
            if said:
                grid.texts[cell.row, cell.column] = said
    return grid


def _tell_beyond(grid: Grid, cell: Any, faults: Faults) -> None:
    rows = cell.row > ROWS
    most, what = (ROWS, "lines") if rows else (COLUMNS, "columns")
    said = WORDS.faults[what][faults.lang]
    faults.error(grid.place(cell.row, cell.column), "too_many", most=most, what=said)


def _formula(formulas: Any, cell: Any) -> bool:
    return bool(formulas.cell(cell.row, cell.column).data_type == "f")


def _text(cell: Any, place: Place, faults: Faults) -> str:
    """What a cell shows, as text; what was typed may have become a number, a date or an error."""
    value = cell.value
    if value is None:
        faults.error(place, "formula")
    elif cell.data_type == "e":
        faults.error(place, "bad_value", said=value)
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        faults.error(place, "date")
    elif isinstance(value, bool):
        faults.error(place, "bad_value", said=str(value).upper())
    elif isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    else:
        return _tidy(str(value))
    return ""


def _tidy(said: str) -> str:
    """A text as it was meant: one form of each letter, no blanks at the ends of its lines."""
    lines = unicodedata.normalize("NFC", said).replace("\r\n", "\n").replace("_x000D_", "")
    kept = (" ".join(line.split()) for line in lines.split("\n"))
    return "\n".join(kept).strip()


def _number(value: float, form: str) -> str:
    """A number as its cell shows it: 6%, 12,000, 2027 and not 2027.0."""
    if "%" in form:
        return f"{_short(round(value * 100, 6))}%"
    return f"{value:,.0f}" if "#,##0" in form and value == int(value) else _short(value)


def _short(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _tell_merged(use: str, sheet: Any, grid: Grid, faults: Faults) -> None:
    """Merged cells read as the first of them; what was meant for the others would be lost.

    A question's first cells may span its options, and a story may be as wide as its author likes.
    """
    for area in sheet.merged_cells.ranges:
        across = area.max_col > area.min_col
        if use == "table" or (use == "questions" and across):
            faults.error(grid.place(area.min_row, area.min_col), "merged", cells=str(area))
