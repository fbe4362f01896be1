"""The benefit matrix: ten benefits, eighteen people, and who cares about what."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from b2bcourse.facts import BenefitFacts, Lang, Text, benefits
from b2bcourse.facts.korean import Name
from b2bcourse.figures import style
from b2bcourse.figures.sheet import told
from b2bcourse.figures.words import Section, inside, number, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts.benefits import Benefit, Interest, Member, Strength
    from b2bcourse.figures.style import Drawing, Page, Point, Shape

_SHAPES: Final[dict[Strength, Shape]] = {
    "primary": "disc",
    "secondary": "ring",
    "conditional": "dashed",
}


class Words(Section, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of this figure."""

    count: Text
    primary: Text
    secondary: Text
    conditional: Text
    not_counted: Text
    under_condition: Text
    condition_part: Text
    whole_family: Text
    without_column: Text
    without_column_part: Text
    joiner: Text
    alt_marks: Text
    alt_row: Text
    alt_counts: Text

    def mark(self, strength: Strength) -> Text:
        """What a mark of that strength means."""
        words = {
            "primary": self.primary,
            "secondary": self.secondary,
            "conditional": self.conditional,
        }
        return words[strength]


WORDS: Final = section("benefit-matrix", Words)


def drawing(lang: Lang) -> Drawing:
    """The figure from the course's facts; see `b2bcourse.figures.draw`."""
    story = Story(benefits(), lang)
    with style.look():
        layout = _Slanted(story) if lang == "en" else _Upright(story)
        return layout.page().drawing(story.alt, lang)


@dataclass(frozen=True)
class Story:
    """What the figure tells: which cell holds which mark, and the sentences about it.

    Args:
        facts: the benefits and the people.
        lang: the language of the sentences.
    """

    facts: BenefitFacts
    lang: Lang

    @cached_property
    def marks(self) -> dict[tuple[str, str], Strength]:
        """The mark of each cell, by ids of benefit and member.

        An interest of a whole department stands at each of its people; where a person is also
        named alone, the stronger interest counts.
        """
        order = list(_SHAPES)
        marks: dict[tuple[str, str], Strength] = {}
        for benefit, interest in self._interests():
            for column in self._columns_of(interest.member):
                cell = (benefit.id, column.id)
                marks[cell] = min(
                    marks.get(cell, interest.strength), interest.strength, key=order.index
                )
        return marks

    def _interests(self) -> Iterator[tuple[Benefit, Interest]]:
        for benefit in self.facts.benefits:
            for interest in benefit.members:
                yield benefit, interest

    def _columns_of(self, member_id: str) -> list[Member]:
        member = self.facts.member(member_id)
        family = self.facts.family(member.family) if member.text_only else (member.id,)
        return [column for column in self.facts.columns if column.id in family]

    def count(self, column: str) -> int:
        """How many benefits the person of a column cares about without a condition."""
        return sum(
            strength != "conditional"
            for (_, member), strength in self.marks.items()
            if member == column
        )

    def meaning(self, strength: Strength) -> str:
        """What a mark of that strength means."""
        word = WORDS.mark(strength)[self.lang]
        return WORDS.not_counted[self.lang].format(word=word) if strength == "conditional" else word

    @cached_property
    def leader(self) -> Member:
        """The person named for most benefits."""
        return max(self.facts.columns, key=lambda member: self.count(member.id))

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        return WORDS.title[self.lang].format(
            member=inside(self.leader.name, self.lang),
            some=number(self.count(self.leader.id), self.lang),
            all=number(len(self.facts.benefits), self.lang),
        )

    @property
    def notes(self) -> list[str]:
        """What the table cannot show: conditions, departments, people without a column."""
        return [*self._conditions(), *self._families(), *self._without_column()]

    def _conditions(self) -> Iterator[str]:
        texts = {condition.id: condition.text for condition in self.facts.conditions}
        for member in self.facts.columns:
            parts = [
                WORDS.condition_part[self.lang].format(
                    condition=texts[interest.condition][self.lang],
                    benefit=inside(benefit.name, self.lang),
                )
                for benefit, interest in self._interests()
                if interest.member == member.id and interest.strength == "conditional"
            ]
            if parts:
                yield WORDS.under_condition[self.lang].format(
                    member=inside(member.name, self.lang), parts=self._joined(parts)
                )

    def _families(self) -> Iterator[str]:
        for benefit, interest in self._interests():
            member = self.facts.member(interest.member)
            columns = self._columns_of(member.id)
            if member.text_only and columns:
                names = [inside(column.name, self.lang) for column in columns]
                yield WORDS.whole_family[self.lang].format(
                    benefit=Name(benefit.name[self.lang]),
                    member=inside(member.full, self.lang),
                    columns=self._joined(names),
                )

    def _without_column(self) -> Iterator[str]:
        parts = [
            WORDS.without_column_part[self.lang].format(
                benefit=inside(benefit.name, self.lang),
                member=inside(self.facts.member(interest.member).full, self.lang),
            )
            for benefit, interest in self._interests()
            if not self._columns_of(interest.member)
        ]
        if parts:
            yield WORDS.without_column[self.lang].format(parts=self._joined(parts))

    def _joined(self, parts: Sequence[str]) -> str:
        return WORDS.joiner[self.lang].join(parts)

    @cached_property
    def alt(self) -> str:
        """The title and all of the data in words."""
        rows = [self._alt_row(benefit) for benefit in self.facts.benefits]
        count = WORDS.count[self.lang]
        counts = [
            WORDS.alt_counts[self.lang].format(
                count=f"{count}, {group.name[self.lang]}", counts=self._alt_counts(group.id)
            )
            for group in self.facts.groups
        ]
        return told([self.title, *rows, *self.notes, *counts])

    def _alt_counts(self, group: str) -> str:
        members = [column for column in self.facts.columns if column.group == group]
        return ", ".join(f"{one.name[self.lang]} {self.count(one.id)}" for one in members)

    def _alt_row(self, benefit: Benefit) -> str:
        parts = []
        for strength in _SHAPES:
            names = [
                column.name[self.lang]
                for column in self.facts.columns
                if self.marks.get((benefit.id, column.id)) == strength
            ]
            if names:
                word = self.meaning(strength)
                parts.append(WORDS.alt_marks[self.lang].format(names=", ".join(names), word=word))
        return WORDS.alt_row[self.lang].format(
            benefit=benefit.name[self.lang], marks="; ".join(parts)
        )


