"""What the tests tell, as a quiet page and as text."""

from __future__ import annotations

from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts.reading import read_words
from b2bcourse.facts.text import Text
from b2bcourse.learner.page import WORDS as PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from b2bcourse.facts import Lang
    from b2bcourse.facts.lessons import Gain, When
    from b2bcourse.learner.gain import Found, Measured, Sureness, Taken

_HERE: Final = Path(str(resources.files(__package__)))


class GainWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the drawing of the gain says, by name."""

    title: Text
    totals: Text
    summary: Text
    skipped: Text
    beyond_up: Text
    beyond_down: Text
    within: Text
    one_line: Text
    less_than: Text
    share_of_cases: Text
    not_yet: Text
    objective: Text
    none: Text
    all: Text
    count: Text
    pre: Text
    post: Text
    not_taken: Text
    left_out: Text
    sure_title: Text
    sure: Text
    steps: tuple[Text, ...]
    untold: Text
    of: Text
    sure_wrong: Text
    sure_right: Text
    earlier: Text


WORDS: Final = read_words(__package__, GainWords, "gain")
_STYLE: Final = (_HERE / "page.css").read_text("utf-8")
_WIDTH: Final = 120  # px from nothing right to all right
_SMALLEST: Final = 0.001  # no chance is told more finely


def html(found: Found, lang: Lang) -> str:
    """A line for each objective: a ring where one was before, a disc where one is after."""
    rows = "".join(_row(one, lang) for one in found.objectives)
    ends = f"<span>{escape(WORDS.none[lang])}</span><span>{escape(WORDS.all[lang])}</span>"
    scale = f'<span class="scale">{ends}</span>'
    objective, count, lesson = (
        f'<th scope="col">{escape(one[lang])}</th>'
        for one in (WORDS.objective, WORDS.count, PAGE.lesson)
    )
    head = f'{objective}<th scope="col" class="drawn">{scale}</th>{count}{lesson}'
    legend = f"{_ring()} {escape(WORDS.pre[lang])}&emsp;{_disc()} {escape(WORDS.post[lang])}"
    said = "".join(f"<p>{escape(one)}</p>" for one in _sentences(found, lang))
    return (
        f'<div class="b2b-progress is-gain" lang="{lang}"><style>{_STYLE}</style>'
        f'<div class="top"><b>{escape(WORDS.title[lang])}</b></div>{said}'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p><small>{legend}</small></p>{_sure_html(found, lang)}</div>"
    )


def text(found: Found, lang: Lang) -> str:
    """The same as plain text."""
    lines = [WORDS.title[lang], *_sentences(found, lang), ""]
    lines += [f"{one.gain.text[lang]}: {_spoken(one, lang)}" for one in found.objectives]
    if _asked_how_sure(found):
        lines += ["", WORDS.sure_title[lang]]
        lines += [f"{name}: {', '.join(told)}" for name, told in _sure_lines(found, lang)]
        lines += _sure_sentence(found, lang)
    return "\n".join(lines)


# ---------------------------------------------------------------- what is said of the whole


def _sentences(found: Found, lang: Lang) -> Iterator[str]:
    if not found.both:
        yield WORDS.not_yet[lang]
        return
    if found.earlier:
        yield WORDS.earlier[lang]
    yield f"{_totals(found, lang)} {_summary(found, lang)}"
    yield _against_chance(found, lang)
    if not found.earlier:
        yield WORDS.one_line[lang]
    pre, post = (sum(one.skipped for one in _all(found, when)) for when in _WHENS)
    if pre or post:
        yield WORDS.skipped[lang].format(pre=pre, post=post)


_WHENS: Final[tuple[When, ...]] = ("pre", "post")


def _all(found: Found, when: When) -> Iterator[Taken]:
    """One test's result of every objective measured twice."""
    for one in found.both:
        taken: Taken | None = getattr(one, when)
        if taken is not None:
            yield taken


def _totals(found: Found, lang: Lang) -> str:
    pre, post = (_number(sum(one.right for one in _all(found, when))) for when in _WHENS)
    asked = sum(one.asked for one in _all(found, "post"))
    return WORDS.totals[lang].format(all=asked, pre=pre, post=post)


def _summary(found: Found, lang: Lang) -> str:
    steps = [one.difference or 0 for one in found.both]
    return WORDS.summary[lang].format(
        all=len(steps),
        grown=sum(step > 0 for step in steps),
        kept=steps.count(0),
        fallen=sum(step < 0 for step in steps),
    )


def _against_chance(found: Found, lang: Lang) -> str:
    grown = sum(one.difference or 0 for one in found.both) > 0
    beyond = WORDS.beyond_up if grown else WORDS.beyond_down
    said = beyond if found.is_beyond_chance else WORDS.within
    return said[lang].format(chance=_chance(found.chance, lang))


