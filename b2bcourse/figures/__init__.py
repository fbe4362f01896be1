"""The course's figures, drawn from its facts: one module a figure, named as the figure is.

A further figure is a module with ``drawing(lang)`` and a section of ``words.yaml``. The package
brings each one drawn (`b2bcourse.figures.shipped`); one that it does not bring is drawn when asked.
"""

from __future__ import annotations

import importlib
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from b2bcourse.context import ContextError
from b2bcourse.facts import Lang, Text
from b2bcourse.facts.korean import quoted
from b2bcourse.facts.near import meant
from b2bcourse.figures.shipped import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bcourse.figures.picture import Picture
    from b2bcourse.figures.style import Drawing

__all__ = ["draw", "names", "show"]


def names() -> tuple[str, ...]:
    """The names of all figures."""
    from b2bcourse.figures.words import WORDS

    return tuple(WORDS.figures)


def show(name: str, lang: Lang) -> Picture:
    """One of the course's figures, as a notebook shows it: as the package brings it.

    Args:
        name: the figure's name, such as ``"benefit-matrix"``.
        lang: the language of every word in it.

    Raises:
        ContextError: there is no such figure; the message lists those there are.
    """
    return find(name, lang) or draw(name, lang)


def draw(name: str, lang: Lang) -> Drawing:
    """One of the course's figures, drawn now from the facts as they stand.

    Args:
        name: the figure's name, such as ``"benefit-matrix"``.
        lang: the language of every word in it.

    Returns:
        The picture and its alternative text.

    Raises:
        ContextError: there is no such figure; the message lists those there are.
    """
    if name not in names():
        raise ContextError(_unknown(name))
    with _quiet_import():
        module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return cast("Drawing", module.drawing(lang))


def _unknown(name: str) -> Text:
    from b2bcourse.figures.words import WORDS

    known = names()
    near = meant(name, known)
    return WORDS.unknown.format(name=quoted(name), meant=near, known=", ".join(known))


@contextmanager
def _quiet_import() -> Iterator[None]:
    """Matplotlib's first import tells stderr about its caches; a student cannot act on that."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