class _Layout:
    """Where everything stands, in inches. How people's names stand is each language's own."""

    left: float = style.MARGIN
    right: float  # the table's right edge
    step: float  # a column's width
    row: float = 0.27

    def __init__(self, story: Story) -> None:
        self.story = story
        self.lang = story.lang
        self.columns = story.facts.columns
        self.rows = story.facts.benefits
        self.start = self.right - self.step * len(self.columns)
        self.note = [
            line
            for note in story.notes
            for line in style.wrapped(note, style.NOTE, style.WIDTH - 2 * style.MARGIN)
        ]
        below = 1.0 + style.LEADING * len(self.note)
        self.bottom = below  # of the table
        self.top = self.bottom + self.row * len(self.rows)  # of the table
        self.heads = self.top + self.head_height()  # where the names end and the groups stand

    def page(self) -> Page:
        """The whole figure."""
        page = style.Page(self.heads + 0.92)
        page.text((self.left, page.height - 0.45), self.story.title, style.TITLE, bold=True)
        self.light(page)
        self.table(page)
        self.groups(page)
        for index, member in enumerate(self.columns):
            self.head(page, index, member)
        self.counts(page)
        self.key(page)
        for index, line in enumerate(self.note):
            y = self.bottom - 0.84 - style.LEADING * index
            page.text((self.left, y), line, style.NOTE, color=style.INK2)
        return page

    def middle(self, column: int) -> float:
        """The x of the middle of a column."""
        return self.start + self.step * (column + 0.5)

    def is_lit(self, member: Member) -> bool:
        """Whether this is the person the title is about."""
        return member.id == self.story.leader.id

    def light(self, page: Page) -> None:
        """The tint below the column of the person the title is about."""
        x = self.start + self.step * self.columns.index(self.story.leader)
        lean = self.lean(self.heads)
        page.area(
            [
                (x, self.bottom),
                (x, self.top),
                (x + lean, self.heads),
                (x + lean + self.step, self.heads),
                (x + self.step, self.top),
                (x + self.step, self.bottom),
            ]
        )

    def table(self, page: Page) -> None:
        """The hairlines, the benefits and the marks."""
        for index, benefit in enumerate(self.rows):
            y = self.top - self.row * (index + 0.5)
            page.text((self.left, y - 0.047), benefit.name[self.lang])
            for column, member in enumerate(self.columns):
                strength = self.story.marks.get((benefit.id, member.id))
                if strength:
                    page.mark((self.middle(column), y), _SHAPES[strength])
        for index in range(len(self.rows) + 1):
            y = self.top - self.row * index
            edge = index in (0, len(self.rows))
            color = style.LINE2 if edge else style.LINE
            page.line((self.left, y), (self.right, y), color=color)

    def groups(self, page: Page) -> None:
        """A line before each group of people, with its name at the line's head."""
        ids = [member.group for member in self.columns]
        for group in self.story.facts.groups:
            x = self.start + self.step * ids.index(group.id)
            tip = self.heads + 0.2
            end = (x + self.lean(tip), tip)
            page.line((x, self.bottom), (x, self.top), end, color=style.LINE2)
            at = (x + self.lean(tip) + 0.05, tip - 0.12)
            page.text(at, group.name[self.lang], style.SMALL, color=style.INK2)

    def counts(self, page: Page) -> None:
        """How many benefits each person cares about, under the table."""
        y = self.bottom - 0.19
        word = WORDS.count[self.lang]
        page.text((self.start - 0.12, y), word, style.NOTE, color=style.INK2, align="right")
        for index, member in enumerate(self.columns):
            lit = self.is_lit(member)
            page.text(
                (self.middle(index), y),
                str(self.story.count(member.id)),
                style.NOTE,
                bold=lit,
                color=style.ACCENT if lit else style.INK2,
                align="center",
            )

    def key(self, page: Page) -> None:
        """What the three marks mean, each beside its mark."""
        x, y = self.left, self.bottom - 0.57
        for strength, shape in _SHAPES.items():
            word = self.story.meaning(strength)
            page.mark((x + 0.055, y + 0.042), shape)
            page.text((x + 0.17, y), word, style.NOTE, color=style.INK2)
            x += 0.17 + style.text_width(word, style.NOTE) + 0.25

    def lean(self, y: float) -> float:
        """How far to the right a line that goes up from the table has come at ``y``."""
        raise NotImplementedError

    def head_height(self) -> float:
        """How high the highest name of a person stands above the table."""
        raise NotImplementedError

    def head(self, page: Page, index: int, member: Member) -> None:
        """The name of a person above a column."""
        raise NotImplementedError


