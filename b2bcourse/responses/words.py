"""The sentences about the file of an answer, when it is read and saved."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class ResponseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    locked: Text
    lock_folder: Text
    disk_full: Text
    held: Text
    no_writing: Text
    anothers: Text
    failed: Text
    other_item: Text
    not_a_file: Text
    set_aside: Text
    not_saved: Text
    newer: Text
    changed: Text
    offer_face: Text
    offer_page: Text
    offer_window: Text
    gone: Text


WORDS: Final = read_words(__package__, ResponseWords)
