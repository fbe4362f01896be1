"""The sentences of the exports."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class ExportWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    written: Text
    rows: Text
    waiting: Text
    not_there: Text
    no_grade: Text
    only_here: Text
    new_column: Text
    ids_needed: Text
    how_moodle: Text
    how_canvas: Text
    no_headers: Text
    bad_file: Text
    unreadable: Text
    no_column: Text
    several_columns: Text
    read_only: Text
    over_hundred: Text
    maximum_differs: Text
    no_match: Text
    twice: Text
    disagree: Text
    no_email: Text
    into_csv: Text
    by_is_moodles: Text
    title_is_canvas: Text


WORDS: Final = read_words(__package__, ExportWords, "export")
