"""The exercises in a table: how hard each is, whether it tells good from weak, and alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from b2bcourse.report.html import attribute, full, note, one, section, text, two
from b2bcourse.report.statistics import FEWEST_ITEMS
from b2bcourse.report.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.report.findings import Findings, ItemSeen
    from b2bcourse.report.statistics import Estimate

_TRACK: Final = 84
_GOES: Final = 116
_ROW: Final = 34
_DOTS: Final = 280
_DOT: Final = 4.0
_EDGE: Final = 6
_NEAR: Final = 2 * _DOT
_STACK: Final = 3
"""Dots of one place stand so many over one another at most; more lie on top."""


def items_part(found: Findings) -> str:
    """The section on exercises."""
    if not found.totals:
        return ""
    small = found.size == "small"
    table = _small_table(found) if small else _table(found)
    return section(_head(found), _with_roles(table) + _reliability(found), "items")


def _with_roles(table: str) -> str:
    """A table that stays one to a screen reader: on a phone its rows are laid out as a grid."""
    for tag, role in _ROLES:
        table = table.replace(tag, f'{tag} role="{role}"')
    return table


_ROLES: Final = (
    ("<table", "table"),
    ("<thead", "rowgroup"),
    ("<tbody", "rowgroup"),
    ("<tr", "row"),
    ('<th scope="col"', "columnheader"),
    ('<th scope="row"', "rowheader"),
    ("<td", "cell"),
)


def _head(found: Findings) -> str:
    lang, hardest = found.seen.lang, found.hardest
    if hardest is None:
        return WORDS.not_known[lang]
    n = hardest.exercise.number
    if found.size == "small":
        return WORDS.hardest_small[lang].format(students=len(found.totals), n=n)
    doubtful = [item.exercise.number for item in found.items if item.doubtful]
    if not doubtful:
        return WORDS.hardest[lang].format(n=n)
    if doubtful == [n]:
        return WORDS.hardest_same[lang].format(n=n)
    others = ", ".join(str(number) for number in doubtful if number != n)
    return WORDS.hardest_doubtful[lang].format(n=n, doubtful=others)


# ---------------------------------------------------------------- enough students


def _table(found: Findings) -> str:
    lang, hint = found.seen.lang, found.size == "hint"
    heads = (
        ("", WORDS.exercise),
        ("", WORDS.mean_full),
        ("discrimination", WORDS.discrimination_hint if hint else WORDS.discrimination),
    )
    cells = "".join(
        f'<th scope="col" class="{kind}" colspan="{2 if place else 1}">{text(head[lang])}</th>'
        for place, (kind, head) in enumerate(heads)
    )
    cells += f'<td><span class="unseen">{text(WORDS.remark[lang])}</span></td>'
    rows = "".join(_row(found, item) for item in found.items)
    return f'<table class="exercises"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>'


def _row(found: Findings, item: ItemSeen) -> str:
    lang, exercise = found.seen.lang, item.exercise
    hardest = found.hardest is not None and found.hardest.exercise.id == exercise.id
    strong = ' class="strong"' if item.doubtful or hardest else ""
    name = f'<th scope="row"{strong}>{_name(exercise.number, exercise.title)}</th>'
    if item.spread is None or not item.counted:
        return f'<tr>{name}<td colspan="5" class="small">{text(_unknown(found, item))}</td></tr>'
    number = f"{one(item.spread.mean)} / {full(exercise.maximum)}"
    return (
        f"<tr>{name}<td>{_difficulty(item, lang)}</td>"
        f'<td class="number">{text(number)}</td>{_goes(found, item)}</tr>'
    )


def _name(number: int, title: str) -> str:
    return f"<span>{number} {text(title)}</span>"


def _unknown(found: Findings, item: ItemSeen) -> str:
    lang = found.seen.lang
    if item.exercise.by_hand:
        words = WORDS.read_so_far[lang]
        return words.format(read=len(item.points), all=len(found.totals))
    return WORDS.not_known[lang]


def _difficulty(item: ItemSeen, lang: Lang) -> str:
    """The mean share as a dot from 0 to 1, and the middle half as a bar."""
    assert item.spread is not None
    most = item.exercise.maximum or 1.0
    mean, low, high = (
        _EDGE + (_TRACK - 2 * _EDGE) * min(1.0, value / most)
        for value in (item.spread.mean, item.spread.low, item.spread.high)
    )
    told = WORDS.mean_alt[lang].format(
        mean=one(item.spread.mean), low=one(item.spread.low), high=one(item.spread.high)
    )
    middle = _ROW / 2
    return (
        f'<svg class="small-plot" width="{_TRACK}" height="{_ROW}" role="img" '
        f'aria-label="{attribute(told)}">'
        f'<line class="track" x1="{_EDGE}" y1="{middle}" x2="{_TRACK - _EDGE}" y2="{middle}"/>'
        f'<line class="half" x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}"/>'
        f'<circle class="mean" cx="{mean:.1f}" cy="{middle}" r="{_DOT}"/></svg>'
    )


def _goes(found: Findings, item: ItemSeen) -> str:
    """Discrimination with its interval, its number, and what to do about it."""
    lang = found.seen.lang
    if item.goes is None:
        said = WORDS.all_same[lang] if item.flat else ""
        return f'<td colspan="3" class="small">{text(said)}</td>'
    remark = WORDS.look_at_it[lang] if item.doubtful else ""
    kind = "look" if item.doubtful else "small"
    strong = " strong" if item.doubtful else ""
    return (
        f'<td class="goes">{_interval(item.goes, doubtful=item.doubtful)}</td>'
        f'<td class="number{strong}">{two(item.goes.value)}</td>'
        f'<td class="{kind}">{text(remark)}</td>'
    )


def _interval(goes: Estimate, *, doubtful: bool) -> str:
    """A correlation from −0.4 on, lower if need be: from −1 on half of the width were wasted."""
    start = min(-0.4, goes.low)

    def x(value: float) -> float:
        return _EDGE + (_GOES - 2 * _EDGE) * (value - start) / (1 - start)

    middle = _ROW / 2
    kind = "doubtful" if doubtful else "mean"
    told = f"{two(goes.value)} ({two(goes.low)}, {two(goes.high)})"
    return (
        f'<svg class="small-plot" width="{_GOES}" height="{_ROW}" role="img" '
        f'aria-label="{attribute(told)}">'
        f'<line class="zero" x1="{x(0):.1f}" y1="0" x2="{x(0):.1f}" y2="{_ROW}"/>'
        f'<line class="interval" x1="{x(goes.low):.1f}" y1="{middle}" '
        f'x2="{x(goes.high):.1f}" y2="{middle}"/>'
        f'<circle class="{kind}" cx="{x(goes.value):.1f}" cy="{middle}" r="{_DOT}"/></svg>'
    )


# ---------------------------------------------------------------- few students


def _small_table(found: Findings) -> str:
    """Every student is a dot: of so few no number tells more."""
    lang = found.seen.lang
    heads = (WORDS.exercise, WORDS.dots_of, WORDS.median_full)
    cells = "".join(f'<th scope="col">{text(head[lang])}</th>' for head in heads)
    rows = "".join(_small_row(found, item) for item in found.items)
    return (
        f'<table class="exercises few"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _small_row(found: Findings, item: ItemSeen) -> str:
    exercise = item.exercise
    name = f'<th scope="row">{_name(exercise.number, exercise.title)}</th>'
    if item.spread is None or not item.counted:
        return f'<tr>{name}<td colspan="2" class="small">{text(_unknown(found, item))}</td></tr>'
    number = f"{one(item.spread.median)} / {full(exercise.maximum)}"
    return f'<tr>{name}<td>{_dots(item)}</td><td class="number">{text(number)}</td></tr>'


def _dots(item: ItemSeen) -> str:
    assert item.spread is not None
    most = item.exercise.maximum or 1.0
    middle = _ROW / 2

    def x(points: float) -> float:
        return _EDGE + (_DOTS - 2 * _EDGE) * min(1.0, points / most)

    dots = "".join(
        f'<circle class="dot" cx="{at:.1f}" cy="{middle + up:.1f}" r="{_DOT}"/>'
        for at, up in _placed([x(points) for points in sorted(item.points)])
    )
    median = x(item.spread.median)
    told = ", ".join(one(points) for points in sorted(item.points))
    return (
        f'<svg class="small-plot" width="{_DOTS}" height="{_ROW}" role="img" '
        f'aria-label="{attribute(told)}">'
        f'<line class="track" x1="{_EDGE}" y1="{middle}" x2="{_DOTS - _EDGE}" y2="{middle}"/>{dots}'
        f'<line class="median" x1="{median:.1f}" y1="7" x2="{median:.1f}" y2="{_ROW - 7}"/></svg>'
    )


def _placed(places: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Dots that would lie on one another stand above and below instead."""
    start, same = float("-inf"), 0
    for place in places:
        if place - start < _NEAR / 2:
            same += 1
        else:
            start, same = place, 0
        step = same % _STACK
        yield start, (0.0, -_NEAR, _NEAR)[step]


