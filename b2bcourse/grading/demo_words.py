"""What the demo says, and what its students are called and write."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class DemoWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    too_few: Text
    not_empty: Text
    student: Text
    total: Text
    habit: Text
    share: Text
    matrix_note: Text
    places: Text
    fates: dict[str, Text]
    habits: dict[str, Text]
    essay: tuple[Text, ...]


WORDS: Final = read_words(__package__, DemoWords, "demo")
