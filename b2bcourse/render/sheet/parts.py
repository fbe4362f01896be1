"""What the sheets of all kinds share: marks, notes, the legend and the style."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.words import NOTES
from b2bcourse.render.look import TONES, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.items.base import FaceBase, Read
    from b2bcourse.items.feedback import Feedback, Line


class SheetWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every word by name."""

    count_head: Text
    missing: Text
    read_again: Text
    nothing: Text
    unnamed: Text
    card: Text
    lines_head: Text
    line: Text
    lines: Text
    lines_unjudged: Text
    unplaced: Text
    empty: Text
    left: Text
    option: Text
    row: Text
    total: Text
    bound: Text
    kept: Text
    broken: Text
    chosen: Text
    turns: Text
    turn: Text
    your_reason: Text
    unfinished: Text
    legend: dict[str, Text]


WORDS: Final = read_words(__package__, SheetWords, "sheet")

_USED: Final = re.compile(r'href="#m-([a-z]+)"')
_PLAIN: Final = frozenset({"right", "wrong"})
"""Tick and cross need no legend where no other mark stands beside them."""


class Judged(Struct, frozen=True):
    """What a sheet shows beside the answer.

    Attributes:
        feedback: what the kind says of it.
        missing: how much a row or card lacks.
        opened: whether the key is open to the reader, so that reasons may stand there.
    """

    feedback: Feedback
    missing: Mapping[str, int] = {}
    opened: bool = False


@cache
def style() -> str:
    """The style sheet of all sheets."""
    here = Path(str(resources.files(__package__)))
    return (here / "sheet.css").read_text("utf-8")


@cache
def symbols() -> str:
    """The drawings of all marks, once a page; `mark` points to them."""
    drawn = "".join(
        f'<symbol id="m-{name}" viewBox="0 0 16 16">{marked(name, "currentColor")}</symbol>'
        for name in TONES
    )
    return f'<svg class="symbols" aria-hidden="true">{drawn}</svg>'


def mark(name: str, lang: Lang) -> str:
    """A mark with its word for who does not see it; nothing where there is no such mark."""
    if name not in TONES:
        return ""
    word = escape(WORDS.legend[name][lang].partition(":")[0])
    return f'{drawn(name)}<span class="sr">{word} </span>'


def drawn(name: str) -> str:
    """A mark alone; its word stands beside it."""
    return (
        f'<svg class="m m-{name}" width="16" height="16" aria-hidden="true">'
        f'<use href="#m-{name}"/></svg>'
    )


def legend(body: str, face: FaceBase, *, opened: bool = False) -> str:
    """The marks that a sheet uses, each with its word; none where they are only tick and cross.

    Args:
        body: the sheet.
        face: the item's face.
        opened: whether the sheet tells what is missing, so that the legend must not deny it.
    """
    used = [name for name in WORDS.legend if name in set(_USED.findall(body))]
    if set(used) <= _PLAIN:
        return ""
    told = "".join(
        f"<span>{drawn(name)} {escape(_word(name, face.lang, opened=opened))}</span>"
        for name in used
    )
    return f'<p class="legend">{told}</p>'


def _word(name: str, lang: Lang, *, opened: bool) -> str:
    word = WORDS.legend[name][lang]
    return word.partition(":")[0] if opened and name == "missed" else word


def missing(n: int, lang: Lang) -> str:
    """How much is missing, never what."""
    if not n:
        return ""
    return f"<p>{drawn('missed')} {escape(WORDS.missing[lang].format(n=n))}</p>"


def said(lines: Iterable[Line]) -> str:
    """Verdicts in words with their reasons."""
    return "".join(
        f"<p><b>{escape(line.lead)}</b> {escape(line.text)}</p>"
        if line.lead and line.text
        else f"<p>{escape(line.lead or line.text)}</p>"
        for line in lines
    )


def read_again(read: Read | None, lang: Lang) -> str:
    """Where to read again, as text: a page that was sent knows no lesson beside it."""
    if read is None:
        return ""
    return f'<p class="read">{escape(WORDS.read_again[lang])}: {escape(read.label)}</p>'


def again(face: FaceBase, judged: Judged | None, before: str = "") -> str:
    """What stands below a sheet: where to read again, once, unless all is right."""
    if judged is None or judged.feedback.fraction >= 1:
        return ""
    return f'<div class="note">{before}{read_again(face.read, face.lang)}</div>'


def word(name: str, lang: Lang) -> str:
    """A verdict in one word."""
    text: Text = getattr(NOTES.verdicts, name)
    return text[lang]
