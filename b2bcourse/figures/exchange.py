"""The exchange: what vendor and customer do in five stages, and who does it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.statements import group
from b2bcourse.figures import style
from b2bcourse.figures.sheet import DASH, STATION, Sheet, paragraph, station, told
from b2bcourse.figures.words import Section, section

if TYPE_CHECKING:
    from b2bcourse.facts.statements import Statement
    from b2bcourse.figures.style import Drawing, Page

_ROW: Final = 0.92
_HEAD: Final = 0.2
_LANE: Final = 2.42  # how wide a lane's words run
_MIDDLE: Final = 2.98  # where the stages begin
_RIGHT: Final = 5.2  # where the customer's lane begins


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
    alt_stage: Text


WORDS: Final = section("exchange", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    stages = group("exchange")
    with style.look():
        sheet = Sheet(WORDS.title[lang], WORDS.note[lang], _HEAD + _ROW * len(stages))
        page, right = sheet.page, style.WIDTH - style.MARGIN
        page.text((style.MARGIN, sheet.top), WORDS.vendor[lang], bold=True, color=style.ACCENT)
        page.text((_RIGHT, sheet.top), WORDS.customer[lang], bold=True)
        for index, stage in enumerate(stages):
            y = sheet.top - 0.13 - _ROW * index
            color = style.LINE if index else style.LINE2
            page.line((style.MARGIN, y), (right, y), color=color)
            _stage(page, y, stage, lang)
        return page.drawing(_alt(lang), lang)


def _stage(page: Page, y: float, stage: Statement, lang: Lang) -> None:
    words = WORDS.stages[stage.id]
    _side(page, (style.MARGIN, y), words.vendor, style.ACCENT, lang)
    _side(page, (_RIGHT, y), words.customer, style.INK2, lang)
    x, row = _MIDDLE + STATION, y - 0.3
    station(page, (x, row), letter(stage, lang), filled=stage.id == WORDS.grows)
    name = (x + STATION + 0.1, row - style.HALF * style.BODY)
    page.text(name, stage.name[lang], bold=True)
    start, end = _MIDDLE, _RIGHT - 0.4
    page.arrow((start, y - 0.6), (end, y - 0.6))
    page.arrow((end, y - 0.74), (start, y - 0.74), color=style.INK2)


def _side(page: Page, at: style.Point, side: Side, color: str, lang: Lang) -> None:
    x, y = at[0], at[1] - 0.23
    lines = style.wrapped(side.does[lang], style.BODY, _LANE)
    paragraph(page, (x, y), lines, style.BODY, style.INK)
    who = side.who[lang] if side.who else DASH
    page.text((x, at[1] - 0.72), who, style.NOTE, color=color if side.who else style.INK2)


def letter(stage: Statement, lang: Lang) -> str:
    """A stage's mark: the Korean text's own, without its circle; in English a letter, A to E."""
    if lang == "en":
        return "ABCDE"[group("exchange").index(stage)]
    return unicodedata.normalize("NFKC", stage.id.rpartition(".")[2])


def _alt(lang: Lang) -> str:
    rows = []
    for stage in group("exchange"):
        words = WORDS.stages[stage.id]
        told_of = {
            f"{side}_{what}": text
            for side, one in (("vendor", words.vendor), ("customer", words.customer))
            for what, text in (
                ("does", one.does[lang]),
                ("who", one.who[lang] if one.who else DASH),
            )
        }
        rows.append(
            WORDS.alt_stage[lang].format(
                letter=letter(stage, lang),
                name=stage.name[lang],
                vendor=WORDS.vendor[lang],
                customer=WORDS.customer[lang],
                **told_of,
            )
        )
    return told([WORDS.title[lang], *rows, WORDS.note[lang]])
