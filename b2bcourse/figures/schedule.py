"""Jobs on one line: which are accepted, when they run, and when they are due.

The numbers are those of a practice item, so that lesson, exercise and figure agree.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from b2bcourse.context import practice_item
from b2bcourse.facts import Lang, Text
from b2bcourse.figures import style
from b2bcourse.figures.sheet import Sheet, told
from b2bcourse.figures.words import Section, number, section
from b2bcourse.items.allocation import key
from b2bcourse.items.allocation.explain import amount
from b2bcourse.items.allocation.plan import finish_times
from b2bcourse.items.allocation.value import plain

if TYPE_CHECKING:
    from b2bcourse.figures.style import Drawing, Page
    from b2bcourse.items.allocation.authored import AllocationItem

_ROW: Final = 0.44
_BAR: Final = 0.12  # half of a bar's height
_START: Final = 1.75
_END: Final = 6.1  # the x of the first day's beginning and of the last due date
_HEAD: Final = 0.1
_AXIS: Final = 0.3


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure; ``profit`` is the column at the right."""

    item: str
    profit: str
    due: Text
    finished: Text
    axis: Text
    note: Text
    trap: Text
    joiner: Text
    alt_accepted: Text
    alt_refused: Text


WORDS: Final = section("schedule", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from a practice item's numbers; see `b2bcourse.figures.draw`."""
    with style.look():
        return _Chart(Story(practice_item(WORDS.item), lang)).drawing()


class Story:
    """What the figure tells of an item.

    Args:
        item: jobs for one line.
        lang: the language of the sentences.
    """

    def __init__(self, item: AllocationItem, lang: Lang) -> None:
        self.item, self.lang, self.key = item, lang, key(item)
        self.jobs = self.key.rules.jobs
        self.names = {row.id: row.name[lang] for row in item.rows}
        self.columns = {column.id: column for column in item.columns}

    @property
    def accepted(self) -> tuple[str, ...]:
        """The jobs of the best plan, in its order."""
        return self.key.plans[0].order

    @property
    def refused(self) -> tuple[str, ...]:
        """The others, by due date."""
        rest = [job for job in self.names if job not in self.accepted]
        return tuple(sorted(rest, key=lambda job: self.jobs[job].due))

    @cached_property
    def ends(self) -> dict[str, Decimal]:
        """When each job ends: an accepted one in the plan, another at the latest."""
        finish = finish_times(self.key.rules, self.accepted)
        return finish | {job: self.jobs[job].due for job in self.refused}

    def start(self, job: str) -> Decimal:
        """When a job would begin."""
        return self.ends[job] - self.jobs[job].lead

    def days(self, count: Decimal) -> str:
        """A number of days with its unit."""
        return amount(count, self.key.time_unit, self.lang)

    def due(self, job: str) -> str:
        """The words beside a due date."""
        return WORDS.due[self.lang].format(day=plain(self.jobs[job].due))

    @property
    def profit_axis(self) -> str:
        """What the column at the right counts."""
        column = self.columns[WORDS.profit]
        name, unit = column.name[self.lang], column.unit[self.lang]
        return WORDS.axis[self.lang].format(name=name, unit=unit)

    def profit(self, job: str) -> str:
        """What a job brings."""
        return plain(self.columns[WORDS.profit].values[job])

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        count = number(len(self.accepted), self.lang)
        return WORDS.title[self.lang].format(count=count, Count=count.capitalize())

    @property
    def note(self) -> str:
        """What dashes mean, what the plan brings, and what other rules would bring."""
        traps = WORDS.joiner[self.lang].join(
            WORDS.trap[self.lang].format(name=trap.name[self.lang], worth=plain(trap.worth))
            for trap in self.key.traps
            if not trap.breaks
        )
        return WORDS.note[self.lang].format(
            best=plain(self.key.best),
            others=number(len(self.key.plans) - 1, self.lang),
            traps=traps,
        )

    @property
    def alt(self) -> str:
        """The title and all of the data in words."""
        rows = []
        for job in (*self.accepted, *self.refused):
            words = WORDS.alt_accepted if job in self.accepted else WORDS.alt_refused
            rows.append(
                words[self.lang].format(
                    name=self.names[job],
                    lead=self.days(self.jobs[job].lead),
                    start=plain(self.start(job)),
                    end=plain(self.ends[job]),
                    finished=WORDS.finished[self.lang],
                    due=self.due(job),
                    axis=self.profit_axis,
                    profit=self.profit(job),
                )
            )
        return told([self.title, *rows, self.note])


class _Chart:
    """Where everything stands, in inches."""

    def __init__(self, story: Story) -> None:
        self.story = story
        rows = len(story.names)
        self.sheet = Sheet(story.title, story.note, _HEAD + _ROW * rows + _AXIS)
        self.foot = self.sheet.bottom + _AXIS
        self.last = max(job.due for job in story.jobs.values())

    def drawing(self) -> Drawing:
        """The finished figure."""
        page, story = self.sheet.page, self.story
        right = style.WIDTH - style.MARGIN
        head = (right, self.sheet.top)
        page.text(head, story.profit_axis, style.NOTE, color=style.INK2, align="right")
        page.line((style.MARGIN, self.foot), (right, self.foot), color=style.LINE2)
        self._days(page)
        for index, job in enumerate((*story.accepted, *story.refused)):
            self._job(page, self._y(index), job)
        return page.drawing(story.alt, story.lang)

    def _y(self, index: int) -> float:
        return self.sheet.top - _HEAD - _ROW * (index + 0.5)

    def _x(self, day: Decimal) -> float:
        return _START + (_END - _START) * float(day / self.last)

    def _days(self, page: Page) -> None:
        """Where one job ends and the next begins, with the day's number below."""
        y = self.foot - 0.19
        finished = WORDS.finished[self.story.lang]
        page.text((style.MARGIN, y), finished, style.NOTE, color=style.INK2)
        for index, job in enumerate(self.story.accepted):
            day = self.story.ends[job]
            x = self._x(day)
            page.line((x, self._y(index) - _BAR), (x, self.foot), color=style.LINE2)
            page.text((x, y), plain(day), style.NOTE, color=style.INK2, align="center")

    def _job(self, page: Page, y: float, job: str) -> None:
        story, accepted = self.story, job in self.story.accepted
        left, right = self._x(story.start(job)), self._x(story.ends[job])
        due = self._x(story.jobs[job].due)
        corners = [(left, y - _BAR), (right, y - _BAR), (right, y + _BAR), (left, y + _BAR)]
        if accepted:
            page.area(corners, style.ACCENT)
        else:
            page.line(*corners, corners[0], color=style.INK2, dashed=True)
        page.path((due, y - 0.17), (due, y + 0.17), color=style.INK)
        foot = y - style.HALF * style.BODY
        page.text((style.MARGIN, foot), story.names[job], bold=accepted)
        lead = story.days(story.jobs[job].lead)
        small = y - style.HALF * style.SMALL
        if accepted:
            page.text((left + 0.06, small), lead, style.SMALL, color=style.PAPER)
        else:
            at = (right - 0.06, small)
            page.text(at, lead, style.SMALL, color=style.INK2, align="right")
        small = y - style.HALF * style.NOTE
        page.text((due + 0.08, small), story.due(job), style.NOTE, color=style.INK2)
        at = (style.WIDTH - style.MARGIN, foot)
        page.text(at, story.profit(job), bold=accepted, align="right")
