"""The sentences that feedback on an ordering is made of."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class OrderingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    right: Text
    reversed: Text
    follows: Text
    decoy: Text
    missed: Text
    not_attempted: Text
    own_right: Text
    own_wrong: Text
    bad_slot: Text
    bad_twice: Text
    typed_cards: Text
    typed_spare: Text
    typed_unknown: Text
    typed_twice: Text
    typed_many: Text
    head_order: Text
    head_tray: Text
    empty: Text


WORDS: Final = read_words(__package__, OrderingWords)
