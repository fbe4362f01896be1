"""One item's rows on the sheet of the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from b2bcourse.authoring.sheets.faults import Place
    from b2bcourse.authoring.sheets.reading import Grid


class Block(Struct):
    """One item's rows: what its columns say, each with its cell."""

    grid: Grid
    columns: dict[str, int]
    rows: list[int]

    @property
    def row(self) -> int:
        """The first row, which names the item."""
        return self.rows[0]

    def at(self, row: int, name: str) -> str:
        """What a row says under a head; empty where there is no such column."""
        return self.grid.at(row, self.columns[name]) if name in self.columns else ""

    def line(self, row: int, name: str) -> str:
        """The same in one line."""
        return " ".join(self.at(row, name).split())

    def place(self, row: int, name: str) -> Place:
        """The cell under a head; the row's first cell where there is no such column."""
        return self.grid.place(row, self.columns.get(name, 1))

    def lines(self, name: str) -> list[tuple[str, Place]]:
        """All that stands under a head, line by line."""
        return [
            (line, self.place(row, name))
            for row in self.rows
            for line in self.at(row, name).split("\n")
            if line
        ]

    def first(self, name: str) -> tuple[str, Place]:
        """What stands under a head that an item fills in once, and where."""
        told = [(self.line(row, name), self.place(row, name)) for row in self.rows]
        return next((pair for pair in told if pair[0]), ("", self.place(self.row, name)))
