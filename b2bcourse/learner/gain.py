"""What one knew before the course and knows after it: pure, from the tests' first tries."""

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
    from collections.abc import Iterable, Mapping, Sequence

    from b2bcourse.facts import Lang
    from b2bcourse.facts.lessons import Gain
    from b2bcourse.items.response import Try

_HERE: Final = Path(str(resources.files(__package__)))


class GainWords(Struct, frozen=True, forbid_unknown_fields=True):
    """What the drawing of the gain says, by name."""

    title: Text
    summary: Text
    not_yet: Text
    objective: Text
    none: Text
    all: Text
    pre: Text
    post: Text
    not_taken: Text


WORDS: Final = read_words(__package__, GainWords, "gain")
_STYLE: Final = (_HERE / "page.css").read_text("utf-8")
_WIDTH: Final = 120  # px from nothing right to all right


class Measured(Struct, frozen=True):
    """One objective's share of right answers, from 0 to 1, before and after; `None` not taken."""

    gain: Gain
    pre: float | None
    post: float | None


def measured(gains: Iterable[Gain], tries: Mapping[str, Sequence[Try]]) -> tuple[Measured, ...]:
    """The first try of each test item: later ones were made with the reasons at hand.

    Args:
        gains: what the tests ask.
        tries: item id to the tries of its response, first to last.
    """

    def first(item: str) -> float | None:
        return tries[item][0].fraction if tries.get(item) else None

    return tuple(Measured(one, first(one.pre), first(one.post)) for one in gains)


def html(found: Sequence[Measured], lang: Lang) -> str:
    """A line for each objective: a ring where one was before, a disc where one is after."""
    rows = "".join(_row(one, lang) for one in found)
    ends = f"<span>{escape(WORDS.none[lang])}</span><span>{escape(WORDS.all[lang])}</span>"
    scale = f'<span class="scale">{ends}</span>'
    heads = (escape(WORDS.objective[lang]), scale, escape(PAGE.lesson[lang]))
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    legend = f"{_ring()} {escape(WORDS.pre[lang])}&emsp;{_disc()} {escape(WORDS.post[lang])}"
    return (
        f'<div class="b2b-progress is-gain" lang="{lang}"><style>{_STYLE}</style>'
        f'<div class="top"><b>{escape(WORDS.title[lang])}</b></div>'
        f"<p>{escape(_summary(found, lang))}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p><small>{legend}</small></p></div>"
    )


def text(found: Sequence[Measured], lang: Lang) -> str:
    """The same as plain text."""
    lines = [WORDS.title[lang], _summary(found, lang), ""]
    lines += [f"{one.gain.text[lang]}: {_spoken(one, lang)}" for one in found]
    return "\n".join(lines)


def _summary(found: Sequence[Measured], lang: Lang) -> str:
    both = [(one.pre, one.post) for one in found if one.pre is not None and one.post is not None]
    if not both:
        return WORDS.not_yet[lang]
    grown = sum(post > pre for pre, post in both)
    kept = sum(post == pre for pre, post in both)
    return WORDS.summary[lang].format(
        all=len(both), grown=grown, kept=kept, fallen=len(both) - grown - kept
    )


def _row(one: Measured, lang: Lang) -> str:
    link = f'<a href="{one.gain.lesson}.ipynb">{one.gain.lesson.partition("-")[0]}</a>'
    said = escape(_spoken(one, lang))
    return (
        f'<tr><th scope="row">{escape(one.gain.text[lang])}</th>'
        f'<td>{_line(one)}<span class="unseen">{said}</span></td><td>{link}</td></tr>'
    )


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


def _at(fraction: float) -> str:
    return f"{8 + fraction * _WIDTH:.0f}"


def _ring() -> str:
    return _small('<circle cx="8" cy="8" r="5.4" class="was"/>')


def _disc() -> str:
    return _small('<circle cx="8" cy="8" r="4.4" fill="currentColor"/>')


def _small(shape: str) -> str:
    return f'<svg width="16" height="16" aria-hidden="true">{shape}</svg>'


def _spoken(one: Measured, lang: Lang) -> str:
    said = []
    for when, share in ((WORDS.pre, one.pre), (WORDS.post, one.post)):
        told = WORDS.not_taken[lang] if share is None else f"{share * 10:.0f} / 10"
        said.append(f"{when[lang]} {told}")
    return ", ".join(said)
