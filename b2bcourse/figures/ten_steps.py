"""The ten steps as one path in two rows: to the offer, and on from the customer's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.statements import group
from b2bcourse.figures import style
from b2bcourse.figures.sheet import STATION, Sheet, arc, paragraph, station, told
from b2bcourse.figures.words import Section, section

if TYPE_CHECKING:
    from b2bcourse.facts.statements import Statement
    from b2bcourse.figures.style import Drawing, Page, Point

_IN_A_ROW: Final = 5
_STEP: Final = 1.43
_ROW: Final = 1.76
_TURN: Final = 0.16  # the radius of the path's bends between the rows
_LANE: Final = 0.42  # how far above the second row the path comes back


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure: ``glosses`` say what happens, ``turn`` is the step to fill."""

    glosses: dict[str, Text]
    turn: str
    note: Text


WORDS: Final = section("ten-steps", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    with style.look():
        sheet = Sheet(WORDS.title[lang], WORDS.note[lang], 2.86)
        places = [_place(sheet, index) for index in range(len(group("ten_steps")))]
        _path(sheet.page, places)
        for index, (at, step) in enumerate(zip(places, group("ten_steps"), strict=True)):
            station(sheet.page, at, str(index + 1), filled=step.id == WORDS.turn)
            _words(sheet.page, at, step, lang)
        return sheet.page.drawing(_alt(lang), lang)


def _place(sheet: Sheet, index: int) -> Point:
    row, column = divmod(index, _IN_A_ROW)
    return style.MARGIN + STATION + _STEP * column, sheet.top - STATION - _ROW * row


def _path(page: Page, places: list[Point]) -> None:
    """Along the first row, back between the rows and along the second."""
    (left, upper), (right, lower) = places[0], places[-1]
    lane = lower + _LANE
    end = style.WIDTH - style.MARGIN - _TURN
    page.path(
        (left, upper),
        *arc((end, upper - _TURN), _TURN, 90, 0),
        *arc((end, lane + _TURN), _TURN, 0, -90),
        *arc((left + _TURN, lane - _TURN), _TURN, 90, 180),
        (left, lower),
        (right, lower),
    )


def _words(page: Page, at: Point, step: Statement, lang: Lang) -> None:
    x, y = at[0] - STATION, at[1] - STATION - 0.24
    name = style.wrapped(step.name[lang], style.BODY, _STEP - 0.06)
    for index, line in enumerate(name):
        page.text((x, y - style.LEADING * index), line, bold=True)
    gloss = style.wrapped(WORDS.glosses[step.id][lang], style.NOTE, _STEP - 0.16)
    paragraph(page, (x, y - style.LEADING * len(name) - 0.02), gloss, style.NOTE)


def _alt(lang: Lang) -> str:
    rows = [
        f"{index + 1} {step.name[lang]}: {WORDS.glosses[step.id][lang]}"
        for index, step in enumerate(group("ten_steps"))
    ]
    return told([WORDS.title[lang], *rows, WORDS.note[lang]])
