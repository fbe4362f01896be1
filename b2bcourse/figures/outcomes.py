"""What may come of two plans: a thousand futures of each, those that lose set apart.

The numbers and the futures are those of a practice item, so that exercise and figure agree.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, Final

from b2bcourse.context import practice_item
from b2bcourse.facts import Lang, Text
from b2bcourse.figures import style
from b2bcourse.figures.sheet import Sheet, told
from b2bcourse.figures.words import Section, section
from b2bcourse.items.allocation import key
from b2bcourse.items.allocation.outcomes import Spread, futures, outcomes_of, spread
from b2bcourse.items.allocation.value import plain

if TYPE_CHECKING:
    from b2bcourse.figures.style import Drawing, Page
    from b2bcourse.items.allocation.authored import AllocationItem
    from b2bcourse.items.allocation.plan import Plan

_ROW: Final = 1.72
_TALL: Final = 1.05  # the highest bar
_LEFT: Final = 2.6
_RIGHT: Final = 7.5  # the x of the worst and of the best future
_AXIS: Final = 0.46
_BIN: Final = 20
_TICK: Final = 100
_HALF: Final = 0.085  # half of a bar's width
_CLEAR: Final = 0.2  # from the mean to a bar whose count would lie on its line


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure.

    ``firm`` is whose plans they are, ``trap`` the place of the other plan among the item's traps.
    """

    item: str
    firm: Text
    trap: int
    mean: Text
    losses: Text
    below: Text
    above: Text
    note: Text
    alt_bar: Text
    alt_scale: Text


