"""The product test as a path: ever wider pilots, the audit, the contract, account care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.statements import statements
from b2bcourse.figures import style
from b2bcourse.figures.sheet import Sheet, told
from b2bcourse.figures.words import Section, inside, section

if TYPE_CHECKING:
    from b2bcourse.figures.style import Drawing, Page, Point

_PILOT: Final = 0.82  # from one pilot to the next
_DOT: Final = 0.08
_NAMES: Final = 0.3  # from the path to the words
_LEFT: Final = style.MARGIN + _DOT
_RIGHT: Final = 4.95  # the x of the two columns
_TURN: Final = 4.55  # where the path climbs from one to the other
_FOOT: Final = 0.32  # how far it runs below the last pilot's row
_CELLS: Final = 2.45  # where the pictures begin
_CELL: Final = 0.17
_OPEN: Final = 3  # how many lines are drawn where their number is open


class Rung(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the test. ``lines`` is 0 where the document leaves their number open.

    Without a ``name`` the fact's own is used.
    """

    fact: str
    gloss: Text
    name: Text | None = None
    items: int = 0
    lines: int = 0
    point: bool = False


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure."""

    rungs: tuple[Rung, ...]
    items: Text
    open: Text
    note: Text


WORDS: Final = section("pilot-ladder", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    pilots = [rung for rung in WORDS.rungs if rung.items]
    later = [rung for rung in WORDS.rungs if not rung.items]
    with style.look():
        sheet = Sheet(WORDS.title[lang], _note(lang), _PILOT * len(pilots) + _FOOT + 0.1)
        page, top = sheet.page, sheet.top - 0.1
        page.text((_CELLS, top + 0.08), WORDS.items[lang], style.SMALL, color=style.INK2)
        left = [(_LEFT, top - _PILOT * (at + 0.5)) for at in range(len(pilots))]
        step = (_PILOT * len(pilots)) / len(later)
        right = [(_RIGHT, top - step * (at + 0.5)) for at in range(len(later))]
        page.path(*left, *_way(left[-1], right[0], sheet.bottom), *right)
        for place, rung in zip((*left, *right), (*pilots, *later), strict=True):
            _rung(page, place, rung, lang)
        return page.drawing(_alt(lang), lang)


def _way(start: Point, end: Point, foot: float) -> list[Point]:
    """From the last pilot, below it and up again, to what comes after the pilots."""
    return [(start[0], foot), (_TURN, foot), (_TURN, end[1])]


def _rung(page: Page, at: Point, rung: Rung, lang: Lang) -> None:
    x, y = at
    if rung.point:
        page.disc(at, _DOT)
    else:
        page.ring(at, _DOT)
    page.text((x + _NAMES, y + 0.04), _name(rung, lang), bold=True)
    page.text((x + _NAMES, y - 0.15), rung.gloss[lang], style.NOTE, color=style.INK2)
    if rung.items:
        _block(page, y, rung, lang)


def _block(page: Page, y: float, rung: Rung, lang: Lang) -> None:
    """Items across and lines downwards; dashed where the document leaves the lines open."""
    lines = rung.lines or _OPEN
    wide, high, dashed = _CELL * rung.items, _CELL * lines, not rung.lines
    top = y + high / 2
    for line in range(lines + 1):
        down = top - _CELL * line
        ends = (_CELLS, down), (_CELLS + wide, down)
        page.line(*ends, color=style.INK2, dashed=dashed and line > 1)
    for item in range(rung.items + 1):
        across = _CELLS + _CELL * item
        first = top - _CELL if dashed else top - high
        page.line((across, top), (across, first), color=style.INK2)
        if dashed:
            page.line((across, first), (across, top - high), color=style.INK2, dashed=True)
    if dashed:
        at = (_CELLS, y - high / 2 - 0.16)
        page.text(at, WORDS.open[lang], style.SMALL, color=style.INK2)


def _name(rung: Rung, lang: Lang) -> str:
    return (rung.name or statements()[rung.fact].name)[lang]


def _note(lang: Lang) -> str:
    order, care = statements()["ten.9"].name, statements()["ten.10"].name
    return WORDS.note[lang].format(order=Name(inside(order, lang)), care=inside(care, lang))


def _alt(lang: Lang) -> str:
    test = statements()["ten.8"].name[lang]
    rows = [f"{_name(rung, lang)}: {rung.gloss[lang]}" for rung in WORDS.rungs]
    return told(
        [WORDS.title[lang], test, *rows, f"{WORDS.items[lang]}, {WORDS.open[lang]}", _note(lang)]
    )
