"""The sentences about back-ups."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class BackupWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    not_root: Text
    inside: Text
    course_unread: Text
    no_database: Text
    dump_failed: Text
    not_written: Text
    written: Text
    swept: Text
    no_backup: Text
    newer: Text
    no_accounts: Text
    account_not_made: Text
    account_other: Text
    in_the_way: Text
    linked: Text
    not_in_it: Text
    restored: Text
    differs: Text
    passwords: Text
    next_step: Text


WORDS: Final = read_words(__package__, BackupWords)
