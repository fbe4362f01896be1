"""What a feedback page says, and what is said to who makes one."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class FeedbackWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    all_graded: Text
    partly_graded: Text
    none_graded: Text
    penalty: Text
    opened: Text
    not_yet: Text
    contents: Text
    number: Text
    exercise: Text
    how: Text
    points: Text
    times: Text
    handed_in: Text
    late: Text
    late_unit: dict[Literal["days", "hours", "minutes"], Text]
    date: Text
    months: Text
    waits_essay: Text
    waits_item: Text
    not_zero: Text
    by_criteria: Text
    by_person: Text
    read_by: Text
    somebody: Text
    no_text: Text
    unanswered: Text
    unread: Text
    manual: Text
    extra: Text
    moved: dict[Literal["key", "answer", "both", "rules", "unknown"], Text]
    up: Text
    down: Text
    same: Text
    criterion: Text
    sum: Text
    comment: Text
    comment_by: Text
    own_text: Text
    length: Text
    other_answer: Text
    solved: Text
    troubles: Text
    ask: Text
    no_cells: Text
    not_graded: Text
    handed_in_again: Text
    points_differ: Text
    key_broken: Text
    gone: Text
    no_student: Text
    before_due: Text
    no_due: Text
    key_before_due: Text
    key_no_due: Text


WORDS: Final = read_words(__package__, FeedbackWords, "feedback")
