"""The tables that stand at the end of a run: 100 columns, groups with a count, ASCII for rules.

In Korean terminals box drawing and dashes are two columns wide and break a table; so there are
none. Piped, or with NO_COLOR, the words alone suffice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Rich

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

WIDTH: Final = 100
_LEFT: Final = 16
_COUNT_ENDS: Final = 14
ROWS: Final = 12
"""So many rows of a group are shown; the others are counted."""


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the tables, whatever it writes to."""
    return Console(width=WIDTH, stderr=stderr, highlight=False, markup=False, emoji=False)


def tell(to: Console, parts: Iterable[RenderableType]) -> None:
    """Print parts without the blanks that pad their lines."""
    with to.capture() as printed:
        for part in parts:
            to.print(part)
    for line in printed.get().splitlines():
        to.out(line.rstrip())


def rule() -> Rich:
    """The line above a group."""
    return Rich("-" * WIDTH, style="dim")


def group(name: str, count: int | None, sentence: str = "") -> RenderableType:
    """The first line of a group: its name, how many there are, and its finding.

    Args:
        name: the group's.
        count: how many; None where nothing is counted.
        sentence: what was found; over one line it goes on under its beginning.
    """
    number = "" if count is None else f"{count:,}"
    gap = max(1, _COUNT_ENDS - cell_len(name) - cell_len(number))
    table = _grid()
    table.add_column(width=_LEFT, no_wrap=True)
    table.add_column(width=WIDTH - _LEFT)
    table.add_row(Rich(f"{name}{' ' * gap}{number}", style="bold"), Rich(sentence))
    return table


def lines(*sentences: Rich | str) -> RenderableType:
    """Lines under a group's finding."""
    return Padding(
        Group(*(Rich(each) if isinstance(each, str) else each for each in sentences)),
        (0, 0, 0, _LEFT),
    )


def columns(
    heads: Sequence[str],
    rows: Sequence[Sequence[Rich | str]],
    *,
    numbers: Sequence[int] = (),
    wide: Sequence[int] = (),
) -> RenderableType:
    """A group's rows in columns.

    Args:
        heads: what stands above the columns.
        rows: the cells.
        numbers: the columns that stand to the right.
        wide: the columns that share what room there is; their cells may take several lines.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.width = WIDTH - _LEFT if wide else None
    for place, head in enumerate(heads):
        justify: Literal["left", "right"] = "right" if place in numbers else "left"
        ratio = 1 if place in wide else None
        table.add_column(head, justify=justify, ratio=ratio, no_wrap=ratio is None)
    for row in rows:
        table.add_row(*row)
    return Padding(table, (0, 0, 0, _LEFT))


def must(text: str) -> Rich:
    """What has to be done."""
    return Rich(text, style="bold")


def rest(text: str) -> Rich:
    """What only goes with something."""
    return Rich(text, style="dim")


def _grid() -> Table:
    return Table(box=None, padding=0, pad_edge=False, show_header=False)
