"""What the figures share: a page with title and note, stations on a path, one-line joins."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from b2bcourse.figures import style
from b2bcourse.figures.style import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bcourse.figures.style import Point

STATION: Final = 0.165
"""The radius of a station, in inches."""

DASH: Final = "–"
"""Stands where the document leaves something open."""

_UNDER_NOTE: Final = 0.36
_OVER_NOTE: Final = 0.34
_OVER_BODY: Final = 0.82


class Sheet:
    """A page with the title above, the note below and a body between them.

    Args:
        title: one line, the finding.
        note: as many lines as it takes.
        body: the height of what is drawn between, in inches.
    """

    def __init__(self, title: str, note: str, body: float) -> None:
        lines = style.wrapped(note, style.NOTE, style.WIDTH - 2 * style.MARGIN)
        last = _UNDER_NOTE + style.LEADING * (len(lines) - 1)
        self.bottom = last + _OVER_NOTE
        self.top = self.bottom + body
        self.page = Page(self.top + _OVER_BODY)
        at = (style.MARGIN, self.page.height - 0.45)
        self.page.text(at, title, style.TITLE, bold=True)
        for index, line in enumerate(lines):
            at = (style.MARGIN, last - style.LEADING * index)
            self.page.text(at, line, style.NOTE, color=style.INK2)


def station(page: Page, at: Point, label: str, *, filled: bool = False) -> None:
    """A numbered place on a path; the one that makes the figure's point is filled."""
    if filled:
        page.disc(at, STATION)
    else:
        page.ring(at, STATION)
    foot = (at[0], at[1] - style.HALF * style.BODY)
    color = style.PAPER if filled else style.ACCENT
    page.text(foot, label, style.BODY, color=color, align="center")


def paragraph(
    page: Page, at: Point, lines: Iterable[str], size: float, color: str = style.INK2
) -> None:
    """Lines one below the other; ``at`` is on the baseline of the first."""
    for index, line in enumerate(lines):
        page.text((at[0], at[1] - style.LEADING * index), line, size, color=color)


def arc(center: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points along a circle, from one angle to another, in degrees."""
    count = max(2, round(abs(end - start)))
    angles = (math.radians(start + (end - start) * n / count) for n in range(count + 1))
    return [(center[0] + radius * math.cos(a), center[1] + radius * math.sin(a)) for a in angles]


def between(a: Point, b: Point, room: float) -> tuple[Point, Point]:
    """The straight line from ``a`` to ``b``, shortened by ``room`` at both ends."""
    share = room / math.dist(a, b)
    across, up = (b[0] - a[0]) * share, (b[1] - a[1]) * share
    return (a[0] + across, a[1] + up), (b[0] - across, b[1] - up)


def told(parts: Iterable[str]) -> str:
    """Parts of an alternative text as sentences, each in a line of its own."""
    return "\n".join(part if part.endswith(".") else f"{part}." for part in parts)
