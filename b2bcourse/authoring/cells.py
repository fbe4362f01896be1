"""The cells of lessons and assignments that call the kit: one readable line that works alone."""

from __future__ import annotations

import re
from typing import Final

VERBS: Final = {
    "answer": True,
    "practice": True,
    "figure": True,
    "more": True,
    "again": True,
    "test": True,
    "debrief": True,
    "gain": False,
    "progress": False,
    "today": False,
}
"""What a cell may call, and whether that takes a name."""

_CALL: Final = re.compile(
    r'import b2bcourse as b2b; b2b\.(?P<verb>[a-z]+)\((?:"(?P<name>[a-z0-9-]+)")?\)'
)


def source(verb: str, name: str = "") -> str:
    """The source of a cell that calls a verb.

    It brings its own import, so that any cell can be run first in a new kernel, and what may run
    by itself can be told by its form.

    Args:
        verb: one of `VERBS`.
        name: an item's, a figure's or a lesson's name, where the verb takes one.
    """
    argument = f'"{name}"' if name else ""
    return f"import b2bcourse as b2b; b2b.{verb}({argument})"


def called(text: str) -> tuple[str, str] | None:
    """The verb and the name that a cell calls; None for any other cell."""
    found = _CALL.fullmatch(text)
    if found is None or VERBS.get(found["verb"]) is not bool(found["name"]):
        return None
    return found["verb"], found["name"] or ""
