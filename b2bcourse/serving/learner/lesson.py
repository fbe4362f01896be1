"""What a page is told of a notebook that it opens: whether it runs, and what its bar shows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from msgspec import Struct

from b2bcourse.authoring.cells import called
from b2bcourse.context import (
    ContextError,
    answers_home,
    language,
    read_index,
    working_copy,
)
from b2bcourse.learner import bar as bars
from b2bcourse.responses import histories
from b2bcourse.serving.learner.alive import read_book, verdict
from b2bcourse.serving.learner.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bcourse.facts import Lang
    from b2bcourse.learner.laid import Ledger
    from b2bcourse.serving.learner.alive import Book, Verdict

_ASKING: Final = {"practice", "answer"}


class Notice(Struct, frozen=True):
    """Why a notebook does not run by itself, and what stands on the button that runs it."""

    text: str
    button: str


class Page(Struct, frozen=True):
    """A notebook as its page must know it.

    Attributes:
        ours: whether it belongs to the course at all.
        calm: whether it is shown without JupyterLab's own tools.
        runs: whether it comes alive by itself.
        sources: what its cells of code say; a page runs only what stands here.
        writable: whether it can be saved.
        lang: its language.
        notice: why it does not run by itself.
        bar: what its bar shows.
        other: the same notebook in the other language, below the server's root.
        hand_in: the page on which an assignment is handed in, below the kit's own address.
        beside: whether that page may stand in a frame beside the notebook.
        words: what the bar says, by name.
    """

    ours: bool
    calm: bool = False
    runs: bool = False
    sources: tuple[str, ...] = ()
    writable: bool = False
    lang: Lang = "en"
    notice: Notice | None = None
    bar: bars.Bar | None = None
    other: str | None = None
    hand_in: str | None = None
    beside: bool = True
    words: dict[str, str] = {}


def page(notebook: Path, root: Path, ledger: Ledger, environ: Mapping[str, str]) -> Page:
    """What a page is told of a notebook.

    Args:
        notebook: its file.
        root: the folder that the server serves.
        ledger: what this user's server has laid.
        environ: the environment that its kernel gets.
    """
    book = read_book(notebook)
    if not (book.is_ours if book else ledger.holds(notebook)):
        return Page(ours=False)
    found = verdict(notebook, book, ledger, environ)
    lang = language(notebook.parent)
    return Page(
        ours=True,
        calm=found.is_laid,
        runs=found.runs,
        sources=tuple(book.code) if book else (),
        writable=_is_writable(notebook),
        lang=lang,
        notice=_notice(found, lang),
        bar=_bar(notebook, book, lang) if book else None,
        other=_other(notebook, root, ledger, lang),
        hand_in=_hand_in(notebook, root),
        words=_words(lang),
    )


def _is_writable(notebook: Path) -> bool:
    """A file is replaced when it is saved, so its folder must take a new one."""
    return os.access(notebook, os.W_OK) and os.access(notebook.parent, os.W_OK)


def _notice(found: Verdict, lang: Lang) -> Notice | None:
    if found.why is None:
        return None
    text = getattr(WORDS.why, found.why)[lang]
    return Notice(text.format(what=found.what), WORDS.open[lang])


def _bar(notebook: Path, book: Book, lang: Lang) -> bars.Bar:
    cells = [
        bars.Told(cell.id, cell.text, _asked(cell.cell_type, cell.text)) for cell in book.cells
    ]
    return bars.bar(notebook.stem, cells, histories(answers_home(notebook.parent)), lang)


def _asked(kind: str, text: str) -> str:
    """The item that a cell asks, if it is one that asks."""
    call = called(text) if kind == "code" else None
    return call[1] if call and call[0] in _ASKING else ""


def _other(notebook: Path, root: Path, ledger: Ledger, lang: Lang) -> str | None:
    """Where the same notebook lies in the other language, if it was laid and is served."""
    copy = working_copy(notebook.parent)
    if copy is None or copy.name != lang:
        return None
    there = copy.with_name("en" if lang == "ko" else "ko") / notebook.relative_to(copy)
    if not ledger.holds(there) or not there.is_relative_to(root):
        return None
    return there.relative_to(root).as_posix()


def _hand_in(notebook: Path, root: Path) -> str | None:
    """Where an assignment is handed in; a lesson is not."""
    folder = notebook.parent
    try:
        index = read_index(folder)
    except ContextError:
        return None
    if index is None or not index.assignment:
        return None
    if not folder.is_relative_to(root):
        return None
    return f"handin?folder={quote(folder.relative_to(root).as_posix(), safe='')}"


def _words(lang: Lang) -> dict[str, str]:
    """What the bar says; of the languages the other one, in its own words."""
    said: dict[str, Any] = {
        name: getattr(bars.WORDS, name) for name in bars.WORDS.__struct_fields__
    }
    told = {name: str(text[lang]) for name, text in said.items()}
    return told | {"language": bars.WORDS.language["en" if lang == "ko" else "ko"]}
