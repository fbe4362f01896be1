"""The sentences about what a hub keeps of somebody."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class PersonsWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    bad_name: Text
    home: Text
    runtime: Text
    exchange: Text
    hub: Text
    named: Text
    log: Text
    course: Text
    course_unread: Text
    hub_silent: Text
    nothing: Text
    outside: Text
    exists: Text
    exported: Text
    about: Text
    not_asked: Text
    ask: Text
    left: Text
    deleted: Text
    not_deleted: Text
    still: Text
    no_person: Text
    running: Text


WORDS: Final = read_words(__package__, PersonsWords)
