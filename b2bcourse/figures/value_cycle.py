"""The value cycle: six steps round the three levels of a customer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.statements import group
from b2bcourse.figures import style
from b2bcourse.figures.sheet import STATION, Sheet, arc, station, told
from b2bcourse.figures.words import Section, section

if TYPE_CHECKING:
    from b2bcourse.facts.statements import Statement
    from b2bcourse.figures.style import Drawing, Page, Point

_RADIUS: Final = 1.5
_LEVELS: Final = (0.36, 0.72, 1.08)
_ROOM: Final = 9  # degrees between a station's middle and an arrow's end
_BODY: Final = 4.12


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure: ``levels`` from the inmost, ``moment`` is when value exists."""

    levels: tuple[Text, ...]
    glosses: dict[str, Text]
    moment: str
    note: Text
    alt_levels: Text


WORDS: Final = section("value-cycle", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    steps = group("value_steps")
    with style.look():
        sheet = Sheet(WORDS.title[lang], WORDS.note[lang], _BODY)
        page, middle = sheet.page, (style.WIDTH / 2, sheet.bottom + _BODY / 2 + 0.06)
        _levels(page, middle, lang)
        turn = 360 / len(steps)
        for index, step in enumerate(steps):
            angle = 90 - turn * index
            onward = arc(middle, _RADIUS, angle - _ROOM, angle - turn + _ROOM)
            page.arrow(*onward, dashed=index == len(steps) - 1)
            at = arc(middle, _RADIUS, angle, angle)[0]
            station(page, at, str(index + 1), filled=step.id == WORDS.moment)
            _words(page, at, angle, step, lang)
        return page.drawing(_alt(lang), lang)


def _levels(page: Page, middle: Point, lang: Lang) -> None:
    """Each level lies inside the wider one; its name stands in what is its own."""
    x, y = middle
    inside = (0.0, *_LEVELS)
    levels = list(zip(WORDS.levels, inside, _LEVELS, style.STEPS, strict=False))
    for name, inner, outer, color in reversed(levels):
        page.disc(middle, outer, color)
        height = (inner + outer) / 2 if inner else 0.0
        foot = (x, y + height - style.HALF * style.NOTE)
        page.text(foot, name[lang], style.NOTE, align="center")


def _words(page: Page, at: Point, angle: float, step: Statement, lang: Lang) -> None:
    """Name and gloss outside the wheel: above, below or beside the station."""
    name, gloss = step.name[lang], WORDS.glosses[step.id][lang]
    turn = math.radians(angle)
    x, y = at
    if abs(math.cos(turn)) > 0.1:  # noqa: PLR2004 - neither the highest nor the lowest
        side = math.copysign(1, math.cos(turn))
        x, y = x + side * (STATION + 0.14), y + 0.04
        align: style.Align = "left" if side > 0 else "right"
    else:
        y = y + STATION + 0.3 if math.sin(turn) > 0 else y - STATION - 0.22
        align = "center"
    page.text((x, y), name, bold=True, align=align)
    page.text((x, y - style.LEADING), gloss, style.NOTE, color=style.INK2, align=align)


def _alt(lang: Lang) -> str:
    rows = [
        f"{index + 1} {step.name[lang]}: {WORDS.glosses[step.id][lang]}"
        for index, step in enumerate(group("value_steps"))
    ]
    names = ", ".join(level[lang] for level in WORDS.levels)
    levels = WORDS.alt_levels[lang].format(levels=names)
    return told([WORDS.title[lang], *rows, levels, WORDS.note[lang]])
