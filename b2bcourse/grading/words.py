"""The sentences of grading: what is refused, and what a grader reads."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class GradingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    keys_not_set: Text
    bad_points: Text
    face_differs: Text
    item_stopped: Text
    items_stopped: Text
    no_course: Text
    bad_course: Text
    no_key: Text
    by_hand: Text
    bad_key: Text
    no_cell: Text
    responses_in_source: Text
    cell_of_other_item: Text
    changed_faces: Text
    own_heading: Text
    stale_release: Text
    not_generated: Text
    unchanged: Text
    no_package: Text
    rubric_head: Text
    rubric: Text
    rubric_notes: Text
    rubric_model: Text
    rubric_length: Text
    rubric_points: Text
    no_release: Text
    edited_since: Text
    no_copy: Text
    not_a_file: Text
    unreadable: Text
    headline: Text
    summary: Text
    points: Text
    unanswered: Text
    unread: Text
    empty_file: Text
    scoring_failed: Text
    other_face: Text
    newer: Text
    old: Text
    why_newer: Text
    why_old: Text
    notebook_broken: Text
    written_outside: Text
    found_elsewhere: Text
    shown_in_part: Text
    more_outside: Text
    not_graded: Text
    picture_gone: Text
    picture_unfit: Text
    picture_again: Text
    picture_elsewhere: Text
    field_head: Text
    cell_head: Text
    field_kept: Text
    field_more: Text
    field_other: Text
    field_newer: Text
    field_odd: Text
    field_long: Text
    field_broken: Text
    stub: Text
    write_above: Text
    course_exists: Text
    bad_course_id: Text
    course_id_taken: Text
    no_solutions: Text
    course_readme: Text
    no_course_folder: Text
    bad_settings: Text
    not_set_up: Text
    unknown_wishes: Text


WORDS: Final = read_words(__package__, GradingWords)
