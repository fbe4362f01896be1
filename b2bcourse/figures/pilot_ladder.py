"""The product test as a staircase: ever wider pilots, the audit, the contract, account care."""

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

_TREAD: Final = 0.78
_RISE: Final = 0.5
_UNDER: Final = 0.48  # room for the words under the lowest tread
_DOT: Final = 0.08
_CELL: Final = 0.13
_OPEN: Final = 4  # how many lines are drawn where their number is open


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
    lines: Text
    note: Text


WORDS: Final = section("pilot-ladder", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    with style.look():
        body = _UNDER + _RISE * (len(WORDS.rungs) - 1) + 0.1
        sheet = Sheet(WORDS.title[lang], _note(lang), body)
        feet = [
            (style.MARGIN + _DOT + _TREAD * index, sheet.bottom + _UNDER + _RISE * index)
            for index in range(len(WORDS.rungs))
        ]
        sheet.page.path(*(point for foot in feet for point in (foot, (foot[0] + _TREAD, foot[1]))))
        for foot, rung in zip(feet, WORDS.rungs, strict=True):
            _rung(sheet.page, foot, rung, lang)
        return sheet.page.drawing(_alt(lang), lang)


def _rung(page: Page, foot: Point, rung: Rung, lang: Lang) -> None:
    x, y = foot
    if rung.point:
        page.disc(foot, _DOT)
    else:
        page.ring(foot, _DOT)
    page.text((x + 0.14, y - 0.21), _name(rung, lang), bold=True)
    page.text((x + 0.14, y - 0.39), rung.gloss[lang], style.NOTE, color=style.INK2)
    if rung.items:
        _block(page, (x + 0.14, y + 0.06), rung, lang)


def _block(page: Page, corner: Point, rung: Rung, lang: Lang) -> None:
    """Items by lines, standing on the tread; dashed to the right where the lines are open."""
    x, y = corner
    wide, high = _CELL * (rung.lines or _OPEN), _CELL * rung.items
    dashed = not rung.lines
    for item in range(rung.items + 1):
        up = y + _CELL * item
        page.line((x, up), (x + wide, up), color=style.INK2, dashed=dashed)
    for line in range((rung.lines or _OPEN) + 1):
        across = x + _CELL * line
        page.line((across, y), (across, y + high), color=style.INK2, dashed=dashed and line > 0)
    if dashed:
        page.text((x, y + high + 0.08), WORDS.lines[lang], style.SMALL, color=style.INK2)
        at = (x - 0.08, y + high / 2 - style.HALF * style.SMALL)
        page.text(at, WORDS.items[lang], style.SMALL, color=style.INK2, align="right")


def _name(rung: Rung, lang: Lang) -> str:
    return (rung.name or statements()[rung.fact].name)[lang]


def _note(lang: Lang) -> str:
    order, care = statements()["ten.9"].name, statements()["ten.10"].name
    return WORDS.note[lang].format(order=Name(inside(order, lang)), care=inside(care, lang))


def _alt(lang: Lang) -> str:
    test = statements()["ten.8"].name[lang]
    rows = [f"{_name(rung, lang)}: {rung.gloss[lang]}" for rung in WORDS.rungs]
    return told([WORDS.title[lang], test, *rows, _note(lang)])
