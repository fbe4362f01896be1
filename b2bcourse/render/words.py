"""The words of static tables."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.reading import read_words
from b2bcourse.items.words import NOTES


class RenderWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every word by name; a missing or unknown one is an error when the file is read."""

    static: Text
    main: Text
    also: Text
    mark: Text
    partly: Text
    wrong: Text
    nothing: Text
    unnamed: Text
    read_again: Text


WORDS: Final = read_words(__package__, RenderWords)


def state_word(state: str, lang: Lang) -> str:
    """A mark or a verdict in one word; tables of people have their own for some of them."""
    name = state.replace(" ", "_")
    word: Text = getattr(WORDS, name, None) or getattr(NOTES.verdicts, name)
    return word[lang]
