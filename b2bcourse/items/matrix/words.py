"""The sentences that feedback on a matrix is made of."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class MatrixWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    kin: Text
    only_if: Text
    partly: Text
    should_be_main: Text
    should_be_also: Text
    wrong: Text
    wrong_plain: Text
    missed: Text
    missed_any: Text
    not_attempted: Text
    head_right: Text
    head_wrong: Text
    head_wrong_why: Text
    head_pattern: Text
    head_missing: Text
    head_decoy: Text
    head_again: Text
    column_wrong: Text
    missing_row: Text
    missing_ask: Text
    all_marked: Text
    missing_count: Text
    own_right: Text
    own_wrong: Text
    own_head_right: Text
    own_head_wrong: Text
    bad_mark: Text
    bad_choice: Text
    typed_rows: Text
    typed_people: Text
    typed_also: Text
    typed_marks: Text
    typed_too_many: Text


WORDS: Final = read_words(__package__, MatrixWords)
