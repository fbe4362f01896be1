"""The sentence with which a student asks for a second look at an answer: what of it is kept.

It comes from whoever writes a file, and a person reads it: so it is bounded, and nothing in it
turns a line around, moves a cursor or hides. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_SAID: Final = 500
"""Characters that are kept of one request."""

_JOINERS: Final = "\u200c\u200d"
"""Letters and pictures of several parts need them; all other characters of format are dropped."""
_MANY_LINES: Final = re.compile(r"\n{3,}")


def cleaned(said: str) -> str:
    """A request as it is kept and shown; empty where nothing is said.

    Args:
        said: what was typed, or what a file holds in its place.
    """
    # Normalizing can triple a text: what is far beyond the limit is cut before as well.
    lines = unicodedata.normalize("NFC", said[: 4 * MAX_SAID]).replace("\r\n", "\n")
    lines = lines.replace("\r", "\n").replace("\t", " ")
    plain = "".join(letter for letter in lines if _is_plain(letter))
    trimmed = "\n".join(line.rstrip() for line in plain.split("\n"))
    return _MANY_LINES.sub("\n\n", trimmed).strip()[:MAX_SAID].rstrip()


def _is_plain(letter: str) -> bool:
    if letter == "\n" or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
