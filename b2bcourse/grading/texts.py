"""What a student wrote, taken apart again out of a graded notebook: one text after another.

`submission` joins what stood in an essay's field, in cells, and what was set aside; formgrader
shows it as one. Whoever grades an essay on the kit's page reads the same texts one by one. What
was put into the notebook by another hand comes as one text. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from b2bcourse.grading.shown import shown
from b2bcourse.grading.words import WORDS
from b2bcourse.items.essay import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang

_BETWEEN: Final = re.compile(r"\n?^<hr>$\n?", re.MULTILINE)
_HEAD: Final = re.compile(r"<div><p><strong>([^<]*)</strong></p></div>")
_NOTE: Final = re.compile(r"<div><p><small>([^<]*)</small></p></div>")
_WITHIN_WORDS: Final = re.compile(
    r"</?(?:a|b|code|del|em|i|ins|kbd|mark|q|s|small|strong|sub|sup|u)\b[^>]*>"
)
_TAG: Final = re.compile(r"<[^>]*>")

OUTSIDE: Final = "kit-extra"
"""How the ids of cells begin that hold what was written beside the answers."""
UNREADABLE: Final = "kit-unreadable"


@dataclass(frozen=True)
class Written:
    """One text of a student's.

    Attributes:
        name: where it stood; empty where there is but one.
        html: cleaned; it may be put into a page.
        words: its words (Korean: 어절).
    """

    name: str
    html: str
    words: int


@dataclass(frozen=True)
class Texts:
    """All that a student wrote for one essay, and what the kit told the grader about it."""

    written: tuple[Written, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Texts) -> Texts:
        return Texts(self.written + other.written, self.notes + other.notes)


def texts_for(notebook: dict[str, Any], item: str, lang: Lang) -> Texts:
    """What a graded notebook holds for an essay.

    Args:
        notebook: from ``autograded``, as plain data.
        item: the essay cell's grade id.
        lang: the language of the notes in place of pictures.

    Returns:
        Its texts in the order in which formgrader shows them, those beside the answers last.
    """
    mine, beside = Texts(), Texts()
    for cell in _cells(notebook):
        about = cell.get("metadata", {}).get("nbgrader", {})
        name = str(cell.get("id", ""))
        if about.get("grade_id") == item:
            mine += _of_cell(cell, lang)
        elif name == UNREADABLE:
            beside += Texts(notes=(plain(_source(cell)),))
        elif name.startswith(OUTSIDE) and _source(cell) != WORDS.written_outside[lang]:
            beside += _of_cell(cell, lang, plain(shown(WORDS.written_outside[lang])))
    return _once(mine + beside)


def plain(html: str) -> str:
    """The words of cleaned HTML."""
    return " ".join(unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", html))).split())


def _once(texts: Texts) -> Texts:
    """Of equal texts the first: a grader reads none twice."""
    once = {plain(text.html): text for text in reversed(texts.written)}
    return Texts(tuple(reversed(once.values())), tuple(dict.fromkeys(texts.notes)))


def _of_cell(cell: dict[str, Any], lang: Lang, name: str = "") -> Texts:
    written: list[Written] = []
    notes: list[str] = []
    head = name
    for whole in _BETWEEN.split(_source(cell)):
        part, told = _without(_NOTE, whole)
        part, heads = _without(_HEAD, part)
        notes += told
        head = heads[-1] if heads else head
        if part.strip():
            html = shown(part, cell.get("attachments"), lang)
            written.append(Written(head, html, count_words(plain(html))))
    return Texts(tuple(written), tuple(notes))


def _without(pattern: re.Pattern[str], part: str) -> tuple[str, list[str]]:
    """A part without what stands at its beginning, and the words of that."""
    found = []
    while (match := pattern.match(part.lstrip())) is not None:
        found.append(unescape(match.group(1)))
        part = part.lstrip()[match.end() :]
    return part, found


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (cell for cell in notebook.get("cells", ()) if isinstance(cell, dict))


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)
