"""The sentences of the table of facts, and of a notebook made of items."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words
from b2bcourse.facts.statements import Topic


class AuthoringWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    totals: Text
    topics: dict[Topic, Text]
    heads: tuple[Text, ...]
    intro: Text
    essay_cell: Text
    preview: Text
    preview_essay: Text
    preview_rubric: Text
    findings: dict[Literal["error", "warning"], Text]


WORDS: Final = read_words(__package__, AuthoringWords)
