"""Opportunities to choose from: chance and gain of each, what it takes, and the best choice.

The numbers are those of a practice item, so that lesson, exercise and figure agree.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from b2bcourse.context import practice_item
from b2bcourse.facts import Lang, Text
from b2bcourse.facts.korean import Name
from b2bcourse.figures import style
from b2bcourse.figures.sheet import Sheet, told
from b2bcourse.figures.words import Section, section
from b2bcourse.items.allocation import key
from b2bcourse.items.allocation.explain import amount
from b2bcourse.items.allocation.value import plain

if TYPE_CHECKING:
    from b2bcourse.figures.style import Align, Drawing, Page, Point
    from b2bcourse.items.allocation.authored import AllocationItem, Column
    from b2bcourse.items.allocation.key import TrapKey
    from b2bcourse.items.allocation.plan import Plan

_BODY: Final = 3.9
_LEFT: Final = 1.75
_RIGHT: Final = 6.0  # the x of the least and the greatest chance
_LOW: Final = 0.95
_HIGH: Final = 0.4  # the least gain over the body's foot, the greatest under its head
_RADIUS: Final = 0.11  # of what takes one


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure; ``size``, ``chance`` and ``gain`` are columns of the item."""

    item: str
    size: str
    chance: str
    gain: str
    label: Text
    axis: Text
    side_by_side: Text
    chosen: Text
    limit: Text
    traps: Text
    trap: Text
    broken: Text
    joiner: Text
    alt_row: Text
    alt_chosen: Text


