"""The sentences of a notebook that does not come alive by itself."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class WhyWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence for each `b2bcourse.serving.learner.alive.Why`."""

    unknown: Text
    changed: Text
    kernel: Text
    beside: Text
    path: Text
    unreadable: Text


class AliveWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    why: WhyWords
    open: Text


WORDS: Final = read_words(__package__, AliveWords)
