"""The words of figures: titles, labels, notes and alternative texts."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.korean import Name
from b2bcourse.facts.reading import convert, read_words


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """Counting words from nought up, as they stand before a noun."""

    ko: tuple[str, ...]
    en: tuple[str, ...]


class FigureWords(Struct, frozen=True, forbid_unknown_fields=True):
    """All of ``words.yaml``; each figure reads its own section by `section`."""

    unknown: Text
    numbers: Numbers
    figures: dict[str, Any]


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every figure's section has: its title, and the ids of the facts that it shows."""

    facts: tuple[str, ...]
    title: Text


S = TypeVar("S", bound=Section)
WORDS: Final = read_words(__package__, FigureWords)


def section(figure: str, type_: type[S]) -> S:
    """The words of one figure; a missing or unknown one is an error.

    Raises:
        DataError: the message names the file and the word.
    """
    return convert(WORDS.figures[figure], type_, f"{__package__}, words.yaml: {figure}")


def number(count: int, lang: Lang) -> str:
    """A count in words where the course has one, else in digits."""
    spelled = WORDS.numbers.ko if lang == "ko" else WORDS.numbers.en
    return spelled[count] if count < len(spelled) else str(count)


def inside(text: Text, lang: Lang) -> Name:
    """A name as it stands inside a sentence: English ones lose a capital that only begins them."""
    name = text[lang]
    if lang == "en" and name[1:2].islower():
        name = name[0].lower() + name[1:]
    return Name(name)
