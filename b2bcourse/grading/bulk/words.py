"""The sentences of `b2bcourse grade`."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class BulkWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    bad_plugin: Text
    worker_died: Text
    other_steps: Text
    other_option: Text
    nothing_collected: Text
    busy: Text
    not_copied: Text
    no_gradebook: Text


WORDS: Final = read_words(__package__, BulkWords)
