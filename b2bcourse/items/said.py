"""What a student answered to an item that others are held against."""

from __future__ import annotations

from msgspec import Struct

from b2bcourse.facts import Text

Marks = dict[str, frozenset[str]]
"""What each person is put to, by the ids of their author."""


class Said(Struct, frozen=True):
    """What a student answered to another item, in its author's ids.

    ``marks`` has every person, with nothing for one who was put nowhere; it is `None` where there
    is no answer that can be read. ``choices`` is how many places a person can be put to there.
    """

    title: Text
    marks: Marks | None = None
    names: dict[str, Text] = {}
    choices: int = 0
