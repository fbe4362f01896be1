"""The sentences that feedback on a matching is made of."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class MatchingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    meaning: Text
    wrong: Text
    missed: Text
    open_cell: Text
    free: Text
    decoy_right: Text
    not_attempted: Text
    own_wrong: Text
    missing_count: Text
    lines_right: Text
    lines_partly: Text
    lines_wrong: Text
    lines_missed: Text
    bad_place: Text
    bad_mark: Text
    typed_cards: Text
    typed_lines: Text
    typed_several: Text
    typed_open: Text
    typed_side: Text
    typed_unknown_card: Text
    typed_unknown_line: Text
    cites: Text
    nobody: Text
    left: Text
    undescribed: Text


WORDS: Final = read_words(__package__, MatchingWords)
