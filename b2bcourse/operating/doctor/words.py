"""The doctor's sentences."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong, and how to mend it."""

    text: Text
    remedy: Text


class DoctorWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    old_python: Said
    no_library: Said
    old_library: Said
    versions_fine: Text
    no_hangul: Said
    fonts_fine: Text
    no_extension: Said
    extension_off: Said
    no_server_extension: Said
    server_extension_off: Said
    no_korean: Said
    extensions_fine: Text
    widgets_fine: Text
    bad_settings: Said
    no_course: Said
    config_fine: Text
    no_exchange: Said
    not_sticky: Said
    not_the_same: Said
    only_courses: Said
    exchange_fine: Text
    not_utc: Said
    no_zones: Said
    other_zone: Said
    time_fine: Text
    disk_full: Said
    disk_scarce: Said
    no_entries: Said
    home_not_written: Said
    disk_fine: Text
    no_tmp: Said
    tmp_mode: Said
    tmp_not_written: Said
    tmp_fine: Text
    closed: Said
    not_run: Said
    not_tried: Said
    other_user_fine: Text
    solutions_open: Said
    course_open: Said
    hub_secret_open: Said
    keys_read: Said
    keys_fine: Text
    homes_open: Said
    home_mode: Said
    homes_fine: Text
    no_program: dict[str, Said]
    old_program: Said
    hub_fine: Text
    no_user: Text
    posix_only: Text
    states: dict[Literal["fine", "remark", "fault"], Text]
    all_fine: Text
    faults: Text
    remedy: Text


WORDS: Final = read_words(__package__, DoctorWords)
