"""The exchange: what passes between vendor and customer in five stages, and who acts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.statements import group
from b2bcourse.figures import style
from b2bcourse.figures.sheet import STATION, Sheet, station, told
from b2bcourse.figures.words import Section, section

if TYPE_CHECKING:
    from b2bcourse.facts.statements import Statement
    from b2bcourse.figures.style import Align, Drawing, Page, Point

_ROW: Final = 0.98
_HEAD: Final = 0.24
_VENDOR: Final = 1.86
_CUSTOMER: Final = 6.14  # the x of the two lines between which things pass
_ROOM: Final = 0.08  # from an arrow to the lines
_WHO: Final = 1.36  # how wide the words on who acts run


class Side(Struct, frozen=True, forbid_unknown_fields=True):
    """What one side does in a stage, and who; nobody is named where the document names nobody."""

    does: Text
    who: Text | None = None


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """Both sides of a stage."""

    vendor: Side
    customer: Side


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure; ``grows`` is the stage in which more people join."""

    vendor: Text
    customer: Text
    stages: dict[str, Stage]
    grows: str
    note: Text
    alt_side: Text
    alt_nobody: Text


WORDS: Final = section("exchange", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    stages = group("exchange")
    with style.look():
        sheet = Sheet(WORDS.title[lang], WORDS.note[lang], _HEAD + _ROW * len(stages))
        page, foot = sheet.page, sheet.top - _HEAD - _ROW * len(stages) + 0.1
        sides = ((_VENDOR, WORDS.vendor, style.ACCENT), (_CUSTOMER, WORDS.customer, style.INK))
        for x, name, color in sides:
            page.text((x, sheet.top), name[lang], bold=True, color=color, align="center")
            page.line((x, sheet.top - 0.1), (x, foot), color=style.LINE2)
        for index, stage in enumerate(stages):
            _stage(page, sheet.top - _HEAD - _ROW * index, stage, lang)
        return page.drawing(_alt(lang), lang)


def _stage(page: Page, y: float, stage: Statement, lang: Lang) -> None:
    """A stage's name, and below it what passes from the vendor, then what comes back."""
    words = WORDS.stages[stage.id]
    x, row = _VENDOR + 0.2 + STATION, y - 0.16
    station(page, (x, row), letter(stage, lang), filled=stage.id == WORDS.grows)
    page.text((x + STATION + 0.1, row - style.HALF * style.BODY), stage.name[lang], bold=True)
    left, right = _VENDOR + _ROOM, _CUSTOMER - _ROOM
    page.text((left + 0.12, y - 0.49), words.vendor.does[lang], style.NOTE)
    page.arrow((left, y - 0.56), (right, y - 0.56))
    at = (right - 0.12, y - 0.76)
    page.text(at, words.customer.does[lang], style.NOTE, align="right")
    page.arrow((right, y - 0.83), (left, y - 0.83), color=style.INK2)
    _who(page, (_VENDOR - 0.14, y - 0.52), words.vendor, "right", lang)
    _who(page, (_CUSTOMER + 0.14, y - 0.79), words.customer, "left", lang)


def _who(page: Page, at: Point, side: Side, align: Align, lang: Lang) -> None:
    """Who acts, level with the arrow; nobody stands there where the document names nobody."""
    if side.who is None:
        return
    lines = style.wrapped(side.who[lang], style.NOTE, _WHO)
    color = style.ACCENT if align == "right" else style.INK2
    top = at[1] - style.HALF * style.NOTE + style.LEADING * (len(lines) - 1) / 2
    for index, line in enumerate(lines):
        place = (at[0], top - style.LEADING * index)
        page.text(place, line, style.NOTE, color=color, align=align)


def letter(stage: Statement, lang: Lang) -> str:
    """A stage's mark: the Korean text's own, without its circle; in English a letter, A to E."""
    if lang == "en":
        return "ABCDE"[group("exchange").index(stage)]
    return unicodedata.normalize("NFKC", stage.id.rpartition(".")[2])


def _alt(lang: Lang) -> str:
    rows = []
    for stage in group("exchange"):
        words = WORDS.stages[stage.id]
        rows.append(f"{letter(stage, lang)} {stage.name[lang]}")
        for name, side in ((WORDS.vendor, words.vendor), (WORDS.customer, words.customer)):
            said = WORDS.alt_side if side.who else WORDS.alt_nobody
            who = side.who[lang] if side.who else ""
            rows.append(said[lang].format(side=name[lang], does=side.does[lang], who=who))
    return told([WORDS.title[lang], *rows, WORDS.note[lang]])
