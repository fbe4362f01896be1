"""The sheet of the story: a label at the left, and what it says at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from b2bcourse.authoring.sheets.faults import Place
from b2bcourse.authoring.sheets.words import WORDS, listed, named

if TYPE_CHECKING:
    from b2bcourse.authoring.sheets.faults import Faults
    from b2bcourse.authoring.sheets.reading import Grid

SEVERAL: Final = frozenset({"case", "hint", "row_decoy", "column_decoy"})
"""Labels that may have several lines; one without a label goes on with the one above."""

Line = tuple[str, Place]


class Story(Struct):
    """What the sheet says, by the name of its label: each line with its cell."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    sheet: str = ""

    def one(self, name: str) -> str:
        """What a label says that has one line; empty where it is left out."""
        return self.lines[name][0][0] if name in self.lines else ""

    def place(self, name: str) -> Place:
        """The cell of a label, or the sheet where it is left out."""
        return self.lines[name][0][1] if name in self.lines else Place(self.sheet)

    def several(self, name: str) -> list[Line]:
        """All lines of a label."""
        return self.lines.get(name, [])


def read_story(grid: Grid | None, faults: Faults) -> Story:
    """What the story's sheet says; empty where a workbook has none."""
    if grid is None:
        return Story(sheet=WORDS.sheets["story"][faults.lang])
    story = Story(sheet=grid.name)
    last = ""
    for row in grid.rows:
        label, said = grid.at(row, 1), grid.at(row, 2)
        if label:
            last = _label(grid, row, label, story, faults)
        if said and last:
            _put(story, last, said, grid.place(row, 2))
        elif said and not label:
            faults.warn(grid.place(row, 2), "unread", said=_short(said))
        _tell_unread(grid, row, faults)
    return story


def _label(grid: Grid, row: int, label: str, story: Story, faults: Faults) -> str:
    name = named(WORDS.story, label, faults.lang)
    if not name:
        names = listed(WORDS.story, faults.lang)
        faults.error(grid.place(row, 1), "no_label", said=label, names=names)
    elif name in story.lines and name not in SEVERAL:
        faults.error(grid.place(row, 1), "label_twice", said=label)
        return ""
    return name


def _put(story: Story, name: str, said: str, place: Place) -> None:
    """A label of one line takes all that follows as the same sentence; others a line each."""
    lines = said.split("\n") if name in SEVERAL else [" ".join(said.split("\n"))]
    kept = story.lines.setdefault(name, [])
    if kept and name not in SEVERAL:
        kept[0] = (f"{kept[0][0]} {lines[0]}", kept[0][1])
    else:
        kept += [(line, place) for line in lines if line]


def _tell_unread(grid: Grid, row: int, faults: Faults) -> None:
    for column in grid.columns:
        if column > 2 and grid.at(row, column):  # noqa: PLR2004 - a label, and what it says
            said = _short(grid.at(row, column))
            faults.warn(grid.place(row, column), "unread", said=said)


def _short(said: str, most: int = 20) -> str:
    return said if len(said) <= most else said[: most - 1] + "…"
