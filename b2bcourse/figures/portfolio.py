"""Opportunities to choose from: what each would gain, what is left of it, and the best choice.

The numbers are those of a practice item, so that lesson, exercise and figure agree.
"""

from __future__ import annotations

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
    from b2bcourse.figures.style import Drawing, Page
    from b2bcourse.items.allocation.authored import AllocationItem, Column
    from b2bcourse.items.allocation.key import TrapKey
    from b2bcourse.items.allocation.plan import Plan

_ROW: Final = 0.44
_HEAD: Final = 0.4
_DATA: Final = (2.2, 2.85, 3.3)  # the right edges of chance, risk and cost
_BARS: Final = 3.55
_WIDE: Final = 2.35  # the longest bar
_HIGH: Final = 0.2
_PEOPLE: Final = 6.32
_DOT: Final = 0.055
_STEP: Final = 0.18  # from one person to the next


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure; ``gain`` to ``size`` are columns of the item."""

    item: str
    gain: str
    win: str
    risk: str
    cost: str
    size: str
    reckoned: Text
    chosen: Text
    limit: Text
    traps: Text
    trap: Text
    broken: Text
    joiner: Text
    alt_row: Text
    alt_value: Text
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
    def ranked(self) -> list[str]:
        """The opportunities, the one that is worth most first."""
        return sorted(self.names, key=self.worth, reverse=True)

    @property
    def largest(self) -> str:
        """The one that is worth most by itself."""
        return self.ranked[0]

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        return WORDS.title[self.lang].format(name=Name(self.names[self.largest]))

    @property
    def note(self) -> str:
        """What stands below the picture."""
        return " ".join(self.notes)

    @property
    def notes(self) -> list[str]:
        """How a value is reckoned, what the best plan is, and which look better than they are."""
        [limit] = (limit for limit in self.item.limits if limit.id == WORDS.size)
        most = amount(Decimal(repr(limit.most)), limit.unit, self.lang)
        traps = [self._trap(trap) for trap in self.key.traps if not trap.near]
        heads = {name: self._inside(self.head(name)) for name in ("gain", "win", "risk", "cost")}
        unit = self.columns[WORDS.gain].unit[self.lang]
        worth = self._inside(self.item.worth.name[self.lang])
        return [
            WORDS.reckoned[self.lang].format(**heads, unit=unit, worth=worth),
            WORDS.chosen[self.lang].format(best=plain(self.key.best)),
            WORDS.limit[self.lang].format(most=most),
            WORDS.traps[self.lang].format(traps=WORDS.joiner[self.lang].join(traps)),
        ]

    def _inside(self, name: str) -> str:
        return name[0].lower() + name[1:]

    def _trap(self, trap: TrapKey) -> str:
        words = WORDS.broken if trap.breaks else WORDS.trap
        rows = ", ".join(self.names[row].split()[0] for row in _taken(trap.plan))
        name, worth = trap.name[self.lang], plain(trap.worth)
        return words[self.lang].format(name=name, rows=rows, worth=worth)

    def column(self, name: str) -> Column:
        """The item's column of what ``gain``, ``win``, ``risk``, ``cost`` or ``size`` says."""
        return self.columns[getattr(WORDS, name)]

    def head(self, name: str) -> str:
        """What such a column is called."""
        return self.column(name).name[self.lang]

    def value(self, name: str, row: str) -> str:
        """What such a column says of an opportunity."""
        column = self.column(name)
        return plain(column.values[row]) + ("%" if column.percent else "")

    @property
    def alt(self) -> str:
        """The title and all of the data in words."""
        rows = []
        for row in self.ranked:
            heads = [(self.head(n), self.value(n, row)) for n in ("gain", "win", "risk", "cost")]
            heads += [(self.item.worth.name[self.lang], plain(self.worth(row)))]
            heads += [(self.head("size"), self.value("size", row))]
            said = [WORDS.alt_value[self.lang].format(name=n, value=v) for n, v in heads]
            text = WORDS.alt_row[self.lang].format(name=self.names[row], told=", ".join(said))
            taken = WORDS.alt_chosen[self.lang] if row in self.chosen else "{}"
            rows.append(taken.format(text))
        return told([self.title, *rows, *self.notes])


def _taken(plan: Plan) -> tuple[str, ...]:
    return tuple(row for row, cells in plan.amounts.items() if any(cells.values()))


class _Chart:
    """A row an opportunity: what its value depends on, the value as a bar, the people it takes."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.sheet = Sheet(story.title, story.note, _HEAD + _ROW * len(story.names))
        self.most = max(story.column("gain").values.values())

    def drawing(self) -> Drawing:
        """The finished figure."""
        page = self.sheet.page
        self._heads(page)
        for number, row in enumerate(self.story.ranked):
            self._row(page, self.sheet.top - _HEAD - _ROW * (number + 0.5), row)
        return page.drawing(self.story.alt, self.story.lang)

    def _heads(self, page: Page) -> None:
        story, top = self.story, self.sheet.top - 0.12
        for name, right in zip(("win", "risk", "cost"), _DATA, strict=True):
            width = right - _DATA[0] + 0.62 if name == "win" else 0.6
            lines = style.wrapped(story.head(name), style.SMALL, width)
            for up, line in enumerate(reversed(lines)):
                at = (right, top + 0.16 * up)
                page.text(at, line, style.SMALL, color=style.INK2, align="right")
        worth = story.item.worth.name[story.lang]
        page.text((_BARS, top), worth, style.SMALL, color=style.INK2)
        gain = (_BARS + _WIDE, top)
        page.text(gain, story.head("gain"), style.SMALL, color=style.INK2, align="right")
        page.text((_PEOPLE, top), story.head("size"), style.SMALL, color=style.INK2)
        y = self.sheet.top - 0.24
        page.line((style.MARGIN, y), (style.WIDTH - style.MARGIN, y), color=style.LINE2)

    def _row(self, page: Page, y: float, row: str) -> None:
        story, chosen = self.story, row in self.story.chosen
        foot = y - style.HALF * style.BODY
        page.text((style.MARGIN, foot), story.names[row], bold=chosen)
        for name, right in zip(("win", "risk", "cost"), _DATA, strict=True):
            at = (right, y - style.HALF * style.NOTE)
            page.text(at, story.value(name, row), style.NOTE, color=style.INK2, align="right")
        self._bar(page, y, story.column("gain").values[row], style.STEPS[2])
        color = style.ACCENT if chosen else style.INK2
        end = self._bar(page, y, float(story.worth(row)), color)
        page.text((end + 0.06, foot), plain(story.worth(row)), bold=chosen)
        gain_end = self._x(story.column("gain").values[row])
        at = (gain_end + 0.06, y - style.HALF * style.NOTE)
        page.text(at, story.value("gain", row), style.NOTE, color=style.INK2)
        for person in range(int(story.column("size").values[row])):
            page.disc((_PEOPLE + _DOT + _STEP * person, y), _DOT, color)

    def _x(self, value: float) -> float:
        return _BARS + _WIDE * value / self.most

    def _bar(self, page: Page, y: float, value: float, color: str) -> float:
        low, high, end = y - _HIGH / 2, y + _HIGH / 2, self._x(value)
        page.area([(_BARS, low), (end, low), (end, high), (_BARS, high)], color)
        return end
