"""Names as people type them, and what they mean among those that an item knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from b2bcourse.facts.near import meant
from b2bcourse.items.base import ResponseError
from b2bcourse.items.words import NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from b2bcourse.facts import Text


class Named(NamedTuple):
    """Something that can be typed: its id, how it is shown, and what else it may be called."""

    id: str
    shown: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called."""
        return tuple(name for name in (self.id, self.shown, *self.also) if name)


@lru_cache(maxsize=8192)  # the same few names are read again and again
def plain_name(text: str) -> str:
    """A name with its letters and digits only: «Cost saving!» is costsaving.

    Case, width, spaces, punctuation and Unicode form do not matter. A name of signs alone keeps
    them, so that + and − stay two names.
    """
    folded = _composed(_composed(text).casefold())
    kept = "".join(sign for sign in folded if sign.isalnum())
    return _composed(kept) or "".join(folded.split())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def matches(name: str, among: Sequence[Named]) -> tuple[str, ...]:
    """The ids of what goes by ``name``: as it is written, else plainly, else by a part of a name.

    The first of these ways that finds anything decides, so that «3 %» is never taken for «3».
    """
    asked = plain_name(name)
    ways = (
        lambda known: _composed(known).strip() == _composed(name).strip(),
        lambda known: plain_name(known) == asked,
        lambda known: asked in map(plain_name, parts(known)),
    )
    for fits in ways:
        if hits := tuple(one.id for one in among if any(map(fits, one.names))):
            return hits
    return ()


def parts(name: str) -> tuple[str, ...]:
    """``결정권자(Decider)`` is also called by what stands before the brackets, and in them."""
    return tuple(part for part in re.split(r"[()]", name) if plain_name(part))


def find(
    name: object, among: Iterable[Named], unknown: Callable[[Text], Text] | None = None
) -> str:
    """The id of what a person calls ``name``.

    Args:
        name: what was typed.
        among: what there is.
        unknown: what to say if nothing is called so, given a sentence that names the nearest;
            else that it is no name here.

    Raises:
        ResponseError: nothing goes by that name, or several do; the message says what there is.
    """
    listed, typed = tuple(among), str(name)
    hits = matches(typed, listed) or tuple(
        dict.fromkeys(hit for part in parts(typed) for hit in matches(part, listed))
    )
    if len(hits) == 1:
        return hits[0]
    names = ", ".join(one.shown or one.id for one in listed if not hits or one.id in hits)
    if hits:
        raise ResponseError(NOTES.typed_several.format(name=name, names=names))
    like = near(name, listed)
    if unknown is not None:
        raise ResponseError(unknown(like))
    raise ResponseError(NOTES.typed_unknown.format(name=name, names=names, meant=like))


def near(name: object, among: Iterable[Named]) -> Text:
    """A sentence that names what is very like ``name``; empty where nothing is."""
    return meant(str(name), (one.shown or one.id for one in among))
