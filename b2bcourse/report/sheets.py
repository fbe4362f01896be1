"""A CSV file that an LMS made: read as it is, whatever separates its cells."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from b2bcourse.facts.faults import of_system
from b2bcourse.grading.base import GradingError
from b2bcourse.report.export_words import WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from b2bcourse.report.scores import Export

_BOM: Final = b"\xef\xbb\xbf"
_DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True)
class Sheet:
    """A table from a file.

    Attributes:
        path: where it was read, as the instructor named it.
        rows: every line's cells.
        delimiter: what separates cells.
        bom: whether it began with a byte-order mark.
    """

    path: str
    rows: list[list[str]]
    delimiter: str = ","
    bom: bool = False

    def number(self, cell: str) -> float | None:
        """A number as the file writes it; None where a cell holds none."""
        plain = cell.strip()
        if self.delimiter == ";":  # such files write 12,5
            plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
        try:
            return float(plain.replace(",", ""))
        except ValueError:
            return None


def read_sheet(path: Path) -> Sheet:
    """A CSV file in UTF-8.

    Raises:
        GradingError: it cannot be read, or is no CSV in UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        detail = of_system(error)
        raise GradingError(WORDS.unreadable.format(path=path, detail=detail)) from error
    try:
        text = data.removeprefix(_BOM).decode()
        first = text.partition("\n")[0]
        delimiter = max(_DELIMITERS, key=first.count)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [row for row in lines if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise GradingError(WORDS.bad_file.format(path=path, detail=error)) from error
    return Sheet(str(path), rows, delimiter, data.startswith(_BOM))


def as_bytes(export: Export, *, bom: bool) -> bytes:
    """An export as a CSV file in UTF-8; Excel knows that by a byte-order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=export.delimiter).writerows(export.rows)
    return (_BOM if bom or export.bom else b"") + text.getvalue().encode()
