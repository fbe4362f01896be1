"""What authors write in items of every kind: a story, and where to read again."""

from __future__ import annotations

from msgspec import Struct

from b2bcourse.facts import Lang, Text
from b2bcourse.items.base import Read
from b2bcourse.items.words import NOTES


class Paragraphs(Struct, frozen=True, forbid_unknown_fields=True):
    """A story in both languages, paragraph by paragraph."""

    ko: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def __getitem__(self, lang: str) -> tuple[str, ...]:
        return self.ko if lang == "ko" else self.en


class ReadAgain(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to read again: a lesson's file name without ending, and a heading in it."""

    notebook: str
    section: Text
    anchor: Text


def read_again(read: ReadAgain | None, lang: Lang) -> Read | None:
    """Where to read again as a label and a link; `None` where the item names no place."""
    if read is None:
        return None
    number = read.notebook.partition("-")[0]
    anchor = "-".join(read.anchor[lang].split())
    return Read(
        label=NOTES.read_label[lang].format(number=number, section=read.section[lang]),
        href=f"{read.notebook}.ipynb#{anchor}",
    )
