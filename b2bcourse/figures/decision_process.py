"""The decision-making process: eight steps beside five general phases, and who acts where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.statements import group
from b2bcourse.figures import style
from b2bcourse.figures.sheet import DASH, STATION, Sheet, station, told
from b2bcourse.figures.words import Section, section

if TYPE_CHECKING:
    from b2bcourse.facts.statements import Statement
    from b2bcourse.figures.style import Drawing, Page

_ROW: Final = 0.5
_PATH: Final = 3.3  # the x of the steps
_NAMES: Final = 3.68


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure.

    ``pairs`` join a phase and a step of nearly the same meaning, ``glosses`` say what happens in a
    step; ``vendors`` is the one that the vendor takes.
    """

    phases: Text
    steps: Text
    pairs: dict[str, str]
    glosses: dict[str, Text]
    vendors: str
    note: Text
    alt_pair: Text
    alt_alone: Text


WORDS: Final = section("decision-process", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    steps = group("dmp_steps")
    with style.look():
        sheet = Sheet(WORDS.title[lang], WORDS.note[lang], 0.3 + _ROW * len(steps))
        _heads(sheet, lang)
        first = sheet.top - 0.3 - _ROW / 2
        last = first - _ROW * (len(steps) - 1)
        sheet.page.path((_PATH, first), (_PATH, last))
        for index, step in enumerate(steps):
            y = first - _ROW * index
            _phase(sheet.page, y, step, lang)
            _step(sheet.page, y, index, step, lang)
        return sheet.page.drawing(_alt(lang), lang)


def _heads(sheet: Sheet, lang: Lang) -> None:
    y = sheet.top
    for x, head in ((style.MARGIN, WORDS.phases), (_PATH - STATION, WORDS.steps)):
        sheet.page.text((x, y), head[lang], style.NOTE, color=style.INK2)
    right = style.WIDTH - style.MARGIN
    sheet.page.line((style.MARGIN, y - 0.12), (right, y - 0.12), color=style.LINE2)


def _phase(page: Page, y: float, step: Statement, lang: Lang) -> None:
    """The phase that goes with a step, joined to it; a short dash where there is none."""
    phase = _phase_of(step)
    foot = y - style.HALF * style.BODY
    if phase is None:
        page.text((style.MARGIN, foot), DASH, color=style.INK2)
        return
    name = phase.name[lang]
    page.text((style.MARGIN, foot), name)
    start = style.MARGIN + style.text_width(name, style.BODY) + 0.12
    page.line((start, y), (_PATH - STATION, y), color=style.LINE2)


def _phase_of(step: Statement) -> Statement | None:
    return next((one for one in group("dmp_phases") if WORDS.pairs.get(one.id) == step.id), None)


def _step(page: Page, y: float, index: int, step: Statement, lang: Lang) -> None:
    vendors = step.id == WORDS.vendors
    station(page, (_PATH, y), str(index + 1), filled=vendors)
    page.text((_NAMES, y + 0.04), step.name[lang], bold=True)
    color = style.ACCENT if vendors else style.INK2
    page.text((_NAMES, y - 0.15), WORDS.glosses[step.id][lang], style.NOTE, color=color)


def _alt(lang: Lang) -> str:
    rows = []
    for index, step in enumerate(group("dmp_steps")):
        phase = _phase_of(step)
        words = WORDS.alt_pair if phase else WORDS.alt_alone
        rows.append(
            words[lang].format(
                number=index + 1,
                step=step.name[lang],
                gloss=WORDS.glosses[step.id][lang],
                phase=phase.name[lang] if phase else DASH,
            )
        )
    heads = f"{WORDS.phases[lang]}, {WORDS.steps[lang]}"
    return told([WORDS.title[lang], heads, *rows, WORDS.note[lang]])