def _chance(chance: Fraction, lang: Lang) -> str:
    if chance < _SMALLEST:
        return WORDS.less_than[lang].format(chance=f"{100 * _SMALLEST:g}%")
    share = float(chance) * 100
    told = f"{share:.1f}".rstrip("0").rstrip(".") if share < 10 else f"{share:.0f}"  # noqa: PLR2004 - two digits tell enough
    return WORDS.share_of_cases[lang].format(chance=f"{told}%")


# ---------------------------------------------------------------- a line for each objective


def _row(one: Measured, lang: Lang) -> str:
    said = escape(_spoken(one, lang))
    count = " → ".join(_short(taken) for taken in (one.pre, one.post))
    return (
        f'<tr><th scope="row">{escape(one.gain.text[lang])}</th>'
        f'<td class="drawn">{_line(one)}</td><td class="n"><span aria-hidden="true">{count}</span>'
        f'<span class="unseen">{said}</span></td><td>{_link(one.gain)}</td></tr>'
    )


def _link(gain: Gain) -> str:
    return f'<a href="{gain.lesson}.ipynb">{gain.lesson.partition("-")[0]}</a>'


def _short(taken: Taken | None) -> str:
    return "–" if taken is None else f"{_number(taken.right)}/{taken.asked}"


def _line(one: Measured) -> str:
    marks = ""
    if one.pre is not None and one.post is not None:
        ends = f'x1="{_at(one.pre)}" x2="{_at(one.post)}" y1="8" y2="8"'
        marks += f'<line {ends} stroke="currentColor" stroke-width="1.4"/>'
    if one.pre is not None:
        marks += f'<circle cx="{_at(one.pre)}" cy="8" r="5.4" class="was"/>'
    if one.post is not None:
        marks += f'<circle cx="{_at(one.post)}" cy="8" r="4.4" fill="currentColor"/>'
    axis = f'<line x1="8" x2="{_WIDTH + 8}" y1="8" y2="8" class="axis"/>'
    return f'<svg width="{_WIDTH + 16}" height="16" aria-hidden="true">{axis}{marks}</svg>'


def _at(taken: Taken) -> str:
    return f"{8 + taken.share * _WIDTH:.0f}"


def _ring() -> str:
    return _small('<circle cx="8" cy="8" r="5.4" class="was"/>')


def _disc() -> str:
    return _small('<circle cx="8" cy="8" r="4.4" fill="currentColor"/>')


def _small(shape: str) -> str:
    return f'<svg width="16" height="16" aria-hidden="true">{shape}</svg>'


def _spoken(one: Measured, lang: Lang) -> str:
    said = ((WORDS.pre, one.pre), (WORDS.post, one.post))
    return ", ".join(f"{when[lang]} {_told(taken, lang)}" for when, taken in said)


def _told(taken: Taken | None, lang: Lang) -> str:
    if taken is None:
        return WORDS.not_taken[lang]
    score = f"{_number(taken.right)} / {taken.asked}"
    left_out = WORDS.left_out[lang].format(n=taken.skipped)
    return f"{score} ({left_out})" if taken.skipped else score


def _number(right: float) -> str:
    return f"{right:.1f}".removesuffix(".0")


# ---------------------------------------------------------------- how sure, and how right


def _asked_how_sure(found: Found) -> bool:
    return any(step is not None for one in found.sure.values() for step in one)


def _sure_html(found: Found, lang: Lang) -> str:
    if not _asked_how_sure(found):
        return ""
    heads = (WORDS.sure, WORDS.pre, WORDS.post)
    head = "".join(f'<th scope="col">{escape(one[lang])}</th>' for one in heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{_cells(told)}</tr>'
        for name, told in _sure_lines(found, lang)
    )
    said = "".join(f"<p>{escape(one)}</p>" for one in _sure_sentence(found, lang))
    return (
        f'<div class="top"><b>{escape(WORDS.sure_title[lang])}</b></div>'
        f'<table class="sure"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{said}'
    )


def _cells(told: Iterable[str]) -> str:
    return "".join(f"<td>{escape(one)}</td>" for one in told)


def _sure_lines(found: Found, lang: Lang) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A line for each step: its name, then what was right of it before and after."""
    steps: list[tuple[int | None, Text]] = list(enumerate(WORDS.steps))
    for step, name in (*steps, (None, WORDS.untold)):
        given = [found.sure[when].get(step) for when in _WHENS]
        if step is not None or any(given):
            yield name[lang], tuple(_of(one, lang) for one in given)


def _of(one: Sureness | None, lang: Lang) -> str:
    return WORDS.of[lang].format(right=one.right, all=one.given) if one else "–"


def _sure_sentence(found: Found, lang: Lang) -> Iterator[str]:
    """What is said of the answers that the student was surest of after the course, if any."""
    if len(WORDS.steps) - 1 not in found.sure["post"]:
        return
    if not found.sure_wrong:
        yield WORDS.sure_right[lang]
        return
    lessons = dict.fromkeys(gain.lesson.partition("-")[0] for gain in found.sure_wrong)
    yield WORDS.sure_wrong[lang].format(lessons=", ".join(lessons))
