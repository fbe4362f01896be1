"""Text in a CSV file that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n]")
_NUMBER: Final = re.compile(r"[+\-]?[0-9]+([.,][0-9]+)?%?")
_GUARD: Final = "'"


def harmless(text: str) -> str:
    """``text``, with an apostrophe before it where a spreadsheet would reckon with it.

    A name such as ``=HYPERLINK(…)`` would otherwise be carried out when an instructor opens the
    file (OWASP, CSV injection). Numbers stay numbers.
    """
    first = text.lstrip(" \u00a0\ufeff")
    if _FORMULA.match(first) and not _NUMBER.fullmatch(text):
        return _GUARD + text
    return text


def original(text: str) -> str:
    """What `harmless` made a text from: to find people by a file that it guarded."""
    return text[1:] if text.startswith(_GUARD) and harmless(text[1:]) == text else text
