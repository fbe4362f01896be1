"""The way a game took, drawn: its own line, and where the deciding turns would have led."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from b2bcourse.facts import Lang

    Found = Mapping[str, Any]


class ChartWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the picture, by name."""

    title: Text
    axis: Text
    turn: Text
    own: Text
    other: Text
    range: Text
    fixed: Text
    alt: Text
    alt_other: Text


WORDS: Final = read_words(__package__, ChartWords, "debrief_chart")

_WIDE: Final = 860
_LEFT: Final = 34
_RIGHT: Final = 620
"""Where the line ends; its ends are named to the right of it."""
_HIGH: Final = 250
_FOOT: Final = 24
_NAME: Final = 34
"""So much room the name of an end takes, in height."""

_TEXT: Final = '<text class="name {kind}" x="{x}" y="{y:.1f}">{said}</text>'


class _Scale:
    """Where a turn and a number of points lie in the picture."""

    def __init__(self, turns: int, values: Sequence[float]) -> None:
        self.turns = max(1, turns)
        self.low = max(0, int(min(values) - 5) // 10 * 10)
        self.high = max(self.low + 20, min(100, -(-int(max(values) + 5) // 10) * 10))

    def x(self, turn: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * turn / self.turns

    def y(self, points: float) -> float:
        share = (points - self.low) / (self.high - self.low)
        return 10 + (_HIGH - 10) * (1 - share)


def chart(told: Found, lang: Lang) -> str:
    """The picture of a debrief; empty where nothing was played."""
    line: Sequence[float] = told["line"]
    if len(line) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    others = [each for each in told["turning_points"] if each["told"]]
    scale = _Scale(
        len(line) - 1, [*line, *(each[end] for each in others for end in ("low", "high"))]
    )
    parts = [*_grid(scale, others, lang)]
    for each in others:
        parts += _other(each, line, scale)
    path = " ".join(f"{scale.x(at):.1f},{scale.y(value):.1f}" for at, value in enumerate(line))
    parts.append(f'<polyline class="own" points="{path}"/>')
    parts += [
        f'<circle class="at" cx="{scale.x(each["turn"]):.1f}"'
        f' cy="{scale.y(line[each["turn"]]):.1f}" r="4.5"/>'
        for each in others
    ]
    end = scale.x(scale.turns), scale.y(line[-1])
    parts.append(f'<circle class="end" cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="5.5"/>')
    named = _named(told, others, line, scale, lang)
    parts.append(_names(named))
    return (
        f'<h3>{escape(WORDS.title[lang])}</h3><svg class="chart" viewBox="0 0 {_WIDE}'
        f' {_HIGH + _FOOT}" role="img" aria-label="{escape(_said(told, others, lang))}">'
        f"{''.join(parts)}</svg>{_list(named)}"
    )


def _grid(scale: _Scale, others: Sequence[Found], lang: Lang) -> list[str]:
    step = 10 if scale.high - scale.low <= 40 else 20  # noqa: PLR2004 - lines stay apart
    parts = []
    for points in range(scale.low, scale.high + 1, step):
        y = scale.y(points)
        said = WORDS.axis[lang].format(n=points) if points + step > scale.high else str(points)
        parts.append(f'<line x1="0" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="axis" x="0" y="{y - 4:.1f}">{escape(said)}</text>')
    bold = {each["turn"] for each in others}
    for turn in range(1, scale.turns + 1):
        said = WORDS.turn[lang].format(n=turn) if turn == 1 else str(turn)
        kind = "turn now" if turn in bold else "turn"
        parts.append(
            f'<text class="{kind}" x="{scale.x(turn):.1f}" y="{_HIGH + 18}">{escape(said)}</text>'
        )
    return parts


def _kind(each: Found) -> str:
    return "lost" if each["gain"] > 0 else "kept"


def _other(each: Found, line: Sequence[float], scale: _Scale) -> list[str]:
    """The other game, from the turn before to its end, and how far luck may move that."""
    turn, end = each["turn"], scale.turns
    start = line[turn - 1], line[turn] + each["gain"]
    way = [(turn - 1, start[0]), (turn, start[1]), (end, each["end"])]
    path = " ".join(f"{scale.x(at):.1f},{scale.y(_within(value)):.1f}" for at, value in way)
    x, top, low = scale.x(end), scale.y(each["high"]), scale.y(each["low"])
    bar = f"M{x - 4:.1f} {top:.1f}h8M{x:.1f} {top:.1f}V{low:.1f}M{x - 4:.1f} {low:.1f}h8"
    return [
        f'<polyline class="other {_kind(each)}" points="{path}"/>',
        f'<path class="bar {_kind(each)}" d="{bar}"/>',
    ]


def _within(points: float) -> float:
    return max(0.0, min(100.0, points))


class _End(Struct, frozen=True):
    """An end of the picture: its height, its kind, what it is, and how sure that is."""

    y: float
    kind: str
    said: str
    more: str = ""


def _named(
    told: Found, others: Sequence[Found], line: Sequence[float], scale: _Scale, lang: Lang
) -> list[_End]:
    """The ends, from the highest down."""
    own = WORDS.own[lang].format(points=told["result"]["points"])
    named = [_End(scale.y(line[-1]), "own", own)]
    for each in others:
        said = WORDS.other[lang].format(turn=each["turn"], n=each["end"])
        words = WORDS.range if each["low"] < each["high"] else WORDS.fixed
        more = words[lang].format(low=each["low"], high=each["high"])
        named.append(_End(scale.y(_within(each["end"])), _kind(each), said, more))
    return sorted(named, key=lambda each: each.y)


def _names(named: Sequence[_End]) -> str:
    """The ends named beside the picture, one below the other where they would meet."""
    parts, free, x = [], 12.0, _RIGHT + 16
    for each in named:
        at = max(each.y, free)
        free = at + (_NAME if each.more else _NAME / 2)
        parts.append(_TEXT.format(kind=each.kind, x=x, y=at, said=escape(each.said)))
        if each.more:
            parts.append(_TEXT.format(kind="more", x=x, y=at + 15, said=escape(each.more)))
    shift = max(0.0, free - (_HIGH + _FOOT))
    return f'<g transform="translate(0 {-shift:.1f})">{"".join(parts)}</g>'


def _list(named: Sequence[_End]) -> str:
    """The ends as lines below the picture, for where there is no room beside it."""
    lines = "".join(
        f'<li class="{each.kind}">{escape(each.said)} <small>{escape(each.more)}</small></li>'
        for each in named
    )
    return f'<ul class="ends" aria-hidden="true">{lines}</ul>'


def _said(told: Found, others: Sequence[Found], lang: Lang) -> str:
    """The picture in words."""
    own = WORDS.alt[lang].format(
        first=round(told["line"][0]), points=told["result"]["points"], turns=len(told["line"]) - 1
    )
    more = [
        WORDS.alt_other[lang].format(
            turn=each["turn"], n=each["end"], low=each["low"], high=each["high"]
        )
        for each in others
    ]
    return " ".join([own, *more])
