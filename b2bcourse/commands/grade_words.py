"""What `b2bcourse grade` tells."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class GradeWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    head: Text
    essays: Text
    dry: Text
    keys: Text
    copied: Text
    not_a_file: Text
    seconds: Text
    graded: Text
    would_grade: Text
    of: Text
    of_and_stood: Text
    stood: Text
    absent: Text
    who: Text
    moved: Text
    would_move: Text
    not_moved: Text
    corrected: Text
    places_more: Text
    answered_again: Text
    newer_rules: Text
    no_record: Text
    none_fell: Text
    some_fell: Text
    item_before: Text
    before: Text
    now: Text
    sum_before: Text
    item: Text
    why: Text
    why_key: Text
    why_answer: Text
    why_both: Text
    why_rules: Text
    why_unknown: Text
    waiting: Text
    none_wait: Text
    waiting_essays: Text
    essays_new: Text
    essays_old: Text
    essays_stay: Text
    waiting_answers: Text
    next: Text
    next_force: Text
    next_grade: Text
    next_essays: Text
    next_troubles: Text
    next_feedback: Text
    next_report: Text
    more: Text
    page: Text
    took: Text
    exercise: Text


WORDS: Final = read_words(__package__, GradeWords, name="grade")
