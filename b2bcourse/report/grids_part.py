"""The heat maps: how a class marked each matrix, against the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.facts.korean import Name
from b2bcourse.report.html import attribute, mark, note, one, section, text
from b2bcourse.report.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts import Lang, Text
    from b2bcourse.report.findings import Findings
    from b2bcourse.report.grids import Cell, Grid, Named

_SHOWN: Final = {
    "right": WORDS.mark_right,
    "partly": WORDS.mark_partly,
    "missed": WORDS.mark_missed,
    "wrong": WORDS.mark_wrong,
    "accepted": WORDS.mark_accepted,
}


def grids_part(found: Findings) -> str:
    """The section on matrices: the first one open, the others folded."""
    if not found.grids:
        return ""
    lang = found.seen.lang
    first, *others = found.grids
    body = _grid(first, lang)
    if others:
        folded = "".join(
            f"<details><summary>{text(_title(grid, lang))}</summary>{_grid(grid, lang)}</details>"
            for grid in others
        )
        body += f'<h3 class="others">{text(WORDS.other_grids[lang])}</h3>{folded}'
    return section(_title(first, lang), body, "grid")


def _title(grid: Grid, lang: Lang) -> str:
    """A sentence with the finding: the columns that stand out, else the cell."""
    places: dict[str, object] = {"n": grid.exercise.number, "title": grid.exercise.title}
    if grid.empty and grid.full and grid.empty != grid.full:
        names = {"empty": grid.empty.name, "full": grid.full.name}
        return WORDS.grid_both[lang].format(**places, **names)
    if grid.empty:
        return WORDS.grid_empty[lang].format(**places, empty=grid.empty.name)
    if grid.full:
        return WORDS.grid_full[lang].format(**places, full=grid.full.name)
    if grid.worst is None:
        return WORDS.grid_well[lang].format(**places)
    row, column, cell = grid.worst
    words = WORDS.grid_cell_missed if cell.shows == "missed" else WORDS.grid_cell_wrong
    return words[lang].format(**places, row=row.name, column=Name(column.name))


def _grid(grid: Grid, lang: Lang) -> str:
    label = attribute(WORDS.scroll_grid[lang].format(title=grid.exercise.title))
    slanted = "slanted" if _is_slanted(grid, lang) else "upright"
    grouped = " grouped" if _starts(grid.columns) else ""
    rows = "".join(_row(grid, row, lang) for row in grid.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="heat {slanted}{grouped}"><thead>{_heads(grid, lang)}</thead>'
        f"<tbody>{rows}</tbody></table></div>{_legend(grid, lang)}"
        + note(
            WORDS.grid_note[lang].format(all=grid.students, floor=grid.floor),
            WORDS.grid_everything[lang].format(n=grid.everything) if grid.everything else "",
        )
    )


def _is_slanted(grid: Grid, lang: Lang) -> bool:
    """Hangul stands upright; Latin words lean."""
    return lang == "en" or any(one.name.isascii() and len(one.name) > 4 for one in grid.columns)  # noqa: PLR2004


def _starts(columns: Sequence[Named]) -> set[str]:
    """The columns with which a group begins; none where all are of one."""
    groups = {one.group for one in columns}
    if len(groups) < 2:  # noqa: PLR2004 - one group parts nothing
        return set()
    before = [None, *(one.group for one in columns)]
    return {one.id for one, last in zip(columns, before, strict=False) if one.group != last}


def _heads(grid: Grid, lang: Lang) -> str:
    starts = _starts(grid.columns)
    columns = "".join(_head(grid, column, starts) for column in grid.columns)
    corner = f'<th class="corner" scope="col">{text(WORDS.right_needed[lang])}</th>'
    row = f"<tr>{corner}{columns}</tr>"
    return (_group_row(grid, starts) + row) if starts else row


def _group_row(grid: Grid, starts: set[str]) -> str:
    """The names of the groups, each over its own columns."""
    cells, count = [], 0
    for column in reversed(grid.columns):
        count += 1
        if column.id in starts:
            name = text(grid.groups.get(column.group, ""))
            cells.append(f'<td class="group" colspan="{count}"><span>{name}</span></td>')
            count = 0
    return f'<tr class="groups"><td></td>{"".join(reversed(cells))}</tr>'


def _head(grid: Grid, column: Named, starts: set[str]) -> str:
    named = {one.id for one in (grid.empty, grid.full) if one}
    kind = "column" + " strong" * (column.id in named) + " start" * (column.id in starts)
    return f'<th class="{kind}" scope="col"><span>{text(column.name)}</span></th>'


def _row(grid: Grid, row: Named, lang: Lang) -> str:
    made, needed = grid.right[row.id]
    starts = _starts(grid.columns)
    cells = "".join(
        _cell(grid.cells.get((row.id, column.id)), lang, start=column.id in starts)
        for column in grid.columns
    )
    number = f'<span class="number">{one(made)} / {needed}</span>'
    return f'<tr><th scope="row"><span>{text(row.name)}</span>{number}</th>{cells}</tr>'


def _cell(cell: Cell | None, lang: Lang, *, start: bool) -> str:
    kind = " start" if start else ""
    if cell is None:
        return f'<td class="cell{kind}"></td>'
    depth = f" {cell.shows}-{cell.depth}" if cell.depth else ""
    word = f'<span class="unseen">{text(_SHOWN[cell.shows][lang])}</span>'
    return (
        f'<td class="cell {cell.shows}{depth}{kind}">'
        f"<span>{mark(cell.shows)}{word}<b>{cell.count}</b></span></td>"
    )


def _legend(grid: Grid, lang: Lang) -> str:
    """Only the marks that are there."""
    there: set[str] = {cell.shows for cell in grid.cells.values()}
    said = "".join(_legend_line(name, words, lang) for name, words in _in_use(there))
    return f'<p class="legend">{said}</p>'


def _in_use(there: set[str]) -> Iterator[tuple[str, Text]]:
    return ((name, words) for name, words in _SHOWN.items() if name in there)


def _legend_line(name: str, words: Text, lang: Lang) -> str:
    return f"<span>{mark(name)}{text(words[lang])}</span>"
