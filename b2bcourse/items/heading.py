"""The heading above an exercise in a notebook: the item's title, as long as nobody wrote another.

A cell's metadata says whose title its heading is, and how it read when it was put there. So what an
author writes over it stays hers, and what she changes in the item's file goes out as she wrote it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec import Struct

TITLE_OF: Final = "title_of"
READS: Final = "reads"

_HEADING: Final = re.compile(r"^(?P<level>#{1,6} +)(?P<title>.*?)[ \t]*$", re.MULTILINE)


class Heading(Struct, frozen=True):
    """A heading that is followed.

    Attributes:
        source: the cell's text as it is to be.
        about: what its metadata says from now on.
        own: whether an author wrote a heading of her own, which stays.
        was: the heading as it read; equal to the title where nothing changed.
    """

    source: str
    about: dict[str, str]
    own: bool
    was: str


def begun(item: str, title: str) -> Heading:
    """A new heading over an exercise."""
    return Heading(f"## {title}", {TITLE_OF: item, READS: title}, own=False, was=title)


def item_of(about: Any) -> str:
    """The item whose title a cell's heading is; empty for any other cell.

    Args:
        about: the kit's metadata of the cell, any JSON.
    """
    found = about.get(TITLE_OF, "") if isinstance(about, dict) else ""
    return found if isinstance(found, str) else ""


def followed(source: str, about: dict[str, Any], title: str) -> Heading:
    """A heading that says the item's title as it is now.

    Args:
        source: the cell's text.
        about: the kit's metadata of the cell, with the item in it.
        title: the item's title, as it is now.
    """
    found = _HEADING.search(source)
    was = found["title"] if found else ""
    if found is None or was not in {about.get(READS), title}:
        return Heading(source, dict(about), own=True, was=was)
    put = f"{source[: found.start('title')]}{title}{source[found.end('title') :]}"
    return Heading(put, {**about, READS: title}, own=False, was=was)


def adopted(item: str, source: str) -> dict[str, str]:
    """What the metadata of a cell says that an older release of the kit wrote."""
    found = _HEADING.search(source)
    return {TITLE_OF: item, READS: found["title"] if found else ""}
