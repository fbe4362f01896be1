"""The sentences about where a notebook and its answers are."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class LearnerWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    elsewhere: Text
    elsewhere_unknown: Text
    merged: Text
    nothing_to_merge: Text
    nowhere_to_merge: Text
    graded: Text
    left: Text


WORDS: Final = read_words(__package__, LearnerWords)