# ---------------------------------------------------------------- alpha


def _reliability(found: Findings) -> str:
    lang = found.seen.lang
    if found.size == "small":
        words = WORDS.no_alpha_small_why[lang].format(n=found.measured)
        return f"<p><strong>{text(WORDS.no_alpha_small[lang])}</strong> {text(words)}</p>" + note(
            WORDS.no_alpha_small_note[lang]
        )
    left = len(found.totals) - found.measured
    told = found.reliability
    if told is None:
        few = len(found.seen.counted) < FEWEST_ITEMS
        why = WORDS.no_alpha_few if few else WORDS.no_alpha_flat
        return f"<p>{text(why[lang])}</p>" + note(WORDS.discrimination_note[lang])
    worth = {
        "ranks": WORDS.worth_ranks,
        "finds": WORDS.worth_finds,
        "practises": WORDS.worth_practises,
    }[told.worth]
    interval = WORDS.alpha_interval[lang].format(low=two(told.alpha.low), high=two(told.alpha.high))
    said = worth[lang].format(error=one(told.error))
    if found.size == "hint":
        said += " " + WORDS.alpha_hint[lang].format(n=found.measured)
    counted = {"items": len(found.seen.counted), "students": found.measured}
    return (
        f"<p><strong>{text(WORDS.alpha[lang].format(alpha=two(told.alpha.value)))}</strong>"
        f"{text(interval)}{text(said)}</p>"
        + note(
            WORDS.alpha_note[lang].format(**counted),
            WORDS.alpha_left[lang].format(n=left) if left else "",
            WORDS.discrimination_note[lang],
        )
    )
