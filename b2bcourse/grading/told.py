"""The troubles of an assignment as a terminal shows them: what waits first, nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.grading.troubles import troubles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from b2bcourse.facts import Lang
    from b2bcourse.grading.troubles import Seen, Trouble

MARGIN: Final = 16
"""Columns that group and count take."""
_WIDTHS: Final = (13, 28, 23, 14)
_GAP: Final = 2
ROWS: Final = 12
"""So many are shown at the end of a run; the command of their own shows all."""


class ToldWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    group: Text
    none: Text
    head: Text
    waits: Text
    who: Text
    found: Text
    done: Text
    todo: Text
    more: Text
    kept: Text
    seen: Text
    log: Text
    log_one: Text


WORDS: Final = read_words(__package__, ToldWords, name="told")

Told = tuple["Trouble", "Seen | None"]


def summary(root: Path, assignment: str, lang: Lang) -> list[str]:
    """What came up, for a log: one line of counts and one for each that waits; none for none."""
    every = troubles_of(root, assignment)
    waiting = [trouble for trouble, seen in every if trouble.waits and seen is None]
    if not waiting:
        return []
    lines = [
        WORDS.log_one[lang].format(
            student=one.student, found=one.found[lang], done=one.done[lang], todo=one.todo[lang]
        )
        for one in waiting[:ROWS]
    ]
    head = WORDS.log[lang].format(n=len(every), waits=len(waiting), assignment=assignment)
    return [*lines, head]


def table(
    every: Sequence[Told], names: Mapping[str, str], lang: Lang, assignment: str, rows: int = ROWS
) -> list[RenderableType]:
    """The troubles of an assignment as a group of lines, 100 columns wide.

    Args:
        every: the troubles, each with who has seen it.
        names: students' names by id.
        lang: the language.
        assignment: the assignment's name.
        rows: so many are shown; 0 shows all, and where each original is kept.
    """
    if not every:
        return [_head(0, WORDS.none[lang], lang)]
    waiting = [one for one in every if one[0].waits and one[1] is None]
    ordered = [*waiting, *(one for one in every if one not in waiting)]
    shown = ordered[: rows or None]
    head = WORDS.waits[lang].format(n=len(waiting)) if waiting else WORDS.head[lang]
    lines: list[RenderableType] = [_head(len(every), head, lang)]
    told = _rows(shown, names, lang, kept=not rows)
    lines += [Padding(row, (0, 0, 0, MARGIN)) for row in told]
    if len(ordered) > len(shown):
        more = WORDS.more[lang].format(n=len(ordered) - len(shown), assignment=assignment)
        lines.append(Padding(Line(more, style="dim"), (0, 0, 0, MARGIN)))
    return lines


def _head(count: int, said: str, lang: Lang) -> Table:
    line = Table.grid(padding=0)
    line.add_column(width=MARGIN - 6)
    line.add_column(width=4, justify="right")
    line.add_column(width=2)
    line.add_column()
    name = Line(WORDS.group[lang], style="bold" if count else "")
    line.add_row(name, Line(str(count), style="bold" if count else ""), "", Line(said))
    return line


def _rows(
    shown: Sequence[Told], names: Mapping[str, str], lang: Lang, *, kept: bool
) -> Iterator[RenderableType]:
    heads = (WORDS.who, WORDS.found, WORDS.done, WORDS.todo)
    yield _row(*(Line(head[lang], style="dim") for head in heads))
    for trouble, seen in shown:
        waits = trouble.waits and seen is None
        style = "" if waits else "dim"
        todo = WORDS.seen[lang].format(by=seen.by) if seen else trouble.todo[lang]
        yield _row(
            Line(names.get(trouble.student, trouble.student), style=style),
            Line(trouble.found[lang], style=style),
            Line(trouble.done[lang], style=style),
            Line(todo, style="bold" if waits else "dim"),
        )
        if kept and trouble.kept:
            path = Line(WORDS.kept[lang].format(path=trouble.kept), style="dim", overflow="fold")
            yield Padding(path, (0, 0, 0, _WIDTHS[0] + _GAP))


def _row(*cells: Line) -> Table:
    made = Table(
        box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=False, show_edge=False
    )
    for width in _WIDTHS:
        made.add_column(width=width, overflow="fold")
    made.add_row(*cells)
    return made
