"""What a workbook of items is labelled with, and the sentences that are told of one."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.facts.reading import read_words


class Signs(Struct, frozen=True, forbid_unknown_fields=True):
    """The signs that stand for one thing; the first is the one that is written."""

    ko: tuple[str, ...]
    en: tuple[str, ...]

    def __getitem__(self, lang: Lang) -> tuple[str, ...]:
        return self.ko if lang == "ko" else self.en


class SheetWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every label and sentence by name; labels stand in tables that code can go through."""

    sheets: dict[str, Text]
    story: dict[str, Text]
    forms: dict[str, Text]
    levels: dict[str, Text]
    table: dict[str, Text]
    questions: dict[str, Text]
    kinds: dict[str, Text]
    place: Text
    whole: Text
    error: Text
    warning: Text
    faults: dict[str, Text]
    written: Text
    fine: Text
    next: Text
    made: Text
    copied: Text
    made_by: Text
    notes: dict[str, Text]


WORDS: Final = read_words(__package__, SheetWords)
MARKS: Final = read_words(__package__, dict[str, Signs], "marks")


def plain_label(said: str) -> str:
    """A label as it is compared: without spaces and capitals."""
    return "".join(said.split()).casefold()


def named(labels: dict[str, Text], said: str, lang: Lang) -> str:
    """The name that a label stands for; empty if it is none of them."""
    found = {plain_label(text[lang]): name for name, text in labels.items()}
    return found.get(plain_label(said), "")


def listed(labels: dict[str, Text], lang: Lang) -> str:
    """All labels in one line."""
    return ", ".join(text[lang] for text in labels.values())
