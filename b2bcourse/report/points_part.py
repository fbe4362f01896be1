"""The distribution of points: a dot a student, the middle, and who stands lowest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from b2bcourse.report.html import attribute, full, listed, note, one, section, text
from b2bcourse.report.people import LOW
from b2bcourse.report.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.report.findings import Findings, Total

_WIDTH: Final = 552
_EDGE: Final = 10
_DOT: Final = 6.5
_PITCH: Final = 18.0
_TALLEST: Final = 190.0
_LINE: Final = 16
_BARS_FROM: Final = 61
_NAMED: Final = 3
_MOST_BINS: Final = 16
_MOST_LEVELS: Final = 5
_SIDES: Final = (0.0, 1.0, -1.0)
_RING: Final = 12.0
"""How far apart rings stand over a bar."""
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_WIDE: Final = 0x1100
"""From this code point on a letter is about as wide as it is high."""


@dataclass(frozen=True)
class _Label:
    """A name with its line down to the ring of its bin, or the middle's."""

    x: float
    lines: tuple[str, ...]
    bin: int = -1
    strong: bool = False


@dataclass(frozen=True)
class _Placed:
    """A label on a line counted from the top, over its foot or beside it.

    ``side`` is 0 over the foot, 1 to its right, -1 to its left.
    """

    label: _Label
    level: int
    side: float

    @property
    def width(self) -> float:
        """How wide it is, with some room."""
        return max(_text_width(line) for line in self.label.lines) + 8

    @property
    def middle(self) -> float:
        """Where its middle stands, within the drawing."""
        wished = self.label.x + self.side * (self.width / 2 + 2)
        return min(max(wished, self.width / 2), _WIDTH - self.width / 2)

    @property
    def bottom(self) -> int:
        """The line below its last one."""
        return self.level + len(self.label.lines)

    def meets(self, other: _Placed) -> bool:
        """Whether two labels lie on one another, or the line of either runs through the other."""
        apart = abs(self.middle - other.middle) >= (self.width + other.width) / 2
        same_lines = self.level < other.bottom and other.level < self.bottom
        return (same_lines and not apart) or self._crossed(other) or other._crossed(self)

    def _crossed(self, other: _Placed) -> bool:
        """Whether the other's line, which goes down from it, runs through this one."""
        return other.level < self.level and abs(self.middle - other.label.x) < self.width / 2


