"""What somebody may have meant by a name that nothing has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from b2bcourse.facts.reading import read_words
from b2bcourse.facts.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALL: Final = 20
"""So many names are told whole; of more only those that begin alike, else the first."""
_FEW: Final = 2
_LIKE: Final = 0.6
_NOTHING: Final = Text("", "")


class NearWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Every sentence by name; a missing or unknown one is an error when the file is read."""

    meant: Text


def nearest(name: str, known: Iterable[str], most: int = _FEW) -> list[str]:
    """The names most like ``name``, the nearest first; none where none is like it."""
    from difflib import get_close_matches  # only where something was mistyped

    by_plain = {one.casefold(): one for one in known if one}
    hits = get_close_matches(name.casefold().strip(), by_plain, most, _LIKE)
    return [by_plain[hit] for hit in hits]


def meant(name: str, known: Iterable[str]) -> Text:
    """A sentence that names the nearest, to stand after another one; empty where none is near."""
    hits = nearest(name, known)
    if not hits:
        return _NOTHING
    words = read_words(__package__, NearWords, "near")
    return words.meant.format(near=", ".join(hits))


def listed(name: str, known: Iterable[str]) -> str:
    """What there is, for a message: all of a few names; of many, those that begin alike."""
    names = list(known)
    if len(names) <= _ALL:
        return ", ".join(names)
    start = name.casefold().strip().partition("-")[0]
    alike = [one for one in names if one.casefold().startswith(f"{start}-")]
    told = (alike or names)[:_ALL]
    return ", ".join(told) + (", …" if len(told) < len(names) else "")
