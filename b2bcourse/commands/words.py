"""The sentences of the commands, to students and to instructors."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from b2bcourse.facts import Text
from b2bcourse.facts.reading import read_words

Stays = Literal["face", "hers", "kept", "bound"]
"""The fates that leave an item as it is, each told in one sentence for all such items."""


class CommandWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    old_answer: Text
    refreshed: Text
    own_kept: Text
    moved: Text
    brought: Text
    unsure: Text
    nothing: Text
    staying: dict[Stays, Text]
    broken: Text
    lacking: Text
    more: Text
    not_asked: Text
    ask: Text
    left: Text
    done: Text
    copies: Text
    again: Text
    not_yet: Text
    yours: Text
    kits: Text


WORDS: Final = read_words(__package__, CommandWords)