@dataclass(frozen=True)
class _Plot:
    """A drawing's measures.

    Attributes:
        maximum: the points at the right end.
        width: how many points a bin takes.
        pitch: how far apart dots stand in a stack.
        base: the height of the axis.
    """

    maximum: float
    width: int
    pitch: float
    base: float

    def x(self, points: float) -> float:
        """Where some points stand on the axis."""
        return _EDGE + (_WIDTH - 2 * _EDGE) * min(points, self.maximum) / self.maximum

    def bin(self, points: float) -> int:
        """The bin of some points; the full points belong to the last one."""
        last = max(0, int(-(-self.maximum // self.width)) - 1)
        return min(last, int(points // self.width))

    def middle(self, bin_: int) -> float:
        """The middle of a bin on the axis."""
        low, high = bin_ * self.width, min((bin_ + 1) * self.width, self.maximum)
        return self.x((low + high) / 2)


def points_part(found: Findings) -> str:
    """The section on points."""
    lang = found.seen.lang
    if not found.totals or not found.seen.maximum:
        return section(WORDS.points_none[lang], "", "points")
    notes = _notes(found, bin_width(found.seen.maximum))
    return section(_head(found), _drawing(found) + note(*notes), "points")


def bin_width(maximum: float) -> int:
    """A round number of points, so that there are few bins."""
    return next((step for step in _STEPS if maximum / step <= _MOST_BINS), _STEPS[-1])


def _head(found: Findings) -> str:
    lang, spread = found.seen.lang, found.spread
    if spread is None:
        return WORDS.points_none[lang]
    points = [total.points for total in found.totals if total.whole]
    flat = len(points) > 1 and max(points) - min(points) < 0.05  # noqa: PLR2004 - as it is shown
    words = WORDS.points_flat if flat else WORDS.points_head
    return words[lang].format(maximum=full(found.seen.maximum), median=one(spread.median))


def _notes(found: Findings, width: int) -> Iterator[str]:
    lang, seen = found.seen.lang, found.seen
    words = WORDS.dots_note if len(found.totals) < _BARS_FROM else WORDS.bars_note
    yield words[lang].format(width=width)
    for exercise in seen.left_out:
        points = full(exercise.maximum)
        yield WORDS.left_out_note[lang].format(title=exercise.title, points=points)
    if any(not total.whole for total in found.totals):
        yield WORDS.some_unknown[lang]
    if late := sum(pupil.penalty > 0 for pupil in seen.present):
        yield WORDS.late_note[lang].format(n=late)


def _drawing(found: Findings) -> str:
    plain, special = _parted(found)
    width = bin_width(found.seen.maximum)
    flat = _Plot(found.seen.maximum, width, _PITCH, 0.0)
    stacks = _stacks(flat, [*plain, *special])
    pitch = min(_PITCH, _TALLEST / max(stacks.values()))
    placed = _levels(_labels(found, flat, special))
    top = _LINE * (1 + max((one_.bottom for one_ in placed), default=0))
    rings = _RING * len(special) if len(found.totals) >= _BARS_FROM else 0.0
    base = top + pitch * max(stacks.values()) + rings
    plot = _Plot(flat.maximum, width, pitch, base)
    tops: dict[int, float] = {}
    shapes = [
        *_marks(plot, plain, special, tops),
        *_names(plot, placed, tops),
        *_axis(plot),
        *_middle(plot, found),
    ]
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {base + 52:.0f}" role="img" '
        f'aria-label="{attribute(_told(found))}">{"".join(shapes)}</svg>'
    )


def _parted(found: Findings) -> tuple[list[Total], list[Total]]:
    """Who is one of many, and who is named: the lowest, and whose sum is not whole."""
    low = [t for t in found.totals if t.whole and t.points < LOW * found.seen.maximum]
    named = {t.pupil.id for t in (*low[:_NAMED], *_unwhole(found))}
    special = [t for t in found.totals if t.pupil.id in named]
    return [t for t in found.totals if t.pupil.id not in named], special


def _unwhole(found: Findings) -> list[Total]:
    return [t for t in found.totals if not t.whole]


def _stacks(plot: _Plot, totals: Sequence[Total]) -> dict[int, int]:
    found: dict[int, int] = {}
    for total in totals:
        place = plot.bin(total.points)
        found[place] = found.get(place, 0) + 1
    return found


def _labels(found: Findings, plot: _Plot, special: Sequence[Total]) -> list[_Label]:
    """The middle first, then the names, two of one bin on one line."""
    lang, made = found.seen.lang, []
    if found.spread:
        said = WORDS.middle[lang].format(median=one(found.spread.median))
        made.append(_Label(plot.x(found.spread.median), (said,), strong=True))
    for place in sorted({plot.bin(total.points) for total in special}):
        here = [total for total in special if plot.bin(total.points) == place]
        names = [f"{total.pupil.name} {one(total.points)}" for total in here[:2]]
        said = listed(names)
        if len(here) > len(names):
            said = WORDS.and_more[lang].format(names=said, n=len(here) - len(names))
        why = _why(found, here[0], lang) if len(here) == 1 and not here[0].whole else ""
        made.append(_Label(plot.middle(place), (said, why) if why else (said,), place))
    return made


def _why(found: Findings, total: Total, lang: Lang) -> str:
    unread = next((one.unread for one in found.help if one.pupil.id == total.pupil.id), None)
    if unread is not None:
        return WORDS.unread_short[lang].format(n=unread.number)
    return WORDS.so_far[lang].format(known=full(total.known))


def _levels(labels: Sequence[_Label]) -> list[_Placed]:
    """Each label with its place, so that none meets another one or another one's line."""
    placed: list[_Placed] = []
    for label in labels:
        ways = (_Placed(label, level, side) for level in range(_MOST_LEVELS) for side in _SIDES)
        free = (way for way in ways if not any(way.meets(other) for other in placed))
        below = max((other.bottom for other in placed), default=0)
        placed.append(next(free, _Placed(label, below, 0.0)))
    return placed


def _text_width(line: str) -> float:
    return sum(12.0 if ord(letter) >= _WIDE else 6.8 for letter in line)


def _marks(
    plot: _Plot, plain: Sequence[Total], special: Sequence[Total], tops: dict[int, float]
) -> Iterator[str]:
    """Dots or bars, and over them the rings; ``tops`` learns how high each bin reaches."""
    bars = len(plain) + len(special) >= _BARS_FROM
    for place, count in _stacks(plot, plain).items():
        tops[place] = plot.base - plot.pitch * count
        if bars:
            yield _bar(plot, place, tops[place])
        else:
            for level in range(count):
                y = plot.base - plot.pitch * (level + 0.5)
                yield _circle("dot", plot.middle(place), y, _radius(plot))
    pitch, radius = (_RING, _RING / 2 - 1) if bars else (plot.pitch, _radius(plot))
    for total in special:
        place = plot.bin(total.points)
        top = tops.get(place, plot.base)
        kind = "low" if total.whole else "unknown"
        yield _circle(kind, plot.middle(place), top - pitch / 2, radius)
        tops[place] = top - pitch


def _bar(plot: _Plot, place: int, top: float) -> str:
    left, right = plot.x(place * plot.width) + 2, plot.x((place + 1) * plot.width) - 2
    return (
        f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" '
        f'width="{right - left:.1f}" height="{plot.base - top:.1f}"/>'
    )


def _radius(plot: _Plot) -> float:
    return min(_DOT, max(1.5, 0.42 * plot.pitch))


def _circle(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


def _names(plot: _Plot, placed: Sequence[_Placed], tops: Mapping[int, float]) -> Iterator[str]:
    """The lines, then the names: a name that a line would cross interrupts it."""
    for one_ in placed:
        label = one_.label
        foot = _LINE * one_.bottom + 4
        end = plot.base if label.strong else tops.get(label.bin, plot.base) - 2
        if end > foot:
            yield _line("median" if label.strong else "leader", label.x, foot, label.x, end)
    for one_ in placed:
        for number, words in enumerate(one_.label.lines):
            style = "why" if number else "strong" if one_.label.strong else "name"
            yield _text(style, one_.middle, _LINE * (one_.level + 1 + number), words)


def _axis(plot: _Plot) -> Iterator[str]:
    yield _line("axis", plot.x(0), plot.base, plot.x(plot.maximum), plot.base)
    bins = plot.maximum / plot.width
    step = plot.width * (1 if bins <= 6 else 2 if bins <= 10 else 3)  # noqa: PLR2004 - few labels
    points = 0.0
    while points <= plot.maximum + 1e-9:
        x = plot.x(points)
        yield _line("axis", x, plot.base, x, plot.base + 4)
        yield _text("tick", x, plot.base + 18, full(points))
        points += step


def _middle(plot: _Plot, found: Findings) -> Iterator[str]:
    if found.spread is None or len(found.totals) < 4:  # noqa: PLR2004 - a half of few is nobody
        return
    low, high = found.spread.low, found.spread.high
    y = plot.base + 36
    yield _line("half", plot.x(low), y, plot.x(high), y)
    x = plot.x(found.spread.median)
    yield _line("median", x, y - 5, x, y + 5)
    said = WORDS.half[found.seen.lang].format(low=one(low), high=one(high))
    width = _text_width(said)
    at_left = plot.x(high) + 8 + width > _WIDTH
    start = plot.x(low) - 8 - width if at_left else plot.x(high) + 8
    yield f'<text class="tick start" x="{max(0.0, start):.1f}" y="{y + 4:.1f}">{text(said)}</text>'


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(kind: str, x: float, y: float, words: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{text(words)}</text>'


def _told(found: Findings) -> str:
    """The drawing in words."""
    lang, spread = found.seen.lang, found.spread
    if spread is None:
        return WORDS.points_none[lang]
    _, special = _parted(found)
    lowest = listed(f"{total.pupil.name} {one(total.points)}" for total in special)
    return WORDS.points_alt[lang].format(
        n=len(found.totals),
        median=one(spread.median),
        low=one(spread.low),
        high=one(spread.high),
        lowest=lowest or WORDS.nobody_low[lang],
    )
