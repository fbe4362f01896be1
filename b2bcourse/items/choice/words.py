"""The sentences that feedback on a choice question is made of."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class ChoiceWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    right: Text
    partly: Text
    wrong: Text
    missed: Text
    missed_single: Text
    accepted: Text
    summary_single: Text
    counted_single: Text
    bad_option: Text
    bad_mark: Text
    too_many: Text
    typed_one: Text
    typed_several: Text
    typed_unknown: Text
    typed_too_many: Text


WORDS: Final = read_words(__package__, ChoiceWords)
