"""What is the same for a whole class, made once: `made_once`."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = TypeVar("Given")
Made = TypeVar("Made")

_MOST: Final = 256


def made_once(make: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """A function that remembers what it made of each object that is held here, such as a face.

    A class answers the same few faces thousands of times. An object is known as the very same, for
    to compare two by what they say costs more than most of what is made of them.

    Args:
        make: a function of one object that nobody changes; nor is what it makes to be changed.
    """
    known: dict[int, tuple[Given, Made]] = {}

    @wraps(make)
    def once(given: Given) -> Made:
        found = known.get(id(given))
        if found is not None and found[0] is given:
            return found[1]
        made = make(given)
        if len(known) >= _MOST:
            known.clear()
        known[id(given)] = given, made
        return made

    return once
