"""What commands share: telling a sentence, refusing in one, asking before something is done."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from b2bcourse.facts import LANGS, as_lang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.facts import Lang

out = Console()
err = Console(stderr=True)


def tell(sentence: str) -> None:
    """Print what holds names of files, in which a bracket is no markup."""
    out.print(escape(sentence), soft_wrap=True, highlight=False)


def fail(message: str) -> NoReturn:
    """Refuse in one sentence; exit status 1."""
    err.print(f"[bold]b2bcourse:[/bold] {escape(message)}", soft_wrap=True, highlight=False)
    raise typer.Exit(1)


@contextlib.contextmanager
def refusals(lang: Lang) -> Iterator[None]:
    """What a course folder does not allow is told in its language."""
    from b2bcourse.grading.base import GradingError

    try:
        yield
    except GradingError as error:
        fail(error.text[lang])


def language(name: str, otherwise: Lang) -> Lang:
    """A language that was asked for by ``--lang``."""
    if name and name not in LANGS:
        fail(f"--lang {name!r}: ko, en")
    return as_lang(name) if name else otherwise


def at_terminal() -> bool:
    """Whether anybody is there to be asked."""
    return sys.stdin.isatty()