WORDS: Final = section("portfolio", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from a practice item's numbers; see `b2bcourse.figures.draw`."""
    with style.look():
        return _Chart(Story(practice_item(WORDS.item), lang)).drawing()


class Story:
    """What the figure tells of an item.

    Args:
        item: opportunities with a limit on what they take.
        lang: the language of the sentences.
    """

    def __init__(self, item: AllocationItem, lang: Lang) -> None:
        self.item, self.lang, self.key = item, lang, key(item)
        self.columns = {column.id: column for column in item.columns}
        self.names = {row.id: row.name[lang] for row in item.rows}

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """What the best plan takes up."""
        return _taken(self.key.plans[0])

    def worth(self, row: str) -> Decimal:
        """The expected value of one opportunity."""
        return sum(self.key.rules.gains[row].values(), Decimal(0))

    @property
    def largest(self) -> str:
        """The one that is worth most by itself."""
        return max(self.names, key=self.worth)

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        return WORDS.title[self.lang].format(name=Name(self.names[self.largest]))

    @property
    def note(self) -> str:
        """What is filled, what it adds up to, and which plans look better than they are."""
        [limit] = (limit for limit in self.item.limits if limit.id == WORDS.size)
        most = amount(Decimal(repr(limit.most)), limit.unit, self.lang)
        traps = [self._trap(trap) for trap in self.key.traps if not trap.near]
        together = [
            WORDS.side_by_side[self.lang].format(names=Name(self._letters(rows)))
            for rows in self.places().values()
            if len(rows) > 1
        ]
        return " ".join(
            [
                WORDS.chosen[self.lang].format(best=plain(self.key.best)),
                WORDS.limit[self.lang].format(most=most),
                *together,
                WORDS.traps[self.lang].format(traps=WORDS.joiner[self.lang].join(traps)),
            ]
        )

    def _trap(self, trap: TrapKey) -> str:
        words = WORDS.broken if trap.breaks else WORDS.trap
        rows = self._letters(_taken(trap.plan))
        name, worth = trap.name[self.lang], plain(trap.worth)
        return words[self.lang].format(name=name, rows=rows, worth=worth)

    def _letters(self, rows: tuple[str, ...]) -> str:
        return ", ".join(self.names[row].split()[0] for row in rows)

    def places(self) -> dict[tuple[float, float], tuple[str, ...]]:
        """Which opportunities stand at one chance and gain."""
        chance, gain = self.columns[WORDS.chance].values, self.columns[WORDS.gain].values
        found: dict[tuple[float, float], tuple[str, ...]] = {}
        for row in self.names:
            place = (chance[row], gain[row])
            found[place] = (*found.get(place, ()), row)
        return found

    def label(self, row: str) -> str:
        """The second line beside a bubble."""
        column = self.columns[WORDS.size]
        takes = amount(Decimal(repr(column.values[row])), column.unit, self.lang)
        return WORDS.label[self.lang].format(worth=plain(self.worth(row)), takes=takes)

    def axis(self, column: Column) -> str:
        """What an axis counts."""
        unit = "%" if column.percent else column.unit[self.lang]
        return WORDS.axis[self.lang].format(name=column.name[self.lang], unit=unit)

    @property
    def alt(self) -> str:
        """The title and all of the data in words."""
        chance, gain = self.columns[WORDS.chance], self.columns[WORDS.gain]
        rows = []
        for row, name in self.names.items():
            text = WORDS.alt_row[self.lang].format(
                name=name,
                chance_axis=self.axis(chance),
                chance=plain(chance.values[row]),
                gain_axis=self.axis(gain),
                gain=plain(gain.values[row]),
                label=self.label(row),
            )
            taken = WORDS.alt_chosen[self.lang] if row in self.chosen else "{}"
            rows.append(taken.format(text))
        return told([self.title, *rows, self.note])


def _taken(plan: Plan) -> tuple[str, ...]:
    return tuple(row for row, cells in plan.amounts.items() if any(cells.values()))


class _Chart:
    """Where everything stands, in inches."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sheet = Sheet(story.title, story.note, _BODY)
        self.chance = story.columns[WORDS.chance]
        self.gain = story.columns[WORDS.gain]

    def drawing(self) -> Drawing:
        """The finished figure."""
        page = self.sheet.page
        self._axes(page)
        for place, rows in self.story.places().items():
            radii = [self._radius(row) for row in rows]
            x = self._x(place[0]) - sum(radii) - 0.02 * (len(rows) - 1)
            for number, (row, radius) in enumerate(zip(rows, radii, strict=True)):
                beside: Align = "right" if number < len(rows) - 1 else "left"
                self._bubble(page, (x + radius, self._y(place[1])), row, beside)
                x += 2 * radius + 0.04
        return page.drawing(self.story.alt, self.story.lang)

    def _x(self, chance: float) -> float:
        values = self.chance.values.values()
        share = (chance - min(values)) / (max(values) - min(values))
        return _LEFT + (_RIGHT - _LEFT) * share

    def _y(self, gain: float) -> float:
        values = self.gain.values.values()
        low, high = self.sheet.bottom + _LOW, self.sheet.top - _HIGH
        return low + (high - low) * (gain - min(values)) / (max(values) - min(values))

    def _radius(self, row: str) -> float:
        """The area counts, not the width."""
        return _RADIUS * math.sqrt(self.story.columns[WORDS.size].values[row])

    def _axes(self, page: Page) -> None:
        """Hairlines at the values that there are, their numbers at the edges."""
        left, foot = style.MARGIN, self.sheet.bottom + 0.34
        right, top = style.WIDTH - style.MARGIN, self.sheet.top
        half = style.HALF * style.NOTE
        for gain in sorted(set(self.gain.values.values())):
            y = self._y(gain)
            page.line((left + 0.42, y), (right, y))
            page.text(
                (left + 0.34, y - half), plain(gain), style.NOTE, color=style.INK2, align="right"
            )
        for chance in sorted(set(self.chance.values.values())):
            x = self._x(chance)
            page.line((x, foot), (x, top - 0.1))
            at = (x, foot - 0.18)
            page.text(at, f"{plain(chance)}%", style.NOTE, color=style.INK2, align="center")
        page.text((left, top), self.story.axis(self.gain), style.NOTE, color=style.INK2)
        at = (right, foot - 0.18)
        name = self.chance.name[self.story.lang]
        page.text(at, name, style.NOTE, color=style.INK2, align="right")

    def _bubble(self, page: Page, at: Point, row: str, beside: Align) -> None:
        chosen, radius = row in self.story.chosen, self._radius(row)
        if chosen:
            page.disc(at, radius)
        else:
            page.ring(at, radius, style.INK2)
        side = 1 if beside == "left" else -1
        x, y = at[0] + side * (radius + 0.08), at[1] + 0.05
        page.text((x, y), self.story.names[row], bold=chosen, align=beside)
        label = self.story.label(row)
        page.text((x, y - style.LEADING), label, style.NOTE, color=style.INK2, align=beside)