class _Upright(_Layout):
    """Korean: letters stand one below the other; Latin words lie flat."""

    right = style.WIDTH - style.MARGIN
    step = 0.316
    letter = 0.132
    gap = 0.06  # between words

    def lean(self, y: float) -> float:  # noqa: ARG002 - upright lines lean nowhere
        return 0

    def head_height(self) -> float:
        return max(self._stack(member)[-1][1] for member in self.columns) + 0.22

    def head(self, page: Page, index: int, member: Member) -> None:
        for piece, y in self._stack(member):
            at = (self.middle(index), self.top + y)
            # Latin capitals look larger than Hangul of the same size and have to fit a column.
            size = style.SMALL if piece.isascii() else style.NOTE
            page.text(at, piece, size, bold=self.is_lit(member), align="center")

    def _stack(self, member: Member) -> list[tuple[str, float]]:
        """The letters and flat words of a name with their heights, from the last one up."""
        pieces: list[tuple[str, float]] = []
        y = 0.09
        for word in reversed(member.name[self.lang].split()):
            for piece in [word] if word.isascii() else reversed(word):
                pieces.append((piece, y))
                y += self.letter
            y += self.gap
        return pieces


class _Slanted(_Layout):
    """English: names slant, and the lines between groups slant along."""

    right = style.WIDTH - 1.02  # the last names and the last group need room at the right
    step = 0.281
    slant = 58.0

    def lean(self, y: float) -> float:
        return (y - self.top) / math.tan(math.radians(self.slant))

    def head_height(self) -> float:
        widths = [
            style.text_width(member.name[self.lang], style.NOTE, bold=self.is_lit(member))
            for member in self.columns
        ]
        return 0.08 + max(widths) * math.sin(math.radians(self.slant)) + 0.06

    def head(self, page: Page, index: int, member: Member) -> None:
        page.text(
            self._foot(index),
            member.name[self.lang],
            style.NOTE,
            bold=self.is_lit(member),
            slant=self.slant,
        )

    def _foot(self, index: int) -> Point:
        """Where a name begins, so that the middle of its letters runs along the column's."""
        half = 0.042  # of a letter's height
        turn = math.radians(self.slant)
        y = self.top + 0.08
        x = self.middle(index) + self.lean(y)
        return x + half * math.sin(turn), y - half * math.cos(turn)
