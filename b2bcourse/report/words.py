"""The sentences of the report, to instructors."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class ReportWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    as_of: Text
    as_of_no_due: Text
    date: Text
    day: Text
    handed_in: Text
    nobody: Text
    reopen_today: Text
    reopen_what: Text
    nothing_to_reopen: Text
    waits_head: Text
    still_to_come: Text
    under_pseudonyms: Text
    points_head: Text
    points_flat: Text
    points_none: Text
    middle: Text
    half: Text
    dots_note: Text
    bars_note: Text
    left_out_note: Text
    late_note: Text
    some_unknown: Text
    unread_short: Text
    so_far: Text
    points_alt: Text
    nobody_low: Text
    and_more: Text
    exercise: Text
    mean_full: Text
    median_full: Text
    discrimination: Text
    remark: Text
    dots_of: Text
    hardest: Text
    hardest_doubtful: Text
    hardest_same: Text
    hardest_small: Text
    look_at_it: Text
    discrimination_hint: Text
    all_same: Text
    read_so_far: Text
    not_known: Text
    alpha: Text
    alpha_interval: Text
    worth_ranks: Text
    worth_finds: Text
    worth_practises: Text
    alpha_hint: Text
    alpha_note: Text
    alpha_left: Text
    discrimination_note: Text
    no_alpha_small: Text
    no_alpha_small_why: Text
    no_alpha_small_note: Text
    no_alpha_few: Text
    no_alpha_flat: Text
    mean_alt: Text
    grid_both: Text
    grid_empty: Text
    grid_full: Text
    grid_cell_missed: Text
    grid_cell_wrong: Text
    grid_well: Text
    right_needed: Text
    mark_right: Text
    mark_partly: Text
    mark_missed: Text
    mark_wrong: Text
    mark_accepted: Text
    grid_note: Text
    grid_everything: Text
    other_grids: Text
    scroll_grid: Text
    wrongs_head: Text
    wrongs_none: Text
    further_wrongs: Text
    reopen: Text
    how_in: Text
    left_out: Text
    how_left_out: Text
    how_left_all: Text
    too_often: Text
    how_too_often: Text
    marked_at: Text
    put_to: Text
    chose: Text
    trap: Text
    limit: Text
    job: Text
    out_of_place: Text
    reversed: Text
    goals_head: Text
    goals_none: Text
    goal_how: Text
    help_head: Text
    help_none: Text
    help_more: Text
    unread_why: Text
    unread_act: Text
    weak_why: Text
    weak_act: Text
    weak_act_nowhere: Text
    fell_why: Text
    fell_act: Text
    blank_why: Text
    blank_act: Text
    stopped_head: Text
    last_trace: Text
    no_trace: Text
    stopped_more: Text
    pairs_head: Text
    pair_names: Text
    pair_all: Text
    pair_some: Text
    pair_usual: Text
    pair_note: Text
    pair_how: Text
    pair_more: Text
    pairs_axis: Text
    this_pair: Text
    pairs_alt: Text
    same_game: Text
    built_in: Text
    other_seed: Text
    other_seeds: Text
    waiting_head: Text
    waiting_none: Text
    essays_wait: Text
    unread_wait: Text
    old_wait: Text
    other_wait: Text
    asked_wait: Text
    asked_said: Text
    who_where: Text
    moved_note: Text
    troubles_note: Text
    troubles_clear: Text
    troubles_all_seen: Text
    made: Text
    table_made: Text
    not_written: Text
    key_warning: Text


class Months(Struct, frozen=True, forbid_unknown_fields=True):
    """The twelve months as they stand in a date."""

    months: tuple[Text, ...]


WORDS: Final = read_words(__package__, ReportWords)
MONTHS: Final = read_words(__package__, Months, "months").months
