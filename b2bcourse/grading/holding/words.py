"""The sentences about holding a course: exchange, dates, names, what is kept of whom."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class HoldingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    no_exchange: Text
    exchange: Text
    exchange_none: Text
    exchange_windows: Text
    exchange_relative: Text
    exchange_inside: Text
    exchange_missing: Text
    exchange_not_made: Text
    exchange_closed: Text
    exchange_mode: Text
    exchange_taken: Text
    inbound_seen: Text
    bad_extensions: Text
    no_zone: Text
    no_time: Text
    no_student: Text
    no_due: Text
    no_later: Text
    no_assignment: Text
    no_ids: Text
    bad_id: Text
    no_encoding: Text
    not_generated: Text
    no_wheel: Text
    leak: Text
    searched: Text
    settings_about: Text
    students_readme: Text
    by_exchange: Text
    by_lms: Text
    trace_gradebook: Text
    trace_copy: Text
    trace_files: Text
    trace_beside: dict[Literal["troubles", "criteria", "second-looks"], Text]
    trace_extension: Text
    trace_inbound: Text
    trace_returned: Text
    trace_mentioned: Text
    trace_unread: Text
    nothing_kept: Text
    file_exists: Text
    export_about: Text
    still_there: Text


WORDS: Final = read_words(__package__, HoldingWords)
