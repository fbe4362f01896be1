"""The sentences that tell what came up while submissions were brought in."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words


class TakingWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    no_time: Text
    link: Text
    no_name: Text
    forged: Text
    no_notebook: Text
    large: Text
    closed: Text
    no_file: Text
    nobodys: Text
    nobodys_name: Text
    not_taken: Text
    refused: Text
    refused_left: Text
    put_in: Text
    left_out: Text
    not_followed: Text
    tell_admin: Text
    look: Text
    nothing: Text
    limits: Text
    no_answers: Text


WORDS: Final = read_words(__package__, TakingWords, name="taking")
