"""The sentences that tell what came up while a submission was read."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class ReadingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    head: Text
    link: Text
    closed: Text
    archive: Text
    too_many: Text
    answers_elsewhere: Text
    answer_twice: Text
    answer_unread: Text
    answer_waits: Text
    strange: Text
    strange_unread: Text
    notebook_large: Text
    notebook_broken: Text
    renamed: Text
    loose: Text
    cut: Text
    hidden: Text
    field_unread: Text
    bare: Text
    left_out: Text
    link_done: Text
    graded_rest: Text
    answers_graded: Text
    kept: Text
    answer_taken: Text
    later_taken: Text
    by_content: Text
    before_grader: Text
    first_shown: Text
    first_cells: Text
    bare_done: Text
    bare_message: Text
    no_points: Text
    no_answer: Text
    look: Text
    nothing: Text
    ask_again: Text
    read_it: Text
    read_file: Text
    score_it: Text


WORDS: Final = read_words(__package__, ReadingWords, name="reading")
