"""What is the same for all who answer one exercise, made once: `for_face`."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bcourse.items.base import FaceBase

AnyFace = TypeVar("AnyFace", bound="FaceBase")
Made = TypeVar("Made")

_MOST: Final = 256


def for_face(make: Callable[[AnyFace], Made]) -> Callable[[AnyFace], Made]:
    """A function of a face that remembers what it made for each face that is held here.

    A class answers the same few faces thousands of times. A face is known as the very object, for
    to compare two by what they say costs more than most of what is made of them.

    Args:
        make: the function; what it makes is not to be changed.
    """
    known: dict[int, tuple[AnyFace, Made]] = {}

    @wraps(make)
    def once(face: AnyFace) -> Made:
        found = known.get(id(face))
        if found is not None and found[0] is face:
            return found[1]
        made = make(face)
        if len(known) >= _MOST:
            known.clear()
        known[id(face)] = face, made
        return made

    return once
