"""The sentences that feedback on an allocation is made of."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class AllocationWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    over: Text
    over_why: Text
    under: Text
    under_why: Text
    late: Text
    late_why: Text
    broken: Text
    is_worth: Text
    would_be_worth: Text
    best: Text
    kept: Text
    trap: Text
    again: Text
    better: Text
    better_by: Text
    frees: Text
    room: Text
    frees_none: Text
    first_ends: Text
    worth_right: Text
    worth_wrong: Text
    worth_sum: Text
    worth_missing: Text
    worth_idle: Text
    big_broken: Text
    big_empty: Text
    summary_best: Text
    summary_kept: Text
    summary_broken: Text
    summary_empty: Text
    score: Text
    bad_number: Text
    bad_slot: Text
    bad_job: Text
    bad_twice: Text
    bad_worth: Text
    typed_order: Text
    typed_worth: Text
    typed_limit: Text
    typed_least: Text
    rule_product: Text
    rule_sum: Text
    typed_range: Text
    table_place: Text
    table_finish: Text
    table_limit: Text
    table_total: Text
    table_most: Text
    table_least: Text
    table_kept: Text
    table_broken: Text
    outcomes: Text
    outcomes_none_lost: Text
    outcomes_given_up: Text


WORDS: Final = read_words(__package__, AllocationWords)