WORDS: Final = section("outcomes", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from a practice item's numbers; see `b2bcourse.figures.draw`."""
    with style.look():
        return _Chart(Story(practice_item(WORDS.item), lang)).drawing()


class Story:
    """What the figure tells of an item's best plan and of one that looks good.

    Args:
        item: an allocation that asks for outcomes.
        lang: the language of the sentences.
    """

    def __init__(self, item: AllocationItem, lang: Lang) -> None:
        drawn = outcomes_of(item)
        assert drawn  # the item named in the words asks for them
        answers = key(item)
        self.item, self.lang, self.outcomes = item, lang, drawn
        self.plans: tuple[Plan, Plan] = (answers.plans[0], answers.traps[WORDS.trap].plan)

    @cached_property
    def spreads(self) -> tuple[Spread, Spread]:
        """How the futures of each plan lie."""
        best, other = (spread(self.outcomes, plan.amounts) for plan in self.plans)
        return best, other

    @cached_property
    def bars(self) -> tuple[dict[int, int], dict[int, int]]:
        """How many futures of each plan fall into each step, by the step's lower end."""
        best, other = (self._bars(plan) for plan in self.plans)
        return best, other

    def _bars(self, plan: Plan) -> dict[int, int]:
        values = futures(self.outcomes, plan.amounts)
        return dict(sorted(Counter(floor(value / _BIN) * _BIN for value in values).items()))

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        best, other = self.spreads
        return WORDS.title[self.lang].format(
            best=plain(best.expected),
            other=plain(other.expected),
            few=plain(best.losses),
            many=plain(other.losses),
            all=plain(self.outcomes.futures),
        )

    @property
    def note(self) -> str:
        """How the picture is read."""
        unit = self.item.worth.unit[self.lang]
        firm = WORDS.firm[self.lang]
        return WORDS.note[self.lang].format(all=plain(self.outcomes.futures), unit=unit, firm=firm)

    def names(self, at: int) -> list[str]:
        """Whom a plan chooses, by their full names: letters alone mean other firms elsewhere."""
        named = {row.id: row.name[self.lang] for row in self.item.rows}
        return [named[row] for row in self.plans[at].amounts]

    def losses(self, at: int) -> str:
        """How often a plan loses."""
        return WORDS.losses[self.lang].format(n=plain(self.spreads[at].losses))

    def mean(self, at: int) -> str:
        """What a plan earns on average."""
        return WORDS.mean[self.lang].format(worth=plain(self.spreads[at].expected))

    @property
    def axis(self) -> tuple[str, str]:
        """What lies to the left and to the right of nought."""
        unit = self.item.worth.unit[self.lang]
        return WORDS.below[self.lang], WORDS.above[self.lang].format(unit=unit)

    @property
    def alt(self) -> str:
        """The title and all of the data in words."""
        parts = []
        for at, bars in enumerate(self.bars):
            said = [
                WORDS.alt_bar[self.lang].format(
                    low=plain(Decimal(low)), high=plain(Decimal(low + _BIN)), n=plain(count)
                )
                for low, count in bars.items()
            ]
            head = ", ".join([*self.names(at), self.mean(at), self.losses(at)])
            parts += [head, ", ".join(said)]
        ticks = ", ".join(plain(Decimal(tick)) for tick in self.ticks)
        below, above = self.axis
        scale = WORDS.alt_scale[self.lang].format(ticks=ticks, below=below, above=above)
        return told([self.title, *parts, scale, self.note])

    @property
    def ends(self) -> tuple[int, int]:
        """From the lowest to the highest step that holds a future."""
        lows = [low for bars in self.bars for low in bars]
        return min(lows), max(lows) + _BIN

    @property
    def ticks(self) -> range:
        """The numbers along the axis."""
        low, high = self.ends
        return range(-(-low // _TICK) * _TICK, high + 1, _TICK)


class _Chart:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.sheet = Sheet(story.title, story.note, 2 * _ROW + _AXIS)
        self.low, self.high = story.ends
        self.most = max(count for bars in story.bars for count in bars.values())

    def drawing(self) -> Drawing:
        """The finished figure."""
        page = self.sheet.page
        for at, bars in enumerate(self.story.bars):
            self._plan(page, self.sheet.top - _ROW * (at + 1), at, bars)
        self._axis(page, self.sheet.bottom + _AXIS)
        return page.drawing(self.story.alt, self.story.lang)

    def _x(self, value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (value - self.low) / (self.high - self.low)

    def _plan(self, page: Page, foot: float, at: int, bars: dict[int, int]) -> None:
        page.line((_LEFT - 0.1, foot), (_RIGHT + 0.1, foot), color=style.LINE2)
        tops = {self._x(low + _BIN / 2): foot + _TALL * n / self.most for low, n in bars.items()}
        mean = self._x(float(self.story.spreads[at].expected))
        # The line begins over the count of a bar that stands in its way.
        begin = max((top + 0.22 for x, top in tops.items() if abs(x - mean) < _CLEAR), default=foot)
        head = foot + _TALL + 0.3
        page.line((mean, begin), (mean, head), color=style.INK2, dashed=True)
        at_head = (mean + 0.07, head - 0.1)
        page.text(at_head, self.story.mean(at), style.SMALL, color=style.INK2)
        page.line((self._x(0), foot), (self._x(0), foot + _TALL), color=style.LINE2)
        for low, count in bars.items():
            x = self._x(low + _BIN / 2)
            top = tops[x]
            color = style.INK2 if low < 0 else style.ACCENT
            left, right = x - _HALF, x + _HALF
            page.area([(left, foot), (right, foot), (right, top), (left, top)], color)
            page.text((x, top + 0.05), plain(count), style.SMALL, align="center")
        names = self.story.names(at)
        for line, name in enumerate(names):
            page.text((style.MARGIN, foot + 0.98 - 0.22 * line), name, bold=True)
        last = foot + 0.94 - 0.22 * len(names)
        page.text((style.MARGIN, last), self.story.losses(at), style.NOTE, color=style.INK2)

    def _axis(self, page: Page, foot: float) -> None:
        for value in self.story.ticks:
            at = (self._x(value), foot - 0.2)
            page.text(at, plain(Decimal(value)), style.SMALL, color=style.INK2, align="center")
            page.line((at[0], foot), (at[0], foot - 0.05), color=style.LINE2)
        below, above = self.story.axis
        nought, under = self._x(0), foot - 0.38
        page.text((nought - 0.08, under), below, style.SMALL, color=style.INK2, align="right")
        page.text((nought + 0.08, under), above, style.SMALL, color=style.INK2)
