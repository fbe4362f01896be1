"""The words of the widgets: what all kinds share, and each kind's own."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.reading import read_words
from b2bcourse.facts.text import spoken
from b2bcourse.items.words import NOTES


@lru_cache
def words(lang: Lang, kind: str = "") -> dict[str, str]:
    """The verdicts and the shared words in one language, and those of a kind, by name.

    They stand in ``words.yaml`` and ``<kind>.yaml`` beside this module. Only the browser asks for
    them by name, so no struct lists them: a kind's may replace a shared one.
    """
    own = own_words(lang, kind) if kind else {}
    return {**spoken(NOTES.verdicts, lang), **spoken(_read("words"), lang), **own}


def own_words(lang: Lang, kind: str) -> dict[str, str]:
    """What a kind says beside the shared words, or in the place of some; by name."""
    return spoken(_read(kind), lang)


def _read(name: str) -> dict[str, Text]:
    here = resources.files(__package__) / f"{name}.yaml"
    return read_words(__package__, dict[str, Text], name) if here.is_file() else {}
