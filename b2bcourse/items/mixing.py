"""An order that tells nothing, and is the same on every machine and in every release."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

from b2bcourse.course_files import renamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def mixed(item: str, things: Iterable[T], name: Callable[[T], str], turn: str = "") -> list[T]:
    """``things`` in an order that the item's id decides.

    Args:
        item: the item's id. One that was renamed is mixed by its oldest name, so that what lay
            before somebody who answered it then still lies there.
        things: what is mixed.
        name: what a thing is called; no two may be called alike.
        turn: another word, another order.
    """
    seed = renamed().first(item) + (f"/{turn}" if turn else "")
    return sorted(
        things, key=lambda thing: hashlib.sha256(f"{seed}/{name(thing)}".encode()).digest()
    )
